"""Hidden rows, and the merged cells of an ODS, found by searching the XML of a sheet."""

from __future__ import annotations

import pytest

from epncli.formats.tabular.sheet_layout import Layout, layout
from epncli.formats.tabular.workbook_parts import SheetXml


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        ('<row r="1"/><row r="2" spans="1:2" hidden="1"><c/></row>', {2}),
        ("<x:row hidden = 'true' r='12'/>", {12}),
        ('<row r="3" hidden="0"/><row r="4" hidden="false"/><row hidden="1"/>', set()),
        ('<rowBreaks r="5" hidden="1"/><col r="6" hidden="1"/>', set()),
    ],
)
def test_hidden_rows_of_an_xlsx(rows: str, hidden: set[int]) -> None:
    assert layout(SheetXml(f"<sheetData>{rows}</sheetData>".encode())) == Layout(hidden, [])


def test_hidden_rows_and_merged_cells_of_an_ods() -> None:
    row, cell = "<table:table-row", "<table:table-cell"
    rows = (
        f'{row} table:number-rows-repeated="2">{cell}/></table:table-row>'
        f'{row} table:number-rows-repeated="3" table:visibility="collapse">{cell}/></table:table-row>'
        f'{row} table:visibility="visible">{cell} table:number-columns-repeated="4"/>'
        f'{cell} table:number-columns-spanned="2" table:number-rows-spanned="3">'
        f'<table:table>{row} table:visibility="filter"/></table:table></table:table-cell>'
        f'<table:covered-table-cell/>{cell} table:number-rows-spanned="2"/></table:table-row>'
        f'{row} table:visibility="filter"/>'
    )
    xml = f"<x><table:table/><table:table>{rows}</table:table></x>".encode()
    assert layout(SheetXml(xml, 1)) == Layout({3, 4, 5, 7}, [(6, 5, 8, 6), (6, 7, 7, 7)])
    assert layout(SheetXml(xml, 0)) == Layout(set(), [])
