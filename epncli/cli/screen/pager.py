"""What is longer than the screen goes through a pager, as in git and man."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain

from rich.console import Console

from epncli.cli.screen import terminal
from epncli.system import signals
from epncli.system.shell import program


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
    # A pager that stays would eat what is typed next.
    with signals.interrupt_left_to_child(), signals.clean_up(process.terminate):
        with _until_it_leaves():
            for part in parts:
                process.stdin.write(part.encode(errors="backslashreplace"))
                process.stdin.flush()
        with _until_it_leaves():
            process.stdin.close()
        process.wait()


@contextmanager
def _until_it_leaves() -> Iterator[None]:
    """A reader that has seen enough closes its end."""
    try:
        yield
    except OSError as failure:
        if not terminal.is_closed_pipe(failure):
            raise
