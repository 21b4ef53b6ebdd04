"""The process that reads a workbook: its start, its limits, its end."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from epncli import limits
from epncli.errors import EpnError, Unreadable
from epncli.formats import WORKBOOK_PROCESS
from epncli.formats.detection import read
from epncli.formats.reading import InputFile
from epncli.formats.tabular import workbook

NOT_STARTED = "the workbook cannot be read: the process that reads it could not be started"
TOO_LARGE = "the workbook needs too much memory or time for a list of places"
HINT = "copy its rows to a new workbook, or save the sheet as CSV"

KILLED = 1 if os.name == "nt" else -9
"""What `poll` says of a process that was killed."""


def made(rows: int = 1) -> bytes:
    data = io.BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Lieux")
        for number, row in enumerate([["nom", "code_postal"], *[["A", "75012"]] * rows]):
            sheet.write_row(number, 0, row)
    return data.getvalue()


def large() -> bytes:
    """A workbook whose rows take a second to lay out."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>2</v></c></row>' for n in range(1, 400_000)
    )
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made())) as whole,
        zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as packed,
    ):
        for part in whole.namelist():
            content = whole.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = re.sub(
                    b"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>".encode(), content
                )
            packed.writestr(part, content)
    return data.getvalue()


def names(data: bytes) -> list[object]:
    return [row.values["nom"] for row in read(InputFile("lieux.xlsx", data), "xlsx").rows]


def refusal(data: bytes) -> EpnError:
    with pytest.raises(Unreadable) as refused:
        names(data)
    return refused.value


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """All processes that were started."""
    found: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*args: object, **options: object) -> subprocess.Popen[bytes]:
        found.append(popen(*args, **options))  # type: ignore[call-overload]
        return found[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    return found


def test_a_workbook_starts_one_process_and_that_one_ends(started: list[subprocess.Popen[bytes]]) -> None:
    assert names(made(3)) == ["A", "A", "A"]
    assert [process.poll() for process in started] == [KILLED]


def test_it_ends_when_the_file_is_refused_half_way(
    started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 1000)
    assert refusal(made(5000)).message == "the file has more than 1,000 rows"
    assert [process.poll() for process in started] == [KILLED]


def test_more_bytes_than_any_file_may_have_do_not_come_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 20_000)
    refused = refusal(made(5000))
    assert (refused.message, refused.hint) == (TOO_LARGE, HINT)


READY = "import os, sys, time; os.write(1, b'ready\\n'); "
SCRIPTS = {
    "is killed": "os.kill(os.getpid(), 9)",
    "is aborted": "os.abort()",
    "ends without a word": "",
    "ends within a word": "os.write(1, b'[\"Lieux\"')",
    "says too much": "sys.stdout.buffer.write(b'x' * 100_000_000)",
    "never answers": "time.sleep(60)",
    "does not read": "sys.stdin.close(); time.sleep(60)",
}
"""What the process does after it has said that it is ready."""


@pytest.mark.parametrize("script", SCRIPTS)
def test_whatever_happens_to_it_the_workbook_is_too_large(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]], script: str
) -> None:
    monkeypatch.setattr(workbook, "_command", lambda: [sys.executable, "-c", READY + SCRIPTS[script]])
    monkeypatch.setattr(workbook, "MAX_SECONDS", 3)
    refused = refusal(made() + b"\0" * 1_000_000)  # more than a pipe holds
    assert (refused.message, refused.hint) == (TOO_LARGE, HINT)
    (process,) = started
    # One that would go on is killed: nobody waits until it ends by itself.
    assert process.poll() == KILLED if "sleep" in SCRIPTS[script] else process.poll() is not None


@pytest.mark.parametrize(
    "command",
    [[sys.executable, "-c", "1/0"], [sys.executable, "-c", "print('something else')"], ["/no/such/python"]],
)
def test_one_that_does_not_start_is_told_from_a_workbook_that_is_too_large(
    monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setattr(workbook, "_command", lambda: command)
    refused = refusal(made())
    assert (refused.message, refused.hint) == (NOT_STARTED, "save the sheet as CSV, and import that file")


def test_nothing_in_the_environment_or_the_folder_reaches_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("json", "python_calamine", "queue", "sitecustomize", "epncli"):
        (tmp_path / f"{name}.py").write_text("import os; os._exit(9)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    assert names(made()) == ["A"]


@pytest.mark.skipif(os.name != "posix", reason="the program is a shell script here")
def test_a_program_made_of_epn_starts_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "epn"
    start = "import sys; sys.frozen = True; from epncli.__main__ import main; sys.exit(main())"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{start}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    assert workbook._command() == [str(program), WORKBOOK_PROCESS]
    assert names(made()) == ["A"]


def test_only_such_a_program_takes_that_argument(epn: Callable[..., object]) -> None:
    assert epn(WORKBOOK_PROCESS).code == 2  # type: ignore[attr-defined]


ASKING = """\
import sys, time
from epncli.formats.tabular import workbook
from epncli.formats.reading import InputFile
with workbook.opened(InputFile("x", sys.stdin.buffer.read())) as book:
    if "busy" in sys.argv:
        book._ask(b"0 30\\n")
    print("asked", flush=True)
    time.sleep(60)
"""
"""Waits to be stopped while the process lays out the rows, or while it has nothing to do."""


@pytest.fixture
def asking(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    """A program that has a workbook open, which takes a second to lay out."""
    program = subprocess.Popen(
        [sys.executable, "-c", ASKING, request.param],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert program.stdin is not None and program.stdout is not None
    program.stdin.write(large())
    program.stdin.close()
    assert program.stdout.readline() == b"asked\n"
    yield program
    program.kill()
    program.wait()
    program.stdout.close()


def children(pid: int) -> list[int]:
    return [
        int(status.parent.name)
        for status in Path("/proc").glob("[0-9]*/status")
        if f"\nPPid:\t{pid}\n" in status.read_text(encoding="utf-8", errors="replace")
    ]


def is_running(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="it is found in /proc")
@pytest.mark.parametrize("asking", ["busy", "idle"], indirect=True)
@pytest.mark.parametrize("number", [9, 2], ids=["SIGKILL", "SIGINT"])
def test_it_ends_when_the_one_that_asked_has_ended(asking: subprocess.Popen[bytes], number: int) -> None:
    [busy] = children(asking.pid)
    asking.send_signal(number)
    asking.wait(timeout=10)
    deadline = time.monotonic() + 30
    while is_running(busy) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(busy)
