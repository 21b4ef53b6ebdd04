"""Check of `remplace_par`: the structure that replaces a closed one exists, and there is no circle."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from epncli.i18n import _
from epncli.model.structure import Structure
from epncli.problems import Problem, error
from epncli.rules.texte import quoted
from epncli.validation.cross_fields import placed

FIELD: Final = "remplace_par"
_NAMED: Final = 30
"""Structures of a circle that a message names; what is quoted is shortened anyway."""


def find(
    structures: Sequence[Structure], only: Collection[int] | None = None
) -> Iterator[tuple[int, Problem]]:
    """The errors, each with the index of its structure. With `only`, a set of indexes, those of these."""
    replaced = [place for place, one in enumerate(structures) if one.remplace_par]
    by_id = {one.id: one for one in structures} if replaced else {}
    circles = _in_circles(by_id)
    for place in replaced:
        one = structures[place]
        if (only is None or place in only) and (problem := _problem(one, by_id, circles)):
            yield place, placed(problem, FIELD, one)


def successors_of(structure: Structure, structures: Sequence[Structure]) -> list[Structure]:
    """The structures that replace a structure, one after another. A circle ends where it began."""
    return list(_chain(structure, {one.id: one for one in structures}))


def _chain(structure: Structure, by_id: Mapping[str, Structure]) -> Iterator[Structure]:
    found: set[str] = set()
    following = by_id.get(structure.remplace_par)
    while following and following.id not in found:
        found.add(following.id)
        yield following
        following = by_id.get(following.remplace_par)


def _in_circles(by_id: Mapping[str, Structure]) -> set[str]:
    """The ids of the structures that replace themselves, through others. Each structure is visited once."""
    circles: set[str] = set()
    visited: set[str] = set()
    for first in by_id:
        path: list[str] = []
        at = first
        while at in by_id and at not in visited:
            visited.add(at)
            path.append(at)
            at = by_id[at].remplace_par
        if at in path:
            circles.update(path[path.index(at) :])
    return circles


def _problem(structure: Structure, by_id: Mapping[str, Structure], circles: set[str]) -> Problem | None:
    wanted = structure.remplace_par
    if wanted == structure.id:
        return error(_("a structure cannot replace itself"), _("write the id of another structure"))
    if wanted not in by_id:
        return error(
            _("no structure has the id ‘{id}’").format(id=quoted(wanted)),
            _("write the id of the structure that replaces this one, or remove ‘remplace_par’"),
        )
    if structure.id in circles:
        chain = islice(_chain(structure, by_id), _NAMED)
        names = " → ".join(one.nom.strip() or one.id for one in (structure, *chain))
        return error(
            _("the structures replace each other in a circle: {names}").format(names=quoted(names)),
            _("remove ‘remplace_par’ from the structure that is in use"),
        )
    return None
