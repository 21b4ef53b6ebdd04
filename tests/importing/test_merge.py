"""Comparison of files with a registry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Reading, Row
from epncli.importing.merge import merge
from epncli.importing.merge_result import Merge, RowPlace
from epncli.model.structure import Structure
from epncli.registry.compare import Difference
from epncli.registry.registry import Registry
from epncli.rules import identifiant

ROOT = Path(__file__).parents[2]
TODAY = "2026-01-31"
A = Structure(
    id="a", nom="Centre A", commune="Paris", code_postal="75012", telephones=("01 40 18 04 41", "3949"),
    notes="x", date_maj="2025-05-05",
)  # fmt: skip
B = Structure(id="b", nom="Centre B", commune="Bourg-en-Bresse", code_postal="01000", statut="fermé")


def found(
    *rows: dict[str, Any],
    structures: tuple[Structure, ...] = (A, B),
    strict: bool = False,
    blank_clears: bool = False,
    **more: Any,
) -> Merge:
    numbered = [Row(line, values) for line, values in enumerate(rows, start=2)]
    reading = Reading("f.csv", numbered, **{"separator": "|", **more})
    return merge(structures, [reading], TODAY, strict=strict, blank_clears=blank_clears)


def said(merged: Merge) -> list[tuple[int, str]]:
    return [(one.line, one.problem.message) for one in merged.errors]


def changed(merged: Merge) -> dict[str, Any]:
    [one] = merged.changed
    assert one.before is A
    return {name: one.after.value(name) for name in (*one.fields, "date_maj")}


def test_a_row_that_says_the_same_changes_nothing() -> None:
    same = {"id": "a", "nom": "Centre A", "telephones": A.telephones, "statut": "ouvert"}
    assert found(same, {"id": "b", "code_postal": "1000"}) == Merge(same=2)


@pytest.mark.parametrize(
    "cells",
    [
        {"telephones": ("0140180441", "+33 (0)1 40 18 04 41 / 39.49")},
        {"date_maj": "05/05/2025"},
        {"nom": " Centre A "},
        {"notes": "x\r\n"},
        {"commune": "Paris", "code_postal": "75012.0"},
    ],
)
def test_another_spelling_of_the_same_is_the_same(cells: dict[str, Any]) -> None:
    assert found({"id": "a", **cells}, {"id": "b"}).changed == []


def test_a_value_of_the_registry_that_the_rules_would_refuse_is_the_same_as_itself() -> None:
    odd = Structure(
        id="o", nom="O", commune="?", code_postal="abc", telephones=("a|b", "12"), statut="peut-être"
    )
    cells = {"id": "o", "code_postal": "abc", "telephones": ("a", "b", "12"), "statut": "peut-être"}
    assert found(cells, structures=(odd,)) == Merge(same=1)


def test_a_bad_value_that_a_row_repeats_beside_another_spelling_of_a_good_one_is_the_same() -> None:
    odd = A.changed(telephones=("12", "01 40 18 04 41"))
    assert found({"id": "a", "telephones": ("12", "0140180441")}, structures=(odd,)) == Merge(same=1)


def test_a_row_in_the_normal_form_of_a_value_of_the_registry_is_the_same() -> None:
    odd = A.changed(telephones=("0140180441",))
    assert found({"id": "a", "telephones": ("01 40 18 04 41",)}, structures=(odd,)) == Merge(same=1)


def test_a_value_is_the_same_though_a_new_postal_code_makes_another_form_normal() -> None:
    here = A.changed(code_postal="98800", telephones=("+687 28 12 34",))
    row = {"id": "a", "code_postal": "75012", "telephones": ("+687281234",)}
    [one] = found(row, structures=(here,)).changed
    assert one == Difference(here, here.changed(code_postal="75012", date_maj=TODAY), ("code_postal",))


def test_what_differs_is_shown_field_by_field_and_dated_today() -> None:
    merged = found({"id": "a", "nom": "Centre A'", "telephones": ("0140180442",)}, {"id": "b"})
    assert changed(merged) == {
        "nom": "Centre A'", "telephones": ("01 40 18 04 42",), "date_maj": TODAY,
    }  # fmt: skip
    assert merged.same == 1


@pytest.mark.parametrize(
    ("cells", "date_maj"),
    [
        ({"source": "y", "date_maj": "15/01/2024"}, "2024-01-15"),
        ({"source": "y", "date_maj": "2025-05-05"}, "2025-05-05"),
        ({"source": "y", "date_maj": "05/05/2025"}, "2025-05-05"),
        ({"source": "y", "date_maj": ""}, TODAY),
        ({"source": "y", "date_maj": "courant 2024"}, TODAY),
        ({"source": "y"}, TODAY),
        ({"notes": "y", "date_maj": ""}, "2025-05-05"),
        ({"notes": "y", "rappeler_le": "2026-02-03", "identifiants_externes": ("x:1",)}, "2025-05-05"),
        ({"date_maj": "2025-06-01"}, "2025-06-01"),
    ],
)
def test_the_date_is_that_of_the_row_else_of_today_if_a_published_field_changes(
    cells: dict[str, str], date_maj: str
) -> None:
    assert changed(found({"id": "a", **cells}, {"id": "b"}))["date_maj"] == date_maj


def test_what_is_new_gets_no_date_that_the_file_does_not_give() -> None:
    merged = found({"nom": "C", "commune": "Paris", "code_postal": "75001", "statut": "ouvert"})
    assert merged.new == [Structure(nom="C", commune="Paris", code_postal="75001")]


@pytest.mark.parametrize(("word", "statut"), [("OUVERT", ""), ("ACTIF", ""), ("Inactif", "fermé")])
def test_a_new_structure_has_only_the_status_that_is_not_the_default(word: str, statut: str) -> None:
    merged = found({"nom": "C", "commune": "Paris", "code_postal": "75001", "statut": word})
    assert merged.new == [Structure(nom="C", commune="Paris", code_postal="75001", statut=statut)]


def test_a_blank_cell_clears_nothing_unless_it_is_told_to() -> None:
    rows = {"id": "a", "notes": " ", "telephones": ()}, {"id": "b"}
    merged = found(*rows)
    assert (merged.changed, merged.same, merged.blank_cells) == ([], 2, 2)
    merged = found(*rows, blank_clears=True)
    assert changed(merged) == {"notes": "", "telephones": (), "date_maj": TODAY}
    assert merged.blank_cells == 0
    assert changed(found({"id": "a", "date_maj": ""}, {"id": "b"}, blank_clears=True))["date_maj"] == ""
    by_name = {"nom": "CENTRE A", "code_postal": "75012", "notes": "", "telephones": ()}
    assert found(by_name).changed == [Difference(A, replace(A, nom="CENTRE A", date_maj=TODAY), ("nom",))]
    merged = found({"id": "a", "notes": ""}, national=True)
    assert (merged.changed, merged.blank_cells) == ([], 0)


def test_a_row_with_the_id_of_quite_another_place_is_a_new_structure() -> None:
    row = {"id": "a", "nom": "Médiathèque", "commune": "Lyon", "code_postal": "69001"}
    merged = found(row, {"id": "b"})
    assert merged.new == [Structure(nom="Médiathèque", commune="Lyon", code_postal="69001")]
    assert [(one.line, one.problem.message) for one in merged.warnings][:1] == [
        (2, "the id ‘a’ is that of another place in the registry"),
    ]
    moved = found({**row, "commune": "Paris"}, {"id": "b"})
    assert [one.fields for one in moved.changed] == [("nom", "code_postal")]


def test_what_is_required_cannot_be_cleared() -> None:
    """By a blank cell: the registry keeps it. A strict import refuses the row."""
    row = {"id": "a", "nom": "", "commune": "-", "code_postal": "#REF!"}
    merged = found(row, {"id": "b"})
    assert (merged.same, merged.changed, merged.errors) == (2, [], [])
    row = {"id": "a", "nom": ""}
    assert found(row, {"id": "b"}, blank_clears=True).changed == []
    merged = found(row, {"id": "b"}, strict=True, blank_clears=True)
    assert (said(merged), merged.refused) == ([(2, "this field is required")], 1)


def test_rows_are_matched_by_id_then_by_name_and_code() -> None:
    merged = found(
        {"id": "nouveau", "nom": "centre-a", "code_postal": "75012", "commune": "Paris"},
        {"nom": "CENTRE B", "code_postal": "1000", "commune": "Bourg-en-Bresse"},
        {"nom": "Centre A", "code_postal": "75013", "commune": "Paris"},
    )
    assert [(one.before.id, one.after.id) for one in merged.changed] == [("a", "a"), ("b", "b")]
    assert [one.code_postal for one in merged.new] == ["75013"]


def test_an_id_claims_its_structure_before_any_name_does() -> None:
    merged = found(
        {"id": "c", "nom": "Centre A", "code_postal": "75012", "commune": "Paris"}, {"id": "a"}, {"id": "b"}
    )
    assert ([one.id for one in merged.new], merged.same, merged.missing) == (["c"], 2, [])


PLACE = {"nom": "C", "commune": "Paris", "code_postal": "75001"}


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        (
            [{"id": "a", "notes": "x"}, {"id": "a", "notes": "y"}], 3,
            "the id ‘a’ is already on line 2 of f.csv",
        ),
        (
            [{"id": "{c}", **PLACE, "notes": "x"}, {"id": "{c}", **PLACE, "notes": "y"}], 3,
            "the id ‘{c}’ is already on line 2 of f.csv",
        ),
        ([{"nom": "C", "code_postal": "64150"}], 2, "this field is required"),
        ([{"nom": "#N/A", "commune": "Paris", "code_postal": "75012"}], 2, "this field is required"),
        (
            [{"nom": "C", "commune": "Berlin", "code_postal": "10115x"}], 2,
            "‘10115x’ is not a postal code, which is five digits",
        ),
    ],
)  # fmt: skip
def test_a_row_is_refused_with_its_line_and_the_reason(
    rows: list[dict[str, Any]], line: int, message: str
) -> None:
    merged = found(*rows)
    assert (said(merged), merged.refused) == ([(line, message)], 1)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": "a", "date_maj": "31/02/2024"}, "‘31/02/2024’: February 2024 has 29 days"),
        ({**PLACE, "telephones": ("02 41 50 90",)}, "2 digits are missing: ‘02 41 50 90’"),
        ({"nom": "C", "code_postal": "75001"}, "this field is required"),
    ],
)
def test_a_strict_row_is_refused_for_one_bad_cell(row: dict[str, Any], message: str) -> None:
    merged = found(row, strict=True)
    assert (said(merged), merged.refused, merged.new, merged.changed, merged.corrections) == (
        [(2, message)],
        1,
        [],
        [],
        [],
    )


def test_which_of_two_is_meant_is_never_guessed() -> None:
    twins = (A, replace(A, notes="y"))
    assert said(found({"id": "a", "notes": "z"}, structures=twins)) == [
        (2, "several structures of the registry have the id ‘a’")
    ]
    assert found({"id": "a", "notes": "y"}, {"id": "a", "notes": "x"}, structures=twins) == Merge(same=2)
    namesakes = (A, replace(A, id="a2"))
    assert said(found({"nom": "Centre A", "code_postal": "75012", "notes": "z"}, structures=namesakes)) == [
        (2, "several structures of the registry have this name and postal code")
    ]


def test_an_id_is_refused_the_second_time_whatever_the_external_identifier() -> None:
    rows = {"id": "x", **PLACE, "identifiants_externes": ("hub:1",)}, {"id": "x", **PLACE, "nom": "D"}
    assert said(found(*rows)) == [(3, "the id ‘x’ is already on line 2 of f.csv")]


def test_an_id_counts_once_though_its_structure_was_found_by_name() -> None:
    row = {"id": "115", "nom": "Centre A", "commune": "Paris", "code_postal": "75012"}
    assert found(row, row) == Merge(same=1, repeated=[RowPlace("f.csv", 3, "Centre A")], missing=[B])
    other = {**row, "nom": "Ailleurs", "code_postal": "75001"}
    merged = found(row, other)
    assert (merged.new, said(merged)) == ([], [(3, "the id ‘115’ is already on line 2 of f.csv")])
    twins = (A, A.changed(id="a2"))
    merged = found(row, {**row, "notes": "y"}, structures=twins)
    assert (merged.changed, said(merged)) == ([], [(3, "the id ‘115’ is already on line 2 of f.csv")])


def test_a_refused_row_has_its_name_where_all_are_on_one_line() -> None:
    rows = {"nom": "Sans commune"}, {"commune": "Paris", "code_postal": "75001"}
    assert [(one.problem.nom, one.problem.field) for one in found(*rows).errors] == [
        ("Sans commune", "commune"), ("Sans commune", "code_postal"), ("", "nom"),
    ]  # fmt: skip


def test_another_place_of_the_same_name_is_new_and_may_be_a_double() -> None:
    rows = {**PLACE, "notes": "x"}, {**PLACE, "notes": "y"}
    again = {"nom": "Centre A", "code_postal": "75012", "notes": "z"}
    merged = found(*rows, {"id": "a", "notes": "x"}, again)
    assert [(one.nom, one.notes) for one in merged.new] == [("C", "x"), ("C", "y"), ("Centre A", "z")]
    assert [(one.nom, one.message) for one in merged.doubles] == [
        ("Centre A", "possible duplicate of ‘a’: same postal code and nearly the same name"),
        ("C", "possible duplicate of ‘c’: same postal code and nearly the same name"),
    ]
    assert said(found(*rows, strict=True)) == [
        (3, "this name and postal code are already on line 2 of f.csv")
    ]


def test_of_places_of_the_same_name_each_row_is_the_most_similar_one() -> None:
    first, second = A.changed(id="a1", notes="au 1er étage"), A.changed(id="a2", notes="au 2e étage")
    row = {"nom": "Centre A", "code_postal": "75012"}
    rows = {**row, "notes": "Au 2e étage"}, {**row, "notes": "au 3e étage"}
    merged = found(*rows, structures=(first, second))
    assert [(one.before.id, one.after.notes) for one in merged.changed] == [
        ("a2", "Au 2e étage"), ("a1", "au 3e étage"),
    ]  # fmt: skip


def test_rows_without_a_name_or_a_code_are_each_refused_for_that() -> None:
    nameless, without_code = {"commune": "Paris", "code_postal": "75001"}, {"nom": "C", "commune": "Paris"}
    rows = nameless, nameless, {**without_code, "notes": "x"}, {**without_code, "notes": "y"}
    assert said(found(*rows)) == [(line, "this field is required") for line in (2, 3, 4, 5)]


def test_a_row_that_only_repeats_another_one_is_counted_and_a_strict_import_refuses_it() -> None:
    row = {"id": "", **PLACE, "telephones": ("01 40 18 04 41",), "notes": "x"}
    again = {
        "nom": "c",
        "commune": "PARIS",
        "code_postal": "75001",
        "telephones": ("01.40.18.04.41",),
        "notes": " ",
    }
    merged = found(row, again, again)
    assert (len(merged.new), merged.refused) == (1, 0)
    assert merged.repeated == [RowPlace("f.csv", 3, "c"), RowPlace("f.csv", 4, "c")]
    merged = found({"id": "a"}, {"id": "a"}, {"id": "b"})
    assert (merged.same, merged.repeated, merged.errors) == (2, [RowPlace("f.csv", 3, "")], [])
    assert said(found(PLACE, PLACE, strict=True)) == [
        (3, "this name and postal code are already on line 2 of f.csv")
    ]


def test_the_same_name_and_code_in_two_communes_are_two_places() -> None:
    two = [
        {"nom": "Médiathèque", "commune": commune, "code_postal": "04150"}
        for commune in ("Banon", "Simiane-la-Rotonde")
    ]
    first = found(*two, structures=())
    assert [one.commune for one in first.new] == ["Banon", "Simiane-la-Rotonde"]
    known = tuple(one.changed(id=one.commune) for one in first.new)
    assert found(*two, structures=known) == Merge(same=2)
    assert [one.commune for one in found(two[1], structures=known[:1]).new] == ["Simiane-la-Rotonde"]


def test_a_row_that_could_not_be_read_is_refused_too() -> None:
    merged = merge((), [Reading("f", [Row(7, {}, "the row has 5 cells, but the header has only 3")])], TODAY)
    assert said(merged) == [(7, "the row has 5 cells, but the header has only 3")]


def test_what_the_files_no_longer_have_is_gone_but_never_from_the_national_map() -> None:
    assert found({"id": "a"}).missing == [B]
    assert found({"id": "a"}, national=True).missing == []
    two = [Reading(name, [Row(1, {"id": name})]) for name in ("a", "b")]
    assert merge((A, B), two, TODAY) == Merge(same=2)


@pytest.mark.parametrize(
    ("number", "telephones"),
    [
        ("+33140180441", None),
        ("01.40.18.04.41", None),
        ("+33140180442", ("01 40 18 04 41", "3949", "01 40 18 04 42")),
    ],
)
def test_the_one_number_of_the_national_map_is_added_beside_the_others(
    number: str, telephones: tuple[str, ...] | None
) -> None:
    merged = found({"id": "a", "telephones": (number,)}, national=True)
    assert [one.after.telephones for one in merged.changed] == ([telephones] if telephones else [])


def test_repairs_are_warned_of_with_their_line_and_dates_counted() -> None:
    merged = found({**PLACE, "code_postal": "1000", "commune": "Bourg-en-Bresse", "date_maj": "15/01/2024",
                    "telephones": ("474451122",)})  # fmt: skip
    [new] = merged.new
    assert (new.code_postal, new.telephones, new.date_maj) == ("01000", ("04 74 45 11 22",), "2024-01-15")
    assert merged.dates == 1
    assert [(one.line, one.problem.field) for one in merged.warnings] == [
        (2, "code_postal"),
        (2, "telephones"),
    ]


def test_only_an_update_changes_what_is_there() -> None:
    merged = found({"id": "a", "notes": "y"}, {"nom": "C", "commune": "Paris", "code_postal": "75001"})
    assert [change.before for change in merged.changes(update=False)] == [None]
    assert [change.before for change in merged.changes(update=True)] == [None, A]


def test_the_list_of_paris_builds_the_registry() -> None:
    """In ids, names, codes, phones and the closing of Microlithe."""
    data = (ROOT / "tests/data/liste-epn-paris.txt").read_bytes()
    merged = merge((), [read(InputFile("liste.txt", data))], TODAY)
    assert (merged.errors, merged.changed, merged.same) == ([], [], 0)
    taken: set[str] = set()
    built = []
    for one in merged.new:
        made = identifiant.make(one.nom, taken)
        taken.add(made)
        built.append(replace(one, id=made))
    expected = [
        replace(one, courriels=(), site_web=()) for one in Registry.read(ROOT / "registry.yaml").structures
    ]
    assert built == expected


def cells(merged: Merge) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [
        (one.field, one.text, one.values, one.treatment) for _file, _line, one, _header in merged.corrections
    ]


def test_a_new_place_comes_in_without_its_bad_cells() -> None:
    merged = found(
        {
            "id": "7.0", "nom": "M&eacute;diath&egrave;que", "commune": "", "code_postal": "75001",
            "adresse": "-", "telephones": ("01 40 18 04 41 (mairie)", "15"),
            "courriels": ("a@b.fr et c@d.fr",), "site_web": ("www.a.fr",),
            "horaires": "sur demande", "statut": "Public", "pivot": "#N/A",
            "date_maj": "15/01/24",
        }
    )  # fmt: skip
    assert merged.new == [
        Structure(
            id="7", nom="Médiathèque", commune="Paris", code_postal="75001", telephones=("01 40 18 04 41",),
            courriels=("a@b.fr", "c@d.fr"), site_web=("https://www.a.fr",), date_maj="2024-01-15",
        )
    ]  # fmt: skip
    assert sorted(cells(merged)) == [
        ("adresse", "-", (), "read as blank"),
        ("commune", "", ("Paris",), "place derived"),
        ("courriels", "a@b.fr et c@d.fr", ("a@b.fr", "c@d.fr"), "values extracted"),
        ("date_maj", "15/01/24", ("2024-01-15",), "date converted"),
        ("horaires", "sur demande", (), "left out"),
        ("id", "7.0", ("7",), "decimals removed"),
        ("nom", "M&eacute;diath&egrave;que", ("Médiathèque",), "markup removed"),
        ("pivot", "#N/A", (), "unknown"),
        ("site_web", "www.a.fr", ("https://www.a.fr",), "scheme added"),
        ("statut", "Public", (), "left out"),
        ("telephones", "01 40 18 04 41 (mairie)", ("01 40 18 04 41",), "values extracted"),
        ("telephones", "15", (), "left out"),
    ]
    assert (merged.errors, merged.refused, merged.dates) == ([], 0, 0)


def test_where_a_blank_cell_clears_a_word_for_no_value_does_but_no_error_of_a_spreadsheet() -> None:
    rows = {"id": "a", "telephones": ("#N/A",), "notes": "#REF!"}, {"id": "b"}
    merged = found(*rows, blank_clears=True)
    assert (merged.changed, merged.same) == ([], 2)
    assert cells(merged) == [("telephones", "#N/A", (), "unknown"), ("notes", "#REF!", (), "unknown")]
    merged = found({"id": "a", "telephones": ("01 40 18 04 41", "#N/A")}, {"id": "b"}, blank_clears=True)
    assert (merged.changed, merged.same) == ([], 2)
    rows = {"id": "a", "notes": "néant"}, {"id": "b"}
    assert changed(found(*rows, blank_clears=True))["notes"] == ""
    assert found(*rows).changed == []


def test_a_bad_cell_leaves_the_value_of_the_registry() -> None:
    row = {
        "id": "a",
        "notes": "y",
        "date_maj": "courant 2024",
        "telephones": ("01 40 18 04",),
        "code_postal": "x",
    }
    merged = found(row, {"id": "b"})
    assert changed(merged) == {"notes": "y", "date_maj": "2025-05-05"}
    assert [one[:1] + one[3:] for one in cells(merged)] == [
        ("code_postal", "left out"), ("telephones", "left out"), ("date_maj", "left out"),
    ]  # fmt: skip


def test_a_summary_that_is_too_long_goes_before_the_description() -> None:
    long = "x" * 281
    [new] = found({**PLACE, "presentation_resume": long, "presentation_detail": "y"}).new
    assert (new.presentation_resume, new.presentation_detail) == ("", f"{long}\n\ny")
    [new] = found({**PLACE, "presentation_resume": long, "presentation_detail": f"{long} y"}).new
    assert new.presentation_detail == f"{long} y"
    known = A.changed(presentation_resume="short")
    merged = found({"id": "a", "presentation_resume": long}, {"id": "b"}, structures=(known, B))
    [one] = merged.changed
    assert (one.fields, one.after.presentation_resume) == (("presentation_detail",), "short")
    [new] = found({**PLACE, "presentation_resume": "x" * 280}).new
    assert new.presentation_resume == "x" * 280


def test_a_number_of_a_spreadsheet_finds_the_structure_of_that_id() -> None:
    known = A.changed(id="12")
    assert found({"id": "12.0", "nom": "Centre A"}, structures=(known,)) == Merge(same=1)
    assert said(found({"id": "5", **PLACE}, {"id": "5.0", **PLACE, "nom": "D"})) == [
        (3, "the id ‘5’ is already on line 2 of f.csv")
    ]
