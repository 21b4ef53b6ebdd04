"""Cells of a workbook that have no value, only an error or a formula: calamine reads them as blank.

A blank cell means that there is no value; the value of these cells is unknown. Only `workbook_process`, with
its limits of memory and time, uses this module. It searches the XML for these few cells instead of parsing
all of it, which would take longer than calamine does.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat
from zipfile import ZipFile

Position = tuple[int, int]
"""A row and a column, both from 1."""

_LARGEST_PART: Final = 256 * 1024 * 1024
"""Size in bytes of the XML of a sheet that is searched."""
_LONGEST: Final = 200
"""Characters of a formula that are kept."""
_MOST_REPEATED: Final = 1_000
"""Repetitions of one cell of an ODS that are counted."""
_UNNAMED: Final = "#VALUE!"
"""For a cell in which the file names neither the error nor the formula."""


def unknown_cells(data: bytes, sheet: str, index: int) -> dict[Position, str]:
    """The text of each such cell of a sheet, as a spreadsheet shows it: `#N/A`, `=VLOOKUP(A2,B:C,2)`.

    `sheet` is the name of the sheet and `index` its place, from 0. Raises an exception of zipfile or expat
    if the archive or a part is damaged.
    """
    with ZipFile(io.BytesIO(data)) as archive:
        parts = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        is_ods = "content.xml" in parts
        part = parts.get("content.xml" if is_ods else _part_of(archive, parts, sheet))
        if part is None or archive.getinfo(part).file_size > _LARGEST_PART:
            return {}
        xml = archive.read(part)
    return dict(_of_ods(xml, index) if is_ods else _of_xlsx(xml))


def _part_of(archive: ZipFile, parts: Mapping[str, str], sheet: str) -> str:
    """The name of the part of an XLSX that has a sheet, in lowercase; "" if there is none."""
    relation = target = ""
    for name, attributes in _elements(archive, parts.get("xl/workbook.xml")):
        if name == "sheet" and attributes.get("name") == sheet:
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
    for name, attributes in _elements(archive, parts.get("xl/_rels/workbook.xml.rels")):
        if name == "Relationship" and attributes.get("Id") == relation:
            target = attributes.get("Target", "").replace("\\", "/").lower()
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _elements(archive: ZipFile, part: str | None) -> list[tuple[str, dict[str, str]]]:
    """The elements of a small part: local names and attributes."""
    found: list[tuple[str, dict[str, str]]] = []
    if part is not None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, attributes: found.append(
            (name.rpartition(":")[2], attributes)
        )
        parser.Parse(archive.read(part), True)  # noqa: FBT003  its signature
    return found


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


# OpenDocument 1.3, 9.1: tables, rows and cells, the last two perhaps repeated.
_ODS_TAG: Final = re.compile(
    rb"""<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s>/])((?:[^<>"]|"[^"]*")*)>"""
)
_ODS_SIGN: Final = re.compile(rb'calcext:value-type="error"|table:formula=')
_REPEATED: Final = re.compile(rb'repeated="([0-9]{1,9})"')
_ODS_FORMULA: Final = re.compile(rb'table:formula="[^"=]*(=[^"]*)"')
_ODS_TEXT: Final = re.compile(rb"\s*<text:p[^<>]*>([^<]*)")


def _of_ods(xml: bytes, index: int) -> Iterator[tuple[Position, str]]:
    if not _ODS_SIGN.search(xml):
        return
    depth, table = 0, -1
    row = rows = column = columns = 0
    for found in _ODS_TAG.finditer(xml):
        closing, kind, attributes = found.groups()
        if kind == b"table":
            table += not closing and depth == 0
            depth += -1 if closing else not attributes.endswith(b"/")
        elif closing or table != index:
            continue
        elif kind == b"table-row":
            row, rows = row + max(rows, 1), _repeated(attributes)
            column = columns = 0
        else:
            column, columns = column + max(columns, 1), _repeated(attributes)
            if text := _ods_text(xml, found.end(), attributes):
                for repeated_row in range(row, row + min(rows, _MOST_REPEATED)):
                    for repeated_column in range(column, column + min(columns, _MOST_REPEATED)):
                        yield (repeated_row, repeated_column), text


def _repeated(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found[1]) if found else 1


def _ods_text(xml: bytes, end: int, attributes: bytes) -> str:
    """The error or the formula of a cell; "" if it has a value. `end` is the end of its start tag."""
    if b'calcext:value-type="error"' in attributes:
        shown = _ODS_TEXT.match(xml, end)
    elif b"table:formula=" in attributes and b"office:value-type=" not in attributes:
        shown = _ODS_FORMULA.search(attributes)
    else:
        return ""
    return html.unescape(shown[1].decode("utf-8", "replace"))[:_LONGEST] if shown else _UNNAMED
