"""Fixtures for the tests of yamlfile: a small registry, and a folder that every user may enter."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the modules here that are no tests

from small_file import OLD


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A registry of one structure, in the test's folder."""
    path = tmp_path / "registry.yaml"
    path.write_bytes(OLD.encode())
    return path


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that anyone may enter, which pytest's own are not, with a file that is nobody's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        (folder / "registry.yaml").write_text(OLD)
        if os.geteuid() == 0:
            os.chown(folder / "registry.yaml", 65534, 65534)
        yield folder
        folder.chmod(0o777)
