from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.problems import error, warning
from epncli.rules.pivot import validate
from epncli.rules.result import accepted, refused

AS_IN = "write it in the form 73282932000074, or 00000000000000 if it is unknown"


@pytest.mark.parametrize(
    ("text", "pivot"),
    [
        ("73282932000074", "73282932000074"),
        ("732 829 320 00074", "73282932000074"),
        ("732\u00a0829\u202f320 00074", "73282932000074"),
        ("732.829.320.00074", "73282932000074"),
        ("73282932000074.0", "73282932000074"),
        ("35600000000048", "35600000000048"),
        ("35600000049837", "35600000049837"),
        ("W751234567", "W751234567"),
        ("w 751 234 567", "W751234567"),
        ("W2A1000123", "W2A1000123"),
        ("W9R1000123", "W9R1000123"),
        ("00000000000000", "00000000000000"),
        ("0", "00000000000000"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_siret_or_an_rna_is_accepted_and_zeros_for_unknown(text: str, pivot: str) -> None:
    assert validate(text) == accepted(pivot)


def test_a_number_is_read_in_at_most_60_characters() -> None:
    assert validate("73282932000074".rjust(60)) == accepted("73282932000074")
    long = "73282932000074".rjust(61)
    message = f"‘{long[:59]}…’ is neither a SIRET (14 digits) nor an RNA (W and 9 digits)"
    assert validate(long) == refused(long, error(message, AS_IN))


def test_a_siren_is_recognised_and_said() -> None:
    slip = warning(
        "‘732829320’ is a SIREN: it identifies the organisation, not the place",
        "add the five digits that identify the place: a SIRET has 14 digits",
    )
    assert validate("732 829 320") == accepted("732829320", problems=(slip,))


def test_lost_zeros_are_put_back_and_said() -> None:
    slip = warning(
        "‘588059600019’ has lost its leading zeros",
        "it is read as ‘00588059600019’",
        fix="00588059600019",
    )
    assert validate("588059600019") == accepted("00588059600019", problems=(slip,))


def test_two_zeros_are_put_back_at_most() -> None:
    assert validate("10000800002").problems[0].message == "‘10000800002’ has 11 digits, but a SIRET has 14"


@pytest.mark.parametrize("number", ["73282932000079", "35600000049838", "11111111111111"])
def test_a_siret_with_a_wrong_digit_is_refused(number: str) -> None:
    problem = error(
        f"‘{number}’ is not a valid SIRET: its check digit does not match, so one of its digits is wrong",
        "compare it with its source, or write 00000000000000 if it is unknown",
    )
    assert validate(number) == refused(number, problem)


def test_a_number_that_a_spreadsheet_rounded_is_beyond_repair() -> None:
    for text in ("8,3E+13", "7.3282932E13"):
        problem = error(
            f"‘{text}’ was rounded by a spreadsheet: its last digits are lost",
            "copy the number from its source again, into a column formatted as text",
        )
        assert validate(text) == refused(text, problem)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1234567890", "‘1234567890’ has 10 digits, but a SIRET has 14"),
        ("58806100010", "‘58806100010’ has 11 digits, but a SIRET has 14"),  # valid with three zeros
        ("1234567890123", "‘1234567890123’ has 13 digits, but a SIRET has 14"),
        ("732829320000740", "‘732829320000740’ has 15 digits, but a SIRET has 14"),
        ("0" * 15, "‘000000000000000’ has 15 digits, but a SIRET has 14"),
        ("7" * 10_000, f"‘{'7' * 59}…’ has 10000 digits, but a SIRET has 14"),
        ("732829321", "‘732829321’ is neither a SIRET (14 digits) nor an RNA (W and 9 digits)"),
        ("W75123456", "‘W75123456’ is neither a SIRET (14 digits) nor an RNA (W and 9 digits)"),
        ("FR44732829320",
         "‘FR44732829320’ is neither a SIRET (14 digits) nor an RNA (W and 9 digits)"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤",
         "‘٧٣٢٨٢٩٣٢٠٠٠٠٧٤’ is neither a SIRET (14 digits) nor an RNA (W and 9 digits)"),
        ("\ud800", "‘\\ud800’ is neither a SIRET (14 digits) nor an RNA (W and 9 digits)"),
    ],
)  # fmt: skip
def test_any_other_number_is_refused_in_words(text: str, message: str) -> None:
    assert validate(text) == refused(text, error(message, AS_IN))


@given(st.text(st.characters()) | st.text(st.sampled_from("0123456789W .E")))
def test_what_is_accepted_fits_the_pattern_of_the_schema(text: str) -> None:
    result = validate(text)
    if not result.refused and result.value:
        assert re.fullmatch("[a-zA-Z0-9]{9,14}", result.value)
        assert validate(result.value).value == result.value
