"""Imports with a partner's last file: only what the partner changed since then is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.formats.reading import Reading, Row
from epncli.importing.last_file import LastFile
from epncli.importing.merge import merge_with_last
from epncli.importing.merge_result import Conflict, Merge
from epncli.model.structure import Structure
from epncli.registry.compare import Difference

TODAY = "2026-03-31"
ANGERS = Structure(nom="Toussaint", commune="Angers", code_postal="49000", telephones=("02 41 24 25 50",))
OURS = ANGERS.changed(id="toussaint", identifiants_externes=("angers:1",), notes="au fond de la cour")
LAST = ANGERS.changed(id="toussaint", identifiants_externes=("angers:1",))
ROW: dict[str, Any] = {
    "nom": "Toussaint", "commune": "Angers", "code_postal": "49000", "telephones": ("02 41 24 25 50",),
    "identifiants_externes": ("angers:1",),
}  # fmt: skip


def found(
    *rows: dict[str, Any], structures: tuple[Structure, ...] = (OURS,), last: tuple[Structure, ...] = (LAST,)
) -> Merge:
    reading = Reading("f.csv", [Row(line, values) for line, values in enumerate(rows, 2)], separator="|")
    return merge_with_last(structures, [reading], LastFile(last), TODAY)


def after(merged: Merge) -> list[Structure]:
    return [one.after for one in merged.changed]


def test_the_same_file_again_changes_nothing() -> None:
    merged = found(ROW)
    assert (merged.changed, merged.new, merged.conflicts, merged.gone, merged.same) == ([], [], [], [], 1)
    assert [row.theirs for row in merged.partner_rows] == [LAST]


def test_the_same_row_in_another_spelling_changes_nothing_either() -> None:
    row = {**ROW, "telephones": ("02.41.24.25.50",), "statut": "ouvert", "notes": " "}
    merged = found(row)
    assert (merged.changed, merged.conflicts, merged.same) == ([], [], 1)
    assert [row.theirs for row in merged.partner_rows] == [LAST]


def test_what_the_partner_changed_is_changed_and_what_the_keeper_changed_stays() -> None:
    ours = OURS.changed(nom="Médiathèque Toussaint", telephones=("02 41 24 25 50", "06 12 34 56 78"))
    merged = found(
        {**ROW, "telephones": ("02 41 24 25 51",), "adresse": "49 rue Toussaint"}, structures=(ours,)
    )
    assert merged.changed == [
        Difference(
            ours,
            ours.changed(
                telephones=("06 12 34 56 78", "02 41 24 25 51"), adresse="49 rue Toussaint", date_maj=TODAY
            ),
            ("adresse", "telephones"),
        )
    ]
    assert merged.conflicts == []


def test_what_both_changed_is_a_conflict_and_stays() -> None:
    ours = OURS.changed(nom="Médiathèque Toussaint")
    row = {**ROW, "nom": "Bibliothèque Toussaint"}
    merged = found(row, structures=(ours,))
    assert merged.changed == []
    theirs = LAST.changed(nom="Bibliothèque Toussaint")
    assert merged.conflicts == [Conflict(ours, theirs, ("nom",))]
    merged.take(merged.conflicts[0], "nom", TODAY)
    assert after(merged) == [ours.changed(nom="Bibliothèque Toussaint", date_maj=TODAY)]
    again = found(row, structures=(ours,), last=tuple(one.theirs for one in merged.partner_rows))
    assert (again.changed, again.conflicts) == ([], [])


def test_a_value_that_is_taken_joins_what_the_partner_changed_alone() -> None:
    ours = OURS.changed(nom="Médiathèque Toussaint")
    merged = found({**ROW, "nom": "Bibliothèque Toussaint", "adresse": "x"}, structures=(ours,))
    merged.take(merged.conflicts[0], "nom", TODAY)
    expected = ours.changed(nom="Bibliothèque Toussaint", adresse="x", date_maj=TODAY)
    assert merged.changed == [Difference(ours, expected, ("adresse", "nom"))]


def test_a_value_that_the_partner_removed_is_removed() -> None:
    merged = found({**ROW, "telephones": ()})
    assert after(merged) == [OURS.changed(telephones=(), date_maj=TODAY)]


@pytest.mark.parametrize("cell", ["#N/A", "sur demande", "=A2"])
def test_a_cell_that_says_nothing_changes_nothing(cell: str) -> None:
    merged = found({**ROW, "telephones": (cell,)})
    assert (merged.changed, merged.conflicts) == ([], [])
    assert [row.theirs for row in merged.partner_rows] == [LAST]


def test_the_later_date_counts() -> None:
    ours, last = OURS.changed(date_maj="2026-01-01"), LAST.changed(date_maj="2025-06-01")
    row = {**ROW, "date_maj": "2025-09-01"}
    assert found(row, structures=(ours,), last=(last,)).changed == []
    newer = found({**row, "date_maj": "2026-02-01"}, structures=(ours,), last=(last,))
    assert after(newer) == [ours.changed(date_maj="2026-02-01")]
    changed = found({**ROW, "date_maj": "2025-06-01", "adresse": "x"}, structures=(ours,), last=(last,))
    assert after(changed) == [ours.changed(adresse="x")]


def test_an_identifier_alone_confirms_nothing() -> None:
    ours = replace(OURS, identifiants_externes=(), date_maj="2025-01-01")
    merged = found(ROW, structures=(ours,), last=())
    assert after(merged) == [ours.changed(identifiants_externes=("angers:1",))]


def test_other_spellings_of_the_registry_are_no_changes_of_the_keeper() -> None:
    ours = OURS.changed(telephones=("0241242550",), statut="ouvert")
    merged = found({**ROW, "telephones": ("02 41 24 25 50", "02 41 24 25 51")}, structures=(ours,))
    assert after(merged) == [ours.changed(telephones=("0241242550", "02 41 24 25 51"), date_maj=TODAY)]
    closed = found({**ROW, "statut": "fermé"}, structures=(ours,))
    assert after(closed) == [ours.changed(statut="fermé", date_maj=TODAY)]


def test_a_place_is_found_by_its_identifier_whatever_its_name_has_become() -> None:
    ours = OURS.changed(nom="Le Fab", commune="Trélazé", code_postal="49800")
    assert found(ROW, structures=(ours,)).same == 1


def test_two_places_of_one_partner_may_have_the_same_name() -> None:
    other = {**ROW, "identifiants_externes": ("angers:2",), "adresse": "ailleurs"}
    merged = found(ROW, other)
    assert [one.identifiants_externes for one in merged.new] == [("angers:2",)]
    assert (merged.same, merged.errors) == (1, [])
    twice = found({**ROW, "adresse": "y"}, {**ROW, "adresse": "x"})
    assert [one.problem.message for one in twice.errors] == [
        "the id ‘angers:1’ is already on line 2 of f.csv"
    ]


def test_a_second_row_of_a_place_that_was_merged_here_is_refused_by_name() -> None:
    ours = replace(OURS, identifiants_externes=("angers:1", "angers:2"))
    merged = found(ROW, {**ROW, "identifiants_externes": ("angers:2",), "adresse": "x"}, structures=(ours,))
    assert [one.problem.message for one in merged.errors] == [
        "in the registry, ‘angers:2’ is the same structure as line 2 of f.csv"
    ]


def test_without_identifiers_a_place_is_found_by_its_name_and_then_by_what_became_of_it() -> None:
    row = {name: value for name, value in ROW.items() if name != "identifiants_externes"}
    last = replace(LAST, identifiants_externes=())
    renamed = replace(OURS, identifiants_externes=(), nom="Le Fab")
    merged = found({**row, "adresse": "49 rue Toussaint"}, structures=(renamed,), last=(last,))
    assert after(merged) == [renamed.changed(adresse="49 rue Toussaint", date_maj=TODAY)]


def test_what_is_gone_is_named_until_it_is_closed_and_other_places_are_not_concerned() -> None:
    other = Structure(id="autre", nom="Autre", commune="Angers", code_postal="49000")
    merged = found(structures=(OURS, other))
    assert (merged.gone, merged.missing, merged.changed) == ([OURS], [], [])
    assert [row.theirs for row in merged.partner_rows] == [LAST]
    closed = found(structures=(OURS.changed(statut="fermé"), other))
    assert (closed.gone, [row.theirs for row in closed.partner_rows]) == ([], [LAST])


def test_what_the_keeper_removed_is_not_added_again() -> None:
    merged = found({**ROW, "adresse": "x"}, structures=())
    assert (merged.new, merged.removed) == ([], [LAST])
    again = found(ROW, structures=(), last=tuple(one.theirs for one in merged.partner_rows))
    assert (again.new, again.removed) == ([], [LAST])


def test_a_refused_row_is_not_gone_and_is_compared_with_the_last_one_that_was_taken() -> None:
    merged = found({**ROW, "code_postal": "abc", "commune": "Nulle part"})
    assert (merged.refused, merged.gone, merged.changed) == (1, [], [])
    assert [row.theirs for row in merged.partner_rows] == [LAST]


def test_a_row_without_its_name_or_place_keeps_those_that_are_known() -> None:
    merged = found({**ROW, "nom": "", "code_postal": "-", "commune": "#REF!", "adresse": "x"})
    assert after(merged) == [OURS.changed(adresse="x", date_maj=TODAY)]


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "nom": st.sampled_from(["A", "B", "C"]),
    "adresse": st.sampled_from(["", "1 rue X", "2 rue X"]),
    "telephones": st.lists(
        st.sampled_from(["02 41 24 25 50", "02 41 24 25 51", "39 49"]), unique=True, max_size=2
    ).map(tuple),
    "statut": st.sampled_from(["", "fermé"]),
}
PLACES = st.dictionaries(
    st.sampled_from(["angers:1", "angers:2", "angers:3", "angers:4"]),
    st.fixed_dictionaries(VALUES),
    max_size=4,
)


def rows_of(file: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    place = {"commune": "Angers", "code_postal": "49000"}
    return [{**place, **values, "identifiants_externes": (key,)} for key, values in file.items()]


def imported(
    registry: list[Structure], file: dict[str, dict[str, Any]], last: list[Structure]
) -> tuple[list[Structure], list[Structure], Merge]:
    """The registry after an import, the next last file, and what was found."""
    merged = found(*rows_of(file), structures=tuple(registry), last=tuple(last))
    by_before = {id(one.before): one.after for one in merged.changed}
    known = [by_before.get(id(one), one) for one in registry]
    new = {id(one): one.changed(id=f"new-{one.identifiants_externes[0]}") for one in merged.new}
    ids = {key: one.id for key, one in new.items()}
    rows = [row.theirs.changed(id=ids.get(id(row.known), row.known.id)) for row in merged.partner_rows]
    return [*known, *new.values()], rows, merged


@given(PLACES)
def test_importing_any_file_twice_changes_nothing_the_second_time(file: dict[str, dict[str, Any]]) -> None:
    registry, last, _merged = imported([], file, [])
    again, last_again, merged = imported(registry, file, last)
    assert (again, sorted(map(repr, last_again))) == (registry, sorted(map(repr, last)))
    assert (merged.new, merged.changed, merged.gone, merged.conflicts) == ([], [], [], [])


@given(PLACES, PLACES, st.data())
def test_the_next_file_changes_exactly_what_the_partner_changed(
    file: dict[str, dict[str, Any]], next_file: dict[str, dict[str, Any]], data: st.DataObject
) -> None:
    registry, last, _merged = imported([], file, [])
    edited = [
        one.changed(**data.draw(st.fixed_dictionaries({}, optional=VALUES)), notes="du gardien")
        for one in registry
    ]
    result, _last, merged = imported(edited, next_file, last)
    by_key = {one.identifiants_externes[0]: one for one in result}
    before = {one.identifiants_externes[0]: one for one in edited}
    assert set(by_key) == set(file) | set(next_file)
    assert {one.identifiants_externes[0] for one in merged.gone} == {
        key for key in set(file) - set(next_file) if not before[key].is_closed
    }
    for key, values in next_file.items():
        for name, value in values.items():
            got = by_key[key].value(name)
            if key not in file:
                assert got == value
            elif value == file[key][name]:
                assert got == before[key].value(name)
            elif before[key].value(name) == file[key][name]:
                assert got == value
    for key in set(file) - set(next_file):
        assert by_key[key] == before[key]
