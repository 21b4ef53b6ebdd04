"""Handling of Ctrl-C and other signals: the signal handler cleans up and ends the process.

Python's own handler raises an exception wherever the program happens to be. The exception can be lost: in a
callback of the import system or of a weak reference, Python prints "Exception ignored" and continues.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from epncli.i18n import _

_STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")
"""SIGHUP is sent when the terminal is closed or the connection is lost. Windows has only the first two."""


class _State:
    """The state of the signal handler, one for each process."""

    def __init__(self) -> None:
        self.clean_ups: list[Callable[[], object]] = []
        self.holding = 0
        self.waiting: int | None = None
        self.written = False


_state = _State()


@contextmanager
def end_the_process() -> Iterator[None]:
    """In this context, a signal ends the process with the exit code 128 plus its number.

    Signals that are already ignored (nohup) or handled by the caller are not changed.
    """
    numbers = [getattr(signal, name) for name in _STOPPING if hasattr(signal, name)]
    ours = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    try:
        for number in ours:
            signal.signal(number, _on_signal)
    except ValueError:  # not in the main thread: epn is used as a library
        ours = []
    _state.written = False
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def clean_up(action: Callable[[], object]) -> Iterator[None]:
    """Call `action` when the context ends, or when a signal ends the process. It may be called twice."""
    _state.clean_ups.append(action)
    try:
        yield
    finally:
        action()
        _state.clean_ups.remove(action)


@contextmanager
def delayed() -> Iterator[None]:
    """Delay signals until the context ends, for steps that must all be done."""
    _state.holding += 1
    try:
        yield
    finally:
        _state.holding -= 1
        if not _state.holding and _state.waiting is not None:
            _end(_state.waiting)


@contextmanager
def interrupt_left_to_child() -> Iterator[None]:
    """Ignore Ctrl-C in this process: the terminal also sends it to the child, an editor or a pager."""
    # Not SIG_IGN, which the child process would inherit.
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def note_written() -> None:
    """Record that the change is written, so that the message of a later signal says so."""
    _state.written = True


def begin_change() -> None:
    """Record that another change begins, so that the message of a later signal is about that one."""
    _state.written = False


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
    with suppress(OSError, ValueError):  # standard error is closed
        # Not print: the signal may have interrupted another print.
        os.write(sys.stderr.fileno(), words.encode(errors="replace"))
    os._exit(128 + number)


def _last_words(number: int) -> str:
    word = _("interrupted") if number == signal.SIGINT else _("terminated")
    if _state.written:
        word = _("{word}; the change was written to the file").format(word=word)
    return ("\n" if sys.stderr.isatty() else "") + word + "\n"
