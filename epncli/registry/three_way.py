"""Three-way merge: what two sides made of a common base, structure by structure and field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Final, NamedTuple

from epncli.model.structure import CLOSING, FIELDS, POSITION, Kind, Structure, Texts, Value
from epncli.registry.compare import changed_fields, match
from epncli.registry.name_key import name_key

TOGETHER: Final = (POSITION, CLOSING)
"""Fields that belong together: see `merge`."""


class Merged(NamedTuple):
    """The result of a merge. Fields that both sides changed differently have the value of our side."""

    structure: Structure
    conflicts: Texts
    """The names of those fields, in the order of the schema; those that are not in the schema come last."""


def merge(base: Structure, ours: Structure, theirs: Structure) -> Merged:
    """Our structure with the changes that the other side made since `base`.

    A field that only one side changed has the value of that side. Lists keep what both sides added and
    lose what either side removed; a phone number is the same in each spelling. `date_maj` is the later
    date. `base` may be `Structure()` if there is no common base: then a field conflicts if both sides have
    different values.

    The latitude and the longitude are one value. So are the fields that say whether and how a structure has
    closed, where it would otherwise be open with a day or a reason of closing.
    """
    if theirs in (base, ours):  # as most
        return Merged(ours, ())
    fields: dict[str, str | Texts | dict[str, Value]] = {}
    conflicts = []
    for name in FIELDS:
        old, own, other = base.value(name), ours.value(name), theirs.value(name)
        if other in (old, own):
            continue
        if own == old:
            fields[name] = other
        elif isinstance(own, tuple):
            fields[name] = _joined(base.texts(name), own, theirs.texts(name), _same_item(name))
        elif name == "date_maj":
            fields[name] = max(ours.date_maj, theirs.date_maj)
        else:
            conflicts.append(name)
    for group in _in_conflict_together(base, ours, theirs, ours.changed(**fields) if fields else ours):
        fields = {name: value for name, value in fields.items() if name not in group}
        conflicts = [name for name in FIELDS if name in group or name in conflicts]
    if theirs.unknown_fields not in (base.unknown_fields, ours.unknown_fields):
        unknown = dict(ours.unknown_fields)
        conflicts += _merge_unknown(base, unknown, theirs)
        fields["unknown_fields"] = unknown
    return Merged(ours.changed(**fields) if fields else ours, tuple(conflicts))


def _merge_unknown(base: Structure, ours: dict[str, Value], theirs: Structure) -> list[str]:
    """Merge the fields that are not in the schema into ours; returns those that are in conflict."""
    conflicts = []
    for name in {**base.unknown_fields, **theirs.unknown_fields}:
        old, own, other = (fields.get(name) for fields in (base.unknown_fields, ours, theirs.unknown_fields))
        if other in (old, own):
            continue
        if own != old:
            conflicts.append(name)
        elif other is None:
            del ours[name]
        else:
            ours[name] = other
    return conflicts


def _in_conflict_together(
    base: Structure, ours: Structure, theirs: Structure, merged: Structure
) -> Iterator[tuple[str, ...]]:
    """The differing fields of each group in which both sides changed something, so that they do not fit."""
    for group in TOGETHER:
        different = tuple(name for name in group if ours.value(name) != theirs.value(name))
        sides_changed = all(
            any(side.value(name) != base.value(name) for name in group) for side in (ours, theirs)
        )
        if different and sides_changed and (group is POSITION or _is_open_but_closing(merged)):
            yield different


def _is_open_but_closing(structure: Structure) -> bool:
    return not structure.is_closed and any(structure.value(name) for name in CLOSING if name != "statut")


def _same_item(name: str) -> Callable[[str], str]:
    """What is equal for two spellings of one item of a list field."""
    if FIELDS[name].kind is not Kind.TELEPHONE:
        return str

    from epncli.rules.telephone import key  # imports phonenumbers, which is slow

    return lambda text: key(text) or text


def _joined(base: Texts, ours: Texts, theirs: Texts, same: Callable[[str], str]) -> Texts:
    """Our list, in its order, without what the other side removed, then what the other side added.

    An item that only the other side spells differently is spelled as there.
    """
    old, own = {same(item): item for item in base}, {same(item) for item in ours}
    other = {same(item): item for item in theirs}
    kept = [item for item in ours if same(item) in other or same(item) not in old]
    spelled = (other.get(same(item), item) if item == old.get(same(item)) else item for item in kept)
    return (*spelled, *(item for item in theirs if same(item) not in old and same(item) not in own))


class Side(Enum):
    """One of the two sides of a merge."""

    OURS = "ours"
    THEIRS = "theirs"


class MergedRecord(NamedTuple):
    """What becomes of a structure in a merge of two registries, and its index in each of the three."""

    base: int | None
    ours: int | None
    theirs: int | None
    structure: Structure | None
    """None if it is removed."""
    conflicts: Texts = ()
    """The fields that both sides changed differently: see `Merged`."""
    removed_by: Side | None = None
    """A conflict too: the side that removed what the other one changed. `structure` is that of the other."""
    are_two: bool = False
    """A conflict too: both sides added a structure with this id, but in different communes, so that nothing
    of the one may come into the other. `structure` is ours; `conflicts` has all fields that differ."""

    @property
    def in_conflict(self) -> bool:
        """True if a person must decide."""
        return bool(self.conflicts or self.removed_by)


def merge_registries(
    base: Sequence[Structure], ours: Sequence[Structure], theirs: Sequence[Structure]
) -> list[MergedRecord]:
    """What becomes of each structure: those that we have in our order, then those that we do not have.

    A structure that both sides added, with the same id or the same name and place, is one: each field that
    has different values conflicts, apart from `date_maj`. If the communes differ, all of it conflicts.
    """
    ours_of = {pair.before: pair.after for pair in match(base, ours) if pair.before is not None}
    theirs_of = {pair.before: pair.after for pair in match(base, theirs) if pair.before is not None}
    in_base = [
        _merged(base, ours, theirs, index, ours_of[index], theirs_of[index]) for index in range(len(base))
    ]
    new_ours = sorted(set(range(len(ours))) - set(ours_of.values()))
    new_theirs = sorted(set(range(len(theirs))) - set(theirs_of.values()))
    new = [
        _merged_new(
            ours,
            theirs,
            None if pair.before is None else new_ours[pair.before],
            None if pair.after is None else new_theirs[pair.after],
        )
        for pair in match([ours[index] for index in new_ours], [theirs[index] for index in new_theirs])
    ]
    last = len(ours)
    return sorted([*in_base, *new], key=lambda one: last if one.ours is None else one.ours)


def _merged(
    base: Sequence[Structure],
    ours: Sequence[Structure],
    theirs: Sequence[Structure],
    index: int,
    own: int | None,
    other: int | None,
) -> MergedRecord:
    """What becomes of a structure of the base."""
    before = base[index]
    if own is not None and other is not None:
        return MergedRecord(index, own, other, *merge(before, ours[own], theirs[other]))
    if own is not None and ours[own] != before:
        return MergedRecord(index, own, None, ours[own], removed_by=Side.THEIRS)
    if other is not None and theirs[other] != before:
        return MergedRecord(index, None, other, theirs[other], removed_by=Side.OURS)
    return MergedRecord(index, own, other, None)


def _merged_new(
    ours: Sequence[Structure], theirs: Sequence[Structure], own: int | None, other: int | None
) -> MergedRecord:
    """What becomes of a structure that is not in the base."""
    if own is None:
        assert other is not None
        return MergedRecord(None, None, other, theirs[other])
    if other is None:
        return MergedRecord(None, own, None, ours[own])
    mine, its = ours[own], theirs[other]
    if _are_two(mine, its):
        return MergedRecord(None, own, other, mine, changed_fields(mine, its), are_two=True)
    merged, conflicts = merge(Structure(), mine, its)
    different = {
        name: mine.texts(name)
        for name, field in FIELDS.items()
        if field.many and mine.value(name) != its.value(name) and mine.value(name) and its.value(name)
    }
    order = [name for name in FIELDS if name in conflicts or name in different]
    unknown = [name for name in conflicts if name not in FIELDS]
    return MergedRecord(None, own, other, merged.changed(**different), (*order, *unknown))


def _are_two(mine: Structure, its: Structure) -> bool:
    """True if two structures with one id are in different communes."""
    one, other = (name_key("", side.code_postal, side.commune) for side in (mine, its))
    places = zip(one[1:], other[1:], strict=True)
    return any(own and its and own != its for own, its in places)
