"""Validation of the Insee codes of communes (code officiel géographique).

Sources: Insee, COG 2026, through the database in `epncli/data`, which has every commune with a postal
code; the national schema v1.0.2 for the pattern. A national file may have the code of a commune that has
since merged into another: an unknown code is a warning, not an error.
"""

from __future__ import annotations

import re
from typing import Final

from epncli.i18n import _
from epncli.problems import Problem, error, warning
from epncli.rules.code_postal import arrondissement, lost_zero
from epncli.rules.communes import (
    Lieu,
    arrondissement_named,
    communes,
    communes_known_as,
    lieux,
    same_commune,
)
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted

_SHAPE: Final = re.compile(r"(?:[013-9][0-9]|2[AB1-9])[0-9]{3}")
_FOUR_DIGITS: Final = re.compile(r"[0-9]{4}")


def validate(text: str, code_postal: str = "", commune: str = "") -> RuleResult:
    """Validate an Insee code. Its normal form has five characters: `75112`, `2A004`.

    Corrected with a warning: a code without its leading zero; the postal code of the record in place of
    the Insee code, if the postal code and the commune determine the latter. Refused: a text that does not
    match the pattern. Warnings: a code that is not in the database, the code of another commune, a code
    that does not belong to `code_postal`. None if both codes agree and only the commune differs: the rule of
    the postal code reports that.
    """
    code = "".join(text.split()).strip("'").removesuffix(".0").upper()
    here = communes_known_as(code_postal, commune)
    if any(found.code_insee == code for found in here):
        return accepted(code)
    answer = insee_of(code_postal, commune)
    if code == code_postal and answer:
        message = _("‘{value}’ is the postal code, not the INSEE code: read as {code}")
        problem = warning(message.format(value=quoted(text), code=answer), _type_instead(answer), fix=answer)
        return accepted(answer, problems=(problem,))
    if _FOUR_DIGITS.fullmatch(code) and lieux(f"0{code}"):
        restored = f"0{code}"
        return accepted(
            restored, problems=(lost_zero(text, restored), *_place_warnings(restored, code_postal, commune))
        )
    if not _SHAPE.fullmatch(code):
        return refused(text, _wrong_shape(text, code, answer))
    return accepted(code, problems=_place_warnings(code, code_postal, commune))


def insee_of(code_postal: str, commune: str) -> str:
    """The Insee code that a postal code and a commune determine, or "" if there is not exactly one.

    In Paris, Lyon and Marseille, it is the code of the arrondissement: `75112` for 75012 and Paris.
    """
    found = communes_known_as(code_postal, commune)
    number = arrondissement(code_postal)
    if number is None:
        return found[0].code_insee if len(found) == 1 else ""
    if not found or arrondissement_named(commune) not in (None, number):
        return ""
    return found[-1].code_insee


def _place_warnings(code: str, code_postal: str, commune: str) -> tuple[Problem, ...]:
    """Warnings about a well-formed code: unknown, or the code of another place."""
    found = lieux(code)
    answer = insee_of(code_postal, commune)
    if not found:
        return (_unknown(code, answer),)
    fits_code = code_postal in [lieu.code_postal for lieu in found]
    if commune.strip() and not same_commune(found[0].commune.nom, commune):
        if fits_code:
            return ()  # both codes agree: the commune is wrong, and the rule of the postal code says so
        message = _("‘{value}’ is the INSEE code of {found}, not of ‘{commune}’").format(
            value=code, found=found[0].commune.nom, commune=quoted(commune)
        )
        return (warning(message, _type_instead(answer)),)
    if communes(code_postal) and not fits_code:
        return (_another_code(code, found, code_postal, answer),)
    return ()


def _wrong_shape(text: str, code: str, answer: str) -> Problem:
    if not code:
        return error(_("the INSEE code is blank"), _type_instead(answer))
    message = _("‘{value}’ is not an INSEE code, which is five digits, or 2A or 2B followed by three digits")
    return error(message.format(value=quoted(text)), _type_instead(answer))


def _unknown(code: str, answer: str) -> Problem:
    message = _("‘{value}’ is not the INSEE code of any current commune").format(value=code)
    if not answer and (known := communes(code)):
        hint = _("it is the postal code of {commune}: write the INSEE code of the commune")
        return warning(message, hint.format(commune=known[0].nom))
    return warning(message, _type_instead(answer))


def _another_code(code: str, found: tuple[Lieu, ...], code_postal: str, answer: str) -> Problem:
    message = _("‘{value}’ is the INSEE code of {found} (postal code {codes}, not {code_postal})")
    codes = ", ".join([lieu.code_postal for lieu in found])
    return warning(
        message.format(value=code, found=found[0].commune.nom, codes=codes, code_postal=code_postal),
        _type_instead(answer),
    )


def _type_instead(answer: str) -> str:
    """A hint: the code to type, or where to find it."""
    if answer:
        return _("write ‘{code}’").format(code=answer)
    return _("look it up on insee.fr, or remove the field")
