"""What a workbook may ask of memory: it is measured before calamine lays its sheets out.

A file of a few kilobytes can unpack to gigabytes, or hold two cells with a billion between them, for
which memory would be asked at once.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from itertools import zip_longest
from typing import Final

from epncli.errors import Unreadable
from epncli.formats.incoming import Incoming
from epncli.i18n import _
from epncli.reasons import because

MAX_UNPACKED: Final = 512 * 1024 * 1024
"""Bytes of all parts of a workbook together."""
MAX_CELLS: Final = 20_000_000
"""Of the rectangle that holds all cells with a value; calamine takes some 30 bytes for each."""

_OLD: Final = b"\xd0\xcf\x11\xe0"
"""What the files of Excel before 2007 begin with, and locked ones of today."""
_ARCHIVE: Final = b"PK"
"""What all others begin with, being ZIP archives."""
_CELL: Final = re.compile(rb'<(?:\w+:)?c\b(?:[^>]*?\br="([A-Za-z]{1,9})([0-9]{1,12})")?[^>]*(?<!/)>')
_ROW_NUMBER: Final = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]{1,12})"[^>]*(?<!/)>')
_ODS_ROW: Final = re.compile(rb"<table:table-row\b([^>]*)>|</table:table>")
_ODS_CELL: Final = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_ROWS_REPEATED: Final = re.compile(rb'number-rows-repeated="([0-9]{1,12})"')
_COLUMNS_REPEATED: Final = re.compile(rb'number-columns-repeated="([0-9]{1,12})"')


def check(incoming: Incoming) -> str:
    """The kind of the workbook, `XLSX` or `ODS`; raise Unreadable for others and for one too large."""
    if incoming.data.startswith(_OLD):
        raise locked(incoming)
    try:
        parts = _parts(incoming)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError):
        if not incoming.data.startswith(_ARCHIVE):
            raise _no_workbook(incoming) from None
        raise damaged(incoming, _("it is damaged, or a part of it is missing")) from None
    if "xl/workbook.xml" in parts:
        sheets = [content for name, content in parts.items() if name.startswith("xl/worksheets/")]
        kind, size = "XLSX", max(map(_xlsx_cells, sheets), default=0)
    elif "content.xml" in parts:
        kind, size = "ODS", _ods_cells(parts["content.xml"])
    else:
        raise damaged(incoming, _("it is neither XLSX nor ODS"))
    if size > MAX_CELLS:
        raise _too_large(incoming)
    return kind


def _parts(incoming: Incoming) -> dict[str, bytes]:
    """The parts of the archive, unpacked."""
    with zipfile.ZipFile(io.BytesIO(incoming.data)) as archive:
        infos = archive.infolist()
    if sum(part.file_size for part in infos) > MAX_UNPACKED:
        raise _too_large(incoming)
    return {part.filename: _unpacked(incoming, part) for part in infos}


def _unpacked(incoming: Incoming, part: zipfile.ZipInfo) -> bytes:
    """One part; refused where it is longer than it says, which zipfile does not notice."""
    name, extra = struct.unpack_from("<HH", incoming.data, part.header_offset + 26)
    start = part.header_offset + 30 + name + extra
    packed = incoming.data[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_DEFLATED:
        packed = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, part.file_size + 1)
    if len(packed) != part.file_size or part.compress_type not in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        raise damaged(incoming, _("a part of it is not as long as it says"))
    return packed


def _xlsx_cells(sheet: bytes) -> int:
    rows = columns = 0
    nameless = False
    for letters, number in _CELL.findall(sheet):
        nameless |= not letters
        rows = max(rows, int(number or 0))
        columns = max(columns, _column(letters))
    if nameless:  # a cell without a reference stands where its row says, behind the one before it
        rows = max([rows, *map(int, _ROW_NUMBER.findall(sheet))])
        columns = max(columns, *(row.count(b"<c") for row in sheet.split(b"<row")))
    return rows * columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _ods_cells(content: bytes) -> int:
    """The cells of the largest table, with the empty rows and columns before its last value."""
    largest = rows = columns = pending = 0
    marks = list(_ODS_ROW.finditer(content))
    for mark, following in zip_longest(marks, marks[1:]):
        if mark[1] is None:  # the end of a table
            largest, rows, columns, pending = max(largest, rows * columns), 0, 0, 0
            continue
        pending += _repeated(_ROWS_REPEATED, mark[1])
        width = _ods_width(content[mark.end() : following.start() if following else None])
        if width:
            rows, columns, pending = rows + pending, max(columns, width), 0
    return max(largest, rows * columns)


def _ods_width(row: bytes) -> int:
    width = pending = 0
    for attributes in _ODS_CELL.findall(row):
        pending += _repeated(_COLUMNS_REPEATED, attributes)
        if b"value" in attributes:
            width, pending = width + pending, 0
    return width


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def locked(incoming: Incoming) -> Unreadable:
    """A workbook of the old kind, or one with a password."""
    return incoming.unreadable(
        _("this is a workbook of an old kind, or one with a password"),
        _("save it again as XLSX or ODS, without a password"),
    )


def damaged(incoming: Incoming, failure: Exception | str) -> Unreadable:
    """A workbook that cannot be opened."""
    message = _("the workbook cannot be read")
    return incoming.unreadable(
        _("{message}: {reason}").format(message=message, reason=failure)
        if isinstance(failure, str)
        else because(message, failure),
        _("open it in your spreadsheet and save it again as XLSX or ODS"),
    )


def _no_workbook(incoming: Incoming) -> Unreadable:
    return incoming.unreadable(
        _("this is not a workbook (XLSX or ODS)"),
        _("leave --format out: what is in the file tells its format"),
    )


def _too_large(incoming: Incoming) -> Unreadable:
    return incoming.unreadable(
        _("the workbook would take more memory than a list of places ever needs"),
        _("copy its rows to a new workbook, or save the sheet as CSV"),
    )
