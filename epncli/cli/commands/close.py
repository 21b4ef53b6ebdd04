"""`epn close`: mark structures as closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from epncli.cli.app import examples
from epncli.cli.choosing import pick_or_ask
from epncli.cli.clock import today
from epncli.cli.closing_day import closing_day
from epncli.cli.options import DryRunOption, OptionalRefArgument, RegistryOption, value_option
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session, say_warnings, untouched, validated
from epncli.display.state import States
from epncli.errors import BadUsage
from epncli.i18n import _, language
from epncli.model.structure import CLOSING, Structure
from epncli.problems import Problem
from epncli.registry.changes import Change

DateOption = Annotated[
    str,
    value_option(
        "--date",
        metavar=_("DATE"),
        help=_("The closing date: 2014-09-30, 2014-09, 2014 or ‘unknown’; today by default."),
    ),
]
FromOption = Annotated[
    str,
    value_option(
        "--from",
        metavar=_("DAY"),
        help=_("Close for a time, from this day on; with --until, today by default."),
    ),
]
UntilOption = Annotated[
    str,
    value_option(
        "--until",
        metavar=_("DAY"),
        help=_("Close for a time, up to and including this day; without it, until ‘epn reopen’."),
    ),
]
SuccessorOption = Annotated[
    str,
    value_option(
        "--successor",
        metavar=_("REF"),
        help=_("The structure that replaces the closed ones: its id or name."),
    ),
]
ReasonOption = Annotated[str, value_option("--reason", metavar=_("TEXT"), help=_("The reason for closing."))]


def close_structures(
    ref: OptionalRefArgument = None,
    date: DateOption = "",
    reason: ReasonOption = "",
    successor: SuccessorOption = "",
    start: FromOption = "",
    until: UntilOption = "",
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> None:
    """Mark structures as closed, for good or for a time, all or none."""
    if start or until:
        _refuse_with_an_interval(date=date, successor=successor)
    session = Session.open(registry, dry_run=dry_run)
    day = closing_day(date)
    found = pick_or_ask(session.registry.structures, ref)
    if start or until:
        from epncli.cli.temporary_closing import Asked, close_for_a_time

        close_for_a_time(session, found, Asked(start, until, reason))
    else:
        _close_for_good(session, found, day, reason, _successor(session, found, successor))


def _refuse_with_an_interval(**options: str) -> None:
    """Raise BadUsage for an option that is only for structures that have closed for good."""
    for name, given in options.items():
        if given:
            raise BadUsage(
                _("--{option} cannot be used with --from and --until").format(option=name),
                _("--from and --until are for structures that will open again"),
            )


def _close_for_good(
    session: Session, found: Sequence[Structure], day: str | None, reason: str, successor: str | None
) -> None:
    changes: list[Change] = []
    warnings: list[Problem] = []
    for before in found:
        after = _closed(before, day, reason, successor)
        if after is not before:
            after, problems = validated(after, CLOSING)
            warnings += problems
            changes.append(Change(before, after))
    outcome = session.carry_out(changes)
    states = States(session.registry.structures)
    for before in untouched(found, changes):
        terminal.inform(_("{name}: already {closed}; nothing to do").format(
            name=name_of(before), closed=states.state(before, language())))  # fmt: skip
    for before, after in outcome.changed if outcome else ():
        _say_closed(session, before, after, assumed=day is None)
    if outcome:
        session.say_undo(outcome)
    say_warnings(warnings)


def _successor(session: Session, found: Sequence[Structure], ref: str) -> str | None:
    """The id of the structure that replaces the closed ones, None if none was given."""
    if not ref:
        return None
    from epncli.cli.successors import choose_successor

    return choose_successor(session.registry.structures, found, ref)


def _closed(before: Structure, day: str | None, reason: str, successor: str | None) -> Structure:
    if day is None and not before.is_closed:
        day = today()
    return before.close(date=day, motif=reason or None, today=today(), successor=successor)


def _say_closed(session: Session, before: Structure, after: Structure, *, assumed: bool) -> None:
    states = States((*session.registry.structures, after))  # the registry as it was before the change
    words = _("{name}: {closed}").format(name=name_of(after), closed=states.state(after, language()))
    if assumed and not before.is_closed:
        words += " " + _("(today, because --date was not given)")
    terminal.inform(words)


COMMANDS = {
    "close": (
        close_structures,
        examples(
            _(
                "Mark structures as closed. If a structure is already closed, change its closing date, "
                "reason or successor. With --from and --until, structures are closed for a time and stay "
                "in the registry as open ones."
            ),
            'epn close microlithe --date 2014-09 --reason "association fermée"',
            _("epn close alternord frepam --date unknown"),
            "epn close frepam --date 2024-06 --successor picoulet",
            _('epn close picoulet --from 2026-07-20 --until 2026-08-24 --reason "summer break"'),
        ),
    ),
}
