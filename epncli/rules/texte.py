"""Validation and cleaning of plain text: Unicode normal form, spaces, invisible and control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from epncli.folding import normalized
from epncli.i18n import _, ngettext
from epncli.problems import Problem, error, warning
from epncli.rules import encoding
from epncli.rules.result import RuleResult

_INVISIBLE: Final = "\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
"""Soft hyphen, zero-width spaces, direction overrides (Unicode TR 36, TR 9), which remain in text copied
from a web page or a PDF. The joiners and marks that some scripts need are not in the list.
"""
_CONTROL: Final = "\x00-\x1f\x7f-\x9f"
_BREAKS: Final = "\n\r\x0b\x0c\x85\u2028\u2029"

_ODD: Final = re.compile(f"[{_CONTROL}{_INVISIBLE}\u2028\u2029\ud800-\udfff\ufffd-\uffff{encoding.SIGNS}]")
_LOST: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
# Matches only from the first space of a run: trying each of them takes time quadratic in its length.
_ONE_BLANK: Final = re.compile(f"(?<! )[ ]*+[\t{_BREAKS}][\t {_BREAKS}]*")
_LINE_END: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLES: Final = re.compile(f"[{_INVISIBLE}]")
_DIRECTIONS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")

_SHOWN: Final = 60


def validate(text: str, *, max_length: int = 0, multiline: bool = False) -> RuleResult:
    """Validate a text. Its normal form is in NFC (Unicode TR 15), stripped, and every line break a newline.

    Unless `multiline`, line breaks and tabs become one space. `max_length` counts characters (the schema's
    maxLength); 0 is no limit. Refused: control characters, text that UTF-8 cannot encode, longer texts.
    Warnings: lost accents, text in the wrong encoding (corrected), invisible characters (removed).
    """
    problems: tuple[Problem, ...] = ()
    clean = normalized("NFC", text.strip())
    if _ODD.search(clean):
        clean, problems = _cleaned(text, multiline=multiline)
    if max_length and len(clean) > max_length:
        problems += (_too_long(len(clean), max_length),)
    found = RuleResult((clean,), problems)
    return RuleResult((text,), problems) if found.refused else found


def quoted(text: str) -> str:
    """A value as it is quoted in a message: shortened, with invisible characters as escape sequences.

    The quotation marks themselves are part of the message.
    """
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    if shown.isprintable():
        return shown
    return "".join(
        char if char.isprintable() or char in "\u00a0\u202f" else f"\\u{ord(char):04x}" for char in shown
    )


def unwritable(text: str) -> Problem | None:
    """The error for control characters and for text that UTF-8 cannot encode; None if there are none."""
    if found := _LOST.search(text):
        return error(
            _("‘{value}’ contains U+{code}, which cannot be written in UTF-8").format(
                value=quoted(text), code=f"{ord(found[0]):04X}"
            ),
            _("type the text again"),
        )
    if found := _CONTROLS.search(text):
        return error(
            _("‘{value}’ contains the control character U+{code}").format(
                value=quoted(text), code=f"{ord(found[0]):04X}"
            ),
            _("delete it, or type the text again"),
        )
    return None


def _cleaned(text: str, *, multiline: bool) -> tuple[str, tuple[Problem, ...]]:
    """The text without invisible characters and encoding errors, and the problems found."""
    clean, before = text, None
    misread = hidden = False
    # One step may reveal characters that another step removes: repeat until nothing changes.
    while clean != before:
        before = clean
        clean = _LINE_END.sub("\n", clean) if multiline else _ONE_BLANK.sub(" ", clean.strip())
        clean = normalized("NFC", clean.strip())
        meant = encoding.decoded_again(clean)
        misread |= meant != clean
        clean = _INVISIBLES.sub("", meant)
        hidden |= meant != clean
    if problem := unwritable(clean):
        return text, (problem,)
    return clean, tuple(_warnings(text, clean, misread=misread, hidden=hidden))


def _warnings(text: str, clean: str, *, misread: bool, hidden: bool) -> Iterator[Problem]:
    if misread:
        yield warning(
            _("‘{value}’ was read in the wrong encoding at some point").format(value=quoted(text)),
            _("it is read as ‘{meant}’").format(meant=quoted(clean)),
        )
    if hidden:
        yield warning(
            _("‘{value}’ contains invisible characters").format(value=quoted(text)),
            _("they come from copying and pasting, and are removed"),
            # Without its direction overrides, a text may read differently: no automatic fix.
            fix=None if _DIRECTIONS.search(text) else clean,
        )
    if "\ufffd" in clean:
        yield warning(
            _("‘{value}’ has lost an accent: � has replaced it").format(value=quoted(clean)),
            _("type the word again, or export the source again as UTF-8"),
        )


def _too_long(length: int, most: int) -> Problem:
    over = length - most
    return error(
        _("{count} characters; at most {most} are allowed").format(count=length, most=most),
        ngettext("shorten it by {over} character", "shorten it by {over} characters", over).format(over=over),
    )
