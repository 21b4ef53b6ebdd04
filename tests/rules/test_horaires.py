from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linear import assert_linear
from opening_hours import OpeningHours

from epncli.problems import error, warning
from epncli.rules.horaires import closed_on, validate
from epncli.rules.hours.tokens import LONGEST
from epncli.rules.result import accepted, refused

EXAMPLE = "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00"
AS_IN = f"write them in the form ‘lundi au vendredi 9h-12h, 14h-18h ; samedi 9h-12h’ or {EXAMPLE}"


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
    ("text", "hours"),
    [
        ("Lu-Ve 09:00-12:00", "Mo-Fr 09:00-12:00"),
        ("Ma 9:00-12:00", "Tu 09:00-12:00"),
        ("Lu-Ve 9h-12h30, 14h-18h", "Mo-Fr 09:00-12:30,14:00-18:00"),
        ("Du lundi au vendredi de 9h à 12h et de 14h à 18h", "Mo-Fr 09:00-12:00,14:00-18:00"),
        ("mardi 14h-18h ; mercredi 10h-12h ; dimanche fermé", "Tu 14:00-18:00; We 10:00-12:00; Su off"),
        ("Lundi\n9h-12h\nMardi\n14h-18h", "Mo 09:00-12:00; Tu 14:00-18:00"),
        ("Mo-Fr 09:00-12:00;", "Mo-Fr 09:00-12:00"),
        ("sur RDV", 'unknown "sur rendez-vous"'),
    ],
)  # fmt: skip
def test_french_words_are_accepted_as_their_form_in_the_notation(text: str, hours: str) -> None:
    assert validate(text) == accepted(hours)


@pytest.mark.parametrize(
    ("text", "rule", "fix"),
    [
        ("Mo-Fr 09:00-12:00; Mo-Fr 14:00-17:00", "Mo-Fr 09:00-12:00", "Mo-Fr 09:00-12:00,14:00-17:00"),
        ("Mo-Fr 09:00-12:00; Mo-Th 14:00-17:00; Fr 14:00-16:00; PH off", "Mo-Fr 09:00-12:00",
         "Mo-Th 09:00-12:00,14:00-17:00; Fr 09:00-12:00,14:00-16:00; PH off"),
        ("Jul Mo 09:00-12:00; Jul Mo 14:00-17:00", "Jul Mo 09:00-12:00", "Jul Mo 09:00-12:00,14:00-17:00"),
        ("Mo 09:00-12:00; Mo 09:00-12:00", "Mo 09:00-12:00", "Mo 09:00-12:00"),
        ('Mo 09:00-12:00; Mo 14:00-17:00 || "sur rendez-vous"', "Mo 09:00-12:00",
         'Mo 09:00-12:00,14:00-17:00 || "sur rendez-vous"'),
    ],
)  # fmt: skip
def test_a_rule_that_later_ones_override_is_joined_to_them(text: str, rule: str, fix: str) -> None:
    message = f"‘{rule}’ has no effect: a later rule replaces it on the same days"
    assert validate(text) == accepted(fix, problems=(warning(message, f"write {fix}", fix=fix),))
    assert validate(fix) == accepted(fix)


@pytest.mark.parametrize(
    "text",
    [
        "Mo 09:00-12:00; Mo 10:00-17:00", "Mo-Fr 09:00-12:00; Mo-Fr off",
        "Jul Mo 09:00-12:00; Mo 14:00-17:00",
        'Mo 09:00-12:00 "a"; Mo 14:00-17:00', "Mo-Fr 09:00-12:00; Mo-Fr 14:00-17:00; We 18:00-19:00",
    ],
)  # fmt: skip
def test_one_that_has_not_one_right_answer_is_only_warned_about(text: str) -> None:
    result = validate(text)
    assert result.value == text
    assert [(problem.hint, problem.fix) for problem in result.problems] == [
        ("delete it or correct the other rules", None)
    ]


@pytest.mark.parametrize(
    "text",
    ["Tu-Sa 10:00-18:00; We,Fr 14:00-18:00", "Mo-Fr 09:00-12:00; Aug off", "Mo 09:00-12:00; Mo[1] off"],
)
def test_a_rule_that_is_overridden_on_some_days_is_as_it_was_meant(text: str) -> None:
    assert validate(text) == accepted(text)


def test_march_is_not_tuesday() -> None:
    text = "Mar 10:00-12:00"
    assert validate(text) == accepted(
        text,
        problems=(
            warning(
                f"‘{text}’ means Tu 10:00-12:00 in French, but not in OpenStreetMap’s notation",
                "if that is what you mean, write Tu 10:00-12:00",
            ),
        ),
    )
    assert validate("mar 10h-12h") == accepted("Tu 10:00-12:00")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("Mo-Fr 25:00-26:00", "these opening hours cannot be understood from ‘25:00-26:00’ onwards", AS_IN),
        ("Mo 09:00-49:00", "these opening hours cannot be understood from ‘09:00-49:00’ onwards", AS_IN),
        ("Mo-Fr 09:00-", "these opening hours are incomplete: ‘Mo-Fr 09:00-’", AS_IN),
        ("week 60 Mo 10:00-11:00",
         "these opening hours cannot be understood from ‘60 Mo 10:00-11:00’ onwards", AS_IN),
        ("sur demande", "‘sur demande’: these are words, not opening hours",
         ('put words between double quotes, such as "sur rendez-vous", '
          f"and write hours in the form {EXAMPLE}")),
        ("8h-11h et 13h-18h", "‘8h-11h et 13h-18h’: the days are missing", AS_IN),
        ("Du lundi au vendredi", "‘lundi au vendredi’: the times are missing", AS_IN),
        ("1 vendredi sur 2 : 9h-12h",
         "these opening hours cannot be understood from ‘1 vendredi sur 2 : 9h-12h’ onwards", AS_IN),
        ("lundi 9h-12h\nmardi de temps\nen temps",
         "these opening hours cannot be understood from ‘temps en temps’ onwards", AS_IN),
        ("lundi 9h-12h un mercredi",
         "these opening hours cannot be understood from ‘un mercredi’ onwards", AS_IN),
        ("lundi au vendredi 9h-12h, mercredi 14h-18h",
         "these opening hours mention the same day twice, from ‘mercredi 14h-18h’ onwards", AS_IN),
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


@pytest.mark.parametrize(
    "piece",
    [
        "(", "Mo,", '"', "1h ", "à ", "9h-10h", "lundi ", "1er ", "tous les jours ", "9 h ", "24 / ",
        "fermé lundi et ", "Mo 9:00-10:00;",
    ],
)  # fmt: skip
def test_hostile_hours_take_no_more_time_than_their_length_allows(piece: str) -> None:
    assert_linear(refuse, lambda count: piece * count + "x", LONGEST // len(piece) - 1)


def refuse(text: str) -> None:
    assert validate(text).refused


WORDS = [
    "Mo", "Lu", "Fr", "off", "09:00", "9h", "12:00", "-", ",", ";", " ", "et", "à", "/", '"', "0",
    "mardi", "lundi", "matin", "fermé", "sauf", "juillet", "au", "\n", "14h-18h", "9h-12h", "1er", "du mois",
    "vacances scolaires", "sur rendez-vous",
]  # fmt: skip


@pytest.mark.parametrize("examples", [100, pytest.param(10_000, marks=pytest.mark.long)])
def test_no_text_breaks_the_rule_and_a_normal_form_is_final(examples: int) -> None:
    @settings(max_examples=examples)
    @given(st.text(st.characters()) | st.lists(st.sampled_from(WORDS)).map("".join))
    def check(text: str) -> None:
        result = validate(text)
        if result.refused:
            return
        OpeningHours(result.value or "off")
        once_more = validate(result.value)
        assert once_more.value == result.value
        assert not once_more.problems or once_more == result

    check()


@pytest.mark.parametrize(
    ("hours", "day", "closed"),
    [
        ("Mo-Fr 09:00-12:00", "2026-11-27", False),
        ("Mo-Fr 09:00-12:00", "2026-11-28", True),
        ("mo-fr 9:00-12:00", "2026-11-28", True),
        ("lundi au vendredi 9h-12h", "2026-11-28", True),
        ("Mo-Su 09:00-12:00; PH off", "2026-12-25", True),
        ("Mo-Su 09:00-12:00; PH off", "2026-12-24", False),
        ("Fr 22:00-02:00", "2026-11-28", False),
        ("off", "2026-11-28", True),
        ("24/7 unknown", "2026-11-28", False),
        ('"sur rendez-vous"', "2026-11-28", False),
        ("SH Mo-Fr 09:00-12:00", "2026-11-27", False),
        ("week 1-53/0 off", "2026-11-28", False),
        ("samedi peut-être", "2026-11-28", False),
        ("", "2026-11-28", False),
    ],
)
def test_hours_tell_whether_a_place_opens_on_a_day(hours: str, day: str, *, closed: bool) -> None:
    assert closed_on(hours, day) is closed
