"""XLSX workbooks, in which every value but coordinates is text; and reading of XLSX and ODS workbooks."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from epncli.formats.reading import InputFile, Reading
from epncli.formats.tabular import cells, sheets
from epncli.formats.writing import Export, Written
from epncli.i18n import _
from epncli.model.fields import label_in_sentence
from epncli.model.structure import FIELDS, Kind

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

SHEET: Final = "structures"
_LONGEST_CELL: Final = 32_767
"""The longest text in a cell of Excel, in UTF-16 code units."""
_WIDEST: Final = 60
"""The largest width of a column, in characters."""
_SPARE_ROWS: Final = 500
"""Number of empty rows below the last structure that have drop-down lists."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_TEXT: Final = {"num_format": 49}
"""`@`, the built-in text format: Excel does not convert what is typed in the cell."""
_GREY: Final = {"font_color": "#595959", "bg_color": "#EDEDED"}


def write(export: Export) -> Written:
    """The workbook with the fields asked for, by default the core fields and all others in use.

    Lists use `|`. The rows of closed structures are grey.
    """
    from xlsxwriter import Workbook

    names = cells.columns(export.structures, export.fields)
    rows, kept, left_out = [], [], []
    for structure, cells_of_row in zip(export.structures, cells.rows(export.structures, names), strict=True):
        row = _clean(cells_of_row)
        if long := [name for name, cell in zip(names, row, strict=True) if _too_long(cell)]:
            reason = _("too long for a cell: {fields}").format(fields=", ".join(map(label_in_sentence, long)))
            left_out.append((structure, reason))
        else:
            kept.append(structure)
            rows.append(row)
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        _lay_out(workbook, sheet, names, rows)
        _fill(workbook, sheet, names, rows, [structure.is_closed for structure in kept])
    return Written(data.getvalue(), tuple(left_out))


def _too_long(cell: str) -> bool:
    # Excel counts UTF-16 code units: a character beyond U+FFFF counts twice.
    return len(cell) > _LONGEST_CELL // 2 and len(cell.encode("utf-16-le")) // 2 > _LONGEST_CELL


def _clean(row: list[str]) -> list[str]:
    """The cells with lone surrogates, which UTF-8 cannot encode, replaced by `?`."""
    return [_SURROGATE.sub("?", cell) for cell in row]


def _lay_out(
    workbook: Workbook, sheet: Worksheet, names: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """Set the widths of the columns, write and freeze the header, add filters and drop-down lists."""
    heading = workbook.add_format({"bold": True} | _TEXT)
    text = workbook.add_format(_TEXT)
    for column, name in enumerate(names):
        field = FIELDS[name]
        widest = max(len(name) + 3, *(len(row[column]) for row in rows), 0)
        sheet.set_column(column, column, min(widest, _WIDEST) + 1, None if _number(name) else text)
        sheet.write_string(0, column, name, heading)
        if field.values and not field.many:
            choice = {"validate": "list", "source": list(field.values)}
            sheet.data_validation(1, column, len(rows) + _SPARE_ROWS, column, choice)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(names) - 1)


def _fill(
    workbook: Workbook,
    sheet: Worksheet,
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    closed: Sequence[bool],
) -> None:
    """Write the cells. `write_string` never converts a text to a formula, a link or a number."""
    formats = {
        (number, grey): workbook.add_format(({} if number else _TEXT) | (_GREY if grey else {}))
        for number in (False, True)
        for grey in (False, True)
    }
    numbers = [_number(name) for name in names]
    for index, (row, grey) in enumerate(zip(rows, closed, strict=True), start=1):
        for column, (cell, number) in enumerate(zip(row, numbers, strict=True)):
            style = formats[number, grey]
            if not cell:
                if grey:
                    sheet.write_blank(index, column, None, style)
            elif number and (degrees := cells.exact_coordinate(cell)) is not None:
                sheet.write_number(index, column, degrees, style)
            else:
                sheet.write_string(index, column, cell, style)


def _number(name: str) -> bool:
    return FIELDS[name].kind in (Kind.LATITUDE, Kind.LONGITUDE)


def read(file: InputFile, *, national: bool = False) -> Reading:
    """The rows of a sheet of an XLSX or ODS workbook; formulas have their last calculated value.

    Raises Unreadable, and BadUsage for a sheet that the workbook does not have.
    """
    return sheets.read(file, national=national)
