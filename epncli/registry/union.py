"""Union of two structures that are the same place: one keeps its values and gets those that it lacks."""

from __future__ import annotations

from typing import Final, NamedTuple

from epncli.model.structure import CLOSING, FIELDS, POSITION, Structure, Texts
from epncli.registry import three_way

_TOGETHER: Final = {"statut": CLOSING, "latitude": POSITION}
"""The fields that have a meaning only together, by the one that stands for them in `United.differing`."""
_OWN_RULES: Final = ("id", "notes", "rappeler_le")
"""The fields that never differ: the id stays, notes are joined, the earlier day to call back counts."""


class United(NamedTuple):
    """The result of a union. A field that differs has the value of the structure that is kept."""

    structure: Structure
    differing: tuple[str, ...]
    """The names of those fields, in the order of the schema.

    `latitude` stands for both coordinates, and `statut` for all fields about a closing if only one of the
    structures is closed.
    """


def unite(kept: Structure, other: Structure) -> United:
    """The kept structure, with the values of the other one in its empty fields and at the end of its lists.

    Fields that are not in the schema stay those of the kept structure. `date_maj` is the later date, even
    if a person chooses between values: to merge two records is not to confirm the place.
    """
    merged, conflicts = three_way.merge(Structure(), kept, other.changed(unknown_fields=kept.unknown_fields))
    differing = dict.fromkeys(name for name in conflicts if name not in _OWN_RULES)
    fields: dict[str, str | Texts] = {
        "id": kept.id,
        "notes": _lines(kept.notes, other.notes),
        "rappeler_le": min(filter(None, (kept.rappeler_le, other.rappeler_le)), default=""),
    }
    if not (kept.is_closed and other.is_closed):  # an empty `statut` is not a missing value: it means open
        fields |= {name: kept.value(name) for name in CLOSING}
        differing = {name: None for name in differing if name not in CLOSING}
        if kept.is_closed != other.is_closed:
            differing["statut"] = None
    if "latitude" in differing or "longitude" in differing:
        fields |= {name: kept.value(name) for name in POSITION}
        differing.pop("longitude", None)
        differing["latitude"] = None
    order = [name for name in FIELDS if name in differing]
    return United(merged.changed(**fields), tuple(order))


def take(structure: Structure, other: Structure, name: str) -> Structure:
    """The structure with the other one's value of a field that differs, and of the fields it stands for."""
    together = _TOGETHER.get(name, (name,))
    return structure.changed(**{one: other.value(one) for one in together})


def _lines(kept: str, other: str) -> str:
    """The lines of both texts, those of the other one last, without the lines that are already there."""
    if not kept.strip() or not other.strip():
        return kept if kept.strip() else other
    had = {line.strip() for line in kept.splitlines()}
    new = [line for line in other.splitlines() if line.strip() not in had]
    if not any(line.strip() for line in new):
        return kept
    return "\n".join([kept.rstrip("\n"), *new]) + ("\n" if kept.endswith("\n") else "")
