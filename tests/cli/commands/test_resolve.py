from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_registry import REGISTRY

Invoke = Callable[..., Any]
CONFLICT = (
    REGISTRY.replace(
        "    nom: Microlithe\n",
        "<<<<<<< ours\n    nom: Microlithe 1\n=======\n    nom: Microlithe 2\n>>>>>>> theirs\n",
    )
    .replace(
        "    adresse: 3 place du Marché\n",
        "<<<<<<< ours\n    adresse: 1 rue X\n=======\n>>>>>>> theirs\n",
    )
)  # fmt: skip
QUESTION = "1: ours, 2: theirs, e: edit both, Enter: later"


@pytest.fixture
def conflict(registry_file: Callable[..., Path]) -> Path:
    return registry_file(CONFLICT)


def test_each_conflict_is_shown_and_the_choices_are_written(
    conflict: Path, terminal: Any, invoke: Invoke
) -> None:
    answers = [(QUESTION, "2\n"), (QUESTION, "x\n"), (QUESTION, "1\n")]
    screen = terminal.run("resolve", answers=answers)
    assert screen.lines[:5] == [
        "1 of 2, Microlithe 1", "  1, ours", "        nom: Microlithe 1",
        "  2, theirs", "        nom: Microlithe 2",
    ]  # fmt: skip
    assert screen.lines[6:11] == [
        "2 of 2, EPN de Bourg", "  1, ours", "        adresse: 1 rue X", "  2, theirs", "    (removed)",
    ]  # fmt: skip
    assert screen.lines[-3:] == [
        "registry.yaml: 2 conflicts resolved", "  to undo: epn undo", "  next: git add registry.yaml",
    ]  # fmt: skip
    chosen = REGISTRY.replace("nom: Microlithe\n", "nom: Microlithe 2\n").replace(
        "3 place du Marché", "1 rue X"
    )
    assert (conflict.read_text(), screen.code) == (chosen, 0)
    assert invoke("undo").code == 0
    assert conflict.read_text() == CONFLICT


def test_what_is_left_for_later_stays_marked(conflict: Path, terminal: Any) -> None:
    screen = terminal.run("resolve", answers=[(QUESTION, "\n"), (QUESTION, "2\n")])
    assert conflict.read_text() == CONFLICT.replace(
        "<<<<<<< ours\n    adresse: 1 rue X\n=======\n>>>>>>> theirs\n", ""
    )
    assert screen.code == 1
    assert "registry.yaml: error: 1 conflict is left\n  ‘epn resolve’ shows the rest again\n" in screen.text


@pytest.mark.needs("sh")
def test_both_texts_can_be_edited(conflict: Path, terminal: Any, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i '/2/d; s/ 1/ un/' \"$1\"\n")
    editor.chmod(0o755)
    answers = [(QUESTION, "e\n"), (QUESTION, "1\n")]
    assert terminal.run("resolve", answers=answers, env={"EDITOR": str(editor), "VISUAL": ""}).code == 0
    assert "    nom: Microlithe un\n" in conflict.read_text()


def test_a_choice_that_makes_the_file_unreadable_is_asked_about(
    registry_file: Callable[..., Path], terminal: Any
) -> None:
    file = registry_file("structures:\n<<<<<<< a\n  - id: [\n=======\n  - id: b\n>>>>>>> b\n")
    before = file.read_text()
    answers = [(QUESTION, "1\n"), ("the file cannot be read. Write it? [y/N]", "\n")]
    screen = terminal.run("resolve", answers=answers)
    assert (screen.code, file.read_text()) == (1, before)


@pytest.mark.usefixtures("conflict")
def test_every_command_points_to_it(invoke: Invoke) -> None:
    hint = "  ‘epn resolve’ shows both versions of each, and writes the one you choose\n"
    assert invoke("list").err == (
        "registry.yaml:6:1: error: the file contains git conflict markers (<<<<<<<)\n" + hint
    )
    assert invoke("check").out.count(hint) == 2


def test_without_conflicts_or_a_terminal_it_says_so(registry: Path, invoke: Invoke) -> None:
    assert invoke("resolve").err == "registry.yaml: there is no conflict\n"
    registry.write_text(CONFLICT)
    run = invoke("resolve")
    assert (run.code, run.err.split("\n")[0]) == (2, "error: there is no terminal to ask on")
