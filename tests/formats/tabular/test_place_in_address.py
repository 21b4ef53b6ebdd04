"""The whole address in one cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.formats.detection import read
from epncli.formats.reading import InputFile
from epncli.formats.tabular import place_in_address


def places(*addresses: str, header: str = "Adresse", more: str = "") -> list[tuple[object, ...]]:
    rows = "".join(f'A\t"{address}"{more and chr(9)}\n' for address in addresses)
    found = read(InputFile("lieux.csv", f"nom\t{header}{more}\n{rows}".encode()))
    assert found.warnings == ()
    return [tuple(row.values.get(name) for name in place_in_address.FIELDS) for row in found.rows]


@pytest.mark.parametrize(
    ("address", "street", "code", "commune"),
    [
        ("12 rue du Puits, 75012 Paris", "12 rue du Puits", "75012", "Paris"),
        ("104 avenue Koenig - 98800 NOUMÉA", "104 avenue Koenig", "98800", "NOUMÉA"),
        ("1 place X\n69 001 Lyon.", "1 place X", "69001", "Lyon"),
        ("Le Bourg 35120 Saint-Broladre, France", "Le Bourg", "35120", "Saint-Broladre"),
        ("75012 Paris", "", "75012", "Paris"),
    ],
)
@pytest.mark.parametrize("header", ["Adresse", "Adresse complète"])
def test_an_address_that_ends_in_code_and_commune_is_three_fields(
    header: str, address: str, street: str, code: str, commune: str
) -> None:
    assert places(address, header=header) == [(street, code, commune)]


@pytest.mark.parametrize(
    "address",
    ["12 rue du Puits", "12 rue X, 75012 Lyon", "BP 75012", "12345 Qqq", "75012", "x" * 600, "75012 " * 80],
)
def test_other_addresses_stay_as_they_are(address: str) -> None:
    whole = "1 rue A, 75001 Paris"
    split = ("1 rue A", "75001", "Paris")
    assert places(whole, whole, address) == [split, split, (address, "", "")]
    assert places(address) == [(address, None, None)]


def test_a_table_with_a_column_of_postal_codes_keeps_its_addresses() -> None:
    assert places("12 rue du Puits, 75012 Paris", more="\tCP") == [("12 rue du Puits, 75012 Paris", "", None)]


@given(st.text(max_size=600))
def test_any_text_has_an_answer(cell: str) -> None:
    assignment = place_in_address.assignment([cell, "1 rue A, 75001 Paris"] * 2 + ["75001 Paris"], 0)
    assert assignment is not None and assignment.combine is not None
    assert len(assignment.combine([cell])) == len(assignment.fields)
