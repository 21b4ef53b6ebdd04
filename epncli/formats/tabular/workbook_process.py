"""The process that reads a workbook for `workbook`: whatever happens to it, the one that asked goes on.

calamine lays out all cells between the first and the last one of a sheet, and Rust ends the process where
it gets no memory: a workbook of two kilobytes can ask for 500 gigabytes. Here it gets one, and eight seconds.

Standard input: the number of bytes on a line, the bytes, then a line for each request; standard output: a
line of JSON for each answer. This module imports little, since each workbook waits for it.
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
"""Bytes, where the system limits them: not on Windows."""
MAX_PROCESSOR_SECONDS: Final = 8

READY: Final = b"ready\n"
LOCKED: Final = "locked"
DAMAGED: Final = "damaged"

Row = tuple[int, list[str]]
"""The place of a row in its sheet, from 1, and its cells as text."""


def main() -> NoReturn:
    """Answer requests until nobody is there to ask.

    `2 30` asks for the first 30 rows of the third sheet; an empty line for its other rows, blank ones aside.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked; it ends this one
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
    except BaseException:  # noqa: BLE001  a panic of Rust is no Exception
        _say(LOCKED if _has_password(data) else DAMAGED)
    os._exit(0)


def _limit() -> None:
    """No more memory and processor time than that, and no file with what was in memory at a crash."""
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
        with suppress(ValueError, OSError):  # a lower limit is there already
            resource.setrlimit(what, (most, most))


def _listen(requests: SimpleQueue[bytes]) -> None:
    """Take requests while the main thread reads; without anyone to send them the process ends at once."""
    for request in sys.stdin.buffer:
        requests.put(request)
    os._exit(0)


def _serve(calamine: Any, data: bytes, requests: SimpleQueue[bytes]) -> None:
    """The names of the sheets; then rows, and null behind those of each request."""
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
    """True for an ODS with encrypted parts: calamine says only that it does not know what that is."""
    from zipfile import ZipFile

    with suppress(Exception), ZipFile(io.BytesIO(data)) as archive:
        return b"encryption-data" in archive.read("META-INF/manifest.xml")
    return False


def _rows(sheet: Any, first: int) -> Iterator[Row]:
    """The first rows of a sheet, and the others that are not blank; without the blank cells at their ends."""
    left = [""] * sheet.start[1] if sheet.start else []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [*left, *map(as_text, row)]
        while cells and not cells[-1]:
            cells.pop()
        if number <= first or "".join(cells).strip():
            yield number, cells


def _say(answer: object) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
    if not isinstance(answer, tuple):  # behind the rows, not at each
        sys.stdout.buffer.flush()


def as_text(value: Any) -> str:
    """A cell as a person would have typed it: a number without `.0`, a day without its hour."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.16G}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)
