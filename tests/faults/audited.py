"""Runs `epn` with an audit hook that logs the processes and connections it starts, for test_audit.py.

The first argument is the log file, which gets one event on each line.
"""

from __future__ import annotations

import os
import sys

NOTICED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.startfile",
    "pty.", "http.", "urllib.", "ftplib.", "smtplib.", "webbrowser.", "ctypes.",
)  # fmt: skip


def _notice(event: str, arguments: tuple[object, ...]) -> None:
    if _is_exchange(event, arguments):
        return
    if event == "open" and "EPN_AUDIT_WRITING" in os.environ and _writes(*arguments):
        os.write(_handle, f"open {arguments[0]}\n".encode(errors="backslashreplace"))
    if event.startswith(NOTICED):
        line = f"{event} {arguments[0]!r} {arguments[1] if len(arguments) > 1 else ''!r}\n"
        os.write(_handle, line.encode(errors="backslashreplace"))


def _writes(path: object, _mode: object, flags: object) -> bool:
    """True if a file is opened to be written to, or created; a file object of an open file is no new one."""
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
    return not isinstance(path, int) and isinstance(flags, int) and flags & writing != 0


def _is_exchange(event: str, arguments: tuple[object, ...]) -> bool:
    """True where the C library that Python runs on is asked to exchange two names."""
    if event in ("ctypes.dlopen", "ctypes.dlsym"):
        return arguments[-1] in (None, "renameat2")
    if event != "ctypes.call_function":  # from Python 3.14 on
        return False
    values = arguments[1]
    return isinstance(values, tuple) and len(values) == 5 and values[::2] == (-100, -100, 2)


_handle = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
sys.addaudithook(_notice)

from epncli.__main__ import main  # noqa: E402  after the hook

sys.exit(main())
