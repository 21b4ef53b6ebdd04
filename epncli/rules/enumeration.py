"""Values of the closed lists of the national schema, however they are capitalised or accented."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from epncli.folding import fold
from epncli.i18n import _, listed
from epncli.problems import Problem, error
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted

_NEAR: Final = 60.0
"""From this similarity on, in percent, a value is worth suggesting."""
_LONGEST: Final = 200
"""No value is nearly as long: what is longer is not compared, nor kept in a cache."""


def validate(text: str, values: tuple[str, ...]) -> RuleResult:
    """One of `values`, in the schema's own spelling.

    Case, accents, apostrophes and blanks do not count, so that both official spellings of `Étapes
    numériques(La Poste)` are read and the schema's is written. Refused: any other text, with the
    nearest value as the hint. Source: schéma des lieux de médiation numérique v1.0.2.
    """
    known = _spelling(text, values) if len(text) <= _LONGEST else None
    if known is not None:
        return accepted(known)
    return refused(text, _unknown(text, values))


@lru_cache(maxsize=4096)
def _spelling(text: str, values: tuple[str, ...]) -> str | None:
    """The value that the text means, "" for a blank; None for an unknown one."""
    if text in values:
        return text
    if not text.strip():
        return ""
    return _by_folded(values).get(_folded(text))


@lru_cache(maxsize=64)
def _by_folded(values: tuple[str, ...]) -> dict[str, str]:
    return {_folded(value): value for value in values}


def _folded(text: str) -> str:
    return fold(text).replace(" ", "")


def _unknown(text: str, values: tuple[str, ...]) -> Problem:
    message = _("‘{value}’ is not one of the values of this field").format(value=quoted(text))
    if several := _several(text, values):
        hint = _("these are several values; write each of them separately: {values}")
        return error(message, hint.format(values=listed(several)))
    if near := _nearest(text, values):
        return error(message, _("did you mean ‘{value}’?").format(value=near))
    return error(message, _("write one of these values: {values}").format(values=listed(values)))


def _several(text: str, values: tuple[str, ...]) -> list[str]:
    """The values that a text names, where it is a list written as one value; else nothing."""
    if len(text) > _LONGEST * 5:
        return []
    parts = [part for part in re.split("[,;|\n]", text) if part.strip()]
    known = [value for part in parts if (value := _spelling(part, values))]
    return known if len(known) == len(parts) > 1 else []


def _nearest(text: str, values: tuple[str, ...]) -> str:
    """The value that looks most like the text, or "" where none does."""
    from rapidfuzz import fuzz, process

    if len(text) > _LONGEST:
        return ""
    folded = _by_folded(values)
    found = process.extractOne(_folded(text), folded.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return folded[found[0]] if found else ""
