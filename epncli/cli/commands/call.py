"""`epn call`: the phone round. One structure after the other is called, and each answer is one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from epncli.cli.app import examples
from epncli.cli.choosing import pick
from epncli.cli.clock import today
from epncli.cli.options import OptionalRefArgument, RegistryOption, WholeNumber, value_option
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.selection import LimitOption, PlaceFilters
from epncli.cli.session import Session
from epncli.errors import BadUsage
from epncli.i18n import _, ngettext, number
from epncli.model.structure import Structure
from epncli.query.to_call import MONTHS, can_be_called, to_call, together

StaleOption = Annotated[
    int | None,
    value_option(
        "--stale",
        metavar=_("MONTHS"),
        click_type=WholeNumber(0),
        help=_("Only structures not confirmed for this many months or more; 6 by default."),
    ),
]


def call_structures(
    places: PlaceFilters,
    ref: OptionalRefArgument = None,
    months: StaleOption = None,
    limit: LimitOption = None,
    registry: RegistryOption = "",
) -> None:
    """Show the structures to call one by one, and write each answer."""
    if not (terminal.can_ask() and terminal.is_terminal()):
        raise BadUsage(
            _("a phone round needs a terminal"),
            _(
                "in a script, ‘epn list --to-call’ prints the structures to call; ‘epn verify’, ‘epn edit’ "
                "and ‘epn close’ write the answers"
            ),
        )
    session = Session.open(registry, dry_run=False)
    found = places.filtered(_named(session.registry.structures, ref))
    if months is None and ref:
        kept = together(found)
    else:
        kept = to_call(found, MONTHS if months is None else months, today())
    kept = kept[:limit]
    count = len(kept)
    words = ngettext("{count} structure to call", "{count} structures to call", count)
    terminal.say(words.format(count=number(count)))
    if kept:
        from epncli.cli.call.round import Round

        Round(session, kept).run()


def _named(structures: Sequence[Structure], ref: Sequence[str] | None) -> Sequence[Structure]:
    """The structures that the REF names and that can be called; without a REF, all."""
    if not ref:
        return structures
    found = []
    for one in pick(structures, ref):
        if can_be_called(one, today()):
            found.append(one)
        else:
            terminal.say(_("{name}: closed, or without a phone number").format(name=name_of(one)))
    return found


COMMANDS = {
    "call": (
        call_structures,
        examples(
            _(
                "Call structures one by one, and answer each with one key: right, modified, closed, closed "
                "for a time, call back, no answer, wrong number. Each answer is written at once, and the "
                "next round goes on where this one stopped. The structures are the open ones with a phone "
                "number that were not confirmed for six months, after those whose rappeler_le has come. "
                "Structures named by a REF are always called."
            ),
            "epn call",
            "epn call --arrondissement 13 --limit 10",
            "epn call frepam alternord",
        ),
    )
}
