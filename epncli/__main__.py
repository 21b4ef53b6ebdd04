"""The command `epn`, also `python -m epncli`."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

from epncli.formats import WORKBOOK_PROCESS


def command() -> NoReturn:
    """Run the command, and end the process without freeing its memory, which takes long."""
    code = main()
    atexit._run_exitfuncs()  # noqa: SLF001  `os._exit` does not call them, and nothing public does
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # closed, or on a full disk
            stream.flush()
    os._exit(code)


def main() -> int:
    """Run the command on the arguments of this process and return its exit code."""
    if getattr(sys, "frozen", False) and sys.argv[1:] == [WORKBOOK_PROCESS]:
        from epncli.formats.tabular import workbook_process

        workbook_process.main()
    # Until the command runs, Ctrl-C ends the process silently; Python's handler would print a traceback.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # A run is short and creates almost no reference cycles. Collecting them takes half as long as reading
    # a large registry, and the same again at exit.
    gc.disable()
    try:
        return _run()
    finally:
        gc.freeze()


def _run() -> int:
    from epncli import i18n
    from epncli.system.windows import interface_language

    i18n.install(of_the_system=interface_language)
    # Click and Typer translate their messages when they are imported: set the language first.
    from epncli.cli.main import main as run

    return run()


if __name__ == "__main__":
    command()
