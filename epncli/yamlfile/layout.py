"""Positions in a YAML text (lines, indents, the next token) and splices, which replace a part of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

BREAKS = "\n\r\x85\u2028\u2029"
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""The line breaks of libyaml. They differ from those of `splitlines()`, which must not be used."""
_BLANK_LINES = re.compile(f"(?:[ \t]*+(?:\r\n|[{BREAKS}]))*+")
_BLANKS_AND_COMMENTS = re.compile(f"(?:[ \t{BREAKS}\ufeff]+|#[^{BREAKS}]*)*")


class Splice(NamedTuple):
    """A change of a text: replace what is between the offsets `start` and `end` by `text`."""

    start: int
    end: int
    text: str


def apply(text: str, splices: list[Splice]) -> str:
    """The text after all splices.

    Splices may be adjacent, and deletions may overlap. Of two that replace text from one position on, only
    the longer one counts. A deletion leaves the blanks and the line break at its start if another splice
    inserts something after them. Raises `ValueError` if a splice that adds text overlaps another one.
    """
    parts: list[str] = []
    at = 0
    for start, end, new in _in_order(text, splices):
        if start < at and new.strip():
            raise ValueError("two changes of the file overlap")
        parts += (text[at:start], new)
        at = max(at, end)
    parts.append(text[at:])
    return "".join(parts)


def disjoint(text: str, splices: Iterable[Splice]) -> Iterator[Splice]:
    """Splices that do the same, as `apply` does it, by position: none overlaps another or changes nothing."""
    at = 0
    for start, end, new in _in_order(text, splices):
        begin = max(start, at)
        at = max(at, end)
        if text[begin:at] != new:
            yield Splice(begin, at, new)


def inverse(text: str, splices: Iterable[Splice]) -> list[Splice]:
    """The splices that turn the text after `splices`, as `apply` gives it, back into `text`."""
    back: list[Splice] = []
    shift = 0
    for start, end, new in disjoint(text, splices):
        back.append(Splice(start + shift, start + shift + len(new), text[start:end]))
        shift += len(new) - (end - start)
    return back


def _in_order(text: str, splices: Iterable[Splice]) -> list[Splice]:
    """The splices by position, as far as the others leave them.

    A field that is added below a block scalar changes the header of the scalar; if the scalar is replaced in
    the same change, its new value has its own header. A record that is removed takes along the blank before
    it, or the line break above it if it ends the file: not where something is inserted after these.
    """
    splices = list(splices)
    places = sorted(start for start, end, new in splices if start == end and new.strip())
    places.append(len(text) + 1)  # after all deletions
    ordered = sorted((_shortened(text, one, places) for one in splices), key=lambda splice: splice[:2])
    ends = {start: end for start, end, _new in ordered}
    return [one for one in ordered if one.start == one.end or one.end == ends[one.start]]


def _shortened(text: str, one: Splice, places: Sequence[int]) -> Splice:
    """A deletion without the blanks and line breaks at its start if one of the `places` is after them."""
    place = places[bisect_right(places, one.start)]
    if one.text.strip() or place >= one.end or text[one.start : place].strip(" \t" + BREAKS):
        return one
    return one._replace(start=place)


def line_start(text: str, index: int) -> int:
    """The start of the line of the character at `index`."""
    # In longer and longer parts: in a file without one of the line breaks, a search for it would go up to the
    # start of the file.
    part, end = 256, index
    while end > 0:
        start = max(end - part, 0)
        if found := max(text.rfind(char, start, end) + 1 for char in BREAKS):
            return found
        part, end = 2 * part, start
    return 0


def next_line(text: str, index: int) -> int:
    """The start of the next line, or the end of the text."""
    found = LINE_BREAK.search(text, index)
    return found.end() if found else len(text)


def previous_line(text: str, start: int) -> int:
    """The start of the line above the one that starts at `start`; 0 for the first line."""
    return line_start(text, line_break_above(text, start)) if start else 0


def line_break_above(text: str, start: int) -> int:
    """The position of the line break above a line that starts at `start` and is not the first one."""
    return start - (2 if text[start - 2 : start] == "\r\n" else 1)


def past_blanks(text: str, index: int) -> int:
    """The position of the first character from `index` on that is neither a space nor a tab."""
    while index < len(text) and text[index] in " \t":
        index += 1
    return index


def past_blank_lines(text: str, index: int) -> int:
    """The start of the first line from `index` on that is not blank, or the end of the text."""
    found = _BLANK_LINES.match(text, index)
    return index if found is None else found.end()


def insertion_point(text: str, end: int) -> int:
    """Where to insert a line below a value that ends at `end`: the start of a line or the end of the text."""
    if end and text[end - 1] in BREAKS:  # a block scalar that keeps its blank lines
        return end
    return next_line(text, end)


def ends_line(text: str, index: int) -> bool:
    """True if `index` is the start of a line."""
    return index == 0 or text[index - 1] in BREAKS


def column(text: str, index: int) -> int:
    """The column of a character, from 0."""
    return index - line_start(text, index)


def indent_start(text: str, index: int) -> int:
    """The start of the line of the character at `index` if only blanks stand before it there, else -1.

    Unlike `line_start`, it does not search a long line, such as a registry on one line.
    """
    start = index
    while start and text[start - 1] in " \t":
        start -= 1
    return start if ends_line(text, start) else -1


@lru_cache(maxsize=4)  # a file on one line has none: the search would read all of it for each change
def newline(text: str) -> str:
    """The line break of the first line, which is used for new lines; a newline if there is none."""
    found = LINE_BREAK.search(text)
    return found[0] if found and found[0] in ("\n", "\r\n", "\r") else "\n"


def newline_at(text: str, at: int) -> str:
    """The line break for lines inserted at `at`: that of the line above, or else of the first line.

    A new LF below a CR, or above an LF a new CR, would be read as one line break.
    """
    if text[at - 2 : at] == "\r\n":
        return "\r\n"
    if text[at - 1 : at] in ("\n", "\r"):
        return text[at - 1]
    first = newline(text)
    return "\n" if first == "\r" and at < len(text) else first


def next_token(text: str, index: int) -> int:
    """The start of the next token from `index` on, past blanks, line breaks and comments."""
    found = _BLANKS_AND_COMMENTS.match(text, index)
    assert found is not None  # the pattern matches the empty text too
    return found.end()


def is_block_scalar(text: str, start: int) -> bool:
    """True if the non-empty scalar at `start` is a block scalar: `|` or `>`."""
    return text[start] in "|>"


def keeps_blank_lines(text: str, start: int) -> bool:
    """True for a block scalar with a `+` in its header: the blank lines below it are part of its text."""
    return "+" in LINE_BREAK.split(text[start : start + 3])[0]


def block_scalar_indent(text: str, start: int, end: int, value: str) -> int:
    """The indent of the lines of a block scalar, found by comparing its source with its value."""
    written, read = LINE_BREAK.split(text[next_line(text, start) : end]), LINE_BREAK.split(value)
    words = [next((line for line in lines if line.strip(" \t")), "") for lines in (written, read)]
    if words[1]:
        return leading_blanks(words[0]) - leading_blanks(words[1])
    return max(map(len, written)) - max(map(len, read))  # all lines are blank


def leading_blanks(line: str) -> int:
    """The number of spaces at the start of a line."""
    return len(line) - len(line.lstrip(" "))


def may_end_block_scalar(text: str, at: int, indent: int) -> bool:
    """True if a block scalar with lines of this indent can end at `at` without taking in what follows.

    It would take in a comment indented as deeply, or a longer line of spaces. There must be a line break
    before `at`, since the last line break is part of the text.
    """
    if text[at - 1 : at] not in ("\n", "\r", "\x85"):  # YAML reads these as \n, but not LS and PS
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
    """The splice that inserts lines at `at`. If the file has no final line break, it still has none."""
    if ends_line(text, at):
        return Splice(at, at, lines + line_break)
    return Splice(at, at, line_break + lines)


def common_prefix_length(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the common start of two sequences."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((count for count, (a, b) in pairs if a != b), min(len(one), len(other)))
