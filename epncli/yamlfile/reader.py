"""YAML text to plain values and the place of each, from libyaml's events alone.

No loader, composer or constructor ever sees the text: every scalar is text, its field gives its type.
What a registry has no use for and what other tools read otherwise (anchors, aliases, tags, merge keys,
duplicate keys, second documents) is refused with its place.
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
    past_blanks,
    skip,
)
from epncli.yamlfile.source import LINE_BREAK, Source

Value = str | list["Value"] | dict[str, "Value"]
"""What a YAML node holds once read: text, a list or a mapping."""


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


class Document(NamedTuple):
    """A YAML file, read: the values of its root mapping, and where its records stand.

    Where each scalar stands is asked for a few records only: `item` reads those once more.
    """

    source: Source
    root: dict[str, Value]
    tops: dict[str, int]
    """Where each collection under the root starts."""
    items: dict[str, array[int]]
    """Where each mapping in a list under the root starts, for each such list."""

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
        start, *following = starts[index : index + 2]
        end = following[0] if following else len(self.text)
        # libyaml must see the part as it saw the whole: a tab may begin a line in brackets only (on a
        # line of their own, or it looks for a colon behind the closing one), and the column of a block
        # mapping tells where it ends.
        before = "[\n" if self.text[self.start(key)] == "[" else " " * _indent(self.text, start)
        part = self.source._replace(text=before + self.text[start:end])
        marks = _builder_with_marks(part).first_mapping_marks()
        return _Nodes(self.text, marks, start - len(before)).make(values[index])

    def item_start(self, key: str, index: int) -> int:
        """Where an item of a list under the root starts, without building what is below it."""
        starts = self.items.get(key)
        if starts is None or len(starts) != len(self.root[key]):
            return self.item(key, index).start
        return starts[index]

    def start(self, key: str) -> int:
        """Where the value of a key of the root starts, without building what is below it."""
        start = self.tops.get(key)
        return self.node(key).start if start is None else start

    def root_node(self) -> Node:
        """The node of the whole file."""
        return _Nodes(self.text, self.marks, 0).make(self.root)

    @property
    def marks(self) -> array[int]:
        """Start and end of every node, in the order of the file; found by reading it once more."""
        builder = _builder_with_marks(self.source)
        builder.build()
        return builder.marks


class _Nodes:
    """Makes nodes of values and their marks, which count from `base` on."""

    def __init__(self, text: str, marks: array[int], base: int) -> None:
        self.text = text
        self.base = base
        self._marks = iter(marks)

    def make(self, value: Value) -> Node:
        """The node of a value, with all below it."""
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
        """An empty value, behind its colon or, in `{a}`, behind its name: libyaml says at the next token."""
        colon = skip(self.text, key.end)
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
    """The values and the places of a file; raise `Unreadable`, with a place and a hint, if it has none."""
    yaml = _libyaml()
    was_enabled = gc.isenabled()
    gc.disable()  # a million new objects and not one cycle: half the time would go into looking for some
    try:
        builder = Builder(source, yaml)
        return Document(source, builder.build(), builder.tops, builder.items)
    except yaml.YAMLError as failure:
        _refuse_depth(source, yaml, failure)
        from epncli.yamlfile.errors import explain

        raise explain.explain(source, failure) from None
    finally:
        if was_enabled:
            gc.enable()


def _refuse_depth(source: Source, yaml: Any, failure: Any) -> None:
    """Refuse what is nested too deep as with a libyaml before 0.2.6, where it is for us to notice.

    A newer one looks ahead and gives up at 1,000 levels before it has told of the first; of the text up
    to there it tells them all.
    """
    if "nesting depth" in str(getattr(failure, "problem", "")):
        Builder(source._replace(text=source.text[: failure.problem_mark.index]), yaml).build()


def _builder_with_marks(source: Source) -> Builder:
    """For a text that was read before, and now for the place of each node too."""
    return Builder(source, _libyaml(), with_marks=True)


def _indent(text: str, start: int) -> int:
    """The column in which a block mapping starts: libyaml must see it there; 0 for one in brackets."""
    if text[start] == "{":
        return 0
    at = start
    while at and text[at - 1] not in BREAKS:
        at -= 1
    return start - at


def _libyaml() -> Any:
    import yaml

    if not yaml.__with_libyaml__:
        raise Unreadable(
            _("PyYAML was installed without libyaml, which epn needs"),
            _("reinstall it from its wheel: pip install --force-reinstall --only-binary :all: PyYAML"),
        )
    return yaml


def _content_end(text: str, start: int, end: int, value: str) -> int:
    """The end of a scalar's last line: the mark of a block scalar swallows the blank lines that follow."""
    if end == start or not is_block_scalar(text, start) or keeps_blank_lines(text, start):
        return end
    last = LINE_BREAK.split(value.rstrip(BREAKS))[-1]
    if last and not last.strip(" \t"):  # blanks that are text: the line is longer than the indent
        return _end_of_last_text(text, start, end, block_scalar_indent(text, start, end, value))
    return past_blanks(text, start + len(text[start:end].rstrip(" \t" + BREAKS)))


def _end_of_last_text(text: str, start: int, end: int, indent: int) -> int:
    """The end of the last line of a block scalar that is longer than its indent."""
    found = start
    while (start := next_line(text, start)) < end:
        line = text[start : next_line(text, start)].rstrip(BREAKS)
        if len(line) > indent:
            found = start + len(line)
    return found
