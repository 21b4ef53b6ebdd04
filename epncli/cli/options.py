"""The options that several commands share, with the same name and meaning everywhere."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

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


def value_option(*names: str, metavar: str, help: str, click_type: click.ParamType[Any] | None = None) -> Any:  # noqa: A002
    """An option that takes a value; its help shows no default, since the default is not to use it."""
    return typer.Option(*names, metavar=metavar, click_type=click_type, show_default=False, help=help)


RegistryOption = Annotated[
    str,
    value_option(
        "--registry",
        "-r",
        metavar=_("FILE"),
        help=_("The registry; otherwise EPN_REGISTRY, or registry.yaml here or in a parent folder."),
    ),
]
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
SetOption = Annotated[
    list[str] | None,
    value_option(
        "--set",
        metavar=_("FIELD=VALUE"),
        help=_("Set a field; items of a list are separated by |, and FIELD+=V or FIELD-=V add or take one."),
    ),
]


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
