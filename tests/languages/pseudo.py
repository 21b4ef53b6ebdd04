"""A pseudo-language in Armenian letters, which reveals text that was not translated.

Every ASCII letter of a message becomes an Armenian letter of the same width; the values of its
placeholders are unchanged. Any Latin letters on a screen are then data, or a sentence that did not go
through gettext: of the code, of the system, of a library.
"""

from __future__ import annotations

import gettext
import re
import string

LETTERS = str.maketrans(
    string.ascii_letters,
    "".join(chr(0x561 + number) for number in range(26))
    + "".join(chr(0x531 + number) for number in range(26)),
)


class Pseudo(gettext.NullTranslations):
    """The catalog of that language; knows which messages were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        parts = re.split(r"(\{[^{}]*\})", message)
        return "".join(part if number % 2 else part.translate(LETTERS) for number, part in enumerate(parts))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add(msgid1)
        return self.gettext(msgid2 if n > 1 else msgid1)


def install() -> Pseudo:
    """Speak it from now on, and be French in all else: dates, numbers, what a library says."""
    from epncli import i18n

    pseudo = Pseudo()
    i18n.install({"EPN_LANG": "fr"})
    i18n._catalog = pseudo
    i18n.catalog = lambda _language: pseudo  # type: ignore[assignment]
    gettext.gettext, gettext.ngettext = pseudo.gettext, pseudo.ngettext
    return pseudo
