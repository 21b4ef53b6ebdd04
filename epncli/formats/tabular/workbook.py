"""Reading of a workbook in a separate process, which limits its memory and time.

The protocol between the two processes is described in `workbook_process`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, Final

from epncli import limits
from epncli.errors import Unreadable
from epncli.formats import WORKBOOK_PROCESS
from epncli.formats.reading import WORKBOOKS, InputFile
from epncli.formats.tabular import workbook_process
from epncli.formats.tabular.reader import Line
from epncli.i18n import _

MAX_SECONDS: Final = 20
"""Seconds after which the process is killed, on every system."""

_ARCHIVE, _OLD = WORKBOOKS
_END_OF_ARCHIVE: Final = b"PK\x05\x06"
_OTHER_DOCUMENTS: Final = (b"word/document.xml", b"ppt/presentation.xml")


def kind(file: InputFile) -> str:
    """`XLSX` or `ODS`, by the file names in the archive. Raises Unreadable for any other file."""
    data = file.data
    if data.startswith(_OLD):
        raise _locked(file)
    if not data.startswith(_ARCHIVE):
        raise file.unreadable(
            _("this is not a workbook (XLSX or ODS)"),
            _("remove --format: epn detects the format from the content"),
        )
    if _END_OF_ARCHIVE not in data:
        raise damaged(file, _("it is damaged, or a part of it is missing"))
    if b"encrypted-package" in data:  # an ODS encrypted as a whole by LibreOffice
        raise _locked(file)
    if b"xl/workbook.xml" in data:
        return "XLSX"
    if b"content.xml" in data:
        return "ODS"
    if b"[Content_Types].xml" in data and not any(name in data for name in _OTHER_DOCUMENTS):
        return "XLSX"  # its main part has another name
    raise damaged(file, _("it is neither XLSX nor ODS"))


class Workbook:
    """A workbook that another process has opened. All methods may raise Unreadable."""

    def __init__(self, file: InputFile, requests: IO[bytes], answers: IO[bytes]) -> None:
        self._incoming = file
        self._requests = requests
        self._answers = answers
        self._left = limits.MAX_BYTES
        if answers.readline(100) != workbook_process.READY:
            raise _not_started(file)
        self._ask(b"%d\n" % len(file.data), file.data)
        sheets: list[tuple[str, bool]] = self._answer()
        self.sheets = [name for name, _hidden in sheets]
        self.hidden_sheets = {index for index, (_name, hidden) in enumerate(sheets) if hidden}
        self.hidden_rows: list[int] = []
        """The hidden rows among those that were read since the last `head`."""
        self.merged: dict[int, list[tuple[int, int]]] = {}
        """The cells merged across columns in a row: the indexes of the first and of the last one."""

    def head(self, sheet: int, count: int) -> list[Line]:
        """The first `count` rows of a sheet, by its index, from 0, without blank cells at their end."""
        self.hidden_rows, self.merged = [], {}
        self._ask(b"%d %d\n" % (sheet, count))
        return list(self._lines())

    def rest(self) -> Iterator[Line]:
        """The rows after those of the last `head` that are not blank."""
        self._ask(b"\n")
        return self._lines()

    def _lines(self) -> Iterator[Line]:
        while (row := self._answer()) is not None:
            line, cells, hidden, merged = row
            if hidden and any(map(str.strip, cells)):
                self.hidden_rows.append(line)
            if merged:
                self.merged[line] = [(left - 1, right - 1) for left, right in merged]
            yield line, cells

    def _ask(self, *words: bytes) -> None:
        with suppress(OSError):  # if the process has ended, `_answer` reports it
            self._requests.writelines(words)
            self._requests.flush()

    def _answer(self) -> Any:
        """The next answer. Raises Unreadable: if the process has ended, because the workbook is too large."""
        line = self._answers.readline(self._left + 1)
        self._left -= len(line)
        if self._left < 0 or not line.endswith(b"\n"):
            raise _too_large(self._incoming)
        answer = json.loads(line)
        if answer == workbook_process.LOCKED:
            raise _locked(self._incoming)
        if answer == workbook_process.DAMAGED:
            raise damaged(self._incoming, _("its content is damaged"))
        return answer


@contextmanager
def opened(file: InputFile) -> Iterator[Workbook]:
    """Open a workbook in a separate process, which ends with the context or with this process."""
    try:
        process = subprocess.Popen(  # noqa: S603  runs this Python
            _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        raise _not_started(file) from None
    assert process.stdin is not None and process.stdout is not None
    watch = threading.Timer(MAX_SECONDS, process.kill)
    watch.daemon = True
    watch.start()
    try:
        yield Workbook(file, process.stdin, process.stdout)
    finally:
        watch.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
        with suppress(OSError):  # data that was not sent
            process.stdin.close()


def _command() -> list[str]:
    """The command of the process: this Python in isolated mode, with the present `sys.path`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKBOOK_PROCESS]
    module = workbook_process.__name__
    start = f"import sys; sys.path += sys.argv[1:]; from {module} import main; main()"
    return [sys.executable, "-I", "-c", start, *sys.path]


def damaged(file: InputFile, reason: str) -> Unreadable:
    """The error for a workbook that cannot be opened."""
    return file.unreadable(
        _("{message}: {reason}").format(message=_("the workbook cannot be read"), reason=reason),
        _("open it in your spreadsheet and save it again as XLSX or ODS"),
    )


def _locked(file: InputFile) -> Unreadable:
    return file.unreadable(
        _("this workbook is in an old format, or protected by a password"),
        _("save it again as XLSX or ODS, without a password"),
    )


def _too_large(file: InputFile) -> Unreadable:
    return file.unreadable(
        _("the workbook needs too much memory or time for a list of places"),
        _("copy its rows to a new workbook, or save the sheet as CSV"),
    )


def _not_started(file: InputFile) -> Unreadable:
    return file.unreadable(
        _("the workbook cannot be read: the process that reads it could not be started"),
        _("save the sheet as CSV, and import that file"),
    )
