"""Reads the times of a day from the tokens of opening hours, and checks them against a part of the day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from epncli.rules.hours.periods import period_begins
from epncli.rules.hours.table import ALL_DAY, MIDNIGHT, Span
from epncli.rules.hours.tokens import TIMES_MISSING, NotUnderstood, Token, skip
from epncli.rules.hours.vocabulary import AFTERNOON, EVENING, MORNING, Kind

TIMES_BEGIN: Final = frozenset({Kind.TIME, Kind.NUMBER, Kind.DAY_PART, Kind.ALL_DAY})
BETWEEN_SPANS: Final = frozenset(
    {Kind.COMMA, Kind.SLASH, Kind.DASH, Kind.SEMICOLON, Kind.SENTENCE_END, Kind.AND}
)
_TIMES: Final = frozenset({Kind.TIME, Kind.NUMBER})
_FROM_TO: Final = frozenset({Kind.DASH, Kind.TO, Kind.SLASH})


def times(tokens: Sequence[Token], place: int) -> tuple[tuple[Span, ...], int]:
    """The spans of a day, each later than the one before, and the index after them.

    Raises NotUnderstood for times that are not in order, and for numbers alone: `9-12`.
    """
    first = place
    if tokens[place].kind is Kind.ALL_DAY:
        return (ALL_DAY,), place + 1
    spans: list[Span] = []
    has_time = False
    while True:
        start = skip(tokens, place, BETWEEN_SPANS) if spans else place
        part, start = _day_part(tokens, start, spans)
        if tokens[start].kind not in _TIMES or period_begins(tokens, start):
            place = start if part else place
            break
        span, place = _span(tokens, start)
        if spans and span.start <= spans[-1].end:
            raise NotUnderstood(tokens[start])
        if not in_day_part((span,), part) and not (spans and in_day_part(spans[-1:], part)):
            raise NotUnderstood(tokens[start])
        spans.append(span)
        has_time = has_time or any(token.kind is Kind.TIME for token in tokens[start:place])
    if not has_time or (len(spans) == 1 and _may_be_a_date(tokens, first)):
        raise NotUnderstood(tokens[first])
    return tuple(spans), place


def _may_be_a_date(tokens: Sequence[Token], place: int) -> bool:
    """True for `mardi 12 à 14h`, which may be on the 12th."""
    number, joint = tokens[place], tokens[place + 1]
    after_day = place > 0 and tokens[place - 1].kind is Kind.DAY
    return after_day and number.kind is Kind.NUMBER and not number.article and joint.kind is Kind.TO


def _day_part(tokens: Sequence[Token], place: int, spans: Sequence[Span]) -> tuple[str, int]:
    """The part of the day that is named before or after a span, "" if none, and the index after it."""
    if tokens[place].kind is not Kind.DAY_PART:
        return "", place
    part = str(tokens[place].value)
    after = skip(tokens, place + 1, {Kind.COLON, Kind.COMMA, Kind.DASH})
    if tokens[after].kind in _TIMES:
        return part, after
    if not spans:
        raise NotUnderstood(tokens[place], TIMES_MISSING)
    if not in_day_part(spans[-1:], part):
        raise NotUnderstood(tokens[place])
    return part, place + 1


def _span(tokens: Sequence[Token], place: int) -> tuple[Span, int]:
    """Two times; a number is an hour only if a dash or `à` stands between the two."""
    first, joint = tokens[place], tokens[place + 1]
    place += 2 if joint.kind in _FROM_TO else 1
    last = tokens[place]
    if last.kind not in _TIMES:
        raise NotUnderstood(first)
    if Kind.NUMBER in (first.kind, last.kind) and joint.kind not in (Kind.DASH, Kind.TO):
        raise NotUnderstood(first)
    span = Span(_minutes(first) % MIDNIGHT, _minutes(last))
    if not span.is_plausible:
        raise NotUnderstood(first)
    return span, place + 1


def _minutes(token: Token) -> int:
    return int(token.value) * 60 if token.kind is Kind.NUMBER else int(token.value)


_LIMITS: Final = {
    MORNING: (0, 14 * 60),
    AFTERNOON: (12 * 60, 21 * 60),
    EVENING: (16 * 60, MIDNIGHT),
}


def in_day_part(spans: Sequence[Span], part: str) -> bool:
    """True if all spans are in this part of the day; "" is the whole day.

    A morning begins before noon and ends by 2 p.m.
    """
    if not part:
        return True
    first, last = _LIMITS[part]
    return all(
        first <= span.start and span.end <= last and (part != MORNING or span.start < 12 * 60)
        for span in spans
    )


def outside_day_part(spans: Sequence[Span], part: str) -> tuple[Span, ...] | None:
    """The spans of the other half of the day; None if one is in neither, or for the evening."""
    if part == EVENING:
        return None
    other = AFTERNOON if part == MORNING else MORNING
    outside = tuple(span for span in spans if not in_day_part((span,), part))
    return outside if in_day_part(outside, other) else None
