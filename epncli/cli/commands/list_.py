"""`epn list`: list the structures of the registry."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.clock import today
from epncli.cli.options import LayoutOption, NoPagerOption, RegistryOption, WholeNumber, value_option
from epncli.cli.registry_file import read_registry
from epncli.cli.screen.listing import print_structures
from epncli.cli.selection import Selection
from epncli.errors import BadUsage
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
NearOption = Annotated[
    str,
    value_option(
        "--near",
        metavar=_("REF|CODE|LAT,LON"),
        help=_("Nearest first: to a structure, a postal code or coordinates such as 48.85,2.35."),
    ),
]


def list_structures(
    selection: Selection,
    months: StaleOption = None,
    to_call: ToCallOption = False,
    near: NearOption = "",
    layout: LayoutOption = None,
    no_pager: NoPagerOption = False,
    registry: RegistryOption = "",
) -> None:
    """Print the structures that pass the filters."""
    if near and selection.sort:
        raise BadUsage(_("--near and --sort both set the order"), _("give only one of them"))
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
    show = partial(print_structures, fields=names, layout=layout, pager=not no_pager, every=found, also=also)
    if not near:
        show(selection.arranged(kept))
        return
    from epncli.cli.origin import find_origin
    from epncli.cli.screen.distances import say_without_coordinates
    from epncli.query.distance import by_distance

    nearest = by_distance(kept, find_origin(found, [near]).point)
    shown = nearest[: selection.limit]
    show([one.structure for one in shown], distances=[one.kilometres for one in shown])
    say_without_coordinates(nearest)


COMMANDS = {
    "list": (
        list_structures,
        examples(
            _("List structures. Closed structures are marked."),
            "epn list",
            "epn list --arrondissement 13 --open --sort nom",
            "epn list --stale 12 --open --limit 10",
            "epn list --to-call --limit 10",
            "epn list --near 75012 --open",
            "epn list --fields nom,telephones --format json",
        ),
    )
}
