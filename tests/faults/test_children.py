"""The guard against a child that hangs."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import children
import pytest
from children import run

pytestmark = pytest.mark.needs("fork")


def test_a_run_that_hangs_is_ended_and_is_no_success(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "HANG_SECONDS", 0.1)
    monkeypatch.setattr("epncli.cli.main.main", lambda _argv: time.sleep(600))
    assert run(folder, "list").code == -signal.SIGALRM
