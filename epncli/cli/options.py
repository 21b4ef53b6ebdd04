"""The options that several commands share, with the same name and meaning everywhere."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import click
import typer

from epncli.i18n import _


class WholeNumber(click.IntRange):
    """A number of the command line, described in words rather than as `0<=x<=20`."""

    name = _("whole number")

    def _describe_range(self) -> str:
        if self.max is None:
            return _("{least} or more").format(least=self.min)
        return _("{least} to {most}").format(least=self.min, most=self.max)


RegistryOption = Annotated[
    str,
    typer.Option(
        "--registry", "-r", metavar=_("FILE"), show_default=False,
        help=_("The registry; otherwise EPN_REGISTRY, or registry.yaml here or in a parent folder."),
    ),
]  # fmt: skip
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help=_("Print what would change in the file, and change nothing."))
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help=_("Do not ask."))]
NoPagerOption = Annotated[bool, typer.Option("--no-pager", help=_("Print all at once, however long it is."))]
RefArgument = Annotated[
    list[str],
    typer.Argument(
        metavar=_("REF..."),
        help=_("The id of a structure, its name, or words of it."),
    ),
]
OptionalRefArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[REF]..."), show_default=False,
        help=_("The id of a structure, its name, or words of it."),
    ),
]  # fmt: skip
CommuneOption = Annotated[
    str,
    typer.Option(
        "--commune", metavar=_("NAME"), show_default=False,
        help=_("Only in this municipality."),
    ),
]  # fmt: skip
CodePostalOption = Annotated[
    str,
    typer.Option(
        "--code-postal", metavar=_("PREFIX"), show_default=False,
        help=_("Only with a postal code that begins so."),
    ),
]  # fmt: skip
ArrondissementOption = Annotated[
    int | None,
    typer.Option(
        "--arrondissement", metavar=_("N"), click_type=WholeNumber(1, 20), show_default=False,
        help=_("Only in this arrondissement of Paris, Lyon or Marseille, by the postal code."),
    ),
]  # fmt: skip
LabelOption = Annotated[
    str,
    typer.Option(
        "--label", metavar=_("LABEL"), show_default=False,
        help=_("Only with this label, or a part of it."),
    ),
]  # fmt: skip
StatutOption = Annotated[
    bool | None,
    typer.Option("--open/--closed", show_default=False, help=_("Only open ones, or only closed ones.")),
]
SortOption = Annotated[
    str,
    typer.Option(
        "--sort", metavar=_("FIELD,-FIELD"), show_default=False,
        help=_("Sort by these fields; - from the last to the first."),
    ),
]  # fmt: skip
FieldsOption = Annotated[
    str,
    typer.Option(
        "--fields", metavar=_("FIELD,FIELD"), show_default=False,
        help=_("Show these fields."),
    ),
]  # fmt: skip
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit", metavar=_("N"), click_type=WholeNumber(0), show_default=False,
        help=_("Show at most N structures."),
    ),
]  # fmt: skip
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar=_("FIELD=VALUE"), show_default=False,
        help=_("Set a field; items of a list are separated by |, and FIELD+=V or FIELD-=V add or take one."),
    ),
]  # fmt: skip


class Layout(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    TSV = "tsv"
    JSON = "json"


LayoutOption = Annotated[
    Layout | None,
    typer.Option(
        "--format", show_default=False, help=_("A table on a terminal and tsv in a pipe, if left out.")
    ),
]
