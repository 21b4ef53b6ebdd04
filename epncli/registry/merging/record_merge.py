"""Three-way merge of the text of one record, field by field, with its comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from epncli.errors import Unwritable
from epncli.model.structure import FIELDS, Structure
from epncli.registry.merging.record_text import (
    Conflict,
    NotMergeable,
    Parts,
    Piece,
    RecordText,
    ended,
)
from epncli.registry.merging.tokens import kept_texts, merge_tokens
from epncli.registry.three_way import MergedRecord
from epncli.yamlfile.edit.scalar import write_value
from epncli.yamlfile.edit.values import set_value
from epncli.yamlfile.layout import Splice, apply, insertion_point, newline


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
    for comment, count in kept_texts(before, ours.comments, theirs.comments).items():
        yield from [comment] * (count - text.count(comment))


def _merge_fields(
    base: RecordText | None, ours: RecordText, theirs: RecordText, merged: MergedRecord
) -> list[Piece] | None:
    """The merged text, if the fields of all sides have lines of their own with the same indent, else None."""
    nothing = Parts("", ours.indent)
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
    parts: Sequence[Parts],
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
