"""Three-way merge of the text of a registry, record by record.

A record that one side has not changed is the text of the other side as it stands. What stands between
records, such as headings, is kept if neither side removed it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import ne

from epncli.errors import Unreadable
from epncli.model.structure import FIELDS, Structure
from epncli.registry.merging.pieces import Conflict, NotMergeable, Piece, count_conflicts, ended, text_of
from epncli.registry.merging.raw_values import structure_of
from epncli.registry.merging.record_merge import merge_record
from epncli.registry.merging.surroundings import in_conflict, merge_surroundings
from epncli.registry.merging.tokens import Token, merge_tokens
from epncli.registry.merging.values import other_values_of
from epncli.registry.merging.version import Version
from epncli.registry.placement import ordered_by_place
from epncli.registry.registry import Registry, records
from epncli.registry.three_way import MergedRecord, Side, merge_registries
from epncli.yamlfile.layout import newline
from epncli.yamlfile.reader import Value, read_document


@dataclass(frozen=True)
class MergedText:
    """A merged text in pieces, and what became of each structure."""

    pieces: list[Piece]
    records: list[MergedRecord]
    """In the order of the text, without those that are removed."""

    @property
    def in_conflict(self) -> bool:
        """True if a person must decide."""
        return count_conflicts(self.pieces) > 0

    def text_of(self, side: Side) -> str:
        """The text with one side chosen in every conflict."""
        return text_of(self.pieces, list(Side).index(side))


def merge_by_records(base: Registry, ours: Registry, theirs: Registry) -> MergedText:
    """The merge of three versions of a registry.

    Raises `NotMergeable` if it cannot be made record by record, or if the merged text, whichever side is
    chosen in a conflict, would not have the values that it should have.
    """
    merged = merge_registries(base.structures, ours.structures, theirs.structures)
    found = _merge(merged, _versions(merged, base, ours, theirs))
    _verify(found, base, ours, theirs)
    return found


Versions = tuple[Version, Version, Version]
"""Base, ours, theirs."""


def _versions(merged: Sequence[MergedRecord], base: Registry, ours: Registry, theirs: Registry) -> Versions:
    return (
        Version(base, {one.base: number for number, one in enumerate(merged) if one.base is not None}),
        Version(ours, {one.ours: number for number, one in enumerate(merged) if one.ours is not None}),
        Version(theirs, {one.theirs: number for number, one in enumerate(merged) if one.theirs is not None}),
    )


def _merge(merged: Sequence[MergedRecord], sides: Versions) -> MergedText:
    old, own, other = (side.chunks for side in sides)
    whole = {number for number, chunk in old.items() if chunk == own.get(number) == other.get(number)}
    orphans = {number: _orphans(one, sides) for number, one in enumerate(merged) if one.structure is None}
    alive = {number for number in range(len(merged)) if orphans.get(number) != []}
    is_list = any(one.structure is not None for one in merged)
    before, mine, its = (side.tokens(whole) for side in sides)
    codes = [one.code_postal for one in sides[0].registry.structures]
    tokens = _in_place(merge_tokens(before, mine, its, alive), merged, codes)
    structures: list[Piece] = []
    for token in tokens:
        if isinstance(token, str):
            structures.append(token)
        elif token in whole:
            structures.append(ended(own[token], newline(sides[1].text)))
        else:
            structures += orphans[token] if token in orphans else _record(merged[token], sides)
    pieces = merge_surroundings(sides, structures, is_list=is_list)
    records = [merged[token] for token in tokens if isinstance(token, int) and token not in orphans]
    return MergedText(pieces, records)


def _orphans(one: MergedRecord, sides: Versions) -> list[Piece]:
    """The comments that one side has added to a record that the other side removed, as lines."""
    base, ours, theirs = sides
    if one.base is None or (one.ours is None and one.theirs is None):
        return []
    side, index = (ours, one.ours) if one.theirs is None else (theirs, one.theirs)
    if index is None or side.chunks[side.numbers[index]] == base.chunks.get(base.numbers[one.base]):
        return []
    added = side.record(index).comments - base.record(one.base).comments
    return [f"{' ' * side.dash_column}{comment}{newline(side.text)}" for comment in added.elements()]


def _record(one: MergedRecord, sides: Versions) -> list[Piece]:
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
    for side in Side if found.in_conflict else (Side.OURS,):
        source = ours.document.source
        text = found.text_of(side)
        try:
            document = read_document(source.with_text(text))
            found_records = records(document)
        except (Unreadable, UnicodeEncodeError):
            raise NotMergeable from None
        expected = [one for record in found.records if (one := _expected(record, side, theirs)) is not None]
        if len(found_records) != len(expected) or any(map(ne, map(structure_of, found_records), expected)):
            raise NotMergeable
        others = (other_values_of(one.document) for one in (base, ours, theirs))
        if other_values_of(document) != _expected_others(side, *others):
            raise NotMergeable


def _expected_others(
    side: Side, base: Mapping[str, Value], ours: Mapping[str, Value], theirs: Mapping[str, Value]
) -> dict[str, Value]:
    """The values beside the structures if this side is chosen in the conflicts."""
    found = {}
    for key in {**ours, **theirs}:
        old, own, other = base.get(key), ours.get(key), theirs.get(key)
        is_theirs = own == old or (in_conflict(old, own, other) and side is Side.THEIRS)
        value = other if is_theirs else own
        if value is not None:
            found[key] = value
    return found


def _expected(record: MergedRecord, side: Side, theirs: Registry) -> Structure | None:
    """A structure of the merged text if this side is chosen in its conflicts."""
    structure = record.structure
    if structure is None or record.removed_by is side:
        return None
    if side is Side.OURS or not record.conflicts or record.theirs is None:
        return structure
    other = theirs.structures[record.theirs]
    if record.are_two:
        return other
    known = {name: other.value(name) for name in record.conflicts if name in FIELDS}
    unknown = dict(structure.unknown_fields)
    for name in set(record.conflicts).difference(FIELDS):
        unknown.pop(name, None)
        unknown |= {name: other.unknown_fields[name]} if name in other.unknown_fields else {}
    return structure.changed(**known, unknown_fields=unknown)
