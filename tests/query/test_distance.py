"""Distances between cities, compared with those on the ellipsoid (WGS 84).

Source: GeographicLib 2.1, `Geodesic.WGS84.Inverse` (C. F. F. Karney, Algorithms for geodesics, Journal of
Geodesy 87, 2013), from the same coordinates. A sphere differs from the ellipsoid by up to 0.6 %.
"""

from __future__ import annotations

import pytest

from epncli.model.structure import Structure
from epncli.query.distance import Distant, by_distance, centre, position

CITIES = {
    "Paris": (48.8566, 2.3522),
    "Marseille": (43.2965, 5.3698),
    "Lyon": (45.7640, 4.8357),
    "Lille": (50.6292, 3.0573),
    "Brest": (48.3904, -4.4861),
    "Ajaccio": (41.9192, 8.7386),
    "Saint-Denis": (-20.8789, 55.4481),
    "Cayenne": (4.9224, -52.3135),
    "Fort-de-France": (14.6161, -61.0588),
}


def place(name: str, latitude: object, longitude: object) -> Structure:
    return Structure(id=name, latitude=str(latitude), longitude=str(longitude))


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ("Paris", "Marseille", 660.5),
        ("Paris", "Lyon", 391.7),
        ("Lille", "Brest", 600.0),
        ("Marseille", "Ajaccio", 315.9),
        ("Paris", "Saint-Denis", 9343.7),
        ("Cayenne", "Fort-de-France", 1438.0),
    ],
)
def test_the_distance_between_two_cities(one: str, other: str, kilometres: float) -> None:
    for origin, end in ((one, other), (other, one)):
        [found] = by_distance([place(end, *CITIES[end])], CITIES[origin])
        assert found.kilometres == pytest.approx(kilometres, rel=0.006)


def test_two_points_on_either_side_of_180_degrees_are_near_and_all_longitudes_meet_at_a_pole() -> None:
    east, west = place("east", 0, 179.9), place("west", 0, -179.9)
    [found] = by_distance([east], (0, -179.9))
    assert found.kilometres == pytest.approx(22.264, rel=0.006)
    assert [round(one.kilometres or 0) for one in by_distance([west, east], (90, 45))] == [10008, 10008]
    assert by_distance([place("pole", -90, 12)], (-90, -100))[0].kilometres == pytest.approx(0)


def test_the_nearest_comes_first_and_what_has_no_coordinates_last_in_its_order() -> None:
    nowhere = [
        Structure(id="x"),
        place("y", "48.85", "north"),
        place("z", "148.85", "2.35"),
        Structure(id="w"),
    ]
    places = [nowhere[0], *(place(name, *CITIES[name]) for name in ("Lyon", "Paris", "Lille")), *nowhere[1:]]
    found = by_distance(places, CITIES["Paris"])
    assert [one.structure.id for one in found] == ["Paris", "Lille", "Lyon", "x", "y", "z", "w"]
    assert found[0] == Distant(places[2], 0.0)
    assert [one.kilometres for one in found[3:]] == [None] * 4


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [
        ("48.85", "2.35", (48.85, 2.35)),
        ("48,85", "-2,35", (48.85, -2.35)),
        ("48.85", "", None),
        ("", "2.35", None),
        (" 48°51'N", "2°21'07\" E", (48.85, 2.351944)),
        ("-90", "180", (-90.0, 180.0)),
        ("91", "2", None),
        ("48", "181", None),
        ("nan", "inf", None),
    ],
)
def test_a_position_is_two_numbers_of_degrees(
    latitude: str, longitude: str, point: tuple[float, float] | None
) -> None:
    assert position(place("a", latitude, longitude)) == point


def test_the_centre_is_the_mean_of_the_points() -> None:
    assert centre([place("a", 48, 2), Structure(), place("b", 49, -1)]) == (48.5, 0.5)
    assert centre([Structure()]) is None
