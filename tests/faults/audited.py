"""Runs `epn` on its arguments and writes down what it starts and whom it calls: run by test_audit.py.

The first argument is the file for what was noticed, one event a line.
"""

from __future__ import annotations

import os
import sys

NOTICED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.startfile",
    "pty.", "http.", "urllib.", "ftplib.", "smtplib.", "webbrowser.", "ctypes.",
)  # fmt: skip


def _notice(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith("ctypes.") and arguments[-1] in (None, "renameat2"):
        return  # the C library that Python runs on, asked for the exchange of two names
    if event.startswith(NOTICED):
        line = f"{event} {arguments[0]!r} {arguments[1] if len(arguments) > 1 else ''!r}\n"
        os.write(_handle, line.encode(errors="backslashreplace"))


_handle = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
sys.addaudithook(_notice)

from epncli.__main__ import main  # noqa: E402  after the hook

sys.exit(main())
