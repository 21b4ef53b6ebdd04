"""Ctrl-C and the other ways to stop a process end it from within the handler.

Python's own way is an exception, raised wherever the program happens to be. It can be lost: in a callback
of the import system or of a weak reference Python prints "Exception ignored" and goes on. Here the handler
itself removes what must not stay behind, says what happened and ends the process.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from epncli.i18n import _

_STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")
"""SIGHUP comes when the terminal is closed or the connection is lost. Windows has only the first two."""


class _State:
    """What the handler needs to know; there is one for the process."""

    def __init__(self) -> None:
        self.clean_ups: list[Callable[[], object]] = []
        self.holding = 0
        self.waiting: int | None = None
        self.written = False


_state = _State()


@contextmanager
def end_the_process() -> Iterator[None]:
    """While this lasts, a signal to stop ends the process, with 128 and its number as the exit code.

    A signal that the caller of the process ignores (nohup) or handles stays as it is.
    """
    numbers = [getattr(signal, name) for name in _STOPPING if hasattr(signal, name)]
    ours = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    try:
        for number in ours:
            signal.signal(number, _on_signal)
    except ValueError:  # not the main thread: a caller that uses epn as a library
        ours = []
    _state.written = False
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def clean_up(action: Callable[[], object]) -> Iterator[None]:
    """Call `action` at the end, and also where a signal ends the process before; it may be called twice."""
    _state.clean_ups.append(action)
    try:
        yield
    finally:
        action()
        _state.clean_ups.remove(action)


@contextmanager
def held() -> Iterator[None]:
    """Let signals wait until the end of this: for steps of which none may be left out."""
    _state.holding += 1
    try:
        yield
    finally:
        _state.holding -= 1
        if not _state.holding and _state.waiting is not None:
            _end(_state.waiting)


@contextmanager
def interrupt_left_to_child() -> Iterator[None]:
    """Ignore Ctrl-C, which goes to all programs of a terminal: it is meant for the editor or the pager."""
    # Not SIG_IGN, which the child would inherit.
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def note_written() -> None:
    """A change is in the file: a signal that comes now is not to be taken for a change that failed."""
    _state.written = True


def _on_signal(number: int, _frame: object) -> None:
    if _state.holding:
        _state.waiting = number
    else:
        _end(number)


def _end(number: int) -> None:
    words = _last_words(number)
    for action in reversed(_state.clean_ups):
        with suppress(Exception):
            action()
    with suppress(OSError, ValueError):  # nobody is there to read
        # Not by print: the signal may have come in the middle of another one.
        os.write(sys.stderr.fileno(), words.encode(errors="replace"))
    os._exit(128 + number)


def _last_words(number: int) -> str:
    word = _("interrupted") if number == signal.SIGINT else _("terminated")
    if _state.written:
        word = _("{word}; the change was written to the file").format(word=word)
    return ("\n" if sys.stderr.isatty() else "") + word + "\n"
