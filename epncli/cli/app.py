"""The Click application: the table of commands, whose modules are imported only when they are called."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache, wraps
from importlib import import_module
from inspect import Parameter, Signature, signature
from typing import Any, NamedTuple, get_type_hints

import click
import typer
from click.core import ParameterSource
from click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup

from epncli.cli.completion import candidates, install
from epncli.cli.options import RegistryOption
from epncli.cli.screen import terminal
from epncli.errors import BadUsage
from epncli.i18n import N_, _
from epncli.model.structure import FIELDS


class Entry(NamedTuple):
    """A command: its module in `epncli.cli.commands`, and its summary for the list of commands."""

    module: str
    summary: str


COMMANDS = {
    "list": Entry("list_", N_("List structures")),
    "search": Entry("search", N_("Search structures by word, phone number or field")),
    "near": Entry("near", N_("List the nearest structures that are open")),
    "show": Entry("show", N_("Show the details of a structure")),
    "add": Entry("add", N_("Add a structure")),
    "edit": Entry("edit", N_("Change fields of a structure")),
    "close": Entry("close", N_("Mark structures as closed")),
    "reopen": Entry("reopen", N_("Mark structures as open again")),
    "call": Entry("call", N_("Call structures, and write each answer")),
    "verify": Entry("verify", N_("Confirm that the data of a structure is correct")),
    "remove": Entry("remove", N_("Remove structures from the registry")),
    "merge": Entry("merge", N_("Merge structures that are the same place")),
    "undo": Entry("undo", N_("Undo the last change")),
    "check": Entry("check", N_("Check the registry and fix what can be fixed")),
    "export": Entry("export", N_("Export structures for a blog, a spreadsheet or a map")),
    "import": Entry("import_", N_("Import structures from other files")),
    "diff": Entry("diff", N_("Show what has changed")),
    "log": Entry("log", N_("Show the history of a structure")),
    "resolve": Entry("resolve", N_("Resolve the conflicts of a merge in git")),
    "merge-driver": Entry("merge_driver", N_("Let git merge the registry record by record")),
    "stats": Entry("stats", N_("Show statistics about the registry")),
    "schema": Entry("schema", N_("Print the JSON Schema of a registry")),
    "init": Entry("init", N_("Create a registry")),
}
"""The commands by name, the most used first."""


class Formatter(click.HelpFormatter):
    """Click's help formatter; on a narrow terminal, descriptions are below the names of the options."""

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names and descriptions in two columns."""
        super().write_dl(rows, col_max if self.width >= NARROW else 4, col_spacing)


NARROW = 58


class Context(click.Context):
    """Click's context, with `Formatter` for the help."""

    formatter_class = Formatter


class Group(TyperGroup):
    """The command group `epn`, which imports a command only when it is called."""

    context_class = Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments before the name of the command."""
        with _option_meant(ctx):
            rest = super().parse_args(ctx, args)
        _refuse_empty_values(ctx)
        return rest

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        return load_command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands, without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(entry.summary)) for name, entry in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Completion candidates: the commands, without importing them, and the options."""
        found = [(name, entry) for name, entry in COMMANDS.items() if name.startswith(incomplete)]
        items = [CompletionItem(name, help=_(entry.summary)) for name, entry in found]
        return items + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named by the arguments. If there is none, the error suggests a similar one."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:  # Click only knows the commands already imported
            from epncli.cli.mistyped import no_such_command

            raise no_such_command(error.command_name, COMMANDS, ctx) from None


class Command(TyperCommand):
    """A command whose arguments are listed in its help by Typer, and not again by Click 8.5."""

    context_class = Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments. A southern latitude, as in `-21.1,55.5`, is an argument and no option."""
        ctx.allow_extra_args = ctx.command.name == "list"  # to say more about them than Click
        with _option_meant(ctx):
            try:
                rest = super().parse_args(ctx, [f" {arg}" if _SOUTHERN.match(arg) else arg for arg in args])
            except click.BadOptionUsage as error:
                error.ctx = error.ctx or ctx  # for the usage of this command
                raise
        if ctx.args and not ctx.resilient_parsing:
            from epncli.cli.mistyped import words_to_search

            raise words_to_search(ctx.args)
        _refuse_empty_values(ctx)
        return rest

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write nothing: `format_options` writes the arguments."""


@contextmanager
def _option_meant(ctx: click.Context) -> Iterator[None]:
    """Report an option that does not exist with the one that was probably meant."""
    try:
        yield
    except click.NoSuchOption as error:
        from epncli.cli.mistyped import no_such_option

        raise no_such_option(error, ctx.command) from None


def _refuse_empty_values(ctx: click.Context) -> None:
    """Raise BadUsage for an option whose value is blank, as in `--commune "$COMMUNE"` without that variable.

    Without the option, `epn list` lists all structures: this is not what a filter was typed for.
    """
    for option in ctx.command.params if not ctx.resilient_parsing else ():
        values = ctx.params.get(str(option.name))
        given = ctx.get_parameter_source(str(option.name)) is ParameterSource.COMMANDLINE
        if not isinstance(option, click.Option) or not given:
            continue
        for value in values if isinstance(values, list | tuple) else [values]:
            if isinstance(value, str) and not value.strip():
                raise BadUsage(_("{option} has no value").format(option=option.opts[0]), _hint(ctx, option))


def _hint(ctx: click.Context, option: click.Option) -> str:
    fields = [name for name in (str(option.name), f"{option.name}s") if name in FIELDS]
    if fields and any(one.name == "unset" for one in ctx.command.params):
        return _("to clear the field: --unset {name}").format(name=fields[0])
    return _("give it one, or leave the option out")


_SOUTHERN = re.compile(r"-[0-9]{1,2}(?:\.[0-9]+)?\s?[,;]")


@cache
def load_command(name: str) -> click.Command:
    """The command of that name, imported from its module."""
    module = import_module(f"epncli.cli.commands.{COMMANDS[name].module}")
    callback, about = module.COMMANDS[name]
    return make_command(name, callback, about)


def make_command(name: str, callback: Callable[..., Any], about: str) -> click.Command:
    """A Click command, made by Typer from an annotated function and its help text."""
    app = _application()
    callback = _with_single_options(callback)
    app.command(name, cls=Command, help=about, context_settings=_settings())(callback)
    command = typer.main.get_command(app)
    _restore_help(command, callback)
    command.params.append(_quiet_option())
    candidates.attach(command)
    return command


def _with_single_options(callback: Callable[..., Any]) -> Callable[..., Any]:
    """The callback with each parameter that is a dataclass replaced by one parameter for each field."""
    hints = get_type_hints(callback, include_extras=True)
    groups: dict[str, Any] = {name: hint for name, hint in hints.items() if is_dataclass(hint)}

    @wraps(callback)
    def wrapper(**values: Any) -> Any:
        for name, group in groups.items():
            values[name] = group(**{field.name: values.pop(field.name) for field in fields(group)})
        return callback(**values)

    single: dict[str, Parameter] = {}
    for name, parameter in signature(callback).parameters.items():
        group = groups.get(name)
        hints |= get_type_hints(group, include_extras=True) if group else {}
        defaults = {one.name: one.default for one in fields(group)} if group else {name: parameter.default}
        single |= {
            one: Parameter(one, Parameter.KEYWORD_ONLY, default=default, annotation=hints[one])
            for one, default in defaults.items()
        }
    wrapper.__signature__ = Signature([*single.values()])  # type: ignore[attr-defined]
    wrapper.__annotations__ = {name: hints[name] for name in single}
    return wrapper


def _restore_help(command: click.Command, callback: Callable[..., Any]) -> None:
    """Set the help of the arguments again: Typer sets it, but Click 8.5 resets it."""
    hints = get_type_hints(callback, include_extras=True)
    for parameter in command.params:
        if isinstance(parameter, typer.core.TyperArgument):
            parameter.help = hints[str(parameter.name)].__metadata__[0].help


def examples(about: str, *lines: str) -> str:
    """The help text of a command: its description and its examples."""
    shown = "\n".join(f"  {line}" for line in lines)
    title = _("Examples:")
    return f"{about}\n\n\b\n{title}\n{shown}"


def _settings() -> dict[str, Any]:
    # Click wraps at 50 columns at least; a narrower terminal would then break lines inside words.
    width = min(shutil.get_terminal_size().columns, 80) - 2
    return {"help_option_names": ["-h", "--help"], "terminal_width": max(width, 20)}


def _application(**more: Any) -> typer.Typer:
    # Plain help is fast, is translated by Click's own gettext, and never interprets data as markup.
    return typer.Typer(add_completion=False, rich_markup_mode=None, suggest_commands=False, **more)


@cache
def epn() -> click.Command:
    """The Click command `epn`."""
    app = _application(
        cls=Group,
        no_args_is_help=False,
        invoke_without_command=True,
        context_settings=_settings(),
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        help=_("Manage a registry of EPN (espaces publics numériques) in a single YAML file."),
    )
    app.callback()(_epn)
    command = typer.main.get_command(app)
    command.params += [_quiet_option(), *install.options()]
    candidates.attach(command)
    return command


def _quiet_option() -> click.Option:
    """The option of every command, before or after its name, that leaves out counts and confirmations."""

    def answer(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value:
            terminal.be_quiet(context)

    return click.Option(
        ["--quiet", "-q"], is_flag=True, expose_value=False, callback=answer,
        help=_("Leave out counts and confirmations, but no problem."),
    )  # fmt: skip


def _epn(
    context: typer.Context,
    version: bool = typer.Option(
        False, "--version", "-V", is_eager=True, help=_("Print the version and exit.")
    ),
    registry: RegistryOption = "",
) -> None:
    if version:
        from epncli import __version__

        print(f"epn {__version__}")  # noqa: T201
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())  # noqa: T201
        raise typer.Exit
    if registry:  # as if it stood after the command
        context.default_map = {context.invoked_subcommand: {"registry": registry}}
