"""A registry read as far as it can be: one broken record does not hide what is wrong with the others.

Where the file as a whole cannot be read, each record is read alone, from its dash to the next one. What
stands between the marks of a git conflict is left out: it is two versions of one thing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from epncli.errors import Unreadable
from epncli.i18n import _
from epncli.model.structure import FIELDS, Structure, Value
from epncli.registry.registry import STRUCTURES, Registry
from epncli.yamlfile.likely_mistakes import LikelyMistake, likely_mistakes
from epncli.yamlfile.reader import Document, read_document
from epncli.yamlfile.source import Source, place

_HEAD = f"{STRUCTURES}:\n"
_LIST = re.compile(rf"^{STRUCTURES}:[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_FIRST_DASH = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*( *)-(?= )")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?=[ \r\n]|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Record:
    """One structure, with the document that it was read from and where that begins in the file."""

    structure: Structure
    document: Document
    index: int
    shift: int = 0

    @property
    def values(self) -> dict[str, Value]:
        """The fields as the file has them, whatever their shape."""
        records = self.document.root[STRUCTURES]
        assert isinstance(records, list)
        found = records[self.index]
        assert isinstance(found, dict)
        return found

    @property
    def has_wrong_shape(self) -> list[str]:
        """The fields that hold a list or a mapping where the schema has none."""
        return [
            name
            for name, value in self.values.items()
            if type(value) is not str and name in FIELDS and not _is_list_of_texts(name, value)
        ]

    def start(self, name: str = "", item: int = 0, *, key: bool = False) -> int:
        """Where a field's value, one item of it, or its name begins in the text of the file.

        Without a name, or for a field that the record does not have: where the record begins.
        """
        node = self.document.item(STRUCTURES, self.index)
        pair = node.fields().get(name)
        if pair is None:
            return node.start + self.shift
        node = pair[0] if key else pair[1]
        if isinstance(node.value, list) and item < len(node.children):
            node = node.children[item]
        return node.start + self.shift


def _is_list_of_texts(name: str, value: Value) -> bool:
    if not FIELDS[name].many or not isinstance(value, list):
        return False
    return all(type(item) is str for item in value)


@dataclass(frozen=True, slots=True)
class PartialRegistry:
    """What could be read of a file, and why the rest could not."""

    source: Source
    records: list[Record]
    refusals: list[Unreadable] = field(default_factory=list)
    registry: Registry | None = None
    """The whole of it, where nothing was refused."""
    likely_mistakes: list[LikelyMistake] = field(default_factory=list)
    """What YAML reads without a word, but surely not as it was meant."""

    @property
    def structures(self) -> list[Structure]:
        """The structures of the records that could be read."""
        return [record.structure for record in self.records]


def read(source: Source) -> PartialRegistry:
    """Read a registry; never raises for what is wrong inside it."""
    try:
        registry = Registry.read_text(source)
    except Unreadable as refusal:
        return _salvaged(source, refusal)
    return whole(registry)


def whole(registry: Registry) -> PartialRegistry:
    """The reading of a registry that is sound as a file."""
    records = [
        Record(structure, registry.document, index) for index, structure in enumerate(registry.structures)
    ]
    found = likely_mistakes(registry.document)
    return PartialRegistry(registry.document.source, records, registry=registry, likely_mistakes=found)


def _salvaged(source: Source, refusal: Unreadable) -> PartialRegistry:
    records: list[Record] = []
    refusals: dict[int, Unreadable] = {}
    found: list[LikelyMistake] = []
    bounds = list(_bounds(source.text))
    conflicts = list(_conflicts(source.text))
    line = source.text.count("\n", 0, bounds[0]) + 1 if bounds else 1
    for number, (start, end) in enumerate(pairwise(bounds)):
        if not any(first < end and start < last for first, last in conflicts):
            try:
                record = _alone(source.path, source.text[start:end], start, last=end == bounds[-1])
            except Unreadable as own:
                refusals[number] = _moved(own, line)
            else:
                if record:
                    records.append(record)
                    found += [
                        one._replace(line=line + one.line - 2) for one in likely_mistakes(record.document)
                    ]
        line += source.text.count("\n", start, end)
    # libyaml notices a slip late: the record that cannot be read alone is the one to blame.
    blamed = bisect_right(bounds, _index(source.text, refusal)) - 1
    said = [*refusals.values(), *(_conflict(source, start) for start, _end in conflicts)]
    if not conflicts and blamed not in refusals and blamed - 1 not in refusals:
        said.append(refusal)
    said.sort(key=lambda one: (one.line, one.column))
    return PartialRegistry(source, records, said, likely_mistakes=_slips_of_all(source) or found)


def _slips_of_all(source: Source) -> list[LikelyMistake]:
    """The slips of a file that is YAML, but no registry; none for one that is not."""
    try:
        return likely_mistakes(read_document(source))
    except Unreadable:
        return []


def _bounds(text: str) -> Iterator[int]:
    """Where each record's line begins, and the end of the text; nothing for a list in brackets."""
    head = _LIST.search(text)
    first = _FIRST_DASH.match(text, head.end() + 1) if head else None
    if first is None:
        return
    # Also `-id:`, whose dash lacks its space: it is refused alone, and not as a part of the one above.
    dash = re.compile(rf"^ {{{len(first[1])}}}-(?!--)", re.MULTILINE)
    yield from (found.start() for found in dash.finditer(text, first.start(1)))
    yield len(text)


def _conflicts(text: str) -> Iterator[tuple[int, int]]:
    start = -1
    for mark in _CONFLICT.finditer(text):
        if mark[0][0] == "<":
            start = mark.start()
        elif start >= 0:
            yield start, mark.end()
            start = -1
    if start >= 0:
        yield start, len(text)


def _alone(path: Path, text: str, start: int, *, last: bool) -> Record | None:
    """The one record of these lines; None where they are not one whole record."""
    document = Registry.read_text(Source(path, b"", b"", _HEAD + text))
    if len(document.structures) != 1 or (len(document.document.root) > 1 and not last):
        return None
    return Record(document.structures[0], document.document, 0, start - len(_HEAD))


def _conflict(source: Source, start: int) -> Unreadable:
    line, column = place(source.text, start)
    return Unreadable(
        _("the file contains git conflict markers ({mark})").format(mark="<<<<<<<"),
        _("keep one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>>"),
        path=str(source.path),
        line=line,
        column=column,
    )


def _moved(refusal: Unreadable, line: int) -> Unreadable:
    """A refusal of lines that begin at `line` of the file, as one of the file."""
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
