"""Three-way merge of the text of a registry, record by record.

A record that one side has not changed is the text of the other side as it stands. What stands between
records, such as headings, is kept if neither side removed it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from epncli.errors import EpnError, Unreadable
from epncli.model.structure import FIELDS, Structure
from epncli.registry.changes import Change, preview
from epncli.registry.placement import ordered_by_place
from epncli.registry.record_merge import (
    Conflict,
    NotMergeable,
    Piece,
    RecordText,
    comments_in,
    ended,
    kept_comments,
    lines_of,
    merge_record,
)
from epncli.registry.registry import STRUCTURES, Registry
from epncli.registry.three_way import MergedRecord, Side, merge_registries
from epncli.registry.token_merge import Token, merge_tokens
from epncli.yamlfile.edit.block import own_comments_end
from epncli.yamlfile.layout import insertion_point, line_start, newline, next_line, previous_line
from epncli.yamlfile.reader import Document, Value, read_document

_DASH: Final = re.compile(r" *- +")
_BLANKS: Final = re.compile(r" *")
_BEHIND_BRACES: Final = re.compile(r"[ \t]*,?[ \t]*(?:#[^\r\n]*)?[\r\n]*")
_BLANK_OR_COMMENT: Final = re.compile(r"[ \t]*(?:#[^\r\n]*)?[\r\n]*")


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


def merge_by_changes(base: Registry, ours: Registry, theirs: Registry) -> str:
    """Our text with the changes of the other side, made as a command of epn makes them.

    For registries in which records do not have lines of their own. Raises `NotMergeable` for a conflict, and
    if a comment of the other side would be lost.
    """
    merged = merge_registries(base.structures, ours.structures, theirs.structures)
    if any(one.in_conflict for one in merged):
        raise NotMergeable
    changes = []
    for one in merged:
        mine = None if one.ours is None else ours.structures[one.ours]
        if mine != one.structure:
            changes.append(Change(mine, one.structure))
    try:
        document = preview(ours, changes).written
    except EpnError:
        raise NotMergeable from None
    if not holds_values(document, merged, base, ours, theirs):
        raise NotMergeable
    kept = kept_comments(*(_all_comments(one.document) for one in (base, ours, theirs)))
    if kept - _all_comments(document):
        raise NotMergeable
    return document.text


def _all_comments(document: Document) -> Counter[str]:
    return comments_in(document.text, 0, len(document.text), document.root_node())


def holds_values(
    document: Document, merged: Sequence[MergedRecord], base: Registry, ours: Registry, theirs: Registry
) -> bool:
    """True if a text has the values of a merge without conflicts, with the structures in any order."""
    if _others_of(document) != _other_values(*(one.document.root for one in (base, ours, theirs))):
        return False
    wanted = [one.structure for one in merged if one.structure is not None]
    return sorted(map(_comparable, Registry.of(document).structures)) == sorted(map(_comparable, wanted))


def _comparable(structure: Structure) -> str:
    """A text that is the same for equal structures, in whatever order their fields are."""
    return repr((structure.values(), sorted(structure.unknown_fields.items())))


def _others_of(document: Document) -> dict[str, Value]:
    """The values beside the structures."""
    return {key: value for key, value in document.root.items() if key != STRUCTURES}


def merge_texts(base: Registry, ours: Registry, theirs: Registry) -> MergedText:
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
    found = _merge(merged, sides)
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
    def in_brackets(self) -> bool:
        """True if the list has brackets instead of dashes."""
        document = self.registry.document
        return bool(self.registry.structures) and self.text[document.start(STRUCTURES)] == "["

    @cached_property
    def starts(self) -> list[int]:
        """The start of the line of each record. Raises `NotMergeable` if they do not have lines of their own."""
        document, count = self.registry.document, len(self.registry.structures)
        places = document.record_starts.get(STRUCTURES, ())
        found = [line_start(self.text, place) for place in places]
        before = _BLANKS if self.in_brackets else _DASH
        if len(found) != count or any(
            not before.fullmatch(self.text[start:place]) for start, place in zip(found, places, strict=True)
        ):
            raise NotMergeable
        if self.in_brackets:
            for index, start in enumerate([*found[1:], len(self.text)]):
                node = document.item(STRUCTURES, index)
                behind = self.text[node.end : next_line(self.text, node.end)]
                if not _BEHIND_BRACES.fullmatch(behind) or next_line(self.text, node.end) > start:
                    raise NotMergeable
        return found

    @cached_property
    def dash_column(self) -> int:
        return len(self.text[self.starts[0] :]) - len(self.text[self.starts[0] :].lstrip(" "))

    def record(self, index: int) -> RecordText:
        """A record with its own comments."""
        document = self.registry.document
        end = insertion_point(self.text, document.item(STRUCTURES, index).end)
        if not self.in_brackets:
            end = own_comments_end(self.text, end, self.dash_column)
        return RecordText(document, index, self.starts[index], end, self.in_brackets)

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


def _merge(merged: Sequence[MergedRecord], sides: _Sides) -> MergedText:
    old, own, other = (side.chunks for side in sides)
    whole = {number for number, chunk in old.items() if chunk == own.get(number) == other.get(number)}
    orphans = {number: _orphans(one, sides) for number, one in enumerate(merged) if one.structure is None}
    alive = {number for number in range(len(merged)) if orphans.get(number) != []}
    is_list = any(one.structure is not None for one in merged)
    before, mine, its = (side.tokens(whole) for side in sides)
    codes = [one.code_postal for one in sides[0].registry.structures]
    tokens = _in_place(merge_tokens(before, mine, its, alive), merged, codes)
    pieces: list[Piece] = _lines_around(sides, [side.text[: side.bounds[0]] for side in sides], is_list)
    for token in tokens:
        if isinstance(token, str):
            pieces.append(token)
        elif token in whole:
            pieces.append(ended(own[token], newline(sides[1].text)))
        else:
            pieces += orphans[token] if token in orphans else _record(merged[token], sides)
    pieces += _lines_around(sides, [side.text[side.bounds[1] :] for side in sides], is_list)
    records = [merged[token] for token in tokens if isinstance(token, int) and token not in orphans]
    return MergedText(pieces, records)


def _orphans(one: MergedRecord, sides: _Sides) -> list[Piece]:
    """The comments that one side has added to a record that the other side removed, as lines."""
    base, ours, theirs = sides
    if one.base is None or (one.ours is None and one.theirs is None):
        return []
    side, index = (ours, one.ours) if one.theirs is None else (theirs, one.theirs)
    if index is None or side.chunks[side.numbers[index]] == base.chunks.get(base.numbers[one.base]):
        return []
    added = side.record(index).comments - base.record(one.base).comments
    return [f"{' ' * side.dash_column}{comment}{newline(side.text)}" for comment in added.elements()]


_LIST_LINE = -1
"""Stands for the line `structures:` among the lines above the list."""


def _lines_around(sides: _Sides, texts: Sequence[str], is_list: bool) -> list[Piece]:  # noqa: FBT001
    """The lines above the list or below it. Their values are verified, as those of the records are."""
    if not any(texts):
        return []
    list_lines: list[tuple[bool, str]] = []
    tokens: list[list[Token]] = []
    for side, text in zip(sides, texts, strict=True):
        lines = [ended(line, newline(side.text)) for line in lines_of(text)]
        found = next((line for line in lines if line.startswith(f"{STRUCTURES}:")), "")
        list_lines.append((bool(side.starts), found))
        tokens.append([_LIST_LINE if line == found else line for line in lines])
    _base, *others = list_lines
    list_line = next((line for has_list, line in others if has_list == is_list), others[0][1])
    base, ours, theirs = tokens
    merged = merge_tokens(base, ours, theirs, (_LIST_LINE,))
    return [list_line if token == _LIST_LINE else str(token) for token in merged]


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
        if registry.structures != expected or _others_of(registry.document) != others:
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
        if key == STRUCTURES:
            continue
        old, own, other = base.get(key), ours.get(key), theirs.get(key)
        if own != old and other not in (old, own):
            raise NotMergeable
        value = own if other in (old, own) else other
        if value is not None:
            found[key] = value
    return found
