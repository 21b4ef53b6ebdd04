"""Finding one's way in a YAML text: lines, indents, the next token after blanks and comments."""

from __future__ import annotations

import re
from typing import NamedTuple

from epncli.yamlfile.source import LINE_BREAK

BREAKS = "\n\r\x85\u2028\u2029"
_BLANKS_AND_COMMENTS = re.compile(f"(?:[ \t{BREAKS}\ufeff]+|#[^{BREAKS}]*)*")


class Splice(NamedTuple):
    """Put `text` in the place of what stands from `start` to `end`."""

    start: int
    end: int
    text: str


def apply(text: str, splices: list[Splice]) -> str:
    """The text with every splice made; they may touch, and only what is taken out may overlap."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        if start < at and new.strip():
            raise ValueError("two changes of the file overlap")
        parts += (text[at:start], new)
        at = max(at, end)
    parts.append(text[at:])
    return "".join(parts)


def line_start(text: str, index: int) -> int:
    """The start of the line in which the character stands."""
    start = text.rfind("\n", 0, index) + 1
    # Beyond that line, for the rarer ones would be sought up to the start of the file.
    return max(start, *(text.rfind(char, start, index) + 1 for char in BREAKS))


def next_line(text: str, index: int) -> int:
    """The start of the next line, or the end of the text."""
    found = LINE_BREAK.search(text, index)
    return found.end() if found else len(text)


def past_blanks(text: str, index: int) -> int:
    """The next character that is neither a blank nor a tab, on the same line."""
    while index < len(text) and text[index] in " \t":
        index += 1
    return index


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


def is_block_scalar(text: str, start: int) -> bool:
    """True when a scalar that is not empty and starts here is one of lines: `|` or `>`."""
    return text[start] in "|>"


def keeps_blank_lines(text: str, start: int) -> bool:
    """True for a block scalar whose header has a `+`: the blank lines below belong to its text."""
    return "+" in LINE_BREAK.split(text[start : start + 3])[0]


def block_scalar_indent(text: str, start: int, end: int, value: str) -> int:
    """How far the lines of a block scalar are indented, which its header may leave open."""
    written, read = LINE_BREAK.split(text[next_line(text, start) : end]), LINE_BREAK.split(value)
    words = [next((line for line in lines if line.strip(" \t")), "") for lines in (written, read)]
    if words[1]:
        return _leading_blanks(words[0]) - _leading_blanks(words[1])
    return max(map(len, written)) - max(map(len, read))  # nothing but blanks


def _leading_blanks(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def may_end_block_scalar(text: str, at: int, indent: int) -> bool:
    """True where a block scalar with lines of this indent can end: what follows would not become its text.

    A comment that is indented as deep would, and a line of blanks that is longer; and the last line
    break counts, so there must be one.
    """
    if text[at - 1 : at] not in ("\n", "\r", "\x85"):  # YAML reads each as \n, but no LS and no PS
        return False
    while at < len(text):
        line = text[at : (at := next_line(text, at))].rstrip(BREAKS)
        content = line.lstrip(" ")
        if content:
            return not (content.startswith("#") and len(line) - len(content) >= indent)
        if len(line) > indent:
            return False
    return True


def insertion(text: str, at: int, lines: str, line_break: str) -> Splice:
    """Insert whole lines; the last line of a file may have no end, and then still has none."""
    if ends_line(text, at):
        return Splice(at, at, lines + line_break)
    return Splice(at, at, line_break + lines)
