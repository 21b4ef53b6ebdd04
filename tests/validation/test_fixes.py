"""The fixes of `check --fix`, and the values that it does not fix."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.model import enums
from epncli.model.structure import FIELDS, Structure
from epncli.registry.changes import Change
from epncli.validation.fixes import changes, count_fixes, fixed, fixes_of
from epncli.validation.partial_registry import read
from epncli.validation.registry_check import check
from epncli.validation.structure_check import check_structure
from epncli.yamlfile.source import decode

TODAY = "2026-01-31"
GOOD = {"id": "a", "nom": "Le Picoulet", "commune": "Paris", "code_postal": "75011", "code_insee": "75111"}


def structure(**fields: Any) -> Structure:
    return Structure.from_values(GOOD | fields)


@pytest.mark.parametrize(
    ("field", "text", "right"),
    [
        ("telephones", ["0148067031"], ("01 48 06 70 31",)),
        ("telephones", ["Tél : 01.48.06.70.31"], ("01 48 06 70 31",)),
        ("telephones", ["+33 (0)1 48 06 70 31"], ("01 48 06 70 31",)),
        ("telephones", ["148067031"], ("01 48 06 70 31",)),
        ("telephones", ["148067031.0", "0148067032"], ("01 48 06 70 31", "01 48 06 70 32")),
        ("telephones", ["0148067031 / 01 48 06 70 32"], ("01 48 06 70 31", "01 48 06 70 32")),
        ("telephones", ["0899701234"], ("0 899 70 12 34",)),  # a warning about the place stays
        ("code_postal", "75011.0", "75011"),
        ("code_insee", "75 111", "75111"),
        ("code_insee", "75011", "75111"),  # the postal code
        ("code_insee", "", "75111"),
        ("pivot", "588059600019", "00588059600019"),
        ("statut", "Fermé", "fermé"),
        ("services", ["insertion professionnelle via le numerique"], (enums.SERVICES[2],)),
        ("nom", " Le Picoulet\u00a0", "Le Picoulet"),
        ("adresse", "e\u0301cole", "école"),
        ("adresse", "59\u200b rue", "59 rue"),
        ("horaires", "mo-fr 9:00-12:00", "Mo-Fr 09:00-12:00"),
        ("horaires", "Mo-Fr 09:00-12:00; Mo-Fr 14:00-17:00", "Mo-Fr 09:00-12:00,14:00-17:00"),
        ("horaires", "lundi 9h-12h00 ; 13h30-17h00", "Mo 09:00-12:00,13:30-17:00"),
        ("date_fermeture", "30/09/2014", "2014-09-30"),
        ("latitude", "48,86", "48.86"),
        ("adresse", "~", ""),
        ("notes", "NULL", ""),
        ("date_maj", "null", ""),
        ("telephones", ["~", "01 48 06 70 31"], ("01 48 06 70 31",)),
        ("courriels", ["Null"], ()),
    ],
)  # fmt: skip
def test_what_has_one_right_answer_is_put_right(field: str, text: Any, right: Any) -> None:
    before = structure(**{field: text})
    assert fixed(before, TODAY) == before.changed(**{field: right})


def test_a_lost_zero_of_a_postal_code_comes_back() -> None:
    before = structure(commune="Bourg-en-Bresse", code_postal="1000", code_insee="")
    after = fixed(before, TODAY)
    assert (after.code_postal, after.code_insee) == ("01000", "01053")


@pytest.mark.parametrize(
    "fields",
    [
        {"telephones": ["01 48 06 70 31 poste 12"]},  # the extension would be lost
        {"telephones": ["01 48 06 70 31 / 70 32"]},  # probably, but not surely
        {"telephones": ["0148"]},
        {"nom": "a\x00 "},
        {"nom": "\u202eteluociP eL\u202c"},  # without the order it would read backwards
        {"services": ["internet"]},
        {"code_insee": "75112"},
        {"id": " a "},
        {"date_maj": "15/01/2026"},
        {"adresse": "  "},
        {"telephones": ["  "]},
        {"telephones": ["01 48 06 70 31", "01 48 06 70 31"]},
        {"telephone": "0148067031"},
        {"site_web": ["www.example.org"]},
    ],
)
def test_what_is_right_refused_or_not_sure_is_left_alone(fields: dict[str, Any]) -> None:
    before = structure(**fields)
    assert fixed(before, TODAY) is before


def test_fields_that_are_not_asked_for_are_left_alone() -> None:
    before = structure(telephones=["0148067031"], statut="Fermé", code_insee="")
    assert fixed(before, TODAY, ["statut"]) == before.changed(statut="fermé")


def test_repairs_are_told_value_by_value() -> None:
    before = structure(telephones=["01 48 06 70 31", "0148067032"], statut="Fermé", code_insee="")
    told = [(one.name, one.before, one.after) for one in fixes_of(Change(before, fixed(before, TODAY)))]
    assert told == [
        ("code_insee", "", "75111"),
        ("telephones", "0148067032", "01 48 06 70 32"),
        ("statut", "Fermé", "fermé"),
    ]


def test_what_is_mended_and_what_is_filled_in_are_counted_apart() -> None:
    before = structure(telephones=["0148067031", "0148067032"], statut="Fermé", code_insee="")
    lacking = structure(code_insee="")
    found = count_fixes(Change(one, fixed(one, TODAY)) for one in (before, lacking))
    assert (found.corrected, found.filled, found.all) == (3, {"code_insee": 2}, 5)


def test_only_records_that_are_not_normalised_are_validated_again() -> None:
    text = "structures:\n" + "".join(
        f"  - {{id: s{number}, nom: N, commune: Paris, {fields}}}\n"
        for number, fields in enumerate(
            (
                "code_postal: '75011'",
                "code_postal: '75011', code_insee: '75111'",
                "code_postal: '75011', code_insee: [x]",
                "code_postal: '75011', code_insee: ' '",
                "code_postal: 75011.0, telephones: 0148067031",
                "telephones: [01 48 06 70 31]",
            )
        )
    )
    reading = read(decode(Path("r.yaml"), text.encode()))
    found = check(reading, TODAY)
    assert len(found.not_normalised) < len(reading.records)
    quick = changes(reading.records, TODAY, found=found)
    assert quick == changes(reading.records, TODAY)
    assert [change.before.id for change in quick if change.before] == ["s0", "s3", "s4"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_another_length_is_told_as_a_whole(count: int) -> None:
    numbers = ["0148067031 / 01 48 06 70 32"] * count
    before = structure(telephones=numbers)
    ((told),) = fixes_of(Change(before, fixed(before, TODAY)))
    assert told.before == ", ".join(numbers)
    assert told.after == ", ".join(["01 48 06 70 31, 01 48 06 70 32"] * count)


values = (
    st.text(max_size=20)
    | st.from_regex(r"\+?[0-9 ./]{0,18}", fullmatch=True)
    | st.sampled_from(["75011", "1000", "fermé", "FERMÉ", "148067031", "0148067031", "epn", "mo 9:00-10:00"])
)


@given(
    st.dictionaries(st.sampled_from(list(FIELDS)), values | st.lists(values, max_size=3), max_size=6).map(
        lambda fields: structure(**fields)
    )
)
def test_repaired_twice_is_repaired_once_and_what_was_right_stays(before: Structure) -> None:
    after = fixed(before, TODAY)
    assert fixed(after, TODAY) == after
    normal = check_structure(before, TODAY).structure
    for name in FIELDS:
        if before.value(name) and before.value(name) == normal.value(name):
            assert after.value(name) == before.value(name)
    assert (after.id, after.date_maj, after.unknown_fields) == (
        before.id,
        before.date_maj,
        before.unknown_fields,
    )
