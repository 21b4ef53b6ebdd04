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
from epncli.yamlfile.layout import BREAKS, past_blanks, skip
from epncli.yamlfile.source import Source

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
        if self.text[self.start(key)] == "[" and self.text[start] != "{":  # `[a: b]` is a mapping too
            return self.node(key).children[index]
        end = following[0] if following else len(self.text)
        before = _before(self.text, start)
        part = self.source._replace(text=before + self.text[start:end])
        builder = Builder(part, _libyaml(), with_marks=True)
        builder.build_first()
        return _Nodes(self.text, builder.marks, start - len(before)).make(values[index])

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
        builder = Builder(self.source, _libyaml(), with_marks=True)
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
            return Node(start, _content_end(self.text, start, end + self.base), value)
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
        from epncli.yamlfile import syntax

        raise syntax.explain(source, failure) from None
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


def _before(text: str, start: int) -> str:
    """What must stand before a mapping that is read alone, for libyaml to read it as in its place.

    One in braces is read within brackets, of which those behind it close some: there a tab may begin a
    line. Others are read in their own column.
    """
    if text[start] == "{":
        return "[[["
    at = start
    while at and text[at - 1] not in BREAKS:
        at -= 1
    return " " * (start - at)


def _libyaml() -> Any:
    import yaml

    if not yaml.__with_libyaml__:
        raise Unreadable(
            _("PyYAML was installed without libyaml, which epn needs"),
            _("reinstall it from its wheel: pip install --force-reinstall --only-binary :all: PyYAML"),
        )
    return yaml


def _content_end(text: str, start: int, end: int) -> int:
    """The end of a scalar's last line: the mark of a block scalar swallows the blank lines that follow."""
    if end == start or text[start] not in "|>":
        return end
    header = text[start : start + 3].split("\n", 1)[0].split("\r", 1)[0]
    if "+" in header:
        return end
    return past_blanks(text, start + len(text[start:end].rstrip(" \t\r\n\x85\u2028\u2029")))
