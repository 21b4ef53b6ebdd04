"""`epn search`: the structures that fit some words."""

from __future__ import annotations

from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.options import (
    ArrondissementOption,
    CodePostalOption,
    CommuneOption,
    FieldsOption,
    LabelOption,
    LayoutOption,
    LimitOption,
    NoPagerOption,
    RegistryOption,
    SortOption,
    StatutOption,
)
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import print_structures
from epncli.cli.selection import arrange, field_names, make_filters, read_registry
from epncli.i18n import _

TermsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar=_("TERMS..."),
        help=_("Words, a phone number, or FIELD:VALUE; all must fit."),
    ),
]  # fmt: skip


def search_structures(
    terms: TermsArgument,
    commune: CommuneOption = "",
    code_postal: CodePostalOption = "",
    arrondissement: ArrondissementOption = None,
    label: LabelOption = "",
    statut: StatutOption = None,
    sort: SortOption = "",
    fields: FieldsOption = "",
    limit: LimitOption = None,
    layout: LayoutOption = None,
    no_pager: NoPagerOption = False,
    registry: RegistryOption = "",
) -> None:
    """Print the structures that all terms fit, best match first."""
    from epncli.query.search import search, suggest

    names = field_names(fields)
    every = read_registry(registry).structures
    kept = make_filters(commune, code_postal, arrondissement, label, statut).apply(every)
    found = search(kept, terms)
    shown = arrange(found, sort, limit)
    print_structures(shown, names, layout, pager=not no_pager, total=len(every))
    if not found and (near := suggest(kept, terms)):
        terminal.say(_("the nearest names: {names}").format(names=", ".join(near)))


COMMANDS = {
    "search": (
        search_structures,
        examples(
            _("Find structures: case, accents, dashes and the spacing of phone numbers aside."),
            "epn search emmaus 75014",
            "epn search 0142002584 --open",
            "epn search commune:Paris nom:centre",
        ),
    )
}
