"""The numbering plan of France, overseas included: lookup of a number by its digits, and its display.

Sources: ARCEP, décision n° 2018-0881 (plan national de numérotation) as amended by n° 2022-1583, and the
metadata of libphonenumber, which also has the plans of Nouvelle-Calédonie, Polynésie française and
Wallis-et-Futuna, where ARCEP is not competent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from epncli.i18n import _
from epncli.rules.territories import TERRITORIES, region_of

CALLING_CODES: Final = {
    "FR": "33", "RE": "262", "YT": "262", "PM": "508", "GP": "590", "BL": "590", "MF": "590",
    "GF": "594", "MQ": "596", "WF": "681", "NC": "687", "PF": "689",
}  # fmt: skip
"""Country calling codes of the French territories, by libphonenumber region (ITU-T E.164)."""

LOCAL_LENGTHS: Final = {"PM": 6, "WF": 6, "NC": 6, "PF": 8}
"""Number of digits in the territories without a leading zero. Elsewhere, it is ten, with the zero."""

# Prefixes of one territory, wherever they are dialled. They are looked up before libphonenumber, which
# also has some of them (0263, 0268, 0269, 0508, 0596, 0598) in metropolitan France.
_PREFIXES: Final = {
    "0262": "RE", "0263": "RE", "02688": "RE", "0269": "YT", "02689": "YT",
    "0508": "PM", "0590": "GP", "05987": "GP", "0594": "GF", "05988": "GF", "0596": "MQ",
    "05989": "MQ",
    "0639": "YT", "0690": "GP", "0691": "GP", "0692": "RE", "0693": "RE", "0694": "GF",
    "0696": "MQ", "0697": "MQ",
    "0708": "PM", "07090": "GP", "07091": "MQ", "07092": "RE", "07093": "GF",
    "070935": "YT", "070936": "YT", "070937": "YT",
}  # fmt: skip

_AUTOMATED_CALLS: Final = (
    "0162", "0163", "0270", "0271", "0377", "0378", "0424", "0425", "0568", "0569", "0948", "0949",
    "09475", "09476", "09477", "09478", "09479",
)  # fmt: skip
"""Prefixes reserved for automated calls by ARCEP's décision n° 2022-1583 (0947x: overseas)."""

# Emergency and social services, operators (10YT), 116 and 118 numbers, and 3BPQ. libphonenumber's list
# is not used: it includes five-digit codes that only receive text messages.
_SHORT = re.compile(r"1(?:[578]|1[02459]|9[167]|0\d\d|16(?:00[06]|11[17])|18\d{3})|3\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the plan: its territory, and its digits as they are dialled there.

    `region` is a libphonenumber region, or "" for a short number, which belongs to no territory. `digits`
    include the leading zero if the territory has one: 0146367013, 0590212121, 411234 (PM), 3949.
    """

    region: str
    digits: str

    @property
    def e164(self) -> str:
        """The number in ITU-T E.164: `+33146367013`; "" if it cannot be dialled from abroad."""
        if not self.region or len(self.digits) < LOCAL_LENGTHS.get(self.region, 6):
            return ""
        return "+" + CALLING_CODES[self.region] + self.significant

    @property
    def significant(self) -> str:
        """The digits after the country calling code."""
        return self.digits[1:] if len(self.digits) == 10 else self.digits

    @property
    def is_everywhere(self) -> bool:
        """True for numbers that belong to no territory: short numbers, 08 and 09."""
        return not self.region or (len(self.digits) == 10 and self.digits[1] in "89")

    @property
    def is_premium(self) -> bool:
        """True for 089x, the most expensive premium rate (ARCEP, n° 2018-0881, 2.4.5)."""
        return len(self.digits) == 10 and self.digits.startswith("089")

    @property
    def is_automated_call(self) -> bool:
        """True for the ranges reserved for automated calls (ARCEP, n° 2022-1583, 2.3.7)."""
        return len(self.digits) == 10 and self.digits.startswith(_AUTOMATED_CALLS)


def region(code_postal: str) -> str:
    """The libphonenumber region of a postal code: `MQ` for 97200, `FR` for any text without another."""
    return region_of(code_postal) or "FR"


def territory_name(region: str) -> str:
    """The name of a region, in the language of this process."""
    return _(TERRITORIES[region].name)


def is_short(digits: str) -> bool:
    """True for a short number: 3949, 1013, 118218, also 115 (ARCEP, n° 2018-0881, 2.4)."""
    return _SHORT.fullmatch(digits) is not None


def find(digits: str, home: str) -> Number | None:
    """The number with these digits, dialled in the region `home`; None if the plan has none."""
    if len(digits) == 10 and digits[0] == "0":
        return _find_national(digits, home)
    if is_short(digits):
        return Number("", digits)
    if home == "PM" and len(digits) == 7:
        digits = digits.removeprefix("0")  # libphonenumber writes a zero before the six digits
    if len(digits) in (6, 8) and home in LOCAL_LENGTHS:
        return _valid(home, digits)
    return None


def find_abroad(digits: str, home: str) -> Number | None:
    """The number with these digits after a `+`; None if the plan has none.

    The calling code must be that of the territory, or `33`, which people write before the numbers of every
    territory.
    """
    calling_code = calling_code_of(digits)
    rest = digits[len(calling_code) :]
    if not calling_code or not rest:
        return None
    local = next((r for r in LOCAL_LENGTHS if CALLING_CODES[r] == calling_code), "")
    if len(rest) == LOCAL_LENGTHS.get(local):
        return _valid(local, rest)
    national = "0" + rest.removeprefix("0")
    if len(national) != 10:
        return None
    if calling_code not in ("33", CALLING_CODES[home]):
        home = next(region for region, code in CALLING_CODES.items() if code == calling_code)
    number = _find_national(national, home)
    return number if number and calling_code in ("33", CALLING_CODES[number.region]) else None


def calling_code_of(digits: str) -> str:
    """The calling code of a French territory at the start of the digits after a `+`, or ""."""
    return next((code for code in _DISTINCT_CODES if digits.startswith(code)), "")


_DISTINCT_CODES: Final = tuple(dict.fromkeys(CALLING_CODES.values()))


def _find_national(digits: str, home: str) -> Number | None:
    """The number with these ten digits, the first of them a zero; None if the plan has none."""
    if digits[1] == "9" and home not in LOCAL_LENGTHS and home != "FR":
        # Overseas ranges of 09 (0976 and others) have the calling code of the territory.
        return _valid(home, digits) or _valid("FR", digits)
    known = _PREFIXES.get
    territory = known(digits[:6]) or known(digits[:5]) or known(digits[:4], "FR")
    if territory == "GP" and home in ("BL", "MF"):
        territory = home
    if digits.startswith("0508"):
        return _valid("PM", digits[4:])
    return _valid(territory, digits)


def _valid(region: str, digits: str) -> Number | None:
    """The number, or None if libphonenumber has no such range."""
    number = Number(region, digits)
    significant = number.significant
    if region == "FR":
        return number if _metropolitan().fullmatch(significant) else None
    from phonenumbers import PhoneNumber, is_valid_number

    parsed = PhoneNumber(
        country_code=int(CALLING_CODES[region]),
        national_number=int(significant),
        italian_leading_zero=True if significant[0] == "0" else None,
    )
    return number if is_valid_number(parsed) else None


@cache
def _metropolitan() -> re.Pattern[str]:
    """A pattern of all ranges of +33, from libphonenumber's metadata for FR, its only region.

    `is_valid_number` tries the ranges one by one, which is twenty times slower, and nearly all numbers
    are +33 numbers.
    """
    from phonenumbers import PhoneMetadata

    about: Any = PhoneMetadata.metadata_for_region("FR")
    kinds = (
        about.fixed_line, about.mobile, about.toll_free, about.premium_rate, about.shared_cost,
        about.personal_number, about.voip, about.pager, about.uan, about.voicemail,
    )  # fmt: skip
    ranges = [kind.national_number_pattern for kind in kinds if kind]
    every = "|".join(pattern for pattern in ranges if pattern)
    return re.compile(f"(?=(?:{about.general_desc.national_number_pattern})$)(?:{every})", re.ASCII)


def show(number: Number, home: str) -> str:
    """The number as it is written in the region `home`, grouped as in libphonenumber, with plain spaces.

    If the digits alone are ambiguous, as `41 12 34` outside Saint-Pierre, the calling code comes first:
    `+508 41 12 34`.
    """
    digits = number.digits
    if len(digits) == 3:
        return digits
    if not number.region:
        return _grouped(digits, 3 if len(digits) == 6 else 2)
    if len(digits) != 10:
        local = _grouped(digits, 2)
        return local if number.region == home else f"+{CALLING_CODES[number.region]} {local}"
    if number.region == "FR" and digits[1] != "8":
        return f"{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:8]} {digits[8:]}"
    if digits[1] == "8":
        return f"0 {digits[1:4]} {_grouped(digits[4:], 2)}"
    if digits[1] == "9":
        return _grouped(digits, 2)
    return f"{digits[:4]} {_grouped(digits[4:], 2)}"


def _grouped(digits: str, size: int) -> str:
    return " ".join(digits[i : i + size] for i in range(0, len(digits), size))


def kind(number: Number) -> str:
    """The kind of a number in words, without its territory: `landline`, `mobile`..."""
    if not number.region:
        return _("short number")
    if number.is_automated_call:
        return _("range for automated calls")
    if len(number.digits) == 10:
        return _kind_by_prefix(number.digits)
    return _kind_by_library(number)


def _kind_by_prefix(digits: str) -> str:
    """The kind of a ten-digit number, by its second to fourth digits (ARCEP, n° 2018-0881, 2.3 and 2.4)."""
    if digits[1] in "67":
        return _("mobile")
    if digits[1] == "9":
        return _("non-geographic number (09, often an Internet phone line)")
    if digits[1] != "8":
        return _("landline")
    if digits[2] == "0":
        return _("freephone number") if digits[3] in "012345" else _("special number, standard rate")
    return _("premium rate") if digits[2] == "9" else _("special rate")


def _kind_by_library(number: Number) -> str:
    """The kind of a number of six or eight digits, whose ranges differ between territories."""
    from phonenumbers import PhoneNumberType, number_type, parse

    kind = number_type(parse(number.e164 or number.digits, number.region))
    if kind == PhoneNumberType.MOBILE:
        return _("mobile")
    if kind == PhoneNumberType.FIXED_LINE:
        return _("landline")
    if kind == PhoneNumberType.TOLL_FREE:
        return _("freephone number")
    if kind == PhoneNumberType.PREMIUM_RATE:
        return _("premium rate")
    return _("phone number")
