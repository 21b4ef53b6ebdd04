"""`epn diff`: print what has changed in the registry."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import typer

from epncli.cli.app import examples
from epncli.cli.clock import today
from epncli.cli.field_names import fields_named
from epncli.cli.options import Language, NoPagerOption, RegistryOption, value_option
from epncli.cli.output_file import OutputOption, deliver, refuse_replacing
from epncli.cli.registry_file import find_registry
from epncli.cli.screen import terminal
from epncli.cli.selection import PlaceFilters
from epncli.cli.session import usable
from epncli.display import changes
from epncli.display.changes import Groups
from epncli.display.state import States
from epncli.errors import BadUsage, ExitCode
from epncli.formats.changes import Report, as_html, as_markdown, summary
from epncli.history.versions import History, Snapshot
from epncli.i18n import _, language
from epncli.model.structure import PUBLISHED, Structure
from epncli.registry.compare import compare
from epncli.registry.registry import Registry
from epncli.rules import dates
from epncli.yamlfile.source import decode, read_stream


class Format(StrEnum):
    """The output format of the changes."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    MESSAGE = "message"


OldArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("[OLD]"),
        show_default=False,
        help=_("A file, or a version in git (HEAD~3, a tag, a branch); the last commit by default."),
    ),
]
NewArgument = Annotated[
    str,
    typer.Argument(
        metavar=_("[NEW]"),
        show_default=False,
        help=_("A file or a version, like OLD; the registry by default."),
    ),
]
SinceOption = Annotated[
    str,
    value_option("--since", metavar=_("DATE"), help=_("Compare with the registry as it was on this day.")),
]
FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        help=_(
            "text: for people, and lines in a pipe; markdown, html: for a blog; json: for programs; "
            "message: for a commit."
        ),
    ),
]
FieldsOption = Annotated[
    str,
    value_option("--fields", metavar=_("FIELD,FIELD"), help=_("Only changes of these fields.")),
]
LangOption = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        show_default=False,
        help=_("markdown, html, message: the language of the text; fr by default for a blog."),
    ),
]
ExitCodeOption = Annotated[bool, typer.Option("--exit-code", help=_("Exit with 1 if anything has changed."))]


def show_changes(
    filters: PlaceFilters,
    old: OldArgument = "",
    new: NewArgument = "",
    since: SinceOption = "",
    file_format: FormatOption = Format.TEXT,
    fields: FieldsOption = "",
    lang: LangOption = None,
    output: OutputOption = "",
    exit_code: ExitCodeOption = False,
    no_pager: NoPagerOption = False,
    registry: RegistryOption = "",
) -> int:
    """Print what has changed between two versions of the registry."""
    output = "" if output == "-" else output
    names = fields_named(fields)
    if since and old:
        raise BadUsage(_("--since and a version cannot be used together"), _("leave out one of the two"))
    sides = _Sides(registry)
    before = sides.before(_first_day(since)) if since else sides.of(old or "HEAD")
    after = sides.of(new)
    refuse_replacing(output, registry, [old, new])
    compared = names or (PUBLISHED if file_format in (Format.MARKDOWN, Format.HTML) else ())
    groups = _kept(compare(before.structures, after.structures, compared).by_group(), filters)
    spoken = lang or (Language(language()) if file_format in (Format.TEXT, Format.MESSAGE) else Language.FR)
    report = Report(groups, before.day, States(after.structures, today()), spoken)
    words = summary(replace(report, lang=language()))
    if file_format is Format.TEXT and not output and terminal.is_terminal():
        _show(groups, pager=not no_pager)
        terminal.inform(words)
    else:
        deliver(_written(report, file_format).encode("utf-8", "replace"), output, words)
    return ExitCode.NEGATIVE if exit_code and groups else ExitCode.DONE


class _Side(NamedTuple):
    """One of the two registries that are compared."""

    structures: Sequence[Structure]
    day: str = ""
    """The day of its version, in ISO 8601; "" for a file."""


class _Sides:
    """Reads files and versions of the registry."""

    def __init__(self, registry: str) -> None:
        self._registry = registry

    @cached_property
    def _path(self) -> Path:
        return find_registry(self._registry)

    @cached_property
    def _history(self) -> History:
        return History.of(self._path)

    def of(self, named: str) -> _Side:
        """A file, a pipe such as `/dev/stdin`, or a version in git; the registry for ""."""
        path = Path(named) if named else self._path
        if not named or os.path.isfile(path) or _NAME_OF_A_FILE.search(named):
            return _Side(Registry.read(path).structures)
        if os.path.exists(path) and not os.path.isdir(path):  # a folder may have the name of a branch
            return _Side(Registry.read_text(decode(path, read_stream(path))).structures)
        return _version(self._history.at(named))

    def before(self, day: str) -> _Side:
        """The version from before a day; the oldest one, with a message, if there is none."""
        found = _version(self._history.before(day))
        if found.day >= day:
            oldest = dates.in_words(found.day, language())
            terminal.say(_("the oldest version is of {date}").format(date=oldest))
            return found
        return found._replace(day=day)


_NAME_OF_A_FILE: Final = re.compile(r"\A[^:]*\.ya?ml\Z", re.DOTALL)
"""A name that is not that of a version: if there is no such file, it is not looked for in git."""


def _version(found: Snapshot) -> _Side:
    return _Side(Registry.read_text(found.source).structures, found.when.date().isoformat())


def _first_day(typed: str) -> str:
    """The day that was typed, or the first day of the month or of the year. Raises BadUsage."""
    date = usable(dates.validate(typed, today=today(), partial=True))
    return date + "-01-01"[len(date) - 4 :]


def _kept(groups: Groups, filters: PlaceFilters) -> Groups:
    """The changes of structures that pass the filters, before or after."""
    found = [change for listed in groups.values() for change in listed]
    both = [one for change in found for one in (change.before, change.after)]
    passing = set(map(id, filters.filtered(both)))
    kept = {
        group: [one for one in listed if {id(one.before), id(one.after)} & passing]
        for group, listed in groups.items()
    }
    return {group: listed for group, listed in kept.items() if listed}


def _show(groups: Groups, *, pager: bool) -> None:
    from epncli.cli.screen.changes import styled
    from epncli.cli.screen.pager import page
    from epncli.cli.screen.table import make_console

    console = make_console()
    page(styled(groups, console), console, pager=pager)
    terminal.flush()


def _written(report: Report, file_format: Format) -> str:
    from epncli.cli.screen import changes as screen

    if file_format is Format.MARKDOWN:
        return as_markdown(report)
    if file_format is Format.HTML:
        return as_html(report)
    if file_format is Format.JSON:
        return screen.as_json(report.groups)
    if file_format is Format.TEXT:
        return screen.as_lines(report.groups)
    subject = changes.subject(report.groups, report.lang)
    return f"{subject}\n" if subject else ""


COMMANDS = {
    "diff": (
        show_changes,
        examples(
            _(
                "Print what has changed: new, closed, moved and renamed structures, new phone numbers. "
                "Without OLD, the registry is compared with the last commit in git."
            )
            + "\n\n"
            + _("In a pipe, each line has a group, the id, the name, a field, its old and its new value."),
            "epn diff",
            "epn diff --since 2026-09-01",
            "epn diff --since 2026-09 --format markdown",
            'git commit -am "$(epn diff --format message)"',
        ),
    )
}
