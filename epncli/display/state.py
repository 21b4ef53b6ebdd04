"""The state of a structure on a day, in words: closed for good, closed for a time, or "" for open.

Functions that translate take the language: published tables are in French whatever the locale.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from epncli.display.words import BETWEEN, one_line
from epncli.i18n import N_, catalog
from epncli.model.structure import Structure
from epncli.rules.dates import in_words

if TYPE_CHECKING:
    from epncli.rules.fermetures import Interval

_MONTH_OR_YEAR: Final = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")
SEE: Final = N_("{closed}, see {name}")
"""The model for a closed structure and its successor."""


@dataclass(frozen=True)
class States:
    """The states of the structures of a registry on one day."""

    structures: Iterable[Structure] = ()
    """All structures of the registry: those among them that replace others are named."""
    today: str = ""
    """ISO 8601. With "", no structure is closed for a time."""

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of the structures that replace others, by id."""
        wanted = {one.remplace_par for one in self.structures if one.remplace_par}
        return {one.id: one_line(one.nom) for one in self.structures if one.id in wanted} if wanted else {}

    def successor(self, structure: Structure) -> str:
        """The name of the structure that replaces a closed one; "" if there is none in the registry."""
        known = structure.remplace_par and structure.is_closed
        return self._names.get(structure.remplace_par, "") if known else ""

    def state(self, structure: Structure, lang: str) -> str:
        """The state in words: `fermée en juin 2024, voir Salle des Rancy`, `fermée jusqu’au 24 août 2026`.

        "" for an open structure. `lang` is `fr` or `en`.
        """
        if not structure.is_closed:
            return self.closed_for_a_time(structure, lang)
        words = closing(structure, lang)
        name = self.successor(structure)
        return catalog(lang).gettext(SEE).format(closed=words, name=name) if name else words

    def state_to_paste(self, structure: Structure, lang: str) -> str:
        """The same as `state`, without no-break spaces, which are hard to see and to type in pasted text."""
        return self.state(structure, lang).replace("\xa0", " ")

    def is_closed_for_a_time(self, structure: Structure) -> bool:
        """True if the structure has not closed for good, but is closed today."""
        return self._closed_until(structure) is not None

    def is_open(self, structure: Structure) -> bool:
        """True if the structure is closed neither for good nor for a time that contains today."""
        return not (structure.is_closed or self.is_closed_for_a_time(structure))

    def closed_for_a_time(self, structure: Structure, lang: str) -> str:
        """The words for a structure that is closed for a time, else ""."""
        interval = self._closed_until(structure)
        if interval is None:
            return ""
        model = N_("closed until {date}") if interval.end else N_("closed for a time")
        words = catalog(lang).gettext(model).format(date=in_words(interval.end, lang))
        return _with_reason(words, interval.reason, lang)

    def _closed_until(self, structure: Structure) -> Interval | None:
        if structure.is_closed or not structure.fermetures_temporaires:
            return None
        from epncli.rules import fermetures  # most registries have no such structure

        return fermetures.closed_on(structure.fermetures_temporaires, self.today)


def closing(structure: Structure, lang: str) -> str:
    """The closing in words, as far as known: `fermée en septembre 2014 : association fermée`.

    "" for an open structure. `lang` is `fr` or `en`.
    """
    if not structure.is_closed:
        return ""
    translate = catalog(lang).gettext
    words = translate(N_("closed"))
    if date := one_line(structure.date_fermeture):
        spoken = in_words(date, lang)
        if _MONTH_OR_YEAR.fullmatch(date):
            model = N_("closed in {date}")
        else:
            model = N_("closed on {date}") if spoken != date else N_("closed ({date})")
        words = translate(model).format(date=spoken)
    return _with_reason(words, structure.motif_fermeture, lang)


def interval_in_words(text: str, lang: str) -> str:
    """`du 20 juillet 2026 au 24 août 2026 : congés d'été`, for an interval in a file; else the text.

    `lang` is `fr` or `en`. `rules.fermetures` reads these words.
    """
    from epncli.rules import fermetures

    interval = fermetures.parse(text)
    if interval is None:
        return text
    if interval.start == interval.end:
        model = N_("on {start}")
    else:
        model = N_("from {start} to {end}") if interval.end else N_("from {start}")
    start, end = in_words(interval.start, lang), in_words(interval.end, lang)
    words = catalog(lang).gettext(model).format(start=start, end=end)
    return _with_reason(words, interval.reason, lang)


def intervals_to_paste(texts: Iterable[str], lang: str) -> str:
    """The intervals in words, on one line, without no-break spaces."""
    return BETWEEN.join(interval_in_words(text, lang) for text in texts).replace("\xa0", " ")


def _with_reason(words: str, reason: str, lang: str) -> str:
    reason = one_line(reason)
    if not reason:
        return words
    return catalog(lang).gettext(N_("{closed}: {reason}")).format(closed=words, reason=reason)
