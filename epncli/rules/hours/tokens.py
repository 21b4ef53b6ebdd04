"""Splits a text of French opening hours into tokens, or says where it is not understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache
from typing import Final, NamedTuple

from epncli.i18n import N_
from epncli.rules.hours.table import MIDNIGHT
from epncli.rules.hours.vocabulary import (
    APOSTROPHES,
    ARTICLES,
    BLANKS,
    ORDINAL_PATTERN,
    PHRASES,
    SIGNS,
    TIME_PATTERNS,
    WORDS,
    Kind,
    phrase_key,
    phrase_pattern,
)

LONGEST: Final = 2_000
"""The most characters of a text that is read."""
_DIGITS: Final = re.compile(r"[0-9]+")
_LETTERS: Final = re.compile(r"[a-z]+")
_BROKEN_DAY: Final = re.compile(r"(?:lun|mar|jeu|same)[^a-z0-9]{1,3}di(?![a-z])")
"""`lun-di` is a Monday, and not Monday to Sunday."""


class Token(NamedTuple):
    """A word, a phrase, a time, a number or a sign."""

    kind: Kind
    value: int | str
    """The weekday, the month, the minutes after midnight, or what distinguishes phrases of one kind."""
    start: int
    """The offset in the text, in characters."""
    article: str = ""
    """The article before it, such as `les`."""
    abbreviated: bool = False


NOT_READABLE: Final = N_("these opening hours cannot be understood from ‘{rest}’ onwards")
DAYS_MISSING: Final = N_("‘{rest}’: the days are missing")
TIMES_MISSING: Final = N_("‘{rest}’: the times are missing")
SAME_DAY_TWICE: Final = N_("these opening hours mention the same day twice, from ‘{rest}’ onwards")


class NotUnderstood(ValueError):
    """A text that has no meaning for this grammar, or more than one."""

    def __init__(self, token: Token, reason: str = NOT_READABLE) -> None:
        super().__init__(reason)
        self.reason = reason
        """One of the messages above, not translated."""
        self.position = token.start
        """The offset at which the text is not understood, in characters."""


FIRST_TOKEN: Final = Token(Kind.UNKNOWN, "", 0)
"""For `NotUnderstood`, where no part of a text is understood."""


def tokens(text: str) -> list[Token]:
    """The tokens of a text, with `TEXT_END` as the last; a word that is in no table is `UNKNOWN`.

    Case and accents do not count. An article is not a token of its own. Raises NotUnderstood for a text
    of more than 2,000 characters, and for the name of a day in two parts.
    """
    if len(text) > LONGEST:
        raise NotUnderstood(FIRST_TOKEN)
    folded = "".join(map(_folded, text))
    if broken := _BROKEN_DAY.search(folded):
        raise NotUnderstood(Token(Kind.UNKNOWN, broken[0], broken.start()))
    found: list[Token] = []
    position, article = 0, ""
    while position < len(folded):
        if folded[position] in BLANKS + APOSTROPHES:
            position += 1
            continue
        token, end = _token(folded, position)
        if token is None:
            article = folded[position:end]
        else:
            found.append(token._replace(article=article))
            article = ""
        position = end
    return [*found, Token(Kind.TEXT_END, "", len(text))]


def skip(tokens: Sequence[Token], place: int, kinds: Collection[Kind]) -> int:
    """The index of the first token from `place` on that is of none of these kinds."""
    while tokens[place].kind in kinds:
        place += 1
    return place


def _token(folded: str, position: int) -> tuple[Token | None, int]:
    """The token at a position, None for an article, and the position after it."""
    if phrase := _phrase_pattern().match(folded, position):
        kind, value = PHRASES[phrase_key(phrase[0])]
        return Token(kind, value, position), phrase.end()
    if digits := _DIGITS.match(folded, position):
        return _number(folded, position, digits)
    if word := _LETTERS.match(folded, position):
        return _word(folded, position, word[0])
    return Token(SIGNS.get(folded[position], Kind.UNKNOWN), folded[position], position), position + 1


def _word(folded: str, position: int, word: str) -> tuple[Token | None, int]:
    end = position + len(word)
    if word in ARTICLES:
        return None, end
    if word not in WORDS:
        return Token(Kind.UNKNOWN, word, position), end
    kind, value, abbreviated = WORDS[word]
    if abbreviated and folded.startswith(".", end):
        end += 1
    return Token(kind, value, position, abbreviated=abbreviated), end


def _number(folded: str, position: int, digits: re.Match[str]) -> tuple[Token, int]:
    """A time in minutes after midnight, an ordinal, or a number of one or two digits."""
    if ordinal := ORDINAL_PATTERN.match(folded, position):
        return Token(Kind.ORDINAL, int(ordinal["n"][0]), position), ordinal.end()
    for pattern in TIME_PATTERNS:
        if time := pattern.match(folded, position):
            hours, minutes = int(time["h"]), int(time.groupdict().get("m") or 0)
            total = hours * 60 + minutes
            is_time = total <= MIDNIGHT and not may_be_two_hours(total)
            return Token(Kind.TIME if is_time else Kind.UNKNOWN, total, position), time.end()
    if len(digits[0]) > 2:
        return Token(Kind.UNKNOWN, "", position), digits.end()
    return Token(Kind.NUMBER, int(digits[0]), position), digits.end()


def may_be_two_hours(time: int) -> bool:
    """True for a time, in minutes after midnight, such as 9h12: it may mean from 9 to 12."""
    hours, minutes = divmod(time, 60)
    return hours < minutes <= 24 and minutes % 5 != 0


def _folded(character: str) -> str:
    """The small letter without its accent: one character, so that offsets stay the same."""
    if character in APOSTROPHES:
        return "'"
    if character in BLANKS:
        return " "
    base = unicodedata.normalize("NFD", character.lower())[:1]
    return base if base.isascii() and base.isalpha() else character


@cache
def _phrase_pattern() -> re.Pattern[str]:
    return phrase_pattern()
