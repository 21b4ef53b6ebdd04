from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli.registry.registry import Registry

Command = Callable[..., Any]


def test_a_new_registry_explains_itself_and_passes_check(invoke: Command, tmp_path: Path) -> None:
    run = invoke("init")
    assert (run.code, run.out, run.err) == (
        0,
        "",
        (
            "registry.yaml: registry created\n"
            '  next: epn add "Name" --code-postal 75012 --telephone "01 40 01 02 03"\n'
            "  or, from a list: epn import list.xlsx\n"
        ),
    )
    text = (tmp_path / "registry.yaml").read_text()
    assert text == (
        "# A registry of EPN (espaces publics numériques), edited with epn or by hand.\n"
        "#\n"
        "# A record looks like this, without the # at the start of the lines:\n"
        "#\n"
        "#   - id: cyber-espace\n"
        "#     nom: Cyber Espace\n"
        "#     commune: Paris\n"
        '#     code_postal: "75012"\n'
        "#     telephones: [01 40 01 02 03]\n"
        "#\n"
        "# Put quotes around postal codes, and around values that contain a colon or a #.\n"
        "# ‘epn check’ lists the errors with their lines.\n"
        "\n"
        "titre: Espaces publics numériques\n"
        "structures:\n"
    )
    if os.name == "posix":  # elsewhere files have no such modes
        assert stat.S_IMODE((tmp_path / "registry.yaml").stat().st_mode) == 0o644
    check = invoke("check")
    assert (check.code, check.out) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["registry.yaml"]


@pytest.mark.usefixtures("_fixed_day")
def test_what_it_says_to_do_next_works(invoke: Command, tmp_path: Path, quoted: Callable[[str], str]) -> None:
    run = invoke("init", "mes lieux.yaml")
    option = f"-r {quoted('mes lieux.yaml')}"
    assert run.err == (
        "mes lieux.yaml: registry created\n"
        f'  next: epn add "Name" --code-postal 75012 --telephone "01 40 01 02 03" {option}\n'
        f"  or, from a list: epn import list.xlsx {option}\n"
    )
    added = invoke(
        "add", "Name", "--code-postal", "75012", "--telephone", "01 40 01 02 03", "-r", "mes lieux.yaml"
    )
    assert added.code == 0
    assert (
        (tmp_path / "mes lieux.yaml")
        .read_text()
        .endswith(
            'structures:\n  - id: name\n    nom: Name\n    commune: Paris\n    code_postal: "75012"\n'
            '    telephones: [01 40 01 02 03]\n    date_maj: "2026-03-05"\n'
        )
    )


@pytest.mark.parametrize(
    "kind", ["file", "folder", pytest.param("dangling link", marks=pytest.mark.needs("symlinks"))]
)
def test_what_is_there_already_is_left_alone(invoke: Command, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "registry.yaml"
    if kind == "file":
        path.write_text("à moi")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("nulle-part.yaml")
    run = invoke("init")
    assert (run.code, run.out, run.err) == (
        1,
        "",
        "registry.yaml: error: the file already exists; it was not changed\n  choose another name\n",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["registry.yaml"]


def test_a_folder_that_is_missing_is_said(invoke: Command, tmp_path: Path) -> None:
    run = invoke("init", "nulle/part.yaml")
    assert (run.code, run.err) == (
        4,
        (
            f"{Path('nulle/part.yaml')}: error: the folder does not exist\n"
            "  check the path; nothing was written\n"
        ),
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("file", "code", "err"),
    [
        (
            "autre.yaml",
            1,
            (
                "registry.schema.json: error: the file already exists; it was not changed\n"
                "  choose another name\n"
            ),
        ),
        (
            "registry.schema.json",
            1,
            (
                "registry.schema.json: error: the file already exists; it was not changed\n"
                "  choose another name\n"
            ),
        ),
        (
            "neuf/registry.schema.json",
            2,
            (
                f"{Path('neuf/registry.schema.json')}: error: this name is reserved for the JSON Schema\n"
                "  choose another name\n"
            ),
        ),
    ],
)
def test_a_schema_takes_the_place_of_nothing(
    invoke: Command, tmp_path: Path, file: str, code: int, err: str
) -> None:
    (tmp_path / "registry.schema.json").write_text("à moi")
    (tmp_path / "neuf").mkdir()
    run = invoke("init", file, "--schema")
    assert (run.code, run.err) == (code, err)
    assert (tmp_path / "registry.schema.json").read_text() == "à moi"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["neuf", "registry.schema.json"]


@pytest.mark.parametrize("args", [["-"], ["-r", "-"]])
def test_no_registry_is_made_on_standard_output(invoke: Command, tmp_path: Path, args: list[str]) -> None:
    run = invoke("init", *args)
    assert (run.code, run.out, run.err) == (
        2,
        "",
        "error: a registry cannot be created on standard output\n  give a file with --registry\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_the_file_can_be_named_with_the_option_or_the_variable_too(
    invoke: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert invoke("init", "-r", "un.yaml").err.endswith("-r un.yaml\n")
    monkeypatch.setenv("EPN_REGISTRY", "deux.yaml")
    assert invoke("init").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deux.yaml", "un.yaml"]
    assert invoke("init", "trois.yaml", "-r", "quatre.yaml").code == 2


@pytest.mark.parametrize(
    ("titre", "line"),
    [
        ("EPN de Lyon", "titre: EPN de Lyon"),
        ("Lyon : les EPN #1", 'titre: "Lyon : les EPN #1"'),
        ("a\nb", 'titre: "a\\nb"'),
    ],
)
def test_a_title_is_written_so_that_it_is_read_back(
    invoke: Command, tmp_path: Path, titre: str, line: str
) -> None:
    assert invoke("init", "--titre", titre).code == 0
    assert (tmp_path / "registry.yaml").read_text().splitlines()[-2:] == [line, "structures:"]
    assert Registry.read(tmp_path / "registry.yaml").titre == titre


def test_half_a_character_in_a_title_is_refused(invoke: Command, tmp_path: Path) -> None:
    run = invoke("init", "--titre", "a\udcff")
    assert (run.code, run.err) == (
        2,
        (
            "error: the value contains half a character (a lone surrogate), which cannot be written "
            "to a file\n"
            "  type the value again\n"
        ),
    )
    assert list(tmp_path.iterdir()) == []


def test_a_registry_with_the_other_name_is_not_hidden(invoke: Command, tmp_path: Path) -> None:
    (tmp_path / "registry.yml").write_text("structures:\n")
    run = invoke("init")
    assert (run.code, run.err.splitlines()[0]) == (
        1,
        "registry.yml: error: the file already exists; it was not changed",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["registry.yml"]


TITLE = "Title of the registry? (Enter for ‘Espaces publics numériques’)"
GIT = "Keep the versions of this folder with git (git init)? [y/N]"
IGNORE = "(.gitignore)? [Y/n]"


@pytest.mark.needs("git")
def test_a_person_is_asked_for_a_title_and_offered_git(terminal: Any, tmp_path: Path) -> None:
    screen = terminal.run(
        "init", answers=[(TITLE, "EPN de Lyon\r"), (GIT, "y\r"), (IGNORE, "\r")], columns=100
    )
    assert screen.code == 0
    assert screen.lines[-4:] == [
        "Leave .registry.yaml.lock, registry.yaml~, *.last.csv~ out of git (.gitignore)? [Y/n]",
        ".gitignore: written",
        '  next: epn add "Name" --code-postal 75012 --telephone "01 40 01 02 03"',
        "  or, from a list: epn import list.xlsx",
    ]
    assert "titre: EPN de Lyon\n" in (tmp_path / "registry.yaml").read_text()
    assert (tmp_path / ".gitignore").read_text() == ".registry.yaml.lock\nregistry.yaml~\n*.last.csv~\n"
    assert (tmp_path / ".git" / "HEAD").is_file()


@pytest.mark.needs("git")
def test_who_declines_gets_a_registry_and_nothing_else(terminal: Any, tmp_path: Path) -> None:
    screen = terminal.run("init", answers=[(TITLE, "\r"), (GIT, "\r")])
    assert screen.code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["registry.yaml"]
    assert "titre: Espaces publics numériques\n" in (tmp_path / "registry.yaml").read_text()


@pytest.mark.needs("git")
@pytest.mark.parametrize(
    ("before", "answers", "after"),
    [
        ("*.pdf", "\r", "*.pdf\n.lyon.yaml.lock\nlyon.yaml~\n*.last.csv~\n"),
        ("lyon.yaml~\n", "\r", "lyon.yaml~\n.lyon.yaml.lock\n*.last.csv~\n"),
        ("*.pdf\n", "n\r", "*.pdf\n"),
        (
            ".lyon.yaml.lock\r\nlyon.yaml~\r\n*.last.csv~\r\n",
            None,
            ".lyon.yaml.lock\r\nlyon.yaml~\r\n*.last.csv~\r\n",
        ),
    ],
)
def test_lines_that_a_repository_lacks_are_offered(
    terminal: Any, tmp_path: Path, before: str, answers: str | None, after: str
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_bytes(before.encode())
    asked = [(IGNORE, answers)] if answers else []
    assert terminal.run("init", "lyon.yaml", "--titre", "Lyon", answers=asked).code == 0
    assert (tmp_path / ".gitignore").read_bytes().decode() == after


def test_without_git_nothing_is_offered(terminal: Any, tmp_path: Path) -> None:
    screen = terminal.run("init", "--titre", "Lyon", env={"PATH": ""})
    assert (screen.code, screen.lines[0]) == (0, "registry.yaml: registry created")
    assert [path.name for path in tmp_path.iterdir()] == ["registry.yaml"]


@pytest.mark.needs("sh")
def test_a_git_that_fails_is_said(terminal: Any, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    git = tmp_path / "bin" / "git"
    git.write_text("#!/bin/sh\nprintf 'fatal: no\\033[31m\\n' >&2\nexit 128\n")
    git.chmod(0o755)
    screen = terminal.run(
        "init", "--titre", "Lyon", answers=[(GIT, "y\r")], env={"PATH": str(tmp_path / "bin")}
    )
    assert (screen.code, screen.lines[2]) == (0, "git init failed: fatal: no␛[31m")
    assert not (tmp_path / ".gitignore").exists()
