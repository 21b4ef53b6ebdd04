"""Text for the terminal and for published tables: column headings, values on one line.

Functions that translate take the language: published tables are in French whatever the locale.
"""

from __future__ import annotations

import re
from typing import Final

from epncli.i18n import N_, catalog
from epncli.model.structure import FIELDS

_SHORT_HEADINGS: Final = {
    "commune": N_("Commune"),
    "code_postal": N_("Postcode"),
    "nom": N_("Place"),
    "telephones": N_("Phone"),
    "date_maj": N_("Confirmed"),
}
BETWEEN: Final = ", "
"""The separator of the values of a list."""

_LINE_BREAK = re.compile("(?:\r\n|[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029])+")
_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
ODD: Final = f"\x00-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ud800-\udfff"
"""The characters that `one_line` replaces, as the content of a character class."""
_ODD = re.compile(f"[{ODD}]")
_BIDI_CONTROL = re.compile(f"[{_BIDI}]")


def one_line(text: str) -> str:
    """The text on one line, safe to display.

    Line breaks become spaces, bidirectional controls are removed, other controls become visible symbols.
    """
    if _ODD.search(text):
        text = _BIDI_CONTROL.sub("", _LINE_BREAK.sub(" ", text))
        text = _ODD.sub(_picture, text)
    return text.strip()


def _picture(control: re.Match[str]) -> str:
    """The Unicode symbol for a control character, or U+FFFD if it has none."""
    code = ord(control[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"


def heading(name: str, lang: str) -> str:
    """The column heading of a field, in `lang` (`fr` or `en`)."""
    return catalog(lang).gettext(_SHORT_HEADINGS.get(name, FIELDS[name].label_id))
