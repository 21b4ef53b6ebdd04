"""The structure that replaces a closed one: how it is chosen and named, and what removing it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from epncli.cli.choosing import describe, pick
from epncli.cli.clock import today
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.display.state import States
from epncli.errors import BadUsage
from epncli.i18n import _
from epncli.model.structure import Structure
from epncli.validation.successors import successors_of


def choose_successor(structures: Sequence[Structure], closed: Sequence[Structure], ref: str) -> str:
    """The id of the structure that a REF names, to replace the closed ones.

    Raises BadUsage if it is one of them or is itself replaced by one of them, NegativeAnswer as `pick` does.
    """
    successor = pick(structures, [ref])[0]
    if not successor.id.strip():
        raise BadUsage(
            _("{name} has no id").format(name=name_of(successor)), _("give it one with ‘epn edit’ first")
        )
    ids = {one.id for one in closed}
    if successor.id in ids:
        raise BadUsage(
            _("{name} cannot replace itself").format(name=name_of(successor)),
            _("give another structure with --successor"),
        )
    if known := next((one for one in successors_of(successor, structures) if one.id in ids), None):
        raise BadUsage(
            _("{name} is itself replaced by {other}").format(name=name_of(successor), other=name_of(known)),
            _("give another structure with --successor"),
        )
    return successor.id


def warn_of_replaced(structures: Iterable[Structure], gone: Sequence[Structure]) -> None:
    """Warn that other structures name one of these, whose id is going, as their successor."""
    names = {one.id: name_of(one) for one in gone}
    for one in structures:
        if one.remplace_par in names and one.id not in names:
            message = _("{name} is replaced by {other}: its successor must be corrected too").format(
                name=name_of(one), other=names[one.remplace_par]
            )
            hint = _("change or remove the field ‘remplace_par’ of ‘{id}’ with ‘epn edit’")
            terminal.say(terminal.diagnostic("", 0, 0, _("warning"), message, hint.format(id=one.id)))


def say_successors(found: Sequence[Structure], structures: Sequence[Structure]) -> None:
    """Name the structures that replace some that were found, unless they were found too."""
    shown = {id(one) for one in found}
    states = States(structures, today())
    by_id = {one.id: one for one in structures} if any(one.remplace_par for one in found) else {}
    for one in found:
        successor = by_id.get(one.remplace_par) if one.is_closed and one.remplace_par else None
        if successor and id(successor) not in shown:
            terminal.say(
                _("{name} is replaced by: {structure}").format(
                    name=name_of(one), structure=describe(successor, states)
                )
            )
