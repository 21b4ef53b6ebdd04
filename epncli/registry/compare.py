"""Comparison of two registries: which structures are new, gone or changed, and in which way."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from epncli.folding import fold
from epncli.model.structure import FIELDS, Structure, Texts, Value
from epncli.registry.name_key import name_key
from epncli.registry.registry import difference


class Group(StrEnum):
    """What happened to a structure, in the order in which readers are told."""

    ADDED = "added"
    CLOSED = "closed"
    REPLACED = "replaced"
    CLOSED_FOR_A_TIME = "closed_for_a_time"
    REOPENED = "reopened"
    MOVED = "moved"
    RENAMED = "renamed"
    NEW_PHONE = "new_phone"
    OTHER = "other"
    REMOVED = "removed"
    CONFIRMED = "confirmed"


NOTHING: Final = Structure()
"""Stands for a structure in a registry that does not have it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A structure that has changed, is new (`before` is NOTHING) or gone (`after` is NOTHING)."""

    before: Structure
    after: Structure
    fields: Texts
    """The names of the changed fields, in the order of the schema; those that are not in it come last."""

    @property
    def known(self) -> Structure:
        """The structure as it is now or, if it is gone, as it was."""
        return self.before if self.after is NOTHING else self.after

    @property
    def group(self) -> Group:
        """What happened; if several things did, the first of them in the order of `Group`.

        To correct the spelling of a name or an address, or to add one, is none of the things with a word.
        """
        before, after = self.before, self.after
        if before is NOTHING or after is NOTHING:
            return Group.ADDED if before is NOTHING else Group.REMOVED
        if after.is_closed and not before.is_closed:
            return Group.REPLACED if after.remplace_par else Group.CLOSED
        if before.is_closed and not after.is_closed:
            return Group.REOPENED
        if after.is_closed and after.remplace_par and not before.remplace_par:
            return Group.REPLACED
        if "fermetures_temporaires" in self.fields and (closing := _closing_for_a_time(before, after)):
            return closing
        if _differs(before, after, "code_postal", "commune", "adresse"):
            return Group.MOVED
        if _differs(before, after, "nom"):
            return Group.RENAMED
        if set(after.telephones) - set(before.telephones):
            return Group.NEW_PHONE
        return Group.CONFIRMED if self.fields == ("date_maj",) else Group.OTHER


def _differs(before: Structure, after: Structure, *names: str) -> bool:
    """True if one of the texts, known before and after, has other letters or digits."""
    texts = ((fold(str(before.value(name))), fold(str(after.value(name)))) for name in names)
    return any(old and new and old != new for old, new in texts)


def _closing_for_a_time(before: Structure, after: Structure) -> Group | None:
    """What became of the days on which the structure is closed for a time; None for a correction."""
    from epncli.rules import fermetures  # few structures have any

    parse = fermetures.parse
    old, new = (
        {interval.start: interval for interval in map(parse, one.fermetures_temporaires) if interval}
        for one in (before, after)
    )
    if new.keys() - old.keys():
        return Group.CLOSED_FOR_A_TIME
    ended = any(not old[start].end and new[start].end for start in new)
    return Group.REOPENED if ended or any(not old[start].end for start in old.keys() - new.keys()) else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one registry to another. Structures are in the order of their registry."""

    added: tuple[Structure, ...]
    changed: tuple[Difference, ...]
    removed: tuple[Structure, ...]

    def by_group(self) -> dict[Group, list[Difference]]:
        """The changes by what happened, in the order of `Group`; a group without any is left out."""
        found: dict[Group, list[Difference]] = {group: [] for group in Group}
        for one in (*map(added, self.added), *self.changed, *map(removed, self.removed)):
            found[one.group].append(one)
        return {group: changes for group, changes in found.items() if changes}


def added(structure: Structure) -> Difference:
    """The difference that a new structure makes."""
    return Difference(NOTHING, structure, changed_fields(NOTHING, structure))


def removed(structure: Structure) -> Difference:
    """The difference that a removed structure makes."""
    return Difference(structure, NOTHING, changed_fields(NOTHING, structure))


class Pair(NamedTuple):
    """The index of a structure in each of two registries; None if only the other one has it."""

    before: int | None
    after: int | None


def compare(
    before: Sequence[Structure], after: Sequence[Structure], fields: Collection[str] = ()
) -> Comparison:
    """What changed from `before` to `after`; with `fields`, as if nothing else had changed.

    Structures are recognised by their id, then by name and place. One that is new or gone is a change of
    its id.
    """
    pairs = match(before, after)
    both = [(before[old], after[new]) for old, new in pairs if old is not None and new is not None]
    changed = [found for old, new in both if (found := _difference(old, new, fields))]
    if fields and "id" not in fields:
        return Comparison((), tuple(changed), ())
    return Comparison(
        tuple(after[new] for old, new in pairs if old is None and new is not None),
        tuple(changed),
        tuple(before[old] for old, new in pairs if old is not None and new is None),
    )


def _difference(before: Structure, after: Structure, fields: Collection[str]) -> Difference | None:
    names = changed_fields(before, after)
    if fields:
        names = tuple(name for name in names if name in fields)
        after = before.changed(**{name: after.value(name) for name in names})
    return Difference(before, after, names) if names else None


def match(before: Sequence[Structure], after: Sequence[Structure]) -> list[Pair]:
    """Which structures are the same place: by id, then by name and place; without a name, if they are equal.

    The pairs are in the order of `after`, then those that only `before` has. If several structures have the
    same id, or the same name and place, those that are equal are paired first, then those with the same name
    and place, then those with the same name, and the others in order.
    """
    found: dict[int, int] = {}
    for key in (_id, _name_and_place, _values_if_any):
        _match_by(key, before, after, found)
    known = set(found.values())
    gone = (Pair(index, None) for index in range(len(before)) if index not in known)
    return [*(Pair(found.get(index), index) for index in range(len(after))), *gone]


def _match_by(
    key: Callable[[Structure], Hashable],
    before: Sequence[Structure],
    after: Sequence[Structure],
    found: dict[int, int],
) -> None:
    """Pair structures that are not in `found` yet and have the same key, unless that is ""."""
    known = set(found.values())
    if len(known) == len(before) or len(found) == len(after):
        return
    waiting = _by_key(key, before, (index for index in range(len(before)) if index not in known))
    for wanted, here in _by_key(
        key, after, (index for index in range(len(after)) if index not in found)
    ).items():
        there = waiting.get(wanted, ())
        if wanted == "" or not there:
            continue
        if len(here) == len(there) == 1:
            found[here[0]] = there[0]
        else:
            _match_repeated(before, there, after, here, found)


def _match_repeated(
    before: Sequence[Structure],
    there: Collection[int],
    after: Sequence[Structure],
    here: Collection[int],
    found: dict[int, int],
) -> None:
    """Pair those of some structures of `before` and `after`, by their indexes, that are most alike."""
    for key in (all_values, _name_and_place, _name, _nothing):
        waiting = _by_key(key, before, there)
        for index in here:
            if same := waiting.get(key(after[index])):
                found[index] = same.popleft()
        here = [index for index in here if index not in found]
        there = sorted(index for indexes in waiting.values() for index in indexes)


def _by_key(
    key: Callable[[Structure], Hashable], structures: Sequence[Structure], indexes: Iterable[int]
) -> dict[Hashable, deque[int]]:
    found: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for index in indexes:
        found[key(structures[index])].append(index)
    return found


def changed_fields(before: Structure, after: Structure) -> Texts:
    """The names of the fields in which two structures differ; those that are not in the schema come last.

    `statut: ouvert` is the same as no `statut`.
    """
    names = list(difference(before, after))
    if "statut" in names and {before.statut.strip(), after.statut.strip()} == {"", "ouvert"}:
        names.remove("statut")
    if before.unknown_fields != after.unknown_fields:
        unknown = {**before.unknown_fields, **after.unknown_fields}
        names += [name for name in unknown if value(before, name) != value(after, name)]
    return tuple(names)


def value(structure: Structure, name: str) -> Value:
    """The value of a field, which may be one that is not in the schema; "" if it has none."""
    if name in FIELDS:
        found = structure.value(name)
        return found if isinstance(found, str) else list(found)
    return structure.unknown_fields.get(name, "")


def all_values(structure: Structure) -> str:
    """A text that is the same for equal structures only, in whatever order their fields are."""
    own = {name: value for name, value in vars(structure).items() if value and name != "unknown_fields"}
    return repr((sorted(own.items()), sorted(structure.unknown_fields.items())))


def _id(structure: Structure) -> Hashable:
    return structure.id.strip()


def _name_and_place(structure: Structure) -> Hashable:
    if not structure.nom:
        return ""
    key = name_key(structure.nom, structure.code_postal, structure.commune)
    return key if key.nom else ""


def _name(structure: Structure) -> Hashable:
    return fold(structure.nom)


def _values_if_any(structure: Structure) -> Hashable:
    return all_values(structure) if any(vars(structure).values()) else ""


def _nothing(_structure: Structure) -> Hashable:
    return None
