"""The commune and the postal code of a row, each from what else the row says."""

from __future__ import annotations

import pytest

from epncli.importing.corrections import Treatment
from epncli.importing.places import derive_place

TODAY = "2026-01-31"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"commune": "Mourenx"}, {"code_postal": "64150"}),
        ({"commune": "Paris 12e"}, {"code_postal": "75012"}),
        ({"code_postal": "75012"}, {"commune": "Paris"}),
        ({"commune": "-", "code_postal": "75012"}, {"commune": "Paris"}),
        ({"commune": "#N/A", "code_postal": "75012 PARIS"}, {"commune": "Paris", "code_postal": "75012"}),
        ({"code_postal": "64150", "code_insee": "64410"}, {"commune": "Mourenx"}),
        ({"commune": "", "code_insee": "75112"}, {"commune": "Paris", "code_postal": "75012"}),
        ({"code_insee": "69123"}, {"commune": "Lyon"}),
        ({"commune": "Saint-Denis", "code_insee": "11339"}, {"code_postal": "11310"}),
        ({"commune": "Lyon", "code_postal": "00000", "code_insee": "69383"}, {"code_postal": "69003"}),
        ({"commune": "Lyon", "adresse": "3 rue de la Mairie, 69003 Lyon"}, {"code_postal": "69003"}),
        ({"adresse": "104 avenue Koenig, 98800 Nouméa"}, {"commune": "Nouméa", "code_postal": "98800"}),
        ({"adresse": "104 avenue Koenig 98 800 NOUMEA CEDEX"}, {"commune": "Nouméa", "code_postal": "98800"}),
        ({"adresse": "Tribu de Gööpä - 98827 Poya (Nèkö)"}, {"commune": "Poya", "code_postal": "98827"}),
        ({"adresse": "1 rue Traversière, 75012 Paris, France"}, {"commune": "Paris", "code_postal": "75012"}),
        ({"commune": "49000 Angers"}, {"commune": "Angers", "code_postal": "49000"}),
        ({"commune": "Le Hameau", "code_insee": "64410"}, {"code_postal": "64150"}),
        ({"commune": "Le Hameau", "adresse": "1 rue A 64150 Mourenx"}, {"code_postal": "64150"}),
    ],
)  # fmt: skip
def test_what_the_base_leaves_as_the_one_answer(values: dict[str, str], found: dict[str, str]) -> None:
    assert {one.field: one.values[0] for one in derive_place(values, TODAY) if one.values} == found


@pytest.mark.parametrize(
    "values",
    [
        {"commune": "Paris", "code_postal": "75012"},
        {"commune": "PARIS 12", "code_postal": "75012", "adresse": "3 rue X, 69003 Lyon"},
        {"commune": "Bourg-en-Bresse", "code_postal": "1000"},
        {"commune": "Paris"},
        {"commune": "Saint-Denis"},
        {"commune": "Nulle-Part"},
        {"code_postal": "64150"},
        {"code_postal": "49009"},
        {"commune": "Lyon", "adresse": "3 rue de la Mairie, 75012 Paris"},
        {"adresse": "BP 12345"},
        {"nom": "Médiathèque"},
        {},
    ],
)
def test_what_is_there_already_or_has_no_one_answer(values: dict[str, str]) -> None:
    assert derive_place(values, TODAY) == []


def test_what_was_done_and_why() -> None:
    [commune, code] = derive_place({"commune": "#N/A", "code_postal": "75012 PARIS"}, TODAY)
    assert (commune.text, commune.treatment) == ("#N/A", Treatment.PLACE_DERIVED)
    assert commune.reason == "the cell has a spreadsheet error or a formula"
    assert (code.text, code.treatment) == ("75012 PARIS", Treatment.VALUES_EXTRACTED)
    [refused] = derive_place({"commune": "Berlin", "code_postal": "10115x"}, TODAY)
    assert (refused.values, refused.treatment) == ((), Treatment.LEFT_OUT)
