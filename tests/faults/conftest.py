"""Fixtures for the tests of faults: an empty folder, and processes without coverage measurement."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for `children`, which is no test


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a registry and nothing else."""
    path = tmp_path / "folder"
    path.mkdir()
    return path


@pytest.fixture(autouse=True)
def _unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that get signals are not measured: coverage's tracer can lock itself out in them."""
    for name in ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        monkeypatch.delenv(name, raising=False)
