"""Printing through a pager, as in git and man, if the text is longer than the screen."""

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
    """Print text part by part, through the pager as soon as it fills the screen."""
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
    """The pager: EPN_PAGER, PAGER, or less unless the terminal is dumb; "" for none, also for `cat`."""
    # -R on the command line, since the user's LESS may lack it and styles would be shown as codes.
    default = "" if terminal.is_dumb() else "less -R"
    wanted = next((os.environ[name] for name in ("EPN_PAGER", "PAGER") if name in os.environ), default)
    return "" if wanted.strip() == "cat" else wanted.strip()


def _through(command: str, parts: Iterator[str]) -> None:
    # If the locale of LANG is not installed, less would show é as <C3><A9>.
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", "LV": "-c", **os.environ}
    sys.stdout.flush()
    try:
        process = subprocess.Popen(program(command), stdin=subprocess.PIPE, env=environment)  # noqa: S603  set by the user
    except OSError:  # there is no such pager: print directly
        for part in parts:
            sys.stdout.write(part)
        return
    assert process.stdin is not None
    # A pager that keeps running would read what is typed next.
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
    """Ignore the error of a closed pipe: the user has quit the pager."""
    try:
        yield
    except OSError as failure:
        if not terminal.is_closed_pipe(failure):
            raise
