"""Steps shared by the commands that write: open the registry, validate, commit or preview, show the undo."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from epncli.cli.clock import today
from epncli.cli.registry_file import RegistryLocation, find_registry
from epncli.cli.screen import terminal
from epncli.cli.screen.difference import print_difference
from epncli.errors import EpnError, ExitCode
from epncli.i18n import _, with_colon
from epncli.model.structure import CONFIRMED, FIELDS, Structure
from epncli.problems import Problem
from epncli.registry.changes import Change, ChangeOutcome, commit, preview
from epncli.registry.registry import Registry, difference
from epncli.system import shell


class Refused(EpnError):
    """A rule refuses a value. Nothing was written."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Session:
    """The registry that a command changes, its location, and the options for changing it."""

    registry: Registry
    where: RegistryLocation
    dry_run: bool
    option: str = ""
    """The value of --registry, which is repeated in the command line that undoes a change."""

    @staticmethod
    def open(option: str, *, dry_run: bool) -> Session:
        """A session with the registry, for a command that writes. Raises BadUsage and Unreadable."""
        where = find_registry(option)
        return Session(Registry.read(where.path), where, dry_run, option)

    def read_again(self) -> Session:
        """The same session, with the registry read again."""
        return dataclasses.replace(self, registry=Registry.read(self.where.path))

    def carry_out(
        self,
        changes: Sequence[Change],
        *,
        backup: bool = False,
        before_writing: Callable[[ChangeOutcome], None] = lambda _outcome: None,
    ) -> ChangeOutcome | None:
        """Commit the changes and return the outcome; for --dry-run, print the diff and return None."""
        if self.dry_run:
            print_difference(preview(self.registry, changes))
            return None
        outcome = commit(
            self.registry, changes, backup=backup, on_wait=_say_waiting, before_writing=before_writing
        )
        if self.where.in_parent and not outcome.nothing_done:
            terminal.say(_("in {file}").format(file=self.where.path))
        _say_hard_links(outcome)
        return outcome

    def say_undo(self, command: str, structure: Structure, *options: str) -> None:
        """Say the command line that undoes a change, on one line, to paste in a shell."""
        terminal.say_undo(self._line(command, structure, *options))

    def say_undo_edit(self, before: Structure, after: Structure) -> None:
        """Say the `epn edit` command that restores the old values; only the values if a rule refuses one."""
        had = {name: "|".join(before.texts(name)) for name in difference(after, before)}
        options = []
        for name, text in had.items():
            options += ["--set", f"{name}={text}"] if text else ["--unset", name]
        if after.date_maj == before.date_maj != today() and any(name in CONFIRMED for name in had):
            options.append("--unconfirmed")
        if not (_settable(before, had) and self._line("edit", after, *options)):
            values = ", ".join(f"{name}={text}" for name, text in had.items())
            terminal.say("  " + _("before: {values}").format(values=values))
            return
        self.say_undo("edit", after, *options)

    def _line(self, command: str, structure: Structure, *options: str) -> str:
        words = ["epn", command, *(("-r", self.option) if self.option else ())]
        ref = structure.id
        words += [*options, "--", ref] if ref.startswith("-") else [ref, *options]
        return shell.line(*words)


def _settable(structure: Structure, names: Collection[str]) -> bool:
    """True if `--set` can restore the values exactly: no `|` in an item, nothing refused or normalised."""
    if any("|" in item for name in names if FIELDS[name].many for item in structure.texts(name)):
        return False
    from epncli.validation.structure_check import check_structure

    checked = check_structure(structure, today(), names)
    return not checked.refused and all(
        checked.structure.value(name) == structure.value(name) for name in names
    )


def say_first_step(option: str) -> None:
    """Say how to add the first structure, on one line, to paste. `option` is the value of --registry."""
    where = " " + shell.line("-r", option) if option else ""
    name = _("Name")
    command = f'epn add "{name}" --code-postal 75012 --telephone "01 40 01 02 03"{where}'
    terminal.say_unwrapped("  " + _("next: {command}").format(command=command))


def _say_waiting() -> None:
    terminal.say(_("another epn process is writing to the file; waiting…"))


def _say_hard_links(outcome: ChangeOutcome) -> None:
    """Say that other hard links keep the old text, since the file was replaced."""
    if outcome.hard_links > 1 and not outcome.nothing_done:
        terminal.say(_("the file has other names (hard links); they still have the previous content"))


def validated(structure: Structure, names: Collection[str]) -> tuple[Structure, list[Problem]]:
    """The structure with these fields in their normal form, and the warnings. Raises Refused for errors."""
    from epncli.validation.structure_check import check_structure

    checked = check_structure(structure, today(), names)
    if checked.refused:
        *others, last = checked.errors
        for problem in others:
            terminal.say(terminal.diagnostic("", 0, 0, _("error"), _worded(problem), problem.hint))
        raise Refused(_worded(last), last.hint)
    return checked.structure, checked.problems


def say_warnings(problems: Sequence[Problem]) -> None:
    """Print warnings."""
    for problem in problems:
        terminal.say(terminal.diagnostic("", 0, 0, _("warning"), _worded(problem), problem.hint))


def _worded(problem: Problem) -> str:
    return with_colon(problem.field, problem.message)


def confirmed_today(before: Structure, after: Structure) -> Structure:
    """The changed structure with `date_maj` today, unless the change sets `date_maj`.

    If only private fields changed, nobody has confirmed anything: the date stays.
    """
    differs = any(before.value(name) != after.value(name) for name in CONFIRMED)
    if before.date_maj != after.date_maj or not (differs or before.unknown_fields != after.unknown_fields):
        return after
    return after.changed(date_maj=today())
