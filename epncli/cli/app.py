"""The table of commands. A command's module is imported when it is called, so that each starts fast."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import click
import typer
from typer.core import TyperGroup

from epncli.i18n import _

COMMANDS = {
    "list": "list_",
    "search": "search",
    "show": "show",
    "add": "add",
    "edit": "edit",
    "close": "close",
    "reopen": "close",
    "verify": "verify",
    "remove": "remove",
    "check": "check",
    "export": "export",
    "import": "import_",
    "stats": "stats",
    "schema": "schema",
    "init": "init",
}
"""Each command by its name, and the module of this package that holds it."""


class Group(TyperGroup):
    """`epn` itself: knows its commands by name, and loads one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table: what is most used first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        return load_command(cmd_name) if cmd_name in COMMANDS else None


@cache
def load_command(name: str) -> click.Command:
    """The Click command that a module's Typer application makes."""
    module = import_module(f"epncli.cli.{COMMANDS[name]}")
    callback, about = module.COMMANDS[name]
    return make_command(name, callback, about)


def make_command(name: str, callback: Callable[..., Any], about: str) -> click.Command:
    """A Click command from an annotated function, by Typer's rules."""
    app = _application()
    app.command(name, help=about, context_settings={"help_option_names": ["-h", "--help"]})(callback)
    return typer.main.get_command(app)


def examples(about: str, *lines: str) -> str:
    """The help of a command: what it does, and how it is typed."""
    shown = "\n".join(f"  {line}" for line in lines)
    return f"{about}\n\n\b\n{_('Examples:')}\n{shown}"


def _application() -> typer.Typer:
    # Plain help: quick, translated by Click's own gettext, and no markup to be read into data.
    return typer.Typer(add_completion=False, rich_markup_mode=None, suggest_commands=False)


@cache
def epn() -> click.Command:
    """The whole program."""
    app = typer.Typer(
        cls=Group,
        add_completion=False,
        rich_markup_mode=None,
        suggest_commands=False,
        no_args_is_help=False,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=_("Keep a register of EPN (espaces publics numériques) in one YAML file."),
    )
    app.callback()(_epn)
    return typer.main.get_command(app)


def _epn(
    context: typer.Context,
    version: bool = typer.Option(  # noqa: B008  Typer's own way
        False, "--version", "-V", is_eager=True, help=_("Print the version and exit.")
    ),
) -> None:
    if version:
        from epncli import __version__

        print(f"epn {__version__}")  # noqa: T201
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())  # noqa: T201
        raise typer.Exit
