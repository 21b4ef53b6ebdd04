"""Three-way merge of the text of one record, field by field, with its comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from epncli.errors import Unwritable
from epncli.model.structure import FIELDS, Structure
from epncli.registry.changes import as_written
from epncli.registry.registry import STRUCTURES, difference, records
from epncli.registry.three_way import MergedRecord
from epncli.registry.token_merge import Token, merge_tokens
from epncli.yamlfile.edit.records import change_item
from epncli.yamlfile.edit.scalar import write_value
from epncli.yamlfile.edit.values import set_value
from epncli.yamlfile.layout import Splice, apply, insertion_point, line_start, newline
from epncli.yamlfile.reader import Document, Node, Value
from epncli.yamlfile.source import LINE_BREAK


class Conflict(NamedTuple):
    """Two texts between which a person must choose. Each is whole lines."""

    ours: str
    theirs: str


Piece = str | Conflict
"""A part of a merged text."""

_COMMENT: Final = re.compile(r"(?:^|(?<=[ \t]))#.*", re.MULTILINE)
_DASH: Final = re.compile(r" *- +")
_COMMA: Final = re.compile(r"[ \t]*,")


@dataclass(frozen=True)
class RecordText:
    """A record of one side, with the lines that belong to it."""

    document: Document
    index: int
    start: int
    """Start of the line of its dash."""
    end: int
    """End of its last line, or of the comments below it that belong to it."""
    in_brackets: bool = False
    """True if a comma separates it from the next record. `text` then always has one."""

    @property
    def text(self) -> str:
        """Its lines."""
        return self._lines(self.document.text, 0)

    def _lines(self, text: str, longer: int) -> str:
        """Its lines in a text in which it is so much longer."""
        if not self.in_brackets:
            return text[self.start : self.end + longer]
        end = self.node.end + longer
        behind = text[end : self.end + longer]
        return f"{text[self.start : end]},{behind.replace(',', '', 1) if _COMMA.match(behind) else behind}"

    @cached_property
    def node(self) -> Node:
        """Its node in the document."""
        return self.document.item(STRUCTURES, self.index)

    @property
    def indent(self) -> str:
        """What stands before its fields, apart from the first one."""
        return " " * (self.node.start - line_start(self.document.text, self.node.start))

    @cached_property
    def structure(self) -> Structure:
        """Its structure."""
        return Structure.from_values(self.values)

    def with_values(self, wanted: Structure) -> str:
        """Its lines with the values of another structure. Raises `NotMergeable` and `Unwritable`."""
        values = {
            name: as_written(value, self.values.get(name))
            for name, value in difference(self.structure, wanted).items()
        }
        here, there = self.structure.unknown_fields, wanted.unknown_fields
        for name in {**here, **there}:
            if here.get(name) != (unknown := there.get(name)):
                values[name] = _plain(unknown)
        text = self.document.text
        changed = apply(text, change_item(self.document, STRUCTURES, self.index, values, tuple(FIELDS)))
        return ended(self._lines(changed, len(changed) - len(text)), newline(text))

    @cached_property
    def values(self) -> dict[str, Value]:
        """Its values as they are written."""
        return records(self.document)[self.index]

    @cached_property
    def parts(self) -> _Parts | None:
        """Its fields and the lines between them; None if they do not each have lines of their own."""
        return _parts(self)

    @cached_property
    def comments(self) -> Counter[str]:
        """The comments in its lines."""
        return comments_in(self.document.text, self.start, self.end, self.node)


@dataclass(frozen=True)
class _Parts:
    dash: str
    """What stands before the first field."""
    indent: str
    """What stands before each other field."""
    order: list[str | tuple[str]] = field(default_factory=list)
    """The names of fields, each in a tuple, and the lines between them."""
    bodies: dict[str, str] = field(default_factory=dict)
    """The text of each field, from its name to its last line break."""

    def tokens(self, numbers: Mapping[str, int]) -> list[Token]:
        """The fields as their numbers, and the lines between them."""
        return [numbers[item[0]] if isinstance(item, tuple) else item for item in self.order]


def _plain(value: Value | None) -> str | list[str] | None:
    """A value that is not of the schema, to be written. Raises `NotMergeable` for a nested one."""
    if value is None or isinstance(value, str):
        return value
    items = [item for item in value if isinstance(item, str)]
    if isinstance(value, dict) or len(items) < len(value):
        raise NotMergeable
    return items


def _parts(record: RecordText) -> _Parts | None:
    text, node = record.document.text, record.node
    prefix = text[record.start : node.start]
    if not _DASH.fullmatch(prefix) or text[node.start] == "{":
        return None
    found = _Parts(prefix, " " * len(prefix))
    at = record.start
    for name, (key, value) in node.fields().items():
        start = line_start(text, key.start)
        if text[start : key.start] != (prefix if start == record.start else found.indent):
            return None
        found.order.extend(lines_of(text[at:start]))
        found.order.append((name,))
        at = insertion_point(text, value.end)
        found.bodies[name] = ended(text[key.start : at], newline(text))
    found.order.extend(ended(line, newline(text)) for line in lines_of(text[at : record.end]))
    return found


def comments_in(text: str, start: int, end: int, node: Node) -> Counter[str]:
    """The comments between two positions, outside the scalars of a node."""
    outside = list(text[start:end])
    for scalar in _scalars(node):
        for at in range(max(scalar.start, start), min(scalar.end, end)):
            if outside[at - start] == "#":
                outside[at - start] = "x"
    return Counter(found[0].rstrip() for found in _COMMENT.finditer("".join(outside)))


def _scalars(node: Node) -> Iterator[Node]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _scalars(child)


def lines_of(text: str) -> list[str]:
    """The lines of a text, with their line breaks."""
    lines, at = [], 0
    for found in LINE_BREAK.finditer(text):
        lines.append(text[at : found.end()])
        at = found.end()
    return [*lines, text[at:]] if at < len(text) else lines


def ended(line: str, line_end: str) -> str:
    """The line, with a line break."""
    return line if LINE_BREAK.search(line[-1:]) else line + line_end


class NotMergeable(Exception):
    """The texts are written in a way in which they cannot be merged record by record."""


def merge_record(
    base: RecordText | None, ours: RecordText, theirs: RecordText, merged: MergedRecord
) -> list[Piece]:
    """The text of a record that both sides have changed, or added. Raises `NotMergeable`.

    It is our text, with the fields of the other side where only that side changed them, and with the
    comments of both. Fields in conflict have both texts.
    """
    try:
        pieces = _merge_fields(base, ours, theirs, merged) or _merge_whole(ours, theirs, merged)
    except Unwritable:
        raise NotMergeable from None
    line_end = newline(ours.document.text)
    return [*pieces, *(f"{ours.indent}{one}{line_end}" for one in _lost(base, ours, theirs, pieces))]


def _lost(
    base: RecordText | None, ours: RecordText, theirs: RecordText, pieces: Sequence[Piece]
) -> Iterator[str]:
    """The comments that no side removed, but that are not in the merged text."""
    text = "".join(piece if isinstance(piece, str) else piece.ours + piece.theirs for piece in pieces)
    before = base.comments if base else Counter[str]()
    for comment, count in kept_comments(before, ours.comments, theirs.comments).items():
        yield from [comment] * (count - text.count(comment))


def kept_comments(base: Counter[str], ours: Counter[str], theirs: Counter[str]) -> Counter[str]:
    """How often each comment must be in a merged text: as often as no side removed it.

    One that both sides added may be the same.
    """
    found = Counter[str]()
    for comment in {**ours, **theirs}:
        own, other, old = ours[comment], theirs[comment], base[comment]
        found[comment] = max(own + other - old, 0) if min(own, other) < old else max(own, other)
    return found


def _merge_fields(
    base: RecordText | None, ours: RecordText, theirs: RecordText, merged: MergedRecord
) -> list[Piece] | None:
    """The merged text, if the fields of all sides have lines of their own with the same indent, else None."""
    nothing = _Parts("", ours.indent)
    sides = [base.parts if base else nothing, ours.parts, theirs.parts]
    parts = [one for one in sides if one is not None and one.indent == ours.indent]
    if len(parts) < len(sides):
        return None
    names = list(dict.fromkeys(name for one in parts for name in one.bodies))
    numbers = {name: number for number, name in enumerate(names)}
    chosen = {name: _choice(name, base, ours, theirs, parts, merged) for name in names}
    alive = {numbers[name] for name, piece in chosen.items() if piece}
    old, own, other = (one.tokens(numbers) for one in parts)
    order = merge_tokens(old, own, other, alive)
    fields = [token for token in order if isinstance(token, int)]
    first = next((token for token in fields if _stands_alone(chosen[names[token]])), None)
    if first is None:
        return None
    at = next(at for at, token in enumerate(order) if isinstance(token, int))
    order.remove(first)
    order.insert(at, first)
    found: list[Piece] = []
    for token in order:
        if isinstance(token, str):
            found.append(token)
        else:
            found.append(_prefixed(chosen[names[token]], parts[1].dash if token == first else ours.indent))
    return found


def _stands_alone(piece: Piece | None) -> bool:
    """True if the piece has a text, whichever side is chosen."""
    return bool(piece.ours and piece.theirs if isinstance(piece, Conflict) else piece)


def _prefixed(piece: Piece | None, prefix: str) -> Piece:
    if isinstance(piece, Conflict):
        return Conflict(*(prefix + text if text else "" for text in piece))
    return f"{prefix}{piece}"


def _choice(
    name: str,
    base: RecordText | None,
    ours: RecordText,
    theirs: RecordText,
    parts: Sequence[_Parts],
    merged: MergedRecord,
) -> Piece | None:
    """The text of a field, from its name on; None if it is removed."""
    old, own, other = (_value(side, name) for side in (base, ours, theirs))
    before, mine, its = (one.bodies.get(name) for one in parts)
    if other in (old, own):
        return its if mine == before else mine
    if own == old:
        return its
    if name in merged.conflicts:
        return Conflict(mine or "", its or "")
    assert merged.structure is not None
    value = merged.structure.value(name)
    if value == own:
        return mine
    if value == other:
        return its
    return _rewritten(name, ours, list(value)) if value else None


def _value(record: RecordText | None, name: str) -> object:
    """The value of a field, in the form in which values are compared; None for none."""
    if record is None or name not in record.values:
        return None
    raw = record.values[name]
    return (Structure.from_values({name: raw}).value(name) if name in FIELDS else raw) or None


def _rewritten(name: str, ours: RecordText, value: list[str]) -> str:
    """The text of our field with a new list."""
    text = ours.document.text
    pair = ours.node.fields().get(name)
    if pair is None:
        return f"{name}:{write_value(value, len(ours.indent), newline(text))}{newline(text)}"
    start, end = pair[0].start, insertion_point(text, pair[1].end)
    splices = set_value(text, pair, value, in_flow=False, literal=True, quote="")
    moved = [Splice(one.start - start, one.end - start, one.text) for one in splices]
    if any(not 0 <= one.start <= one.end <= end - start for one in moved):
        raise NotMergeable
    return ended(apply(text[start:end], moved), newline(text))


def _merge_whole(ours: RecordText, theirs: RecordText, merged: MergedRecord) -> list[Piece]:
    """The merged text of a record whose fields cannot be told apart by lines."""
    assert merged.structure is not None
    text = ours.with_values(merged.structure)
    if not merged.conflicts:
        return [text]
    known = {name: theirs.structure.value(name) for name in merged.conflicts if name in FIELDS}
    if len(known) < len(merged.conflicts):
        raise NotMergeable
    return [Conflict(text, ours.with_values(merged.structure.changed(**known)))]
