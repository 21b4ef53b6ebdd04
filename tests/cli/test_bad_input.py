"""Invalid files: one clear message, and the file is unchanged."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli.system import os_errors

Command = Callable[..., Any]

REFUSED: list[tuple[str, str | bytes, str, str]] = [
    ("an empty file", "", ":1:1", "the file is empty"),
    ("not UTF-8", "structures:\n  - nom: é\n".encode("latin-1"), ":2:10", "the file is not in UTF-8"),
    (
        "UTF-16",
        "structures:\n".encode("utf-16"),
        "",
        "the file is in UTF-16 or UTF-32, or is not a text file",
    ),
    ("a NUL", "structures:\n  - nom: a\0b\n", ":2:11", "there is a control character here (U+0000)"),
    ("an escape", "structures:\n  - nom: \x1b[31m\n", ":2:10", "there is a control character here (U+001B)"),
    (
        "deep brackets",
        "structures: " + "[" * 100_000,
        ":1:32",
        "lists and mappings are nested more than 20 levels deep",
    ),
    (
        "deep dashes",
        "structures:\n" + "- " * 100_000,
        ":2:39",
        "lists and mappings are nested more than 20 levels deep",
    ),
    ("a bomb", "a: &a [x,x]\nb: [*a,*a]\n", ":1:4", "‘&a’: anchors and aliases (& and *) are not allowed"),
    (
        "an alias",
        "structures:\n  - nom: *a\n",
        ":2:10",
        "‘*a’: anchors and aliases (& and *) are not allowed",
    ),
    ("a tag", "structures: !!python/object:os.system {}\n", ":1:13", "‘!!python/object:os.system’: tags (!)"),
    ("a merge key", "structures:\n  - <<: {a: b}\n", ":2:5", "merge keys (<<) are not allowed in a registry"),
    ("a key twice", "structures:\n  - id: a\n    id: b\n", ":3:5", "‘id’ appears twice in the same record"),
    ("two documents", "structures: []\n---\nstructures: []\n", ":2:1", "a second YAML document starts here"),
    ("no list", "titre: x\n", ":1:1", "the file has no ‘structures:’ list"),
    ("a text", "structures: oui\n", ":1:13", "‘structures:’ is not a list"),
    ("a mapping", "structures:\n  -id: a\n", ":2:3", "‘structures:’ is not a list"),
    ("a list of texts", "structures:\n  - id: a\n  - b\n", ":3:5", "this record has no fields"),
    ("a bare list", "- id: a\n", ":1:1", "the file is not a registry: it should start with keys"),
    ("an open quote", "structures:\n  - nom: 'a\n", ":2:10", "the quote opened here is never closed"),
    (
        "a git conflict",
        "structures:\n<<<<<<< HEAD\n  - id: a\n=======\n>>>>>>> b\n",
        ":2:1",
        "the file contains git conflict markers",
    ),
    (
        "a git conflict with longer markers",
        "structures:\n<<<<<<<<< HEAD\n  - id: a\n=========\n>>>>>>>>> b\n",
        ":2:1",
        "the file contains git conflict markers (<<<<<<<<<)",
    ),
    ("a tab", "structures:\n\t- id: a\n", ":2:1", "there is a tab where"),
]


@pytest.mark.parametrize(
    ("content", "place", "message"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_each_bad_file_has_its_own_sentence(
    invoke: Command, registry_file: Callable[..., Path], content: str | bytes, place: str, message: str
) -> None:
    path = registry_file(content)
    before = path.read_bytes()
    for command in (["list"], ["close", "a"]):
        run = invoke(*command)
        sentence, _newline, hint = run.err.partition("\n")
        assert (run.code, run.out, path.read_bytes()) == (3, "", before)
        assert sentence.startswith(f"registry.yaml{place}: error: {message}")
        assert hint.startswith("  ")
        assert hint.count("\n") == 1


def test_a_file_of_100_megabytes_is_refused(invoke: Command, tmp_path: Path) -> None:
    with (tmp_path / "registry.yaml").open("wb") as file:
        file.truncate(100_000_000)
    run = invoke("list")
    assert (run.code, run.out, run.err) == (
        3,
        "",
        (
            "registry.yaml: error: the file is larger than 64 MB\n"
            "  a registry is a list of places: is this the right file?\n"
        ),
    )


@pytest.mark.parametrize("name", [".", pytest.param("tube", marks=pytest.mark.needs("fifo"))])
def test_what_is_no_file_is_refused(invoke: Command, tmp_path: Path, name: str) -> None:
    if name == "tube":
        os.mkfifo(tmp_path / "tube")
    run = invoke("list", "-r", name)
    assert (run.code, run.err) == (
        3,
        f"{name}: error: this is not a regular file\n  give the path of a YAML file with --registry\n",
    )


def test_a_file_that_is_not_there_is_said(invoke: Command) -> None:
    missing = invoke("list", "-r", "absent.yaml")
    assert (missing.code, missing.err) == (
        3, "absent.yaml: error: there is no such file\n  ‘epn init absent.yaml’ creates a registry\n",
    )  # fmt: skip


@pytest.mark.usefixtures("registry")
def test_a_file_that_may_not_be_read_is_said(invoke: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    monkeypatch.setattr(os_errors, "WINDOWS", False)
    run = invoke("list")
    monkeypatch.undo()
    assert (run.code, run.err) == (
        3,
        (
            "registry.yaml: error: the file cannot be read: Permission denied\n"
            "  check its path and its permissions\n"
        ),
    )


def test_an_id_that_two_structures_have_is_listed_and_never_changed(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    path = registry_file("structures:\n  - {id: a, nom: Un}\n  - {id: a, nom: Deux}\n")
    before = path.read_bytes()
    assert invoke("list").err == "2 structures\n"
    run = invoke("close", "a", "--date", "2014")
    assert (run.code, run.err, path.read_bytes()) == (
        1,
        (
            "registry.yaml:2: error: several structures have the id ‘a’ (lines 2, 3)\n"
            "  first give each of them its own id in a text editor\n"
        ),
        before,
    )


@pytest.mark.needs("odd names")
def test_a_name_with_a_control_character_on_the_command_line_is_shown_not_obeyed(invoke: Command) -> None:
    run = invoke("list", "-r", "a\x1b[31m\nb")
    assert (run.code, run.err) == (
        3, "a␛[31m␊b: error: there is no such file\n  check its path\n",
    )  # fmt: skip
    assert "\x1b" not in invoke("\x1b[31mlist").err


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("word", ["\udcff", "\0", "é" * 10_000, "[/x]", "%s{0}{name}", "\u202e"])
@pytest.mark.parametrize(
    "command",
    [["show"], ["search"], ["list", "--commune"], ["list", "--fields"], ["edit", "alternord", "--set"]],
)
def test_no_word_on_the_command_line_is_a_fault_of_epn(
    invoke: Command, registry: Path, command: list[str], word: str
) -> None:
    before = registry.read_bytes()
    run = invoke(*command, word)
    assert run.code in (0, 1, 2)
    assert registry.read_bytes() == before


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["list", "--commune", ""], "--commune has no value\n  give it one, or leave the option out"),
        (["search", "a", "--label", " "], "--label has no value\n  give it one, or leave the option out"),
        (["-r", "", "list"], "--registry has no value\n  give it one, or leave the option out"),
        (
            ["edit", "microlithe", "--adresse="],
            "--adresse has no value\n  to clear the field: --unset adresse",
        ),
        (
            ["edit", "microlithe", "--telephone", "01 40 28 18 48", "--telephone", ""],
            "--telephone has no value\n  to clear the field: --unset telephones",
        ),
    ],
)
def test_an_option_without_a_value_is_refused(invoke: Command, args: list[str], said: str) -> None:
    run = invoke(*args)
    assert (run.code, run.out, run.err) == (2, "", f"error: {said}\n")
