"""Parser of YAML text: its values and their positions, from libyaml's events.

No YAML loader, composer or constructor is used: every scalar is text, and its field determines its type.
Anchors, aliases, tags, merge keys, duplicate keys and second documents, which a registry does not need
and which other tools read differently, are refused with their position.
"""

from __future__ import annotations

import gc
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

from epncli.errors import Unreadable
from epncli.i18n import _
from epncli.yamlfile.events import Builder
from epncli.yamlfile.source import Source

if TYPE_CHECKING:
    from epncli.yamlfile.nodes import Node

Value = str | list["Value"] | dict[str, "Value"]
"""The value of a YAML node: text, a list or a mapping."""


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
        before = "[\n" if self.text[self.start(key)] == "[" else " " * _column(self.text, start)
        part = self.source._replace(text=before + self.text[start:end])
        marks = _builder_with_marks(part).first_mapping_marks()
        return _node_of(self.text, marks, start - len(before), values[index])

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
        return _node_of(self.text, self.marks, 0, self.root)

    @property
    def marks(self) -> array[int]:
        """Start and end of every node, in the order of the file. The file is parsed again for them."""
        builder = _builder_with_marks(self.source)
        builder.build()
        return builder.marks


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


def _column(text: str, start: int) -> int:
    """The column in which a block mapping starts, from 0; 0 for a mapping in braces."""
    from epncli.yamlfile.layout import line_start

    return 0 if text[start] == "{" else start - line_start(text, start)


def _node_of(text: str, marks: array[int], base: int, value: Value) -> Node:
    from epncli.yamlfile.nodes import node_of  # a list of structures needs no positions

    return node_of(text, marks, base, value)


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


def libyaml() -> Any:
    """PyYAML, with libyaml. Raises `Unreadable` if it was installed without."""
    import yaml

    if not yaml.__with_libyaml__:
        raise Unreadable(
            _("PyYAML was installed without libyaml, which epn needs"),
            _("reinstall it from its wheel: pip install --force-reinstall --only-binary :all: PyYAML"),
        )
    return yaml
