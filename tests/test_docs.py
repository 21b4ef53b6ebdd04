"""The reference in docs/ is up to date with the program."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from epncli.cli.app import load_command

DOCS = Path(__file__).parent.parent / "docs"
sys.path.insert(0, str(DOCS))

from reference import TITLES, reference  # type: ignore[import-not-found]  # noqa: E402  a tool, no module


@pytest.mark.parametrize("language", TITLES)
def test_the_reference_is_up_to_date(language: str) -> None:
    kept = (DOCS / f"reference.{language}.md").read_text(encoding="utf-8")
    assert kept == reference(language), "run: python docs/regenerate.py"


def test_every_command_and_option_of_the_readme_exists() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    typed = re.findall(r"^(?:\$ )?epn ([a-z]+)(.*)$|`epn ([a-z]+)([^`]*)`", readme, re.MULTILINE)
    assert len(typed) > 40
    for in_block, its_rest, in_line, rest in typed:
        command = load_command(in_block or in_line)
        known = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
        used = re.findall(r"(?<!\S)--[a-z-]+", (its_rest or rest).split("#")[0])
        assert set(used) <= known | {"--help"}, (in_block or in_line, used)
