"""Editors that return at once, and the option that makes them wait."""

from __future__ import annotations

import pytest

from epncli.cli.waiting_editors import command_that_waits


@pytest.mark.parametrize(
    ("setting", "command"),
    [
        ("code", "code --wait"),
        ("code -n", "code -n --wait"),
        ("/usr/bin/code", "/usr/bin/code --wait"),
        pytest.param("'code'", "'code' --wait", marks=pytest.mark.needs("sh")),
        ("code --wait", ""),
        ("code -w -n", ""),
        ("subl", "subl --wait"),
        ("gvim", "gvim --nofork"),
        ("gvim -f", ""),
        ("kate", "kate --block"),
        ("vim", ""),
        ("nano", ""),
        ("vscode.sh code", ""),
        ("code 'a", ""),
        ("", ""),
    ],
)
def test_the_command_that_waits(setting: str, command: str) -> None:
    assert command_that_waits(setting) == command
