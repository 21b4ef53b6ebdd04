"""XLSX workbooks: text, except complete dates and coordinates; and reading of XLSX and ODS workbooks."""

from __future__ import annotations

import io
import re
from typing import Final

from epncli.display.hours import in_words_to_paste
from epncli.formats.reading import InputFile, Reading
from epncli.formats.tabular import cells, hours_in_words, sheets
from epncli.formats.writing import Export, Written
from epncli.formats.xlsx_sheet import Column, add_sheet
from epncli.i18n import _
from epncli.model.fields import label_in_sentence
from epncli.model.structure import FIELDS, Structure

_LONGEST_CELL: Final = 32_767
"""The longest text in a cell of Excel, in UTF-16 code units."""
_BETWEEN_VALUES: Final = f" {cells.LIST_SEPARATOR}\n"
"""Each value of a list is on a line of its own. `import` removes the spaces and line ends."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def write(export: Export) -> Written:
    """The workbook with the fields asked for, by default the required fields and all others in use.

    Complete dates are dates, and `2014-09` is text. The values of a list are separated by `|` and a line end.
    The rows of closed structures are grey. Opening hours are followed by a column with the hours in words.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    names = _fields(export)
    columns = [Column(name, FIELDS[name]) for name in names]
    kept, rows, left_out = [], [], []
    for structure in export.structures:
        row = [_text(structure, name) for name in names]
        if long := [name for name, cell in zip(names, row, strict=True) if _too_long(cell)]:
            reason = _("too long for a cell: {fields}").format(fields=", ".join(map(label_in_sentence, long)))
            left_out.append((structure, reason))
        else:
            kept.append(structure)
            rows.append(row)
    if "horaires" in names:
        place = names.index("horaires")
        words = [_hours(row[place], export.lang) for row in rows]
        if any(word != row[place] for word, row in zip(words, rows, strict=True)):
            columns.insert(place + 1, Column(hours_in_words.HEADER))
            for word, row in zip(words, rows, strict=True):
                row.insert(place + 1, word)
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as workbook:
        add_sheet(workbook, columns, rows, [structure.is_closed for structure in kept], export.lang)
    return Written(data.getvalue(), tuple(left_out))


def _fields(export: Export) -> tuple[str, ...]:
    """The fields of the columns. Unless it is asked for, an empty one is only there if it is required."""
    if export.fields:
        return export.fields
    used = cells.in_use(export.structures)
    columns = cells.columns(export.structures, ())
    return tuple(name for name in columns if FIELDS[name].required or name in used)


def _text(structure: Structure, name: str) -> str:
    """The cell of a field, with lone surrogates, which UTF-8 cannot encode, replaced by `?`."""
    if not (value := structure.value(name)):
        return ""
    return _SURROGATE.sub("?", value if isinstance(value, str) else _BETWEEN_VALUES.join(value))


def _too_long(cell: str) -> bool:
    # Excel counts UTF-16 code units: a character beyond U+FFFF counts twice.
    return len(cell) > _LONGEST_CELL // 2 and len(cell.encode("utf-16-le")) // 2 > _LONGEST_CELL


def _hours(hours: str, lang: str) -> str:
    """The hours in words; as they are if they have none, or if these are too long for a cell."""
    words = in_words_to_paste(hours, lang)
    return hours if _too_long(words) else words


def read(file: InputFile, *, national: bool = False) -> Reading:
    """The rows of a sheet of an XLSX or ODS workbook; formulas have their last calculated value.

    Raises Unreadable, and BadUsage for a sheet that the workbook does not have.
    """
    return sheets.read(file, national=national)
