"""Reading of workbooks: the choice of the sheet, and the values of the cells."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from xlsxwriter import Workbook

from epncli.errors import BadUsage, Unreadable
from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Reading, Row


def made(sheets: dict[str, list[list[Any]]]) -> bytes:
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return data.getvalue()


def reading(data: bytes, sheet: str = "") -> Reading:
    return read(InputFile("lieux.xlsx", data, sheet))


def test_numbers_and_dates_are_text_as_a_person_would_have_typed_them() -> None:
    header = ["Nom", "CP", "Tél", "latitude", "pivot", "date_maj", "notes"]
    row = ["A", 1000, 142612774, 48.85, 73282932000074, date(2014, 9, 30), datetime(2014, 9, 30, 14, 5)]  # noqa: DTZ001
    assert reading(made({"x": [header, row]})).rows == [
        Row(2, {
            "nom": "A", "code_postal": "1000", "telephones": ("142612774",), "latitude": "48.85",
            "pivot": "73282932000074", "date_maj": "2014-09-30", "notes": "2014-09-30 14:05:00",
        })
    ]  # fmt: skip


def test_the_first_sheet_with_a_header_is_read_or_the_one_that_is_named() -> None:
    data = made(
        {
            "Lisez-moi": [["bonjour"]],
            "2024": [["nom", "CP"], ["A", "75001"]],
            "2025": [["nom", "CP"], ["B", "75002"]],
        }
    )
    found = reading(data)
    assert (found.recognised, found.rows[0].values["nom"]) == (("XLSX", "sheet ‘2024’ (one of 3)"), "A")
    assert found.warnings == (
        'another sheet has a header too, and is not read: ‘2025’; to import it: --sheet "2025"',
    )
    named = reading(data, "2025")
    assert (named.rows[0].values["nom"], named.warnings) == ("B", ())
    with pytest.raises(BadUsage) as refused:
        reading(data, "2026")
    assert (refused.value.message, refused.value.hint) == (
        "there is no sheet ‘2026’ in lieux.xlsx", "the sheets are: ‘Lisez-moi’, ‘2024’, ‘2025’",
    )  # fmt: skip


def test_rows_are_counted_from_the_top_of_the_sheet_whatever_is_blank() -> None:
    rows = [[], ["", "Les EPN"], [], ["", "", "nom", "CP"], ["", "", "A", "75001"], [], ["", "", "B", ""]]
    assert reading(made({"x": rows})).rows == [
        Row(5, {"nom": "A", "code_postal": "75001"}), Row(7, {"nom": "B", "code_postal": ""}),
    ]  # fmt: skip


def test_a_cell_far_to_the_right_is_no_harm() -> None:
    rows = [["nom", "CP", "notes"], ["A", "75001"], *[["B", "75002", "x"]] * 40]
    data = made({"x": [[*row, *[""] * 5] for row in rows]})
    assert reading(data).rows[0] == Row(2, {"nom": "A", "code_postal": "75001", "notes": ""})
    wide = io.BytesIO()
    with Workbook(wide, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_string(0, 16_383, " ")
    assert reading(wide.getvalue()).rows == reading(data).rows


def test_a_header_may_stand_on_row_30_and_rows_anywhere_below_it() -> None:
    rows = [["x"]] * 29 + [["nom", "CP"]] + [[]] * 100 + [["A", "75001"]]
    assert reading(made({"x": rows})).rows == [Row(131, {"nom": "A", "code_postal": "75001"})]
    rows = [["x"]] * 30 + [["nom", "CP"], ["A", "75001"]]
    with pytest.raises(Unreadable, match="no header row was found"):
        reading(made({"x": rows}))


def test_hidden_sheets_and_charts_are_sheets_like_others() -> None:
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        graph = book.add_chartsheet("Graphique")
        hidden = book.add_worksheet("Caché")
        hidden.write_column(0, 0, ["nom", "A"])
        hidden.write_column(0, 1, ["CP", "75001"])
        hidden.very_hidden()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Caché!$B$2:$B$2"})
        graph.set_chart(chart)
    for sheet in ("", "Caché"):
        found = reading(data.getvalue(), sheet)
        assert found.recognised == ("XLSX", "sheet ‘Caché’ (one of 2)")
        assert found.rows == [Row(2, {"nom": "A", "code_postal": "75001"})]
    with pytest.raises(Unreadable, match="no header row was found"):
        reading(data.getvalue(), "Graphique")


def test_of_a_formula_only_the_value_is_read() -> None:
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["nom", "code_postal"])
        sheet.write_formula(1, 0, '=HYPERLINK("http://evil.example","x")', value="le nom")
        sheet.write_string(1, 1, "75001")
    assert reading(data.getvalue()).rows == [Row(2, {"nom": "le nom", "code_postal": "75001"})]


def test_cells_beyond_the_last_header_are_values_without_a_header() -> None:
    rows = [["x", "", "", "", "titre"], ["nom", "CP"], ["A", "75001", "", "à côté"], ["B", "75002"]]
    found = reading(made({"x": rows}))
    assert found.rows == [
        Row(3, {"nom": "A", "code_postal": "75001"}), Row(4, {"nom": "B", "code_postal": "75002"}),
    ]  # fmt: skip
    assert found.warnings == (
        "column D has no header: its 1 value is ignored; to import it, write a header above it",
    )


def layout(change: Any) -> bytes:
    """A workbook of which the rows and the sheets are laid out by `change`."""
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        change(book)
    return data.getvalue()


def written(book: Any, name: str, rows: list[list[Any]]) -> Any:
    sheet = book.add_worksheet(name)
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    return sheet


def test_a_visible_sheet_goes_before_a_hidden_one() -> None:
    def change(book: Any) -> None:
        written(book, "2024", [["nom", "CP"], ["A", "75001"]]).hide()
        written(book, "Notes", [["x"]]).activate()
        written(book, "2025", [["nom", "CP"], ["B", "75002"]])
        written(book, "Liste", [["nom", "CP"], ["C", "75003"]])

    found = reading(layout(change))
    assert (found.recognised, found.rows) == (
        ("XLSX", "sheet ‘2025’ (one of 4)"), [Row(2, {"nom": "B", "code_postal": "75002"})],
    )  # fmt: skip
    assert found.warnings == (
        'other sheets have a header too, and are not read: ‘Liste’, ‘2024’; to import one: --sheet "Liste"',
    )


def test_hidden_rows_are_read_and_said() -> None:
    def change(book: Any) -> None:
        sheet = written(book, "x", [["x"], ["nom", "CP"], *[[f"A{number}", "75001"] for number in range(8)]])
        for row in (0, 3, 4, 5, 6, 7, 8, 20):
            sheet.set_row(row, None, None, {"hidden": True})

    found = reading(layout(change))
    assert [row.line for row in found.rows] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert found.warnings == ("6 hidden rows are read like the others: rows 4, 5, 6, 7, 8 …",)


def test_merged_cells_hold_for_all_their_rows_and_headers_for_all_their_columns() -> None:
    def change(book: Any) -> None:
        rows = [
            ["Les EPN"],
            ["Nom", "Ville", "CP", "Tél", "", "Adresse", "Complément"],
            ["A", "", "", "3949", "3631", "", ""],
            ["", "", "", "", "", "", ""],
            ["B", "", "", "3949", "", "x", "y"],
        ]
        sheet = written(book, "x", rows)
        sheet.merge_range(0, 0, 0, 6, "Les EPN")
        sheet.merge_range(1, 3, 1, 4, "Tél")
        sheet.merge_range(2, 1, 4, 1, "Paris")
        sheet.merge_range(2, 2, 4, 2, 75012)
        sheet.merge_range(2, 5, 2, 6, "1 rue X")

    place = {"commune": "Paris", "code_postal": "75012"}
    assert reading(layout(change)).rows == [
        Row(
            3,
            {
                "nom": "A",
                **place,
                "telephones": ("3949", "3631"),
                "adresse": "1 rue X",
                "complement_adresse": "",
            },
        ),
        Row(5, {"nom": "B", **place, "telephones": ("3949",), "adresse": "x", "complement_adresse": "y"}),
    ]
