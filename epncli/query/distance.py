"""Distances of structures from a point, in a straight line over the ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from epncli.model.structure import Structure
from epncli.rules.coordonnees import point
from epncli.rules.territories import distance

Point = tuple[float, float]
"""Latitude and longitude, in degrees (WGS 84)."""


class Distant(NamedTuple):
    """A structure and its distance."""

    structure: Structure
    kilometres: float | None
    """None for a structure without coordinates."""


def position(structure: Structure) -> Point | None:
    """The point of a structure, or None unless both coordinates are numbers of degrees in range."""
    if not (structure.latitude and structure.longitude):
        return None
    found = point(structure.latitude, structure.longitude)
    return found if found and abs(found[0]) <= 90 and abs(found[1]) <= 180 else None


def by_distance(structures: Iterable[Structure], origin: Point) -> list[Distant]:
    """The structures with their distances from a point, the nearest first.

    Those without coordinates come last, in their order.
    """
    found = []
    for structure in structures:
        place = position(structure)
        found.append(Distant(structure, None if place is None else distance(origin, place)))
    return sorted(found, key=lambda one: (one.kilometres is None, one.kilometres or 0.0))


def centre(structures: Sequence[Structure]) -> Point | None:
    """The mean of the points of structures that are near each other; None if none has coordinates."""
    places = [place for one in structures if (place := position(one))]
    if not places:
        return None
    latitudes, longitudes = zip(*places, strict=True)
    return sum(latitudes) / len(places), sum(longitudes) / len(places)
