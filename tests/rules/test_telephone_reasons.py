"""Error messages for texts that are not phone numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.rules import telephone

FORM = "a French number has 10 digits and starts with 0, such as ‘01 46 36 70 13’"
FORM_PM = "a number in Saint-Pierre and Miquelon has 6 digits, such as ‘41 12 34’"
FORM_NC = "a number in New Caledonia has 6 digits, such as ‘24 12 34’"
FORM_WF = "a number in Wallis and Futuna has 6 digits, such as ‘72 12 34’"
FORM_PF = "a number in French Polynesia has 8 digits, such as ‘40 50 60 70’"
TWO = "; put ‘ / ’ between two numbers"
LEAVE_OUT = "remove the field if there is no number"
DIGITS = "write only digits and spaces, such as ‘01 46 36 70 13’"
ALONE = "write only ‘01 46 36 70 13’; the rest can go in ‘notes’"
FRENCH = "only French numbers are allowed: +33, or the country code of an overseas territory"
SHORT = "short numbers of four digits start with 10 or 3, such as ‘39 49’; " + FORM
RANGE = "compare its first digits with the source"

# text, postal code, what is wrong, what to do
REFUSED = [
    ("", "", "the phone number is empty", LEAVE_OUT),
    ("   ", "", "the phone number is empty", LEAVE_OUT),
    ("--", "", "there is no phone number in ‘--’", LEAVE_OUT),
    ("néant", "", "there is no phone number in ‘néant’", LEAVE_OUT),
    ("x" * 40, "", f"there is no phone number in ‘{'x' * 40}’", LEAVE_OUT),
    ("x" * 41, "", f"there is no phone number in ‘{'x' * 39}…’", LEAVE_OUT),
    ("poste 12", "", "there is no phone number in ‘poste 12’", LEAVE_OUT),
    ("+", "", "there is no phone number in ‘+’", LEAVE_OUT),
    ("00000000", "", "‘00000000’ is all zeros", LEAVE_OUT),
    ("00 00 00 00 00", "", "‘00 00 00 00 00’ is all zeros", LEAVE_OUT),
    # the count
    ("01 46 36 70 1", "", "one digit is missing: ‘01 46 36 70 1’", FORM),
    ("01 46 36 70", "", "2 digits are missing: ‘01 46 36 70’", FORM),
    ("46 36 70 13", "", "2 digits are missing: ‘46 36 70 13’", FORM),
    ("24 12 34", "75020", "4 digits are missing: ‘24 12 34’", FORM),
    ("01 46 36 70 131", "", "one digit too many: ‘01 46 36 70 131’", FORM + TWO),
    *(
        (text, "", f"‘{text}’ is the number of an emergency service, not of a place",
         "write the number of the place, such as ‘01 46 36 70 13’")
        for text in ("15", "112", "115")
    ),
    ("01 46 36 70 13 14", "", "2 digits too many: ‘01 46 36 70 13 14’", FORM + TWO),
    ("59 09 53 21 27 82", "", "2 digits too many: ‘59 09 53 21 27 82’", FORM + TWO),
    ("+33 1 46 36 70 1", "", "one digit is missing: ‘+33 1 46 36 70 1’", FORM),
    ("+33 1 46 36 70 13 1", "", "one digit too many: ‘+33 1 46 36 70 13 1’", FORM + TWO),
    ("+590 21 21 21", "97110", "3 digits are missing: ‘+590 21 21 21’", FORM),
    ("41 12 3", "97500", "one digit is missing: ‘41 12 3’", FORM_PM),
    ("24 12 345", "98800", "one digit too many: ‘24 12 345’", FORM_NC + TWO),
    ("+687 24 12", "98800", "2 digits are missing: ‘+687 24 12’", FORM_NC),
    ("72 12", "98600", "2 digits are missing: ‘72 12’", FORM_WF),
    ("42 12 34", "98713", "2 digits are missing: ‘42 12 34’", FORM_PF),
    ("01 46 36 70 13 / 4", "", "9 digits are missing: ‘4’", FORM),
    # the range
    ("1462670130", "", "‘1462670130’ does not start with 0", FORM),
    ("0700123456", "", "‘0700123456’ is in a range that the numbering plan does not use", RANGE),
    (
        "+508 700 12 34 56", "97500",
        "‘+508 700 12 34 56’ is in a range that the numbering plan does not use", RANGE,
    ),
    (
        "+590612345678", "97110", "‘+590612345678’: no number in Guadeloupe (+590) starts with these digits",
        "if the number is ‘06 12 34 56 78’, write it in this form",
    ),
    (
        "00262 1 46 36 70 13", "", ("‘00262 1 46 36 70 13’: no number in Réunion (+262) starts with these "
        "digits"),
        "if the number is ‘01 46 36 70 13’, write it in this form",
    ),
    ("0590 99", "97110", "4 digits are missing: ‘0590 99’", FORM),
    ("+33 690 99", "", "4 digits are missing: ‘+33 690 99’", FORM),
    ("11 12 34", "98800", "‘11 12 34’ is in a range that the numbering plan does not use", RANGE),
    ("1234", "", "‘1234’ is not a short number of the numbering plan", SHORT),
    ("39490", "", "‘39490’ looks like a postal code", "write it in the field ‘code_postal’; " + FORM),
    ("+33 3949", "", "‘+33 3949’ is a short number, which has no country code", "write ‘39 49’"),
    (
        "01 40 18 04 41 / 39 49", "",
        "‘39 49’ is either a short number or the end of another number",
        "write ‘01 40 18 39 49’ in full, or write ‘39 49’ as a separate item",
    ),
    # abroad
    ("+32 2 123 45 67", "", "‘+32 2 123 45 67’ is a foreign number (Belgium, +32)", FRENCH),
    ("0041 22 123 45 67", "", "‘0041 22 123 45 67’ is a foreign number (Switzerland, +41)", FRENCH),
    ("+377 93 15 00 00", "98000", "‘+377 93 15 00 00’ is a foreign number (Monaco, +377)", FRENCH),
    ("+299 32 10 00", "", "‘+299 32 10 00’ is a foreign number (+299)", FRENCH),
    ("+999 12 34", "", "‘+999 12 34’ does not start with a known country code", FRENCH),
    ("+0146367013", "", "‘+0146367013’ does not start with a known country code", FRENCH),
    # something else
    ("75020", "", "‘75020’ looks like a postal code", "write it in the field ‘code_postal’; " + FORM),
    ("98800", "98800", "‘98800’ looks like a postal code", "write it in the field ‘code_postal’; " + FORM_NC),
    ("55210055400013", "", "‘55210055400013’ looks like a SIRET", "write it in the field ‘pivot’; " + FORM),
    (
        "contact@asso.fr", "", "‘contact@asso.fr’ looks like an e-mail address, not a phone number",
        "write it in the field ‘courriels’",
    ),
    (
        "https://asso.fr/12", "",
        "‘https://asso.fr/12’ looks like a web address, not a phone number",
        "write it in the field ‘site_web’",
    ),
    ("30/09/2014", "", "‘30/09/2014’ looks like a date, not a phone number", DIGITS),
    ("2014-09-30", "", "‘2014-09-30’ looks like a date, not a phone number", DIGITS),
    (
        "1,42613E+08", "", "‘1,42613E+08’ was damaged by a spreadsheet: digits are lost",
        "format the column as text and type the number again",
    ),
    # more than a number
    (
        "01 46 36 70 13 accueil", "",
        "letters where digits are expected: ‘01 46 36 70 13 accueil’", ALONE,
    ),
    (
        "01 46 36 70 13 (9h-12h)", "",
        "letters where digits are expected: ‘01 46 36 70 13 (9h-12h)’", ALONE,
    ),
    ("01 46 36 70 13 / Paul", "", "letters where digits are expected: ‘Paul’", DIGITS),
    (
        "O1 46 36 7O 13", "", "letters where digits are expected: ‘O1 46 36 7O 13’",
        "if letters were typed instead of 0 or 1, write ‘01 46 36 70 13’",
    ),
    (
        "01 46 36 70 13 Fax : 01 46 36 70 14", "", "‘Fax : 01 46 36 70 14’ is a fax number",
        "remove it from ‘telephones’; it can go in ‘notes’",
    ),
    ("#3949#", "", "‘#’ is not allowed in a phone number: ‘#3949#’", DIGITS),
    (
        "01 46\0 36 70 13", "", "‘U+0000’ is not allowed in a phone number: ‘01 46\ufffd 36 70 13’",
        DIGITS,
    ),
    (
        "01 46\ud800", "", "‘U+D800’ is not allowed in a phone number: ‘01 46\ufffd’",
        DIGITS,
    ),
    (
        "0" * 301, "", "‘" + "0" * 39 + "…’ is too long for phone numbers",
        "write only the numbers, such as ‘01 46 36 70 13’",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code_postal", "message", "hint"), REFUSED)
def test_what_is_no_number_is_refused_with_the_reason(
    text: str, code_postal: str, message: str, hint: str
) -> None:
    result = telephone.validate(text, code_postal)
    assert result.refused
    assert result.values == (text,)
    assert [(p.message, p.hint) for p in result.problems] == [(message, hint)]


def test_every_bad_part_of_a_cell_has_its_reason() -> None:
    result = telephone.validate("01 46 36 70 / +32 2 123 45 67 / 0146367013", "75020")
    assert [problem.message for problem in result.problems] == [
        "2 digits are missing: ‘01 46 36 70’",
        "‘+32 2 123 45 67’ is a foreign number (Belgium, +32)",
    ]


@given(text=st.text(st.characters(), max_size=60), code=st.text(max_size=6))
def test_no_text_makes_it_crash(text: str, code: str) -> None:
    result = telephone.validate(text, code)
    assert result.values
    if result.refused:
        assert result.values == (text,)
        assert all(problem.hint for problem in result.problems)
    telephone.key(text)
