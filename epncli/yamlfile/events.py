"""Conversion of libyaml's events to plain values and their positions; the code where reading takes time.

Each line inside the loops of `_mapping` and `_sequence` runs a million times for 20,000 structures. That
is why they use local names, and why there is one loop for each kind of container.
"""

from __future__ import annotations

import sys
from array import array
from typing import Any

from epncli import limits
from epncli.yamlfile.errors import unsupported
from epncli.yamlfile.source import Source

BLOCK = 0
"""Stored in place of the end of a block collection. libyaml reports the start of the next token, after
comments and blanks; the true end is that of the last child."""


class Builder:
    """Parser of one text. `build` returns its values and fills in its positions.

    `collection_starts` has the start of each collection under the root, `record_starts` the start of each
    mapping in a list under the root. `marks`, if requested, has two numbers for each node, its start and
    its end, in the order of the text: one object for each scalar would take four times the time and ten
    times the memory.
    """

    def __init__(self, source: Source, yaml: Any, *, with_marks: bool = False) -> None:
        self.marks: array[int] = array("I")
        self.collection_starts: dict[str, int] = {}
        self.record_starts: dict[str, array[int]] = {}
        self._with_marks = with_marks
        self._source = source
        self._yaml = yaml
        self._next_event = yaml.cyaml.CParser(source.text).get_event
        self._scalar = yaml.ScalarEvent
        self._careful = with_marks or _may_have_anchors(source.text)
        self._values = 0

    def build(self) -> dict[str, Any]:
        """The values of the root mapping. Raises `Unreadable` for YAML that a registry cannot have."""
        root: dict[str, Any] | None = None
        while (event := self._next_event()) is not None:
            if type(event) is self._yaml.DocumentStartEvent and root is not None:
                raise unsupported.second_document(self._source, event.start_mark.index)
            if isinstance(event, self._yaml.NodeEvent):
                self._refuse_names(event)
                if type(event) is not self._yaml.MappingStartEvent:
                    raise unsupported.no_mapping(self._source, event.start_mark.index)
                root = self._mapping(event, 0)
        if root is None:
            raise unsupported.empty(self._source)
        return root

    def first_mapping_marks(self) -> array[int]:
        """The marks of the first mapping of a text known to be valid. Parsing stops where it ends."""
        while type(event := self._next_event()) is not self._yaml.MappingStartEvent:
            pass
        self._mapping(event, 0)
        return self.marks

    def _mapping(self, event: Any, depth: int) -> dict[str, Any]:
        if event.anchor is not None or event.tag is not None or depth == limits.MAX_DEPTH:
            self._refuse(event, depth)
        slot = self._open(event) if self._with_marks else 0
        next_event, scalar, careful, intern = self._next_event, self._scalar, self._careful, sys.intern
        mapping = self._yaml.MappingStartEvent
        found: dict[str, Any] = {}
        most = limits.MAX_FIELDS
        while type(event := next_event()) is scalar:
            key = intern(event.value)
            if careful or key in found or key == "<<" or len(found) == most:
                self._check_key(event, found)
            event = next_event()
            if type(event) is scalar:
                if careful:
                    self._check_scalar(event)
                found[key] = event.value
                continue
            if depth == 0:
                self.collection_starts[key] = event.start_mark.index
            if type(event) is mapping:
                found[key] = self._mapping(event, depth + 1)
            else:
                found[key] = self._sequence(event, depth + 1, key)
        if type(event) is not self._yaml.MappingEndEvent:
            self._refuse(event, depth + 1)
            raise unsupported.complex_key(self._source, event.start_mark.index)
        self._values += 1 + len(found)
        if self._with_marks or self._values > limits.MAX_VALUES:
            self._close(event, slot)
        return found

    def _sequence(self, event: Any, depth: int, name: str) -> list[Any]:
        if event.anchor is not None or event.tag is not None or depth == limits.MAX_DEPTH:
            self._refuse(event, depth)  # also an alias, which has a name and is neither
        slot = self._open(event) if self._with_marks else 0
        next_event, scalar, careful = self._next_event, self._scalar, self._careful
        end, mapping = self._yaml.SequenceEndEvent, self._yaml.MappingStartEvent
        most = limits.MAX_ROWS if depth == 1 else limits.MAX_ITEMS
        found: list[Any] = []
        while type(event := next_event()) is not end:
            if len(found) == most:
                raise unsupported.refused(self._source, event.start_mark.index, *limits.too_many_items(most))
            if type(event) is scalar:
                if careful:
                    self._check_scalar(event)
                found.append(event.value)
            elif type(event) is mapping:
                if depth == 1:
                    self.record_starts.setdefault(name, array("I")).append(event.start_mark.index)
                found.append(self._mapping(event, depth + 1))
            else:
                found.append(self._sequence(event, depth + 1, name))
        self._values += 1 + len(found)
        if self._with_marks or self._values > limits.MAX_VALUES:
            self._close(event, slot)
        return found

    def _open(self, event: Any) -> int:
        slot = len(self.marks)
        self.marks.append(event.start_mark.index)
        self.marks.append(BLOCK)
        return slot

    def _close(self, event: Any, slot: int) -> None:
        if self._values > limits.MAX_VALUES:
            raise unsupported.refused(self._source, event.start_mark.index, *limits.too_many_values())
        if event.end_mark.index != event.start_mark.index:  # in flow style
            self.marks[slot + 1] = event.end_mark.index

    def _refuse(self, event: Any, depth: int) -> None:
        """Raise `Unreadable` for an alias, an anchor or a tag, or at the depth that is too deep."""
        self._refuse_names(event)
        if depth == limits.MAX_DEPTH:  # libyaml crashes at a depth of 100,000
            raise unsupported.refused(self._source, event.start_mark.index, *limits.too_deep())

    def _refuse_names(self, event: Any) -> None:
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            raise unsupported.node(self._source, event)

    def _check_key(self, event: Any, found: dict[str, Any]) -> None:
        self._check_scalar(event)
        if event.value in found or event.value == "<<":
            raise unsupported.key(self._source, event.start_mark.index, event.value)
        if len(found) == limits.MAX_FIELDS:
            raise unsupported.refused(self._source, event.start_mark.index, *limits.too_many_fields())

    def _check_scalar(self, event: Any) -> None:
        self._refuse_names(event)
        if self._with_marks:
            self.marks.append(event.start_mark.index)
            self.marks.append(event.end_mark.index)


def _may_have_anchors(text: str) -> bool:
    """True if the text may have an anchor or a tag. Most files have none, and need no check of each event."""
    for sign in "&!":
        at = text.find(sign)  # thirty times faster than a regular expression
        while at >= 0:
            if at == 0 or text[at - 1] in " \t\r\n,:?[{-\x85\u2028\u2029\ufeff":
                return True
            at = text.find(sign, at + 1)
    return False


def event_starts(source: Source, yaml: Any) -> array[int]:
    """The start of each event of a text known to be valid, in the order of the text."""
    starts: array[int] = array("I")
    next_event, add = yaml.cyaml.CParser(source.text).get_event, starts.append
    while (event := next_event()) is not None:
        add(event.start_mark.index)
    return starts
