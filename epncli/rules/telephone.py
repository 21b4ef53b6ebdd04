"""Validation of phone numbers, as people and spreadsheets write them, against the French numbering plan.

The normal form is the one that people write, `01 46 36 70 13`. The numbering plan is in telephone_plan,
the split of a text into numbers in telephone_text, the reasons for a refusal in telephone_reasons.
"""

from __future__ import annotations

import re
from typing import Final

from epncli.i18n import _
from epncli.problems import Level, Problem, warning
from epncli.rules import telephone_plan as plan
from epncli.rules import telephone_reasons as reasons
from epncli.rules import telephone_text as written
from epncli.rules.communes import is_code
from epncli.rules.result import RuleResult, refused
from epncli.rules.telephone_plan import Number, region

_LONGEST: Final = 300
"""Longest text that is parsed, in characters: a dozen numbers. Bounds the time that hostile input takes."""

_AS_SHOWN = re.compile(r"0[0-9](?: [0-9]{2}){4}")
"""A number already in its normal form, as most are: it needs no parsing."""
_NOT_DIGITS = re.compile(r"[^0-9+]")


def validate(text: str, code_postal: str = "") -> RuleResult:
    """Validate the phone numbers of one cell or argument; the result has one value per number.

    `code_postal` tells where the number is dialled: six digits are a valid number in Nouvelle-Calédonie.
    A second number may be shortened to its last digits. Refused: a text that is not a number (with the
    reason), foreign numbers, fax numbers, numbers of two or three digits. Warnings: what was corrected or
    left out, premium rates, ranges of automated calls, a territory other than that of the postal code.

    Source: ARCEP, décision n° 2018-0881 as amended by n° 2022-1583; libphonenumber.
    """
    home = region(code_postal)
    if _AS_SHOWN.fullmatch(text) and (number := plan.find(text.replace(" ", ""), home)):
        return RuleResult((plan.show(number, home),), tuple(_warnings(number, home, code_postal)))
    numbers, problems = _read_all(text, code_postal)
    if any(problem.level is Level.ERROR for problem in problems):
        return refused(text, *problems)
    shown = [plan.show(number, home) for number in numbers]
    return RuleResult(tuple(dict.fromkeys(shown)), tuple(problems))


def e164(number: str, code_postal: str = "") -> str:
    """The number in ITU-T E.164, for the national schema and `tel:` links (RFC 3966): `+33146367013`.

    "" for a short number, which has no such form, and for a text that is not exactly one valid number.
    """
    if _AS_SHOWN.fullmatch(number) and (found := plan.find(number.replace(" ", ""), region(code_postal))):
        return found.e164
    found = _one(number, code_postal)
    return found.e164 if found else ""


def describe(number: str, code_postal: str = "") -> str:
    """The kind of a number in words: `landline`, `mobile, Guadeloupe`; "" for an invalid number."""
    found = _one(number, code_postal)
    if found is None:
        return ""
    if found.is_everywhere or found.region == "FR":
        return plan.kind(found)
    return _("{kind}, {territory}").format(kind=plan.kind(found), territory=plan.territory_name(found.region))


def key_in(number: str, code_postal: str) -> tuple[str, str]:
    """The `key` of a number of one structure, to compare it with those of others, and its region or "".

    The same six digits are a different number in each territory that has such numbers.
    """
    digits = key(number)
    return digits, "" if len(digits) == 10 else region(code_postal)


def key(number: str) -> str:
    """The digits to compare numbers by: equal for different spellings of one number.

    `0146367013` for `+33 (0)1 46 36 70 13`, `411234` for `0508 41 12 34`. Fast enough for search: the
    number is not validated.
    """
    if len(number) == 14 and _AS_SHOWN.fullmatch(number) and not number.startswith("05 08"):
        return number.replace(" ", "")
    digits = _NOT_DIGITS.sub("", number.replace("(0)", ""))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+"):
        code = plan.calling_code_of(digits[1:])
        rest = digits[1 + len(code) :].removeprefix("0")
        digits = "0" + rest if code and len(rest) == 9 else rest
    elif len(digits) == 9 and digits[0] != "0":
        digits = "0" + digits
    return digits[4:] if len(digits) == 10 and digits.startswith("0508") else digits


def _one(text: str, code_postal: str) -> Number | None:
    """The number in the text, or None unless there is exactly one and no error."""
    numbers, problems = _read_all(text, code_postal)
    if len(numbers) != 1 or any(problem.level is Level.ERROR for problem in problems):
        return None
    return numbers[0]


def _read_all(text: str, code_postal: str) -> tuple[list[Number], list[Problem]]:
    """All numbers in the text, and the problems found."""
    if len(text) > _LONGEST:
        return [], [reasons.too_long(text)]
    pieces = written.split_numbers(text)
    if not pieces:
        return [], [reasons.other_kind_error(text) or reasons.no_number(text)]
    home = region(code_postal)
    numbers: list[Number] = []
    problems: list[Problem] = []
    for piece in pieces:
        number, found = _read(piece, home, numbers[-1] if numbers else None)
        problems += found
        if number is not None and len(number.digits) <= 3:
            problems.append(reasons.of_a_service(piece))
        elif number is not None:
            numbers.append(number)
            problems += _warnings(number, home, code_postal)
    if not numbers and (other := reasons.other_kind_error(text)):
        return [], [other]
    return numbers, problems


def _read(piece: str, home: str, previous: Number | None) -> tuple[Number | None, list[Problem]]:
    """The number in one part of the text, with warnings; or None, with the error."""
    problems: list[Problem] = []
    rest, extension = piece, ""
    if "(" in piece or not written.is_plain(piece):
        rest = written.without_labels(piece)
        rest, extension = written.without_extension(rest, follows_number=previous is not None)
    if not written.is_plain(rest) and (words := reasons.words_error(rest, home)):
        return None, [words]
    if extension:
        problems.append(_left_out(extension))
    digits, abroad = written.digits_of(rest)
    if not digits:
        return None, [reasons.no_number(piece)]
    if abroad:
        if number := plan.find_abroad(digits, home):
            return number, problems + _wrong_country_code(number, digits, home)
        return None, [reasons.digits_error(piece, digits, home, abroad=True)]
    number = plan.find(digits, home)
    if previous and len(digits) <= len(previous.digits) - 2 and not (number and number.region):
        number, found = _completed(piece.strip(), digits, number, previous, home)
        return number, problems + found
    if number is None:
        number, repaired = _restored(piece.strip(), digits, home)
        problems += repaired
    if number is None:
        return None, [reasons.digits_error(piece, digits, home, abroad=False)]
    return number, problems


def _left_out(extension: str) -> Problem:
    """The warning about an omitted extension: E.164 has no extensions."""
    return warning(
        _("the extension ‘{extension}’ was ignored").format(extension=extension),
        _("a phone field contains only the number: write the extension in the field ‘notes’"),
    )


def _completed(
    piece: str, tail: str, short: Number | None, previous: Number, home: str
) -> tuple[Number | None, list[Problem]]:
    """The second number, completed from its last digits: `01 40 18 04 41 / 04 16`."""
    whole = None
    if len(tail) >= 2 and previous.region:
        whole = plan.find(previous.digits[: -len(tail)] + tail, home)
    if whole is None:
        return short, [] if short else [reasons.digits_error(piece, tail, home, abroad=False)]
    shown = plan.show(whole, home)
    if short:
        return None, [reasons.ambiguous_end(piece, shown, plan.show(short, home))]
    message = _("‘{tail}’ was completed from the number before it: {number}")
    return whole, [
        warning(
            message.format(tail=piece, number=shown),
            _("check that this is correct, and write the number in full"),
        )
    ]


def _restored(piece: str, digits: str, home: str) -> tuple[Number | None, list[Problem]]:
    """The number with the leading zero or `+` that a spreadsheet dropped; None if neither completes it."""
    zero = plan.find("0" + digits, home) if len(digits) == 9 and digits[0] != "0" else None
    plus = plan.find_abroad(digits, home)
    hint = _("spreadsheets drop it; compare the number with its source")
    # 687 24 12 34 is a mobile number without its zero, except in Nouvelle-Calédonie, whose code is +687.
    if zero and not (plus and plus.region == home and home in plan.LOCAL_LENGTHS):
        message = _("a zero was added before ‘{value}’: {number}")
        shown = plan.show(zero, home)
        return zero, [warning(message.format(value=piece, number=shown), hint, fix=shown)]
    if plus is None:
        return None, []
    message = _("a ‘+’ was added before ‘{value}’: {number}")
    shown = plan.show(plus, home)
    repaired = warning(message.format(value=piece, number=shown), hint, fix=shown)
    return plus, [repaired, *_wrong_country_code(plus, digits, home)]


def _wrong_country_code(number: Number, digits: str, home: str) -> list[Problem]:
    """The warning about `+33` before an overseas number, a common error for the territory's own code."""
    code = plan.calling_code_of(digits)
    if number.is_everywhere or code == plan.CALLING_CODES[number.region]:
        return []
    message = _("the country code of {territory} is +{right}, not +{written}")
    return [
        warning(
            message.format(
                written=code,
                territory=plan.territory_name(number.region),
                right=plan.CALLING_CODES[number.region],
            ),
            _("write ‘{number}’").format(number=plan.show(number, home)),
            fix=plan.show(number, home),
        )
    ]


def _warnings(number: Number, home: str, code_postal: str) -> list[Problem]:
    """Warnings about a valid number: premium rate, automated calls, another territory."""
    problems = []
    if number.is_premium:
        problems.append(
            warning(
                _("‘{number}’ is a premium rate number").format(number=plan.show(number, home)),
                _("callers pay a surcharge: give a landline number if the place has one"),
            )
        )
    if number.is_automated_call:
        problems.append(
            warning(
                _("‘{number}’ is in a range reserved for automated calls").format(
                    number=plan.show(number, home)
                ),
                _("nobody answers such numbers; compare this one with its source"),
            )
        )
    if _is_elsewhere(number, home, code_postal):
        message = _("‘{number}’ is a number in {territory}, but the postal code {code} is in {home}")
        problems.append(
            warning(
                message.format(
                    number=plan.show(number, home),
                    territory=plan.territory_name(number.region),
                    home=plan.territory_name(home),
                    code=code_postal,
                ),
                _("compare the number and the postal code with their source"),
            )
        )
    return problems


def _is_elsewhere(number: Number, home: str, code_postal: str) -> bool:
    """True for a number of a territory other than that of the postal code, if that is well-formed."""
    if number.region == home or number.is_everywhere:
        return False
    if not is_code(code_postal):
        return False
    # Guadeloupe, Saint-Barthélemy and Saint-Martin share one numbering plan.
    shared = plan.CALLING_CODES[number.region] == plan.CALLING_CODES[home] == "590"
    return not shared
