"""`epn verify`: confirm that records are correct as of today."""

from __future__ import annotations

from epncli.cli.app import examples
from epncli.cli.choosing import pick
from epncli.cli.clock import today
from epncli.cli.options import DryRunOption, RefArgument, RegistryOption
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session, untouched
from epncli.i18n import _
from epncli.registry.changes import Change


def verify_structures(ref: RefArgument, dry_run: DryRunOption = False, registry: RegistryOption = "") -> None:
    """Set `date_maj` of structures to today, all or none."""
    session = Session.open(registry, dry_run=dry_run)
    found = pick(session.registry.structures, ref)
    changes = [Change(one, one.changed(date_maj=today())) for one in found if one.date_maj != today()]
    outcome = session.carry_out(changes)
    for before in untouched(found, changes):
        terminal.inform(_("{name}: already confirmed today; nothing to do").format(name=name_of(before)))
    for _before, after in outcome.changed if outcome else ():
        terminal.inform(_("{name}: confirmed today").format(name=name_of(after)))
    if outcome:
        session.say_undo(outcome)


COMMANDS = {
    "verify": (
        verify_structures,
        examples(
            _(
                "Confirm that the data of a structure is correct, for example after a phone call. This "
                "sets date_maj to today."
            ),
            "epn verify microlithe",
            "epn verify alternord frepam",
        ),
    )
}
