from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.problems import error
from epncli.rules.dates import in_words, validate
from epncli.rules.result import accepted, refused

TODAY = "2026-11-23"
AS_IN = "write it in the form 2014-09-30"
AS_IN_PARTIAL = "write it in the form 2014-09-30, 2014-09 or 2014"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2014-09-30", "2014-09-30"),
        ("2014-9-3", "2014-09-03"),
        (" 2014-09-30\n", "2014-09-30"),
        ("2014-09-30T00:00:00", "2014-09-30"),
        ("2014-09-30 00:00:00.000Z", "2014-09-30"),
        ("2014/09/30", "2014-09-30"),
        ("2014/9/3", "2014-09-03"),
        ("30/09/2014", "2014-09-30"),
        ("30.09.2014", "2014-09-30"),
        ("30-9-2014", "2014-09-30"),
        ("30 09 2014", "2014-09-30"),
        ("30 / 09 / 2014", "2014-09-30"),
        ("1er septembre 2014", "2014-09-01"),
        ("1ER SEPTEMBRE 2014", "2014-09-01"),
        ("30\u00a0septembre\u202f2014", "2014-09-30"),
        ("le 3 août 2015", "2015-08-03"),
        ("3 aout 2015", "2015-08-03"),
        ("14 févr. 2016", "2016-02-14"),
        ("14 fév. 2016", "2016-02-14"),
        ("29 février 2016", "2016-02-29"),
        ("14 déc.2016", "2016-12-14"),
        ("30 September 2014", "2014-09-30"),
        ("1st May 2014", "2014-05-01"),
        ("1900-01-01", "1900-01-01"),
        (TODAY, TODAY),
        ("", ""),
        (" \u00a0", ""),
    ],
)
def test_a_day_is_understood_however_it_is_written(text: str, date: str) -> None:
    assert validate(text, today=TODAY) == accepted(date)
    assert validate(text, today=TODAY, partial=True) == accepted(date)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2014-09", "2014-09"),
        ("2014-9", "2014-09"),
        ("2014", "2014"),
        ("2026", "2026"),
        ("2026-11", "2026-11"),
        ("09/2014", "2014-09"),
        ("2014/09", "2014-09"),
        ("septembre 2014", "2014-09"),
        ("Sept. 2014", "2014-09"),
        ("sept 2014", "2014-09"),
        ("juil. 2014", "2014-07"),
        ("janv. 2014", "2014-01"),
        ("February 2014", "2014-02"),
    ],
)
def test_a_partial_date_may_stop_at_the_month_or_the_year(text: str, date: str) -> None:
    assert validate(text, today=TODAY, partial=True) == accepted(date)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2014-09", "‘2014-09’ is a month, not a day", "write the day too, in the form 2014-09-30"),
        ("sept. 2014", "‘sept. 2014’ is a month, not a day", "write the day too, in the form 2014-09-30"),
        ("2014", "‘2014’ is a year, not a day", "write the day too, in the form 2014-09-30"),
        ("31/06/2015", "‘31/06/2015’: June 2015 has 30 days", AS_IN),
        ("2015-02-29", "‘2015-02-29’: February 2015 has 28 days", AS_IN),
        ("1900-02-29", "‘1900-02-29’: February 1900 has 28 days", AS_IN),
        ("2014-09-00", "‘2014-09-00’: there is no day 0", AS_IN),
        ("2014-13-01", "‘2014-13-01’: there is no month 13", AS_IN),
        ("09/30/2014", "‘09/30/2014’: there is no month 30",
         "write the day before the month, or use the form 2014-09-30"),
        ("01/31/2014", "‘01/31/2014’: there is no month 31",
         "write the day before the month, or use the form 2014-09-30"),
        ("01/32/2014", "‘01/32/2014’: there is no month 32", AS_IN),
        ("2014-00", "‘2014-00’: there is no month 00", AS_IN),
        ("30/09/14", "‘30/09/14’: the year has fewer than four digits",
         "write all four digits, in the form 2014-09-30"),
        ("septembre 14", "‘septembre 14’: the year has fewer than four digits",
         "write all four digits, in the form 2014-09-30"),
        ("1899-12-31", "‘1899-12-31’: the year 1899 is before 1900", AS_IN),
        ("0000-01-01", "‘0000-01-01’: the year 0000 is before 1900", AS_IN),
        ("2026-11-24", "‘2026-11-24’ is in the future: today is 23 November 2026",
         "write a date that is not in the future, in the form 2014-09-30"),
        ("41912", "‘41912’ is not a date: it is the day number that a spreadsheet uses",
         "format the cell as a date, or write the date in the form 2014-09-30"),
        ("20140930", "‘20140930’ is not a valid date", AS_IN),
        ("jui 2014", "‘jui 2014’ is not a valid date", AS_IN),
        ("/09/2014", "‘/09/2014’ is not a valid date", AS_IN),
        ("hier", "‘hier’ is not a valid date", AS_IN),
        ("２０１４-09-30", "‘２０１４-09-30’ is not a valid date", AS_IN),
        ("\x00\ud800", "‘\\u0000\\ud800’ is not a valid date", AS_IN),
        ("9" * 10_000, f"‘{'9' * 59}…’ is not a valid date", AS_IN),
    ],
)  # fmt: skip
def test_a_day_that_is_none_is_refused_in_words(text: str, message: str, hint: str) -> None:
    assert validate(text, today=TODAY) == refused(text, error(message, hint))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2027", "‘2027’ is in the future: today is 23 November 2026",
         "write a date that is not in the future, in the form 2014-09-30"),
        ("décembre 2026", "‘2026-12’ is in the future: today is 23 November 2026",
         "write a date that is not in the future, in the form 2014-09-30"),
        ("bientôt", "‘bientôt’ is not a valid date", AS_IN_PARTIAL),
    ],
)  # fmt: skip
def test_a_partial_date_that_is_none_is_refused_in_words(text: str, message: str, hint: str) -> None:
    assert validate(text, today=TODAY, partial=True) == refused(text, error(message, hint))


def test_a_date_to_come_is_accepted_where_it_makes_sense() -> None:
    assert validate("1er janvier 2027", today=TODAY, future=True) == accepted("2027-01-01")
    assert validate("2027", today=TODAY, partial=True, future=True) == accepted("2027")


@pytest.mark.parametrize(
    ("date", "french", "english"),
    [
        ("2014-09-30", "30 septembre 2014", "30 September 2014"),
        ("2014-09-01", "1er septembre 2014", "1 September 2014"),
        ("2014-08-02", "2 août 2014", "2 August 2014"),
        ("2014-02", "février 2014", "February 2014"),
        ("2014", "2014", "2014"),
        ("", "", ""),
        ("2014-13", "2014-13", "2014-13"),
        ("2014-09-41", "2014-09-41", "2014-09-41"),
        ("bientôt", "bientôt", "bientôt"),
    ],
)
def test_a_date_is_said_in_words(date: str, french: str, english: str) -> None:
    assert in_words(date, "fr") == french
    assert in_words(date, "en") == english
    assert in_words(date) == english


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["fr", "en"]))
def test_what_is_said_in_words_is_understood_again(day: dt.date, lang: str) -> None:
    date = day.isoformat()
    for form in (date, date[:7], date[:4]):
        said = in_words(form, lang)
        assert validate(said, today=TODAY, partial=True, future=True) == accepted(form)


@given(st.text())
def test_no_text_breaks_the_rule(text: str) -> None:
    result = validate(text, today=TODAY, partial=True)
    assert result.refused or validate(result.value, today=TODAY, partial=True) == accepted(result.value)
