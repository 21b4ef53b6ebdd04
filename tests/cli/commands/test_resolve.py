from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from repositories import Repository
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


@pytest.mark.parametrize("stop", ["\x03", "\x04"])
def test_the_answers_before_an_interruption_are_written(conflict: Path, terminal: Any, stop: str) -> None:
    screen = terminal.run("resolve", answers=[(QUESTION, "2\n"), (QUESTION, stop)])
    assert screen.code == 130
    assert "    nom: Microlithe 2\n" in conflict.read_text()
    assert "<<<<<<< ours\n    adresse: 1 rue X\n" in conflict.read_text()


@pytest.mark.needs("sh")
def test_an_editor_that_changes_nothing_is_no_answer(conflict: Path, terminal: Any) -> None:
    answers = [(QUESTION, "e\n"), (QUESTION, "1\n"), (QUESTION, "1\n")]
    screen = terminal.run("resolve", answers=answers, env={"EDITOR": "true", "VISUAL": ""})
    assert "The text is unchanged: it still has both versions." in screen.text
    assert "    nom: Microlithe 1\n" in conflict.read_text()


def test_names_in_a_file_with_other_line_ends_are_shown_without_them(conflict: Path, terminal: Any) -> None:
    conflict.write_bytes(CONFLICT.replace("\n", "\r\n").encode())
    screen = terminal.run("resolve", answers=[(QUESTION, "2\n"), (QUESTION, "1\n")])
    assert screen.lines[:2] == ["1 of 2, Microlithe 1", "  1, ours"]


OURS, THEIRS = (REGISTRY.replace("nom: Microlithe", f"nom: {name}") for name in ("Un", "Deux"))


@pytest.fixture
def not_merged(repository: Repository) -> Repository:
    """A merge whose driver could not be started, and which has left no marker."""
    (repository.folder / ".gitattributes").write_text("registry.yaml merge=epn\n")
    repository.git("config", "merge.epn.driver", "no-such-program %O %A %B")
    repository.commit(REGISTRY)
    repository.git("checkout", "-q", "-b", "theirs")
    repository.commit(THEIRS.replace("75020", "75019"))
    repository.git("checkout", "-q", "main")
    repository.commit(OURS)
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "theirs")
    assert (repository.folder / "registry.yaml").read_text() == OURS
    return repository


@pytest.mark.needs("git")
def test_a_merge_that_git_could_not_start_is_made_again(not_merged: Repository, terminal: Any) -> None:
    screen = terminal.run("resolve", answers=[(QUESTION, "2\n")])
    assert screen.lines[0] == "git could not start epn for the merge; it is done now"
    assert screen.lines[-1] == "  next: git add registry.yaml"
    text = THEIRS.replace("75020", "75019")
    assert ((not_merged.folder / "registry.yaml").read_text(), screen.code) == (text, 0)
    assert "there is no conflict left" in terminal.run("resolve").text


@pytest.mark.needs("git")
def test_without_a_conflict_it_is_made_without_a_question(not_merged: Repository, invoke: Invoke) -> None:
    not_merged.git("merge", "--abort")
    not_merged.commit(REGISTRY.replace("3 place du Marché", "1 rue X"))
    with pytest.raises(subprocess.CalledProcessError):
        not_merged.git("merge", "theirs")
    run = invoke("resolve")
    text = THEIRS.replace("75020", "75019").replace("3 place du Marché", "1 rue X")
    assert ((not_merged.folder / "registry.yaml").read_text(), run.code) == (text, 0), run.err


NOT_MERGED = (
    "registry.yaml: error: git has not merged this file: it has only the changes of one side\n"
    "  ‘epn resolve’ merges it; ‘git add registry.yaml’ keeps it as it is\n"
)


@pytest.mark.needs("git")
@pytest.mark.usefixtures("not_merged")
@pytest.mark.parametrize("line", ["check", "check --fix", "close alternord", "verify alternord"])
def test_a_file_that_lacks_what_the_others_changed_is_not_changed(invoke: Invoke, line: str) -> None:
    run = invoke(*line.split())
    assert (run.code, run.err) == (1, NOT_MERGED)


@pytest.mark.needs("git")
def test_nor_is_it_in_a_further_work_tree(
    not_merged: Repository, invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    not_merged.git("merge", "--abort")
    further = tmp_path / "further"
    not_merged.git("worktree", "add", "-q", further)
    monkeypatch.chdir(further)
    with pytest.raises(subprocess.CalledProcessError):
        Repository(further).git("merge", "theirs")
    assert invoke("close", "alternord").err == NOT_MERGED
    Repository(further).git("add", "registry.yaml")
    assert invoke("close", "alternord").code == 0


@pytest.mark.needs("git")
def test_a_file_that_one_side_has_removed_is_kept_or_removed_by_git(
    repository: Repository, invoke: Invoke
) -> None:
    repository.commit(REGISTRY)
    repository.git("checkout", "-q", "-b", "theirs")
    repository.git("rm", "-q", "registry.yaml")
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.commit(OURS)
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "theirs")
    run = invoke("resolve")
    assert (run.code, run.err) == (
        1,
        (
            "registry.yaml: error: one side has removed this file, and the other has changed it\n"
            "  ‘git add registry.yaml’ keeps it, ‘git rm registry.yaml’ removes it\n"
        ),
    )


@pytest.mark.needs("git")
def test_in_a_rebase_it_says_whose_version_is_ours(not_merged: Repository, terminal: Any) -> None:
    not_merged.git("merge", "--abort")
    not_merged.git("config", "--remove-section", "merge.epn")
    with pytest.raises(subprocess.CalledProcessError):
        not_merged.git("rebase", "theirs")
    screen = terminal.run("resolve", answers=[(QUESTION, "\n")])
    assert screen.lines[0] == (
        "In a rebase, ‘ours’ is the branch that you rebase onto, and ‘theirs’ is your own"
    )


def test_without_conflicts_or_a_terminal_it_says_so(registry: Path, invoke: Invoke) -> None:
    assert invoke("resolve").err == "registry.yaml: there is no conflict\n"
    registry.write_text(CONFLICT)
    run = invoke("resolve")
    assert (run.code, run.err.split("\n")[0]) == (2, "error: there is no terminal to ask on")


@pytest.mark.needs("git")
def test_a_file_that_was_resolved_into_one_that_cannot_be_read_is_an_error_and_no_question(
    repository: Repository, registry_file: Callable[..., Path], invoke: Invoke, terminal: Any
) -> None:
    file = registry_file(REGISTRY + "titre: B\ntitre: C\n")
    repository.set_unmerged(REGISTRY, REGISTRY + "titre: B\n", REGISTRY + "titre: C\n")
    run = invoke("resolve")
    assert (run.code, run.err.split("\n")[1:]) == (3, ["  keep one of the two", ""])
    assert terminal.run("resolve").code == 3
    assert file.read_text() == REGISTRY + "titre: B\ntitre: C\n"
