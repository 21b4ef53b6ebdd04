"""Check of a whole registry: all its problems, with their positions."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
import yaml

from epncli.problems import Problem
from epncli.validation.partial_registry import read
from epncli.validation.registry_check import check
from epncli.yamlfile.source import Lines, Source, read_source

TODAY = "2026-01-31"
PARIS = Path(__file__).parents[2] / "registry.yaml"


def problems(text: str, only: Collection[str] | None = None) -> list[Problem]:
    return check(read(Source(Path("registry.yaml"), text.encode(), b"", text)), TODAY, only).problems


def said(text: str, only: Collection[str] | None = None) -> list[str]:
    """`4:10 error nom` for each problem."""
    return [f"{one.line}:{one.column} {one.level} {one.field}".rstrip() for one in problems(text, only)]


def record(name: str, *lines: str, phone: str = "01 46 36 70 13") -> str:
    head = [f"  - id: {name}", f"    nom: N{name}", "    commune: Paris", '    code_postal: "75012"']
    head += [f"    telephones: [{phone}]"] if phone else []
    return "".join(f"{line}\n" for line in [*head, *(f"    {line}" for line in lines)])


def test_the_list_of_paris_has_no_error_and_two_warnings_that_a_coordinator_wants() -> None:
    found = check(read(read_source(PARIS)), TODAY)
    assert [(one.level, one.id, one.field) for one in found.problems] == [
        ("warning", "ecole-daumesnil-cours-municipaux-d-adultes", "telephones"),
        ("warning", "access-site", ""),
    ]
    assert found.not_normalised == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["statut: en travaux"], ["7:13 error statut"]),
        (["courriels: [a@example.org, b.example.org]"], ["7:32 error courriels"]),
        (["courriels:", "  - a@example.org", "  - b.example.org"], ["9:9 error courriels"]),
        (["telephone: 01 46 36 70 13"], ["7:5 warning telephone"]),
        (["adresse: [a, b]"], ["7:15 error adresse"]),
        (["adresse: {rue: a}"], ["7:14 error adresse"]),
        (["courriels: {a: b}"], ["7:16 error courriels"]),
        (["courriels: [[a@example.org]]"], ["7:17 error courriels"]),
        (["latitude: 2.38", "longitude: 48.86"], ["7:15 warning latitude"]),
        (["adresse: 3 rue X #4"], ["7:22 warning"]),
        (["adresse\u00a0: 3 rue X"], ["7:5 warning"]),
        (["date_fermeture: 2014", "statut: Ouvert"], ["7:21 warning date_fermeture"]),
    ],
)
def test_a_finding_stands_at_the_very_value(lines: list[str], expected: list[str]) -> None:
    assert said("structures:\n" + record("a", *lines)) == expected


def test_what_is_missing_is_said_at_the_record() -> None:
    assert said("structures:\n  - id: a\n    telephones: [01 46 36 70 13]\n") == [
        "2:5 error nom",
        "2:5 error commune",
        "2:5 error code_postal",
    ]


def test_an_id_that_two_records_have_is_an_error_at_the_second() -> None:
    last = record("c", phone="39 49").replace("id: c", "id: a")
    (problem,) = problems("structures:\n" + record("a") + record("b", phone="01 46 36 70 14") + last)
    assert (problem.line, problem.column, problem.level, problem.id) == (12, 9, "error", "a")
    assert problem.message == "another structure already has the id ‘a’"


def test_a_shared_number_is_said_at_its_item() -> None:
    text = "structures:\n" + record("a") + record("b", phone="01 46 36 70 14, 01 46 36 70 13")
    assert said(text) == ["11:34 warning telephones"]


def test_a_shared_external_identifier_is_said_at_its_item() -> None:
    ours = record("a", "identifiants_externes: [angers:115]")
    text = "structures:\n" + ours + record("b", "identifiants_externes: [lyon:7, angers:115]", phone="39 49")
    assert said(text) == ["13:37 warning identifiants_externes"]
    assert said(text, {"a"}) == ["7:29 warning identifiants_externes"]


def test_an_unknown_field_has_the_nearest_name_as_its_hint() -> None:
    text = "structures:\n" + record("a", "telephone: x", "qwertz: y")
    assert [(one.message, one.hint) for one in problems(text)] == [
        ("‘telephone’ is not a field of the schema", "did you mean ‘telephones’?"),
        (
            "‘qwertz’ is not a field of the schema",
            "it is kept as it is, but does not appear in tables; free text can go in ‘notes’",
        ),
    ]


def test_what_epn_does_not_know_at_the_top_is_a_warning() -> None:
    text = "titre: {a: b}\nauteur: X\nstructures:\n" + record("a")
    assert said(text) == ["1:8 error", "2:1 warning"]


@pytest.mark.parametrize(
    ("contact", "problems"),
    [
        ("registre@exemple.fr", []),
        ("01 46 36 70 13", []),
        ("https://exemple.fr/contact", []),
        ("", []),
        ("la mairie", ["1:10 warning"]),
        ("javascript:alert(1)", ["1:10 warning"]),
        ("a@exemple.fr, b@exemple.fr", ["1:10 warning"]),
        ("[a@exemple.fr]", ["1:10 error"]),
    ],
)
def test_the_contact_is_known_and_should_become_a_link(contact: str, problems: list[str]) -> None:
    assert said(f"contact: {contact}\nstructures:\n" + record("a")) == problems


def test_an_empty_registry_has_nothing_wrong() -> None:
    assert said("structures:\n") == []


def test_only_what_concerns_the_structures_asked_for_is_said() -> None:
    text = "auteur: X #1\nstructures:\n" + record("a", "statut: x") + record("b", "statut: y #2")
    assert said(text, {"b"}) == ["13:18 warning telephones", "14:13 error statut", "14:15 warning"]
    assert said(text, {"a"}) == ["7:18 warning telephones", "8:13 error statut"]
    assert said(text, {"c"}) == []


def test_a_broken_record_is_said_and_so_is_all_the_rest() -> None:
    text = "structures:\n" + record("a", "statut: x") + record("b", "notes: 'l") + record("c", "statut: x #3")
    assert said(text) == [
        "7:13 error statut",
        "13:12 error",
        "18:18 warning telephones",
        "19:13 error statut",
        "19:15 warning",
    ]


def test_values_that_would_be_written_otherwise_are_no_problem_but_counted() -> None:
    text = "structures:\n" + record("a", phone="0146367013") + record("b", phone="01 46 36 70 14")
    found = check(read(Source(Path("r"), text.encode(), b"", text)), TODAY)
    assert found.problems == []
    assert [one.structure.id for one in found.not_normalised] == ["a"]


@pytest.mark.parametrize(("others", "times"), [(0, 1), (50, 3)])  # the whole file, or three records
def test_a_record_is_parsed_once_more_however_many_problems_it_has(
    others: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = [f"inconnu_{number}: x" for number in range(50)]
    wrong = "courriels: [" + ", ".join(f"faux{number}" for number in range(50)) + "]"
    text = (
        "structures:\n"
        + record("a", *unknown, "code_insee: 75112")
        + record("b", wrong, "date_maj: hier")
        + record("b", "nom_: x")
        + "".join(record(f"s{number}", phone=f"01 46 36 71 {number:02}") for number in range(others))
    )
    reading = read(Source(Path("registry.yaml"), text.encode(), b"", text))
    parsed: list[str] = []
    parser = yaml.cyaml.CParser  # type: ignore[attr-defined]
    monkeypatch.setattr(yaml.cyaml, "CParser", lambda text: (parsed.append(text), parser(text))[1])
    assert len(check(reading, TODAY).problems) > 100
    assert len(parsed) == times


def test_the_places_of_likely_mistakes_are_found_in_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    init = Lines.__init__
    monkeypatch.setattr(Lines, "__init__", lambda lines, text: (made.append(1), init(lines, text))[1])
    text = "structures:\n" + "".join(record(f"s{n}", "adresse: Salle #3", phone="") for n in range(50))
    assert len([one for one in problems(text) if "comment" in one.message]) == 50
    assert len(made) == 2
