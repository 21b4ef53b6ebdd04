"""Progress bars and messages for slow operations, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from epncli.cli.screen.terminal import is_terminal, say
from epncli.system import signals

Item = TypeVar("Item")
_SLOW = 1.0
"""Seconds after which an operation is said to be slow."""


def with_bar(items: Sequence[Item], doing: str, least: int) -> Iterable[Item]:
    """The items, with a progress bar on a terminal if there are at least `least`."""
    if len(items) < least or not is_terminal(sys.stderr):
        return items
    return _tracked(items, doing)


def _tracked(items: Sequence[Item], doing: str) -> Iterator[Item]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    with signals.clean_up(lambda: console.show_cursor(show=True)):  # the bar hides the cursor
        yield from track(items, doing, console=console, transient=True)


@contextmanager
def said_if_slow(words: str) -> Iterator[None]:
    """On a terminal, print `words` if the context takes more than a second."""
    if not is_terminal(sys.stderr):
        yield
        return
    from threading import Timer

    timer = Timer(_SLOW, say, [words])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
