"""The numbering plan, compared with the examples and formats of libphonenumber."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from epncli.rules import telephone
from epncli.rules import telephone_plan as plan

# One postal code of each territory.
CODES = {
    "FR": "75020", "GP": "97110", "BL": "97133", "MF": "97150", "MQ": "97200", "GF": "97300",
    "RE": "97400", "PM": "97500", "YT": "97600", "WF": "98600", "PF": "98713", "NC": "98800",
}  # fmt: skip


@pytest.mark.parametrize(
    ("code_postal", "region"),
    [
        *((code, region) for region, code in CODES.items()),
        ("01000", "FR"),
        ("20000", "FR"),
        ("95999", "FR"),
        ("97080", "GP"),
        ("97861", "RE"),
        ("97701", "BL"),
        ("98000", "FR"),
        ("98413", "FR"),
        ("", "FR"),
        ("974", "FR"),
        ("nonsense", "FR"),
    ],
)
def test_the_region_comes_from_the_postal_code(code_postal: str, region: str) -> None:
    assert plan.region(code_postal) == region


def test_every_region_has_the_calling_code_of_libphonenumber() -> None:
    assert {region: int(code) for region, code in plan.CALLING_CODES.items()} == {
        region: phonenumbers.country_code_for_region(region) for region in CODES
    }


EXAMPLES = [
    (region, kind)
    for region in CODES
    for kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)
    if phonenumbers.example_number_for_type(region, kind)
]


@pytest.mark.parametrize(("region", "kind"), EXAMPLES)
def test_the_examples_of_libphonenumber_are_read_shown_and_dialled_as_there(region: str, kind: int) -> None:
    example = phonenumbers.example_number_for_type(region, kind)
    assert example is not None
    e164 = phonenumbers.format_number(example, PhoneNumberFormat.E164)
    national = phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL)
    # Here Nouvelle-Calédonie has spaces for dots, and Saint-Pierre its zero before ten digits only.
    expected = national.replace(".", " ")
    if region == "PM":
        expected = expected.removeprefix("0")
    if region == "PM" and len(e164) > len("+508411234"):
        expected = f"0708 {e164[-6:-4]} {e164[-4:-2]} {e164[-2:]}"
    for text in (e164, e164.removeprefix("+").join(("00", "")), national):
        result = telephone.validate(text, CODES[region])
        assert (result.values, result.problems) == ((expected,), ())
        assert telephone.e164(text, CODES[region]) == e164


# Overseas, and libphonenumber says the whole prefix is metropolitan.
MISREAD = ("0263", "0268", "0269", "0508", "0596", "0598")


@given(digits=st.from_regex(r"\A0[1-9][0-9]{8}\Z"), region=st.sampled_from(sorted(CODES)))
def test_a_number_of_ten_digits_is_valid_as_libphonenumber_has_it(digits: str, region: str) -> None:
    e164 = telephone.e164(digits, CODES[region])
    if e164:
        assert phonenumbers.is_valid_number(phonenumbers.parse(e164))
    elif not digits.startswith(MISREAD):
        assert not phonenumbers.is_valid_number(phonenumbers.parse(digits, region))


@given(digits=st.from_regex(r"\A0[1-9][0-9]{8}\Z"))
def test_metropolitan_numbers_are_grouped_as_libphonenumber_does(digits: str) -> None:
    number = plan.find(digits, "FR")
    if number and number.region == "FR":
        parsed = phonenumbers.parse(digits, "FR")
        national = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
        assert plan.show(number, "FR") == national


@pytest.mark.parametrize(
    ("digits", "region"),
    [
        ("0262201234", "RE"), ("0263123456", "RE"), ("0268812345", "RE"), ("0269611234", "YT"),
        ("0268912345", "YT"), ("0590212121", "GP"), ("0598712345", "GP"), ("0594300600", "GF"),
        ("0598812345", "GF"), ("0596600000", "MQ"), ("0598912345", "MQ"), ("0639691234", "YT"),
        ("0690351234", "GP"), ("0691221234", "GP"), ("0692123456", "RE"), ("0693131234", "RE"),
        ("0694201234", "GF"), ("0696201234", "MQ"), ("0697201234", "MQ"), ("0708401234", "PM"),
        ("0709001234", "GP"), ("0709101234", "MQ"), ("0709201234", "RE"), ("0709301234", "GF"),
        ("0709351234", "YT"), ("0146367013", "FR"), ("0699931451", "FR"), ("0268123456", "FR"),
    ],
)  # fmt: skip
def test_ten_digits_mean_one_territory_wherever_they_are_dialled(digits: str, region: str) -> None:
    assert plan.find(digits, "FR") == plan.Number(region, digits)
    assert plan.find(digits, "NC") == plan.Number(region, digits)
