"""The places of the fields of many records in a file, which is parsed again for them, once."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from epncli import limits
from epncli.yamlfile.events import event_starts
from epncli.yamlfile.layout import next_token
from epncli.yamlfile.nodes import Node
from epncli.yamlfile.reader import Document, Value, libyaml
from epncli.yamlfile.source import Source

_FEW: Final = 10
"""One of so many records, or fewer, are parsed one by one: that takes longer for each than the whole file."""
_BEFORE_THE_ROOT: Final = 2
"""The start of the stream and that of the document: events before that of the root mapping."""


class FieldPlace(NamedTuple):
    """The offsets of a field: of its key, of its value, and of the items of a list."""

    key: int
    value: int
    items: Sequence[int] = ()


class RecordPlace(NamedTuple):
    """The offset of a record, and the places of its fields."""

    start: int
    fields: dict[str, FieldPlace]


def record_places(document: Document, key: str, indexes: Collection[int]) -> Iterator[RecordPlace]:
    """The places of some records of the list under `key`, by their indexes in ascending order."""
    values = document.root[key]
    assert isinstance(values, list)
    if _FEW * len(indexes) <= len(values):
        return (_of_node(document.item(key, index)) for index in indexes)
    return _Events(document).places(key, values, indexes)


def _of_node(node: Node) -> RecordPlace:
    fields = {
        name: FieldPlace(
            key.start,
            value.start,
            [item.start for item in value.children] if isinstance(value.value, list) else (),
        )
        for name, (key, value) in node.fields().items()
    }
    return RecordPlace(node.start, fields)


class _Events:
    """The start of each of libyaml's events. The values of the document say which is which."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts = _starts(document.source)

    def places(self, key: str, records: Sequence[Value], indexes: Collection[int]) -> Iterator[RecordPlace]:
        """The places of some of the records under a key of the root."""
        at = _BEFORE_THE_ROOT + 1
        for name, value in self._document.root.items():
            if name == key:
                break
            at += 1 + _count(value)
        at += 2  # the key, and the start of the list
        wanted = set(indexes)
        for index, record in enumerate(records):
            if index not in wanted or not isinstance(record, dict):
                at += _count(record)
            elif found := self._place(at, record):
                place, at = found
                yield place
            else:
                yield _of_node(self._document.item(key, index))
                at += _count(record)

    def _place(self, at: int, record: dict[str, Value]) -> tuple[RecordPlace, int] | None:
        """The place of a record whose first event is `at`, and the first event after it.

        None if the record needs a closer look.
        """
        starts = self._starts
        start = starts[at]
        fields = {}
        at += 1
        for name, value in record.items():
            if type(value) is str:
                place = starts[at + 1] if value else self._of_empty(at, name)
                if place < 0:
                    return None
                fields[name] = FieldPlace(starts[at], place)
                at += 2
            else:
                items = list(self._of_items(at + 2, value)) if isinstance(value, list) else ()
                fields[name] = FieldPlace(starts[at], starts[at + 1], items)
                at += 1 + _count(value)
        return RecordPlace(start, fields), at + 1

    def _of_empty(self, at: int, name: str) -> int:
        """The place of the empty value of the key `at`; -1 for a key with an escape or several lines.

        For a value that is not written, libyaml's place is that of the next token.
        """
        text, starts = self._document.text, self._starts
        key, value, following = starts[at : at + 3]
        if value < following and text[value] in "\"'|>":
            return value
        quote = text[key] in "\"'"
        if not text.startswith(name, key + quote):
            return -1
        end = key + len(name) + 2 * quote
        colon = next_token(text, end)
        return colon + 1 if text[colon : colon + 1] == ":" else end

    def _of_items(self, at: int, values: list[Value]) -> Iterator[int]:
        for value in values:
            yield self._starts[at]
            at += _count(value)


def _starts(source: Source) -> array[int]:
    """The start of each event of a file; of a large one, they are kept for the next time."""
    if len(source.data) < limits.LARGE:
        return event_starts(source, libyaml())
    from epncli.yamlfile.remembered import read_event_starts

    return read_event_starts(source)


def _count(value: Value) -> int:
    """The number of events of a value."""
    if isinstance(value, str):
        return 1
    if isinstance(value, list):
        return 2 + len(value) + _more(value)
    return 2 + 2 * len(value) + _more(value.values())


def _more(values: Iterable[Value]) -> int:
    """The number of events of these values that are more than one for each: most values are texts."""
    return sum([_count(value) - 1 for value in values if type(value) is not str])
