"""Forms of a phone number: E.164, the key for comparison, the kind in words."""

from __future__ import annotations

import pytest

from epncli.rules import telephone


@pytest.mark.parametrize(
    ("number", "code_postal", "expected"),
    [
        ("01 46 36 70 13", "75020", "+33146367013"),
        ("0 800 12 34 56", "97110", "+33800123456"),
        ("09 53 21 27 82", "97200", "+33953212782"),
        ("0596 60 00 00", "97200", "+596596600000"),
        ("0590 21 21 21", "97110", "+590590212121"),
        ("0692 12 34 56", "97400", "+262692123456"),
        ("0639 69 12 34", "97600", "+262639691234"),
        ("0694 20 12 34", "97300", "+594694201234"),
        ("41 12 34", "97500", "+508411234"),
        ("+508 41 12 34", "75020", "+508411234"),
        ("0708 40 12 34", "97500", "+508708401234"),
        ("24 12 34", "98800", "+687241234"),
        ("05 00 12", "98800", "+687050012"),
        ("40 50 60 70", "98713", "+68940506070"),
        ("72 12 34", "98600", "+681721234"),
        ("44 12 34", "98713", ""),
        ("39 49", "75020", ""),
        ("01 46 36 70", "75020", ""),
        ("24 12 34", "75020", ""),
        ("01 46 36 70 13 / 14", "75020", ""),
        ("+32 2 123 45 67", "75020", ""),
        ("", "75020", ""),
    ],
)
def test_e164_is_for_one_valid_number_only(number: str, code_postal: str, expected: str) -> None:
    assert telephone.e164(number, code_postal) == expected


@pytest.mark.parametrize(
    ("number", "code_postal", "words"),
    [
        ("01 46 36 70 13", "75020", "landline"),
        ("06 24 39 64 34", "75020", "mobile"),
        ("0 800 12 34 56", "75020", "freephone number"),
        ("0 806 00 12 34", "75020", "special number, standard rate"),
        ("0 820 12 34 56", "75020", "special rate"),
        ("0 892 12 34 56", "75020", "premium rate"),
        ("09 53 21 27 82", "97200", "non-geographic number (09, often an Internet phone line)"),
        ("01 62 12 34 56", "75020", "range for automated calls"),
        ("39 49", "75020", "short number"),
        ("0596 60 00 00", "97200", "landline, Martinique"),
        ("0690 35 12 34", "97150", "mobile, Saint-Martin"),
        ("0690 35 12 34", "75020", "mobile, Guadeloupe"),
        ("41 12 34", "97500", "landline, Saint-Pierre and Miquelon"),
        ("24 12 34", "98800", "landline, New Caledonia"),
        ("75 12 34", "98800", "mobile, New Caledonia"),
        ("05 00 12", "98800", "freephone number, New Caledonia"),
        ("36 12 34", "98800", "premium rate, New Caledonia"),
        ("72 12 34", "98600", "phone number, Wallis and Futuna"),
        ("87 12 34 56", "98713", "mobile, French Polynesia"),
        ("01 46 36 70", "75020", ""),
    ],
)
def test_a_number_is_described_in_words(number: str, code_postal: str, words: str) -> None:
    assert telephone.describe(number, code_postal) == words


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("01 46 36 70 13", "0146367013"),
        ("+33 (0)1 46 36 70 13", "0146367013"),
        ("0033146367013", "0146367013"),
        ("146367013", "0146367013"),
        ("+590 590 21 21 21", "0590212121"),
        ("0508 41 12 34", "411234"),
        ("+508 41 12 34", "411234"),
        ("+687 24.12.34", "241234"),
        ("39 49", "3949"),
        ("+32 2 123 45 67", "3221234567"),
        ("4636", "4636"),
        ("", ""),
    ],
)
def test_spellings_of_one_number_have_one_key(number: str, digits: str) -> None:
    assert telephone.key(number) == digits
