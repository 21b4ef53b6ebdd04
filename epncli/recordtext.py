"""A record's own YAML, shown to a person and put back: only the lines that the person has changed change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from epncli.registry import STRUCTURES
from epncli.structure import CHAMPS
from epncli.yamlfile import block
from epncli.yamlfile.edit import change_item
from epncli.yamlfile.layout import after, apply, column, line_start, newline, past_blanks
from epncli.yamlfile.reader import Document, Value, read_document
from epncli.yamlfile.source import Source

_LINE_END = re.compile("\r\n|[\n\r]")
"""What an editor shows as the end of a line; YAML has three more, which stay within their line."""


class _Line(NamedTuple):
    """A line as it stands in a file: what stands on it, and its end."""

    content: str
    end: str


@dataclass(frozen=True, slots=True)
class RecordText:
    """The text of one record, as it stands in its file from `start` to `end`, without its dash.

    `column` is where its fields begin on their lines, or further lines of a record in braces.
    """

    text: str
    start: int
    end: int
    column: int
    newline: str

    @staticmethod
    def of(document: Document, index: int) -> RecordText:
        """The text of a record of a file, with the comments below it that are its own."""
        node, opening, text = document.item(STRUCTURES, index), document.start(STRUCTURES), document.text
        left = column(text, node.start)
        if text[node.start] == "{" or text[opening] == "[":
            start = line_start(text, node.start)
            left = min(left, past_blanks(text, start) - start + 4)
            end = node.end
        else:
            end = block.tail(text, after(text, node.end), column(text, opening))
        return RecordText(text[node.start : end], node.start, end, left, newline(text))

    @property
    def shown(self) -> str:
        """The lines of the record, one by one, moved to the left edge."""
        return "".join(f"{line}\n" for line in self._shown_lines())

    def edited(self, shown: str) -> RecordText:
        """This record after a person has changed what was shown: the other lines keep their bytes.

        Blanks at the end of a line or of the text, which many editors remove or add by themselves, are no
        change.
        """
        old, new = self._shown_lines(), _without_blank_end(_LINE_END.split(shown))
        kept = _kept(old, new)
        last = len(_without_blank_end(old)) - 1
        if kept and kept[-1] == last:  # blank lines below it can be a part of its value
            new, kept = new + old[last + 1 :], [*kept, *range(last + 1, len(old))]
        return self._replace("".join(self._put_back(new, kept)))

    def with_values(self, values: Mapping[str, str | list[str] | None]) -> RecordText:
        """This record with some of its fields set, as in a file; None takes a field away."""
        document = self._alone()
        changed = apply(document.text, change_item(document, STRUCTURES, 0, values, tuple(CHAMPS)))
        head, tail = self._around()
        return self._replace(changed.removeprefix(head).removesuffix(tail))

    def values(self) -> dict[str, Value]:
        """The fields; raise `Unreadable`, with its place in what is shown, where the text is no record."""
        found = self._alone().root[STRUCTURES]
        record = found[0] if isinstance(found, list) and found else ""
        return record if isinstance(record, dict) else {}

    def _around(self) -> tuple[str, str]:
        """What stands around the text to make a registry of it, with the text from the second line on.

        Each character has the column that it has in its file; within brackets, where tabs are allowed, none
        matters.
        """
        if self.text.startswith("{"):
            return f"{{{STRUCTURES}: [{self.newline}", f"{self.newline}]}}"
        return f"{STRUCTURES}:{self.newline}{' ' * (self.column - 2)}- ", ""

    def _alone(self) -> Document:
        head, tail = self._around()
        return read_document(Source(Path(), b"", b"", head + self.text + tail))

    def _replace(self, text: str) -> RecordText:
        return RecordText(text, self.start, self.end, self.column, self.newline)

    def _lines(self) -> list[_Line]:
        ends = [*_LINE_END.finditer(self.text)]
        starts = [0, *(end.end() for end in ends)]
        lines = [
            _Line(self.text[start : end.start()], end[0]) for start, end in zip(starts, ends, strict=False)
        ]
        last = self.text[starts[-1] :]
        return [*lines, _Line(last, "")] if last else lines

    def _shown_lines(self) -> list[str]:
        first, *others = [line.content for line in self._lines()] or [""]
        return [first, *(line[self._moved_by(line) :] for line in others)]

    def _moved_by(self, line: str) -> int:
        """How far a line is moved to the left to be shown."""
        return min(len(line) - len(line.lstrip(" ")), self.column)

    def _put_back(self, new: list[str], kept: list[int]) -> Iterator[str]:
        """The new lines as the file has them: `kept` ones with their bytes, the others laid out alike."""
        old = self._lines()
        gone = set(range(len(old))).difference(kept)
        at, end = -1, old[0].end or self.newline
        for place, (line, known) in enumerate(zip(new, kept, strict=True)):
            at = known if known >= 0 else at + 1
            like = old[at] if known >= 0 or at in gone else None  # the line itself, or the one it replaces
            if known >= 0 and (known == 0) == (place == 0):
                content = old[known].content
            elif place == 0 or not line.strip():
                content = line
            else:
                # A comment, or a line in braces, may stand left of where the fields begin; a field may not.
                may_be_left = like and at and (line.startswith("#") or self.text.startswith("{"))
                content = " " * (self._moved_by(like.content) if like and may_be_left else self.column) + line
            above = end if place else ""
            end = (like and like.end) or end
            if (above, content, end) == ("\r", "", "\n"):  # together they would be one line end
                end = "\r\n"
            is_last = place == len(new) - 1
            yield content + ("" if is_last and not old[-1].end else end)


def _kept(old: list[str], new: list[str]) -> list[int]:
    """For each new line the old line that it is, but for blanks at its end; -1 for one that is new."""
    was, now = [line.rstrip() for line in old], [line.rstrip() for line in new]
    kept = [-1] * len(now)
    for same in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
        kept[same.b : same.b + same.size] = range(same.a, same.a + same.size)
    # Lines that have changed places, and those that difflib passes over: it does not find all.
    left = {was[at]: at for at in sorted(set(range(len(was))).difference(kept), reverse=True)}
    return [left.pop(line, -1) if at < 0 else at for line, at in zip(now, kept, strict=True)]


def _without_blank_end(lines: list[str]) -> list[str]:
    return lines[: next((at for at in range(len(lines), 0, -1) if lines[at - 1].strip()), 0)]
