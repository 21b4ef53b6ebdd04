"""Fixtures for the tests of what is read out of git."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for `repositories`, which is no test

from repositories import Repository, new_repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository in the test's folder."""
    return new_repository(tmp_path)
