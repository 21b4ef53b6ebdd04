"""Reads as much of a broken registry as possible, so that one broken record does not hide other problems.

If the whole file cannot be parsed, each record is parsed separately, from its dash to the next one.
Records between the markers of a git conflict are skipped, since they are two versions of the same thing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path

from epncli.errors import Unreadable
from epncli.model.structure import FIELDS, Structure, Value
from epncli.registry.registry import STRUCTURES, Registry, record_at
from epncli.yamlfile.errors.unsupported import conflict_at
from epncli.yamlfile.likely_mistakes import LikelyMistake, likely_mistakes
from epncli.yamlfile.places import RecordPlace, record_places
from epncli.yamlfile.reader import Document, read_document
from epncli.yamlfile.source import Lines, Source

_HEAD = f"{STRUCTURES}:\n"
_LIST = re.compile(rf"^{STRUCTURES}:[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_FIRST_DASH = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*( *)-(?= )")
_CONFLICT = re.compile(r"^(?:<{7,}|>{7,})(?=[ \r\n]|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Record:
    """A structure, with the document that it was read from and the position of that document in the file."""

    structure: Structure
    document: Document
    index: int
    shift: int = 0

    @property
    def values(self) -> dict[str, Value]:
        """The values of the record as in the file, whatever their type."""
        return record_at(self.document, self.index)

    @property
    def misshapen_fields(self) -> list[str]:
        """The fields with a list or a mapping that the schema does not allow."""
        return [
            name
            for name, value in self.values.items()
            if type(value) is not str and name in FIELDS and not FIELDS[name].fits(value)
        ]

    @property
    def start(self) -> int:
        """The offset of the record in the file."""
        return self.document.item_start(STRUCTURES, self.index) + self.shift

    def offset(self, place: RecordPlace, name: str, item: int, *, key: bool = False) -> int:
        """The offset in the file of the value of a field, of one of its items, or of its key.

        Without a name, or for a field that the record does not have, the offset of the record. `place` is
        that of the record in its document.
        """
        field = place.fields.get(name)
        if field is None:
            return place.start + self.shift
        if key:
            return field.key + self.shift
        return (field.items[item] if item < len(field.items) else field.value) + self.shift


def places(records: Iterable[Record]) -> Iterator[tuple[Record, RecordPlace]]:
    """The places of some records of a registry, in their order. Each is parsed again for them, once."""
    for _document, some in groupby(records, lambda record: id(record.document)):
        together = list(some)
        found = record_places(together[0].document, STRUCTURES, [record.index for record in together])
        yield from zip(together, found, strict=True)


@dataclass(frozen=True, slots=True)
class PartialRegistry:
    """The records of a file that could be read, and the errors of those that could not."""

    source: Source
    records: list[Record]
    refusals: list[Unreadable] = field(default_factory=list)
    registry: Registry | None = None
    """The complete registry, or None if the file could not be parsed as a whole."""
    likely_mistakes: list[LikelyMistake] = field(default_factory=list)
    """Valid YAML that was probably not meant."""

    @property
    def structures(self) -> list[Structure]:
        """The structures of the records that could be read."""
        return [record.structure for record in self.records]

    def records_of(self, ids: Collection[str] | None) -> list[Record]:
        """The records of the structures with these ids; all records for None."""
        return [one for one in self.records if ids is None or one.structure.id in ids]


def read(source: Source) -> PartialRegistry:
    """The readable part of a registry. Errors in the file are returned, not raised."""
    try:
        registry = Registry.of_source(source)
    except Unreadable as refusal:
        return _read_record_by_record(source, refusal)
    return from_registry(registry)


def from_registry(registry: Registry) -> PartialRegistry:
    """A registry that could be parsed as a whole, as a PartialRegistry."""
    records = [
        Record(structure, registry.document, index) for index, structure in enumerate(registry.structures)
    ]
    found = likely_mistakes(registry.document)
    return PartialRegistry(registry.document.source, records, registry=registry, likely_mistakes=found)


def _read_record_by_record(source: Source, refusal: Unreadable) -> PartialRegistry:
    records: list[Record] = []
    refusals: dict[int, Unreadable] = {}
    found: list[LikelyMistake] = []
    bounds = list(_bounds(source.text))
    conflicts = list(_conflicts(source.text))
    ends = [last for _first, last, _mark in conflicts]
    line = source.text.count("\n", 0, bounds[0]) + 1 if bounds else 1
    for number, (start, end) in enumerate(pairwise(bounds)):
        after = bisect_right(ends, start)  # the first conflict that ends after the start of the record
        if after == len(ends) or conflicts[after][0] >= end:
            try:
                record = _parse_record(source.path, source.text[start:end], start, last=end == bounds[-1])
            except Unreadable as own:
                refusals[number] = _moved(own, line)
            else:
                if record:
                    records.append(record)
                    found += [
                        one._replace(line=line + one.line - 2) for one in likely_mistakes(record.document)
                    ]
        line += source.text.count("\n", start, end)
    # libyaml often reports an error later than its cause: a record that cannot be parsed separately is the
    # cause. Its error then replaces that of the whole file.
    blamed = bisect_right(bounds, _index(source.text, refusal)) - 1
    lines = Lines(source.text)
    found_marks = (conflict_at(source, lines.place(start), mark) for start, _end, mark in conflicts)
    said = [*refusals.values(), *found_marks]
    if not conflicts and blamed not in refusals and blamed - 1 not in refusals:
        said.append(refusal)
    said.sort(key=lambda one: (one.line, one.column))
    return PartialRegistry(source, records, said, likely_mistakes=_likely_mistakes_of_all(source) or found)


def _likely_mistakes_of_all(source: Source) -> list[LikelyMistake]:
    """The likely mistakes in a file that is valid YAML, but not a registry; empty for other files."""
    try:
        return likely_mistakes(read_document(source))
    except Unreadable:
        return []


def _bounds(text: str) -> Iterator[int]:
    """The start of the line of each record, then the end of the text; empty for a list in brackets."""
    head = _LIST.search(text)
    first = _FIRST_DASH.match(text, head.end() + 1) if head else None
    if first is None:
        return
    # Also matches `-id:`, without a space after the dash, so that the record above it is not affected.
    dash = re.compile(rf"^ {{{len(first[1])}}}-(?!--)", re.MULTILINE)
    yield from (found.start() for found in dash.finditer(text, first.start(1)))
    yield len(text)


def _conflicts(text: str) -> Iterator[tuple[int, int, str]]:
    """The start and the end of each conflict, and its first marker."""
    first: re.Match[str] | None = None
    for mark in _CONFLICT.finditer(text):
        if mark[0][0] == "<":
            first = mark
        elif first:
            yield first.start(), mark.end(), first[0]
            first = None
    if first:
        yield first.start(), len(text), first[0]


def _parse_record(path: Path, text: str, start: int, *, last: bool) -> Record | None:
    """The record on these lines, or None if they are not exactly one record. Raises `Unreadable`."""
    document = Registry.read_text(Source(path, b"", b"", _HEAD + text))
    if len(document.structures) != 1 or (len(document.document.root) > 1 and not last):
        return None
    return Record(document.structures[0], document.document, 0, start - len(_HEAD))


def _moved(refusal: Unreadable, line: int) -> Unreadable:
    """The error of a separately parsed part that begins at `line`, with its line in the file."""
    return Unreadable(
        refusal.message,
        refusal.hint,
        path=refusal.path,
        line=line + refusal.line - 2,
        column=refusal.column,
    )


def _index(text: str, refusal: Unreadable) -> int:
    at = 0
    for _line in range(refusal.line - 1):
        at = text.find("\n", at) + 1
    return at + refusal.column - 1
