"""Closing structures for a time: what `epn close` does with --from and --until."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from epncli.cli.clock import today
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session, say_warnings, untouched, usable, validated
from epncli.display.state import States, interval_in_words
from epncli.errors import BadUsage
from epncli.i18n import _, language
from epncli.model.structure import Structure
from epncli.problems import Problem
from epncli.registry.changes import Change
from epncli.rules import dates, fermetures


class Asked(NamedTuple):
    """The options of `epn close` for an interval, as they were typed."""

    start: str
    until: str
    reason: str


def close_for_a_time(session: Session, found: Sequence[Structure], asked: Asked) -> None:
    """Add an interval to structures, all or none. Raises BadUsage if one has closed for good."""
    changes: list[Change] = []
    warnings: list[Problem] = []
    for before in found:
        after, problems = with_interval(before, asked)
        if after is not before:
            warnings += problems
            changes.append(Change(before, after))
    outcome = session.carry_out(changes)
    for before in untouched(found, changes):
        terminal.inform(_("{name}: already has this interval; nothing to do").format(name=name_of(before)))
    for before, after in outcome.changed if outcome else ():
        say_closed(before, after)
    if outcome:
        session.say_undo(outcome)
    say_warnings(warnings)


def day_of_interval(text: str) -> str:
    """A day in its normal form, "" for none. Raises BadUsage."""
    return usable(dates.validate(text, today=today(), future=True))


def with_interval(before: Structure, asked: Asked) -> tuple[Structure, list[Problem]]:
    """The structure with the interval, itself if it has it already, and warnings.

    Without a start, the interval is the one that contains today, else a new one from today on. Raises
    BadUsage.
    """
    asked = asked._replace(start=day_of_interval(asked.start), until=day_of_interval(asked.until))
    if before.is_closed:
        raise BadUsage(
            _("{name} is closed for good, not for a time").format(name=name_of(before)),
            _("open it first with ‘epn reopen’"),
        )
    had = before.fermetures_temporaires
    running = [one for one in fermetures.intervals(had) if one.has(today())]
    start = asked.start or (running[0].start if running else today())
    wanted = fermetures.validate(str(fermetures.Interval(start, asked.until, asked.reason.strip())))
    interval = fermetures.parse(wanted.value)
    if interval is None:
        raise BadUsage(wanted.problems[0].message, wanted.problems[0].hint)
    after = before.changed(fermetures_temporaires=fermetures.with_interval(had, interval))
    if after == before:
        return before, []
    return validated(after.changed(date_maj=today()), ("fermetures_temporaires",))


def say_closed(before: Structure, after: Structure) -> None:
    """Say the state if it is that of today, else the new interval."""
    name = name_of(after)
    [added, *_others] = [
        one for one in after.fermetures_temporaires if one not in before.fermetures_temporaires
    ]
    interval = fermetures.parse(added)
    if interval and interval.has(today()):
        words = States(today=today()).closed_for_a_time(after, language())
        terminal.inform(_("{name}: {closed}").format(name=name, closed=words))
    else:
        words = interval_in_words(added, language())
        terminal.inform(_("{name}: closed {interval}").format(name=name, interval=words))
