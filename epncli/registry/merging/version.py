"""One of the three versions of a registry in a merge: its records, and the lines between them."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from epncli.registry.merging.pieces import DASH, NotMergeable, ended, lines_of
from epncli.registry.merging.record_text import SideRecord
from epncli.registry.merging.tokens import Token
from epncli.registry.registry import STRUCTURES, Registry
from epncli.yamlfile.edit.block import own_comments_end
from epncli.yamlfile.layout import (
    insertion_point,
    leading_blanks,
    line_start,
    newline,
    next_line,
    previous_line,
)

_BLANKS: Final = re.compile(r" *")
_BEHIND_BRACES: Final = re.compile(r"[ \t]*,?[ \t]*(?:#[^\r\n]*)?[\r\n]*")
_BLANK_OR_COMMENT: Final = re.compile(r"[ \t]*(?:#[^\r\n]*)?[\r\n]*")


@dataclass(frozen=True)
class Version:
    """One of the three versions, with the numbers of its structures in the merge."""

    registry: Registry
    numbers: dict[int, int]

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.registry.document.text

    @cached_property
    def in_brackets(self) -> bool:
        """True if the list has brackets instead of dashes."""
        document = self.registry.document
        return bool(self.registry.structures) and self.text[document.start(STRUCTURES)] == "["

    @cached_property
    def starts(self) -> list[int]:
        """The start of the line of each record. Raises `NotMergeable` if one shares its line."""
        document = self.registry.document
        before = _BLANKS if self.in_brackets else DASH
        found = []
        for place in document.record_starts.get(STRUCTURES, ()):
            start = line_start(self.text, place)
            if not before.fullmatch(self.text[start:place]):
                raise NotMergeable  # at the first: in a file of one line, each search goes back to its start
            found.append(start)
        if len(found) != len(self.registry.structures):
            raise NotMergeable
        if self.in_brackets:
            nodes = document.node(STRUCTURES).children
            for node, start in zip(nodes, [*found[1:], len(self.text)], strict=True):
                line_end = next_line(self.text, node.end)
                if not _BEHIND_BRACES.fullmatch(self.text[node.end : line_end]) or line_end > start:
                    raise NotMergeable
        return found

    @cached_property
    def dash_column(self) -> int:
        """The column in which the records start: that of their dashes."""
        return leading_blanks(self.text[self.starts[0] :])

    def record(self, index: int) -> SideRecord:
        """A record with its own comments."""
        document = self.registry.document
        end = insertion_point(self.text, document.item(STRUCTURES, index).end)
        if not self.in_brackets:
            end = own_comments_end(self.text, end, self.dash_column)
        return SideRecord(document, index, self.starts[index], end, self.in_brackets)

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """Start and end of the list, with the blank lines and comments around it."""
        if not self.starts:
            return len(self.text), len(self.text)
        start, end = self.starts[0], self.list_end
        while start and _BLANK_OR_COMMENT.fullmatch(self.text, previous_line(self.text, start), start):
            start = previous_line(self.text, start)
        while end < len(self.text) and _BLANK_OR_COMMENT.fullmatch(self.text, end, next_line(self.text, end)):
            end = next_line(self.text, end)
        return start, end

    @cached_property
    def list_end(self) -> int:
        """The end of the last record."""
        return self.record(len(self.starts) - 1).end

    @cached_property
    def chunks(self) -> dict[int, str]:
        """The text of each structure, by its number, up to the next one."""
        ends = [*self.starts[1:], self.list_end] if self.starts else []
        return {
            self.numbers[index]: self.text[start:end]
            for index, (start, end) in enumerate(zip(self.starts, ends, strict=True))
        }

    def tokens(self, whole: Container[int]) -> list[Token]:
        """The numbers of the structures, and the lines between those that are not `whole`."""
        if not self.starts:
            return []
        start, end = self.bounds
        found: list[Token] = [*lines_of(self.text[start : self.starts[0]])]
        for index, following in enumerate([*self.starts[1:], self.list_end]):
            number = self.numbers[index]
            found.append(number)
            if number not in whole:
                found += self._ended(lines_of(self.text[self.record(index).end : following]))
        return found + self._ended(lines_of(self.text[self.list_end : end]))

    def _ended(self, lines: Sequence[str]) -> list[str]:
        return [*lines[:-1], *(ended(line, newline(self.text)) for line in lines[-1:])]
