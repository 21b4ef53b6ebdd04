"""Validation of the official number of a place: its SIRET, or its RNA if it is an association."""

from __future__ import annotations

import re
from typing import Final

from epncli.i18n import _
from epncli.problems import Problem, error, warning
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted

UNKNOWN: Final = "00000000000000"
"""The value that the national schema (v1.0.2) prescribes for an unknown number."""

_RNA: Final = re.compile(r"W[0-9][0-9A-Z][0-9]{7}")
_LONGEST: Final = 60
_ROUNDED: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+?[0-9]{1,2}")
_EXAMPLE: Final = "73282932000074"


def validate(text: str) -> RuleResult:
    """Validate a SIRET (14 digits), an RNA (W and 9 digits) or 14 zeros for an unknown number.

    The normal form has no spaces, dots or hyphens. A SIREN (9 digits), which the schema's pattern allows,
    is a warning: it identifies the organisation, not the place. So is a SIRET without its first one or two
    zeros, which are restored. Refused: anything else, and a SIRET with a wrong check digit. Sources: Insee
    for the SIRET (Luhn's algorithm, except for those of La Poste), arrêté du 14 octobre 2009 for the RNA;
    python-stdnum computes the check digits.
    """
    if not text.strip():
        return accepted("")
    if _ROUNDED.fullmatch(text.strip()):
        return refused(
            text,
            error(
                _("‘{value}’ was rounded by a spreadsheet: its last digits are lost").format(
                    value=text.strip()
                ),
                _("copy the number from its source again, into a column formatted as text"),
            ),
        )
    number = _compact(text) if len(text) <= _LONGEST else text
    if number.isascii() and number.isdigit():
        return _digits(text, number)
    if _RNA.fullmatch(number):
        return accepted(number)
    return refused(text, _neither(text))


def _compact(text: str) -> str:
    """The text in uppercase, without spaces, dots and hyphens, and without the `.0` of a spreadsheet."""
    bare = re.sub(r"\.0$", "", text.strip())
    return re.sub(r"[\s.-]", "", bare).upper()


def _digits(text: str, number: str) -> RuleResult:
    from stdnum.fr import siren, siret

    if not number.strip("0") and len(number) <= len(UNKNOWN):
        return accepted(UNKNOWN)
    if len(number) == 14:
        if siret.is_valid(number):
            return accepted(number)
        return refused(text, _wrong_digit(number))
    if len(number) == 9 and siren.is_valid(number):
        return accepted(
            number,
            problems=(
                warning(
                    _("‘{value}’ is a SIREN: it identifies the organisation, not the place").format(
                        value=number
                    ),
                    _("add the five digits that identify the place: a SIRET has 14 digits"),
                ),
            ),
        )
    whole = number.rjust(14, "0")
    # A SIREN seldom begins with three zeros: with three digits missing, a coincidence is more likely.
    if 12 <= len(number) < 14 and siret.is_valid(whole):
        lost = warning(
            _("‘{value}’ has lost its leading zeros").format(value=quoted(text)),
            _("it is read as ‘{meant}’").format(meant=whole),
            fix=whole,
        )
        return accepted(whole, problems=(lost,))
    return refused(text, _neither(text))


def _wrong_digit(number: str) -> Problem:
    return error(
        _(
            "‘{value}’ is not a valid SIRET: its check digit does not match, so one of its digits is wrong"
        ).format(value=number),
        _("compare it with its source, or write {unknown} if it is unknown").format(unknown=UNKNOWN),
    )


def _neither(text: str) -> Problem:
    digits = sum(char.isdigit() for char in text)
    if digits > 9 and digits != 14 and re.fullmatch(r"[0-9\s.]+", text):
        message = _("‘{value}’ has {count} digits, but a SIRET has 14").format(
            value=quoted(text), count=digits
        )
    else:
        message = _("‘{value}’ is neither a SIRET (14 digits) nor an RNA (W and 9 digits)").format(
            value=quoted(text)
        )
    return error(
        message,
        _("write it in the form {example}, or {unknown} if it is unknown").format(
            example=_EXAMPLE, unknown=UNKNOWN
        ),
    )
