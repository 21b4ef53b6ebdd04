"""Which structures a round has: those of `epn list --to-call`, or those that are named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
Command = Callable[..., Any]


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("options", "names"),
    [
        ((), ["Relais du 16e – Émile", "EPN de Bourg"]),
        (("--stale", "1"), ["Relais du 16e – Émile", "EPN de Bourg", "Alternord"]),
        (("--stale", "1", "--limit", "2"), ["Relais du 16e – Émile", "EPN de Bourg"]),
        (("--commune", "bourg en bresse"), ["EPN de Bourg"]),
        (("--arrondissement", "16"), ["Relais du 16e – Émile"]),
        (("--code-postal", "69"), []),
    ],
    ids=" ".join,
)
def test_the_round_is_the_list(
    call: Call, invoke: Command, options: tuple[str, ...], names: list[str]
) -> None:
    listed = invoke("list", "--to-call", "--fields", "nom", *options)
    assert listed.out.splitlines() == names
    phone = call(*options)
    cards = [phone.press("s") for _name in names]
    assert phone.end() == 0
    for place, (name, card) in enumerate(zip(names, cards, strict=True), 1):
        assert f"{place}/{len(names)}  {name}\n" in card
    words = f"{len(names)} structure{'' if len(names) == 1 else 's'} to call\n"
    assert (cards[0] if cards else phone.last).startswith(words)


def test_a_structure_that_is_named_is_called_whenever_it_was_confirmed(
    call: Call, invoke: Command, registry: Path
) -> None:
    assert invoke("verify", "alternord").code == 0
    before = registry.read_bytes()
    phone = call("alternord", "microlithe")
    assert phone.press("y").startswith(
        "Microlithe: closed, or without a phone number\n1 structure to call\n\n1/1  Alternord\n"
    )
    assert phone.end() == 0
    assert phone.last == "y\nAlternord: already confirmed today; nothing to do\n"
    assert registry.read_bytes() == before


@pytest.mark.usefixtures("registry")
def test_with_months_a_structure_that_is_named_is_called_only_if_it_is_due(call: Call) -> None:
    phone = call("alternord", "--stale", "2")
    assert phone.end() == 0
    assert phone.last == "0 structures to call\n"


def test_the_file_in_a_parent_folder_is_named_once(call: Call, registry: Path) -> None:
    below = registry.parent / "below"
    below.mkdir()
    phone = call(folder=below, columns=200)
    assert phone.press("y").startswith(f"2 structures to call\nin EPN d’essai ({registry})\n")
    phone.press("y")
    assert phone.end() == 0
    assert phone.raw.count("registry.yaml") == 1
    assert registry.read_text().count("date_maj") == 3


def test_an_answer_that_changes_nothing_is_not_taken_for_a_place_that_another_keeper_closed(
    call: Call, invoke: Command, registry: Path
) -> None:
    phone = call("alternord")
    phone.card()
    assert invoke("close", "alternord", "--date", "2025").code == 0
    before = registry.read_bytes()
    phone.send("y")
    assert phone.end() == 0
    shown = phone.raw.replace("\r", "").replace("\n    ", " ")
    assert "Alternord was changed by someone else in the meantime; nothing was written\n" in shown
    assert "already confirmed today" not in shown
    assert registry.read_bytes() == before
