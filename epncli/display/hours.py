"""Opening hours in words for readers: `mardi–samedi 10 h–12 h, 14 h–18 h`.

`rules.hours.french` reads the French: hours that are copied from a page are converted back unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from epncli.i18n import N_, catalog
from epncli.rules.dates import MONTHS
from epncli.rules.hours import osm_reader
from epncli.rules.hours.table import (
    ALL_DAY,
    ALL_YEAR,
    CLOSED,
    DAY_NAMES,
    Date,
    Day,
    Hours,
    Opening,
    Period,
    groups,
    runs,
)
from epncli.rules.hours.tokens import may_be_two_hours
from epncli.rules.hours.vocabulary import BY_APPOINTMENT, WITHOUT_APPOINTMENT

_REMARKS: Final = {
    BY_APPOINTMENT: N_("by appointment"),
    WITHOUT_APPOINTMENT: N_("without appointment"),
}
_ORDINALS: Final = {1: N_("1st"), 2: N_("2nd"), 3: N_("3rd"), 4: N_("4th"), 5: N_("5th"), -1: N_("last")}


@lru_cache(maxsize=4096)
def in_words(hours: str, lang: str) -> str:
    """Hours in OpenStreetMap's notation in words, in `fr` or `en`; unchanged if `_Writer` has no words."""
    table = osm_reader.read(hours)
    if table is None:
        return hours
    try:
        return _Writer(lang).hours(table)
    except _NoWords:
        return hours


def in_words_to_paste(hours: str, lang: str) -> str:
    """`in_words` without no-break spaces, which are hard to see and to type in a pasted text."""
    words = in_words(hours, lang)
    return words if words == hours else words.replace("\xa0", " ")


class _NoWords(Exception):
    """Hours that have no short form in words."""


class _Writer:
    """Writes the hours of a place in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.say = catalog(lang).gettext
        self.names = DAY_NAMES[lang]

    def hours(self, hours: Hours) -> str:
        parts: list[str] = []
        openings = [opening for _period, week in hours.weeks for opening in week.values()]
        for period, week in hours.weeks:
            if (len(hours.weeks) > 1 or period != ALL_YEAR) and not any(one.spans for one in week.values()):
                raise _NoWords
            told = [self.group(days, opening) for days, opening in groups(week)]
            if period != ALL_YEAR:
                model = self.say(N_("{period}: {hours}"))
                told[0] = model.format(period=self.period(period), hours=told[0])
            parts += told
        parts += map(self.closed_period, hours.closed)
        words = ("\xa0; " if self.lang == "fr" else "; ").join(parts)
        if not hours.otherwise:
            return words
        remark = self.remark(hours.otherwise)
        if not parts:
            return remark
        if hours.closed or CLOSED in openings or hours.otherwise != BY_APPOINTMENT:
            raise _NoWords  # when the place is closed, it is not open by appointment
        return self.say(N_("{hours}, and {remark}")).format(hours=words, remark=remark)

    def group(self, days: Sequence[Day], opening: Opening) -> str:
        """`mardi, jeudi 14 h–18 h (sur rendez-vous)`, `fermé lundi`."""
        named = self.days(days)
        if opening == CLOSED:
            return self.say(N_("closed {days}")).format(days=named)
        if not opening.spans:
            return f"{named} {self.remark(opening.comment)}"
        if opening.spans == (ALL_DAY,):
            times = self.say(N_("24 hours a day"))
        else:
            times = ", ".join(f"{self.time(start)}–{self.time(end)}" for start, end in opening.spans)
        if not opening.comment:
            return f"{named} {times}"
        if len(opening.spans) > 1:
            raise _NoWords  # on both, or on the second?
        return f"{named} {times} ({self.remark(opening.comment)})"

    def remark(self, comment: str) -> str:
        if comment not in _REMARKS:
            raise _NoWords
        return self.say(_REMARKS[comment])

    def time(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        if self.lang != "fr":
            return f"{hours:02}:{rest:02}"
        if may_be_two_hours(minutes):
            raise _NoWords  # in words it would not be read back
        return f"{hours}\xa0h\xa0{rest:02}" if rest else f"{hours}\xa0h"

    def days(self, days: Sequence[Day]) -> str:
        """`mardi–samedi`, `mardi, jeudi`, `1er et 3e lundi du mois`."""
        if nth := days[0].nth:
            if len(days) > 1 or not set(nth) <= set(_ORDINALS):
                raise _NoWords
            *others, last = [self.say(_ORDINALS[one]) for one in nth]
            which = (
                self.say(N_("{these} and {last}")).format(these=", ".join(others), last=last)
                if others
                else last
            )
            return self.say(N_("{which} {day} of the month")).format(
                which=which, day=self.names[days[0].weekday]
            )
        if len(days) == 7:
            return self.say(N_("every day"))
        (first, last_day), *more = runs(day.weekday for day in days)
        if not more and last_day - first > 1:
            return f"{self.names[first]}–{self.names[last_day]}"
        return ", ".join(self.names[day.weekday] for day in days)

    def period(self, period: Period) -> str:
        """`juillet–août`, `du 1er juillet au 15 août`."""
        if len(period.dates) != 1:
            raise _NoWords
        first, last = period.dates[0]
        if first == last:
            return self.date(first)
        if not first.day:
            return f"{self.date(first)}–{self.date(last)}"
        return self.say(N_("from {first} to {last}")).format(first=self.date(first), last=self.date(last))

    def date(self, date: Date) -> str:
        month = MONTHS[self.lang][date.month - 1]
        if not date.day:
            return month
        return f"{'1er' if self.lang == 'fr' and date.day == 1 else date.day} {month}"

    def closed_period(self, period: Period) -> str:
        if period.holidays:
            return self.say(
                N_("closed on public holidays")
                if period.holidays == "PH"
                else N_("closed during school holidays")
            )
        named = self.period(period)
        first, last = period.dates[0]
        if not first.day:
            return self.say(N_("closed in {months}")).format(months=named)
        return self.say(N_("closed on {day}") if first == last else N_("closed {period}")).format(
            day=named, period=named
        )
