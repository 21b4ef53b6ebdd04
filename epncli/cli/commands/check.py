"""`epn check`: check the registry, and with `--fix` correct what has exactly one correct form."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.choosing import pick
from epncli.cli.clock import today
from epncli.cli.git_problems import refuse_unmerged, say_stale_lines
from epncli.cli.options import DryRunOption, OptionalRefArgument, RegistryOption, TextOrJson
from epncli.cli.registry_file import find_registry, read_file
from epncli.cli.screen import problems as screen
from epncli.cli.screen import terminal
from epncli.cli.screen.progress import with_bar
from epncli.cli.session import Session, say_first_step
from epncli.errors import BadUsage, ExitCode, NegativeAnswer
from epncli.i18n import _, ngettext, number
from epncli.model.fields import label_in_sentence
from epncli.problems import Level
from epncli.registry.registry import Registry
from epncli.system import shell
from epncli.validation import partial_registry
from epncli.validation.fixes import FixCounts
from epncli.validation.partial_registry import PartialRegistry, Record
from epncli.validation.registry_check import Findings, check

_LONG = 2000
"""Number of structures from which a check takes seconds, so that a progress bar is shown."""


LayoutOption = Annotated[
    TextOrJson,
    typer.Option(
        "--format", help=_("The output format: text for people and text editors, json for programs.")
    ),
]
StrictOption = Annotated[bool, typer.Option("--strict", help=_("Treat warnings as errors."))]
FixOption = Annotated[
    bool,
    typer.Option(
        "--fix",
        help=_("Fix the problems that have only one solution; the previous file is kept as registry.yaml~."),
    ),
]


def check_registry(
    ref: OptionalRefArgument = None,
    layout: LayoutOption = TextOrJson.TEXT,
    strict: StrictOption = False,
    fix: FixOption = False,
    dry_run: DryRunOption = False,
    registry: RegistryOption = "",
) -> int:
    """Print the problems of a registry. The exit code is 1 if there are errors."""
    if dry_run and not fix:
        raise BadUsage(_("--dry-run can only be used with --fix"), _("add --fix"))
    path = find_registry(registry, reads_only=True)
    refuse_unmerged(path)
    with _without_garbage_collection():
        reading = partial_registry.read(read_file(registry))
        only = _indexes_of(reading, ref)
        if fix:
            repaired = _fix(reading, only, ref, registry, dry_run=dry_run)
            if repaired is None:
                return ExitCode.DONE
            reading = repaired
        found = check(reading, today(), only, _progress)
        screen.print_problems(found.problems, str(reading.source.path), as_json=layout is TextOrJson.JSON)
        terminal.inform(screen.summary(reading, found, only))
        say_stale_lines(path)
        _say_intended(_repairable(reading, found, only), ref, registry)
    if reading.registry is not None and not reading.records:
        _say_first_step(registry)
    counts = Counter(problem.level for problem in found.problems)
    failed = counts[Level.ERROR] or (strict and counts[Level.WARNING])
    return ExitCode.NEGATIVE if failed else ExitCode.DONE


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Disable garbage collection: looking for cycles, of which there are none, takes a fifth of a check."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _indexes_of(reading: PartialRegistry, ref: Sequence[str] | None) -> Collection[str] | None:
    """The ids of the structures named by the REF; None without a REF."""
    if not ref:
        return None
    if not reading.records:
        raise reading.refusals[0] if reading.refusals else _no_structure()
    known = Registry(reading.records[0].document, reading.structures)
    return {structure.id for structure in pick(known.structures, ref)}


def _no_structure() -> NegativeAnswer:
    return NegativeAnswer(
        _("the registry does not contain any structure yet"), _("‘epn add --help’ explains how to add one")
    )


def _fix(
    reading: PartialRegistry,
    only: Collection[str] | None,
    ref: Sequence[str] | None,
    option: str,
    *,
    dry_run: bool,
) -> PartialRegistry | None:
    """Fix the registry, and return it after the fixes; None for a dry run."""
    from epncli.validation import fixes
    from epncli.yamlfile.commit import real_path

    if reading.registry is None:
        terminal.say(_("nothing was fixed: first correct by hand the errors that make the file unreadable"))
        return reading
    session = Session(reading.registry, find_registry(option), dry_run, option)
    changes = fixes.changes(reading.records, today(), reading.records_of(only))
    for one in (one for change in changes for one in fixes.fixes_of(change) if not one.fills):
        terminal.inform(screen.fix_line(one))
    outcome = session.carry_out(changes, backup=True)
    if outcome is None:
        _say_intended(fixes.count_fixes(changes), ref, option)
        return None
    done = fixes.count_fixes(outcome.changes)
    if not done.all:
        terminal.inform(_("nothing to fix"))
        return reading
    path = session.path
    kept = real_path(path) if path.is_symlink() else path  # the backup is beside the target of a link
    screen.say_filled(done)
    terminal.inform(screen.fixed_line(done) + _("; the previous file is {file}~").format(file=kept))
    session.say_undo(outcome)
    return partial_registry.from_registry(outcome.after)


def _say_intended(tally: FixCounts, ref: Sequence[str] | None, option: str) -> None:
    """Say how many values `epn check --fix` would fix. Nothing is said about standard input."""
    parts = []
    if count := tally.corrected:
        parts.append(ngettext("fix {count} value", "fix {count} values", count).format(count=number(count)))
    for name, count in tally.filled.items():
        words = ngettext("fill in {count} value ({field})", "fill in {count} values ({field})", count)
        parts.append(words.format(count=number(count), field=label_in_sentence(name)))
    if parts and str(find_registry(option, reads_only=True)) != "-":
        where = ("-r", option) if option else ()
        command = shell.line("epn", "check", "--fix", *where, *(ref or ())) or "epn check --fix"
        terminal.inform(
            _("‘{command}’ would {repair}").format(command=command, repair=_(" and ").join(parts))
        )


def _repairable(reading: PartialRegistry, found: Findings, only: Collection[str] | None) -> FixCounts:
    from epncli.validation import fixes

    if reading.registry is None:
        return FixCounts(0, {})
    return fixes.count_fixes(fixes.changes(reading.records, today(), reading.records_of(only), found))


def _say_first_step(option: str) -> None:
    """Say how to add the first structure, unless the registry is standard input."""
    if str(find_registry(option, reads_only=True)) != "-":
        say_first_step(option)


def _progress(records: Sequence[Record]) -> Iterable[Record]:
    return with_bar(records, _("checking"), _LONG)


COMMANDS = {
    "check": (
        check_registry,
        examples(
            _("Check the registry: phone numbers, postal codes, dates, duplicates and all other fields."),
            "epn check",
            "epn check --strict --format json",
            "epn check --fix --dry-run",
        ),
    )
}
