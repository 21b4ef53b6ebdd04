from __future__ import annotations

import time

import pytest

from epncli.cli.screen import progress


@pytest.mark.parametrize(
    ("seconds", "on_a_terminal", "said"),
    [(0.3, True, "reading x…\n"), (0, True, ""), (0.3, False, "")],
)
def test_on_a_terminal_it_is_said_once_that_something_takes_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    seconds: float, on_a_terminal: bool, said: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(progress, "_SLOW", 0.05)
    monkeypatch.setattr(progress, "is_terminal", lambda _stream=None: on_a_terminal)
    with progress.said_if_slow("reading x…"):
        time.sleep(seconds)
    time.sleep(0.1)
    assert capsys.readouterr().err == said
