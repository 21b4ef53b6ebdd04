from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

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


def _sheet(data: bytes) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314  our own


def test_a_registry_as_a_workbook(registry: Sequence[Structure]) -> None:
    fields = ("id", "nom", "code_postal", "telephones", "statut", "date_fermeture", "latitude")
    structures = (registry[0].changed(latitude="48.8690"), registry[1].changed(latitude="48.8665"))
    assert _rows(write(Export(structures, fields=fields)).data) == [
        list(fields),
        ["freepam", "FREPAM", "75009", "06 99 93 14 51", "", "", "48.8690"],
        [
            "microlithe", "Microlithe", "75020", "01 46 36 70 13|3949", "fermé", "2014-09", 48.8665,
        ],
    ]  # fmt: skip


def test_the_header_is_frozen_and_filters(registry: Sequence[Structure]) -> None:
    sheet = _sheet(write(Export(registry, fields=("id", "nom", "statut"))).data)
    [pane] = sheet.iter(f"{MAIN}pane")
    assert (pane.get("ySplit"), pane.get("xSplit"), pane.get("state")) == ("1", None, "frozen")
    [found] = sheet.iter(f"{MAIN}autoFilter")
    assert found.get("ref") == "A1:C4"


def test_a_drop_down_offers_the_values_of_the_status(registry: Sequence[Structure]) -> None:
    sheet = _sheet(write(Export(registry, fields=("id", "typologie", "statut"))).data)
    [choice] = sheet.iter(f"{MAIN}dataValidation")
    assert (choice.get("type"), choice.get("sqref")) == ("list", "C2:C504")
    assert choice.findtext(f"{MAIN}formula1") == '"ouvert,fermé"'


def test_every_cell_is_formatted_as_text_and_a_closed_row_is_grey(
    registry: Sequence[Structure],
) -> None:
    data = write(Export(registry[:2], fields=("id", "telephones", "notes"))).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = ET.fromstring(archive.read("xl/styles.xml"))  # noqa: S314  our own
    formats = next(styles.iter(f"{MAIN}cellXfs"))
    fills = next(styles.iter(f"{MAIN}fills"))
    looks = []
    for cell in _sheet(data).iter(f"{MAIN}c"):
        look = formats[int(cell.get("s", "0"))]
        colour = fills[int(look.get("fillId", "0"))].find(f".//{MAIN}fgColor")
        looks.append((cell.get("r"), look.get("numFmtId"), None if colour is None else colour.get("rgb")))
    assert looks == [
        ("A1", "49", None), ("B1", "49", None), ("C1", "49", None),
        ("A2", "49", None), ("B2", "49", None),
        ("A3", "49", "FFEDEDED"), ("B3", "49", "FFEDEDED"), ("C3", "49", "FFEDEDED"),
    ]  # fmt: skip


def test_columns_are_as_wide_as_their_cells_up_to_a_limit() -> None:
    structure = Structure(id="a", nom="x" * 20, notes="x" * 10_000)
    sheet = _sheet(write(Export([structure], fields=("id", "nom", "notes"))).data)
    widths = [round(float(column.get("width", "0"))) for column in sheet.iter(f"{MAIN}col")]
    assert widths == [7, 22, 62]


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
        values: dict[str, Any] = {name: split(cell) if FIELDS[name].many else cell for name, cell in cells}
        back.append(Structure(**values))
    assert back == given_structures
