"""Reads opening hours from one column for each day, or for each half of it: `h_lundi`, `mardi matin`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from epncli.folding import fold, normalized
from epncli.i18n import _, language, with_colon
from epncli.problems import error
from epncli.rules.hours import osm_writer
from epncli.rules.hours.french import read
from epncli.rules.hours.table import ALL_YEAR, CLOSED, DAY_NAMES, Day, Hours, Opening
from epncli.rules.hours.times import in_day_part
from epncli.rules.hours.tokens import FIRST_TOKEN, NotUnderstood, tokens
from epncli.rules.hours.vocabulary import AFTERNOON, MORNING, Kind
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted, unwritable

_LONGEST_CELL: Final = 500
_BLANK: Final = frozenset("-–—/. \t\n\r\xa0")
_LONGEST_HEADER: Final = 100
_PREFIXES: Final = frozenset({"h", "horaire", "horaires", "heures", "ouv", "ouverture", "d", "le", "jour"})
_OSM_PREFIX: Final = "openhours"


class Column(NamedTuple):
    """What a column contains the hours of: a day of the week or a half of it."""

    weekday: int
    """From 0 for Monday."""
    half: str = ""
    """`MORNING`, `AFTERNOON`, or "" for the whole day."""


def column_of(header: str) -> Column | None:
    """The day in a header such as `horaires_lundi` or `lundi après-midi`; None if it names none."""
    if len(header) > _LONGEST_HEADER:
        return None
    words = fold(header).split()
    after_prefix = words[words.index(_OSM_PREFIX) + 1 :] if _OSM_PREFIX in words else words
    named = [word for word in after_prefix if word not in _PREFIXES]
    try:
        found = tokens(" ".join(named))[:-1]
    except NotUnderstood:
        return None
    if [token.kind for token in found] not in ([Kind.DAY], [Kind.DAY, Kind.DAY_PART]):
        return None
    if len(named[0]) < len("lun") and named == words:
        return None  # `ma` alone may be anything
    half = str(found[1].value) if len(found) > 1 else ""
    return Column(int(found[0].value), half) if half in ("", MORNING, AFTERNOON) else None


def join(cells: Mapping[Column, str]) -> RuleResult:
    """The hours of a place in OpenStreetMap's notation, from the cells of its row.

    A blank cell says nothing about its day. If one cell is not understood, all are refused, because the
    others alone would show the place as closed on that day.
    """
    week: dict[Day, Opening] = {}
    filled = {column: text for column, text in sorted(cells.items()) if not _BLANK.issuperset(text)}
    for column, text in filled.items():
        try:
            opening = _opening(column, text, filled)
            week[Day(column.weekday)] = _joined(week.get(Day(column.weekday), CLOSED), opening)
        except NotUnderstood as refusal:
            return _refused(column, text, refusal)
    for column in filled:
        if column.half and week.get(Day(column.weekday)) == CLOSED and not _both_halves(column, filled):
            del week[Day(column.weekday)]  # nothing is known of the other half
    return accepted(osm_writer.write(Hours(((ALL_YEAR, week),))))


def _both_halves(column: Column, filled: Collection[Column]) -> bool:
    return all(Column(column.weekday, half) in filled for half in (MORNING, AFTERNOON))


def _opening(column: Column, text: str, filled: Collection[Column]) -> Opening:
    """What a cell says about its day: it is read after the name of the day."""
    if column.half and Column(column.weekday) in filled:
        raise NotUnderstood(FIRST_TOKEN)  # the whole day has a cell too
    prefix = f"{DAY_NAMES['fr'][column.weekday]} : "
    if len(text) > _LONGEST_CELL or unwritable(" ".join(text.split())):
        raise NotUnderstood(FIRST_TOKEN)
    try:
        hours = read(prefix + normalized("NFC", text))
    except NotUnderstood as refusal:
        refusal.position = max(refusal.position - len(prefix), 0)
        raise
    week = dict(hours.weeks).get(ALL_YEAR, {})
    if len(hours.weeks) != 1 or hours.closed or hours.otherwise or set(week) != {Day(column.weekday)}:
        raise NotUnderstood(FIRST_TOKEN)
    opening = week[Day(column.weekday)]
    if not in_day_part(opening.spans, column.half):
        raise NotUnderstood(FIRST_TOKEN)
    return opening


def _joined(before: Opening, opening: Opening) -> Opening:
    """The hours of both halves of a day."""
    if CLOSED in (before, opening):
        return opening if before == CLOSED else before
    joined = before.joined(opening)
    if joined is None:
        raise NotUnderstood(FIRST_TOKEN)
    return joined


def _refused(column: Column, text: str, refusal: NotUnderstood) -> RuleResult:
    rest = " ".join(normalized("NFC", text)[refusal.position :].split())
    reason = _(refusal.reason).format(rest=quoted(rest or text))
    message = with_colon(DAY_NAMES[language()][column.weekday], reason)
    hint = _("write them in the form {example}").format(example="9h-12h, 14h-18h")
    return refused(text, error(message, hint))
