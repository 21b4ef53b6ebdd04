"""What holds for every row, whatever its cells contain."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from linear import assert_linear

from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Reading, Row
from epncli.importing.merge import merge
from epncli.importing.merge_result import Merge
from epncli.importing.rows import REQUIRED
from epncli.model.structure import FIELDS, Structure
from epncli.validation.structure_check import check_structure

TODAY = "2026-01-31"
KNOWN = Structure(
    id="a", nom="Centre A", commune="Paris", code_postal="75012", adresse="1 rue A", code_insee="75112",
    telephones=("01 40 18 04 41", "39 49"), courriels=("a@exemple.fr",), site_web=("https://exemple.fr",),
    horaires="Mo 09:00-12:00", typologie=("BIB",), statut="fermé", date_fermeture="2024-05", notes="x",
    presentation_resume="y", presentation_detail="z", latitude="48.85", longitude="2.35",
    date_maj="2025-05-05",
)  # fmt: skip

UNKNOWN = st.sampled_from(["#N/A", "#REF!", " #VALEUR! ", "=A2", "=RECHERCHEV(A2;B:C;2)", "Err:502", "#####"])
CELL: st.SearchStrategy[str] = st.one_of(
    UNKNOWN,
    st.text(max_size=20),
    st.sampled_from(
        ["-", "néant", "x", "15", "44208", "15/01/24", "www.a.fr", "a@b.fr et c@d.fr", "Public", "1.0", "Ã©",
         "NÂ° 3", "Lundi 9h-12h", "<b>x</b>", "&amp;lt;", "\x00", "\ud800", "01 40 18 04 41 (mairie)",
         "98 800", "y" * 300, '="0140180441"', "02 41 50 90 06 / 07 (12)", "75112", "1 rue A 69003 Lyon"]
    ),
)  # fmt: skip


def rows_of(cell: st.SearchStrategy[str], fields: Iterable[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            name: st.lists(cell, max_size=3).map(tuple) if FIELDS[name].many else cell for name in fields
        },
    )


OPTIONAL = [name for name in FIELDS if name not in REQUIRED]


def merged_with(structures: Sequence[Structure], *rows: dict[str, Any]) -> Merge:
    numbered = [Row(line, values) for line, values in enumerate(rows, start=2)]
    return merge(structures, [Reading("f.csv", numbered, separator="|")], TODAY)


@settings(max_examples=40)
@given(rows_of(CELL, OPTIONAL))
@example({"id": "~"})  # no value in YAML
def test_no_optional_cell_keeps_a_new_row_out_and_a_second_import_changes_nothing(
    row: dict[str, Any],
) -> None:
    row = {"nom": "C", "commune": "Paris", "code_postal": "75001", **row}
    merged = merged_with((), row)
    assert (merged.errors, len(merged.new)) == ([], 1)
    [new] = merged.new
    assert not check_structure(new, TODAY, FIELDS.keys() - {"id"}).refused
    again = merged_with([new if new.id else new.changed(id="c")], row)
    assert (again.errors, again.new, again.changed, again.same) == ([], [], [], 1)


@settings(max_examples=40)
@given(rows_of(CELL, FIELDS))
def test_no_cell_at_all_keeps_a_row_of_a_known_structure_out(row: dict[str, Any]) -> None:
    row.pop("nom", None)  # with another name, in another place, it would be another structure
    merged = merged_with([KNOWN], {**row, "id": "a"})
    assert (merged.errors, merged.new) == ([], [])
    for one in merged.changed:
        assert not check_structure(one.after, TODAY, one.fields).refused
        again = merged_with([one.after], {**row, "id": "a"})
        assert (again.changed, again.same) == ([], 1)


@settings(max_examples=40)
@given(rows_of(UNKNOWN, FIELDS), rows_of(CELL, FIELDS))
def test_an_unknown_cell_changes_nothing_whatever_stands_beside_it(
    unknown: dict[str, Any], others: dict[str, Any]
) -> None:
    row = {**others, **{name: cell for name, cell in unknown.items() if cell}, "id": "a"}
    for one in merged_with([KNOWN], row).changed:
        for name in unknown.keys() - {"id", "date_maj"}:
            if unknown[name]:
                assert one.after.value(name) == KNOWN.value(name)


@settings(max_examples=15)
@given(st.lists(rows_of(CELL.map(lambda text: text.replace("\ud800", "")), FIELDS), min_size=1, max_size=6))
def test_the_second_import_of_a_csv_of_any_cells_changes_nothing(rows: list[dict[str, Any]]) -> None:
    import_twice(rows)


FEW = {
    "identifiants_externes": st.lists(st.sampled_from("abcd"), max_size=3).map(tuple),
    "id": st.sampled_from("ab"),
    "adresse": st.sampled_from(["1 rue A", "2 rue B"]),
}


@given(st.lists(st.fixed_dictionaries({}, optional=FEW), max_size=5))
@example([{"identifiants_externes": found} for found in (("a",), ("b", "c", "a"), ("c",))])
def test_nor_does_that_of_rows_with_identifiers_in_common(rows: list[dict[str, Any]]) -> None:
    import_twice(rows)


def import_twice(rows: list[dict[str, Any]]) -> None:
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(FIELDS))
    table.writeheader()
    for number, row in enumerate(rows):
        cells = {name: cell if isinstance(cell, str) else "|".join(cell) for name, cell in row.items()}
        table.writerow({**cells, "nom": f"Lieu {number}", "code_postal": "75012"})
    reading = read(InputFile("lieux.csv", text.getvalue().encode()), "csv")
    first = merge((), [reading], TODAY)
    structures = [one if one.id else one.changed(id=f"made-{place}") for place, one in enumerate(first.new)]
    second = merge(structures, [reading], TODAY)
    assert (second.new, second.changed, second.same) == ([], [], len(structures))
    assert (second.refused, len(second.repeated)) == (first.refused, len(first.repeated))


@pytest.mark.parametrize(
    "piece", ["a@b.fr ", "01 40 ", "(12)", "<p ", "&amp;", "=A(", "Ã©", "a.fr ", "9h-12h "]
)
def test_a_row_of_two_hundred_long_cells_takes_no_more_time_than_their_length_allows(piece: str) -> None:
    def row(length: int) -> dict[str, Any]:
        cell = (piece * length)[:length]
        return {name: (cell,) * 6 if field.many else cell for name, field in FIELDS.items()}

    def merged(row: dict[str, Any]) -> None:
        merged_with([KNOWN], {**row, "id": "a"})
        merged_with((), {**row, "id": "b", "nom": "B", "commune": "Paris", "code_postal": "75012"})

    assert_linear(merged, row, 10_000)
