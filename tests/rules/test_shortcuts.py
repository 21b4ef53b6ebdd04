"""The fast paths of the rules give the same results as the complete ones."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumber, is_valid_number

from epncli.rules import courriel, telephone, telephone_plan


@given(st.integers(100_000_000, 999_999_999))
def test_a_metropolitan_number_is_valid_where_libphonenumber_says_so(digits: int) -> None:
    valid = is_valid_number(PhoneNumber(country_code=33, national_number=digits))
    found = telephone_plan._metropolitan().fullmatch(str(digits))
    assert (found is not None) == valid


def test_each_range_of_three_digits_is_as_libphonenumber_has_it() -> None:
    numbers = [start * 10**6 + end for start in range(100, 1000) for end in (0, 361_234, 555_555, 999_999)]
    found = [number for number in numbers if telephone_plan._metropolitan().fullmatch(str(number))]
    assert found == [
        number for number in numbers if is_valid_number(PhoneNumber(country_code=33, national_number=number))
    ]


@given(
    st.from_regex(r"0[0-9]( [0-9]{2}){4}", fullmatch=True),
    st.sampled_from(["", "75012", "97200", "97400", "97600", "97500", "98800", "97133", "x"]),
)
def test_a_phone_that_is_written_well_is_judged_as_one_with_dots(text: str, code_postal: str) -> None:
    dotted = telephone.validate(text.replace(" ", "."), code_postal)
    plain = telephone.validate(text, code_postal)
    assert plain.refused == dotted.refused
    if not plain.refused:
        assert plain == dotted
        assert telephone.key(text) == telephone.key(text.replace(" ", ""))


@given(
    st.from_regex(r"[A-Za-z0-9._+-]{1,12}", fullmatch=True)
    | st.sampled_from(["a" * 64, "a" * 65, "a..b", ".a", "a.", "é", "a b", '"a b"']),
    st.sampled_from(
        ["example.org", "EXAMPLE.org", "a.b.fr", "mairie-paris.fr", "exa_mple.org", "-a.fr", "a-.fr",
         "example", "école.fr", "xn--cole-9oa.fr", "localhost", "x.test", "[1.2.3.4]", "a" * 63 + ".fr",
         ".".join(["a" * 60] * 4) + ".fr", ""]
    ),
)  # fmt: skip
def test_an_address_is_read_where_email_validator_reads_it(local: str, domain: str) -> None:
    address = f"{local}@{domain}"
    try:
        validate_email(address, check_deliverability=False, allow_smtputf8=False)
        valid = len(address) <= 254 and len(local) <= 64
    except EmailNotValidError:
        valid = False
    assert courriel.validate(address).refused == (not valid)
