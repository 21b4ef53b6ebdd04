"""Builds workbooks part by part, including invalid ones that no program would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>nom</t></is></c><c r="B1" t="str"><v>code_postal</v></c></row>'
)
ROW = '<row r="2"><c r="A2" t="str"><v>Lieu</v></c><c r="B2"><v>75012</v></c></row>'
"""Of XLSX; with the header it is a list of one place."""
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
ODS_HEADER = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>nom</text:p></table:table-cell>'
    '<table:table-cell office:value-type="string"><text:p>code_postal</text:p></table:table-cell>'
    "</table:table-row>"
)
ODS_ROW = ODS_HEADER.replace("nom", "Lieu").replace("code_postal", "75012")


def archive(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return data.getvalue()


def worksheet(rows: str, around: str = "{}") -> str:
    """A sheet of XLSX with these rows; `around` is what else stands in it."""
    return f'<worksheet xmlns="{MAIN}">{around.format(f"<sheetData>{rows}</sheetData>")}</worksheet>'


def xlsx_parts(
    sheet: str, *, sheets: int = 1, target: str = "worksheets/sheet1.xml"
) -> dict[str, str | bytes]:
    """The parts of a workbook; all its sheets are the same part, `target`, which stands below `xl`."""
    numbers = range(1, sheets + 1)
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONSHIPS}/worksheet" Target="{target}"/>' for n in numbers
    )
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        f"xl/{target}": sheet,
    }


def xlsx(rows: str = HEADER + ROW, *, sheets: int = 1, target: str = "worksheets/sheet1.xml") -> bytes:
    """A workbook with these rows in each of its sheets."""
    return archive(xlsx_parts(worksheet(rows), sheets=sheets, target=target))


def ods_parts(tables: str) -> dict[str, str | bytes]:
    """The parts of a workbook of LibreOffice."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0"/>',
        "content.xml": f'<office:document-content xmlns:office="{_OFFICE}:office:1.0" '
        f'xmlns:table="{_OFFICE}:table:1.0" xmlns:text="{_OFFICE}:text:1.0"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
    }


def table(rows: str = ODS_HEADER + ODS_ROW, name: str = "T") -> str:
    """A sheet of ODS."""
    return f'<table:table table:name="{name}">{rows}</table:table>'


def ods(tables: str | None = None) -> bytes:
    """A workbook of LibreOffice."""
    return archive(ods_parts(table() if tables is None else tables))
