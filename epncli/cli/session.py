"""Steps shared by the commands that write: open the registry, validate, commit or preview, show the undo."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from epncli.cli.clock import now, today
from epncli.cli.git_problems import refuse_change_during_merge
from epncli.cli.registry_file import find_registry, is_the_only_one_here, kept
from epncli.cli.screen import terminal
from epncli.cli.screen.difference import print_difference
from epncli.errors import BadUsage, EpnError, ExitCode
from epncli.i18n import _, with_colon
from epncli.model.structure import CONFIRMED, Structure
from epncli.problems import Problem
from epncli.registry import undo
from epncli.registry.changes import Change, ChangeOutcome, commit, preview
from epncli.registry.registry import Registry
from epncli.registry.undo_log import UndoLog
from epncli.rules.result import RuleResult
from epncli.system import shell
from epncli.system.os_errors import reason


class Refused(EpnError):
    """A rule refuses a value. Nothing was written."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Session:
    """The registry that a command changes, its location, and the options for changing it."""

    registry: Registry
    path: Path
    dry_run: bool
    option: str = ""
    """The value of --registry, which is repeated in the command line that undoes a change."""
    in_series: bool = False
    """True if a command makes many changes, one after the other: it names the registry once."""

    @staticmethod
    def open(option: str, *, dry_run: bool) -> Session:
        """A session with the registry, for a command that writes.

        Raises BadUsage, Unreadable, and NegativeAnswer while git has not merged the file.
        """
        path = find_registry(option)
        refuse_change_during_merge(path)
        return Session(kept(Registry.read(path)), path, dry_run, option)

    def read_again(self) -> Session:
        """The same session, with the registry read again."""
        return dataclasses.replace(self, registry=Registry.read(self.path))

    def carry_out(
        self,
        changes: Sequence[Change],
        *,
        backup: bool = False,
        before_writing: Callable[[ChangeOutcome], None] = lambda _outcome: None,
        beside: Path | None = None,
    ) -> ChangeOutcome | None:
        """Commit the changes and return the outcome; for --dry-run, print the diff and return None.

        `beside` is another file that the command replaces afterwards, which is undone with the changes.
        """
        if self.dry_run:
            outcome = preview(self.registry, changes)
            print_difference(self.path, outcome.before.document.text, outcome.splices)
            return None
        faults: list[str] = []

        def prepare(outcome: ChangeOutcome) -> None:
            before_writing(outcome)
            faults.append(self._note_undo(outcome, beside))

        outcome = commit(self.registry, changes, backup=backup, on_wait=say_waiting, before_writing=prepare)
        if not outcome.nothing_done and not self.in_series:
            say_file(self.path, outcome.hard_links, self.registry.titre)
        return kept(dataclasses.replace(outcome, undo_fault="".join(faults)))

    def _note_undo(self, outcome: ChangeOutcome, beside: Path | None) -> str:
        """Keep what takes the changes back, before they are written; why that is not possible, or ""."""
        command = click.get_current_context().info_name or ""
        try:
            UndoLog(self.path).add(undo.step_of(outcome, command, now(), beside))
        except (OSError, UnicodeDecodeError) as failure:
            return with_colon(str(getattr(failure, "filename", "") or ""), reason(failure))
        return ""

    def say_undo(self, outcome: ChangeOutcome) -> None:
        """Say the command line that undoes the changes, to paste in a shell, or that there is none."""
        if outcome.undo_fault:
            terminal.say(
                "  " + _("‘epn undo’ cannot undo this: {reason}").format(reason=outcome.undo_fault), hang=4
            )
        elif not outcome.nothing_done:
            where = ("-r", self.option) if self.option else ()
            terminal.say_undo(shell.line("epn", "undo", *where))


def say_first_step(option: str) -> None:
    """Say how to add the first structure, on one line, to paste. `option` is the value of --registry."""
    where = " " + shell.line("-r", option) if option else ""
    name = _("Name")
    command = f'epn add "{name}" --code-postal 75012 --telephone "01 40 01 02 03"{where}'
    terminal.inform_unwrapped("  " + _("next: {command}").format(command=command))


def say_waiting() -> None:
    """Say that another process holds the lock."""
    terminal.say(_("another epn process is writing to the file; waiting…"))


def say_file(path: Path, hard_links: int, titre: str = "") -> None:
    """Say which registry was changed, unless it is the only one here, and that its other hard links were not.

    `titre` is its title, if that is known.
    """
    if not is_the_only_one_here(path):
        named = _("{title} ({file})").format(title=terminal.visible(titre), file=path) if titre else path
        terminal.inform(_("in {file}").format(file=named))
    if hard_links > 1:
        terminal.say(_("the file has other names (hard links); they still have the previous content"))


def usable(result: RuleResult) -> str:
    """The value of an option or an answer in its normal form. Raises BadUsage if it is refused."""
    if result.refused:
        raise BadUsage(result.problems[0].message, result.problems[0].hint)
    return result.value


def untouched(found: Sequence[Structure], changes: Sequence[Change]) -> list[Structure]:
    """The structures that no change is about: there is nothing to do for them."""
    changed = {id(change.before) for change in changes}
    return [one for one in found if id(one) not in changed]


def validated(
    structure: Structure, names: Collection[str], *, name: str = ""
) -> tuple[Structure, list[Problem]]:
    """The structure with these fields in their normal form, and the warnings. Raises Refused for errors.

    `name` stands before the field in the errors and warnings, where there are several structures.
    """
    from epncli.validation.structure_check import check_structure

    checked = check_structure(structure, today(), names)
    if checked.refused:
        *others, last = _named(checked.errors, name)
        for problem in others:
            terminal.say(terminal.diagnostic("", 0, 0, _("error"), worded(problem), problem.hint))
        raise Refused(worded(last), last.hint)
    return checked.structure, _named(checked.problems, name)


def _named(problems: Sequence[Problem], name: str) -> list[Problem]:
    return [one._replace(field=with_colon(name, one.field)) for one in problems]


def say_warnings(problems: Sequence[Problem]) -> None:
    """Print warnings."""
    for problem in problems:
        terminal.say(terminal.diagnostic("", 0, 0, _("warning"), worded(problem), problem.hint))


def worded(problem: Problem) -> str:
    """The message of a problem, after its field."""
    return with_colon(problem.field, problem.message)


def confirmed_today(before: Structure, after: Structure) -> Structure:
    """The changed structure with `date_maj` today, unless the change sets `date_maj`.

    If only private fields changed, nobody has confirmed anything: the date stays.
    """
    differs = any(before.value(name) != after.value(name) for name in CONFIRMED)
    if before.date_maj != after.date_maj or not (differs or before.unknown_fields != after.unknown_fields):
        return after
    return after.changed(date_maj=today())
