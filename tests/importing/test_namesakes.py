"""Structures with the same name: with which of them a row is compared."""

from __future__ import annotations

from typing import Any

import pytest

from epncli.formats.reading import Reading, Row
from epncli.importing import namesakes
from epncli.importing.matching import match
from epncli.importing.namesakes import Namesakes, most_similar
from epncli.model.structure import Structure

COUNT = 200


def halls(**fields: str) -> list[Structure]:
    """Many places of one name, each with its own phone number."""
    return [
        Structure.from_values(
            {
                "id": f"h{n}",
                "nom": "Salle",
                "commune": "Paris",
                "code_postal": "75020",
                "telephones": [phone(n)],
            }
            | fields
        )
        for n in range(COUNT)
    ]


def phone(number: int) -> str:
    return f"01 46 36 70 {number:03}"


def row(number: int, **values: Any) -> Row:
    given = {"nom": "Salle", "commune": "Paris", "code_postal": "75020", "telephones": (phone(number),)}
    return Row(number + 2, given | values)


def of(structures: list[Structure]) -> Namesakes:
    found = Namesakes(structures)
    found.positions.extend(range(len(structures)))
    return found


def test_a_row_is_compared_with_all_of_a_few() -> None:
    few = of(halls()[:20])
    assert few.to_compare(row(3).values, {1}) == list(range(20))


def test_of_many_a_row_is_compared_with_those_that_have_a_rare_value_of_it() -> None:
    assert of(halls()).to_compare(row(150).values, {1}) == [150]


def test_of_many_without_a_rare_value_a_row_is_compared_with_the_first_that_are_free() -> None:
    assert of(halls()).to_compare(row(900).values, {0, 1, 5}) == [2, 3, 4, *range(6, 23)]
    assert of(halls()).to_compare(row(900).values, range(COUNT)) == [0]


def test_the_most_similar_structure_has_most_values_of_the_row() -> None:
    assert most_similar(row(3).values, halls()[:20]) == 3


@pytest.mark.parametrize("ids", [{}, {"id": "h"}])
def test_each_row_finds_its_structure_among_many_of_one_name_or_id(
    ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []
    likeness = namesakes._likeness
    monkeypatch.setattr(namesakes, "_likeness", lambda *pair: (compared.append(1), likeness(*pair))[1])
    rows = [row(n, **ids) for n in reversed(range(COUNT))]
    found = match(halls(**ids), [Reading("f.csv", rows)], "2026-01-31")
    assert [one.position for one in found] == list(reversed(range(COUNT)))
    assert len(compared) <= 20 * COUNT  # each with all would be 40,000


def test_rows_with_the_identifier_of_a_partner_take_structures_without_one_of_this_partner() -> None:
    structures = [
        one.changed(identifiants_externes=(f"hub:{n}",)) if n < 100 else one for n, one in enumerate(halls())
    ]
    rows = [row(900 + n, identifiants_externes=(f"hub:{900 + n}",)) for n in range(COUNT)]
    found = match(structures, [Reading("f.csv", rows)], "2026-01-31")
    assert [one.position for one in found] == [*range(100, 200), *[None] * 100]
