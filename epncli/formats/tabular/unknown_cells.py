"""Cells of a workbook that have no value, only an error or a formula: calamine reads them as blank.

A blank cell means that there is no value; the value of these cells is unknown. Only `workbook_process`, with
its limits of memory and time, uses this module. It searches the XML for these few cells instead of parsing
all of it, which would take longer than calamine does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from epncli.formats.tabular import ods_tags
from epncli.formats.tabular.workbook_parts import SheetXml

Position = tuple[int, int]
"""A row and a column, both from 1."""

_LONGEST: Final = 200
"""Characters of a formula that are kept."""
_UNNAMED: Final = "#VALUE!"
"""For a cell in which the file names neither the error nor the formula."""


def unknown_cells(sheet: SheetXml) -> dict[Position, str]:
    """The text of each such cell of a sheet, as a spreadsheet shows it: `#N/A`, `=VLOOKUP(A2,B:C,2)`."""
    return dict(_of_xlsx(sheet.xml) if sheet.table is None else _of_ods(sheet.xml, sheet.table))


# ECMA-376, 18.3.1.4: `c` has the attributes r (reference) and t (type), and the elements f and v.
_CELL: Final = re.compile(
    rb"""<(?:\w+:)?c(?=\s)(?:[^<>]*?\st\s?=\s?["']e["'][^<>]*?(?:/>|>)|[^<>/]*>\s*<(?:\w+:)?f[\s>/])"""
)
"""The start of a cell with an error or a formula."""
_CELL_END: Final = re.compile(rb"</(?:\w+:)?c>")
_LONGEST_CELL: Final = 100_000
"""Bytes of a cell."""
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>([^<]*))")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?(?:/>|>([^<]*))")
_TYPE: Final = re.compile(rb"""\st\s?=\s?["'](\w*)["']""")
_REFERENCE: Final = re.compile(rb"""\sr\s?=\s?["']([A-Z]{1,3})([0-9]{1,7})["']""")


def _of_xlsx(xml: bytes) -> Iterator[tuple[Position, str]]:
    for found in _CELL.finditer(xml):
        end = _CELL_END.search(xml, found.start(), found.start() + _LONGEST_CELL)
        cell = xml[found.start() : end.start() if end else found.end()]
        tag = cell[: cell.index(b">")]
        kind = next(iter(_TYPE.findall(tag)), b"")
        value = _VALUE.search(cell) if not tag.endswith(b"/") else None
        text = (value[1] or b"") if value else b""
        # A formula may have the empty text as its result: then the value is there, of the type `str`.
        if kind == b"e" or (not text and not (value and kind == b"str")):
            formula = _FORMULA.search(cell) if kind != b"e" else None
            shown = b"=" + formula[1] if formula and formula[1] else text
            if position := _position(tag):
                yield position, html.unescape(shown.decode("utf-8", "replace"))[:_LONGEST] or _UNNAMED


def _position(tag: bytes) -> Position | None:
    """The row and the column of a cell; None without a reference, which every spreadsheet program writes."""
    found = _REFERENCE.search(tag)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - ord("A") + 1
    return int(found[2]), column


_ODS_SIGN: Final = re.compile(rb'calcext:value-type="error"|table:formula=')
_ODS_FORMULA: Final = re.compile(rb'table:formula="[^"=]*(=[^"]*)"')
_ODS_TEXT: Final = re.compile(rb"\s*<text:p[^<>]*>([^<]*)")


def _of_ods(xml: bytes, index: int) -> Iterator[tuple[Position, str]]:
    if not _ODS_SIGN.search(xml):
        return
    for tag in ods_tags.tags(xml, index):
        if tag.column and (text := _ods_text(xml, tag.end, tag.attributes)):
            for row in range(tag.row, tag.row + min(tag.rows, ods_tags.MOST_REPEATED)):
                for column in range(tag.column, tag.column + min(tag.columns, ods_tags.MOST_REPEATED)):
                    yield (row, column), text


def _ods_text(xml: bytes, end: int, attributes: bytes) -> str:
    """The error or the formula of a cell; "" if it has a value. `end` is the end of its start tag."""
    if b'calcext:value-type="error"' in attributes:
        shown = _ODS_TEXT.match(xml, end)
    elif b"table:formula=" in attributes and b"office:value-type=" not in attributes:
        shown = _ODS_FORMULA.search(attributes)
    else:
        return ""
    return html.unescape(shown[1].decode("utf-8", "replace"))[:_LONGEST] if shown else _UNNAMED
