"""`epn` on a pseudo-terminal, in a copy of this process, which need not load all anew."""

from __future__ import annotations

import os
import signal
import struct
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn


def start(
    folder: Path,
    argv: Sequence[str],
    *,
    rows: int,
    columns: int,
    env: Mapping[str, str],
    own_process: bool = False,
) -> tuple[int, int]:
    """Start it in the folder, with this environment: its number, and the file descriptor of the terminal.

    With `own_process` it is loaded anew.
    """
    import pty

    pid, handle = pty.fork()
    if not pid:
        _be_the_command(folder, argv, (rows, columns), env, own_process=own_process)
    return pid, handle


def _be_the_command(
    folder: Path, argv: Sequence[str], size: tuple[int, int], env: Mapping[str, str], *, own_process: bool
) -> NoReturn:
    """What the child does; there is no way back."""
    import fcntl
    import termios

    code = 99
    try:
        sys.settrace(None)  # coverage's tracer holds a lock of its own
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        os.chdir(folder)
        if own_process:
            # Not execv: what pytest loads has put COLUMNS into the environment behind Python's back.
            os.execve(sys.executable, [sys.executable, "-m", "epncli", *argv], env)  # noqa: S606
        os.environ.clear()
        os.environ.update(env)
        from epncli import i18n
        from epncli.cli import app
        from epncli.cli.main import main

        app.epn.cache_clear()  # what it is made of knows the language and how wide the terminal was
        app.load_command.cache_clear()
        i18n.install()
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # as `epncli.__main__` has it
        sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115  closed with the process, as those below
        sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8")  # type: ignore[misc]  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
        code = int(main([*argv]))
        sys.stdout.flush()
    finally:
        os._exit(code)
