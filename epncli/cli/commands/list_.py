"""`epn list`: the structures of the registry."""

from __future__ import annotations

from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.clock import today
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
    WholeNumber,
)
from epncli.cli.screen.listing import print_structures
from epncli.cli.selection import arrange, field_names, make_filters, read_registry
from epncli.i18n import _

StaleOption = Annotated[
    int | None,
    typer.Option(
        "--stale", metavar=_("MONTHS"), click_type=WholeNumber(0), show_default=False,
        help=_("Only what nobody confirmed for so many months (date_maj), oldest first: whom to phone next."),
    ),
]  # fmt: skip


def list_structures(
    commune: CommuneOption = "",
    code_postal: CodePostalOption = "",
    arrondissement: ArrondissementOption = None,
    label: LabelOption = "",
    statut: StatutOption = None,
    months: StaleOption = None,
    sort: SortOption = "",
    fields: FieldsOption = "",
    limit: LimitOption = None,
    layout: LayoutOption = None,
    no_pager: NoPagerOption = False,
    registry: RegistryOption = "",
) -> None:
    """Print all structures that pass the filters."""
    names = field_names(fields)
    found = read_registry(registry).structures
    filters = make_filters(commune, code_postal, arrondissement, label, statut)
    kept = filters.apply(found)
    if months is not None:
        from epncli.query.statistics import stale

        kept = stale(kept, months, today())
    kept = arrange(kept, sort, limit)
    print_structures(kept, names, layout, pager=not no_pager, total=len(found))


COMMANDS = {
    "list": (
        list_structures,
        examples(
            _("List the structures; closed ones are marked."),
            "epn list",
            "epn list --arrondissement 13 --open --sort nom",
            "epn list --stale 12 --open --limit 10",
            "epn list --fields nom,telephones --format json",
        ),
    )
}
