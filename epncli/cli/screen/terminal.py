"""Output and questions: data to standard output, messages to standard error, without control characters."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from contextlib import suppress
from typing import TextIO

import click

from epncli.errors import BadUsage, EpnError, ExitCode
from epncli.i18n import _, with_colon
from epncli.system.os_errors import WINDOWS

_UNBREAKABLE = r"""--[a-z-]+ (?:"[^"]*"|'[^']*')|‘[^’]*’|«[^»]*»|\+?[0-9][0-9 ]{7,}[0-9]"""
"""Text that must not be wrapped: options and quoted text to type (in English up to the first ’), and phone
numbers."""


def prepare_streams() -> None:
    """Set the standard streams to UTF-8, whatever the locale, and replace missing ones."""
    if sys.stdout is None:  # closed by the caller: `>&-`
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def say(words: str, hang: int = 4) -> None:
    """Print a message to standard error, with control characters made visible.

    On a terminal, lines are wrapped between words, and continuation lines are indented by `hang`.
    """
    say_unwrapped(fitted(words, columns(), hang) if is_terminal(sys.stderr) else words)


def inform(words: str) -> None:
    """Print a count or a confirmation: as `say`, but nothing with --quiet."""
    if not _is_quiet():
        say(words)


def inform_unwrapped(words: str) -> None:
    """Print the command line that comes next: as `say_unwrapped`, but nothing with --quiet."""
    if not _is_quiet():
        say_unwrapped(words)


_QUIET = "epncli.quiet"


def be_quiet(context: click.Context) -> None:
    """Leave out counts and confirmations for the rest of this command."""
    context.meta[_QUIET] = True


def _is_quiet() -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and _QUIET in context.meta


def say_unwrapped(words: str) -> None:
    """Print a message that users may paste in a shell or a file: as `say`, but never wrapped.

    Errors of standard error (closed, or on a full disk) are ignored: they do not affect the command.
    """
    try:
        print("\n".join(visible(line) for line in words.split("\n")), file=sys.stderr)  # noqa: T201
    except OSError:
        _discard(sys.stderr)


def say_undo(command: str) -> None:
    """Print the command line that undoes a change, to paste in a shell; nothing if there is none."""
    if command:
        inform_unwrapped("  " + _("to undo: {command}").format(command=command))


def fitted(text: str, columns: int, hang: int = 4) -> str:
    """The text, wrapped to `columns`, with control characters made visible."""
    return "\n".join([part for line in text.split("\n") for part in folded(visible(line), columns, hang)])


def folded(line: str, columns: int, hang: int) -> list[str]:
    """The line, wrapped to `columns` at spaces, except inside `_UNBREAKABLE`."""
    if len(line) <= columns // 2 or (len(line) <= columns and line.isascii()):  # a character has 1 or 2 cells
        return [line]
    from rich.cells import cell_len

    found = [""]
    for word in re.sub(_UNBREAKABLE, lambda whole: whole[0].replace(" ", "\0"), line).split(" "):
        longer = f"{found[-1]} {word}" if found[-1].strip(" ") or not word else found[-1] + word
        if found[-1].strip(" ") and cell_len(longer.replace("\0", " ")) > columns:
            found.append(" " * hang + word)
        else:
            found[-1] = longer
    return [part.replace("\0", " ") for part in found]


_NO_BREAK_SPACES, _STAND_INS = "\xa0\u202f", "\ue000\ue001"
_STAND_IN = str.maketrans(_NO_BREAK_SPACES, _STAND_INS)
_SPACE_AGAIN = str.maketrans(_STAND_INS, _NO_BREAK_SPACES)


def protect_spaces(text: str) -> str:
    """The text with no-break spaces replaced by private-use characters, since Rich breaks lines at them.

    Text from `visible` never contains these characters, since `visible` replaces them by codes.
    """
    return text.translate(_STAND_IN)


def restore_spaces(text: str) -> str:
    """The text after wrapping by Rich, with the no-break spaces restored."""
    return text.translate(_SPACE_AGAIN)


def columns() -> int:
    """The width of the terminal on standard error, even if standard output is a file."""
    if not os.environ.get("COLUMNS") and not is_terminal():
        with suppress(OSError, ValueError):
            return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    return shutil.get_terminal_size().columns


def report(error: EpnError) -> None:
    """Print an error as `registry.yaml:12:16: error: …`, and its hint on the next line."""
    say(diagnostic(error.path, error.line, error.column, _("error"), error.message, error.hint))


def diagnostic(path: str, line: int, column: int, level: str, message: str, hint: str) -> str:
    """A message with its position and level, and its hint on a second line."""
    place = ":".join([str(part) for part in (visible(path), line, column) if part])
    said = with_colon(level, message)
    text = (f"{place}: {said}" if place else said).replace("\n", " ")
    return f"{text}\n  {hint}" if hint else text


def out(text: str) -> None:
    """Write data to standard output: unchanged in a pipe; on a terminal, with control characters visible."""
    if is_terminal() and not text.isprintable():
        lines = text.replace("\r\n", "\n").split("\n")
        text = "\n".join("\t".join(map(visible, line.split("\t"))) for line in lines)
    sys.stdout.write(text)


def out_bytes(data: bytes) -> None:
    """Write data in bytes, such as an export, to standard output, as `out` does."""
    if is_terminal():
        out(data.decode(errors="replace"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def flush() -> None:
    """Flush standard output, so that a full disk or a closed pipe raises OSError here."""
    sys.stdout.flush()


def is_closed_pipe(failure: OSError) -> bool:
    """True for the error of a closed pipe. Windows reports it as an invalid argument.

    See https://github.com/python/cpython/issues/79935.
    """
    unnamed = WINDOWS and failure.errno == errno.EINVAL and failure.filename is None
    return unnamed or isinstance(failure, BrokenPipeError)


def discard_output() -> None:
    """Discard further output after a closed pipe, so that Python reports no error at exit."""
    _discard(sys.stdout)


def _discard(stream: TextIO) -> None:
    handle = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(handle, stream.fileno())
    except OSError:
        pass
    finally:
        os.close(handle)


def is_terminal(stream: TextIO | None = None) -> bool:
    """True if a stream, by default standard output, is a terminal."""
    stream = stream or sys.stdout
    return stream.isatty()


def in_colour() -> bool:
    """True if styles and links may be printed (NO_COLOR, https://no-color.org; FORCE_COLOR)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal() and not is_dumb()


def is_dumb() -> bool:
    """True for a terminal without escape sequences, or with an unknown type."""
    if WINDOWS and "TERM" not in os.environ:  # Windows does not set TERM: try to enable them
        from epncli.system.windows import enable_escape_sequences

        return not enable_escape_sequences()
    return os.environ.get("TERM", "dumb") == "dumb"


def can_ask() -> bool:
    """True if standard input and standard error are terminals, so that the user can answer a question."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> str:
    """Ask a question and return the answer, stripped. Raises `InputClosed` at the end of input."""
    prompt(question)
    answer = sys.stdin.readline()
    if not answer:
        raise InputClosed
    return answer.strip()


def prompt(question: str) -> None:
    """Print a question, and leave the cursor after it."""
    print(fitted(visible(question), columns()), end=" ", file=sys.stderr, flush=True)  # noqa: T201


def confirm(question: str, *, yes: bool) -> None:
    """Ask for a yes, unless `yes` (`--yes`). Raises Declined for a no, and BadUsage without a terminal."""
    if yes:
        return
    if not can_ask():
        raise BadUsage(_("there is no terminal to ask: {question}").format(question=question), _("add --yes"))
    if not says_yes(question):
        raise Declined


def takes_other(question: str) -> bool:
    """Ask whether to keep a value (the default) or take the other one; True to take it."""
    return ask(question + _(" [K/t]")).casefold() in ("t", "take", "p", "prendre")


def says_yes(question: str) -> bool:
    """Ask a question, and return True for a yes; Enter is a no."""
    return ask(question + _(" [y/N]")).casefold() in ("y", "yes", "o", "oui")


class Declined(EpnError):
    """The user declined."""

    exit_code = ExitCode.NEGATIVE

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("nothing was changed"))


class InputClosed(Declined):
    """End of input (Ctrl-D) instead of an answer: treated as an interruption."""

    exit_code = ExitCode.INTERRUPTED

    def __init__(self) -> None:
        super().__init__("\n" + _("interrupted"))


def visible(text: str) -> str:
    """The text on one line, with control characters and direction marks as visible symbols or codes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in "\xa0\u202f" else _picture(char) for char in text)


def _picture(char: str) -> str:
    code = ord(char)
    if char == "\t":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"<U+{code:04X}>"
