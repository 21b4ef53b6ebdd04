"""What every command that writes has in common: judge, commit or preview, say what changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from epncli.cli.clock import today
from epncli.cli.registry_file import RegistryLocation, find_registry
from epncli.cli.screen import terminal
from epncli.cli.screen.difference import print_difference
from epncli.errors import EpnError, ExitCode
from epncli.i18n import _
from epncli.model.structure import FIELDS, Structure
from epncli.problems import Level, Problem
from epncli.registry.changes import Change, ChangeOutcome, commit, preview
from epncli.registry.registry import Registry, difference
from epncli.system import shell


class Refused(EpnError):
    """Values that a rule refuses: nothing was written."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Session:
    """The registry that a command changes, and where it was found."""

    registry: Registry
    where: RegistryLocation
    dry_run: bool
    option: str = ""
    """What --registry said: a command that takes a change back needs it too."""

    @staticmethod
    def open(option: str, *, dry_run: bool) -> Session:
        """The registry, for a command that writes."""
        where = find_registry(option)
        return Session(Registry.read(where.path), where, dry_run, option)

    def read_again(self) -> Session:
        """The same, with the registry as it is now."""
        return dataclasses.replace(self, registry=Registry.read(self.where.path))

    def carry_out(
        self,
        changes: Sequence[Change],
        *,
        backup: bool = False,
        before_writing: Callable[[ChangeOutcome], None] = lambda _outcome: None,
    ) -> ChangeOutcome | None:
        """Commit the changes; or, for --dry-run, print the difference that they make and return None."""
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
        """The command line that takes a change back, on a line that can be pasted into a shell."""
        if line := self._line(command, structure, *options):
            terminal.say_as_is("  " + _("to undo: {command}").format(command=line))

    def say_undo_edit(self, before: Structure, after: Structure) -> None:
        """The `epn edit` that gives each field the value it had; that value itself, if no rule lets it in."""
        had = {name: "|".join(before.texts(name)) for name in difference(after, before)}
        options = []
        for name, text in had.items():
            options += ["--set", f"{name}={text}"] if text else ["--unset", name]
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
    """Whether `--set` gives back these very values: no `|` in an item, nothing refused or put right."""
    if any("|" in item for name in names if FIELDS[name].many for item in structure.texts(name)):
        return False
    from epncli.validation.structure_check import check_structure

    checked = check_structure(structure, today(), names)
    wrong = any(problem.level is Level.ERROR for problem in checked.problems)
    return not wrong and all(checked.structure.value(name) == structure.value(name) for name in names)


def say_first_step(option: str) -> None:
    """How a first structure comes into a registry, on a line that can be pasted; `option` is --registry's."""
    where = " " + shell.line("-r", option) if option else ""
    name = _("Name")
    command = f'epn add "{name}" --code-postal 75012 --telephone "01 40 01 02 03"{where}'
    terminal.say_as_is("  " + _("next: {command}").format(command=command))


def _say_waiting() -> None:
    terminal.say(_("another epn process is writing to the file; waiting…"))


def _say_hard_links(outcome: ChangeOutcome) -> None:
    """A file is replaced, so that its other names keep the old text: better said."""
    if outcome.hard_links > 1 and not outcome.nothing_done:
        terminal.say(_("the file has other names (hard links); they still have the previous content"))


def validated(structure: Structure, names: Collection[str]) -> tuple[Structure, list[Problem]]:
    """The structure with these fields in their normal form, and the warnings; errors are raised."""
    from epncli.validation.structure_check import check_structure

    checked = check_structure(structure, today(), names)
    errors = [problem for problem in checked.problems if problem.level is Level.ERROR]
    if errors:
        *others, last = errors
        for problem in others:
            terminal.say(terminal.diagnostic("", 0, 0, _("error"), _worded(problem), problem.hint))
        raise Refused(_worded(last), last.hint)
    return checked.structure, checked.problems


def say_warnings(problems: Sequence[Problem]) -> None:
    """The warnings about what was written."""
    for problem in problems:
        terminal.say(terminal.diagnostic("", 0, 0, _("warning"), _worded(problem), problem.hint))


def _worded(problem: Problem) -> str:
    return terminal.with_colon(problem.field, problem.message)


def confirmed_today(before: Structure, after: Structure) -> Structure:
    """The changed structure with today as `date_maj`, unless the change itself sets that."""
    if before == after or before.date_maj != after.date_maj:
        return after
    return after.changed(date_maj=today())
