"""Fixtures for the tests of the command line: a small registry, a fixed date, a pseudo-terminal."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pexpect
import pyte
import pytest
from pexpect.fdpexpect import fdspawn

from epncli.cli import clock

sys.path.insert(0, str(Path(__file__).parent))  # for `forked`, which is no test

import forked
from small_registry import REGISTRY

TODAY = "2026-03-05"
NOW = "2026-03-05T14:02:11"


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which every run in this process takes place."""
    day = SimpleNamespace(today=lambda: datetime.date.fromisoformat(TODAY))
    time = SimpleNamespace(now=lambda: datetime.datetime.fromisoformat(NOW))
    monkeypatch.setattr(clock, "datetime", SimpleNamespace(date=day, datetime=time))


@pytest.fixture
def registry(registry_file: Callable[..., Path]) -> Path:
    """The small registry, as `registry.yaml` in the test's folder."""
    return registry_file(REGISTRY)


@dataclass(frozen=True)
class Screen:
    """What a run on a terminal left on it, what it sent there, and how it ended."""

    lines: list[str]
    raw: str
    code: int
    cells: pyte.Screen

    @property
    def text(self) -> str:
        """All lines, as a person reads them."""
        return "\n".join(self.lines) + "\n"


class Terminal:
    """A pseudo-terminal (pty) in which commands run and questions are answered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(
        self,
        *args: str | Path,
        columns: int = 80,
        rows: int = 60,
        answers: Sequence[tuple[str, str]] = (),
        env: Mapping[str, str | None] | None = None,
        own_process: bool = False,
    ) -> Screen:
        """Run `epn` with these arguments; `answers` are what to wait for, and what to type then.

        `env` is added to the environment; None takes away. It runs in a copy of this process, on the fixed
        day, but with `own_process`, where all is loaded anew.
        """
        merged = {**os.environ, "TERM": "xterm-256color", "PAGER": "", **(env or {})}
        given = {name: value for name, value in merged.items() if value is not None}
        pid, handle = forked.start(
            self.folder, [*map(str, args)], rows=rows, columns=columns, env=given, own_process=own_process
        )
        child = fdspawn(handle, timeout=20, encoding="utf-8")
        raw = ""
        for question, answer in answers:
            child.expect_exact(question)
            raw += child.before + child.after
            child.send(answer)
        child.expect(pexpect.EOF)
        raw += child.before
        child.close()
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        cells = pyte.Screen(columns, 400)
        pyte.Stream(cells).feed(raw)
        lines = [line.rstrip() for line in cells.display]
        while lines and not lines[-1]:
            lines.pop()
        return Screen(lines, raw, code, cells)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal in the test's folder."""
    return Terminal(tmp_path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A terminal here is a pseudo-terminal, which not every system has."""
    for item in items:
        if "terminal" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.needs("pty"))
