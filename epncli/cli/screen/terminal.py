"""What epn prints: data on standard output, words on standard error, and nothing that acts."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from contextlib import suppress
from typing import TextIO

from epncli.errors import BadUsage, EpnError, ExitCode
from epncli.i18n import _

WINDOWS = os.name == "nt"

_WHOLE = re.compile(r"""--[a-z-]+ (?:"[^"]*"|'[^']*')|‘[^’]*’|«[^»]*»|\+?[0-9][0-9 ]{7,}[0-9]""")
"""What no end of a line may cut: what a person may have to type just so (in English up to the first ’),
and phone numbers."""


def prepare_streams() -> None:
    """UTF-8 whatever the locale says: the registry holds accents, and a pipe carries bytes."""
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
    """Words, on standard error; control characters in them are shown, not obeyed.

    On a terminal no line breaks within a word, and the rest of a line is indented by `hang`.
    """
    say_as_is(fitted(words, _columns(), hang) if is_terminal(sys.stderr) else words)


def say_as_is(words: str) -> None:
    """Words that may be copied into a shell or a file: as `say`, but never folded.

    Where nobody is there to read them, or the disk is full, that is no failure of the command: what was
    asked for is done all the same.
    """
    try:
        print("\n".join(visible(line) for line in words.split("\n")), file=sys.stderr)  # noqa: T201
    except OSError:
        _discard(sys.stderr)


def fitted(text: str, columns: int, hang: int = 4) -> str:
    """The text as a screen of so many columns shows it: each line folded, nothing in it obeyed."""
    return "\n".join(part for line in text.split("\n") for part in folded(visible(line), columns, hang))


def folded(line: str, columns: int, hang: int) -> list[str]:
    """The line as it fits so many columns, folded at spaces; see `_WHOLE`."""
    if len(line) <= columns // 2 or (len(line) <= columns and line.isascii()):  # no character has 3 cells
        return [line]
    from rich.cells import cell_len

    found = [""]
    for word in _WHOLE.sub(lambda whole: whole[0].replace(" ", "\0"), line).split(" "):
        longer = f"{found[-1]} {word}" if found[-1].strip(" ") or not word else found[-1] + word
        if found[-1].strip(" ") and cell_len(longer.replace("\0", " ")) > columns:
            found.append(" " * hang + word)
        else:
            found[-1] = longer
    return [part.replace("\0", " ") for part in found]


_NO_BREAK_SPACES, _STAND_INS = "\xa0\u202f", "\ue000\ue001"
_STAND_IN = str.maketrans(_NO_BREAK_SPACES, _STAND_INS)
_SPACE_AGAIN = str.maketrans(_STAND_INS, _NO_BREAK_SPACES)


def hold_spaces(text: str) -> str:
    """A text for Rich, which breaks lines at no-break spaces: private characters stand in for them.

    `visible` shows those characters as codes, so that a visible text never has them of its own.
    """
    return text.translate(_STAND_IN)


def release_spaces(text: str) -> str:
    """The text that Rich has folded, with its no-break spaces again."""
    return text.translate(_SPACE_AGAIN)


def _columns() -> int:
    """The width of the terminal that words go to; the data may go into a file meanwhile."""
    if not os.environ.get("COLUMNS") and not is_terminal():
        with suppress(OSError, ValueError):
            return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    return shutil.get_terminal_size().columns


def report(error: EpnError) -> None:
    """`registry.yaml:12:16: error: …`, and the hint on the next line."""
    say(diagnostic(error.path, error.line, error.column, _("error"), error.message, error.hint))


def diagnostic(path: str, line: int, column: int, level: str, message: str, hint: str) -> str:
    """What is wrong, where, and what to do: on two lines."""
    place = ":".join(str(part) for part in (visible(path), line, column) if part)
    said = with_colon(level, message)
    text = (f"{place}: {said}" if place else said).replace("\n", " ")
    return f"{text}\n  {hint}" if hint else text


def with_colon(label: str, text: str) -> str:
    """`label: text`, with the space before the colon that French has; the text alone without a label."""
    return _("{label}: {text}").format(label=label, text=text) if label else text


def out(text: str) -> None:
    """Data, on standard output: as it is in a pipe; on a terminal what would act there is shown."""
    if is_terminal() and not text.isprintable():
        lines = text.replace("\r\n", "\n").split("\n")
        text = "\n".join("\t".join(map(visible, line.split("\t"))) for line in lines)
    sys.stdout.write(text)


def out_bytes(data: bytes) -> None:
    """Data that is bytes already: an export."""
    if is_terminal():
        out(data.decode(errors="replace"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def flush() -> None:
    """Write what is still in memory, so that a full disk or a closed pipe is noticed."""
    sys.stdout.flush()


def is_closed_pipe(failure: OSError) -> bool:
    """True when nobody reads any more what is written; Windows tells it as an argument that is invalid.

    See https://github.com/python/cpython/issues/79935.
    """
    unnamed = WINDOWS and failure.errno == errno.EINVAL and failure.filename is None
    return unnamed or isinstance(failure, BrokenPipeError)


def discard_output() -> None:
    """After a closed pipe: nobody reads, and Python must not complain about it at exit."""
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
    """True when a person sees what is printed there."""
    stream = stream or sys.stdout
    return stream.isatty()


def in_colour() -> bool:
    """True when styles and links may be printed (NO_COLOR, https://no-color.org; FORCE_COLOR)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal() and not is_dumb()


def is_dumb() -> bool:
    """True for a terminal that obeys no escape sequence, and for one that does not say what it is."""
    if WINDOWS and "TERM" not in os.environ:  # it never is: the console itself is asked
        from epncli.system.windows import obey_sequences

        return not obey_sequences()
    return os.environ.get("TERM", "dumb") == "dumb"


def can_ask() -> bool:
    """True when a question would reach a person, and the answer come back."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> str:
    """The answer to a question, on one line; raise `InputClosed` where nobody gives one."""
    print(fitted(visible(question), _columns()), end=" ", file=sys.stderr, flush=True)  # noqa: T201
    answer = sys.stdin.readline()
    if not answer:
        raise InputClosed
    return answer.strip()


def confirm(question: str, *, yes: bool) -> None:
    """Go on only after a yes: `--yes`, or the answer of a person at a terminal."""
    if yes:
        return
    if not can_ask():
        raise BadUsage(_("this needs confirmation, and there is no terminal to ask on"), _("add --yes"))
    if ask(question + _(" [y/N]")).casefold() not in ("y", "yes", "o", "oui"):
        raise Declined


class Declined(EpnError):
    """The answer was no."""

    exit_code = ExitCode.NEGATIVE

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("nothing was changed"))


class InputClosed(Declined):
    """The end of input (Ctrl-D) in place of an answer: as if the person had stopped the command."""

    exit_code = ExitCode.INTERRUPTED

    def __init__(self) -> None:
        super().__init__("\n" + _("interrupted"))


def visible(text: str) -> str:
    """The text with control and direction characters shown as pictures or codes, on one line."""
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
