"""`epn reopen`: mark structures as open again."""

from __future__ import annotations

from epncli.cli.app import examples
from epncli.cli.choosing import pick_or_ask
from epncli.cli.clock import today
from epncli.cli.options import DryRunOption, OptionalRefArgument, RegistryOption
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session, untouched
from epncli.display.state import States
from epncli.errors import NegativeAnswer
from epncli.i18n import _
from epncli.model.structure import Structure
from epncli.registry.changes import Change


def reopen_structures(
    ref: OptionalRefArgument = None,
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> None:
    """Mark structures as open, all or none."""
    session = Session.open(registry, dry_run=dry_run)
    structures = session.registry.structures
    states = States(today=today())
    closed = [one for one in structures if not states.is_open(one)]
    if not (ref or closed):
        raise NegativeAnswer(_("no structure is closed"))
    found = pick_or_ask(structures if ref else closed, ref)
    changes = [Change(one, after) for one in found if (after := _reopened(one)) is not one]
    outcome = session.carry_out(changes)
    for before in untouched(found, changes):
        terminal.inform(_("{name}: already open; nothing to do").format(name=name_of(before)))
    for _before, after in outcome.changed if outcome else ():
        terminal.inform(_("{name}: reopened").format(name=name_of(after)))
    if outcome:
        session.say_undo(outcome)


def _reopened(before: Structure) -> Structure:
    """The structure, open today; itself if it is open already."""
    after = before.reopen(today=today())
    if not before.fermetures_temporaires:
        return after
    from epncli.rules import fermetures

    left = fermetures.ended(before.fermetures_temporaires, today())
    if left == before.fermetures_temporaires:
        return after
    return after.changed(fermetures_temporaires=left, date_maj=today())


COMMANDS = {
    "reopen": (
        reopen_structures,
        examples(
            _(
                "Mark structures as open, and remove their closing date, reason and successor. If a "
                "structure is closed for a time, its last day of closing is set to yesterday."
            ),
            "epn reopen microlithe",
        ),
    ),
}
