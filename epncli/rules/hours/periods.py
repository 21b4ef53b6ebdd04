"""Reads a part of the year, in months or in dates, from the tokens of opening hours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from epncli.rules.hours.table import TUESDAY, Date, Period
from epncli.rules.hours.tokens import NotUnderstood, Token, skip
from epncli.rules.hours.vocabulary import Kind

_CONJUNCTIONS: Final = frozenset({Kind.TO, Kind.DASH, Kind.AND, Kind.COMMA, Kind.SLASH})
_FROM_TO: Final = frozenset({Kind.TO, Kind.DASH})
_DAY_NUMBERS: Final = frozenset({Kind.NUMBER, Kind.ORDINAL})
_DURING: Final = frozenset({Kind.DURING})


def period_begins(tokens: Sequence[Token], place: int) -> bool:
    """True if `en juillet`, `1er juillet` or `1er au 15 août` stands at an index."""
    place = skip(tokens, place, _DURING)
    kinds = [token.kind for token in tokens[place : place + 4]]
    if kinds[0] is Kind.MONTH:
        return True
    if kinds[0] not in _DAY_NUMBERS:
        return False
    return Kind.MONTH in kinds[1:2] or (kinds[1] is Kind.TO and Kind.MONTH in kinds[3:4])


def period(tokens: Sequence[Token], place: int) -> tuple[Period, int]:
    """The period that begins at an index, and the index after it.

    `juillet et août`, `de septembre à juin`, `du 1er juillet au 15 août`, `du 1er au 15 août`. Raises
    NotUnderstood for dates that do not exist or that are joined in more than one way.
    """
    start = place
    place = skip(tokens, place, _DURING)
    first, place = _date(tokens, place)
    found, conjunctions = [first], []
    while tokens[place].kind in _CONJUNCTIONS:
        conjunction = tokens[place].kind
        following = skip(tokens, place + 1, _DURING)
        if _may_be_march(tokens[following]):
            raise NotUnderstood(tokens[start])
        if tokens[following].kind is not Kind.MONTH and not (
            conjunction is Kind.TO and tokens[following].kind in _DAY_NUMBERS
        ):
            break
        date, place = _date(tokens, following)
        found.append(date)
        conjunctions.append(conjunction)
    if not first.month:
        if first.day >= found[-1].day:
            raise NotUnderstood(tokens[start])  # `du 20 au 5 août`
        found[0] = Date(found[-1].month, first.day)
    dates = _ranges(found, conjunctions)
    if dates is None:
        raise NotUnderstood(tokens[start])
    return Period(dates), place


def _may_be_march(token: Token) -> bool:
    """True for `mar`, which after `jan-` is March and elsewhere Tuesday."""
    return token.kind is Kind.DAY and token.value == TUESDAY and token.abbreviated


def _date(tokens: Sequence[Token], place: int) -> tuple[Date, int]:
    """A month or a day, and the index after it; the month of a day is 0 if only the next date names it."""
    token = tokens[place]
    if token.kind is Kind.MONTH:
        return Date(int(token.value)), place + 1
    if token.kind not in _DAY_NUMBERS or int(token.value) < 1:
        raise NotUnderstood(token)
    month = tokens[place + 1]
    if month.kind is Kind.MONTH:
        return Date(int(month.value), int(token.value)), place + 2
    return Date(0, int(token.value)), place + 1


def _ranges(found: Sequence[Date], conjunctions: Sequence[Kind]) -> tuple[tuple[Date, Date], ...] | None:
    """The dates as ranges; None if one does not exist, or if they may be joined in more than one way."""
    if not all(date.exists for date in found) or len(set(found)) < len(found):
        return None
    if _FROM_TO.isdisjoint(conjunctions):
        return None if any(date.day for date in found) and len(found) > 1 else _consecutive(found)
    if len(found) > 2 or bool(found[0].day) != bool(found[1].day):
        return None
    return ((found[0], found[1]),)


def _consecutive(dates: Sequence[Date]) -> tuple[tuple[Date, Date], ...]:
    """The months as ranges: consecutive ones together."""
    ranges: list[tuple[Date, Date]] = []
    for date in dates:
        if ranges and date.month == ranges[-1][1].month % 12 + 1:
            ranges[-1] = (ranges[-1][0], date)
        else:
            ranges.append((date, date))
    return tuple(ranges)
