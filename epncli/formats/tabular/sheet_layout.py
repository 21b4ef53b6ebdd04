"""What calamine does not tell of a workbook: hidden rows, merged cells of ODS, parts with unusual names.

Only `workbook_process`, with its limits of memory and time, uses this module.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

Span = tuple[int, int, int, int]
"""Merged cells: the first row and column, the last row and column, from 1."""
Attributes = dict[str, str]

_CHUNK: Final = 1 << 16
_XLSX_SIGN: Final = re.compile(rb"""<(?:\w+:)?row\b[^<>]*\shidden\s?=""")
_ODS_SIGN: Final = re.compile(rb"""-spanned\s?=|:visibility\s?=""")
_MAIN: Final = "/officeDocument"
"""The end of the type of the relation to the main part (ISO/IEC 29500-2, 8.3)."""


class Layout(NamedTuple):
    """The hidden rows and the merged cells of a sheet."""

    hidden: set[int]
    merged: list[Span]


def layout(data: bytes, sheet: str, index: int) -> Layout:
    """The layout of a sheet of that name and index, from 0, without the merged cells of XLSX.

    Raises an exception of zipfile or expat if the archive or a part is damaged.
    """
    found = Layout(set(), [])
    with ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" in archive.namelist():
            _parse(archive, "content.xml", _ODS_SIGN, _OdsLayout(found, index).start)
        elif part := _part_of(archive, sheet):
            _parse(archive, part, _XLSX_SIGN, _XlsxLayout(found).start)
    return found


class _XlsxLayout:
    def __init__(self, found: Layout) -> None:
        self._found = found
        self._row = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if _local(name) == "row":
            self._row = _number(attributes.get("r", ""), self._row + 1)
            if attributes.get("hidden") in ("1", "true"):
                self._found.hidden.add(self._row)


class _OdsLayout:
    def __init__(self, found: Layout, index: int) -> None:
        self._found = found
        self._sheets_before = index + 1
        self._row = self._next_row = self._column = self._next_column = 1

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table:table":
            self._sheets_before -= 1
            self._next_row = 1
        elif self._sheets_before:
            return
        elif name == "table:table-row":
            self._row, self._next_column = self._next_row, 1
            self._next_row += _number(attributes.get("table:number-rows-repeated", ""), 1)
            if attributes.get("table:visibility") in ("collapse", "filter"):
                self._found.hidden.add(self._row)
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._column = self._next_column
            self._next_column += _number(attributes.get("table:number-columns-repeated", ""), 1)
            rows, columns = (
                _number(attributes.get(f"table:number-{what}-spanned", ""), 1) for what in ("rows", "columns")
            )
            if rows > 1 or columns > 1:
                last = self._row + rows - 1, self._column + columns - 1
                self._found.merged.append((self._row, self._column, *last))


def with_usual_names(data: bytes) -> bytes:
    """The archive with `/` in the names of its parts, and with `workbook.xml` as its main part.

    Some programs write backslashes, or call the main part otherwise; calamine knows it by its name.
    """
    with ZipFile(io.BytesIO(data)) as archive:
        main = _main_part(archive)
        folder, name = posixpath.split(main)
        target = posixpath.join(folder, "workbook.xml")
        renamed = {
            main: target,
            posixpath.join(folder, "_rels", f"{name}.rels"): posixpath.join(
                folder, "_rels/workbook.xml.rels"
            ),
        }
        written = io.BytesIO()
        with ZipFile(written, "w") as copy:
            for part in archive.namelist():
                usual = _usual(part)
                content = archive.read(part)
                if usual.endswith(".rels"):
                    content = content.replace(b"\\", b"/")
                if usual == "_rels/.rels":
                    content = content.replace(main.encode(), target.encode())
                copy.writestr(renamed.get(usual, usual), content)
    return written.getvalue()


def _main_part(archive: ZipFile) -> str:
    for name, attributes in _elements(archive, "_rels/.rels"):
        if name == "Relationship" and attributes.get("Type", "").endswith(_MAIN):
            return _usual(attributes.get("Target", ""))
    return "xl/workbook.xml"


def _part_of(archive: ZipFile, sheet: str) -> str:
    """The name of the part of an XLSX that has a sheet; "" if it is not found."""
    main = _main_part(archive)
    folder, name = posixpath.split(main)
    relation = target = ""
    for element, attributes in _elements(archive, main):
        if element == "sheet" and attributes.get("name") == sheet:
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
    for element, attributes in _elements(archive, posixpath.join(folder, "_rels", f"{name}.rels")):
        if element == "Relationship" and attributes.get("Id") == relation:
            target = attributes.get("Target", "").replace("\\", "/")
    return _named(archive, posixpath.normpath(posixpath.join("/", folder, target))) if target else ""


def _usual(part: str) -> str:
    return part.replace("\\", "/").removeprefix("/")


def _named(archive: ZipFile, part: str) -> str:
    """The name in the archive of a part, which may be written with backslashes or in other case; or ""."""
    wanted = _usual(part).lower()
    return next((name for name in archive.namelist() if _usual(name).lower() == wanted), "")


def _elements(archive: ZipFile, part: str) -> list[tuple[str, Attributes]]:
    """The elements of a small part: local names and attributes; none if there is no such part."""
    found: list[tuple[str, Attributes]] = []
    if name := _named(archive, part):
        _parse(archive, name, None, lambda element, attributes: found.append((_local(element), attributes)))
    return found


def _parse(
    archive: ZipFile, part: str, sign: re.Pattern[bytes] | None, start: Callable[[str, Attributes], object]
) -> None:
    """Parse a part, but only if it has the sign of what is looked for: most have none."""
    if sign and not any(map(sign.search, _pieces(archive, part))):
        return
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
    parser.Parse(b"", True)  # noqa: FBT003  its signature


def _pieces(archive: ZipFile, part: str) -> Iterator[bytes]:
    """The content of a part in overlapping pieces."""
    end = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield end + chunk
            end = chunk[-500:]


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _number(text: str, default: int) -> int:
    return int(text) if 0 < len(text) < 10 and text.isascii() and text.isdigit() else default
