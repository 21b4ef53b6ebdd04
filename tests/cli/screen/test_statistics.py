from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from epncli import i18n
from epncli.cli.screen import statistics as stats
from epncli.model.structure import CLOSING, FIELDS, Structure
from epncli.query.statistics import Count, Statistics, statistics

PARIS = Path(__file__).parents[3] / "registry.yaml"


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have this process speak a language, until the end of the test."""

    def speak(language: str) -> None:
        monkeypatch.setattr(i18n, "_catalog", i18n.catalog(language))
        monkeypatch.setattr(i18n, "_language", language)

    return speak


def test_a_long_part_ends_with_the_number_of_what_is_left() -> None:
    structures = [Structure(commune=f"Ville {letter}") for letter in "abcdefghijklmnopqrstuvw"]
    shown = stats.bars(statistics(structures, "2026-03-31"), 80).split("\n\n")[1].splitlines()
    assert (len(shown), shown[-1]) == (22, "  … and 3 more")


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
    fields = {name: ("x",) if field.many else "x" for name, field in FIELDS.items()}
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
        word for field in FIELDS.values() for word in field.label.split(" ") if field.name not in CLOSING
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
