"""`epn close --successor`, and the commands that show or break the link. Today is 5 March 2026."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


def record(name: str, *lines: str) -> str:
    head = [f"  - id: {name}", f"    nom: Nom {name}", "    commune: Lyon", '    code_postal: "69003"']
    return "".join(f"{line}\n" for line in [*head, "    adresse: 1 rue A", *(f"    {one}" for one in lines)])


@pytest.fixture
def three(registry_file: Callable[..., Path]) -> Path:
    """A registry with `a`, replaced by `b`, and `c`."""
    closed = record("a", "statut: fermé", "date_fermeture: 2024-06", "remplace_par: b")
    return registry_file("structures:\n" + closed + record("b") + record("c"))


def test_a_successor_is_written_shown_and_cleared_by_reopening(invoke: Command, three: Path) -> None:
    before = three.read_text()
    run = invoke("close", "b", "--date", "2025-03", "--successor", "nom c")
    assert (run.code, run.out, run.err) == (
        0, "", "Nom b: closed in March 2025, see Nom c\n  to undo: epn undo\n",
    )  # fmt: skip
    came = '    statut: fermé\n    date_fermeture: 2025-03\n    remplace_par: c\n    date_maj: "2026-03-05"\n'
    assert three.read_text() == before.replace(record("b"), record("b") + came)
    again = invoke("close", "b", "--successor", "c")
    assert again.err == "Nom b: already closed in March 2025, see Nom c; nothing to do\n"
    reopened = invoke("reopen", "b")
    assert reopened.err == "Nom b: reopened\n  to undo: epn undo\n"
    assert three.read_text() == before.replace(record("b"), record("b") + '    date_maj: "2026-03-05"\n')


def test_a_closed_place_gets_another_successor(invoke: Command, three: Path) -> None:
    before = three.read_text()
    run = invoke("close", "a", "--successor", "c")
    assert run.err == ("Nom a: closed in June 2024, see Nom c\n  to undo: epn undo\n")
    came = '    remplace_par: c\n    date_maj: "2026-03-05"\n'
    assert three.read_text() == before.replace("    remplace_par: b\n", came)


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (
            ["b", "--successor", "b"], 2,
            "Nom b cannot replace itself\n  give another structure with --successor\n",
        ),
        (
            ["b", "--successor", "a"], 2,
            "Nom a is itself replaced by Nom b\n  give another structure with --successor\n",
        ),
        (["b", "c", "--successor", "c"], 2,
         "Nom c cannot replace itself\n  give another structure with --successor\n"),
        (["b", "--successor", "zzz"], 1,
         "no structure matches ‘zzz’\n  search for one of these words with ‘epn search WORD’\n"),
    ],
)  # fmt: skip
def test_a_successor_that_cannot_be_is_refused(
    invoke: Command, three: Path, args: list[str], code: int, message: str
) -> None:
    before = three.read_bytes()
    run = invoke("close", *args)
    assert (run.code, run.out, run.err, three.read_bytes()) == (code, "", f"error: {message}", before)


def test_a_successor_without_an_id_is_refused(invoke: Command, registry_file: Callable[..., Path]) -> None:
    registry_file("structures:\n  - {id: a, nom: A}\n  - {nom: Sans nom}\n")
    run = invoke("close", "a", "--successor", "sans")
    assert (run.code, run.err) == (2, "error: Sans nom has no id\n  give it one with ‘epn edit’ first\n")


@pytest.mark.usefixtures("three")
def test_searching_the_old_name_shows_the_new_place(invoke: Command) -> None:
    run = invoke("search", "nom:a")
    assert run.out == "a\tfermé\t69003\tLyon\tNom a\t\n"
    assert run.err == (
        "1 structure out of 3, 1 closed\nNom a is replaced by: b · Nom b · 69003 Lyon · 1 rue A\n"
    )
    both = invoke("search", "nom")  # all three are listed
    assert both.err == "3 structures, 1 closed\n"


@pytest.mark.usefixtures("three")
def test_lists_and_cards_and_what_is_published_name_it(invoke: Command) -> None:
    table = invoke("list", "--format", "table", "--fields", "id,nom").out
    assert table.splitlines()[1].rstrip() == "a           Nom a (closed in June 2024, see Nom b)"
    card = invoke("show", "a").out
    assert "  Status        closed in June 2024, see Nom b\n" in card
    said = "(fermée en juin 2024, voir Nom b)"
    assert f"~~Nom a~~ {said}" in invoke("export", "markdown").out
    assert f"<s>Nom a</s> {said}" in invoke("export", "html").out
    # The successor is named though the filter leaves it out.
    assert f"~~Nom a~~ {said}" in invoke("export", "markdown", "--closed").out
    assert json.loads(invoke("list", "--format", "json").out)[0]["remplace_par"] == "b"


def test_removing_a_successor_is_warned_about(invoke: Command, three: Path) -> None:
    run = invoke("remove", "b", "--yes")
    assert run.err.startswith(
        "warning: Nom a is replaced by Nom b: its successor must be corrected too\n"
        "  change or remove the field ‘remplace_par’ of ‘a’ with ‘epn edit’\n"
        "removed: Nom b\n"
    )
    assert record("b") not in three.read_text()


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("ids", [["c"], ["a", "b"]])
def test_removing_others_is_not(invoke: Command, ids: list[str]) -> None:
    assert "warning" not in invoke("remove", *ids, "--yes").err


@pytest.mark.usefixtures("three")
def test_another_id_of_a_successor_is_warned_about(invoke: Command) -> None:
    run = invoke("edit", "b", "--set", "id=d")
    assert run.err == (
        "Nom b: changed identifier\n  to undo: epn undo\n"
        "warning: Nom a is replaced by Nom b: its successor must be corrected too\n"
        "  change or remove the field ‘remplace_par’ of ‘a’ with ‘epn edit’\n"
    )
    assert "warning" not in invoke("edit", "c", "--set", "id=e").err
