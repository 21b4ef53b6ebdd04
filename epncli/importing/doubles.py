"""New structures of an import that may be the same place as another one."""

from __future__ import annotations

from collections.abc import Sequence

from epncli.model.structure import Structure
from epncli.problems import Problem
from epncli.rules import identifiant
from epncli.validation import duplicates


def find_doubles(structures: Sequence[Structure], new: Sequence[Structure]) -> list[Problem]:
    """A warning for each pair with a new structure, as `epn check` would give it afterwards."""
    if not new:
        return []
    taken = {one.id for one in (*structures, *new)}
    numbers: dict[str, int] = {}
    named = []
    for one in new:
        made = one.id or identifiant.make(one.nom, taken, numbers)
        taken.add(made)
        named.append(one.changed(id=made))
    places = range(len(structures), len(structures) + len(named))
    return [found.problem for found in duplicates.find([*structures, *named], places)]
