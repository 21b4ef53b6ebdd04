"""Phone numbers as they occur in lists, and the result of validating them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.problems import Level
from epncli.rules import telephone
from epncli.rules.result import RuleResult

# text, postal code, normal form: understood without a word
ACCEPTED = [
    ("01 46 36 70 13", "", "01 46 36 70 13"),
    ("01.46.36.70.13", "75020", "01 46 36 70 13"),
    ("01-46-36-70-13", "75020", "01 46 36 70 13"),
    ("01/46/36/70/13", "75020", "01 46 36 70 13"),
    ("01,46,36,70,13", "75020", "01 46 36 70 13"),
    ("01 - 46 - 36 - 70 - 13", "75020", "01 46 36 70 13"),
    ("(01) 46 36 70 13", "75020", "01 46 36 70 13"),
    ("0146 367 013", "75020", "01 46 36 70 13"),
    ("  01 46 36 70 13  ", "75020", "01 46 36 70 13"),
    ("'0146367013", "75020", "01 46 36 70 13"),
    ("01 46 36 70 13".ljust(300), "75020", "01 46 36 70 13"),
    ("+33146367013", "75020", "01 46 36 70 13"),
    ("+33 (0)1 46 36 70 13", "75020", "01 46 36 70 13"),
    ("+33 01 46 36 70 13", "75020", "01 46 36 70 13"),
    ("(+33) 1 46 36 70 13", "75020", "01 46 36 70 13"),
    ("+33 (6) 24 39 64 34", "75020", "06 24 39 64 34"),
    ("0033 1 46 36 70 13", "75020", "01 46 36 70 13"),
    ("00 33 (0)1 46 36 70 13", "75020", "01 46 36 70 13"),
    ("Tel : 01 46 36 70 13", "75020", "01 46 36 70 13"),
    ("Tél. : 01 46 36 70 13", "75020", "01 46 36 70 13"),
    ("Te\u0301l 01 46 36 70 13", "75020", "01 46 36 70 13"),
    ("TÉLÉPHONE 01 46 36 70 13", "75020", "01 46 36 70 13"),
    ("tel:+33146367013", "75020", "01 46 36 70 13"),
    ("N° 01 46 36 70 13", "75020", "01 46 36 70 13"),
    ("01\u00a046\u202f36\u00a070\u00a013", "75020", "01 46 36 70 13"),
    ("\u200e01 46 36 70 13\u202c", "75020", "01 46 36 70 13"),
    ("０１４６３６７０１３", "75020", "01 46 36 70 13"),
    ("01 46 36 70 13 /", "75020", "01 46 36 70 13"),
    ("01 46 36 70 13 / --", "75020", "01 46 36 70 13"),
    ("01 46 36 70 13 / 0146367013", "75020", "01 46 36 70 13"),
    # several in one cell
    ("01 46 36 70 13 / 06 24 39 64 34", "75020", "01 46 36 70 13 | 06 24 39 64 34"),
    ("01 46 36 70 13 | 06 24 39 64 34", "75020", "01 46 36 70 13 | 06 24 39 64 34"),
    ("01 46 36 70 13 ou 06 24 39 64 34", "75020", "01 46 36 70 13 | 06 24 39 64 34"),
    ("01 46 36 70 13 - 06 24 39 64 34", "75020", "01 46 36 70 13 | 06 24 39 64 34"),
    ("01 46 36 70 13\n06 24 39 64 34", "75020", "01 46 36 70 13 | 06 24 39 64 34"),
    ("01463670130624396434", "75020", "01 46 36 70 13 | 06 24 39 64 34"),
    ("+33 1 46 36 70 13 +33 6 24 39 64 34", "75020", "01 46 36 70 13 | 06 24 39 64 34"),
    ("Tél 01 46 36 70 13 Tél 06 24 39 64 34", "75020", "01 46 36 70 13 | 06 24 39 64 34"),
    ("01 46 36 70 13 (fixe) / 06 24 39 64 34 (mobile)", "", "01 46 36 70 13 | 06 24 39 64 34"),
    ("(01)46.36.70.13 ; (06)24.39.64.34", "75020", "01 46 36 70 13 | 06 24 39 64 34"),
    ("39 49 / 36 46", "75020", "39 49 | 36 46"),
    # short numbers
    ("3949", "75020", "39 49"),
    ("39.36", "75020", "39 36"),
    ("3949.0", "75020", "39 49"),
    ("36 39", "97200", "36 39"),
    ("3646", "75020", "36 46"),
    ("3631", "75020", "36 31"),
    ("3230", "75020", "32 30"),
    ("1013", "75020", "10 13"),
    ("118218", "75020", "118 218"),
    ("116 117", "97500", "116 117"),
    # 08 and 09
    ("0800 12 34 56", "75020", "0 800 12 34 56"),
    ("0 800 123 456", "97110", "0 800 12 34 56"),
    ("08 06 00 12 34", "98800", "0 806 00 12 34"),
    ("+33 820 12 34 56", "97200", "0 820 12 34 56"),
    ("0953212782", "97400", "09 53 21 27 82"),
    ("0976012345", "97110", "09 76 01 23 45"),
    ("+590 976 01 23 45", "97110", "09 76 01 23 45"),
    # overseas
    ("0590212121", "97110", "0590 21 21 21"),
    ("05 90 21 21 21", "97110", "0590 21 21 21"),
    ("+590 590 21 21 21", "97110", "0590 21 21 21"),
    ("+590 (0)590 21 21 21", "97110", "0590 21 21 21"),
    ("0590 21 21 21", "", "0590 21 21 21"),
    ("0590 27 61 00", "97133", "0590 27 61 00"),
    ("0590 21 21 21", "97133", "0590 21 21 21"),
    ("0590875004", "97150", "0590 87 50 04"),
    ("05 98 71 23 45", "97110", "0598 71 23 45"),
    ("0690 35 12 34", "97150", "0690 35 12 34"),
    ("0596600000", "97200", "0596 60 00 00"),
    ("06.96.20.12.34", "97200", "0696 20 12 34"),
    ("0594300600", "97300", "0594 30 06 00"),
    ("0694 20 12 34", "97300", "0694 20 12 34"),
    ("0262201234", "97400", "0262 20 12 34"),
    ("0692 12 34 56", "97861", "0692 12 34 56"),
    ("+262 692 12 34 56", "97400", "0692 12 34 56"),
    ("0269611234", "97600", "0269 61 12 34"),
    ("0639 69 12 34", "97600", "0639 69 12 34"),
    ("0508 41 12 34", "97500", "41 12 34"),
    ("+508 41 12 34", "97500", "41 12 34"),
    ("+508 508 41 12 34", "97500", "41 12 34"),
    ("411234", "97500", "41 12 34"),
    ("41 12 34 / 41 12 35", "97500", "41 12 34 | 41 12 35"),
    ("0708 40 12 34", "97500", "0708 40 12 34"),
    ("0508 41 12 34", "", "+508 41 12 34"),
    ("24.12.34", "98800", "24 12 34"),
    ("+687 24.12.34", "98800", "24 12 34"),
    ("05 00 12", "98800", "05 00 12"),
    ("72 12 34", "98600", "72 12 34"),
    ("40506070", "98713", "40 50 60 70"),
    ("+689 87 12 34 56", "98713", "87 12 34 56"),
    ("44 12 34", "98713", "44 12 34"),
    ("+687 24 12 34", "", "+687 24 12 34"),
    ("01 46 36 70 13", "98000", "01 46 36 70 13"),
    ("0596 60 00 00", "972", "0596 60 00 00"),
]

DROPPED = "spreadsheets drop it; compare the number with its source"
IN_FULL = "check that this is correct, and write the number in full"
SOURCE = "compare the number and the postal code with their source"
IN_NOTES = "a phone field contains only the number: write the extension in the field ‘notes’"
PREMIUM = "callers pay a surcharge: give a landline number if the place has one"
COLD = "nobody answers such numbers; compare this one with its source"


def elsewhere(number: str, territory: str, home: str, code: str) -> tuple[str, str]:
    """What is said of a number that does not fit its postal code."""
    return f"‘{number}’ is a number in {territory}, but the postal code {code} is in {home}", SOURCE


# text, postal code, normal form, and what is said with it: (message, hint) ...
WARNED = [
    (
        "142612774", "75001", "01 42 61 27 74",
        [("a zero was added before ‘142612774’: 01 42 61 27 74", DROPPED)],
    ),
    (
        "142612774.0", "75001", "01 42 61 27 74",
        [("a zero was added before ‘142612774’: 01 42 61 27 74", DROPPED)],
    ),
    (
        "596600000", "97200", "0596 60 00 00",
        [("a zero was added before ‘596600000’: 0596 60 00 00", DROPPED)],
    ),
    (
        "33146367013", "75020", "01 46 36 70 13",
        [("a ‘+’ was added before ‘33146367013’: 01 46 36 70 13", DROPPED)],
    ),
    (
        "68940506070", "98713", "40 50 60 70",
        [("a ‘+’ was added before ‘68940506070’: 40 50 60 70", DROPPED)],
    ),
    (
        "687241234", "98800", "24 12 34",
        [("a ‘+’ was added before ‘687241234’: 24 12 34", DROPPED)],
    ),
    (
        "687241234", "75020", "06 87 24 12 34",
        [("a zero was added before ‘687241234’: 06 87 24 12 34", DROPPED)],
    ),
    (
        "01 46 36 70 13/14", "75020", "01 46 36 70 13 | 01 46 36 70 14",
        [("‘14’ was completed from the number before it: 01 46 36 70 14", IN_FULL)],
    ),
    (
        "01 46 36 70 13 ou 46 36 70 14", "75020", "01 46 36 70 13 | 01 46 36 70 14",
        [("‘46 36 70 14’ was completed from the number before it: 01 46 36 70 14", IN_FULL)],
    ),
    (
        "24 12 34 / 36", "98800", "24 12 34 | 24 12 36",
        [("‘36’ was completed from the number before it: 24 12 36", IN_FULL)],
    ),
    (
        "01 46 36 70 13 poste 12", "75020", "01 46 36 70 13",
        [("the extension ‘poste 12’ was ignored", IN_NOTES)],
    ),
    (
        "01 46 36 70 13 (ext. 12)", "75020", "01 46 36 70 13",
        [("the extension ‘ext. 12’ was ignored", IN_NOTES)],
    ),
    (
        "01 46 36 70 13 (4512)", "75020", "01 46 36 70 13",
        [("the extension ‘(4512)’ was ignored", IN_NOTES)],
    ),
    (
        "01 46 36 70 13 (p. 12) / 06 24 39 64 34", "75020", "01 46 36 70 13 | 06 24 39 64 34",
        [("the extension ‘(p. 12)’ was ignored", IN_NOTES)],
    ),
    (
        "01 46 36 70 13 / 14 (12)", "75020", "01 46 36 70 13 | 01 46 36 70 14",
        [
            ("the extension ‘(12)’ was ignored", IN_NOTES),
            ("‘14 (12)’ was completed from the number before it: 01 46 36 70 14", IN_FULL),
        ],
    ),
    (
        "01 46 36 70 13 / 14 poste 12", "75020", "01 46 36 70 13 | 01 46 36 70 14",
        [
            ("the extension ‘poste 12’ was ignored", IN_NOTES),
            ("‘14 poste 12’ was completed from the number before it: 01 46 36 70 14", IN_FULL),
        ],
    ),
    (
        "0892123456", "75020", "0 892 12 34 56",
        [("‘0 892 12 34 56’ is a premium rate number", PREMIUM)],
    ),
    (
        "+33 590 21 21 21", "97110", "0590 21 21 21",
        [("the country code of Guadeloupe is +590, not +33", "write ‘0590 21 21 21’")],
    ),
    (
        "+33 5 96 60 00 00", "97200", "0596 60 00 00",
        [("the country code of Martinique is +596, not +33", "write ‘0596 60 00 00’")],
    ),
    (
        "+33 508 41 12 34", "97500", "41 12 34",
        [("the country code of Saint-Pierre and Miquelon is +508, not +33", "write ‘41 12 34’")],
    ),
    (
        "0596 60 00 00", "97110", "0596 60 00 00",
        [elsewhere("0596 60 00 00", "Martinique", "Guadeloupe", "97110")],
    ),
    (
        "0269 61 12 34", "97400", "0269 61 12 34",
        [elsewhere("0269 61 12 34", "Mayotte", "Réunion", "97400")],
    ),
    (
        "0508 41 12 34", "75020", "+508 41 12 34",
        [elsewhere("+508 41 12 34", "Saint-Pierre and Miquelon", "metropolitan France", "75020")],
    ),
    (
        "01 46 36 70 13", "98800", "01 46 36 70 13",
        [elsewhere("01 46 36 70 13", "metropolitan France", "New Caledonia", "98800")],
    ),
]  # fmt: skip

COLD_CALLS = [
    *((prefix, "75020") for prefix in ("0162", "0163", "0270", "0271", "0377", "0378")),
    *((prefix, "75020") for prefix in ("0424", "0425", "0568", "0569", "0948", "0949")),
    ("09475", "97110"),
    ("09476", "97300"),
    ("09477", "97200"),
    ("09478", "97400"),
    ("09479", "97400"),
]


@pytest.mark.parametrize(("text", "code_postal", "normal"), ACCEPTED)
def test_what_people_write_becomes_the_normal_form(text: str, code_postal: str, normal: str) -> None:
    assert telephone.validate(text, code_postal) == RuleResult(tuple(normal.split(" | ")))


@pytest.mark.parametrize(("text", "code_postal", "normal", "said"), WARNED)
def test_what_was_repaired_or_looks_odd_is_said(
    text: str, code_postal: str, normal: str, said: list[tuple[str, str]]
) -> None:
    result = telephone.validate(text, code_postal)
    assert result.values == tuple(normal.split(" | "))
    assert [(p.message, p.hint) for p in result.problems] == said
    assert not result.refused


@pytest.mark.parametrize(("prefix", "code_postal"), COLD_CALLS)
def test_ranges_of_automated_calls_are_warned_of(prefix: str, code_postal: str) -> None:
    number = telephone.validate((prefix + "123456")[:10], code_postal)
    assert [(p.level, p.message, p.hint) for p in number.problems] == [
        (Level.WARNING, f"‘{number.value}’ is in a range reserved for automated calls", COLD)
    ]


NORMAL = sorted(
    {(value, code) for _, code, normal in ACCEPTED for value in normal.split(" | ")}
    | {(value, code) for _, code, normal, _ in WARNED for value in normal.split(" | ")}
)


@pytest.mark.parametrize(("value", "code_postal"), NORMAL)
def test_a_normal_form_stays_as_it_is(value: str, code_postal: str) -> None:
    assert telephone.validate(value, code_postal).values == (value,)


CODES = ["", "75020", "97110", "97133", "97200", "97300", "97400", "97500", "97600", "98600",
         "98713", "98800", "98000", "nonsense"]  # fmt: skip
# Plausible ones, so that many are accepted, and whatever the keys of a phone can type.
NUMBERS = st.one_of(
    st.from_regex(r"\A0[1-9][0-9]{8}\Z"),
    st.from_regex(r"\A(\+|00)?(33|262|508|590|594|596|681|687|689)0?[0-9]{6,9}\Z"),
    st.from_regex(r"\A[0-9]{6,9}\Z"),
    st.from_regex(r"\A(1[0-9]{1,5}|3[0-9]{3})\Z"),
    st.from_regex(r"\A0[1-9][0-9]{8} ?/ ?[0-9]{2,10}\Z"),
    st.text("0123456789 ./+-()", max_size=40),
)


@given(text=NUMBERS, code=st.sampled_from(CODES))
def test_checking_a_normal_form_again_changes_nothing(text: str, code: str) -> None:
    result = telephone.validate(text, code)
    for value in () if result.refused else result.values:
        again = telephone.validate(value, code)
        assert again.values == (value,)
        assert set(again.problems) <= set(result.problems)
        assert telephone.key(value) == telephone.key(telephone.e164(value, code) or value)
