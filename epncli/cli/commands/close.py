"""`epn close`: mark structures as closed."""

from __future__ import annotations

from typing import Annotated

from epncli.cli.app import examples
from epncli.cli.choosing import pick_or_ask
from epncli.cli.clock import today
from epncli.cli.options import DryRunOption, OptionalRefArgument, RegistryOption, value_option
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session, say_warnings, validated
from epncli.display.words import closing
from epncli.errors import BadUsage
from epncli.i18n import _, language
from epncli.model.structure import Structure
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
ReasonOption = Annotated[str, value_option("--reason", metavar=_("TEXT"), help=_("The reason for closing."))]
UNKNOWN = ("unknown", "inconnue")


def close_structures(
    ref: OptionalRefArgument = None,
    date: DateOption = "",
    reason: ReasonOption = "",
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> None:
    """Mark structures as closed, all or none."""
    session = Session.open(registry, dry_run=dry_run)
    day = _day(date)
    found = pick_or_ask(session.registry.structures, ref or [])
    changes: list[Change] = []
    warnings: list[Problem] = []
    for before in found:
        after = _closed(before, day, reason)
        if after is not before:
            after, problems = validated(after, ("statut", "date_fermeture", "motif_fermeture"))
            warnings += problems
            changes.append(Change(before, after))
    outcome = session.carry_out(changes)
    changed = {id(change.before) for change in changes}
    for before in found:
        if id(before) not in changed:
            terminal.inform(_("{name}: already {closed}; nothing to do").format(
                name=name_of(before), closed=closing(before, language())))  # fmt: skip
    for change in outcome.changes if outcome else ():
        _say_closed(change, assumed=not date)
    if outcome:
        session.say_undo(outcome)
    say_warnings(warnings)


def _day(date: str) -> str | None:
    """The closing date in its normal form, "" for an unknown date, None if no date was given."""
    if not date:
        return None
    if date.casefold() in UNKNOWN:
        return ""
    from epncli.rules import dates

    result = dates.validate(date, today=today(), partial=True)
    for problem in result.problems:
        if result.refused:
            raise BadUsage(problem.message, problem.hint)
    return result.value


def _closed(before: Structure, day: str | None, reason: str) -> Structure:
    if day is None and not before.is_closed:
        day = today()
    return before.close(date=day, motif=reason or None, today=today())


def _say_closed(change: Change, *, assumed: bool) -> None:
    before, after = change.before, change.after
    assert before is not None
    assert after is not None
    words = _("{name}: {closed}").format(name=name_of(after), closed=closing(after, language()))
    if assumed and not before.is_closed:
        words += " " + _("(today, because --date was not given)")
    terminal.inform(words)


COMMANDS = {
    "close": (
        close_structures,
        examples(
            _(
                "Mark structures as closed. If a structure is already closed, change its closing date or "
                "reason."
            ),
            'epn close microlithe --date 2014-09 --reason "association fermée"',
            _("epn close alternord frepam --date unknown"),
        ),
    ),
}
