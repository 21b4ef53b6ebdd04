"""Structures far from the other places of their commune, and structures that only seem to be."""

from __future__ import annotations

from typing import Any

import pytest
from linear import assert_linear

from epncli.model.structure import Structure
from epncli.validation.distances import find

LYON = ("45.7640", "4.8357")
NEAR_LYON = ("45.7700", "4.8800")
ROANNE = ("46.0367", "4.0689")  # 67 km away, less than 60 km outside the department


def place(id: str, where: tuple[str, str], **fields: Any) -> Structure:  # noqa: A002  the field has this name
    values = {"id": id, "nom": id.upper(), "commune": "Lyon", "code_postal": "69001"} | fields
    return Structure.from_values(values | {"latitude": where[0], "longitude": where[1]})


def said(*places: Structure, only: set[int] | None = None) -> list[tuple[int, str]]:
    return [(position, problem.message) for position, problem in find(places, only)]


def test_a_place_far_from_all_others_of_its_commune_is_reported_at_its_latitude() -> None:
    ((position, problem),) = find([place("a", LYON), place("b", ROANNE), place("c", NEAR_LYON)])
    assert (position, problem.id, problem.nom, problem.field) == (1, "b", "B", "latitude")
    assert problem.message == "the coordinates are 67 km from those of ‘a’, the nearest other place in Lyon"
    assert problem.hint == "correct the coordinates of one of the two, or its commune"


def test_of_two_places_the_second_one_is_reported() -> None:
    assert [position for position, _said in said(place("a", ROANNE), place("b", LYON))] == [1]


def test_with_only_the_places_asked_for_are_reported() -> None:
    places = [place("a", LYON), place("b", ROANNE), place("c", NEAR_LYON)]
    assert [position for position, _said in said(*places, only={1})] == [1]
    assert said(*places, only={0, 2}) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"commune": "Roanne", "code_postal": "42300"},
        {"commune": "Villefranche-sur-Saône"},
        {"commune": ""},
        {"latitude": ""},
        {"latitude": "x"},
        {
            "latitude": "48.8566",
            "longitude": "2.3522",
        },  # outside its department, as the rule of one place says
        {"latitude": "0", "longitude": "0"},
    ],
)
def test_places_that_cannot_be_compared_are_left_alone(fields: dict[str, str]) -> None:
    other = place("b", ROANNE).changed(**fields)
    assert said(place("a", LYON), other, place("c", NEAR_LYON)) == []


def test_two_groups_of_places_in_one_commune_are_left_alone() -> None:
    assert said(place("a", LYON), place("b", NEAR_LYON), place("c", ROANNE), place("d", ROANNE)) == []


def test_places_in_one_commune_take_no_more_time_than_their_number_allows() -> None:
    def places(count: int) -> list[Structure]:
        return [place(f"p{n}", (f"45.{7000 + n % 1000}", f"4.{8000 + n * 7 % 1000}")) for n in range(count)]

    assert said(*places(5_000)) == []
    assert_linear(lambda given: said(*given), places, 5_000)
