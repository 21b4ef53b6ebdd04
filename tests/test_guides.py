"""The commands and the program in the guides run as written."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from repositories import new_repository
from xlsxwriter import Workbook

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "fr")
HAS_GIT = shutil.which("git") is not None
GUIDES = {lang: (ROOT / f"docs/guide.{lang}.md").read_text(encoding="utf-8") for lang in LANGUAGES}
TABLE = [["nom", "code_postal", "commune", "Accueil"], ["Cyber Est", "75011", "Paris", "01 42 61 27 74"]]


def blocks(language: str, kind: str) -> list[str]:
    """The blocks of code of one kind in a guide."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", GUIDES[language], re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The registry of this repository, and the files that the guides import."""
    shutil.copy(ROOT / "registry.yaml", tmp_path)
    for name in ("places", "lieux", "angers"):
        csv = "\n".join(";".join(row) for row in TABLE)
        (tmp_path / f"{name}.csv").write_text(csv, encoding="utf-8")
        with Workbook(tmp_path / f"{name}.xlsx") as workbook:
            sheet = workbook.add_worksheet("EPN")
            for number, row in enumerate(TABLE):
                sheet.write_row(number, 0, row)
    answer = "id,latitude,longitude,result_score,result_type\nalternord,48.85,2.38,0.4,municipality\n"
    (tmp_path / "a.geocoded.csv").write_text(answer, encoding="utf-8")
    if HAS_GIT:
        new_repository(tmp_path).commit(None)
    (tmp_path / "page.txt").write_text("PARIS 75012 EPN du 12e 01 40 28 18 49\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commands_run_one_after_the_other(
    language: str, folder: Path, invoke: Callable[..., Any]
) -> None:
    lines = [line for block in blocks(language, "sh") for line in block.splitlines()]
    assert len(lines) > 35
    for line in lines:
        words = shlex.split(line)
        end = next((at for at, word in enumerate(words) if word in ("<", ">", "|")), len(words))
        given = (folder / words[-1]).read_bytes() if "<" in words else b""
        assert words[0] == "epn", line
        if words[1] in ("diff", "log", "merge-driver") and not HAS_GIT:
            continue
        run = invoke(*words[1:end], stdin=given)
        assert run.code == 0, f"{line}\n{run.err}"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_difference_of_a_closing_is_that_of_the_file(language: str, invoke: Callable[..., Any]) -> None:
    [shown] = blocks(language, "diff")
    command = next(line for line in GUIDES[language].splitlines() if line.startswith("epn close"))
    printed = invoke(*shlex.split(command)[1:], "--dry-run").out
    day = re.compile(r"\d{4}-\d\d-\d\d")
    assert day.sub("", shown) in day.sub("", printed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_changes_the_registry(language: str, folder: Path) -> None:
    [program] = blocks(language, "python")
    assert program == blocks("en", "python")[0]
    before = (folder / "registry.yaml").read_text(encoding="utf-8")
    subprocess.run([sys.executable, "-c", program], cwd=folder, check=True)
    after = (folder / "registry.yaml").read_text(encoding="utf-8")
    new = [line for line in after.splitlines() if line not in before.splitlines()]
    assert new[0] == "    adresse: 3 rue de Reuilly"
    assert len(after.splitlines()) == len(before.splitlines()) + 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hook_of_pre_commit_has_this_name(language: str) -> None:
    named = re.findall(r"^ +- id: (epn-\w+)$", GUIDES[language], re.MULTILINE)
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert named == re.findall(r"^- id: (.*)$", hooks, re.MULTILINE)
