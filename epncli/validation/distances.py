"""Search for structures whose coordinates are far from the other places of their commune in the registry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from epncli.i18n import _
from epncli.model.structure import Structure
from epncli.problems import Problem, warning
from epncli.rules.code_postal import departement
from epncli.rules.communes import fold_commune
from epncli.rules.coordonnees import FAR, point, validate_pair
from epncli.rules.territories import distance
from epncli.rules.texte import quoted
from epncli.validation.cross_fields import placed

_FAR_IN_DEGREES: Final = FAR / 111
"""Degrees of latitude: places that differ by more are farther apart than `FAR`."""


def find(
    structures: Sequence[Structure], only: Collection[int] | None = None
) -> Iterator[tuple[int, Problem]]:
    """Warnings about places more than 60 km from every other place of their commune, each with its index.

    Of two places that are far from each other, the second one is reported. Coordinates that are wrong by
    themselves are ignored, since the check of one structure reports them. With `only`, a set of indexes, the
    result is about these structures.
    """
    for places in _by_commune(structures):
        lonely = _lonely(places)
        for place in lonely[1:] if len(places) == 2 else lonely:
            if only is None or place.position in only:
                yield place.position, _warning(place, places, structures)


class _Place(NamedTuple):
    point: tuple[float, float]
    position: int


def _by_commune(structures: Sequence[Structure]) -> Iterator[list[_Place]]:
    """The places with coordinates of each commune that has several, in the order of the registry."""
    found: defaultdict[tuple[str, str], list[_Place]] = defaultdict(list)
    for index, one in enumerate(structures):
        where = point(one.latitude, one.longitude) if one.latitude and one.longitude else None
        commune = fold_commune(one.commune)
        if where and commune and not validate_pair(one.latitude, one.longitude, one.code_postal):
            found[departement(one.code_postal), commune].append(_Place(where, index))
    return (places for places in found.values() if len(places) > 1)


def _lonely(places: list[_Place]) -> list[_Place]:
    """The places with no other one within `FAR`, in their order."""
    ordered = sorted(places)
    count = len(ordered)
    lonely = [
        place
        for at, place in enumerate(ordered)
        if not _is_near(place, (ordered[later] for later in range(at + 1, count)))
        and not _is_near(place, (ordered[earlier] for earlier in range(at - 1, -1, -1)))
    ]
    return sorted(lonely, key=lambda place: place.position)


def _is_near(place: _Place, others: Iterable[_Place]) -> bool:
    """True if one of the others, which go away from the place in latitude, is within `FAR`."""
    for other in others:
        if abs(other.point[0] - place.point[0]) > _FAR_IN_DEGREES:
            return False
        if distance(place.point, other.point) <= FAR:
            return True
    return False


def _warning(place: _Place, places: list[_Place], structures: Sequence[Structure]) -> Problem:
    nearest = min(
        (other for other in places if other is not place),
        key=lambda other: distance(place.point, other.point),
    )
    own, other = structures[place.position], structures[nearest.position]
    message = _(
        "the coordinates are {distance} km from those of ‘{id}’, the nearest other place in {commune}"
    ).format(
        distance=round(distance(place.point, nearest.point)), id=quoted(other.id), commune=quoted(own.commune)
    )
    found = warning(message, _("correct the coordinates of one of the two, or its commune"))
    return placed(found, "latitude", own)
