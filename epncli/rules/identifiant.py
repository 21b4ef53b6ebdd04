"""The id of a structure: any text that a national file may bring, and the ones that epn makes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from typing import Final

from epncli.folding import normalized
from epncli.i18n import _
from epncli.problems import error
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted, unwritable

MAX_LENGTH: Final = 60
"""Of an id that epn makes; one that comes with a file may be longer."""

_SPELLED_OUT: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "@": "a"})
_LINE_BREAKS: Final = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]")
_NAMELESS: Final = "structure"


def validate(text: str) -> RuleResult:
    """An id without its edge blanks, and otherwise as it came: an id never changes by itself.

    Refused: a blank one, control characters and line breaks.
    """
    clean = text.strip()
    if not clean:
        return refused(
            text, error(_("the id is blank"), _("write an id such as ‘centre-d-animation-daviel’"))
        )
    if _LINE_BREAKS.search(clean):
        return refused(
            text,
            error(
                _("the id ‘{value}’ contains a tab or a line break").format(value=quoted(clean)),
                _("write it on one line, with a hyphen or a space instead"),
            ),
        )
    if problem := unwritable(clean):
        return refused(text, problem)
    return accepted(clean)


def make(nom: str, taken: Container[str], numbers: dict[str, int] | None = None) -> str:
    """An id for a structure of this name that is not yet taken: `centre-d-animation-daviel`.

    In ASCII: œ, æ and ß spelled out, `@` as `a`, accents dropped, any other run a hyphen; at most
    60 characters, cut at a hyphen; `-2`, `-3`... where it is taken. A name without any letter or
    digit of ASCII gives `structure`. Whoever makes many hands in `numbers`, empty at first: the last
    number of each id, so that a thousand structures of one name do not count from 2 a thousand times.
    """
    slug = _slug(nom) or _NAMELESS
    made = first = _cut(slug, MAX_LENGTH)
    numbers = {} if numbers is None else numbers
    number = numbers.get(first, 1)
    while made in taken:
        number += 1
        suffix = f"-{number}"
        made = _cut(slug, MAX_LENGTH - len(suffix)) + suffix
    numbers[first] = number
    return made


def _slug(nom: str) -> str:
    decomposed = normalized("NFKD", nom)
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub("[^a-z0-9]+", "-", letters.lower().translate(_SPELLED_OUT)).strip("-")


def _cut(slug: str, length: int) -> str:
    """At most `length` characters, whole words if there is a hyphen to cut at."""
    if len(slug) <= length:
        return slug
    return slug[: length + 1].rpartition("-")[0] or slug[:length]
