"""Validation of enumerated values against the lists of the national schema, ignoring case and accents."""

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
"""The lowest similarity, in percent, at which a value is suggested."""
_LONGEST: Final = 200
"""Longest text that is compared and cached, in characters. All values are much shorter."""


def validate(text: str, values: tuple[str, ...]) -> RuleResult:
    """Validate one of `values`. Its normal form is the spelling of the schema.

    Case, accents, apostrophes and spaces are ignored, so that both official spellings of `Étapes
    numériques(La Poste)` are accepted. Refused: any other text, with the most similar value in the hint.
    Source: schéma des lieux de médiation numérique v1.0.2.
    """
    known = _spelling(text, values) if len(text) <= _LONGEST else None
    if known is not None:
        return accepted(known)
    return refused(text, _unknown(text, values))


def is_value(text: str, values: tuple[str, ...]) -> bool:
    """True if `validate` accepts the text and it is not blank. Faster where the reason does not matter."""
    return len(text) <= _LONGEST and bool(_spelling(text, values))


@lru_cache(maxsize=4096)
def _spelling(text: str, values: tuple[str, ...]) -> str | None:
    """The value in the spelling of the schema; "" for a blank text, None for an unknown value."""
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
    """The values of a text that lists several of them and nothing else; otherwise empty."""
    if len(text) > _LONGEST * 5:
        return []
    parts = [part for part in re.split("[,;|\n]", text) if part.strip()]
    known = [value for part in parts if (value := _spelling(part, values))]
    return known if len(known) == len(parts) > 1 else []


def _nearest(text: str, values: tuple[str, ...]) -> str:
    """The most similar value, or "" if none is similar enough."""
    from rapidfuzz import fuzz, process

    if len(text) > _LONGEST:
        return ""
    folded = _by_folded(values)
    found = process.extractOne(_folded(text), folded.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return folded[found[0]] if found else ""
