"""The text of one record of a registry, its fields and its comments, for a merge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from epncli.model.structure import FIELDS, Structure
from epncli.registry.merging.mapping_text import Parts, parts_of
from epncli.registry.merging.pieces import DASH, NotMergeable, ended
from epncli.registry.merging.raw_values import structure_of
from epncli.registry.record_change import as_written
from epncli.registry.registry import STRUCTURES, difference, record_at
from epncli.yamlfile.edit.records import change_item
from epncli.yamlfile.layout import BREAKS, apply, line_start, newline
from epncli.yamlfile.nodes import Node
from epncli.yamlfile.reader import Document, Value

_COMMENT: Final = re.compile(rf"(?:\A|(?<=[ \t{BREAKS}]))#[^{BREAKS}]*")
_COMMA: Final = re.compile(r"[ \t]*,")


@dataclass(frozen=True)
class SideRecord:
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
        return structure_of(self.values)

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
        return record_at(self.document, self.index)

    @cached_property
    def parts(self) -> Parts | None:
        """Its fields and the lines between them; None if they do not each have lines of their own."""
        text, node = self.document.text, self.node
        dash = text[self.start : node.start]
        if not DASH.fullmatch(dash) or text[node.start] == "{":
            return None
        return parts_of(text, self.start, self.end, node, dash)

    @cached_property
    def comments(self) -> Counter[str]:
        """The comments in its lines."""
        return comments_in(self.document.text, self.start, self.end, self.node)


def plain(value: Value | None) -> str | list[str] | None:
    """A value that is not of the schema, to be written. Raises `NotMergeable` for a nested one."""
    if value is None or isinstance(value, str):
        return value
    items = [item for item in value if isinstance(item, str)]
    if isinstance(value, dict) or len(items) < len(value):
        raise NotMergeable
    return items


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
