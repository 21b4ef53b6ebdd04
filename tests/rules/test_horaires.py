from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epncli.problems import error
from epncli.rules.horaires import validate
from epncli.rules.result import accepted, refused

EXAMPLE = "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00"
AS_IN = f"write them in the form {EXAMPLE}"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00",
         "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00"),
        ("Mo-Fr 09:00-12:00;PH off", "Mo-Fr 09:00-12:00;PH off"),
        ("week 1-53/2 Mo 10:00-11:00", "week 1-53/2 Mo 10:00-11:00"),
        ('Mo 09:00-12:00 "sur rendez-vous"', 'Mo 09:00-12:00 "sur rendez-vous"'),
        ('"sur rendez-vous"', '"sur rendez-vous"'),
        ("24/7", "24/7"),
        ("mo-fr 9:00-12:00", "Mo-Fr 09:00-12:00"),
        (" Mo-Fr  09:00-12:00;\n Sa 09:00-12:00 ", "Mo-Fr 09:00-12:00; Sa 09:00-12:00"),
        ("Mo 00:00-24:00", "Mo 00:00-24:00"),
        ("", ""),
        ("\n", ""),
    ],
)  # fmt: skip
def test_opening_hours_stay_as_they_are_but_for_capitals_zeros_and_blanks(text: str, hours: str) -> None:
    assert validate(text) == accepted(hours)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Lu-Ve 09:00-12:00", "Mo-Fr 09:00-12:00"),
        ("Ma 9:00-12:00", "Tu 09:00-12:00"),
        ("Lu-Ve 9h-12h30, 14h-18h", "Mo-Fr 09:00-12:30,14:00-18:00"),
        ("Lu-Ve 9h-12h 14h-18h", "Mo-Fr 09:00-12:00,14:00-18:00"),
        ("Lu, Me et Ve 9h-12h", "Mo,We,Fr 09:00-12:00"),
        ("Du lundi au vendredi de 9h à 12h et de 14h à 18h", "Mo-Fr 09:00-12:00,14:00-18:00"),
        ("Lun. - Ven. : 9h00–12h00", "Mo-Fr 09:00-12:00"),
        ("mardi 14h-18h ; mercredi 10h-12h ; dimanche fermé",
         "Tu 14:00-18:00 ; We 10:00-12:00 ; Su off"),
        ("jeudis 9.30-12.00", "Th 09:30-12:00"),
        ("samedi 9 h - 12 h 30", "Sa 09:00-12:30"),
        ("Mo-Fr 9h 12h", None),
        ("Mo-Fr 09:00-12:00;", "Mo-Fr 09:00-12:00"),
    ],
)  # fmt: skip
def test_hours_in_french_words_are_translated_in_the_hint(text: str, meant: str | None) -> None:
    if meant is None:
        assert validate(text).problems[0].hint == AS_IN
        return
    problem = error(f"‘{text}’: these opening hours are not in OpenStreetMap’s notation", f"write {meant}")
    assert validate(text) == refused(text, problem)
    assert validate(meant) == accepted(meant)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("Mo-Fr 25:00-26:00", "these opening hours cannot be understood from ‘25:00-26:00’ onwards", AS_IN),
        ("Mo 09:00-49:00", "these opening hours cannot be understood from ‘09:00-49:00’ onwards", AS_IN),
        ("Tous les jours 9h-12h",
         "these opening hours cannot be understood from ‘Tous les jours 9h-12h’ onwards", AS_IN),
        ("Mo-Fr 09:00-", "these opening hours are incomplete: ‘Mo-Fr 09:00-’", AS_IN),
        ("sur rendez-vous", "‘sur rendez-vous’: these are words, not opening hours",
         ('put words between double quotes, such as "sur rendez-vous", '
          f"and write hours in the form {EXAMPLE}")),
        ("Mo 09:00\x00", "‘Mo 09:00\\u0000’ contains the control character U+0000",
         "delete it, or type the text again"),
        ("Mo \ud800", "‘Mo \\ud800’ contains U+D800, which cannot be written in UTF-8",
         "type the text again"),
        ("Mo " * 4_000, "the opening hours are longer than 2,000 characters", AS_IN),
    ],
)  # fmt: skip
def test_hours_that_cannot_be_read_are_refused_in_words(text: str, message: str, hint: str) -> None:
    assert validate(text) == refused(text, error(message, hint))


def test_opening_hours_have_at_most_2000_characters() -> None:
    longest = 'Mo 09:00-12:00 "' + "x" * 1983 + '"'
    assert validate(longest) == accepted(longest)
    longer = longest.replace("x", "xx", 1)
    problem = error("the opening hours are longer than 2,000 characters", AS_IN)
    assert validate(longer) == refused(longer, problem)


@pytest.mark.parametrize("text", ["(" * 2_000, "Mo," * 660, '"' * 2_000, "1h " * 660, "à " * 990])
def test_hostile_hours_do_not_hang(text: str) -> None:
    start = time.process_time()
    assert validate(text).refused
    assert time.process_time() - start < 1


WORDS = [
    "Mo",
    "Lu",
    "Fr",
    "off",
    "09:00",
    "9h",
    "12:00",
    "-",
    ",",
    ";",
    " ",
    "et",
    "à",
    "/",
    '"',
    "0",
]


@given(st.text(st.characters()) | st.lists(st.sampled_from(WORDS)).map("".join))
@settings(max_examples=400, deadline=None)
def test_no_text_breaks_the_rule_and_a_normal_form_is_final(text: str) -> None:
    result = validate(text)
    assert result.refused or validate(result.value) == accepted(result.value)
