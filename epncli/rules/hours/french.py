"""Reads opening hours in French words.

A text is read as a whole or not at all, because wrong opening hours are worse than none. The grammar, where
`|` separates choices and what stands in brackets is optional:

    text      = (period | closure | days [part] times | times days) ...
    days      = (day ((, | et | / | -) day) ... | day au day | tous les jours | 1er day du mois) [sauf days]
    times     = [part] time (- | à | /) time ((, | et | / | ; | -) times) ... | 24h/24
    closure   = fermé (days [part] | holidays | period) ... | (days | holidays | period) fermé
    period    = months | du date au date
    part      = matin | après-midi | soir
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from epncli.rules.hours.cursor import Cursor
from epncli.rules.hours.days import DAYS_BEGIN, DayList, day_list
from epncli.rules.hours.periods import period, period_begins
from epncli.rules.hours.statements import Closure, Statement, combined
from epncli.rules.hours.table import ALL_YEAR, SATURDAY, Day, Hours, Period, Span
from epncli.rules.hours.times import BETWEEN_SPANS, TIMES_BEGIN, in_day_part, times
from epncli.rules.hours.tokens import DAYS_MISSING, TIMES_MISSING, NotUnderstood, Token, skip, tokens
from epncli.rules.hours.vocabulary import BY_APPOINTMENT, SEVEN_OF_SEVEN, Kind

_SEPARATORS: Final = BETWEEN_SPANS | {Kind.COLON, Kind.BRACKET}
_BEFORE_TIMES: Final = frozenset(
    {Kind.COLON, Kind.COMMA, Kind.DASH, Kind.SENTENCE_END, Kind.BRACKET, Kind.OPEN}
)
_PAUSES: Final = frozenset({Kind.COMMA, Kind.DASH, Kind.SENTENCE_END, Kind.SEMICOLON})
_SENTENCE_ENDS: Final = frozenset({Kind.SENTENCE_END, Kind.SEMICOLON})
_IN_A_LIST: Final = frozenset({Kind.AND, Kind.COMMA, Kind.SLASH})


def read(text: str) -> Hours:
    """The opening hours that a text in French words means.

    Raises NotUnderstood for a text that has no meaning or more than one, and for one of more than 2,000
    characters.
    """
    reader = _Reader(tokens(text))
    reader.read_text()
    return combined(reader.statements, reader.closures, reader.otherwise)


@dataclass
class _Reader(Cursor):
    """Reads the tokens of a text, and holds the sentences that are read."""

    period: Period = ALL_YEAR
    """The period of the sentences that follow."""
    statements: list[Statement] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)
    otherwise: str = ""
    """What holds at all other times."""
    closures_of_one_statement: list[tuple[Closure, int]] = field(default_factory=list)
    """Closed periods that may concern only the statement before them, with the number of those."""

    def read_text(self) -> None:
        """Read all sentences to the end of the text."""
        self.skip(_SEPARATORS | {Kind.OPEN})
        while not self.at(Kind.TEXT_END):
            self.read_sentence()
            self.skip(_SEPARATORS | {Kind.OPEN})
        if self.after(Kind.AND, Kind.DASH, Kind.SLASH):
            raise NotUnderstood(self.next)  # the end is missing
        if not (self.statements or self.closures or self.otherwise):
            raise NotUnderstood(self.tokens[0], TIMES_MISSING)
        for closure, count in self.closures_of_one_statement:
            is_last = count == len(self.statements)
            if not is_last or (count > 1 and closure.period.holidays != "PH"):
                raise NotUnderstood(closure.start)

    def read_sentence(self) -> None:
        if self.at(Kind.APPOINTMENT):
            self.read_otherwise()
        elif self.at(Kind.CLOSED, Kind.EXCEPT):
            self.read_closures()
        elif self.at(Kind.HOLIDAYS):
            self.read_closed_holidays()
        elif period_begins(self.tokens, self.place):
            self.read_period()
        elif self.at(*DAYS_BEGIN):
            self.read_days_and_times()
        elif self.at(*TIMES_BEGIN):
            self.read_times_and_days()
        else:
            raise NotUnderstood(self.next)

    def read_otherwise(self) -> None:
        """`sur rendez-vous` as the whole text, or `... et sur rendez-vous` at its end."""
        is_alone = not self.statements and not self.closures
        is_added = self.after(Kind.AND) and self.next.value == BY_APPOINTMENT and not self.closures
        token = self.take()
        self.skip({Kind.SENTENCE_END})
        if not self.at(Kind.TEXT_END) or not (is_alone or is_added):
            raise NotUnderstood(token)
        self.otherwise = str(token.value)

    def read_days_and_times(self) -> None:
        """`du lundi au vendredi 9h-12h`, `lundi fermé`, `mardi sur rendez-vous`."""
        start = self.next
        is_after_open = self.after(Kind.OPEN)
        days = self.take_days()
        part = self.take_day_part()
        self.skip(_BEFORE_TIMES)
        if self.at(Kind.AND) and self.tokens[self.place + 1].kind is Kind.ALL_DAY:
            self.take()  # 7j/7 et 24h/24
        if self.at(Kind.CLOSED):
            if is_after_open or start.value == SEVEN_OF_SEVEN:
                raise NotUnderstood(start)  # `ouvert lundi, fermé mardi`; `7/7 : fermé` may be a date
            self.read_closed_days(start, days.days, part)
        elif self.at(*TIMES_BEGIN):
            spans, self.place = times(self.tokens, self.place)
            self.add_statement(start, days, spans, part)
        elif self.at(Kind.APPOINTMENT) and not part:
            self.read_appointment(start, days)
        elif self.at(Kind.UNKNOWN):
            raise NotUnderstood(self.next)
        else:
            raise NotUnderstood(start, TIMES_MISSING)

    def read_times_and_days(self) -> None:
        """`9h-12h du lundi au vendredi`."""
        start = self.next
        spans, self.place = times(self.tokens, self.place)
        self.skip(_BEFORE_TIMES)
        is_after_pause = self.after(*_PAUSES)
        if not self.at(*DAYS_BEGIN):
            raise NotUnderstood(start, DAYS_MISSING)
        days = self.take_days()
        self.add_statement(start, days, spans, self.take_day_part())
        ambiguous = is_after_pause and self.statements[-1].comment  # `9h-12h, lundi sur rendez-vous`
        if ambiguous or self.at(*TIMES_BEGIN):
            raise NotUnderstood(start)

    def read_appointment(self, start: Token, days: DayList) -> None:
        """`mardi sur rendez-vous`."""
        comment = str(self.take().value)
        if not self.at(Kind.TEXT_END, *_SEPARATORS):
            raise NotUnderstood(self.next)
        self.statements.append(Statement(start, self.period, days.days, (), days.is_range, "", comment))

    def take_day_part(self) -> str:
        return str(self.take().value) if self.at(Kind.DAY_PART) else ""

    def take_days(self) -> DayList:
        """The days of a list or a range, without those after `sauf`."""
        found = day_list(self.tokens, self.place)
        self.place = found.end
        place = skip(self.tokens, self.place, {Kind.COMMA, Kind.BRACKET})
        if self.tokens[place].kind is not Kind.EXCEPT or self.tokens[place + 1].kind not in DAYS_BEGIN:
            return found
        exceptions = day_list(self.tokens, place + 1)
        self.place = exceptions.end
        if not found.is_range or not set(exceptions.days) < set(found.days) or self.at(Kind.DAY_PART):
            raise NotUnderstood(self.tokens[place])
        days = tuple(day for day in found.days if day not in exceptions.days)
        return DayList(days, is_range=True, end=exceptions.end)

    def add_statement(self, start: Token, days: DayList, spans: tuple[Span, ...], part: str) -> None:
        """Keep the times of some days, with the comment that follows them."""
        if not in_day_part(spans, part):
            raise NotUnderstood(start)
        comment = self.take_comment(spans)
        self.statements.append(Statement(start, self.period, days.days, spans, days.is_range, part, comment))

    def take_comment(self, spans: tuple[Span, ...]) -> str:
        """`sur rendez-vous`, `en continu` after times; "" if there is none."""
        place = skip(self.tokens, self.place, {Kind.COMMA, Kind.BRACKET, Kind.DASH})
        comment = self.tokens[place]
        if comment.kind not in (Kind.CONTINUOUS, Kind.APPOINTMENT):
            return ""
        # After two spans it may concern the second alone, after several sentences the last one.
        is_in_brackets = self.tokens[place - 1].kind is Kind.BRACKET
        is_at_end = self.tokens[skip(self.tokens, place + 1, {Kind.SENTENCE_END})].kind is Kind.TEXT_END
        is_alone = is_at_end and not self.statements and not self.closures
        if len(spans) > 1 or not (is_alone or is_in_brackets or comment.kind is Kind.CONTINUOUS):
            raise NotUnderstood(comment)
        self.place = place + 1
        return str(comment.value)

    def read_period(self) -> None:
        """The period of the sentences that follow, or one in which the place is closed."""
        start = self.next
        is_first = not self.statements and not self.closures
        starts_a_sentence = is_first or self.after(*_SENTENCE_ENDS)
        is_after_separator = self.after(*_SEPARATORS) or is_first
        self.period, self.place = period(self.tokens, self.place)
        starts_a_sentence = starts_a_sentence or self.at(Kind.COLON)
        self.skip(_BEFORE_TIMES)
        if self.at(Kind.CLOSED):
            if not is_after_separator:
                raise NotUnderstood(start)
            self.read_closed_period(start)
        elif not self.at(*DAYS_BEGIN, *TIMES_BEGIN):
            raise NotUnderstood(start, TIMES_MISSING)
        elif not starts_a_sentence:
            raise NotUnderstood(start)  # `lundi 9h-12h en juillet, mardi 14h-18h`

    def read_closed_period(self, start: Token) -> None:
        """`juillet-août : fermé`."""
        self.take()
        if not self.at(Kind.TEXT_END, *_SEPARATORS):
            raise NotUnderstood(start)
        self.closures.append(Closure(start, self.period))
        self.period = ALL_YEAR
        self.skip(_SEPARATORS)
        is_followed_by_closure = self.at(Kind.CLOSED, Kind.HOLIDAYS) or period_begins(self.tokens, self.place)
        if not self.at(Kind.TEXT_END) and not is_followed_by_closure:
            raise NotUnderstood(self.next)  # in this period or in the whole year

    def read_closed_days(self, start: Token, days: tuple[Day, ...], part: str) -> None:
        """`lundi fermé`, `mardi : fermé le matin, 14h-18h`."""
        is_after_pause = self.after(*_PAUSES)
        self.take()
        part = part or self.take_day_part()
        if part and len(days) > 1:
            raise NotUnderstood(start)
        place = skip(self.tokens, self.place, BETWEEN_SPANS)
        if part and self.tokens[place].kind is Kind.TIME:
            spans, self.place = times(self.tokens, place)
            if any(in_day_part((span,), part) for span in spans):
                raise NotUnderstood(start)
            self.add_statement(start, DayList(days, is_range=False, end=self.place), spans, "")
        elif self.at(*TIMES_BEGIN) or (is_after_pause and self.at(*DAYS_BEGIN)):
            raise NotUnderstood(start)  # `lundi fermé de 12h à 14h`; `lundi, fermé mardi`
        else:
            self.closures.append(Closure(start, self.period, days, part))

    def read_closed_holidays(self) -> None:
        """`jours fériés : fermé`."""
        holidays = self.take()
        self.skip({Kind.COLON, Kind.COMMA, Kind.DASH})
        if not self.at(Kind.CLOSED):
            raise NotUnderstood(holidays)
        self.take()
        self.closures.append(Closure(holidays, Period(holidays=str(holidays.value))))

    def read_closures(self) -> None:
        """`fermé le lundi, les jours fériés et en août`; `sauf jours fériés`."""
        may_concern_one_statement = bool(self.statements) and (
            self.at(Kind.EXCEPT) or self.after(Kind.BRACKET) or not self.after(*_SEPARATORS, Kind.OPEN)
        )
        start = self.take()
        if start.kind is Kind.EXCEPT and self.closures:
            raise NotUnderstood(start)  # `fermé en août sauf le lundi`
        self.skip({Kind.COLON})
        while True:
            closure = self.closure(start)
            self.closures.append(closure)
            if may_concern_one_statement and not closure.days:
                self.closures_of_one_statement.append((closure, len(self.statements)))
            place = skip(self.tokens, self.place, _IN_A_LIST)
            if place == self.place or not self.is_closure(place):
                break
            self.place = place
        if self.at(Kind.COLON, *TIMES_BEGIN):
            raise NotUnderstood(start)

    def is_closure(self, place: int) -> bool:
        """True if days, holidays or a period stand at an index."""
        kind = self.tokens[place].kind
        return kind in {Kind.HOLIDAYS, Kind.DURING, *DAYS_BEGIN} or period_begins(self.tokens, place)

    def closure(self, start: Token) -> Closure:
        """When the place is closed: in holidays, in a period, on days or in a part of them."""
        if period_begins(self.tokens, self.place):
            closed, self.place = period(self.tokens, self.place)
            return Closure(start, closed)
        self.skip({Kind.DURING})
        if self.at(Kind.HOLIDAYS):
            return Closure(start, Period(holidays=str(self.take().value)))
        is_exception = start.kind is Kind.EXCEPT
        if not self.at(*DAYS_BEGIN) or (is_exception and not self.statements):
            raise NotUnderstood(start)
        if self.at(Kind.EVERY_DAY) and (self.statements or self.next.value == SEVEN_OF_SEVEN):
            raise NotUnderstood(start)
        is_plural = self.at(Kind.EVERY) or self.next.article == "les"
        found = day_list(self.tokens, self.place)
        self.place = found.end
        part = self.take_day_part()
        if part and len(found.days) > 1 and not (is_plural and _on_workdays(found.days)):
            raise NotUnderstood(start)  # `le lundi et mardi matin`, `les dimanche et lundi matin`
        return Closure(start, self.period, found.days, part, is_exception)


def _on_workdays(days: Collection[Day]) -> bool:
    return all(day.weekday < SATURDAY for day in days)
