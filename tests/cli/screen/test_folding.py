"""Wrapping never breaks a line at a no-break space, so that a French colon stays with its word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from epncli import i18n
from epncli.cli.screen import terminal
from epncli.cli.screen.card import card
from epncli.cli.screen.statistics import bars
from epncli.cli.screen.table import make_console, render
from epncli.display.state import States
from epncli.model.structure import Structure
from epncli.query.statistics import statistics

CLOSED = Structure(
    id="microlithe",
    nom="Microlithe",
    commune="Paris\xa0: le vingtième\u202f; arrondissement",
    statut="fermé",
    date_fermeture="2014-09",
    motif_fermeture="association fermée\xa0: «\xa0plus de bail\xa0»\u202f; plus de salle\xa0!",
)
WIDTHS = range(24, 70)


@pytest.fixture(autouse=True)
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process speak French, until the end of the test."""
    monkeypatch.setattr(i18n, "_catalog", i18n.catalog("fr"))
    monkeypatch.setattr(i18n, "_language", "fr")


def check(shown: dict[int, str]) -> None:
    """No line of a text is torn at a no-break space; the spaces are there, and lines were folded."""
    torn = [
        (width, line)
        for width, text in shown.items()
        for line in text.splitlines()
        if line.strip()[:1] in (":", ";", "!", "»") or line.rstrip(" ")[-1:] in ("«", "\xa0", "\u202f")
    ]
    assert torn == []
    assert all("\xa0:" in text for text in shown.values())
    assert len({text.count("\n") for text in shown.values()}) > 1


def test_in_the_table() -> None:
    shown = {}
    for width in WIDTHS:
        console = make_console()
        console.width = width
        shown[width] = "".join(render(console, [CLOSED], ["nom"], States(), ()))
    check(shown)


def test_in_a_card() -> None:
    shown = {}
    for width in WIDTHS:
        console = make_console()
        console.width = width
        shown[width] = card(CLOSED, "registry.yaml:2", States(), console)
    check(shown)


def test_in_the_figures() -> None:
    figures = statistics([CLOSED], "2026-03-31")
    check({width: bars(figures, width) for width in WIDTHS})


def test_in_a_message() -> None:
    text = f"Microlithe : fermée en septembre 2014\xa0: {CLOSED.motif_fermeture}"
    check({width: terminal.fitted(text.replace(" :", "\xa0:"), width) for width in WIDTHS})


def test_in_the_help(epn: Callable[..., object]) -> None:
    shown = {}
    for width in (40, 55, 70, 80):
        run = epn("export", "--help", env={"EPN_LANG": "fr", "COLUMNS": str(width)})
        shown[width] = run.out  # type: ignore[attr-defined]
    check(shown)
