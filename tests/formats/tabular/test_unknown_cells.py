"""Cells of a workbook that have only an error or a formula."""

from __future__ import annotations

import io
import zipfile

import pytest
from xlsxwriter import Workbook

from epncli.formats.detection import read
from epncli.formats.reading import InputFile
from epncli.formats.tabular.unknown_cells import unknown_cells
from epncli.formats.tabular.workbook_parts import sheet_xml


def archive(parts: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return data.getvalue()


def xlsx(rows: str, target: str = "worksheets/sheet1.xml", separator: str = "/") -> bytes:
    """A workbook whose second sheet, `B`, has these rows."""
    sheets = '<sheet name="A" r:id="r1"/><sheet name="B" r:id="r2"/>'
    relations = (
        f'<Relationships><Relationship Id="r2" Target="{target}"/>'
        '<Relationship Id="r1" Target="worksheets/none.xml"/></Relationships>'
    )
    part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations,
        part: f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
    }
    return archive({name.replace("/", separator): text for name, text in parts.items()})


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
    assert unknown_cells(sheet_xml(xlsx(rows), "B", 1)) == found
    assert unknown_cells(sheet_xml(xlsx(rows), "A", 0)) == {}


@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "Sheets/S.xml"])
@pytest.mark.parametrize("separator", ["/", "\\"])
def test_the_part_of_a_sheet_is_found_by_its_relation(target: str, separator: str) -> None:
    assert unknown_cells(sheet_xml(xlsx(ERROR, target, separator), "B", 1)) == {(2, 2): "#N/A"}


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
    content = f"<x><table:table/><table:table>{rows}</table:table></x>"
    data = archive({"content.xml": content})
    assert unknown_cells(sheet_xml(data, "B", 1)) == {(3, 4): "#N/A", (3, 5): "=[.B2]>1"}
    assert unknown_cells(sheet_xml(data, "A", 0)) == {}


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
