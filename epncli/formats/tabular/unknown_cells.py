"""Cells of a workbook that have no value, only an error or a formula: calamine reads them as blank.

A blank cell means that there is no value; the value of these cells is unknown. Only `workbook_process`, with
its limits of memory and time, uses this module.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any, Final
from xml.parsers import expat
from zipfile import ZipFile

Position = tuple[int, int]
"""A row and a column, both from 1."""

_CHUNK: Final = 1 << 16
_LONGEST: Final = 200
"""Characters of a formula that are kept."""
_MOST_REPEATED: Final = 1_000
"""Repetitions of one cell of an ODS that are counted."""
_XLSX_SIGN: Final = re.compile(rb"""\bt\s?=\s?["']e["']|<(?:\w+:)?f[\s/>]""")
_ODS_SIGN: Final = re.compile(rb"""value-type\s?=\s?["']error["']|:formula\s?=""")
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_UNNAMED: Final = "#VALUE!"
"""For a formula that the file does not give in this cell."""


def unknown_cells(data: bytes, sheet: str, index: int) -> dict[Position, str]:
    """The text of each such cell of a sheet, as a spreadsheet shows it: `#N/A`, `=VLOOKUP(A2,B:C,2)`.

    `sheet` is the name of the sheet and `index` its place, from 0. Raises an exception of zipfile or expat
    if the archive or a part is damaged.
    """
    with ZipFile(io.BytesIO(data)) as archive:
        parts = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        if "content.xml" in parts:
            return _read(archive, parts["content.xml"], _ODS_SIGN, _OdsReader(index))
        part = parts.get(_part_of(archive, parts, sheet))
        return _read(archive, part, _XLSX_SIGN, _XlsxReader()) if part else {}


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
        parser.StartElementHandler = lambda name, attributes: found.append((_local(name), attributes))
        parser.Parse(archive.read(part), True)  # noqa: FBT003  its signature
    return found


def _read(archive: ZipFile, part: str, sign: re.Pattern[bytes], reader: Any) -> dict[Position, str]:
    """Let a reader parse a part, but only if it has the sign of such a cell: most have none."""
    if not _contains(archive, part, sign):
        return {}
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
    parser.Parse(b"", True)  # noqa: FBT003  its signature
    found: dict[Position, str] = reader.found
    return found


def _contains(archive: ZipFile, part: str, sign: re.Pattern[bytes]) -> bool:
    end = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if sign.search(end + chunk):
                return True
            end = chunk[-100:]
    return False


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _XlsxReader:
    """Handlers of expat for the part of a sheet (ECMA-376, 18.3.1.4: `c`, `f`, `v`)."""

    def __init__(self) -> None:
        self.found: dict[Position, str] = {}
        self._row = self._column = 0
        self._type = ""
        self._formula: str | None = None
        self._value: str | None = None
        self._texts: list[str] = []
        self._shared = ""
        self._formulas: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name == "row":
            self._row = _number(attributes.get("r", ""), self._row + 1)
            self._column = 0
        elif name == "c":
            self._column = _column(attributes.get("r", "")) or self._column + 1
            self._type = attributes.get("t", "")
            self._formula = self._value = None
        elif name == "f":
            self._shared = attributes.get("si", "")
        self._texts = []

    def characters(self, text: str) -> None:
        self._texts.append(text)

    def end(self, name: str) -> None:
        name = _local(name)
        if name == "f":
            text = "".join(self._texts)
            # A shared formula is written once, in the first of its cells.
            self._formula = self._formulas.setdefault(self._shared, text) if self._shared else text
        elif name == "v":
            self._value = "".join(self._texts)
        elif name == "c":
            self._end_cell()
        self._texts = []

    def _end_cell(self) -> None:
        if self._type == "e":
            self.found[self._row, self._column] = (self._value or _UNNAMED)[:_LONGEST]
        # The empty text is a result, of the type `str`.
        elif self._formula is not None and not self._value and (self._value is None or self._type != "str"):
            text = f"={self._formula}" if self._formula else _UNNAMED
            self.found[self._row, self._column] = text[:_LONGEST]


class _OdsReader:
    """Handlers of expat for the content of an ODS (OpenDocument 1.3, 9.1)."""

    def __init__(self, index: int) -> None:
        self.found: dict[Position, str] = {}
        self._tables_before = index + 1
        self._depth = 0
        self._row = self._rows = self._column = self._columns = 0
        self._attributes: dict[str, str] = {}
        self._texts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._depth += 1
            self._tables_before -= self._depth == 1
            self._row = self._rows = 0
        elif name == "table:table-row":
            self._row += max(self._rows, 1)
            self._rows = _number(attributes.get("table:number-rows-repeated", ""), 1)
            self._column, self._columns = 0, 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._column += max(self._columns, 1)
            self._columns = _number(attributes.get("table:number-columns-repeated", ""), 1)
            self._attributes = attributes
            self._texts = []

    def characters(self, text: str) -> None:
        self._texts.append(text)

    def end(self, name: str) -> None:
        if name == "table:table":
            self._depth -= 1
        elif name == "table:table-cell" and not self._tables_before:
            shown = "".join(self._texts).strip()
            if self._attributes.get("calcext:value-type") == "error":
                self._add(shown or _UNNAMED)
            elif "table:formula" in self._attributes and "office:value-type" not in self._attributes:
                self._add("=" + self._attributes["table:formula"].partition("=")[2])

    def _add(self, text: str) -> None:
        for row in range(self._row, self._row + min(self._rows, _MOST_REPEATED)):
            for column in range(self._column, self._column + min(self._columns, _MOST_REPEATED)):
                self.found[row, column] = text[:_LONGEST]


def _number(text: str, default: int) -> int:
    return int(text) if len(text) < 10 and text.isascii() and text.isdigit() else default


def _column(reference: str) -> int:
    """The number of the column in a reference: 28 for `AB3`; 0 for anything else."""
    found = _REFERENCE.fullmatch(reference)
    number = 0
    for letter in found[1] if found else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
