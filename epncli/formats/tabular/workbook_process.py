"""The separate process that reads a workbook for `workbook`, with limited memory and time.

calamine allocates all cells between the first and the last one of a sheet, and Rust aborts the process if
it gets no memory: a workbook of two kilobytes can require 500 gigabytes. This process is limited to one
gigabyte, and to eight seconds of processor time.

Standard input: the number of bytes on a line, the bytes, then a line for each request. Standard output: a
line of JSON for each answer. This module imports little, so that the process starts fast.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from epncli.formats.tabular.sheet_layout import Layout, Span

MAX_MEMORY: Final = 1 << 30
"""Memory limit in bytes. Not enforced on Windows."""
MAX_PROCESSOR_SECONDS: Final = 8

READY: Final = b"ready\n"
LOCKED: Final = "locked"
DAMAGED: Final = "damaged"

Row = tuple[int, list[str], bool, list[tuple[int, int]]]
"""The number of a row in its sheet, from 1; its cells as text; true if it is hidden; the first and the last
column, from 1, of its cells that are merged across columns."""
Unknown = dict[int, dict[int, str]]
"""The errors and formulas of a sheet without a value, by row and column, from 1."""


def main() -> NoReturn:
    """Answer requests until standard input is closed, then exit.

    `2 30` requests the first 30 rows of the third sheet; an empty line requests its other rows that are not
    blank.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process handles Ctrl-C, and ends this process
    _limit()
    import python_calamine as calamine

    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    data = sys.stdin.buffer.read(int(sys.stdin.buffer.readline()))
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=[requests], daemon=True).start()
    try:
        _serve(calamine, data, requests)
    except MemoryError:
        os._exit(1)
    except BaseException:  # noqa: BLE001  a panic of Rust is not an Exception
        _say(LOCKED if _has_password(data) else DAMAGED)
    os._exit(0)


def _limit() -> None:
    """Limit the memory and the processor time of this process, and prevent a core dump."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {
        resource.RLIMIT_AS: MAX_MEMORY,
        resource.RLIMIT_CPU: MAX_PROCESSOR_SECONDS,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        with suppress(ValueError, OSError):  # a lower limit is already set
            resource.setrlimit(what, (most, most))


def _listen(requests: SimpleQueue[bytes]) -> None:
    """Queue requests while the main thread reads. Ends the process as soon as standard input is closed."""
    for request in sys.stdin.buffer:
        requests.put(request)
    os._exit(0)


def _serve(calamine: Any, data: bytes, requests: SimpleQueue[bytes]) -> None:
    """Answer with each sheet, its name and whether it is hidden, then with rows and null for each request."""
    book, data = _opened(calamine, data)
    sheets = book.sheets_metadata
    _say([[sheet.name, sheet.visible != calamine.SheetVisibleEnum.Visible] for sheet in sheets])
    rows: Iterator[Row] = iter(())
    while True:
        count = None
        if request := requests.get().split():
            index, count = map(int, request)
            sheet = book.get_sheet_by_index(index)
            rows = _rows(sheet, count, *_not_told(sheet, data, sheets[index].name, index))
        for row in islice(rows, count):
            _say(row)
        _say(None)


def _opened(calamine: Any, data: bytes) -> tuple[Any, bytes]:
    """The workbook, and its bytes with the usual names of parts if calamine does not know it otherwise."""
    try:
        return calamine.load_workbook(io.BytesIO(data)), data
    except calamine.PasswordError:
        raise
    except calamine.CalamineError:
        from epncli.formats.tabular.workbook_parts import with_usual_names

        data = with_usual_names(data)
        return calamine.load_workbook(io.BytesIO(data)), data


def _not_told(sheet: Any, data: bytes, name: str, index: int) -> tuple[Unknown, Layout]:
    """What calamine does not tell of a sheet: its cells with an error or a formula, and its layout."""
    from epncli.formats.tabular.sheet_layout import layout
    from epncli.formats.tabular.unknown_cells import unknown_cells
    from epncli.formats.tabular.workbook_parts import SheetXml, sheet_xml

    xml = SheetXml(b"")
    with suppress(Exception):  # calamine reads some damaged archives; their errors stay blank
        xml = sheet_xml(data, name, index)
    unknown: Unknown = {}
    for (row, column), text in unknown_cells(xml).items():
        unknown.setdefault(row, {})[column] = text
    found = layout(xml)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        found.merged.append((top + 1, left + 1, bottom + 1, right + 1))
    return unknown, found


def _has_password(data: bytes) -> bool:
    """True for an ODS with encrypted parts, which calamine does not recognise."""
    from zipfile import ZipFile

    with suppress(Exception), ZipFile(io.BytesIO(data)) as archive:
        return b"encryption-data" in archive.read("META-INF/manifest.xml")
    return False


def _rows(sheet: Any, first: int, unknown: Unknown, layout: Layout) -> Iterator[Row]:
    """The `first` rows of a sheet and the others that are not blank, without blank cells at their end."""
    left = [""] * sheet.start[1] if sheet.start else []
    merged = _Merged(layout.merged)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [*left, *map(as_text, row)]
        for column, text in unknown.get(number, {}).items():
            cells += [""] * (column - len(cells))
            cells[column - 1] = cells[column - 1] or text
        merged.fill(number, cells)
        while cells and not cells[-1]:
            cells.pop()
        if number <= first or "".join(cells).strip():
            yield number, cells, number in layout.hidden, merged.across()


class _Merged:
    """The merged cells of a sheet, of which only the first one has the value.

    It holds for all rows of the merged cells. It is not repeated across columns: there it is a heading.
    """

    def __init__(self, spans: list[Span]) -> None:
        self._coming = sorted(spans, reverse=True)
        self._open: list[tuple[Span, str]] = []

    def fill(self, number: int, cells: list[str]) -> None:
        """Fill the cells of a row, unless it is blank. Rows must come in their order."""
        self._open = [one for one in self._open if one[0][2] >= number]
        if "".join(cells).strip():
            for (_top, column, _bottom, _right), text in self._open:
                cells += [""] * (column - len(cells))
                cells[column - 1] = cells[column - 1] or text
        while self._coming and self._coming[-1][0] <= number:
            span = self._coming.pop()
            column = span[1]
            self._open.append((span, cells[column - 1] if column <= len(cells) else ""))

    def across(self) -> list[tuple[int, int]]:
        """The first and the last column of merged cells that begin or go on in the last row filled."""
        return [(left, right) for (_top, left, _bottom, right), _text in self._open if right > left]


def _say(answer: object) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
    if not isinstance(answer, tuple):  # after all rows, not after each
        sys.stdout.buffer.flush()


def as_text(value: Any) -> str:
    """A cell as a person would type it: a number without `.0`, a date without a time of midnight."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)
