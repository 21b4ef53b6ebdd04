"""The text of one record of a registry, its fields and its comments, for a merge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from epncli.model.structure import FIELDS, Structure
from epncli.registry.changes import as_written
from epncli.registry.merging.tokens import Token
from epncli.registry.registry import STRUCTURES, difference, records
from epncli.yamlfile.edit.records import change_item
from epncli.yamlfile.layout import BREAKS, apply, insertion_point, line_start, newline
from epncli.yamlfile.reader import Document, Node, Value
from epncli.yamlfile.source import LINE_BREAK


class NotMergeable(Exception):
    """The texts are written in a way in which they cannot be merged record by record."""


class Conflict(NamedTuple):
    """Two texts between which a person must choose. Each is whole lines."""

    ours: str
    theirs: str


Piece = str | Conflict
"""A part of a merged text."""

_COMMENT: Final = re.compile(rf"(?:\A|(?<=[ \t{BREAKS}]))#[^{BREAKS}]*")
_DASH: Final = re.compile(r" *- +")
_COMMA: Final = re.compile(r"[ \t]*,")


@dataclass(frozen=True)
class RecordText:
    """A record of one side, with the lines that belong to it."""

    document: Document
    index: int
    start: int
    """Start of the line of its dash."""
    end: int
    """End of its last line, or of the comments below it that belong to it."""
    in_brackets: bool = False
    """True if a comma separates it from the next record. `text` then always has one."""

    @property
    def text(self) -> str:
        """Its lines."""
        return self._lines(self.document.text, 0)

    def _lines(self, text: str, longer: int) -> str:
        """Its lines in a text in which it is so much longer."""
        if not self.in_brackets:
            return text[self.start : self.end + longer]
        end = self.node.end + longer
        behind = text[end : self.end + longer]
        return f"{text[self.start : end]},{behind.replace(',', '', 1) if _COMMA.match(behind) else behind}"

    @cached_property
    def node(self) -> Node:
        """Its node in the document."""
        return self.document.item(STRUCTURES, self.index)

    @property
    def indent(self) -> str:
        """What stands before its fields, apart from the first one."""
        return " " * (self.node.start - line_start(self.document.text, self.node.start))

    @cached_property
    def structure(self) -> Structure:
        """Its structure."""
        return Structure.from_values(self.values)

    def changes_to(self, wanted: Structure) -> dict[str, str | list[str] | None]:
        """The fields in which another structure differs, as they are written. Raises `NotMergeable`."""
        found = {
            name: as_written(value, self.values.get(name))
            for name, value in difference(self.structure, wanted).items()
        }
        here, there = self.structure.unknown_fields, wanted.unknown_fields
        for name in {**here, **there}:
            if here.get(name) != (unknown := there.get(name)):
                found[name] = plain(unknown)
        return found

    def with_values(self, wanted: Structure) -> str:
        """Its lines with the values of another structure. Raises `NotMergeable` and `Unwritable`."""
        text, values = self.document.text, self.changes_to(wanted)
        changed = apply(text, change_item(self.document, STRUCTURES, self.index, values, tuple(FIELDS)))
        return ended(self._lines(changed, len(changed) - len(text)), newline(text))

    @cached_property
    def values(self) -> dict[str, Value]:
        """Its values as they are written."""
        return records(self.document)[self.index]

    @cached_property
    def parts(self) -> Parts | None:
        """Its fields and the lines between them; None if they do not each have lines of their own."""
        return _parts(self)

    @cached_property
    def comments(self) -> Counter[str]:
        """The comments in its lines."""
        return comments_in(self.document.text, self.start, self.end, self.node)


@dataclass(frozen=True)
class Parts:
    """The fields of a record, each on lines of its own, and the lines between them."""

    dash: str
    """What stands before the first field."""
    indent: str
    """What stands before each other field."""
    order: list[str | tuple[str]] = field(default_factory=list)
    """The names of fields, each in a tuple, and the lines between them."""
    bodies: dict[str, str] = field(default_factory=dict)
    """The text of each field, from its name to its last line break."""

    def tokens(self, numbers: Mapping[str, int]) -> list[Token]:
        """The fields as their numbers, and the lines between them."""
        return [numbers[item[0]] if isinstance(item, tuple) else item for item in self.order]


def plain(value: Value | None) -> str | list[str] | None:
    """A value that is not of the schema, to be written. Raises `NotMergeable` for a nested one."""
    if value is None or isinstance(value, str):
        return value
    items = [item for item in value if isinstance(item, str)]
    if isinstance(value, dict) or len(items) < len(value):
        raise NotMergeable
    return items


def _parts(record: RecordText) -> Parts | None:
    text, node = record.document.text, record.node
    prefix = text[record.start : node.start]
    if not _DASH.fullmatch(prefix) or text[node.start] == "{":
        return None
    found = Parts(prefix, " " * len(prefix))
    at = record.start
    for name, (key, value) in node.fields().items():
        start = line_start(text, key.start)
        if text[start : key.start] != (prefix if start == record.start else found.indent):
            return None
        found.order.extend(lines_of(text[at:start]))
        found.order.append((name,))
        at = insertion_point(text, value.end)
        found.bodies[name] = ended(text[key.start : at], newline(text))
    found.order.extend(ended(line, newline(text)) for line in lines_of(text[at : record.end]))
    return found


def comments_in(text: str, start: int, end: int, node: Node) -> Counter[str]:
    """The comments between two positions, outside the scalars of a node."""
    outside = list(text[start:end])
    for scalar in _scalars(node):
        for at in range(max(scalar.start, start), min(scalar.end, end)):
            if outside[at - start] == "#":
                outside[at - start] = "x"
    return Counter(found[0].rstrip() for found in _COMMENT.finditer("".join(outside)))


def _scalars(node: Node) -> Iterator[Node]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _scalars(child)


def lines_of(text: str) -> list[str]:
    """The lines of a text, with their line breaks."""
    lines, at = [], 0
    for found in LINE_BREAK.finditer(text):
        lines.append(text[at : found.end()])
        at = found.end()
    return [*lines, text[at:]] if at < len(text) else lines


def ended(line: str, line_end: str) -> str:
    """The line, with a line break."""
    return line if LINE_BREAK.search(line[-1:]) else line + line_end
