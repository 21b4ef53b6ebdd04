"""Reads a list or a range of days from the tokens of opening hours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from epncli.rules.hours.table import EVERY_DAY, SUNDAY, Day
from epncli.rules.hours.tokens import NotUnderstood, Token
from epncli.rules.hours.vocabulary import Kind

DAYS_BEGIN: Final = frozenset({Kind.DAY, Kind.EVERY_DAY, Kind.EVERY, Kind.ORDINAL})
_CONJUNCTIONS: Final = frozenset({Kind.COMMA, Kind.AND, Kind.SLASH, Kind.DASH, Kind.TO})


class DayList(NamedTuple):
    """Days that are named together."""

    days: tuple[Day, ...]
    is_range: bool
    """True for `du lundi au vendredi`: a later sentence may take a day out of it."""
    end: int
    """The index of the token after it."""


class _NamedDay(NamedTuple):
    """A weekday as it is named in a list."""

    weekday: int
    conjunction: Kind | None
    """What stands between the day before and this one; None if nothing does."""
    abbreviated: bool
    unspaced_en_dash: bool
    """True if an en dash without blanks stands between the day before and this one."""


def day_list(tokens: Sequence[Token], place: int) -> DayList:
    """The days that are named from an index on.

    Raises NotUnderstood where they have more than one meaning: `mardi-jeudi et vendredi`, `1er lundi`.
    """
    first = tokens[place]
    if first.kind is Kind.EVERY_DAY:
        return _every_day(tokens, place)
    if first.kind is Kind.EVERY:
        place += 1
    if tokens[place].kind is Kind.ORDINAL:
        return _days_of_the_month(tokens, place)
    named, end = _named_days(tokens, place)
    in_the_text = {int(token.value) for token in tokens if token.kind is Kind.DAY}
    weekdays = _weekdays(named, in_the_text)
    if not weekdays or len(set(weekdays)) < len(weekdays):
        raise NotUnderstood(first)
    is_range = any(day.conjunction in (Kind.TO, Kind.DASH) for day in named)
    return DayList(tuple(map(Day, weekdays)), is_range, end)


def _every_day(tokens: Sequence[Token], place: int) -> DayList:
    """All days, or those of a range that follows: `tous les jours, du lundi au vendredi`."""
    if tokens[place].article in ("le", "du"):
        raise NotUnderstood(tokens[place])  # `le 7/7` is a date
    following = place + 1 + (tokens[place + 1].kind is Kind.COMMA)
    if tokens[following].kind is not Kind.DAY:
        return DayList(EVERY_DAY, is_range=True, end=place + 1)
    found = day_list(tokens, following)
    if not found.is_range:
        raise NotUnderstood(tokens[following])
    return found


def _days_of_the_month(tokens: Sequence[Token], place: int) -> DayList:
    """`1er et 3e lundi du mois`."""
    first = tokens[place]
    nth: list[int] = []
    while tokens[place].kind is Kind.ORDINAL:
        nth.append(int(tokens[place].value))
        place += 1
        if tokens[place].kind in (Kind.AND, Kind.COMMA) and tokens[place + 1].kind is Kind.ORDINAL:
            place += 1
    is_complete = tokens[place].kind is Kind.DAY and tokens[place + 1].kind is Kind.OF_MONTH
    if not is_complete or len(set(nth)) < len(nth):
        raise NotUnderstood(first)
    return DayList((Day.of_the_month(int(tokens[place].value), nth),), is_range=False, end=place + 2)


def _named_days(tokens: Sequence[Token], place: int) -> tuple[list[_NamedDay], int]:
    """The weekdays that follow each other, and the index after the last of them."""
    named: list[_NamedDay] = []
    while True:
        conjunction, next_place = _conjunction(tokens, place) if named else (None, place)
        token = tokens[next_place]
        if token.kind is not Kind.DAY:
            return named, place
        before = tokens[place]
        unspaced = conjunction is Kind.DASH and before.value == "–" and token.start == before.start + 1
        named.append(_NamedDay(int(token.value), conjunction, token.abbreviated, unspaced))
        place = next_place + 1


def _conjunction(tokens: Sequence[Token], place: int) -> tuple[Kind | None, int]:
    """What stands between two days, and the index after it; `, et` counts as a comma."""
    kind = tokens[place].kind
    if kind not in _CONJUNCTIONS:
        return None, place
    is_comma_and = kind is Kind.COMMA and tokens[place + 1].kind is Kind.AND
    return kind, place + (2 if is_comma_and else 1)


def _weekdays(named: Sequence[_NamedDay], in_the_text: Collection[int]) -> list[int] | None:
    """The weekdays; None where a dash may mean two days or all from the one to the other."""
    found: list[int] = []
    for index, day in enumerate(named):
        before = named[index - 1] if index else None
        after = named[index + 1] if index + 1 < len(named) else None
        if before is None or day.conjunction not in (Kind.TO, Kind.DASH):
            found.append(day.weekday)
            continue
        is_dash = day.conjunction is Kind.DASH
        chained = day.conjunction in (before.conjunction, after.conjunction if after else None)
        if chained and is_dash and day.weekday - before.weekday <= 3:
            found.append(day.weekday)  # `lundi-mardi-jeudi`, but not `lundi-vendredi-samedi`
            continue
        if chained or (is_dash and not _is_range(before, day, named, in_the_text)):
            return None
        length = (day.weekday - before.weekday) % 7
        found += [(before.weekday + step) % 7 for step in range(1, length + 1)]
        if is_dash and after is not None and after.weekday == (day.weekday + 1) % 7:
            return None
    return found


def _is_range(
    first: _NamedDay, last: _NamedDay, named: Sequence[_NamedDay], in_the_text: Collection[int]
) -> bool:
    """True where a dash between two days can only mean all days from the first to the last.

    `lundi-vendredi`, `Lun-Mer, Ven`, `mardi–jeudi` with an en dash, and `lundi - jeudi` where Friday has
    its own hours. `mardi-jeudi` may be two days.
    """
    length = last.weekday - first.weekday + 1
    if length < 2:
        return False
    if length == 2:
        return True
    if len(named) > 2:
        return all(day.abbreviated and day.conjunction in (None, Kind.COMMA, Kind.DASH) for day in named)
    day_after = last.weekday + 1 if last.weekday < SUNDAY else 0
    return length > 4 or last.unspaced_en_dash or (length == 4 and day_after in in_the_text)
