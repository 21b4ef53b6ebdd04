"""A language that nobody speaks: the messages in other letters, so that what is no message shows.

Every ASCII letter of a message becomes an Armenian one, of the same width; what is put in at its
placeholders stays. Letters of the alphabet on a screen are data then, or a sentence that gettext
never saw: of the code, of the system, of a library.
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
