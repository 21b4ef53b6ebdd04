"""`epn remove`: remove structures from the registry, and print their records."""

from __future__ import annotations

from epncli.cli.app import examples
from epncli.cli.choosing import describe, pick
from epncli.cli.clock import today
from epncli.cli.options import DryRunOption, RefArgument, RegistryOption, YesOption
from epncli.cli.removing import print_removed
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session
from epncli.cli.successors import warn_of_replaced
from epncli.display.state import States
from epncli.i18n import _, ngettext, number
from epncli.registry.changes import Change


def remove_structures(
    ref: RefArgument,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> None:
    """Remove structures from the registry, all or none."""
    session = Session.open(registry, dry_run=dry_run)
    found = pick(session.registry.structures, ref)
    warn_of_replaced(session.registry.structures, found)
    count = len(found)
    states = States(session.registry.structures, today())
    if not dry_run and not yes:
        for structure in found:
            terminal.say(describe(structure, states))
        terminal.confirm(
            ngettext("Remove this structure?", "Remove these {count} structures?", count).format(
                count=number(count)
            ),
            yes=False,
        )
    outcome = session.carry_out(
        [Change(structure, None) for structure in found], before_writing=print_removed
    )
    if outcome is None:
        return
    names = ", ".join(map(name_of, found))
    terminal.inform(ngettext("removed: {names}", "removed: {names}", count).format(names=names))
    session.say_undo(outcome)


COMMANDS = {
    "remove": (
        remove_structures,
        examples(
            _(
                "Remove structures and their comments, and print the removed lines. To keep a structure "
                "that has closed, use ‘epn close’."
            ),
            "epn remove access-site",
            _("epn remove access-site --yes > removed.yaml"),
        ),
    )
}
