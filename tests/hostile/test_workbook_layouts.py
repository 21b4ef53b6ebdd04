"""Workbooks whose parts have other names, whose rows are hidden and whose cells are merged."""

from __future__ import annotations

import re

import pytest
from archives import HEADER, ODS_HEADER, ODS_ROW, ROW, SHEET, archive, ods, table, worksheet, xlsx_parts

from epncli.errors import Unreadable
from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Reading

PARTS = xlsx_parts(worksheet(HEADER + ROW))
PLACE = {"nom": "Lieu", "code_postal": "75012"}


def reading(data: bytes) -> Reading:
    return read(InputFile("lieux", data), "xlsx")


def places(found: Reading) -> list[dict[str, object]]:
    return [dict(row.values) for row in found.rows]


def with_names(change: dict[str, str]) -> bytes:
    """The workbook whose parts, and what names them, have other names."""

    def renamed(text: str | bytes) -> str:
        text = str(text)
        for old, new in change.items():
            text = text.replace(old, new)
        return text

    return archive({renamed(name): renamed(content) for name, content in PARTS.items()})


@pytest.mark.parametrize(
    "change",
    [
        {"xl/workbook.xml": "xl/workbook22.xml", "workbook.xml.rels": "workbook22.xml.rels"},
        {
            "xl/workbook.xml": "office/book.xml",
            "xl/_rels/workbook.xml": "office/_rels/book.xml",
            "xl/": "office/",
        },
        {"xl/workbook.xml": "workbook.xml", "xl/_rels": "_rels", "xl/worksheets": "worksheets"},
    ],
)
def test_the_main_part_may_have_another_name(change: dict[str, str]) -> None:
    assert places(reading(with_names(change))) == [PLACE]


@pytest.mark.parametrize("main", ["workbook.xml", "book.xml"])
def test_the_names_of_parts_may_have_backslashes_and_their_rows_be_hidden(main: str) -> None:
    sheet = worksheet(HEADER + ROW.replace("<row ", '<row hidden="1" '))
    renamed = {
        name.replace("workbook.xml", main).replace("/", "\\"): str(content).replace(
            "xl/workbook.xml", f"xl\\{main}"
        )
        for name, content in {**PARTS, SHEET: sheet}.items()
    }
    found = reading(archive(renamed))
    assert places(found) == [PLACE]
    assert found.warnings == ("1 hidden row is read like the others: row 2",)


def test_rows_of_ods_are_hidden_by_a_filter_and_merged_by_spans() -> None:
    merged = ODS_ROW.replace("<table:table-cell", '<table:table-cell table:number-rows-spanned="3"', 1)
    covered = re.sub(
        "<table:table-cell.*?</table:table-cell>", "<table:covered-table-cell/>", ODS_ROW, count=1
    )
    filtered = covered.replace("<table:table-row", '<table:table-row table:visibility="filter"')
    found = reading(ods(table(ODS_HEADER + merged + filtered + covered)))
    assert [(row.line, dict(row.values)) for row in found.rows] == [(2, PLACE), (3, PLACE), (4, PLACE)]
    assert found.warnings == ("1 hidden row is read like the others: row 3",)


def test_a_thousand_merged_cells_cost_no_more_than_a_workbook_may() -> None:
    cells = "".join(f'<mergeCell ref="A{n}:XFD{n + 500_000}"/>' for n in range(2, 5000))
    data = archive({**PARTS, SHEET: worksheet(HEADER + ROW * 2000, f"{{}}<mergeCells>{cells}</mergeCells>")})
    try:
        reading(data)
    except Unreadable as refused:
        assert refused.message == "the workbook needs too much memory or time for a list of places"  # noqa: PT017  either of the two


def test_a_document_of_another_program_is_no_workbook() -> None:
    with pytest.raises(Unreadable, match="it is neither XLSX nor ODS"):
        reading(archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}))
