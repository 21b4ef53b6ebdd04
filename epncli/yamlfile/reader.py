"""YAML text to plain values and the place of each, from libyaml's events alone.

No loader, composer or constructor ever sees the text: every scalar is text, its field gives its type.
What a registry has no use for and what other tools read otherwise (anchors, aliases, tags, merge keys,
duplicate keys, second documents) is refused with its place.
"""

from __future__ import annotations

import gc
import re
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from epncli.errors import Unreadable
from epncli.i18n import _
from epncli.yamlfile import refusals
from epncli.yamlfile.source import Source

Value = str | list["Value"] | dict[str, "Value"]
"""What a YAML node holds once read: text, a list or a mapping."""

MAX_DEPTH = 20
"""A registry is four levels deep; libyaml crashes the process on 100,000."""


class Node(NamedTuple):
    """A value with its place: `text[start:end]` is what stands for it in the file.

    `children` are the items of a list, or the keys and values of a mapping in turn.
    """

    start: int
    end: int
    value: Value
    children: tuple[Node, ...] = ()

    def fields(self) -> dict[str, tuple[Node, Node]]:
        """Key node and value node of each entry of a mapping."""
        pairs = zip(self.children[::2], self.children[1::2], strict=True)
        return {str(key.value): (key, value) for key, value in pairs}


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file, read: the values of its root mapping, and where everything stands.

    The places are kept as one flat array, two numbers a node in the order of the file, because an
    object a scalar would cost four times the time and ten times the memory; `node` and `item` make
    objects of the few that are asked for.
    """

    source: Source
    root: dict[str, Value]
    marks: array[int]
    tops: dict[str, int]
    """Where the marks of each collection under the root begin."""
    items: dict[str, array[int]]
    """Where the marks of each mapping in a list under the root begin, for each such list."""

    @property
    def text(self) -> str:
        """The text that was read."""
        return self.source.text

    def node(self, key: str) -> Node:
        """The node of a key of the root, with all below it."""
        return self.root_node().fields()[key][1]

    def item(self, key: str, index: int) -> Node:
        """The node of one item in a list under the root."""
        values = self.root[key]
        starts = self.items.get(key)
        if starts is None or len(starts) != len(values):  # not all of them are mappings
            return self.node(key).children[index]
        assert isinstance(values, list)
        return self._build(values[index], starts[index])[0]

    def start(self, key: str) -> int:
        """Where the value of a key of the root starts, without building what is below it."""
        at = self.tops.get(key)
        return self.node(key).start if at is None else self.marks[at]

    def root_node(self) -> Node:
        """The node of the whole file."""
        return self._build(self.root, 0)[0]

    def _build(self, value: Value, at: int) -> tuple[Node, int]:
        start, end = self.marks[at], self.marks[at + 1]
        at += 2
        if isinstance(value, str):
            return Node(start, _content_end(self.text, start, end), value), at
        children: list[Node] = []
        for child in _in_order(value):
            node, at = self._build(child, at)
            children.append(node)
        if end == _BLOCK:
            end = children[-1].end
        return Node(start, end, value, tuple(children)), at


def _in_order(value: list[Value] | dict[str, Value]) -> Iterator[Value]:
    if isinstance(value, list):
        yield from value
    else:
        for key, item in value.items():
            yield key
            yield item


def read_document(source: Source) -> Document:
    """The values and the places of a file; raise `Unreadable`, with a place and a hint, if it has none."""
    yaml = _libyaml()
    was_enabled = gc.isenabled()
    gc.disable()  # a million new objects and not one cycle: half the time would go into looking for some
    try:
        return _read(source, yaml)
    except yaml.YAMLError as failure:
        raise refusals.syntax(source, failure) from None
    finally:
        if was_enabled:
            gc.enable()


def _libyaml() -> Any:
    import yaml

    if not yaml.__with_libyaml__:
        raise Unreadable(
            _("PyYAML was installed without libyaml, which epn needs"),
            _("reinstall it from its wheel: pip install --force-reinstall --only-binary :all: PyYAML"),
        )
    return yaml


def _read(source: Source, yaml: Any) -> Document:
    """The loop that everything waits for: each line of it runs a million times for 20,000 structures."""
    scalar, alias = yaml.ScalarEvent, yaml.AliasEvent
    mapping_start, sequence_start = yaml.MappingStartEvent, yaml.SequenceStartEvent
    mapping_end, sequence_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
    text, intern = source.text, sys.intern
    suspect = _may_have_anchors(text)
    next_event = yaml.cyaml.CParser(text).get_event
    marks: array[int] = array("I")
    mark = marks.append
    tops: dict[str, int] = {}
    items: dict[str, array[int]] = {}
    stack: list[tuple[Any, str | None, int]] = []
    root: Any = None
    container: Any = None
    key: str | None = None
    slot = 0
    while (event := next_event()) is not None:
        kind = type(event)
        if kind is scalar:
            if suspect and (event.anchor is not None or event.tag is not None):
                raise refusals.node(source, event)
            value = event.value
            mark(event.start_mark.index)
            mark(event.end_mark.index)
            if type(container) is list:
                container.append(value)
            elif key is not None:
                container[key] = value
                key = None
            elif container is None:
                raise refusals.no_mapping(source, event.start_mark.index)
            elif value in container or value == "<<":
                raise refusals.key(source, event.start_mark.index, value)
            else:
                key = intern(value)
        elif kind is mapping_start or kind is sequence_start:
            start = event.start_mark.index
            if event.anchor is not None or event.tag is not None:
                raise refusals.node(source, event)
            if len(stack) == MAX_DEPTH:
                raise refusals.too_deep(source, start, MAX_DEPTH)
            fresh: Any = {} if kind is mapping_start else []
            if container is None:
                if kind is sequence_start:
                    raise refusals.no_mapping(source, start)
                root = fresh
            elif type(container) is list:
                container.append(fresh)
                if len(stack) == 2 and kind is mapping_start:
                    items.setdefault(str(stack[1][1]), array("I")).append(len(marks))
            elif key is None:
                raise refusals.complex_key(source, start)
            else:
                container[key] = fresh
                if len(stack) == 1:
                    tops[key] = len(marks)
            stack.append((container, key, slot))
            container, key, slot = fresh, None, len(marks)
            mark(start)
            mark(_BLOCK)
        elif kind is mapping_end or kind is sequence_end:
            if event.end_mark.index != event.start_mark.index:
                marks[slot + 1] = event.end_mark.index
            container, key, slot = stack.pop()
            key = None
        elif kind is alias:
            raise refusals.node(source, event)
        elif kind is yaml.DocumentStartEvent and root is not None:
            raise refusals.second_document(source, event.start_mark.index)
    if root is None:
        raise refusals.empty(source)
    return Document(source, root, marks, tops, items)


def _may_have_anchors(text: str) -> bool:
    """Whether an anchor or a tag can be there; most files have none, and no event is asked for its own.

    A look-behind in the pattern would cost four times as much.
    """
    return any(
        index == 0 or text[index - 1] in " \t\r\n,:?[{-\x85\u2028\u2029\ufeff"
        for index in (found.start() for found in re.finditer("[&!]", text))
    )


_BLOCK = 0
"""In place of the end of a block collection: its own mark stands at the next token, past comments and
blanks, so that `_build` takes the end of the last child instead."""


def _content_end(text: str, start: int, end: int) -> int:
    """The end of a scalar's last line: the mark of a block scalar swallows the blank lines that follow."""
    if end == start or text[start] not in "|>":
        return end
    header = text[start : start + 3].split("\n", 1)[0].split("\r", 1)[0]
    return end if "+" in header else start + len(text[start:end].rstrip(" \t\r\n\x85\u2028\u2029"))
