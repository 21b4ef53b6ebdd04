from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from epncli.formats.tabular.cells import split
from epncli.formats.writing import Export
from epncli.formats.xlsx import write
from epncli.formats.xlsx_sheet import SHEET
from epncli.model.structure import FIELDS, Structure

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _rows(data: bytes) -> list[list[object]]:
    workbook = python_calamine.load_workbook(io.BytesIO(data))
    assert workbook.sheet_names == [SHEET]
    return [list(row) for row in workbook.get_sheet_by_name(SHEET).to_python()]


def _part(data: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314  our own


def _sheet(data: bytes) -> ET.Element:
    return _part(data, "xl/worksheets/sheet1.xml")


def _style(data: bytes, index: int) -> ET.Element:
    return next(_part(data, "xl/styles.xml").iter(f"{MAIN}cellXfs"))[index]


WITH_HOURS = Structure(id="b", horaires="Mo-Fr 09:00-12:00")


def test_a_registry_as_a_workbook(registry: Sequence[Structure]) -> None:
    fields = ("id", "nom", "code_postal", "telephones", "statut", "date_fermeture", "latitude")
    structures = (registry[0].changed(latitude="48.8690"), registry[1].changed(latitude="48.8665"))
    assert _rows(write(Export(structures, fields=fields)).data) == [
        list(fields),
        ["freepam", "FREPAM", "75009", "06 99 93 14 51", "", "", "48.8690"],
        [
            "microlithe", "Microlithe", "75020", "01 46 36 70 13 |\n3949", "fermé", "2014-09", 48.8665,
        ],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "columns"), [(("id", "nom", "statut"), "2"), (("nom", "id"), "1"), (("id", "statut"), None)]
)
def test_the_header_filters_and_stays_in_sight_with_the_names(
    registry: Sequence[Structure], fields: tuple[str, ...], columns: str | None
) -> None:
    sheet = _sheet(write(Export(registry, fields=fields)).data)
    [pane] = sheet.iter(f"{MAIN}pane")
    assert (pane.get("ySplit"), pane.get("xSplit"), pane.get("state")) == ("1", columns, "frozen")
    [found] = sheet.iter(f"{MAIN}autoFilter")
    assert found.get("ref") == f"A1:{'ABC'[len(fields) - 1]}4"


def test_only_required_columns_and_those_asked_for_may_be_empty() -> None:
    place = Structure(id="a", nom="A", adresse="1 rue X")
    assert _rows(write(Export([place])).data)[0] == ["id", "nom", "commune", "code_postal", "adresse"]
    assert _rows(write(Export([place], fields=("id", "telephones"))).data)[0] == ["id", "telephones"]


def test_complete_dates_are_dates_and_all_others_text() -> None:
    dates = ("2014-09-30", "2014-09", "2014", "2014-02-30", "1900-02-28", "1900-03-01", "30/09/2014")
    places = [Structure(id="a", date_fermeture=one, date_maj=one, rappeler_le=one) for one in dates]
    _header, *rows = _rows(
        write(Export(places, fields=("date_fermeture", "date_maj", "rappeler_le", "id"))).data
    )
    expected = [date(2014, 9, 30), *dates[1:5], date(1900, 3, 1), dates[6]]
    assert rows == [[one, one, one, "a"] for one in expected]


def test_a_day_that_is_typed_becomes_a_date_only_where_there_are_no_months() -> None:
    places = [Structure(id="a", date_fermeture="2014-09-30", date_maj="2026-01-31")]
    data = write(Export(places, fields=("date_fermeture", "date_maj", "rappeler_le"))).data
    [column, *more] = [_style(data, int(one.get("style", "0"))) for one in _sheet(data).iter(f"{MAIN}col")]
    assert column.get("numFmtId") == "49"
    assert {one.get("numFmtId") for one in more} == {"164"}


def test_hours_are_followed_by_the_same_in_words() -> None:
    places = [
        Structure(id="a", horaires="Mo-Fr 09:00-12:00; PH off", date_maj="2026-01-31"),
        Structure(id="b", horaires="le matin"),
        Structure(id="c"),
    ]
    data = write(Export(places, fields=("id", "horaires", "date_maj"))).data
    assert _rows(data) == [
        ["id", "horaires", "horaires_en_clair", "date_maj"],
        [
            "a", "Mo-Fr 09:00-12:00; PH off", "lundi–vendredi 9 h–12 h ; fermé les jours fériés",
            date(2026, 1, 31),
        ],
        ["b", "le matin", "le matin", ""],
        ["c", "", "", ""],
    ]  # fmt: skip
    [choice] = _sheet(data).iter(f"{MAIN}dataValidation")
    assert choice.get("sqref") == "C2:C504"
    assert "écrivez-les dans cette colonne" in choice.get("prompt", "")


def test_hours_that_have_no_other_words_have_no_column_for_them() -> None:
    data = write(Export([Structure(id="b", horaires="le matin")], fields=("id", "horaires"))).data
    assert _rows(data) == [["id", "horaires"], ["b", "le matin"]]


def test_words_that_no_cell_can_hold_are_the_hours_as_they_are() -> None:
    days = range(1, 29)
    closed = [f"{month} {a:02}-Dec {b:02} off" for month in ("Jan", "Feb") for a in days for b in days]
    hours = "; ".join(["Mo 10:30-12:00", *closed])
    row = _rows(write(Export([Structure(id="a", horaires=hours), WITH_HOURS])).data)[1]
    assert len(hours) < 32_767
    assert row[-2:] == [hours, hours]


def test_a_drop_down_offers_the_values_of_the_status(registry: Sequence[Structure]) -> None:
    sheet = _sheet(write(Export(registry, fields=("id", "typologie", "statut"))).data)
    [choice] = sheet.iter(f"{MAIN}dataValidation")
    assert (choice.get("type"), choice.get("sqref")) == ("list", "C2:C504")
    assert choice.findtext(f"{MAIN}formula1") == '"ouvert,fermé"'


def test_every_cell_is_formatted_as_text_and_a_closed_row_is_grey(
    registry: Sequence[Structure],
) -> None:
    data = write(Export(registry[:2], fields=("id", "telephones", "notes"))).data
    fills = next(_part(data, "xl/styles.xml").iter(f"{MAIN}fills"))
    looks = []
    for cell in _sheet(data).iter(f"{MAIN}c"):
        look = _style(data, int(cell.get("s", "0")))
        colour = fills[int(look.get("fillId", "0"))].find(f".//{MAIN}fgColor")
        looks.append((cell.get("r"), look.get("numFmtId"), None if colour is None else colour.get("rgb")))
    assert looks == [
        ("A1", "49", "FFE3E3FD"), ("B1", "49", "FFE3E3FD"), ("C1", "49", "FFE3E3FD"),
        ("A2", "49", None), ("B2", "49", None),
        ("A3", "49", "FFEDEDED"), ("B3", "49", "FFEDEDED"), ("C3", "49", "FFEDEDED"),
    ]  # fmt: skip


def test_columns_are_as_wide_as_their_cells_up_to_a_limit() -> None:
    structure = Structure(id="a", nom="x" * 20, notes="x" * 10_000)
    sheet = _sheet(write(Export([structure], fields=("id", "nom", "notes"))).data)
    widths = [round(float(column.get("width", "0"))) for column in sheet.iter(f"{MAIN}col")]
    assert widths == [7, 23, 61]


def test_the_rows_of_the_closed_are_grey_by_their_status(registry: Sequence[Structure]) -> None:
    data = write(Export(registry, fields=("id", "nom", "statut"))).data
    [area] = _sheet(data).iter(f"{MAIN}conditionalFormatting")
    assert area.get("sqref") == "A2:C504"
    assert area.findtext(f".//{MAIN}formula") == (
        'OR(LOWER(TRIM($C2))="fermé",LOWER(TRIM($C2))="ferme",LOWER(TRIM($C2))="fermée",'
        'LOWER(TRIM($C2))="fermee")'
    )
    [look] = _part(data, "xl/styles.xml").iter(f"{MAIN}dxf")
    assert [one.get("rgb") for one in look.iter() if one.get("rgb")] == ["FF595959", "FFEDEDED"]


def test_numbers_that_are_text_have_no_warning_in_excel(registry: Sequence[Structure]) -> None:
    sheet = _sheet(write(Export(registry, fields=("id", "code_postal"))).data)
    found = {
        name: one.get("sqref")
        for one in sheet.iter(f"{MAIN}ignoredError")
        for name in one.attrib
        if name != "sqref"
    }
    assert found == {"numberStoredAsText": "A1:B504", "twoDigitTextYear": "A1:B504"}


def test_a_row_is_as_high_as_its_longest_cell_up_to_five_lines() -> None:
    texts = ("x", "x\nx", "mot " * 40, "mot " * 4_000, "")
    places = [Structure(id="y" * 100, nom="A", notes=text) for text in texts]
    sheet = _sheet(write(Export(places, fields=("id", "nom", "notes"))).data)
    heights = [row.get("ht") for row in sheet.iter(f"{MAIN}row")]
    assert heights == [None, None, "30", "45", "75", None]


def test_ids_alone_are_a_workbook() -> None:
    assert _rows(write(Export([Structure(id="y" * 100)], fields=("id",))).data) == [["id"], ["y" * 100]]


def test_a_page_is_as_wide_as_the_columns_while_they_are_readable() -> None:
    narrow = Structure(id="a", nom="A")
    wide = Structure(**{name: "x" * 100 for name, field in FIELDS.items() if not field.many})
    for place, fits in ((narrow, "1"), (wide, None)):
        sheet = _sheet(write(Export([place])).data)
        [page] = sheet.iter(f"{MAIN}pageSetup")
        assert (page.get("paperSize"), page.get("orientation")) == ("9", "landscape")
        [found] = [one.get("fitToPage") for one in sheet.iter(f"{MAIN}pageSetUpPr")] or [None]
        assert found == fits


def test_no_text_is_executed(hostile: str) -> None:
    structure = Structure(id="a", nom=hostile)
    data = write(Export([structure], fields=("id", "nom"))).data
    sheet = _sheet(data)
    assert list(sheet.iter(f"{MAIN}f")) == []
    assert list(sheet.iter(f"{MAIN}hyperlink")) == []
    assert _rows(data)[1][1] == hostile.replace("\ud800", "?")


def test_what_no_cell_can_hold_is_left_out() -> None:
    long = Structure(id="a", nom="x" * 32_768, presentation_detail="😀" * 16_384)
    fits = Structure(id="b", nom="x" * 32_767, presentation_detail="é" * 20_000)
    written = write(Export([long, fits]))
    assert written.left_out == ((long, "too long for a cell: name, description"),)
    assert [row[0] for row in _rows(written.data)] == ["id", "b"]


@given(data=st.data())
@settings(max_examples=60)
def test_a_workbook_reads_back_to_the_same_values(
    structures: st.SearchStrategy[list[Structure]], data: st.DataObject
) -> None:
    given_structures = data.draw(structures)
    header, *rows = _rows(write(Export(given_structures)).data)
    back = []
    for row in rows:
        cells = zip(map(str, header), map(str, row), strict=True)
        values: dict[str, Any] = {
            name: split(cell) if FIELDS[name].many else cell for name, cell in cells if name in FIELDS
        }
        back.append(Structure(**values))
    assert back == given_structures
