from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epncli.display.state import interval_in_words
from epncli.rules.fermetures import Interval, closed_on, ended, parse, validate, with_interval

DAYS = st.dates(datetime.date(1900, 1, 1)).map(datetime.date.isoformat)
REASONS = st.sampled_from(
    ("", "travaux", "congés d'été", "pour travaux", "(a)", "fermeture : été", "3e étage")
)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """An interval whose reason is one that `validate` also reads out of words."""
    start = draw(DAYS)
    end = draw(st.just("") | DAYS.map(lambda day: max(day, start)))
    return Interval(start, end, draw(st.sampled_from(("", "travaux", "congés d'été", "3e étage"))))


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("", ""),
        ("2026-07-20/2026-08-24", "2026-07-20/2026-08-24"),
        (" 2026-07-20/2026-08-24  congés\n d'été ", "2026-07-20/2026-08-24 congés d'été"),
        ("2026-07-20/2026-08-24 (a)", "2026-07-20/2026-08-24 (a)"),
        ("2026-07-20/2026-07-20", "2026-07-20/2026-07-20"),
        ("2026-11-02/..", "2026-11-02/.."),
        ("2026-11-02/", "2026-11-02/.."),
        ("2026-11-02/.. travaux", "2026-11-02/.. travaux"),
        ("2026-7-20 / 2026-8-24 : congés", "2026-07-20/2026-08-24 congés"),
        ("2026-07/2026-08 été", "2026-07-01/2026-08-31 été"),
        ("du 20 juillet au 24 août 2026 (congés)", "2026-07-20/2026-08-24 congés"),
        ("Fermé du 3 au 24 août 2026 pour congés", "2026-08-03/2026-08-24 congés"),
        ("congés d'été : du 1er juillet au 24 août 2026", "2026-07-01/2026-08-24 congés d'été"),
        ("du 20 décembre au 3 janvier 2027", "2026-12-20/2027-01-03"),
        ("du 20 décembre 2026 au 3 janvier 2027", "2026-12-20/2027-01-03"),
        ("20/07/2026 - 24/08/2026", "2026-07-20/2026-08-24"),
        ("20/07/2026-24/08/2026", "2026-07-20/2026-08-24"),
        ("20/07 au 24/08/2026", "2026-07-20/2026-08-24"),
        ("1-3 août 2026", "2026-08-01/2026-08-03"),
        ("juillet 2026 – août 2026", "2026-07-01/2026-08-31"),
        ("à partir du 2 novembre 2026 : travaux", "2026-11-02/.. travaux"),
        ("depuis le 02/11/2026", "2026-11-02/.."),
        ("le 14 juillet 2026", "2026-07-14/2026-07-14"),
        ("from 20 July to 24 August 2026: holidays", "2026-07-20/2026-08-24 holidays"),
    ],
)
def test_what_people_type_has_one_normal_form(text: str, normal: str) -> None:
    result = validate(text)
    assert (result.value, result.problems) == (normal, ())
    assert validate(normal).values == (normal,)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "2026-08-24/2026-07-20",
            "‘2026-08-24/2026-07-20’: the end is before the start",
            "correct one of the days",
        ),
        (
            "2026-02-30/2026-03-10",
            "‘2026-02-30’: February 2026 has 28 days",
            "write it in the form 2014-09-30",
        ),
        (
            "2026-02-03/2026-02-29",
            "‘2026-02-29’: February 2026 has 28 days",
            "write it in the form 2014-09-30",
        ),
        ("du 40 au 45 mai 2026", "‘45 mai 2026’: May 2026 has 31 days", "write it in the form 2014-09-30"),
        (
            "2026-07-20/2026-08-24 a|b",
            "‘2026-07-20/2026-08-24 a|b’: the reason contains |, which separates the values of a list",
            "remove it",
        ),
        (
            "du 1er au 5 mai 2026 et du 3 au 7 juin 2026",
            "‘du 1er au 5 mai 2026 et du 3 au 7 juin 2026’ contains several intervals",
            "write each one as a value of its own",
        ),
        (
            "2026-07-20/2026-08-24 2026-09-01/..",
            "‘2026-07-20/2026-08-24 2026-09-01/..’ contains several intervals",
            "write each one as a value of its own",
        ),
        (
            "2026-07-20/..\x07",
            "‘2026-07-20/..\\u0007’ contains the control character U+0007",
            "delete it, or type the text again",
        ),
    ],
)
def test_what_is_no_interval_says_why(text: str, message: str, hint: str) -> None:
    [problem] = validate(text).problems
    assert (validate(text).value, problem.message, problem.hint) == (text, message, hint)
    assert parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "été", "2026", "2026-07-20", "20 juillet 2026", "jusqu'au 24 août 2026", "2026/2027",
        "2026-07-20/2026-08-24travaux", "../2026-08-24", "a 2026-07-20/2026-08-24 b", "x" * 400,
    ],
)  # fmt: skip
def test_what_may_mean_several_things_is_refused(text: str) -> None:
    [problem] = validate(text).problems
    assert problem.message.endswith("is not an interval of two days")
    assert problem.hint == (
        "write it in the form 2026-07-20/2026-08-24, or 2026-11-02/.. without an end; a reason may follow"
    )


def test_invisible_characters_in_a_reason_are_removed_with_the_whole_value_as_the_fix() -> None:
    result = validate("2026-07-20/.. tra\u200bvaux")
    assert result.value == "2026-07-20/.. travaux"
    assert [problem.fix for problem in result.problems] == ["2026-07-20/.. travaux"]


@given(start=DAYS, end=DAYS, reason=REASONS)
def test_the_normal_form_is_kept_and_read_back(start: str, end: str, reason: str) -> None:
    for interval in (Interval(start, "", reason), Interval(start, max(start, end), reason)):
        assert validate(str(interval)).values == (str(interval),)
        assert parse(str(interval)) == interval


@given(interval=intervals(), lang=st.sampled_from(("fr", "en")))
@settings(max_examples=200)
def test_the_words_that_are_shown_are_read_back(interval: Interval, lang: str) -> None:
    assert validate(interval_in_words(str(interval), lang)).value == str(interval)


@given(st.text(alphabet="0123456789/-. duaàljuiet|()\n", max_size=60) | st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_is_refused_unchanged_or_has_a_normal_form_that_stays(text: str) -> None:
    result = validate(text)
    if result.refused:
        assert result.values == (text,)
    else:
        assert validate(result.value).values == result.values


@pytest.mark.parametrize(
    ("texts", "day", "start", "end", "reason"),
    [
        (("2026-07-20/2026-08-24 été",), "2026-07-20", "2026-07-20", "2026-08-24", "été"),
        (("2026-07-20/2026-08-24 été",), "2026-08-24", "2026-07-20", "2026-08-24", "été"),
        (("du 20 juillet au 24 août 2026",), "2026-08-01", "2026-07-20", "2026-08-24", ""),
        (("2026-07-20/..", "2026-07-01/2026-08-24 été"), "2026-08-01", "2026-07-01", "", "été"),
        # What follows without a day between goes on.
        (("2026-07-20/2026-08-24", "2026-08-25/2026-08-31"), "2026-08-01", "2026-07-20", "2026-08-31", ""),
        (("2026-07-20/2026-08-24", "2026-08-25/.. a"), "2026-08-01", "2026-07-20", "", ""),
        (("2026-07-20/2026-08-24", "2026-08-26/.. a"), "2026-08-01", "2026-07-20", "2026-08-24", ""),
        (("9999-12-30/9999-12-31",), "9999-12-30", "9999-12-30", "9999-12-31", ""),
    ],
)
def test_a_place_is_closed_until_the_last_day_of_what_runs(
    texts: tuple[str, ...], day: str, start: str, end: str, reason: str
) -> None:
    assert closed_on(texts, day) == Interval(start, end, reason)


@pytest.mark.parametrize("day", ["2026-07-19", "2026-08-25", ""])
def test_outside_its_intervals_a_place_is_not_closed(day: str) -> None:
    assert closed_on(("2026-07-20/2026-08-24", "a", ""), day) is None


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("2026-09-01/.. b", ("2026-07-20/.. a", "x", "2026-09-01/.. b")),
        ("2026-07-20/2026-08-24", ("2026-07-20/2026-08-24 a", "x")),
        ("2026-07-20/2026-08-24 b", ("2026-07-20/2026-08-24 b", "x")),
        ("2026-07-20/..", ("2026-07-20/.. a", "x")),
    ],
)
def test_an_interval_replaces_the_one_of_the_same_start(added: str, expected: tuple[str, ...]) -> None:
    interval = parse(added)
    assert interval
    assert with_interval(("2026-07-20/.. a", "x"), interval) == expected


def test_an_end_that_is_known_stays_unless_another_is_given() -> None:
    texts = ("2026-07-20/2026-08-24 a",)
    assert with_interval(texts, Interval("2026-07-20", "", "b")) == ("2026-07-20/2026-08-24 b",)
    assert with_interval(texts, Interval("2026-07-20", "2026-08-01")) == ("2026-07-20/2026-08-01 a",)


def test_what_runs_ends_on_the_day_before_and_the_rest_stays() -> None:
    texts = ("2026-07-01/.. a", "2026-08-01/2026-08-24", "2026-08-02/..", "2025-07-01/2025-07-31", "x")
    assert ended(texts, "2026-08-01") == (
        "2026-07-01/2026-07-31 a", "2026-08-02/..", "2025-07-01/2025-07-31", "x",
    )  # fmt: skip
