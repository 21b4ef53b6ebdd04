"""Command-line options that select structures, sort them and choose the fields to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from epncli.cli.field_names import field_named, fields_named
from epncli.cli.options import WholeNumber, value_option
from epncli.cli.screen import terminal
from epncli.i18n import _
from epncli.model.structure import Structure

if TYPE_CHECKING:
    from epncli.query.filters import Filters, Statut


LimitOption = Annotated[
    int | None,
    value_option("--limit", metavar=_("N"), click_type=WholeNumber(0), help=_("At most N structures.")),
]


# Each method that is generated takes time in every run, and `frozen` generates two: nothing needs them here.
@dataclass(repr=False, eq=False)
class PlaceFilters:
    """The options that select structures by place and label. app.py makes an option of each attribute."""

    commune: Annotated[
        str, value_option("--commune", metavar=_("NAME"), help=_("Only structures in this commune."))
    ] = ""
    code_postal: Annotated[
        str,
        value_option(
            "--code-postal",
            metavar=_("PREFIX"),
            help=_("Only structures whose postal code starts with PREFIX."),
        ),
    ] = ""
    arrondissement: Annotated[
        int | None,
        value_option(
            "--arrondissement",
            metavar=_("N"),
            click_type=WholeNumber(1, 20),
            help=_(
                "Only structures in this arrondissement of Paris, Lyon or Marseille (from the postal code)."
            ),
        ),
    ] = None
    label: Annotated[
        str,
        value_option(
            "--label",
            metavar=_("LABEL"),
            help=_("Only structures with this label; a part of its name is enough."),
        ),
    ] = ""

    def filtered(self, structures: Iterable[Structure]) -> list[Structure]:
        """The structures that pass all filters. If none does, a similar name of the commune is suggested."""
        every = list(structures)
        if not self._is_filtering():
            return every
        filters = self._filters()
        kept = filters.apply(every)
        if not kept and (near := filters.nearest_commune(every)):
            terminal.say(
                _("no structure is in ‘{commune}’; did you mean ‘{name}’?").format(
                    commune=self.commune, name=terminal.visible(near)
                )
            )
        return kept

    def _is_filtering(self) -> bool:
        return bool(self.commune or self.code_postal or self.label) or self.arrondissement is not None

    def _filters(self) -> Filters:
        from epncli.query.filters import Filters

        return Filters(
            commune=self.commune,
            code_postal=self.code_postal,
            arrondissement=self.arrondissement,
            label=self.label,
        )


@dataclass(repr=False, eq=False)
class Selection(PlaceFilters):
    """The options that `list`, `search` and `export` share."""

    is_open: Annotated[
        bool | None,
        typer.Option(
            "--open/--closed",
            show_default=False,
            help=_("Only open structures, including those closed for a time, or only those closed for good."),
        ),
    ] = None
    sort: Annotated[
        str,
        value_option(
            "--sort",
            metavar=_("FIELD,-FIELD"),
            help=_("Sort by these fields; - before a field reverses the order."),
        ),
    ] = ""
    fields: Annotated[
        str, value_option("--fields", metavar=_("FIELD,FIELD"), help=_("Only these fields, in this order."))
    ] = ""
    limit: LimitOption = None

    def _is_filtering(self) -> bool:
        return super()._is_filtering() or self.is_open is not None

    def _filters(self) -> Filters:
        statut: Statut | None = None if self.is_open is None else "ouvert" if self.is_open else "fermé"
        return super()._filters()._replace(statut=statut)

    def arranged(self, structures: Iterable[Structure]) -> list[Structure]:
        """The structures, sorted by `--sort` and limited by `--limit`.

        Raises BadUsage for an unknown field in `--sort`.
        """
        found = list(structures)
        if self.sort:
            from epncli.query.sorting import sort_structures

            found = sort_structures(found, ",".join(map(_sort_key, self.sort.split(","))))
        return found if self.limit is None else found[: self.limit]

    def field_names(self) -> tuple[str, ...]:
        """The names in `--fields`, without duplicates. Raises BadUsage for an unknown field."""
        return fields_named(self.fields)


def _sort_key(typed: str) -> str:
    name = typed.strip()
    return "-" * name.startswith("-") + field_named(name.removeprefix("-")).name
