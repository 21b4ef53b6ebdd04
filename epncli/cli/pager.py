"""What is longer than the screen goes through a pager, as in git and man."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO

from rich.console import Console

from epncli.cli import terminal
from epncli.commandline import program
from epncli.errors import Terminated


def page(parts: Iterable[str], console: Console, *, pager: bool) -> None:
    """Print text part by part; from the first screen on through the pager, if there is more."""
    rest = iter(parts)
    command = _command() if pager else ""
    if not command:
        for part in rest:
            sys.stdout.write(part)
        return
    head: list[str] = []
    lines = 0
    for part in rest:
        head.append(part)
        lines += part.count("\n")
        if lines >= console.height:
            _through(command, chain(head, rest))
            return
    sys.stdout.write("".join(head))


def _command() -> str:
    """EPN_PAGER, PAGER, or less; empty or `cat`, or a terminal on which less is not itself: none."""
    # -R on the command line: a LESS of the user's own that lacks it would show the styles as codes.
    default = "" if terminal.is_dumb() else "less -R"
    wanted = next((os.environ[name] for name in ("EPN_PAGER", "PAGER") if name in os.environ), default)
    return "" if wanted.strip() == "cat" else wanted.strip()


def _through(command: str, parts: Iterator[str]) -> None:
    # Where the locale that LANG names is not installed, less would show é as <C3><A9>.
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", "LV": "-c", **os.environ}
    sys.stdout.flush()
    try:
        process = subprocess.Popen(program(command), stdin=subprocess.PIPE, env=environment)  # noqa: S603  the user's own
    except OSError:  # no such pager: then without
        for part in parts:
            sys.stdout.write(part)
        return
    assert process.stdin is not None
    try:
        _feed(process.stdin, parts)
        _close(process)
    except (KeyboardInterrupt, Exception):
        _close(process)
        raise
    except Terminated:
        process.terminate()  # it would stay and eat what is typed next
        raise


def _feed(stdin: IO[bytes], parts: Iterator[str]) -> None:
    try:
        for part in parts:
            stdin.write(part.encode(errors="backslashreplace"))
            stdin.flush()
    except OSError as failure:
        if not terminal.is_closed_pipe(failure):  # left before the end
            raise


def _close(process: subprocess.Popen[bytes]) -> None:
    """Wait for the reader; Ctrl-C belongs to the pager while it runs."""
    while True:
        try:
            process.communicate()
        except BrokenPipeError:
            continue
        except KeyboardInterrupt:
            continue
        return
