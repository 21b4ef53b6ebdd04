"""What goes through the pager is made as it is read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.console import Console

from epncli.cli.pager import page

PART = "a line of the table\n" * 200


def test_a_reader_that_leaves_after_the_first_screen_has_no_more_made_for_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    made = 0

    def parts() -> Iterator[str]:
        nonlocal made
        for made in range(1, 10_001):  # noqa: B007  how many were asked for
            yield PART

    monkeypatch.setenv("EPN_PAGER", "head -n 1")
    page(parts(), Console(height=5), pager=True)
    # A pipe holds 64 kB, sixteen parts, and head reads a little more before it leaves.
    assert made < 100
    assert capfd.readouterr().out == "a line of the table\n"
