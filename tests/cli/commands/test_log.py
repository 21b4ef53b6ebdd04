from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from repositories import Repository, new_repository
from small_registry import REGISTRY

Invoke = Callable[..., Any]
pytestmark = pytest.mark.needs("git")


@pytest.fixture
def commits(repository: Repository) -> list[str]:
    """The commits of three versions of the small registry; the file has been changed since."""
    moved = REGISTRY.replace("3 place du Marché", "12 rue Neuve")
    made = [
        repository.commit(REGISTRY, "2026-01-01", author="Zoé"),
        repository.commit(REGISTRY.replace("Alternord", "Nord"), "2026-01-02"),
        repository.commit(moved, "2026-01-31", author="Léo\tBlum", message="Déménagement"),
    ]
    (repository.folder / "registry.yaml").write_text(moved.replace("04 74 22 10 10", "04 74 22 10 11"))
    return made


def test_the_life_of_a_structure_in_lines(commits: list[str], invoke: Invoke) -> None:
    run = invoke("log", "bourg")
    assert run.out == (
        "epn-de-bourg\t\t\t\tnew_phone\ttelephones\t04 74 22 10 10\t04 74 22 10 11\n"
        f"epn-de-bourg\t2026-01-31\t{commits[2]}\tLéo\\tBlum\tmoved\tadresse"
        "\t3 place du Marché\t12 rue Neuve\n"
        f"epn-de-bourg\t2026-01-01\t{commits[0]}\tZoé\tadded\t\t\t\n"
    )
    assert (run.err, run.code) == ("", 0)


@pytest.mark.usefixtures("commits")
def test_the_life_of_a_structure_on_a_terminal(terminal: Any) -> None:
    assert (
        terminal.run("log", "bourg").text
        == """\
EPN de Bourg
  not committed yet, new phone number
    Phone: 04 74 22 10 10 → 04 74 22 10 11
  31 January 2026, Léo Blum, moved
    Address: 3 place du Marché → 12 rue Neuve
  1 January 2026, Zoé, added
"""
    )


def test_the_life_of_a_structure_in_json(commits: list[str], invoke: Invoke) -> None:
    run = invoke("log", "bourg", "--format", "json", "--limit", "2")
    assert json.loads(run.out) == [
        {
            "id": "epn-de-bourg", "date": None, "commit": None, "author": None, "subject": None,
            "group": "new_phone",
            "fields": {"telephones": {"before": ["04 74 22 10 10"], "after": ["04 74 22 10 11"]}},
        },
        {
            "id": "epn-de-bourg", "date": "2026-01-31", "commit": commits[2], "author": "Léo\tBlum",
            "subject": "Déménagement", "group": "moved",
            "fields": {"adresse": {"before": "3 place du Marché", "after": "12 rue Neuve"}},
        },
    ]  # fmt: skip


@pytest.mark.usefixtures("commits")
def test_a_long_life_goes_through_the_pager(terminal: Any) -> None:
    screen = terminal.run("log", "bourg", rows=3, env={"EPN_PAGER": "sed s/^/@/"})
    assert screen.lines[0] == "@EPN de Bourg"
    assert "@" not in terminal.run("log", "bourg", "--no-pager", rows=3).text


@pytest.mark.usefixtures("commits")
def test_several_structures_one_after_the_other(invoke: Invoke) -> None:
    ids = [line.split("\t")[0] for line in invoke("log", "microlithe", "alternord").out.splitlines()]
    assert ids == ["microlithe", "alternord", "alternord", "alternord"]


def test_a_shallow_clone_is_said(
    repository: Repository, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(REGISTRY, "2026-01-01")
    repository.commit(REGISTRY.replace("Alternord", "Nord"), "2026-01-02")
    new_repository(repository.folder / "other").git(
        "clone", "-q", "--depth", "1", repository.folder.as_uri(), "clone"
    )
    monkeypatch.chdir(repository.folder / "other" / "clone")
    run = invoke("log", "nord")
    assert run.out.count("\n") == 1
    assert run.err == "the clone is shallow: ‘git fetch --unshallow’ gets the older versions\n"


@pytest.mark.usefixtures("registry")
def test_without_a_repository_it_says_what_to_do(invoke: Invoke) -> None:
    run = invoke("log", "bourg")
    assert run.code == 3
    assert run.err == (
        "registry.yaml: error: the file is not in a git repository\n"
        "  ‘git init’ creates one; to compare two files: epn diff OLD NEW\n"
    )
