"""Sorting: `--sort champ,-champ`."""

from __future__ import annotations

from typing import Any

import pytest

from epncli.errors import BadUsage, ExitCode
from epncli.model.structure import FIELDS, Structure
from epncli.query.sorting import sort_structures


def structure(**fields: Any) -> Structure:
    return Structure.from_values(fields)


PLACES = [
    structure(id="1", nom="Pyrénées 10", commune="Paris", telephones=["01 46 36 70 13"]),
    structure(id="2", nom="Zoé", commune="Évry", longitude="2.25", latitude="unknown"),
    structure(id="3", nom="Pyrénées 2", commune="Paris", longitude="-1.5"),
    structure(id="4", nom="  ", commune="paris", longitude="10.1", latitude="nan"),
    structure(id="5", nom="œil", telephones=["01 40 38 12 47", "01 99"], latitude="48.9"),
    structure(id="6", nom="École", commune="Dax", statut="fermé", latitude="48.85"),
]


@pytest.mark.parametrize(
    ("spec", "ids"),
    [
        ("nom", "653124"),
        ("-nom", "213564"),
        ("commune", "621345"),
        ("-commune", "134265"),
        ("commune,-id", "624315"),
        ("-commune , nom", "314265"),
        ("longitude", "324156"),
        ("-longitude", "423156"),
        ("latitude", "654213"),
        ("telephones", "512346"),
        ("statut", "612345"),
        ("-statut", "123456"),
        ("notes", "123456"),
        ("id,id", "123456"),
    ],
)
def test_french_order_with_blanks_last_both_ways(spec: str, ids: str) -> None:
    assert "".join(one.id for one in sort_structures(PLACES, spec)) == ids


def test_codes_are_in_the_order_of_departments() -> None:
    codes = ["30001", "2B033", "01001", "", "2a004", "97411", "19999"]
    places = [structure(code_insee=code) for code in codes]
    ordered = [one.code_insee for one in sort_structures(places, "code_insee")]
    assert ordered == ["01001", "19999", "2a004", "2B033", "30001", "97411", ""]


def test_the_given_list_keeps_its_order() -> None:
    before = list(PLACES)
    sort_structures(PLACES, "-id")
    assert before == PLACES


@pytest.mark.parametrize(
    ("spec", "message", "hint"),
    [
        ("comune", "unknown field ‘comune’", "did you mean ‘commune’?"),
        ("nom,-code-postal", "unknown field ‘code-postal’", "did you mean ‘code_postal’?"),
        ("NOM", "unknown field ‘NOM’", "did you mean ‘nom’?"),
        ("", "unknown field ‘’", f"the fields are: {', '.join(FIELDS)}"),
        ("nom,", "unknown field ‘’", f"the fields are: {', '.join(FIELDS)}"),
        ("xyzzy", "unknown field ‘xyzzy’", f"the fields are: {', '.join(FIELDS)}"),
        ("\udcff", "unknown field ‘\udcff’", f"the fields are: {', '.join(FIELDS)}"),
    ],
)
def test_an_unknown_field_is_refused_with_the_nearest(spec: str, message: str, hint: str) -> None:
    with pytest.raises(BadUsage) as refused:
        sort_structures(PLACES, spec)
    assert (refused.value.message, refused.value.hint) == (message, hint)
    assert refused.value.exit_code is ExitCode.USAGE
