"""Check of one structure: its normal form and its problems."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epncli.model import enums
from epncli.model.structure import FIELDS, Kind, Structure
from epncli.problems import Level
from epncli.validation.structure_check import check_structure, check_value, complete, context_of

ALPHABETS = {
    Kind.CODE_POSTAL: "0127 .+-AB",
    Kind.CODE_INSEE: "0127 .+-AB",
    Kind.TELEPHONE: "0136 .+-()/",
    Kind.LATITUDE: "0148 .,+-°\u2212",
    Kind.LONGITUDE: "0148 .,+-°\u2212",
    Kind.PIVOT: "0158 .+-W",
    Kind.DATE: "0123 /.-:T",
    Kind.PLANNED_DATE: "0123 /.-:T",
    Kind.PARTIAL_DATE: "0123 /.-:T",
    Kind.URL: "wa.fr:/é? ",
    Kind.COURRIEL: "aé.@-+ fr",
    Kind.HORAIRES: "MoTu-,; 0189:",
}
TODAY = "2026-01-31"
GOOD = {
    "id": "a",
    "nom": "Le Picoulet",
    "commune": "Paris",
    "code_postal": "75011",
    "telephones": ["01 48 06 70 31"],
}


def structure(**fields: Any) -> Structure:
    return Structure.from_values(
        {name: value for name, value in (GOOD | fields).items() if value is not None}
    )


def said(validated: Structure, names: Any = None) -> list[tuple[str, str, int]]:
    """Level, field and item of each problem."""
    return [
        (str(one.level), one.field, one.item) for one in check_structure(validated, TODAY, names).problems
    ]


def messages(validated: Structure) -> list[str]:
    return [problem.message for problem in check_structure(validated, TODAY).problems]


@pytest.mark.parametrize(
    ("text", "date", "refused"),
    [
        ("2026-12-03", "2026-12-03", False),
        ("3 décembre 2026", "2026-12-03", False),
        ("2025-12-03", "2025-12-03", False),  # a round may run late
        ("2026-12", "2026-12", True),
        ("2026-02-30", "2026-02-30", True),
        ("lundi", "lundi", True),
    ],
)
def test_the_day_to_call_back_is_a_day_past_or_future(text: str, date: str, refused: bool) -> None:
    checked = check_structure(structure(rappeler_le=text), TODAY)
    assert (checked.structure.rappeler_le, checked.refused) == (date, refused)


def test_a_misspelt_commune_is_one_problem() -> None:
    misspelt = structure(commune="Pariss", code_insee="75111")
    assert messages(misspelt) == ["‘75011’ is the postal code of Paris, not of ‘Pariss’"]


def test_a_structure_that_is_right_stays_the_very_same() -> None:
    right = structure()
    checked = check_structure(right, TODAY)
    assert checked.structure is right
    assert checked.problems == []
    assert not checked.refused


@pytest.mark.parametrize(
    ("field", "text", "normal"),
    [
        ("id", " a ", "a"),
        ("nom", " Le\tPicoulet ", "Le Picoulet"),
        ("commune", "Paris ", "Paris"),
        ("code_postal", "75011.0", "75011"),
        ("code_insee", "75 111", "75111"),
        ("adresse", "e\u0301cole", "école"),
        ("latitude", "48,86", "48.86"),
        ("longitude", "+2.38", "2.38"),
        ("pivot", "732 829 320 00074", "73282932000074"),
        ("typologie", ["epn"], ("EPN",)),
        ("telephones", ["0148067031"], ("01 48 06 70 31",)),
        ("telephones", ["0148067031 / 01 48 06 70 32"], ("01 48 06 70 31", "01 48 06 70 32")),
        ("telephones", ["0148067031", "+33148067031"], ("01 48 06 70 31",)),
        ("telephones", ["0148067031", "  "], ("01 48 06 70 31",)),
        ("courriels", ["a@EXAMPLE.org"], ("a@example.org",)),
        ("site_web", ["HTTP://example.org"], ("http://example.org",)),
        ("horaires", "mo-fr 9:00-12:00", "Mo-Fr 09:00-12:00"),
        ("statut", "Ouvert", "ouvert"),
        ("presentation_resume", " court ", "court"),
        ("presentation_detail", "deux\r\nlignes", "deux\nlignes"),
        ("services", ["insertion professionnelle via le numerique"], (enums.SERVICES[2],)),
        ("fiche_acces_libre", "HTTPS://example.org/1", "https://example.org/1"),
        ("date_maj", "15/01/2026", "2026-01-15"),
        ("notes", " rappeler \n", "rappeler"),
        ("adresse", "  ", ""),
    ],
)  # fmt: skip
def test_each_field_comes_out_in_the_normal_form_of_its_kind(field: str, text: Any, normal: Any) -> None:
    assert check_structure(structure(**{field: text}), TODAY).structure.value(field) == normal


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"nom": "a\x00b"}, "nom"),
        ({"code_postal": "7501"}, "code_postal"),
        ({"code_insee": "7511"}, "code_insee"),
        ({"latitude": "nord", "longitude": "2"}, "latitude"),
        ({"latitude": "48", "longitude": "200"}, "longitude"),
        ({"pivot": "123"}, "pivot"),
        ({"horaires": "tous les jours"}, "horaires"),
        ({"statut": "en travaux"}, "statut"),
        ({"presentation_resume": "x" * 281}, "presentation_resume"),
        ({"date_maj": "2026-02-01"}, "date_maj"),  # tomorrow
        ({"statut": "fermé", "date_fermeture": "2027"}, "date_fermeture"),
        ({"site_web": ["ftp://example.org"]}, "site_web"),
    ],
)
def test_a_bad_value_is_an_error_of_its_field_and_stays_as_it_was(fields: dict[str, Any], field: str) -> None:
    bad = structure(**fields)
    checked = check_structure(bad, TODAY)
    assert [problem.field for problem in checked.problems if problem.level is Level.ERROR] == [field]
    assert checked.refused
    assert checked.structure.value(field) == bad.value(field)
    assert {problem.id for problem in checked.problems} == {"a"}


def test_a_problem_of_a_list_says_which_item_is_meant() -> None:
    bad = structure(telephones=["01 48 06 70 31", "0148", "08 99 70 12 34"])
    assert said(bad) == [("error", "telephones", 1), ("warning", "telephones", 2)]


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if field.required])
@pytest.mark.parametrize("blank", [None, "", " \u00a0"])
def test_a_required_field_that_is_blank_is_missing(name: str, blank: str | None) -> None:
    problems = check_structure(structure(**{name: blank}), TODAY).problems
    assert [(one.level, one.field, one.message) for one in problems] == [
        (Level.ERROR, name, "this field is required")
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"date_fermeture": "2014-09"}, ["date_fermeture"]),
        ({"motif_fermeture": "travaux"}, ["motif_fermeture"]),
        ({"date_fermeture": "2014-09", "motif_fermeture": "travaux", "statut": "ouvert"}, ["date_fermeture"]),
        ({"date_fermeture": "2014-09", "motif_fermeture": "travaux", "statut": "fermé"}, []),
        ({"statut": "fermé"}, []),
        ({"date_fermeture": "2014-09", "statut": "Fermé"}, []),
        ({"telephones": None}, [""]),
        ({"telephones": None, "courriels": "a@example.org"}, []),
        ({"telephones": None, "site_web": "https://example.org"}, []),
        ({"telephones": None, "statut": "fermé"}, []),
        ({"latitude": "48.86"}, ["latitude"]),
        ({"longitude": "2.38"}, ["longitude"]),
        ({"latitude": "2.38", "longitude": "48.86"}, ["latitude"]),  # swapped
        ({"latitude": "48.86", "longitude": "2.38"}, []),
        ({"latitude": "-20.9", "longitude": "55.5"}, ["latitude"]),  # La Réunion
        ({"commune": "Lyon"}, ["code_postal"]),
        ({"telephones": ["02 62 21 21 21"]}, ["telephones"]),  # La Réunion
        ({"code_insee": "75112"}, ["code_insee"]),
    ],
)
def test_fields_that_do_not_go_together_are_warned_of(fields: dict[str, Any], expected: list[str]) -> None:
    assert said(structure(**fields)) == [("warning", field, 0) for field in expected]


def test_a_command_answers_for_the_fields_that_it_changes_and_no_others() -> None:
    bad = structure(nom=" x ", telephones=["0148"], date_maj="2027-01-01", code_postal="")
    assert said(bad, ["nom"]) == []
    assert check_structure(bad, TODAY, ["nom"]).structure == bad.changed(nom="x")
    assert said(bad, ["telephones"]) == [("error", "telephones", 0)]
    assert said(bad, ["code_postal"]) == [("error", "code_postal", 0), ("warning", "telephones", 0)]


def test_a_change_that_another_field_contradicts_is_said_and_never_refused() -> None:
    moved = structure(commune="Nouméa", code_postal="75011", telephones=["28 12 34"])
    problems = check_structure(moved, TODAY, ["code_postal"]).problems
    assert [(one.level, one.field) for one in problems] == [
        (Level.WARNING, "code_postal"),
        (Level.WARNING, "telephones"),
    ]
    assert check_structure(moved, TODAY, ["code_postal"]).structure.telephones == ("28 12 34",)
    assert said(structure(commune="Lyon"), ["commune"]) == [("warning", "code_postal", 0)]


def test_a_phone_is_judged_by_the_postal_code_in_its_normal_form() -> None:
    validated = check_structure(
        structure(commune="Nouméa", code_postal="98 800", telephones=["281234"]), TODAY
    )
    assert validated.structure.telephones == ("28 12 34",)
    assert validated.problems == []


@pytest.mark.parametrize(
    ("fields", "code_insee"),
    [
        ({}, "75111"),
        ({"commune": "Bourg-en-Bresse", "code_postal": "01000"}, "01053"),
        ({"commune": "Lyon"}, ""),
        ({"commune": ""}, ""),
        ({"code_postal": "75999"}, ""),
        ({"code_insee": "69001"}, "69001"),  # wrong, but a person wrote it
    ],
)
def test_the_insee_code_is_filled_in_where_one_answer_is_left(
    fields: dict[str, Any], code_insee: str
) -> None:
    assert complete(structure(**fields)).code_insee == code_insee


@pytest.mark.parametrize("text", ["~", "null", "Null", "NULL", " ~ "])
def test_what_yaml_takes_for_no_value_is_none_and_a_required_one_is_missing(text: str) -> None:
    validated = check_structure(structure(nom=text, adresse=text, telephones=[text]), TODAY)
    assert [(one.level, one.field, one.message) for one in validated.problems] == [
        (Level.WARNING, "nom", f"‘{text.strip()}’ means ‘no value’ in YAML and in databases"),
        (Level.WARNING, "telephones", f"‘{text.strip()}’ means ‘no value’ in YAML and in databases"),
        (Level.WARNING, "adresse", f"‘{text.strip()}’ means ‘no value’ in YAML and in databases"),
        (Level.ERROR, "nom", "this field is required"),
        (
            Level.WARNING,
            "",
            "this structure cannot be contacted: it has no phone number, e-mail address or website",
        ),
    ]
    assert (validated.structure.nom, validated.structure.adresse, validated.structure.telephones) == (
        "",
        "",
        (),
    )


@pytest.mark.parametrize("name", list(FIELDS))
@given(data=st.data())
@settings(max_examples=30)
def test_a_normal_form_is_final_for_what_looks_like_a_value(name: str, data: st.DataObject) -> None:
    """Texts of the characters that such values have, where random ones are nearly all refused alike."""
    text = data.draw(
        st.text(st.sampled_from(ALPHABETS.get(FIELDS[name].kind, "aé ~-.,'’&;#\n")), max_size=12)
    )
    context = context_of(structure(), TODAY)
    result = check_value(text, FIELDS[name], context)
    for value in () if result.refused else result.values:
        assert check_value(value, FIELDS[name], context).values == (value,)


texts = st.text(max_size=30) | st.from_regex(r"[0-9 +./()-]{0,20}", fullmatch=True)


@given(
    fields=st.dictionaries(st.sampled_from(list(FIELDS)), texts | st.lists(texts, max_size=3), max_size=6),
    names=st.none() | st.sets(st.sampled_from(list(FIELDS))),
)
def test_no_text_breaks_it_and_a_normal_form_is_normal(
    fields: dict[str, Any], names: set[str] | None
) -> None:
    checked = check_structure(Structure.from_values(fields), TODAY, names)
    again = check_structure(checked.structure, TODAY, names)
    assert again.structure == checked.structure
    assert again.refused == checked.refused
    assert all(problem.field in FIELDS or problem.field == "" for problem in checked.problems)


@pytest.mark.parametrize(
    "value", ["x" * 5000, "9" * 5000, "1 " * 2500, "é, " * 2000, "\x1b" * 5000, "1000" + " " * 5000]
)
def test_no_message_is_as_long_as_a_value_can_be(value: str) -> None:
    for name in FIELDS:
        for problem in check_structure(structure(**{name: value}), TODAY).problems:
            assert len(problem.message) < 500 and len(problem.hint) < 1000
