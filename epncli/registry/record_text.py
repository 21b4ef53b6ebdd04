"""The text of one record, to be edited in a text editor, and the splices that write the edited lines back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from epncli.errors import Unreadable
from epncli.model.structure import FIELDS
from epncli.registry.registry import STRUCTURES
from epncli.yamlfile.edit import block
from epncli.yamlfile.edit.records import change_item, dash_of_item
from epncli.yamlfile.layout import (
    BREAKS,
    LINE_BREAK,
    Splice,
    apply,
    column,
    common_prefix_length,
    insertion_point,
    line_start,
    newline,
)
from epncli.yamlfile.reader import Document, Value, read_document
from epncli.yamlfile.source import Source

_HEAD = f"{STRUCTURES}:\n- "
_INDENT = "  "
_BLANKS = " \t"


class _Line(NamedTuple):
    """The position of a line of a record in its file."""

    start: int
    """Start of the line; of the first line, the position after its dash or bracket."""
    shown: int
    """Start of the part that is shown, after the indent."""
    end: int
    """End of the line, before its line break."""
    line_end: str
    """`\\n`, `\\r\\n` or `\\r`; "" if there is none, or another one, which counts as part of the line."""


@dataclass(frozen=True)
class RecordText:
    """The lines of one record, without the indent of the record, and their positions in the file.

    The comments below the record that are indented deeper than its dash are included.
    """

    file_text: str
    indent: str
    """The indent of each new line."""
    in_braces: bool
    in_brackets: bool
    """True if something may follow on the last line: a bracket, a comma, another record."""
    places: tuple[_Line, ...]

    @staticmethod
    def of(document: Document, index: int) -> RecordText:
        """The text of the record at `index`."""
        text, node = document.text, document.item(STRUCTURES, index)
        list_start = document.start(STRUCTURES)
        start, end = node.start, node.end
        in_brackets = text[list_start] == "["
        if not in_brackets:
            comment = text.find("#", dash_of_item(document, STRUCTURES, index), start)
            start = start if comment < 0 else comment
            end = block.own_comments_end(text, insertion_point(text, end), column(text, list_start))
        before = text[line_start(text, node.start) : node.start]
        indent = before if before.isspace() else " " * len(before)
        places = tuple(_places(text, start, end, indent))
        return RecordText(text, indent, text[node.start] == "{", in_brackets, places)

    @cached_property
    def lines(self) -> list[str]:
        """The lines as they are shown, without line breaks."""
        return [self.file_text[line.shown : line.end] for line in self.places]

    @property
    def shown(self) -> str:
        """The text to edit: the lines, each with a line break."""
        return "".join(map(_ended, self.lines))

    @property
    def is_unended(self) -> bool:
        """True if the last line has no line break: at the end of a file, or inside brackets."""
        return not (self.places[-1].line_end or self.lines[-1].endswith(tuple(BREAKS)))

    def edited(self, saved: str) -> list[str]:
        """The lines of the edited text, without the changes that an editor makes by itself.

        Line breaks are normalised, trailing spaces that the editor has stripped from all lines are
        restored, and blank lines at the end are dropped unless they belong to a value.
        """
        lines = _split(saved)
        if not any(line.endswith(tuple(_BLANKS)) for line in lines):
            for i1, i2, j1, j2 in list(_changes(self.lines, lines)):
                lines[j1:j2] = _with_their_blanks(self.lines[i1:i2], lines[j1:j2])
        trimmed = lines[: max((number for number, line in enumerate(lines, 1) if line.strip()), default=0)]
        if len(trimmed) < len(lines) and not _say_other_things(lines, trimmed):
            lines = trimmed
        return lines

    def typed(self, lines: Sequence[str]) -> list[str]:
        """The lines that differ from those of this text."""
        return [line for _i1, _i2, j1, j2 in _changes(self.lines, lines) for line in lines[j1:j2]]

    def values(self, lines: Sequence[str]) -> dict[str, Value]:
        """The values of the edited lines. Raises `Unreadable`, with the line and column in these lines."""
        try:
            found = self._parse_record(lines).root[STRUCTURES]
        except Unreadable as error:
            error.line = max(error.line - 1, 1)
            error.column = max(error.column - len(_INDENT), 1)
            raise
        record = found[0] if isinstance(found, list) and found else ""
        return record if isinstance(record, dict) else {}

    def with_values(self, lines: Sequence[str], values: Mapping[str, str | list[str] | None]) -> list[str]:
        """The lines with these fields set, or removed if None."""
        document = self._parse_record(lines)
        changed = apply(document.text, change_item(document, STRUCTURES, 0, values, tuple(FIELDS)))
        first, *rest = _split(changed.removeprefix(_HEAD))
        return [first, *(line.removeprefix(_INDENT) for line in rest)]

    def splices(self, lines: Sequence[str]) -> list[Splice]:
        """The splices that write the edited lines to the file. Unchanged lines keep every byte."""
        changes = list(_changes(self.lines, lines))
        gone: dict[str, list[int]] = {}
        for i1, i2, _j1, _j2 in changes:
            for index in range(max(i1, 1), i2):
                gone.setdefault(self.lines[index], []).append(index)
        found = [self._splice(i1, i2, lines[j1:j2], gone) for i1, i2, j1, j2 in changes]
        if found and self.in_brackets and self._ends_in_comment(lines):
            start, end, new = found[-1]
            is_ended = (new or self.file_text[start - 1]).endswith(tuple(BREAKS))
            line_end = "" if is_ended else self._line_end(0, 0, 0)
            found[-1] = Splice(start, end, new + line_end + self.indent)
        return found

    def _ends_in_comment(self, lines: Sequence[str]) -> bool:
        document = self._parse_record(lines)
        return "#" in document.text[document.item(STRUCTURES, 0).end :]

    def _splice(self, first: int, stop: int, new: Sequence[str], gone: dict[str, list[int]]) -> Splice:
        """The splice that replaces the lines from `first` up to, but not including, `stop`.

        `gone` has the old positions of the lines that were deleted or moved, by line, so that a moved line
        keeps its indent and its line break.
        """
        places = self.places
        start = places[first].start if first < len(places) else _stop(places[-1])
        end = _stop(places[stop - 1]) if stop > first else start
        written = []
        for number, line in enumerate(new):
            before, line_end = (
                self._indent_of(line, first + number, stop),
                self._line_end(first, stop, number),
            )
            if first + number and gone.get(line):
                place = places[gone[line].pop(0)]
                before, line_end = self.file_text[place.start : place.shown], place.line_end or line_end
            written.append(before + _ended(line, line_end))
        if stop == len(places) and self.is_unended:
            if not new:
                return Splice(start - len(places[first - 1].line_end), end, "")
            written[-1] = written[-1].rstrip("\r\n")
            if first == len(places):
                written.insert(0, self._line_end(first, stop, 0))
        elif first == 0 and stop == 0:  # the old first line is no longer on the line of the dash
            written.append(self.indent)
        elif first == 0 and not new:
            end = places[stop].shown
        return Splice(start, end, self._joined(written, start, end))

    def _joined(self, written: Sequence[str], start: int, end: int) -> str:
        """The new lines as one text, in which a CR and the LF of the next line do not form one line break."""
        before, behind = self.file_text[start - 1 : start], self.file_text[end : end + 1]
        parts = [before]
        for part in written:
            parts.append("\r" * (parts[-1][-1:] == "\r" and part[:1] == "\n") + part)
        both = parts[-1][-1:] == "\r" and behind == "\n"
        return "".join(parts[1:]) + "\n" * both

    def _indent_of(self, line: str, index: int, stop: int) -> str:
        """The indent of a new line: that of the line it replaces, which may be smaller, or of the record."""
        if not line or not index:
            return ""
        if index < stop and (self.in_braces or line.startswith("#")):
            return self.file_text[self.places[index].start : self.places[index].shown]
        return self.indent

    def _line_end(self, first: int, stop: int, number: int) -> str:
        """The line break of a new line: that of the line it replaces, or of a neighbouring line."""
        near = [first + number] if first + number < stop else []
        for index in (*near, stop - 1, first - 1, stop):
            if 0 <= index < len(self.places) and self.places[index].line_end:
                return self.places[index].line_end
        return newline(self.file_text)

    def _parse_record(self, lines: Sequence[str]) -> Document:
        return _alone(lines, is_ended=not self.is_unended)


def _say_other_things(lines: Sequence[str], others: Sequence[str]) -> bool:
    """True if both texts can be parsed and have different values."""
    try:
        return _alone(lines).root != _alone(others).root
    except Unreadable:
        return False


def _alone(lines: Sequence[str], *, is_ended: bool = True) -> Document:
    """The lines, parsed as a registry with one record. Raises `Unreadable`."""
    first, *rest = lines or [""]
    indented = [first, *(_INDENT + line if line else "" for line in rest)]
    text = _HEAD + "".join(map(_ended, indented))
    return read_document(Source(Path(), b"", b"", text if is_ended else text.removesuffix("\n")))


def _places(text: str, start: int, end: int, indent: str) -> Iterator[_Line]:
    """The positions of the lines from `start` to `end`."""
    shown = start
    while start < end:
        found = LINE_BREAK.search(text, start, end)
        words_end, following = (found.start(), found.end()) if found else (end, end)
        line_end = text[words_end:following]
        if line_end and line_end not in ("\n", "\r\n", "\r"):
            words_end, line_end = following, ""
        yield _Line(start, shown, words_end, line_end)
        start = following
        shown = start + common_prefix_length(text[start : start + len(indent)], indent)


def _stop(line: _Line) -> int:
    return line.end + len(line.line_end)


def _split(text: str) -> list[str]:
    """The lines of a text. The rare line breaks of YAML (NEL, LS, PS) remain part of the line."""
    lines = []
    start = 0
    for found in LINE_BREAK.finditer(text):
        is_rare = found[0] not in ("\n", "\r\n", "\r")
        lines.append(text[start : found.end() if is_rare else found.start()])
        start = found.end()
    return [*lines, text[start:]] if start < len(text) else lines


def _ended(line: str, line_end: str = "\n") -> str:
    return line if line.endswith(tuple(BREAKS)) else line + line_end


def _with_their_blanks(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The new lines, in which a line that differs from an old one only in trailing spaces is the old one."""
    lines = list(new)
    stripped = [line.rstrip(_BLANKS) for line in old]
    for at, size, place in _matches(new, stripped):
        lines[at : at + size] = old[place : place + size]
    return lines


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The ranges of lines that differ: start and stop among the old lines, then among the new lines."""
    i1 = j1 = 0
    for at, size, place in _matches(new, old):
        if i1 < place or j1 < at:
            yield i1, place, j1, at
        i1, j1 = place + size, at + size


def _matches(new: Sequence[str], old: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The runs of equal lines: position among the new lines, length, position among the old lines.

    The last run ends where the lines end. `SequenceMatcher`, slow on long texts, gets only the lines
    between the common start and the common end.
    """
    head = common_prefix_length(old, new)
    tail = common_prefix_length(old[head:][::-1], new[head:][::-1])
    yield 0, head, 0
    middle = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    for place, at, size in middle.get_matching_blocks()[:-1]:
        yield head + at, size, head + place
    yield len(new) - tail, tail, len(old) - tail
