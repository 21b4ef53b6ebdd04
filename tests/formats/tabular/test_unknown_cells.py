"""Cells of a workbook that have only an error or a formula."""

from __future__ import annotations

import io

import pytest
from xlsxwriter import Workbook

from epncli.formats.detection import read
from epncli.formats.reading import InputFile
from epncli.formats.tabular.unknown_cells import unknown_cells
from epncli.formats.tabular.workbook_parts import SheetXml

ERROR = '<row r="2"><c r="B2" t="e"><f>NA()</f><v>#N/A</v></c></row>'


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (ERROR, {(2, 2): "#N/A"}),
        ("<c r='A1' t='e'><v>#REF!</v></c><c r='B1'/>", {(1, 1): "#REF!"}),
        ("<c t = 'e' r='C1'/>", {(1, 3): "#VALUE!"}),
        ('<row r="7"><c r="AB7"><f>A1&amp;B1</f></c></row>', {(7, 28): "=A1&B1"}),
        ('<row r="7"><c r="A7"><f>SUM(B1)</f><v></v></c></row>', {(7, 1): "=SUM(B1)"}),
        ('<row r="1"><c r="A1"><f>B1</f><v>3</v></c></row>', {}),
        ('<row r="1"><c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c></row>', {}),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>', {}),
        (
            '<x:c r="A1"><x:f t="shared" si="0">B1</x:f></x:c><c r="A2"><f si="0"/></c><c><f/></c>',
            {(1, 1): "=B1", (2, 1): "#VALUE!"},
        ),
    ],
)  # fmt: skip
def test_errors_and_formulas_without_a_value_of_an_xlsx(rows: str, found: dict[tuple[int, int], str]) -> None:
    assert unknown_cells(SheetXml(f"<sheetData>{rows}</sheetData>".encode())) == found


def test_errors_and_formulas_without_a_value_of_an_ods() -> None:
    cell = "<table:table-cell "
    rows = (
        f'<table:table-row table:number-rows-repeated="2">{cell}/></table:table-row><table:table-row>'
        f'{cell}table:number-columns-repeated="3"><text:p>x</text:p></table:table-cell>'
        f'{cell}table:formula="of:=NA()" office:value-type="string" calcext:value-type="error">'
        "<text:p>#N/A</text:p></table:table-cell>"
        f'{cell}table:formula="of:=[.B2]>1"/>'
        f'{cell}table:formula="of:=1" office:value-type="float"/></table:table-row>'
    )
    content = f"<x><table:table/><table:table>{rows}</table:table></x>".encode()
    assert unknown_cells(SheetXml(content, 1)) == {(3, 4): "#N/A", (3, 5): "=[.B2]>1"}
    assert unknown_cells(SheetXml(content, 0)) == {}


def test_they_stand_in_the_rows_of_the_workbook_where_the_value_would_be() -> None:
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 1, ["nom", "code_postal", "telephones", "notes"])
        sheet.write_row(3, 1, ["A", "75012"])
        sheet.write_formula(3, 3, "=NA()", None, "#N/A")
        sheet.write_formula(3, 4, "=VLOOKUP(B4,B:C,2)", None, "")
        sheet.write_row(4, 1, ["B", "75012"])
        sheet.write_formula(4, 3, "=D1", None, "01 40 18 04 41")
    rows = read(InputFile("lieux.xlsx", data.getvalue())).rows
    assert [(row.line, row.values["telephones"], row.values["notes"]) for row in rows] == [
        (4, ("#N/A",), "=VLOOKUP(B4,B:C,2)"),
        (5, ("01 40 18 04 41",), ""),
    ]


def test_an_error_in_merged_cells_is_unknown_in_all_their_rows() -> None:
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([["nom", "CP", "Tél"], ["A", "75012"], ["B", "75012"]]):
            sheet.write_row(number, 0, row)
        sheet.merge_range(1, 2, 2, 2, "")
        sheet.write_formula(1, 2, "=NA()", None, "#N/A")
    rows = read(InputFile("lieux.xlsx", data.getvalue())).rows
    assert [row.values["telephones"] for row in rows] == [("#N/A",), ("#N/A",)]
