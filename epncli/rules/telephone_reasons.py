"""Error messages for texts that are not valid phone numbers: the reason, and what to write instead.

Called only after a lookup in the numbering plan (telephone_plan) has failed, so speed does not matter.
"""

from __future__ import annotations

import re
from typing import Final

from epncli.i18n import N_, _, ngettext
from epncli.problems import Problem, error
from epncli.rules import telephone_plan as plan

_COUNTRIES: Final = {
    "1": N_("United States or Canada"),
    "31": N_("Netherlands"),
    "32": N_("Belgium"),
    "34": N_("Spain"),
    "39": N_("Italy"),
    "41": N_("Switzerland"),
    "44": N_("United Kingdom"),
    "49": N_("Germany"),
    "212": N_("Morocco"),
    "213": N_("Algeria"),
    "216": N_("Tunisia"),
    "230": N_("Mauritius"),
    "351": N_("Portugal"),
    "352": N_("Luxembourg"),
    "376": N_("Andorra"),
    "377": N_("Monaco"),
}
"""Names of the most frequent countries. phonenumbers has all names, but takes half a second to load them."""

_EXAMPLES: Final = {"PM": "41 12 34", "NC": "24 12 34", "WF": "72 12 34", "PF": "40 50 60 70"}

_FAX = re.compile(r"fax|t[ée]l[ée]copie", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_STRANGE = re.compile(r"[^0-9\s().\-–—‑/_·•'\"+]")
_LOOKALIKES: Final = str.maketrans("OoIl", "0011")
_SCIENTIFIC = re.compile(r"\d[.,]?\d*e\+?\d{1,2}", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d", re.ASCII)
_WEB = re.compile(r"https?:|www\.", re.IGNORECASE)
_NATIONAL = re.compile(r"(?<!\d)0[1-9](?:[ .-]?\d\d){4}(?!\d)", re.ASCII)
_POSTAL_CODE = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-58]|97)\d{3}", re.ASCII)


def shown(text: str) -> str:
    """The text as it is quoted in a message: one line of printable characters, at most 40."""
    printable = "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)
    line = " ".join(printable.split())
    return line if len(line) <= 40 else line[:39] + "…"


def no_number(text: str) -> Problem:
    """The error for a text without digits: empty, `--`, `néant`."""
    hint = _("remove the field if there is no number")
    if not text.strip():
        return error(_("the phone number is empty"), hint)
    return error(_("there is no phone number in ‘{value}’").format(value=shown(text)), hint)


def other_kind_error(text: str) -> Problem | None:
    """The error for an e-mail address, a web address, a date or a rounded number; None for other texts."""
    value = shown(text)
    if "@" in text:
        message = _("‘{value}’ looks like an e-mail address, not a phone number")
        return error(message.format(value=value), _("write it in the field ‘courriels’"))
    if _WEB.search(text):
        message = _("‘{value}’ looks like a web address, not a phone number")
        return error(message.format(value=value), _("write it in the field ‘site_web’"))
    if _SCIENTIFIC.fullmatch(text.strip()):
        return error(
            _("‘{value}’ was damaged by a spreadsheet: digits are lost").format(value=value),
            _("format the column as text and type the number again"),
        )
    if _DATE.fullmatch(text.strip()):
        return error(
            _("‘{value}’ looks like a date, not a phone number").format(value=value),
            _("write only digits and spaces, such as ‘01 46 36 70 13’"),
        )
    return None


def too_long(text: str) -> Problem:
    """The error for a text too long to be a list of phone numbers."""
    return error(
        _("‘{value}’ is too long for phone numbers").format(value=shown(text)),
        _("write only the numbers, such as ‘01 46 36 70 13’"),
    )


def of_a_service(text: str) -> Problem:
    """The error for `15`, `112`, `115`: emergency services and helplines, which no place answers."""
    return error(
        _("‘{value}’ is the number of an emergency service, not of a place").format(value=shown(text)),
        _("write the number of the place, such as ‘01 46 36 70 13’"),
    )


def ambiguous_end(text: str, whole: str, short: str) -> Problem:
    """The error for `01 40 18 04 41 / 39 49`: a short number, or the end of a second number."""
    return error(
        _("‘{value}’ is either a short number or the end of another number").format(value=text),
        _("write ‘{whole}’ in full, or write ‘{short}’ as a separate item").format(whole=whole, short=short),
    )


def words_error(text: str, home: str) -> Problem | None:
    """The error for a text with more than a number: `fax`, other words, unexpected characters; else None."""
    if _FAX.search(text):
        return error(
            _("‘{value}’ is a fax number").format(value=shown(text)),
            _("remove it from ‘telephones’; it can go in ‘notes’"),
        )
    if _LETTER.search(text):
        return error(
            _("letters where digits are expected: ‘{value}’").format(value=shown(text)),
            _hint_for_letters(text, home),
        )
    strange = _STRANGE.search(text)
    if strange:
        return error(
            _("‘{character}’ is not allowed in a phone number: ‘{value}’").format(
                character=_visible(strange[0]), value=shown(text)
            ),
            _("write only digits and spaces, such as ‘01 46 36 70 13’"),
        )
    return None


def _visible(character: str) -> str:
    return character if character.isprintable() else f"U+{ord(character):04X}"


def _hint_for_letters(text: str, home: str) -> str:
    alike = re.sub(r"[\s.\-]", "", text.translate(_LOOKALIKES))
    if alike.isascii() and alike.isdigit() and (number := plan.find(alike, home)):
        return _("if letters were typed instead of 0 or 1, write ‘{number}’").format(
            number=plan.show(number, home)
        )
    inside = _NATIONAL.search(text)
    digits = re.sub(r"\D", "", inside[0]) if inside else ""
    if digits and (number := plan.find(digits, home)):
        return _("write only ‘{number}’; the rest can go in ‘notes’").format(number=plan.show(number, home))
    return _("write only digits and spaces, such as ‘01 46 36 70 13’")


def digits_error(text: str, digits: str, home: str, *, abroad: bool) -> Problem:
    """The error for digits, read from `text`, that are not a number of the plan.

    `abroad` is true for digits after a `+` or `00`.
    """
    value = shown(text)
    if set(digits) == {"0"}:
        return error(
            _("‘{value}’ is all zeros").format(value=value),
            _("remove the field if there is no number"),
        )
    if abroad:
        return _abroad_error(value, digits, home)
    if text.strip() == digits and _POSTAL_CODE.fullmatch(digits):
        return error(
            _("‘{value}’ looks like a postal code").format(value=value),
            _("write it in the field ‘code_postal’; {form}").format(form=_format_hint(home)),
        )
    if len(digits) == 14 and plan.find(digits[:10], home) is None:
        return error(
            _("‘{value}’ looks like a SIRET").format(value=value),
            _("write it in the field ‘pivot’; {form}").format(form=_format_hint(home)),
        )
    return _length_error(value, digits, home)


def _abroad_error(value: str, digits: str, home: str) -> Problem:
    code = plan.calling_code_of(digits)
    if not code:
        return _foreign(value, digits)
    rest = digits[len(code) :].removeprefix("0")
    local = next((r for r in plan.LOCAL_LENGTHS if plan.CALLING_CODES[r] == code), "")
    if plan.is_short(rest):
        return error(
            _("‘{value}’ is a short number, which has no country code").format(value=value),
            _("write ‘{number}’").format(number=plan.show(plan.Number("", rest), home)),
        )
    if code != "33" and (number := plan.find("0" + rest, "FR")):
        region = next(region for region, own in plan.CALLING_CODES.items() if own == code)
        return error(
            _("‘{value}’: no number in {territory} (+{code}) starts with these digits").format(
                value=value, territory=plan.territory_name(region), code=code
            ),
            _("if the number is ‘{number}’, write it in this form").format(number=plan.show(number, home)),
        )
    if local and (local != "PM" or len(rest) < 9):
        return _wrong_count(value, len(rest), plan.LOCAL_LENGTHS[local], local) or _unused(value)
    return _wrong_count(value, len(rest) + 1, 10, "FR") or _unused(value)


def _foreign(value: str, digits: str) -> Problem:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    starts = [] if digits[0] == "0" else [digits[:1], digits[:2], digits[:3]]
    code = next((start for start in starts if int(start) in COUNTRY_CODE_TO_REGION_CODE), "")
    hint = _("only French numbers are allowed: +33, or the country code of an overseas territory")
    if not code:
        return error(_("‘{value}’ does not start with a known country code").format(value=value), hint)
    country = _COUNTRIES.get(code)
    if country:
        message = _("‘{value}’ is a foreign number ({country}, +{code})").format(
            value=value, country=_(country), code=code
        )
    else:
        message = _("‘{value}’ is a foreign number (+{code})").format(value=value, code=code)
    return error(message, hint)


def _length_error(value: str, digits: str, home: str) -> Problem:
    wanted = 10 if digits[0] == "0" else plan.LOCAL_LENGTHS.get(home, 10)
    if len(digits) == 4 and wanted == 10 and digits[0] != "0":
        return error(
            _("‘{value}’ is not a short number of the numbering plan").format(value=value),
            _("short numbers of four digits start with 10 or 3, such as ‘39 49’; {form}").format(
                form=_format_hint(home)
            ),
        )
    if len(digits) == 10 and digits[0] != "0":
        return error(
            _("‘{value}’ does not start with 0").format(value=value),
            _format_hint(home),
        )
    if wanted == 10 and digits[0] != "0" and len(digits) < 10:
        # Nine digits lack only the leading zero, which epn restores: their range is wrong, not their count.
        found = len(digits) + (1 if len(digits) == 9 else 0)
        return _wrong_count(value, found, 10, home) or _unused(value)
    return _wrong_count(value, len(digits), wanted, home) or _unused(value)


def _wrong_count(value: str, found: int, wanted: int, home: str) -> Problem | None:
    """The error for missing or extra digits, or None if the number of digits is right."""
    if found == wanted:
        return None
    if found < wanted:
        count = wanted - found
        message = ngettext("one digit is missing: ‘{value}’", "{count} digits are missing: ‘{value}’", count)
        return error(message.format(value=value, count=count), _format_hint(home))
    count = found - wanted
    message = ngettext("one digit too many: ‘{value}’", "{count} digits too many: ‘{value}’", count)
    hint = _("{form}; put ‘ / ’ between two numbers").format(form=_format_hint(home))
    return error(message.format(value=value, count=count), hint)


def _format_hint(home: str) -> str:
    """The form of a number in the region `home`, as a hint."""
    if home in plan.LOCAL_LENGTHS:
        return _("a number in {territory} has {count} digits, such as ‘{example}’").format(
            territory=plan.territory_name(home),
            count=plan.LOCAL_LENGTHS[home],
            example=_EXAMPLES[home],
        )
    return _("a French number has 10 digits and starts with 0, such as ‘01 46 36 70 13’")


def _unused(value: str) -> Problem:
    return error(
        _("‘{value}’ is in a range that the numbering plan does not use").format(value=value),
        _("compare its first digits with the source"),
    )
