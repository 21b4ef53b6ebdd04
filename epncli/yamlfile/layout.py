"""Finding one's way in a YAML text: lines, indents, the next token after blanks and comments."""

from __future__ import annotations

import re
from typing import NamedTuple

from epncli.yamlfile.source import LINE_BREAK

BREAKS = "\n\r\x85\u2028\u2029"
_BLANKS_AND_COMMENTS = re.compile(f"(?:[ \t{BREAKS}\ufeff]+|#[^{BREAKS}]*)*")
_BREAK_BACKWARDS = re.compile(f"[{BREAKS}]")


class Splice(NamedTuple):
    """Put `text` in the place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


def apply(text: str, splices: list[Splice]) -> str:
    """The text with every splice made; they may touch, but not overlap."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        if start < at:
            raise AssertionError("two changes of the file overlap")
        parts += (text[at:start], new)
        at = end
    parts.append(text[at:])
    return "".join(parts)


def line_start(text: str, index: int) -> int:
    """The start of the line in which the character stands."""
    return max(text.rfind(char, 0, index) for char in BREAKS) + 1


def next_line(text: str, index: int) -> int:
    """The start of the next line, or the end of the text."""
    found = LINE_BREAK.search(text, index)
    return found.end() if found else len(text)


def after(text: str, end: int) -> int:
    """Where a line can be inserted below a value that ends at `end`: a line's start, or the text's end."""
    if end and text[end - 1] in BREAKS:  # a block scalar that keeps its blank lines
        return end
    return next_line(text, end)


def ends_line(text: str, index: int) -> bool:
    """True when a line can begin at this place without a line break before it."""
    return index == 0 or text[index - 1] in BREAKS


def column(text: str, index: int) -> int:
    """How many characters stand before this one on its line."""
    return index - line_start(text, index)


def newline(text: str) -> str:
    """The line break of the file: that of its first line."""
    found = LINE_BREAK.search(text)
    return found[0] if found and found[0] in ("\n", "\r\n", "\r") else "\n"


def skip(text: str, index: int) -> int:
    """From the end of a token: the start of the next one, past blanks, line breaks and comments."""
    found = _BLANKS_AND_COMMENTS.match(text, index)
    assert found is not None  # the pattern matches the empty text too
    return found.end()


def insertion(text: str, at: int, lines: str, line_break: str) -> Splice:
    """Insert whole lines; the last line of a file may have no end, and then still has none."""
    if ends_line(text, at):
        return Splice(at, at, lines + line_break)
    return Splice(at, at, line_break + lines)
