"""`epn list`: list the structures of the registry."""

from __future__ import annotations

from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.clock import today
from epncli.cli.options import LayoutOption, NoPagerOption, RegistryOption, WholeNumber, value_option
from epncli.cli.registry_file import read_registry
from epncli.cli.screen.listing import print_structures
from epncli.cli.selection import Selection
from epncli.i18n import _

StaleOption = Annotated[
    int | None,
    value_option(
        "--stale",
        metavar=_("MONTHS"),
        click_type=WholeNumber(0),
        help=_("Only structures not confirmed for this many months or more (date_maj), oldest first."),
    ),
]
ToCallOption = Annotated[
    bool,
    typer.Option(
        "--to-call",
        help=_("Only the structures that ‘epn call’ asks about, in its order; --stale sets the months (6)."),
    ),
]


def list_structures(
    selection: Selection,
    months: StaleOption = None,
    to_call: ToCallOption = False,
    layout: LayoutOption = None,
    no_pager: NoPagerOption = False,
    registry: RegistryOption = "",
) -> None:
    """Print the structures that pass the filters."""
    names = selection.field_names()
    found = read_registry(registry).structures
    kept = selection.filtered(found)
    if to_call:
        from epncli.query.to_call import MONTHS
        from epncli.query.to_call import to_call as in_order

        kept = in_order(kept, MONTHS if months is None else months, today())
    elif months is not None:
        from epncli.query.statistics import stale

        kept = stale(kept, months, today())
    also = () if months is None else ("date_maj",)
    shown = selection.arranged(kept)
    print_structures(shown, names, layout, pager=not no_pager, every=found, also=also)


COMMANDS = {
    "list": (
        list_structures,
        examples(
            _("List structures. Closed structures are marked."),
            "epn list",
            "epn list --arrondissement 13 --open --sort nom",
            "epn list --stale 12 --open --limit 10",
            "epn list --to-call --limit 10",
            "epn list --fields nom,telephones --format json",
        ),
    )
}
