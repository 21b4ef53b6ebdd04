"""Reading of a single key, or on a terminal without escape sequences, of a letter and Enter."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from epncli.cli.screen import terminal
from epncli.i18n import _
from epncli.system import signals
from epncli.system.os_errors import WINDOWS


def read_key(question: str) -> str:
    """Ask and return the key pressed; "" for Enter and for a key that is not a character.

    Keys that were pressed before the question are dropped, so that a key pressed twice answers once. On a
    dumb terminal, a line is read, of which the first character counts. Raises `InputClosed` for Ctrl-C,
    Ctrl-D and at the end of input.
    """
    if terminal.is_dumb():
        return terminal.ask(question)[:1]
    import click

    terminal.prompt(question)
    try:
        with _terminal_restored():
            pressed = click.getchar()
    except (KeyboardInterrupt, EOFError, OSError, RuntimeError):  # the last two: it is gone
        raise terminal.InputClosed from None
    if not pressed:
        raise terminal.InputClosed
    key = pressed[0] if pressed[0].isprintable() and not pressed[0].isspace() else ""
    print(terminal.visible(key), file=sys.stderr)  # noqa: T201
    return key


@contextmanager
def _terminal_restored() -> Iterator[None]:
    """Restore the modes of the terminal when a signal ends the process while it waits for a key."""
    if WINDOWS:
        yield
        return
    import termios

    handle = sys.stdin.fileno()
    try:
        modes = termios.tcgetattr(handle)
    except termios.error:  # the terminal is gone
        raise terminal.InputClosed from None

    def restore() -> None:
        with suppress(termios.error):
            termios.tcsetattr(handle, termios.TCSANOW, modes)

    with signals.clean_up(restore):
        yield


def edit_line(question: str, old: str) -> str:
    """Ask for a line, with the old text to edit in it, and return the new text, stripped.

    Where the system cannot edit a line, the old text is shown: Enter keeps it, `-` clears it. Raises
    `InputClosed` at the end of input.
    """
    if not old:
        return terminal.ask(question)
    if _can_edit():
        return _edited(question, old)
    hint = _("Enter keeps it, - clears it")
    terminal.say(f"  {old}", hang=2)
    typed = terminal.ask(f"{question} ({hint})")
    return "" if typed == "-" else typed or old


def _can_edit() -> bool:
    """True if Python has GNU readline; libedit, on macOS and in some Pythons, does not show the old text."""
    if terminal.is_dumb():
        return False
    try:
        import readline
    except ImportError:
        return False
    return "libedit" not in (readline.__doc__ or "")


def _edited(question: str, old: str) -> str:
    import readline

    readline.set_startup_hook(lambda: readline.insert_text(terminal.visible(old)))
    try:
        with _terminal_restored():
            return input(terminal.visible(question) + " ").strip()
    except EOFError:
        raise terminal.InputClosed from None
    finally:
        readline.set_startup_hook(None)
