"""Three-way merge of what stands around the list of structures: the title, other keys, comments."""

from __future__ import annotations

from collections.abc import Sequence

from epncli.errors import Unreadable
from epncli.registry.merging.field_text import FieldText, with_comment_of_both
from epncli.registry.merging.mapping_text import Parts, merge_parts, names_in, parts_of
from epncli.registry.merging.pieces import Conflict, NotMergeable, Piece
from epncli.registry.merging.version import Version
from epncli.registry.registry import STRUCTURES
from epncli.yamlfile.reader import Value, read_document


def merge_surroundings(
    sides: tuple[Version, Version, Version], structures: Sequence[Piece], *, is_list: bool
) -> list[Piece]:
    """The whole text, with the merged structures in their place. Raises `NotMergeable`.

    `is_list`: there are structures. A key whose value both sides have changed is in conflict.
    """
    base, ours, theirs = (_Surroundings(side) for side in sides)
    parts = (base.parts, ours.parts, theirs.parts)
    chosen: dict[str, Sequence[Piece]] = {}
    for name in names_in(parts):
        if name == STRUCTURES:
            side = next((one for one in (ours, theirs) if bool(one.version.starts) == is_list), ours)
            chosen[name] = side.with_list(structures)
        else:
            piece = _choice(name, base, ours, theirs)
            chosen[name] = [piece] if piece else []
    found = merge_parts(parts, chosen)
    assert found is not None  # only a text with a dash must begin with a field
    return found


def _choice(name: str, base: _Surroundings, ours: _Surroundings, theirs: _Surroundings) -> Piece | None:
    before, mine, its = (side.parts.fields.get(name) for side in (base, ours, theirs))
    old, own, other = (side.values.get(name) for side in (base, ours, theirs))
    if in_conflict(old, own, other):
        return Conflict(*(field.text if field else "" for field in (mine, its)))
    is_as_before = (mine and mine.text) == (before and before.text)
    chosen = its if other not in (old, own) or (own == other and is_as_before) else mine
    if chosen and mine and its:
        return with_comment_of_both(chosen, before, mine, its)
    return chosen.text if chosen else None


def in_conflict(base: Value | None, ours: Value | None, theirs: Value | None) -> bool:
    """True if both sides have changed the value of a key differently. None is no value."""
    return ours != base and theirs not in (base, ours)


class _Surroundings:
    """A version without its structures."""

    def __init__(self, version: Version) -> None:
        self.version = version
        start, end = version.bounds
        text = version.text[:start] + version.text[end:]
        source = version.registry.document.source
        try:
            document = read_document(source.with_text(text))
        except (Unreadable, UnicodeEncodeError):
            raise NotMergeable from None
        parts = parts_of(text, 0, len(text), document.root_node(), "")
        if parts is None or STRUCTURES not in parts.fields:
            raise NotMergeable
        self.values = document.root
        self.parts: Parts = parts
        self._list: FieldText = parts.fields[STRUCTURES]
        self._above = start - self._list.start

    def with_list(self, structures: Sequence[Piece]) -> list[Piece]:
        """The line of the list, with the structures below it."""
        text = self._list.text
        return [one for one in (text[: self._above], *structures, text[self._above :]) if one]
