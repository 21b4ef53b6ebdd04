"""Validation of the id of a structure, and generation of an id from a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache
from typing import Final

from epncli.folding import normalized
from epncli.i18n import _
from epncli.problems import error
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted, unwritable

MAX_LENGTH: Final = 60
"""Longest id that epn generates, in characters. Ids from other files may be longer."""

_SPELLED_OUT: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "@": "a"})
_LINE_BREAKS: Final = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]")
_NAMELESS: Final = "structure"


def validate(text: str) -> RuleResult:
    """Validate an id. Its normal form is the text without leading and trailing spaces.

    Nothing else is changed, since other files refer to the id. Refused: a blank id, control characters,
    tabs and line breaks.
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
    """A new id for a structure of this name, not in `taken`: `centre-d-animation-daviel`.

    The id is ASCII: œ, æ and ß are expanded, `@` becomes `a`, accents are dropped, and any other run of
    characters becomes a hyphen. It has at most 60 characters and is cut at a hyphen. `-2`, `-3`... is
    appended if the id is taken. A name without ASCII letters and digits gives `structure`. A caller that
    makes many ids passes the same dict as `numbers`, at first empty: it remembers the last number of each
    id, so that a thousand structures of one name do not each count from 2.
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


@lru_cache(
    maxsize=32_768
)  # an import makes the ids twice: for the warnings about doubles, and under the lock
def _slug(nom: str) -> str:
    decomposed = normalized("NFKD", nom)
    letters = "".join(char for char in decomposed if char.isascii() or not unicodedata.combining(char))
    return re.sub("[^a-z0-9]+", "-", letters.lower().translate(_SPELLED_OUT)).strip("-")


def _cut(slug: str, length: int) -> str:
    """The first `length` characters at most, cut at a hyphen if there is one."""
    if len(slug) <= length:
        return slug
    return slug[: length + 1].rpartition("-")[0] or slug[:length]
