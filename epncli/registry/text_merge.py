"""Three-way merge of the text of a registry, record by record.

A record that one side has not changed is the text of the other side as it stands. What stands between
records, such as headings, is kept if neither side removed it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from epncli.errors import Unreadable
from epncli.model.structure import FIELDS, Structure
from epncli.registry.placement import ordered_by_place
from epncli.registry.record_merge import (
    Conflict,
    NotMergeable,
    Piece,
    RecordText,
    ended,
    lines_of,
    merge_record,
)
from epncli.registry.registry import STRUCTURES, Registry
from epncli.registry.three_way import MergedRecord, Side, merge_registries
from epncli.registry.token_merge import Token, merge_tokens
from epncli.yamlfile.edit.block import own_comments_end
from epncli.yamlfile.layout import insertion_point, line_start, newline, next_line, previous_line
from epncli.yamlfile.reader import Value, read_document

_DASH: Final = re.compile(r" *- +")
_BLANK_OR_COMMENT: Final = re.compile(r"[ \t]*(?:#[^\r\n]*)?[\r\n]*")

MergeLines = Callable[[str, str, str], str]
"""Merges the lines of three texts: base, ours, theirs. Raises `NotMergeable` for a conflict."""


@dataclass(frozen=True)
class MergedText:
    """A merged text in pieces, and what became of each structure."""

    pieces: list[Piece]
    records: list[MergedRecord]
    """In the order of the text, without those that are removed."""

    @property
    def in_conflict(self) -> bool:
        """True if a person must decide."""
        return any(isinstance(piece, Conflict) for piece in self.pieces)

    def text_of(self, side: Side) -> str:
        """The text with one side chosen in every conflict."""
        at = list(Side).index(side)
        return "".join(piece if isinstance(piece, str) else piece[at] for piece in self.pieces)

    @property
    def marked(self) -> str:
        """The text with git's markers around each conflict."""
        return "".join(piece if isinstance(piece, str) else _marked(piece) for piece in self.pieces)


def _marked(piece: Conflict) -> str:
    line_end = newline(piece.ours or piece.theirs)
    start, middle, end = (f"{mark}{line_end}" for mark in ("<<<<<<< ours", "=======", ">>>>>>> theirs"))
    return f"{start}{piece.ours}{middle}{piece.theirs}{end}"


def merge_texts(base: Registry, ours: Registry, theirs: Registry, merge_lines: MergeLines) -> MergedText:
    """The merge of three versions of a registry.

    Raises `NotMergeable` if it cannot be made record by record, or if the merged text, whichever side is
    chosen in a conflict, would not have the values that it should have.
    """
    merged = merge_registries(base.structures, ours.structures, theirs.structures)
    sides = (
        _Side(base, {one.base: number for number, one in enumerate(merged) if one.base is not None}),
        _Side(ours, {one.ours: number for number, one in enumerate(merged) if one.ours is not None}),
        _Side(theirs, {one.theirs: number for number, one in enumerate(merged) if one.theirs is not None}),
    )
    found = _merge(merged, sides, merge_lines)
    _verify(found, base, ours, theirs)
    return found


@dataclass(frozen=True)
class _Side:
    """One of the three versions, with the numbers of its structures in the merge."""

    registry: Registry
    numbers: dict[int, int]

    @property
    def text(self) -> str:
        return self.registry.document.text

    @cached_property
    def starts(self) -> list[int]:
        """The start of the line of each dash. Raises `NotMergeable` for a list in brackets, and the like."""
        count = len(self.registry.structures)
        places = self.registry.document.record_starts.get(STRUCTURES, ())
        found = [line_start(self.text, place) for place in places]
        if len(found) != count or any(
            not _DASH.fullmatch(self.text[start:place]) for start, place in zip(found, places, strict=True)
        ):
            raise NotMergeable
        return found

    @cached_property
    def dash_column(self) -> int:
        return len(self.text[self.starts[0] :]) - len(self.text[self.starts[0] :].lstrip(" "))

    def record(self, index: int) -> RecordText:
        """A record with its own comments."""
        node = self.registry.document.item(STRUCTURES, index)
        end = own_comments_end(self.text, insertion_point(self.text, node.end), self.dash_column)
        return RecordText(self.registry.document, index, self.starts[index], end)

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """Start and end of the list, with the blank lines and comments around it."""
        if not self.starts:
            return len(self.text), len(self.text)
        start, end = self.starts[0], self.list_end
        while start and _BLANK_OR_COMMENT.fullmatch(self.text, previous_line(self.text, start), start):
            start = previous_line(self.text, start)
        while end < len(self.text) and _BLANK_OR_COMMENT.fullmatch(self.text, end, next_line(self.text, end)):
            end = next_line(self.text, end)
        return start, end

    @cached_property
    def list_end(self) -> int:
        return self.record(len(self.starts) - 1).end

    @cached_property
    def chunks(self) -> dict[int, str]:
        """The text of each structure, by its number, up to the next one."""
        ends = [*self.starts[1:], self.list_end] if self.starts else []
        return {
            self.numbers[index]: self.text[start:end]
            for index, (start, end) in enumerate(zip(self.starts, ends, strict=True))
        }

    def tokens(self, whole: Container[int]) -> list[Token]:
        """The numbers of the structures, and the lines between those that are not `whole`."""
        if not self.starts:
            return []
        start, end = self.bounds
        found: list[Token] = [*lines_of(self.text[start : self.starts[0]])]
        for index, following in enumerate([*self.starts[1:], self.list_end]):
            number = self.numbers[index]
            found.append(number)
            if number not in whole:
                found += self._ended(lines_of(self.text[self.record(index).end : following]))
        return found + self._ended(lines_of(self.text[self.list_end : end]))

    def _ended(self, lines: Sequence[str]) -> list[str]:
        return [ended(line, newline(self.text)) for line in lines]


_Sides = tuple[_Side, _Side, _Side]
"""Base, ours, theirs."""


def _merge(merged: Sequence[MergedRecord], sides: _Sides, merge_lines: MergeLines) -> MergedText:
    chunks = [side.chunks for side in sides]
    whole = {
        number
        for number, chunk in chunks[0].items()
        if chunk == chunks[1].get(number) == chunks[2].get(number)
    }
    alive = {number for number, one in enumerate(merged) if one.structure is not None}
    old, own, other = (side.tokens(whole) for side in sides)
    codes = [one.code_postal for one in sides[0].registry.structures]
    tokens = _in_place(merge_tokens(old, own, other, alive), merged, codes)
    heads = [side.text[: side.bounds[0]] for side in sides]
    tails = [side.text[side.bounds[1] :] for side in sides]
    pieces: list[Piece] = [_merged_lines(heads, merge_lines)]
    for token in tokens:
        if isinstance(token, str):
            pieces.append(token)
        elif token in whole:
            pieces.append(ended(chunks[1][token], newline(sides[1].text)))
        else:
            pieces += _record(merged[token], sides)
    pieces.append(_merged_lines(tails, merge_lines))
    return MergedText(pieces, [merged[token] for token in tokens if isinstance(token, int)])


def _merged_lines(texts: Sequence[str], merge_lines: MergeLines) -> str:
    base, ours, theirs = texts
    if theirs in (base, ours):
        return ours
    return theirs if ours == base else merge_lines(base, ours, theirs)


def _record(one: MergedRecord, sides: _Sides) -> list[Piece]:
    """The text of a record."""
    base, ours, theirs = sides
    before = base.record(one.base) if one.base is not None else None
    mine = ours.record(one.ours) if one.ours is not None else None
    its = theirs.record(one.theirs) if one.theirs is not None else None
    if mine is None or its is None:
        [text] = [ended(side.text, newline(side.document.text)) for side in (mine, its) if side]
        if one.removed_by is None:
            return [text]
        return [Conflict("", text) if one.removed_by is Side.OURS else Conflict(text, "")]
    if before and mine.text == before.text:
        return [ended(its.text, newline(theirs.text))]
    if mine.text == its.text or (before and its.text == before.text):
        return [ended(mine.text, newline(ours.text))]
    return merge_record(before, mine, its, one)


def _in_place(tokens: Sequence[Token], merged: Sequence[MergedRecord], codes: Sequence[str]) -> list[Token]:
    """The tokens, with new structures of both sides that stand together in the order of the registry."""
    found = list(tokens)
    above = ""

    def is_new(token: Token) -> bool:
        return not token.strip() if isinstance(token, str) else merged[token].base is None

    for new, group in groupby(range(len(tokens)), key=lambda at: is_new(tokens[at])):
        places = [at for at in group if isinstance(tokens[at], int)]
        numbers = [token for at in places if isinstance(token := tokens[at], int)]
        ones = [merged[number] for number in numbers]
        if new and any(one.ours is None for one in ones) and any(one.theirs is None for one in ones):
            order = ordered_by_place(codes, [_code(one) for one in ones], above)
            for at, index in zip(places, order, strict=True):
                found[at] = numbers[index]
            ones = [ones[index] for index in order]
        above = _code(ones[-1]) if ones else above
    return found


def _code(one: MergedRecord) -> str:
    return one.structure.code_postal if one.structure else ""


def _verify(found: MergedText, base: Registry, ours: Registry, theirs: Registry) -> None:
    """Raise `NotMergeable` unless the text, with either side chosen, has the merged values."""
    others = _other_values(*(registry.document.root for registry in (base, ours, theirs)))
    for side in Side if found.in_conflict else (Side.OURS,):
        source = ours.document.source
        text = found.text_of(side)
        try:
            registry = Registry.of(read_document(source._replace(text=text, data=source.encode(text))))
        except (Unreadable, UnicodeEncodeError):
            raise NotMergeable from None
        expected = [one for record in found.records if (one := _expected(record, side, theirs)) is not None]
        root = {key: value for key, value in registry.document.root.items() if key != STRUCTURES}
        if registry.structures != expected or root != others:
            raise NotMergeable


def _expected(record: MergedRecord, side: Side, theirs: Registry) -> Structure | None:
    """A structure of the merged text if this side is chosen in its conflicts."""
    structure = record.structure
    if structure is None or record.removed_by is side:
        return None
    if side is Side.OURS or not record.conflicts or record.theirs is None:
        return structure
    other = theirs.structures[record.theirs]
    known = {name: other.value(name) for name in record.conflicts if name in FIELDS}
    unknown = dict(structure.unknown_fields)
    for name in set(record.conflicts).difference(FIELDS):
        unknown.pop(name, None)
        unknown |= {name: other.unknown_fields[name]} if name in other.unknown_fields else {}
    return structure.changed(**known, unknown_fields=unknown)


def _other_values(
    base: Mapping[str, Value], ours: Mapping[str, Value], theirs: Mapping[str, Value]
) -> dict[str, Value]:
    """The values beside the structures. Raises `NotMergeable` if both sides changed one differently."""
    found = {}
    for key in dict.fromkeys((*ours, *theirs)):
        old, own, other = base.get(key), ours.get(key), theirs.get(key)
        if own != old and other not in (old, own):
            raise NotMergeable
        value = own if other in (old, own) else other
        if key != STRUCTURES and value is not None:
            found[key] = value
    return found
