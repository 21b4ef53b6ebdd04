"""Three-way merge of a structure: what two sides made of a common base, field by field."""

from __future__ import annotations

from typing import NamedTuple

from epncli.model.structure import FIELDS, Structure, Texts


class Merged(NamedTuple):
    """The result of a merge. Fields that both sides changed differently have the value of our side."""

    structure: Structure
    conflicts: tuple[str, ...]
    """The names of those fields, in the order of the schema."""


def merge(base: Structure, ours: Structure, theirs: Structure) -> Merged:
    """Our structure with the changes that the other side made since `base`.

    A field that only one side changed has the value of that side. Lists keep what both sides added and
    lose what either side removed. `date_maj` is the later date. `base` may be `Structure()` if there is
    no common base: then a field conflicts if both sides have different values.
    """
    fields: dict[str, str | Texts] = {}
    conflicts = []
    for name in FIELDS:
        old, own, other = base.value(name), ours.value(name), theirs.value(name)
        if other in (old, own):
            continue
        if own == old:
            fields[name] = other
        elif isinstance(own, tuple):
            fields[name] = _joined(base.texts(name), own, theirs.texts(name))
        elif name == "date_maj":
            fields[name] = max(ours.date_maj, theirs.date_maj)
        else:
            conflicts.append(name)
    return Merged(ours.changed(**fields) if fields else ours, tuple(conflicts))


def _joined(base: Texts, ours: Texts, theirs: Texts) -> Texts:
    """Our list, in its order, without what the other side removed, then what the other side added."""
    kept = [item for item in ours if item in theirs or item not in base]
    return (*kept, *(item for item in theirs if item not in base and item not in kept))
