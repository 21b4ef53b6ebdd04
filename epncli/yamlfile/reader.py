"""Parser of YAML text: its values and their positions, from libyaml's events.

No YAML loader, composer or constructor is used: every scalar is text, and its field determines its type.
Anchors, aliases, tags, merge keys, duplicate keys and second documents, which a registry does not need
and which other tools read differently, are refused with their position.
"""

from __future__ import annotations

import gc
from array import array
from collections.abc import Iterator
from typing import Any, NamedTuple

from epncli.errors import Unreadable
from epncli.i18n import _
from epncli.yamlfile.events import BLOCK, Builder
from epncli.yamlfile.layout import (
    BREAKS,
    block_scalar_indent,
    is_block_scalar,
    keeps_blank_lines,
    next_line,
    next_token,
    past_blanks,
)
from epncli.yamlfile.source import LINE_BREAK, Source

Value = str | list["Value"] | dict[str, "Value"]
"""The value of a YAML node: text, a list or a mapping."""


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


class Document(NamedTuple):
    """A parsed YAML file: the values of its root mapping, and the positions of its records.

    The positions of scalars are needed for a few records only: `item` parses those again.
    """

    source: Source
    root: dict[str, Value]
    collection_starts: dict[str, int]
    """The start of each collection under the root, by key."""
    record_starts: dict[str, array[int]]
    """The start of each mapping in a list under the root, by the key of the list."""

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.source.text

    def node(self, key: str) -> Node:
        """The node of a value under the root, with its children."""
        return self.root_node().fields()[key][1]

    def item(self, key: str, index: int) -> Node:
        """The node of one item of a list under the root, with its children."""
        values = self.root[key]
        starts = self.record_starts.get(key)
        if starts is None or len(starts) != len(values):  # not all of them are mappings
            return self.node(key).children[index]
        assert isinstance(values, list)
        start, *following = starts[index : index + 2]
        end = following[0] if following else len(self.text)
        # libyaml must parse the part as it parsed the whole. Inside brackets, a tab may begin a line; the
        # added bracket is on its own line, or libyaml would look for a colon after the closing one.
        # Outside, the column of a block mapping determines where it ends.
        before = "[\n" if self.text[self.start(key)] == "[" else " " * _indent(self.text, start)
        part = self.source._replace(text=before + self.text[start:end])
        marks = _builder_with_marks(part).first_mapping_marks()
        return _Nodes(self.text, marks, start - len(before)).make(values[index])

    def item_start(self, key: str, index: int) -> int:
        """The start of an item of a list under the root, without building its node."""
        starts = self.record_starts.get(key)
        if starts is None or len(starts) != len(self.root[key]):
            return self.item(key, index).start
        return starts[index]

    def start(self, key: str) -> int:
        """The start of a value under the root, without building its node."""
        start = self.collection_starts.get(key)
        return self.node(key).start if start is None else start

    def root_node(self) -> Node:
        """The node of the root mapping, with its children."""
        return _Nodes(self.text, self.marks, 0).make(self.root)

    @property
    def marks(self) -> array[int]:
        """Start and end of every node, in the order of the file. The file is parsed again for them."""
        builder = _builder_with_marks(self.source)
        builder.build()
        return builder.marks


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


def read_document(source: Source) -> Document:
    """The values and positions of a file. Raises `Unreadable`, with a position and a hint."""
    yaml = libyaml()
    was_enabled = gc.isenabled()
    gc.disable()  # a million new objects and no cycles: looking for cycles would take half the time
    try:
        builder = Builder(source, yaml)
        return Document(source, builder.build(), builder.collection_starts, builder.record_starts)
    except yaml.YAMLError as failure:
        _refuse_depth(source, yaml, failure)
        from epncli.yamlfile.errors import explain

        raise explain.explain(source, failure) from None
    finally:
        if was_enabled:
            gc.enable()


def _refuse_depth(source: Source, yaml: Any, failure: Any) -> None:
    """Raise the same error about excessive nesting as with a libyaml before 0.2.6, which has no limit.

    From 0.2.6 on, libyaml refuses 1,000 levels while it looks ahead, before it reports the first level.
    Parsing only the text up to its error makes `Builder` report the level that exceeds our own limit.
    """
    if "nesting depth" in str(getattr(failure, "problem", "")):
        Builder(source._replace(text=source.text[: failure.problem_mark.index]), yaml).build()


def _builder_with_marks(source: Source) -> Builder:
    """A builder that records the position of each node."""
    return Builder(source, libyaml(), with_marks=True)


def _indent(text: str, start: int) -> int:
    """The column in which a block mapping starts, or 0 for a mapping in braces."""
    if text[start] == "{":
        return 0
    at = start
    while at and text[at - 1] not in BREAKS:
        at -= 1
    return start - at


def libyaml() -> Any:
    """PyYAML, with libyaml. Raises `Unreadable` if it was installed without."""
    import yaml

    if not yaml.__with_libyaml__:
        raise Unreadable(
            _("PyYAML was installed without libyaml, which epn needs"),
            _("reinstall it from its wheel: pip install --force-reinstall --only-binary :all: PyYAML"),
        )
    return yaml


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
