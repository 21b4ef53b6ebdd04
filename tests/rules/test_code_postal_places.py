"""The commune, the arrondissement and the department of a postal code."""

from __future__ import annotations

import pytest

from epncli.rules import code_postal


@pytest.mark.parametrize(
    ("code", "commune"),
    [
        ("75012", "Paris"),
        ("75116", "Paris"),
        ("69009", "Lyon"),
        ("13016", "Marseille"),
        ("98000", "Monaco"),
        ("01000", ""),  # Bourg-en-Bresse and Saint-Denis-lès-Bourg
        ("75680", ""),
        ("1000", ""),
        ("", ""),
    ],
)
def test_a_code_gives_its_commune_where_it_leaves_one_answer(code: str, commune: str) -> None:
    assert code_postal.commune_of(code) == commune


def test_every_code_of_paris_lyon_and_marseille_has_its_arrondissement() -> None:
    found = {f"{n:05}": code_postal.arrondissement(f"{n:05}") for n in range(100_000)}

    assert {code: number for code, number in found.items() if number} == {
        **{f"750{n:02}": n for n in range(1, 21)},
        "75116": 16,
        **{f"6900{n}": n for n in range(1, 10)},
        **{f"130{n:02}": n for n in range(1, 17)},
    }


@pytest.mark.parametrize("text", ["", "7501", "75 012", "٧٥٠١٢", "750123", "75012\n", "2A004"])
def test_what_is_not_five_digits_has_neither_arrondissement_nor_department(text: str) -> None:
    assert (code_postal.arrondissement(text), code_postal.departement(text)) == (None, "")


@pytest.mark.parametrize(
    ("code", "departement"),
    [
        ("01000", "01"),
        ("20167", "20"),
        ("75116", "75"),
        ("95999", "95"),
        ("97133", "977"),
        ("97134", "971"),
        ("97150", "978"),
        ("97460", "974"),
        ("97743", "974"),  # SAINT-DENIS CEDEX
        ("97861", "974"),  # ST PAUL CEDEX
        ("98000", "980"),
        ("98800", "988"),
        ("96000", ""),
        ("99138", ""),
    ],
)
def test_a_code_points_to_its_department_or_territory(code: str, departement: str) -> None:
    assert code_postal.departement(code) == departement
