from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli.cli.commands import stats
from epncli.cli.commands.list_ import list_structures
from epncli.model.fields import label_in_sentence
from epncli.model.structure import CLOSING, FIELDS

REGISTRY = """\
structures:
  - {id: a, nom: Un, commune: Paris, code_postal: "75013", date_maj: 2026-03-01}
  - {id: b, nom: Deux, commune: Paris, code_postal: "75013", statut: fermé, date_fermeture: 2014-09}
  - {id: c, nom: Trois, commune: "Ly\\ton", code_postal: "69100", date_maj: 2024-01-01}
"""


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stats, "today", lambda: "2026-03-31")
    monkeypatch.setitem(list_structures.__globals__, "today", lambda: "2026-03-31")


def test_a_person_sees_bars(
    invoke: Callable[..., Any], registry_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    registry_file(REGISTRY)
    shown, _, empty = invoke("stats", "--format", "table").out.partition("  never filled: ")
    assert (
        shown
        == """\
3 structures: 2 open, 1 closed
█ open  ░ closed

By commune
  Paris  2  ████████████████████░░░░░░░░░░░░░░░░░░░░
  Ly on  1  ████████████████████

By arrondissement
  Paris 13  2  ████████████████████░░░░░░░░░░░░░░░░░░░░

Closed, by year
  2014  1  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░

Last confirmed
  under 6 months   1    33%  ██████████
  6 to 12 months   0     0%
  12 to 24 months  0     0%
  over 24 months   1    33%  ██████████
  never            1    33%  ░░░░░░░░░░

Filled fields
  Identifier         3   100%  ███████████████████░░░░░░░░░░
  Name               3   100%  ███████████████████░░░░░░░░░░
  Commune            3   100%  ███████████████████░░░░░░░░░░
  Postal code        3   100%  ███████████████████░░░░░░░░░░
  Last confirmation  2    66%  ███████████████████
"""
    )
    filled = ("id", "nom", "commune", "code_postal", "date_maj")
    assert empty.replace("\n", " ").split() == ", ".join(
        label_in_sentence(name) for name in FIELDS if name not in (*filled, *CLOSING)
    ).split(" ")


def test_a_script_gets_a_line_for_each_figure(
    invoke: Callable[..., Any], registry_file: Callable[..., Path]
) -> None:
    registry_file(REGISTRY)
    out = invoke("stats").out
    kept = [line for line in out.splitlines() if not line.startswith("champs")]
    assert kept == [
        "total\t\t2\t1",
        "commune\tParis\t1\t1",
        "commune\tLy\\ton\t1\t0",
        "arrondissement\tParis 13\t1\t1",
        "date_fermeture\t2014\t0\t1",
        "date_maj\t6\t1\t0",
        "date_maj\t12\t0\t0",
        "date_maj\t24\t0\t0",
        "date_maj\tplus\t1\t0",
        "date_maj\tjamais\t0\t1",
    ]
    assert "champs\tstatut\t2\t1\n" in out
    assert "champs\tnotes\t0\t0\n" in out


def test_a_program_gets_the_same_figures(
    invoke: Callable[..., Any], registry_file: Callable[..., Path]
) -> None:
    registry_file(REGISTRY)
    found = json.loads(invoke("stats", "--format", "json").out)
    assert list(found) == ["total", "commune", "arrondissement", "date_fermeture", "champs", "date_maj"]
    assert found["total"] == {"ouvert": 2, "fermé": 1}
    assert found["commune"] == {"Paris": {"ouvert": 1, "fermé": 1}, "Ly\ton": {"ouvert": 1, "fermé": 0}}
    assert found["date_maj"]["jamais"] == {"ouvert": 0, "fermé": 1}


def test_an_empty_registry_is_one_line(
    invoke: Callable[..., Any], registry_file: Callable[..., Path]
) -> None:
    registry_file("structures: []\n")
    assert invoke("stats", "--format", "table").out == "0 structures: 0 open, 0 closed\n"


def test_what_nobody_confirmed_for_a_year_is_listed_oldest_first(
    invoke: Callable[..., Any], registry_file: Callable[..., Path]
) -> None:
    registry_file(REGISTRY)
    assert invoke("list", "--stale", "12", "--fields", "id").out == "b\nc\n"
    assert invoke("list", "--stale", "12", "--open", "--fields", "id").out == "c\n"
    assert invoke("list", "--stale", "12", "--sort", "-nom", "--fields", "id").out == "c\nb\n"
    assert invoke("list", "--stale", "12", "--limit", "1", "--fields", "id").out == "b\n"


def test_over_time_in_lines_json_and_bars(registry: Path, invoke: Callable[..., Any], terminal: Any) -> None:
    text = registry.read_text()
    registry.write_text(text.replace("2014-09", "2025-09").replace('"2026-01-31"', '"2025-01-31"'))
    lines = invoke("stats", "--over-time", "year").out
    assert lines == (
        "ouvert\t2025\t3\t0\nouvert\t2026\t3\t0\n"
        "date_fermeture\t2025\t0\t1\ndate_fermeture\t2026\t0\t0\n"
        "date_maj\t2025\t1\t0\ndate_maj\t2026\t0\t0\ndate_maj\t\t2\t1\n"
    )
    found = json.loads(invoke("stats", "--over-time", "month", "--format", "json").out)
    assert list(found) == ["ouvert", "date_fermeture", "date_maj"]
    assert found["date_fermeture"]["2025-09"] == {"ouvert": 0, "fermé": 1}
    assert (
        terminal.run("stats", "--over-time", "year", columns=60).text
        == """\
Open at the end
  2025  3  ████████████████████████████████████████
  2026  3  ████████████████████████████████████████

Closed
  2025  1  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
  2026  0

Last confirmed
  2025     1  █████████████
  2026     0
  unknown  3  ███████████████████████████░░░░░░░░░░░░░
"""
    )
