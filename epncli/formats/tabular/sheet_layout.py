"""What calamine does not tell of a sheet: its hidden rows and, in an ODS, its merged cells.

Only `workbook_process`, with its limits of memory and time, uses this module.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from epncli.formats.tabular import ods_tags
from epncli.formats.tabular.workbook_parts import SheetXml

Span = tuple[int, int, int, int]
"""Merged cells: the first row and column, the last row and column, from 1."""


class Layout(NamedTuple):
    """The hidden rows and the merged cells of a sheet."""

    hidden: set[int]
    merged: list[Span]


def layout(sheet: SheetXml) -> Layout:
    """The layout of a sheet, without the merged cells of XLSX."""
    if sheet.table is None:
        return Layout(_hidden_in_xlsx(sheet.xml), [])
    return _of_ods(sheet.xml, sheet.table)


# ECMA-376, 18.3.1.73: `row` has the attributes r (its number) and hidden.
_HIDDEN: Final = re.compile(rb"""<(?:\w+:)?row(?=\s)[^<>]*?\shidden\s?=\s?["'](?:1|true)["'][^<>]*>""")
_NUMBER: Final = re.compile(rb"""\sr\s?=\s?["']([0-9]{1,7})["']""")


def _hidden_in_xlsx(xml: bytes) -> set[int]:
    numbers = (_NUMBER.search(found[0]) for found in _HIDDEN.finditer(xml))
    return {int(number[1]) for number in numbers if number}


# OpenDocument 1.3, 19.749 and 19.682: a row that is collapsed or filtered; a cell that spans others.
_ODS_SIGN: Final = re.compile(rb'-spanned=|:visibility="[cf]')
_ODS_HIDDEN: Final = re.compile(rb'table:visibility="(?:collapse|filter)"')
_ODS_SPANNED: Final = re.compile(rb'table:number-(rows|columns)-spanned="([0-9]{1,7})"')


def _of_ods(xml: bytes, index: int) -> Layout:
    found = Layout(set(), [])
    if not _ODS_SIGN.search(xml):
        return found
    for tag in ods_tags.tags(xml, index):
        if not tag.column and _ODS_HIDDEN.search(tag.attributes):
            found.hidden.update(range(tag.row, tag.row + min(tag.rows, ods_tags.MOST_REPEATED)))
        elif spanned := dict(_ODS_SPANNED.findall(tag.attributes)):
            rows, columns = (int(spanned.get(what, 1)) for what in (b"rows", b"columns"))
            found.merged.append((tag.row, tag.column, tag.row + rows - 1, tag.column + columns - 1))
    return found
