"""Fixtures for malicious and malformed files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# For `archives` and `mutations`, which are no tests, and `children`, which starts the command.
sys.path[:0] = [str(HERE), str(HERE.parent / "faults")]

REGISTRY = """\
titre: Essai
structures:
  - id: lieu
    nom: Lieu
    commune: Paris
    code_postal: "75012"
    telephones: [01 40 01 02 03]
    date_maj: 2026-01-31
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small registry."""
    path = tmp_path / "folder"
    path.mkdir()
    (path / "registry.yaml").write_text(REGISTRY, encoding="utf-8")
    return path


@pytest.fixture
def hostile(folder: Path) -> Iterator[Callable[[str, bytes], Path]]:
    """Write a hostile file, and see that the registry is as it was in the end."""

    def write(name: str, data: bytes) -> Path:
        (folder / name).write_bytes(data)
        return folder

    yield write
    assert (folder / "registry.yaml").read_text(encoding="utf-8") == REGISTRY
