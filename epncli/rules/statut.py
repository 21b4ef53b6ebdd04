"""Whether a place is open, in the words of other people's files: `INACTIF`, `fermée définitivement`."""

from __future__ import annotations

from typing import Final

from epncli.folding import fold

_WORDS: Final = {
    "ouvert": "ouvert, ouverte, ouverts, ouvertes, open, en activite, en service, "
    "actif, active, actifs, actives",
    "fermé": "ferme, fermee, fermes, fermees, closed, permanently closed, cesse, cessee, "
    "ferme definitivement, fermee definitivement, definitivement ferme, definitivement fermee, "
    "inactif, inactive, inactifs, inactives, non actif, non active, "
    "plus en activite, n est plus en activite, cessation activite, cessation d activite",
}
_VALUES: Final = {word: value for value, words in _WORDS.items() for word in words.split(", ")}
_LONGEST: Final = 40
"""Longest text that may be one of these, in characters."""


def of_words(text: str) -> str:
    """The value of `statut` that the text stands for: `ouvert`, `fermé`, or "" for any other text.

    Case and accents are ignored. A place that is closed for a time only is neither.
    """
    return _VALUES.get(fold(text), "") if len(text) <= _LONGEST else ""
