"""Command-line options and arguments that several commands share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import click
import typer

from epncli.i18n import _


class WholeNumber(click.IntRange):
    """The parameter type of a whole number, whose range is described in words instead of `0<=x<=20`."""

    name = _("whole number")

    def _describe_range(self) -> str:
        if self.max is None:
            return _("{least} or more").format(least=self.min)
        return _("{least} to {most}").format(least=self.min, most=self.max)


class Kilometres(click.ParamType[float]):
    """The parameter type of a distance: `5`, `1.5`, `1,5`."""

    name = _("kilometres")

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number. Fails for anything else, and below 0."""
        if isinstance(value, float):
            return value
        text = str(value).strip()
        if not re.fullmatch(r"[0-9]{1,5}(?:[.,][0-9]{1,6})?", text):
            self.fail(
                _("‘{text}’ is not a number of kilometres, such as 5 or 1.5").format(text=text), param, ctx
            )
        return float(text.replace(",", "."))


def value_option(*names: str, metavar: str, help: str, click_type: click.ParamType[Any] | None = None) -> Any:  # noqa: A002
    """An option that takes a value. Its help shows no default, which is not to use the option."""
    return typer.Option(*names, metavar=metavar, click_type=click_type, show_default=False, help=help)


RegistryOption = Annotated[
    str,
    value_option(
        "--registry",
        "-r",
        metavar=_("FILE"),
        help=_(
            "The registry file; by default, EPN_REGISTRY, or registry.yaml in this folder or a parent folder."
        ),
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=_("Show the changes without writing them."))]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help=_("Do not ask for confirmation."))]
NoPagerOption = Annotated[bool, typer.Option("--no-pager", help=_("Do not use a pager."))]
RefArgument = Annotated[
    list[str],
    typer.Argument(
        metavar=_("REF..."),
        help=_("The id or name of a structure, or words that match only one structure."),
    ),
]
OptionalRefArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[REF]..."), show_default=False,
        help=_("The id or name of a structure, or words that match only one structure."),
    ),
]  # fmt: skip
CodeOption = Annotated[
    str, typer.Option("--code-postal", metavar=_("CODE"), show_default=False, help=_("The postal code."))
]
SetOption = Annotated[
    list[str] | None,
    value_option(
        "--set",
        metavar=_("FIELD=VALUE"),
        help=_(
            "Set a field; | separates the items of a list. FIELD+=V adds an item, FIELD-=V removes "
            "one. Can be repeated."
        ),
    ),
]


@dataclass(repr=False, eq=False)  # as in `selection`
class PlaceOptions:
    """The options of `add` and `edit` for the fields that are typed most. app.py makes an option of each."""

    commune: Annotated[
        str,
        value_option(
            "--commune", metavar=_("NAME"), help=_("The commune; ‘epn add’ derives it from the postal code.")
        ),
    ] = ""
    adresse: Annotated[
        str, value_option("--adresse", metavar=_("TEXT"), help=_("The street and number."))
    ] = ""
    telephone: Annotated[
        list[str] | None,
        value_option(
            "--telephone",
            metavar=_("NUMBER"),
            help=_("A phone number; can be repeated. ‘epn edit’ replaces all existing numbers."),
        ),
    ] = None

    def values(self) -> dict[str, str | tuple[str, ...]]:
        """The fields that were given, by name."""
        given: dict[str, str | tuple[str, ...]] = {
            "commune": self.commune,
            "adresse": self.adresse,
            "telephones": tuple(self.telephone or ()),
        }
        return {name: value for name, value in given.items() if value}


class Language(StrEnum):
    """The language of a published text."""

    FR = "fr"
    EN = "en"


class Layout(StrEnum):
    """The output format of a list."""

    TABLE = "table"
    TSV = "tsv"
    JSON = "json"


class TextOrJson(StrEnum):
    """The output format of one thing or of a list of problems."""

    TEXT = "text"
    JSON = "json"


LayoutOption = Annotated[
    Layout | None,
    typer.Option(
        "--format",
        show_default=False,
        help=_("The output format; by default, table on a terminal and tsv in a pipe."),
    ),
]
