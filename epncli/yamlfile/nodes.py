"""The values of a part of a YAML file with their positions, for changes and messages."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple

from epncli.yamlfile.events import BLOCK
from epncli.yamlfile.layout import (
    BREAKS,
    LINE_BREAK,
    block_scalar_indent,
    is_block_scalar,
    keeps_blank_lines,
    next_line,
    next_token,
    past_blanks,
)
from epncli.yamlfile.reader import Value


class Node(NamedTuple):
    """A value with its position: `text[start:end]` is its source in the file.

    `children` are the items of a list, or the alternating keys and values of a mapping.
    """

    start: int
    end: int
    value: Value
    children: tuple[Node, ...] = ()

    def fields(self) -> dict[str, tuple[Node, Node]]:
        """The key node and the value node of each entry of a mapping, by key."""
        pairs = zip(self.children[::2], self.children[1::2], strict=True)
        return {str(key.value): (key, value) for key, value in pairs}


def node_of(text: str, marks: array[int], base: int, value: Value) -> Node:
    """The node of a value, from the marks of its part of the text, which begins at `base`."""
    return _Nodes(text, marks, base).make(value)


class _Nodes:
    """Builder of nodes from values and their marks, to which `base` is added."""

    def __init__(self, text: str, marks: array[int], base: int) -> None:
        self.text = text
        self.base = base
        self._marks = iter(marks)

    def make(self, value: Value) -> Node:
        """The node of a value, with its children."""
        start, end = next(self._marks) + self.base, next(self._marks)
        if isinstance(value, str):
            return Node(start, _content_end(self.text, start, end + self.base, value), value)
        children: list[Node] = []
        for child in _in_order(value):
            node = self.make(child)
            if child == "" and node.start == node.end and len(children) % 2 and isinstance(value, dict):
                node = self._no_value(children[-1])
            children.append(node)
        end = children[-1].end if end == BLOCK else end + self.base
        return Node(start, end, value, tuple(children))

    def _no_value(self, key: Node) -> Node:
        """The node of an empty value: after its colon or, in `{a}`, its key. libyaml marks the next token."""
        colon = next_token(self.text, key.end)
        place = colon + 1 if self.text[colon : colon + 1] == ":" else key.end
        return Node(place, place, "")


def _in_order(value: list[Value] | dict[str, Value]) -> Iterator[Value]:
    if isinstance(value, list):
        yield from value
    else:
        for key, item in value.items():
            yield key
            yield item


def _content_end(text: str, start: int, end: int, value: str) -> int:
    """The end of the last line of a scalar. libyaml includes the blank lines below a block scalar."""
    if end == start or not is_block_scalar(text, start) or keeps_blank_lines(text, start):
        return end
    last = LINE_BREAK.split(value.rstrip(BREAKS))[-1]
    if last and not last.strip(" \t"):  # spaces that are part of the text: longer than the indent
        return _end_of_last_text(text, start, end, block_scalar_indent(text, start, end, value))
    return past_blanks(text, start + len(text[start:end].rstrip(" \t" + BREAKS)))


def _end_of_last_text(text: str, start: int, end: int, indent: int) -> int:
    """The end of the last line of a block scalar, ignoring lines no longer than its indent."""
    found = start
    while (start := next_line(text, start)) < end:
        line = text[start : next_line(text, start)].rstrip(BREAKS)
        if len(line) > indent:
            found = start + len(line)
    return found
