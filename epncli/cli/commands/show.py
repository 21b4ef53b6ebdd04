"""`epn show`: print all fields of structures."""

from __future__ import annotations

from epncli.cli.app import examples
from epncli.cli.choosing import pick
from epncli.cli.clock import today
from epncli.cli.options import NoPagerOption, RefArgument, RegistryOption
from epncli.cli.registry_file import read_registry
from epncli.cli.screen import terminal
from epncli.cli.screen.card import card
from epncli.display.state import States
from epncli.i18n import _


def show_structure(ref: RefArgument, no_pager: NoPagerOption = False, registry: RegistryOption = "") -> None:
    """Print all fields of the structures named by a REF."""
    from epncli.cli.screen.pager import page
    from epncli.cli.screen.table import make_console

    found = read_registry(registry)
    console = make_console()
    screen = console if terminal.is_terminal() else None
    states = States(found.structures, today())
    cards = []
    for structure in pick(found.structures, ref):
        line, _column = found.place(structure)
        cards.append(card(structure, f"{found.path}:{line}", states, screen))
    page(["\n\n".join(cards) + "\n"], console, pager=terminal.is_terminal() and not no_pager)
    terminal.flush()


COMMANDS = {
    "show": (
        show_structure,
        examples(
            _("Show the details of a structure, with dates in words and the type of each phone number."),
            "epn show microlithe",
            "epn show picoulet",
        ),
    )
}
