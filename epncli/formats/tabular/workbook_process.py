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
from typing import Any, Final, NoReturn

MAX_MEMORY: Final = 1 << 30
"""Memory limit in bytes. Not enforced on Windows."""
MAX_PROCESSOR_SECONDS: Final = 8

READY: Final = b"ready\n"
LOCKED: Final = "locked"
DAMAGED: Final = "damaged"

Row = tuple[int, list[str]]
"""The number of a row in its sheet, from 1, and its cells as text."""


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
    """Answer with the names of the sheets, then, for each request, with its rows and null."""
    book = calamine.load_workbook(io.BytesIO(data))
    _say(book.sheet_names)
    rows: Iterator[Row] = iter(())
    while True:
        count = None
        if request := requests.get().split():
            sheet, count = map(int, request)
            rows = _rows(book.get_sheet_by_index(sheet), count)
        for row in islice(rows, count):
            _say(row)
        _say(None)


def _has_password(data: bytes) -> bool:
    """True for an ODS with encrypted parts, which calamine does not recognise."""
    from zipfile import ZipFile

    with suppress(Exception), ZipFile(io.BytesIO(data)) as archive:
        return b"encryption-data" in archive.read("META-INF/manifest.xml")
    return False


def _rows(sheet: Any, first: int) -> Iterator[Row]:
    """The `first` rows of a sheet and the others that are not blank, without blank cells at their end."""
    left = [""] * sheet.start[1] if sheet.start else []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [*left, *map(as_text, row)]
        while cells and not cells[-1]:
            cells.pop()
        if number <= first or "".join(cells).strip():
            yield number, cells


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
