"""Locating the registry that a command works on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.fixture
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder two levels below the test's, in which the commands run."""
    folder = tmp_path / "un" / "deux"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def _count(run: Any) -> tuple[int, str]:
    return run.code, run.err


@pytest.mark.usefixtures("registry")
def test_the_registry_of_a_parent_folder_is_found(invoke: Command, deep: Path) -> None:
    os.chdir(deep)
    assert _count(invoke("list")) == (0, "4 structures, 1 closed\n")


@pytest.mark.usefixtures("registry")
def test_the_nearest_registry_wins(invoke: Command, deep: Path) -> None:
    (deep.parent / "registry.yaml").write_text("structures:\n  - id: a\n")
    os.chdir(deep)
    assert _count(invoke("list")) == (0, "1 structure\n")


@pytest.mark.usefixtures("registry")
def test_a_change_names_the_registry_that_was_found_in_a_parent(
    invoke: Command, registry: Path, deep: Path
) -> None:
    os.chdir(deep)
    run = invoke("close", "alternord", "--date", "2014")
    assert (run.code, run.err) == (
        0,
        f"in EPN d’essai ({registry})\nAlternord: closed in 2014\n  to undo: epn undo\n",
    )
    again = invoke("close", "alternord")
    assert again.err == "Alternord: already closed in 2014; nothing to do\n"
    assert invoke("undo").err.startswith(f"in {registry}\nundone: epn close")


@pytest.mark.usefixtures("registry")
def test_a_change_names_the_registry_where_the_folder_has_another_one(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    registry_file("colonnes: {Enseigne: nom}\n", "recette.yaml")
    assert invoke("verify", "microlithe").err == "Microlithe: confirmed today\n  to undo: epn undo\n"
    registry_file("# Lyon\nstructures:\n  - {id: b, nom: B}\n", "lyon.yml")
    assert invoke("verify", "alternord").err == (
        "in EPN d’essai (registry.yaml)\nAlternord: confirmed today\n  to undo: epn undo\n"
    )
    assert invoke("verify", "b", "-r", "lyon.yml").err == (
        "in lyon.yml\nB: confirmed today\n  to undo: epn undo -r lyon.yml\n"
    )


def test_a_change_names_a_registry_of_another_folder(invoke: Command, tmp_path: Path) -> None:
    (tmp_path / "un").mkdir()
    file = Path("un/registry.yaml")
    file.write_text("titre: '[bold]\\e[31mUn'\nstructures:\n  - {id: a, nom: A}\n")
    run = invoke("verify", "a", "-r", file)
    assert run.err.splitlines()[0] == f"in [bold]\\e[31mUn ({file})"


def test_a_registry_is_found_under_its_other_name(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    registry_file("structures:\n  - id: a\n", "registry.yml")
    assert _count(invoke("list")) == (0, "1 structure\n")
    registry_file("structures:\n  - id: a\n  - id: b\n")
    assert _count(invoke("list")) == (0, "2 structures\n")


@pytest.mark.usefixtures("registry")
def test_the_search_ends_at_the_git_root(invoke: Command, deep: Path) -> None:
    (deep.parent / ".git").mkdir()
    os.chdir(deep)
    run = invoke("list")
    assert (run.code, run.out, run.err) == (
        3,
        "",
        (
            "error: there is no registry.yaml or registry.yml in this folder or its parent folders\n"
            "  give one with --registry FILE, or create one with ‘epn init’\n"
        ),
    )


@pytest.mark.usefixtures("registry")
def test_the_search_ends_at_home(invoke: Command, deep: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: deep.parent)
    os.chdir(deep)
    assert invoke("list").code == 3
    monkeypatch.setattr(Path, "home", lambda: deep.parents[1])
    assert invoke("list").code == 0


@pytest.mark.needs("symlinks")
def test_a_link_that_leads_nowhere_is_not_passed_by(invoke: Command, deep: Path) -> None:
    (deep / "registry.yaml").symlink_to("nulle-part.yaml")
    os.chdir(deep)
    run = invoke("close", "alternord")
    assert (run.code, run.err) == (
        3,
        (
            "registry.yaml: error: there is no such file\n"
            "  it is a broken link: restore its target, or delete the link\n"
        ),
    )


@pytest.mark.usefixtures("registry")
def test_the_option_comes_before_the_environment_and_that_before_the_folder(
    invoke: Command, registry_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry_file("structures:\n  - id: a\n", "option.yaml")
    registry_file("structures:\n  - id: a\n  - id: b\n", "environment.yaml")
    monkeypatch.setenv("EPN_REGISTRY", "environment.yaml")
    assert _count(invoke("list")) == (0, "2 structures\n")
    assert _count(invoke("list", "-r", "option.yaml")) == (0, "1 structure\n")
    assert _count(invoke("list", "--registry", "option.yaml")) == (0, "1 structure\n")
    monkeypatch.setenv("EPN_REGISTRY", "gone.yaml")
    run = invoke("list")
    assert (run.code, run.out, run.err) == (
        3,
        "",
        (
            "gone.yaml: error: this file, which EPN_REGISTRY names, does not exist\n"
            "  correct that variable, or create the registry with ‘epn init’\n"
        ),
    )
    monkeypatch.delenv("EPN_REGISTRY")
    assert _count(invoke("list")) == (0, "4 structures, 1 closed\n")


def test_the_option_stands_before_the_command_or_behind_it(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    registry_file("structures:\n  - {id: a, nom: A}\n", "un.yaml")
    registry_file("structures:\n  - id: a\n  - id: b\n", "deux.yaml")
    assert _count(invoke("-r", "un.yaml", "list")) == (0, "1 structure\n")
    assert _count(invoke("--registry=un.yaml", "list", "-r", "deux.yaml")) == (0, "2 structures\n")
    assert invoke("-r", "un.yaml", "verify", "a").err == (
        "in un.yaml\nA: confirmed today\n  to undo: epn undo -r un.yaml\n"
    )
    assert invoke("-r", "trois.yaml", "init").err.startswith("trois.yaml: registry created\n")


@pytest.mark.parametrize(
    ("command", "out"),
    [
        ("list", "a\touvert\t\t\tA\t\n"),
        ("search a", "a\touvert\t\t\tA\t\n"),
        ("show a", "A\n  Identifier  a\n  Status      ouvert\n  Record      (standard input):2\n"),
        ("export csv", "id,nom,commune,code_postal,telephones,statut\r\na,A,,,,\r\n"),
    ],
)
def test_commands_that_read_take_a_registry_from_standard_input(
    invoke: Command, command: str, out: str
) -> None:
    run = invoke(*command.split(), "-r", "-", stdin="structures:\n  - id: a\n    nom: A\n")
    assert (run.code, run.out) == (0, out)


def test_an_error_in_standard_input_has_its_place(invoke: Command) -> None:
    run = invoke("list", "-r", "-", stdin="structures:\n  - {id: a, id: b}\n")
    assert (run.code, run.err) == (
        3,
        (
            "(standard input):2:13: error: ‘id’ appears twice in the same record\n"
            "  keep one of the two; if a new record starts here, its line ‘- id: …’ is missing\n"
        ),
    )


@pytest.mark.parametrize(
    "command",
    [["add", "N", "--code-postal", "75009"], ["edit", "a"], ["close", "a"], ["reopen", "a"], ["verify", "a"],
     ["remove", "a", "--yes"]],
)  # fmt: skip
def test_commands_that_write_do_not(invoke: Command, command: list[str]) -> None:
    run = invoke(*command, "-r", "-", stdin="structures:\n  - id: a\n")
    assert (run.code, run.out, run.err) == (
        2,
        "",
        "error: a registry read from standard input cannot be changed\n  give a file with --registry\n",
    )


@pytest.mark.needs("free folders")
def test_a_folder_that_is_gone_is_said(invoke: Command, tmp_path: Path) -> None:
    (tmp_path / "parti").mkdir()
    os.chdir(tmp_path / "parti")
    (tmp_path / "parti").rmdir()
    run = invoke("list")
    os.chdir(tmp_path)
    assert (run.code, run.err) == (
        3,
        (
            "error: the current folder no longer exists\n"
            "  go to another folder, or give a file with --registry\n"
        ),
    )
