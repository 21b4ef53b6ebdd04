"""Workbooks, and what hostile ones may ask of memory."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from xlsxwriter import Workbook

from epncli.errors import BadUsage, Unreadable
from epncli.formats import workbook
from epncli.formats.incoming import Incoming, Reading, Row
from epncli.formats.recognition import read
from epncli.formats.xlsx import as_text


def made(sheets: dict[str, list[list[Any]]]) -> bytes:
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return data.getvalue()


def reading(data: bytes, sheet: str = "") -> Reading:
    return read(Incoming("lieux.xlsx", data, sheet))


def test_numbers_and_dates_are_text_as_a_person_would_have_typed_them() -> None:
    header = ["Nom", "CP", "Tél", "latitude", "pivot", "date_maj", "notes"]
    row = ["A", 1000, 142612774, 48.85, 73282932000074, date(2014, 9, 30), datetime(2014, 9, 30, 14, 5)]  # noqa: DTZ001
    assert reading(made({"x": [header, row]})).rows == [
        Row(2, {
            "nom": "A", "code_postal": "1000", "telephones": ("142612774",), "latitude": "48.85",
            "pivot": "73282932000074", "date_maj": "2014-09-30", "notes": "2014-09-30 14:05:00",
        })
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"), [(True, "VRAI"), (1e22, "1E+22"), (-3.0, "-3"), (7, "7"), (0.1 + 0.2, "0.3")]
)
def test_other_cells_are_text_too(value: Any, text: str) -> None:
    assert as_text(value) == text


def test_the_first_sheet_with_a_header_is_read_or_the_one_that_is_named() -> None:
    data = made(
        {
            "Lisez-moi": [["bonjour"]],
            "2024": [["nom", "CP"], ["A", "75001"]],
            "2025": [["nom", "CP"], ["B", "75002"]],
        }
    )
    found = reading(data)
    assert (found.said, found.rows[0].values["nom"]) == (("XLSX", "sheet ‘2024’ of 3"), "A")
    assert reading(data, "2025").rows[0].values["nom"] == "B"
    with pytest.raises(BadUsage) as refused:
        reading(data, "2026")
    assert (refused.value.message, refused.value.hint) == (
        "there is no sheet ‘2026’ in lieux.xlsx", "the sheets are: ‘Lisez-moi’, ‘2024’, ‘2025’",
    )  # fmt: skip


def test_rows_are_counted_from_the_top_of_the_sheet() -> None:
    rows = [[], ["Les EPN"], [], ["", "nom", "CP"], ["", "A", "75001"]]
    assert [row.line for row in reading(made({"x": rows})).rows] == [5]


def test_of_a_formula_only_the_value_is_read() -> None:
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["nom", "code_postal"])
        sheet.write_formula(1, 0, '=HYPERLINK("http://evil.example","x")', value="le nom")
        sheet.write_string(1, 1, "75001")
    assert reading(data.getvalue()).rows == [Row(2, {"nom": "le nom", "code_postal": "75001"})]


def archive(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return data.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
TABLE = b"<table:table>%s</table:table>"


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": b"", SHEET: b'<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>'},
        {"xl/workbook.xml": b"", SHEET: b'<row r="1048576">' + b"<c><v>1</v></c>" * 99 + b"</row>"},
        {"content.xml": TABLE % (
            b'<table:table-row table:number-rows-repeated="1048576">'
            b'<table:table-cell table:number-columns-repeated="1024" office:value-type="string">'
        )},
        {"content.xml": TABLE % (
            b'<table:table-row table:number-rows-repeated="99999999"><table:table-cell/></table:table-row>'
            b'<table:table-row><table:table-cell office:value-type="string"></table:table-row>'
        )},
    ],
    ids=["two far cells", "a far row", "repeated cells", "repeated rows"],
)  # fmt: skip
def test_a_workbook_that_would_fill_the_memory_is_refused_before_it_is_opened(
    parts: dict[str, bytes],
) -> None:
    with pytest.raises(
        Unreadable, match="the workbook would take more memory than a list of places ever needs"
    ):
        reading(archive(parts))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 10_000)
    with pytest.raises(Unreadable, match="the workbook would take more memory"):
        reading(archive({"xl/workbook.xml": b"", SHEET: b" " * 5_000, "x": b" " * 5_001}))


def test_a_part_that_is_longer_than_it_says_is_refused() -> None:
    honest = archive({"xl/workbook.xml": b"", SHEET: b" " * 100_000})
    lying = honest.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(Unreadable, match="a part of it is not as long as it says"):
        reading(lying)


def test_empty_cells_far_away_are_no_harm() -> None:
    empty = (
        b'<table:table-row table:number-rows-repeated="1048576">'
        b'<table:table-cell table:number-columns-repeated="16384"/>'
    )
    assert workbook.check(Incoming("x", archive({"content.xml": TABLE % empty}))) == "ODS"
    formatted = b'<c r="A1"><v>1</v></c><c r="XFD1048576" s="1"/>'
    parts = {"xl/workbook.xml": b"", SHEET: formatted}
    assert workbook.check(Incoming("x", archive(parts))) == "XLSX"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "this is a workbook of an old kind, or one with a password"),
        (b"PK\x03\x04 and no more", "the workbook cannot be read: it is damaged, or a part of it is missing"),
        (b"nom;commune\r\nA;Paris\r\n", "this is not a workbook (XLSX or ODS)"),
        (archive({"a.txt": b""}), "the workbook cannot be read: it is neither XLSX nor ODS"),
        (archive({"content.xml": b"<x/>"}), "the workbook cannot be read: Cannot detect file format"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(data: bytes, message: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(Incoming("lieux.xlsx", data), "xlsx")
    assert refused.value.message == message


def test_a_damaged_workbook_is_refused() -> None:
    with pytest.raises(Unreadable, match="the workbook cannot be read"):
        reading(archive({"xl/workbook.xml": b"<workbook", SHEET: b"<row"}))
