from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linear import assert_linear
from opening_hours import OpeningHours

from epncli.rules.hours import osm_reader, osm_writer
from epncli.rules.hours.french import read
from epncli.rules.hours.osm_reader import rules
from epncli.rules.hours.overridden import overridden_rule
from epncli.rules.hours.tokens import (
    DAYS_MISSING,
    LONGEST,
    NOT_READABLE,
    SAME_DAY_TWICE,
    TIMES_MISSING,
    NotUnderstood,
)

LINES = (Path(__file__).parent / "spellings.tsv").read_text(encoding="utf-8").splitlines()
SPELLINGS = {text.replace("\\n", "\n"): hours for text, hours in (line.split("\t") for line in LINES)}
"""What people write, with its form in OpenStreetMap's notation; `-` if it does not have one meaning."""


def reading(text: str) -> str:
    try:
        return osm_writer.write(read(text))
    except NotUnderstood as refusal:
        position = refusal.position
    assert 0 <= position <= len(text)
    return "-"


def test_each_spelling_is_read_as_it_is_meant_or_not_at_all() -> None:
    assert {text: reading(text) for text in SPELLINGS} == SPELLINGS


def test_what_is_read_is_valid_and_has_no_rule_that_overrides_another() -> None:
    for hours in set(SPELLINGS.values()) - {"-"}:
        OpeningHours(hours)
        found = rules(hours.partition("||")[0]) if not hours.startswith("unknown") else []
        assert found is not None, hours
        named = [(rule.period, day) for rule in found if not rule.closes_a_period for day in rule.days]
        assert len(named) == len(set(named)), hours
        table = osm_reader.read(hours)
        assert table is not None, hours
        assert osm_writer.write(table) == hours


@pytest.mark.parametrize(
    ("text", "reason", "rest"),
    [
        ("", TIMES_MISSING, ""),
        ("9h-12h", DAYS_MISSING, "9h-12h"),
        ("Ouvert du lundi au vendredi", TIMES_MISSING, "lundi au vendredi"),
        ("tous les jours sauf dimanche", TIMES_MISSING, "tous les jours sauf dimanche"),
        ("1 vendredi sur 2", NOT_READABLE, "1 vendredi sur 2"),
        ("lundi 9h-12h, mercredi 14h-18h un mois sur deux", NOT_READABLE, "un mois sur deux"),
        ("lundi 9h-12h, fermé le lundi", SAME_DAY_TWICE, "fermé le lundi"),
        ("lundi 8h-13h et", NOT_READABLE, ""),
        ("en août", TIMES_MISSING, "en août"),
        ("mardi au samedi 10h-18h ; en août : samedi 11h-13h", SAME_DAY_TWICE, "samedi 11h-13h"),
    ],
)
def test_it_says_why_and_where_it_stops(text: str, reason: str, rest: str) -> None:
    with pytest.raises(NotUnderstood) as stop:
        read(text)
    assert (stop.value.reason, text[stop.value.position :]) == (reason, rest)


WORDS = [
    "lundi", "mardi", "Ven.", "tous les jours", "chaque", "les", "du", "au", "à", "et", ",", ";", "/", "-",
    "–", ":", "(", ")", "\n", ".", "9h", "12h30", "14 h", "18:00", "9", "midi", "24h/24", "matin",
    "après-midi",
    "soir", "fermé", "sauf", "ouvert", "juillet", "août", "1er", "15", "3e", "du mois", "jours fériés",
    "vacances scolaires", "en", "sur rendez-vous", "en continu", "9h-12h", "14h-18h", "?", "Mo", "off",
]  # fmt: skip


TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join) | st.text(max_size=80)


@pytest.mark.parametrize("examples", [150, pytest.param(20_000, marks=pytest.mark.long)])
def test_any_text_is_refused_or_read_to_valid_hours(examples: int) -> None:
    @settings(max_examples=examples)
    @given(TEXTS)
    def check(text: str) -> None:
        hours = reading(text)
        if hours == "-":
            return
        OpeningHours(hours)
        assert overridden_rule(hours) is None
        again = osm_reader.read(hours)
        assert again is None or osm_writer.write(again) == hours

    check()


@pytest.mark.parametrize("position", [0, 3, 6, 7, 9])
def test_a_text_with_a_strange_character_is_not_read(position: int) -> None:
    text = "lundi 7h-11h"
    strange = "\u0301\u200b\u0660\u0661\u0968\uff11\u00b2\u2460\u00bd\ufb01\U0001f552\ud800\x00+*%<"
    readings = {reading(text[:position] + character + text[position:]) for character in strange}
    assert readings == {"-"}


@pytest.mark.parametrize(
    ("start", "piece"),
    [("", "lundi "), ("", "lundi 7h15-10h45\n"), ("", "x"), ("", "e\u0301"), ("lundi 7h-11h", " ")],
)
def test_a_text_of_more_than_2000_characters_is_not_read(start: str, piece: str) -> None:
    assert reading(start + piece * LONGEST) == "-"
    assert_linear(reading, lambda count: start + piece * count, 100_000)


@pytest.mark.parametrize("examples", [10, pytest.param(1_000, marks=pytest.mark.long)])
def test_a_text_takes_no_more_time_than_its_length_allows(examples: int) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
    def check(text: str) -> None:
        assert_linear(reading, lambda count: (text + " ") * count, LONGEST // (len(text) + 1))

    check()
