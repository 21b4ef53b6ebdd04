"""What every command that writes has in common: judge, commit or preview, say what changed."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from epncli.cli import terminal
from epncli.cli.clock import today
from epncli.cli.selection import Whereabouts, find_registry
from epncli.errors import BadUsage, EpnError, ExitCode
from epncli.i18n import _
from epncli.problems import Level, Problem
from epncli.changes import Change, Outcome, commit, preview
from epncli.registry import Registry, difference
from epncli.structure import Structure


class Refused(EpnError):
    """Values that a rule refuses: nothing was written."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Session:
    """The registry that a command changes, and where it was found."""

    registry: Registry
    where: Whereabouts
    dry_run: bool

    @staticmethod
    def open(option: str, *, dry_run: bool) -> Session:
        """The registry, for a command that writes."""
        where = find_registry(option)
        return Session(Registry.read(where.path), where, dry_run)

    def carry_out(self, changes: Sequence[Change], *, backup: bool = False) -> Outcome | None:
        """Commit the changes; or, for --dry-run, print the difference that they make and return None."""
        if self.dry_run:
            print_difference(preview(self.registry, changes))
            return None
        outcome = commit(self.registry, changes, backup=backup, on_wait=_say_waiting)
        if self.where.in_parent and not outcome.nothing_done:
            terminal.say(_("in {file}").format(file=self.where.path))
        _say_hard_links(outcome)
        return outcome


def _say_waiting() -> None:
    terminal.say(_("another epn is writing to the file: waiting…"))


def _say_hard_links(outcome: Outcome) -> None:
    """A file is replaced, so that its other names keep the old text: better said."""
    if outcome.hard_links > 1 and not outcome.nothing_done:
        terminal.say(_("the file has other names (hard links): they still hold the previous text"))


def print_difference(outcome: Outcome) -> None:
    """The unified diff of the file, for --dry-run; nothing where nothing would change."""
    from difflib import unified_diff

    before, after = outcome.before.document.text, outcome.after.document.text
    name = str(outcome.before.path)
    lines = unified_diff(before.split("\n"), after.split("\n"), f"a/{name}", f"b/{name}", lineterm="")
    for line in lines:
        terminal.out(line.replace("\r", "") + "\n")
    terminal.flush()
    if outcome.nothing_done:
        terminal.say(_("nothing would change"))


def judged(structure: Structure, names: Collection[str]) -> tuple[Structure, list[Problem]]:
    """The structure with these fields in their normal form, and the warnings; errors are raised."""
    from epncli.judge import judge

    judgement = judge(structure, today(), names)
    errors = [problem for problem in judgement.problems if problem.level is Level.ERROR]
    if errors:
        *others, last = errors
        for problem in others:
            terminal.say(terminal.diagnostic("", 0, 0, _("error"), _worded(problem), problem.hint))
        raise Refused(_worded(last), last.hint)
    return judgement.structure, judgement.problems


def say_warnings(problems: Sequence[Problem]) -> None:
    """The warnings about what was written."""
    for problem in problems:
        terminal.say(terminal.diagnostic("", 0, 0, _("warning"), _worded(problem), problem.hint))


def _worded(problem: Problem) -> str:
    return f"{problem.field}: {problem.message}" if problem.field else problem.message


def stood_by(before: Structure, after: Structure) -> Structure:
    """The changed structure with today as `date_maj`, unless the change itself sets that."""
    if before == after or before.date_maj != after.date_maj:
        return after
    return after.changed(date_maj=today())


def undo(before: Structure, after: Structure) -> str:
    """The command that takes a change back."""
    parts = ["epn", "edit", shlex.quote(after.id)]
    for name in difference(after, before):
        value = before.value(name)
        if not value:
            parts += ["--unset", name]
        else:
            text = value if isinstance(value, str) else "|".join(value)
            parts += ["--set", shlex.quote(f"{name}={text}")]
    return " ".join(parts)


def parse_settings(structure: Structure, settings: Sequence[str], unset: Sequence[str]) -> Structure:
    """The structure after `--set champ=valeur`, `champ+=v`, `champ-=v` and `--unset champ`."""
    from epncli.fields import find_champ

    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise BadUsage(
                _("‘{text}’ is not of the form FIELD=VALUE").format(text=setting),
                _("type for example --set 'adresse=3 rue de la Paix'"),
            )
        sign = name[-1:] if name[-1:] in ("+", "-") else ""
        champ = find_champ(name.removesuffix(sign))
        if not champ.many:
            if sign:
                raise BadUsage(
                    _("‘{name}’ holds one value: nothing can be added to it").format(name=champ.name),
                    _("type --set {name}=VALUE").format(name=champ.name),
                )
            structure = structure.changed(**{champ.name: value})
            continue
        items = tuple(item.strip() for item in value.split("|") if item.strip())
        structure = structure.changed(**{champ.name: _combined(structure, champ.name, sign, items)})
    return structure.changed(**{name: "" for name in _blank(unset)}, **{name: () for name in _blank_lists(unset)})


def _combined(structure: Structure, name: str, sign: str, items: tuple[str, ...]) -> tuple[str, ...]:
    had = structure.value(name)
    assert isinstance(had, tuple)
    if sign == "+":
        return had + items
    if sign == "":
        return items
    from epncli.folding import fold

    gone = {fold(item).replace(" ", "") for item in items}
    left = tuple(item for item in had if fold(item).replace(" ", "") not in gone)
    if left == had:
        raise BadUsage(
            _("‘{name}’ does not hold ‘{text}’").format(name=name, text="|".join(items)),
            _("it holds: {text}").format(text=", ".join(had) or "—"),
        )
    return left


def _blank(unset: Sequence[str]) -> list[str]:
    from epncli.fields import find_champ

    return [champ.name for champ in map(find_champ, unset) if not champ.many]


def _blank_lists(unset: Sequence[str]) -> list[str]:
    from epncli.fields import find_champ

    return [champ.name for champ in map(find_champ, unset) if champ.many]
