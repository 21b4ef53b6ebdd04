"""Three-way merge of the text of one record, field by field, with its comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from epncli.errors import Unreadable, Unwritable
from epncli.model.structure import FIELDS, Structure
from epncli.registry.merging.field_text import FieldText, merged_list, with_comment_of_both
from epncli.registry.merging.mapping_text import Parts, merge_parts, names_in
from epncli.registry.merging.pieces import Conflict, NotMergeable, Piece, ended, text_of
from epncli.registry.merging.raw_values import structure_of
from epncli.registry.merging.record_text import SideRecord, comments_in
from epncli.registry.merging.tokens import kept_texts
from epncli.registry.registry import STRUCTURES
from epncli.registry.three_way import MergedRecord
from epncli.yamlfile.edit.scalar import write_value
from epncli.yamlfile.edit.values import Style, set_value
from epncli.yamlfile.layout import Splice, apply, insertion_point, newline
from epncli.yamlfile.reader import read_document


def merge_record(
    base: SideRecord | None, ours: SideRecord, theirs: SideRecord, merged: MergedRecord
) -> list[Piece]:
    """The text of a record that both sides have changed, or added. Raises `NotMergeable`.

    It is our text, with the fields of the other side where only that side changed them, and with the
    comments of both. Fields in conflict have both texts.
    """
    line_end = newline(ours.document.text)
    if merged.are_two:
        return [Conflict(*(ended(side.text, line_end) for side in (ours, theirs)))]
    try:
        pieces = _merge_fields(base, ours, theirs, merged) or _merge_whole(ours, theirs, merged)
    except Unwritable:
        raise NotMergeable from None
    return [*pieces, *(f"{ours.indent}{one}{line_end}" for one in _lost(base, ours, theirs, pieces))]


def _lost(
    base: SideRecord | None, ours: SideRecord, theirs: SideRecord, pieces: Sequence[Piece]
) -> Iterator[str]:
    """The comments that no side removed, but that are not in the merged text. Raises `NotMergeable`."""
    before = base.comments if base else Counter[str]()
    kept = kept_texts(before, ours.comments, theirs.comments)
    if kept:
        sides = (_comments(ours, pieces, side) for side in (0, 1))
        yield from (kept - Counter.__or__(*sides)).elements()


def _comments(ours: SideRecord, pieces: Sequence[Piece], side: int) -> Counter[str]:
    """The comments of a merged record with one side chosen in its conflicts. Raises `NotMergeable`."""
    record = text_of(pieces, side)
    brackets = ("[", "]") if ours.in_brackets else ("", "")
    text = f"{STRUCTURES}: {brackets[0]}\n{record}{brackets[1]}\n"
    source = ours.document.source
    try:
        document = read_document(source.with_text(text))
    except (Unreadable, UnicodeEncodeError):
        raise NotMergeable from None
    return comments_in(text, 0, len(text), document.root_node())


def _merge_fields(
    base: SideRecord | None, ours: SideRecord, theirs: SideRecord, merged: MergedRecord
) -> list[Piece] | None:
    """The merged text, if the fields of all sides have lines of their own with the same indent, else None."""
    old, own, other = base.parts if base else Parts("", ours.indent), ours.parts, theirs.parts
    if old is None or own is None or other is None or len({old.indent, own.indent, other.indent}) > 1:
        return None
    sides = (old, own, other)
    choices = ((name, _choice(name, base, ours, theirs, merged)) for name in names_in(sides))
    return merge_parts(sides, {name: [piece] if piece else [] for name, piece in choices})


def _choice(
    name: str, base: SideRecord | None, ours: SideRecord, theirs: SideRecord, merged: MergedRecord
) -> Piece | None:
    """The text of a field, from its name on; None if it is removed."""
    assert merged.structure is not None
    before, mine, its = (_field(side, name) for side in (base, ours, theirs))
    if name in merged.conflicts:
        return Conflict(*(side.text if side else "" for side in (mine, its)))
    value = _value_in(merged.structure, name)
    own, other = _value(ours, name), _value(theirs, name)
    is_ours_as_before = _text(mine) == _text(before)
    both_changed = not is_ours_as_before and _text(its) != _text(before)
    if (
        isinstance(value, tuple)
        and mine
        and its
        and both_changed
        and (text := merged_list(before, mine, its, value))
    ):
        return text
    if value not in (own, other):
        return _rewritten(name, ours, list(value)) if isinstance(value, tuple) else None
    chosen = its if value != own or (own == other and is_ours_as_before) else mine
    if chosen and mine and its:
        return with_comment_of_both(chosen, before, mine, its)
    return _text(chosen)


def _field(record: SideRecord | None, name: str) -> FieldText | None:
    return record.parts.fields.get(name) if record and record.parts else None


def _text(field: FieldText | None) -> str | None:
    return field.text if field else None


def _value(record: SideRecord, name: str) -> object:
    return _value_in(structure_of({name: record.values[name]}), name) if name in record.values else None


def _value_in(structure: Structure, name: str) -> object:
    """The value of a field, in the form in which values are compared; None for none."""
    if name in structure.unknown_fields:
        return structure.unknown_fields[name] or None
    return (structure.value(name) or None) if name in FIELDS else None


def _rewritten(name: str, ours: SideRecord, value: list[str]) -> str:
    """The text of our field with a new list."""
    text = ours.document.text
    pair = ours.node.fields().get(name)
    if pair is None:
        return f"{name}:{write_value(value, len(ours.indent), newline(text))}{newline(text)}"
    start, end = pair[0].start, insertion_point(text, pair[1].end)
    splices = set_value(text, pair, value, Style(in_flow=False, literal=True, quote=""))
    moved = [Splice(one.start - start, one.end - start, one.text) for one in splices]
    if any(not 0 <= one.start <= one.end <= end - start for one in moved):
        raise NotMergeable
    return ended(apply(text[start:end], moved), newline(text))


def _merge_whole(ours: SideRecord, theirs: SideRecord, merged: MergedRecord) -> list[Piece]:
    """The merged text of a record whose fields cannot be told apart by lines."""
    assert merged.structure is not None
    text = ours.with_values(merged.structure)
    if not merged.conflicts:
        return [text]
    known = {name: theirs.structure.value(name) for name in merged.conflicts if name in FIELDS}
    if len(known) < len(merged.conflicts):
        raise NotMergeable
    return [Conflict(text, ours.with_values(merged.structure.changed(**known)))]
