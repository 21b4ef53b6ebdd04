from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli import i18n
from epncli.cli.commands import stats
from epncli.cli.commands.list_ import list_structures
from epncli.model.structure import CHAMPS, Structure
from epncli.query.statistics import Count, Statistics, statistics

PARIS = Path(__file__).parents[3] / "registry.yaml"
REGISTRY = """\
structures:
  - {id: a, nom: Un, commune: Paris, code_postal: "75013", date_maj: 2026-03-01}
  - {id: b, nom: Deux, commune: Paris, code_postal: "75013", statut: fermé, date_fermeture: 2014-09}
  - {id: c, nom: Trois, commune: "Ly\\ton", code_postal: "69100", date_maj: 2024-01-01}
"""


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have this process speak a language, until the end of the test."""

    def speak(language: str) -> None:
        monkeypatch.setattr(i18n, "_catalog", i18n.catalog(language))
        monkeypatch.setattr(i18n, "_language", language)

    return speak


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stats, "today", lambda: "2026-03-31")
    monkeypatch.setitem(list_structures.__globals__, "today", lambda: "2026-03-31")


def test_a_person_sees_bars(
    invoke: Callable[..., Any], registry_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    registry_file(REGISTRY)
    shown, _, empty = invoke("stats", "--format", "table").out.partition("  filled nowhere: ")
    assert (
        shown
        == """\
3 structures: 2 open, 1 closed
█ open  ░ closed

By municipality
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

Fields that are filled
  Identifier         3   100%  ███████████████████░░░░░░░░░░
  Name               3   100%  ███████████████████░░░░░░░░░░
  Municipality       3   100%  ███████████████████░░░░░░░░░░
  Postal code        3   100%  ███████████████████░░░░░░░░░░
  Last confirmed on  2    66%  ███████████████████
"""
    )
    filled = ("id", "nom", "commune", "code_postal", "date_maj")
    assert empty.replace("\n", " ").split() == ", ".join(
        name for name in CHAMPS if name not in (*filled, *stats._OF_CLOSED_ONES)
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


def test_a_long_part_ends_with_the_number_of_what_is_left() -> None:
    structures = [Structure(commune=f"Ville {letter}") for letter in "abcdefghijklmnopqrstuvw"]
    shown = stats.bars(statistics(structures, "2026-03-31"), 80).split("\n\n")[1].splitlines()
    assert (len(shown), shown[-1]) == (22, "  … and 3 others")


def test_numbers_are_grouped_as_everywhere() -> None:
    shown = stats.bars(statistics([Structure(commune="Dax")] * 1234, "2026-03-31"), 80)
    assert "\n  Dax  1,234  █" in shown
    assert "1234" not in shown


@pytest.mark.parametrize(
    ("language", "counts", "line"),
    [
        ("fr", (64, 1), "65 structures\xa0: 64 ouvertes, 1 fermée"),
        ("fr", (1, 0), "1 structure\xa0: 1 ouverte, 0 fermée"),
        ("fr", (0, 1200), "1\u202f200 structures\xa0: 0 ouverte, 1\u202f200 fermées"),
        ("en", (1, 2), "3 structures: 1 open, 2 closed"),
    ],
)
def test_the_first_line_says_how_many_are_open_and_closed(
    spoken: Callable[[str], None], language: str, counts: tuple[int, int], line: str
) -> None:
    spoken(language)
    structures = [Structure()] * counts[0] + [Structure(statut="fermé")] * counts[1]
    assert stats.bars(statistics(structures, "2026-03-31"), 80).partition("\n")[0] == line


def test_the_steps_of_age_are_slices_and_are_named_so(spoken: Callable[[str], None]) -> None:
    ages = {}
    for language in ("en", "fr"):
        spoken(language)
        part = stats.bars(statistics([Structure(id="a")], "2026-03-31"), 80).split("\n\n")[2].splitlines()
        ages[language] = [re.split(" {2,}", line)[1] for line in part[1:]]
    assert ages["en"] == ["under 6 months", "6 to 12 months", "12 to 24 months", "over 24 months", "never"]
    assert ages["fr"] == ["moins de 6 mois", "6 à 12 mois", "12 à 24 mois", "plus de 24 mois", "jamais"]


@pytest.mark.parametrize(("statuts", "legend"), [(("", "fermé"), True), (("",), False), (("fermé",), False)])
def test_the_tones_are_told_where_there_are_two(statuts: tuple[str, ...], legend: bool) -> None:
    structures = [Structure(commune="Dax", statut=statut) for statut in statuts]
    assert ("\n█ open  ░ closed\n" in stats.bars(statistics(structures, "2026-03-31"), 80)) is legend


@pytest.mark.parametrize(
    ("count", "bar"),
    [
        (Count(1000, 0), "██████████"),
        (Count(0, 1), "░"),
        (Count(99, 1), "█░"),
        (Count(1, 99), "█░"),
        (Count(999, 1), "█████████░"),
        (Count(1, 999), "█░░░░░░░░░"),
        (Count(), ""),
    ],
)
def test_a_bar_shows_both_kinds_where_there_are_both(count: Count, bar: str) -> None:
    assert stats._bar(count, 1000, 10) == bar


def test_what_would_act_on_a_terminal_is_shown() -> None:
    shown = stats.bars(statistics([Structure(commune="P\u202ear\x9b31m\u2066is")], "2026-03-31"), 80)
    assert "\n  P<U+202E>ar<U+009B>31m<U+2066>is  1  █" in shown


LONG = ("Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson", "Paris", "L’Haÿ-les-Roses", "中" * 60, "x" * 90)


@pytest.fixture
def full() -> Statistics:
    """Every field filled, the longest names, many of each."""
    fields = {name: ("x",) if champ.many else "x" for name, champ in CHAMPS.items()}
    structures = [Structure().changed(**fields | {"commune": name}) for name in LONG for _time in range(300)]
    structures += [Structure(commune="Dax", statut="fermé")] * 300
    return statistics(structures, "2026-03-31")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 120])
def test_nothing_is_wider_than_the_screen_and_nothing_is_lost(
    spoken: Callable[[str], None], full: Statistics, language: str, width: int
) -> None:
    from rich.cells import cell_len

    spoken(language)
    for figures in (full, statistics([Structure()], "2026-03-31")):
        lines = stats.bars(figures, width).splitlines()
        assert max(map(cell_len, lines)) <= width
        assert letters(lines) == letters(stats.bars(figures, 400).splitlines())


def letters(lines: list[str]) -> list[str]:
    """All that is said, wherever it is folded; the legend goes where there is no bar."""
    return sorted(char for line in lines if line[:1] not in ("█", "░") for char in line if char.isalpha())


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_word_of_a_label_is_cut_on_a_narrow_screen(
    spoken: Callable[[str], None], full: Statistics, language: str, width: int
) -> None:
    spoken(language)
    shown = stats.bars(full, width)
    words = {
        word
        for champ in CHAMPS.values()
        for word in champ.label.split(" ")
        if champ.name not in stats._OF_CLOSED_ONES
    }
    assert [word for word in words if not re.search(rf"(?<!\S){re.escape(word)}(?!\S)", shown)] == []
    ages = shown.split("\n\n")[3]
    assert len(ages.splitlines()) == 6
    assert "█" in ages


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_real_terminal_gets_what_fits_it(terminal: Any, columns: int) -> None:
    screen = terminal.run("stats", "-r", PARIS, columns=columns, env={"EPN_LANG": "fr"}, rows=200)
    assert screen.code == 0
    assert screen.lines[:2] == ["65 structures\xa0: 64 ouvertes, 1 fermée", "█ ouvertes  ░ fermées"]
    assert max(map(len, screen.raw.split("\r\n"))) <= columns
    assert "\n  plus de 24 mois   0    0\xa0%\n" in screen.text


@pytest.mark.parametrize("width", [1, 20, 40, 80, 200])
def test_no_bar_is_longer_than_the_screen(width: int) -> None:
    names = ("Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson", "中" * 60)
    structures = [Structure(commune=name) for name in names for _time in range(150)]
    figures = statistics(structures, "2026-03-31")
    from rich.cells import cell_len

    part = stats.bars(figures, width).split("\n\n")[1].splitlines()
    assert max(cell_len(line) for line in part[1:]) <= max(width, 15)


def test_what_nobody_confirmed_for_a_year_is_listed_oldest_first(
    invoke: Callable[..., Any], registry_file: Callable[..., Path]
) -> None:
    registry_file(REGISTRY)
    assert invoke("list", "--stale", "12", "--fields", "id").out == "b\nc\n"
    assert invoke("list", "--stale", "12", "--open", "--fields", "id").out == "c\n"
    assert invoke("list", "--stale", "12", "--sort", "-nom", "--fields", "id").out == "c\nb\n"
    assert invoke("list", "--stale", "12", "--limit", "1", "--fields", "id").out == "b\n"
