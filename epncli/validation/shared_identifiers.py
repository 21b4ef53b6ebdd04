"""Search for structures that have the same external identifier, of which an import finds only one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from epncli.i18n import _
from epncli.model.structure import Structure
from epncli.problems import Problem, warning
from epncli.rules.texte import quoted
from epncli.validation.cross_fields import placed

_Place = tuple[int, int]
"""The index of a structure, and that of the identifier in its list, from 0."""


def find(
    structures: Sequence[Structure], only: Collection[int] | None = None
) -> Iterator[tuple[int, Problem]]:
    """Warnings about shared identifiers, each with the index of its structure.

    Each structure but the first is reported. With `only`, a set of indexes, the result is about these
    structures. Closed structures count, since an import finds them as well.
    """
    for identifier, (first, *others) in _shared(structures):
        asked = [place for place in others if only is None or place[0] in only]
        for place in asked:
            yield place[0], _warning(identifier, structures, place, first)
        if only is not None and first[0] in only and not asked:
            yield first[0], _warning(identifier, structures, first, others[0])


def _shared(structures: Sequence[Structure]) -> Iterator[tuple[str, list[_Place]]]:
    """The identifiers that several structures have, with their places."""
    found: dict[str, list[_Place]] = {}
    for index, structure in enumerate(structures):
        for item, identifier in enumerate(structure.identifiants_externes):
            places = found.setdefault(identifier, [])
            if not places or places[-1][0] != index:
                places.append((index, item))
    return ((identifier, places) for identifier, places in found.items() if len(places) > 1)


def _warning(identifier: str, structures: Sequence[Structure], place: _Place, other: _Place) -> Problem:
    own = structures[place[0]]
    problem = warning(
        _("‘{identifier}’ is also an external identifier of ‘{id}’").format(
            identifier=quoted(identifier), id=structures[other[0]].id
        ),
        _(
            "an import changes only one of them: if they are the same place, merge them with ‘epn merge’; "
            "otherwise remove the identifier from the wrong one"
        ),
    )
    return placed(problem._replace(item=place[1]), "identifiants_externes", own)
