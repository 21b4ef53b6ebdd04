"""Printing through a pager, as in git and man, if the text is longer than the screen."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from rich.console import Console

from epncli.cli.screen import terminal
from epncli.i18n import _
from epncli.system import signals
from epncli.system.shell import program


def page(parts: Iterable[str], console: Console, *, pager: bool, header_lines: int = 0) -> None:
    """Print text part by part, through the pager as soon as it fills the screen.

    The first `header_lines` lines stay at the top of the screen, if the pager can do that.
    """
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
            _through(command, chain(head, rest), header_lines)
            return
    sys.stdout.write("".join(head))


def _command() -> str:
    """The pager: EPN_PAGER, PAGER, or less unless the terminal is dumb; "" for none, also for `cat`."""
    # -R on the command line, since the user's LESS may lack it and styles would be shown as codes.
    default = "" if terminal.is_dumb() else "less -R"
    wanted = next((os.environ[name] for name in ("EPN_PAGER", "PAGER") if name in os.environ), default)
    return "" if wanted.strip() == "cat" else wanted.strip()


def _through(command: str, parts: Iterator[str], header_lines: int) -> None:
    # If the locale of LANG is not installed, less would show é as <C3><A9>.
    environment = {"LESSCHARSET": "utf-8", "LV": "-c", **os.environ}
    sys.stdout.flush()
    try:
        arguments = program(command)
        environment.setdefault("LESS", _less_options(arguments, header_lines))
        process = subprocess.Popen(arguments, stdin=subprocess.PIPE, env=environment)  # noqa: S603  set by the user
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


_HEADER_SINCE = 600
"""The first version of less with the option --header."""


def _less_options(arguments: list[str] | str, header_lines: int) -> str:
    """The options for less, if it is the pager, for a user who has not chosen any in LESS.

    Its prompt says how to leave it. Its version is asked only here, where it is about to be started.
    """
    program, *_rest = shlex.split(arguments) if isinstance(arguments, str) else arguments
    if Path(program).stem != "less" or not (version := _less_version(program)):
        return "FRX"  # busybox's less knows no prompt
    # less 590 shows a no-break space in its prompt as ^@.
    words = _("space: go on, q: quit, h: help").replace("\xa0", " ")
    prompt = re.sub(r"([?:.%\\])", r"\\\1", words)
    header = f" --header={header_lines}" if header_lines and version >= _HEADER_SINCE else ""
    return f"-FRX -Ps{prompt}${header}"


def _less_version(less: str) -> int:
    """The version of less, such as 590; 0 for another program of that name."""
    try:
        done = subprocess.run([less, "--version"], capture_output=True, check=False, timeout=2)  # noqa: S603  set by the user
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.match(rb"less ([0-9]{1,9})", done.stdout)
    return int(found[1]) if found else 0


@contextmanager
def _until_it_leaves() -> Iterator[None]:
    """Ignore the error of a closed pipe: the user has quit the pager."""
    try:
        yield
    except OSError as failure:
        if not terminal.is_closed_pipe(failure):
            raise
