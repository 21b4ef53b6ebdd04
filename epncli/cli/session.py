"""What every command that writes has in common: judge, commit or preview, say what changed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from epncli.cli.clock import today
from epncli.cli.screen import terminal
from epncli.cli.selection import Whereabouts, find_registry
from epncli.errors import BadUsage, EpnError, ExitCode
from epncli.i18n import _
from epncli.model.structure import CHAMPS, Structure
from epncli.problems import Level, Problem
from epncli.registry.changes import Change, Outcome, commit, preview
from epncli.registry.registry import Registry, difference
from epncli.system import shell


class Refused(EpnError):
    """Values that a rule refuses: nothing was written."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class Session:
    """The registry that a command changes, and where it was found."""

    registry: Registry
    where: Whereabouts
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
        before_writing: Callable[[Outcome], None] = lambda _outcome: None,
    ) -> Outcome | None:
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
            terminal.say_as_is("  " + _("to take it back: {command}").format(command=line))

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
    if any("|" in item for name in names if CHAMPS[name].many for item in structure.texts(name)):
        return False
    from epncli.validation.structure_check import judge

    judgement = judge(structure, today(), names)
    wrong = any(problem.level is Level.ERROR for problem in judgement.problems)
    return not wrong and all(judgement.structure.value(name) == structure.value(name) for name in names)


def say_first_step(option: str) -> None:
    """How a first structure comes into a registry, on a line that can be pasted; `option` is --registry's."""
    where = " " + shell.line("-r", option) if option else ""
    name = _("Name")
    command = f'epn add "{name}" --code-postal 75012 --telephone "01 40 01 02 03"{where}'
    terminal.say_as_is("  " + _("next: {command}").format(command=command))


def _say_waiting() -> None:
    terminal.say(_("another epn is writing to the file: waiting…"))


def _say_hard_links(outcome: Outcome) -> None:
    """A file is replaced, so that its other names keep the old text: better said."""
    if outcome.hard_links > 1 and not outcome.nothing_done:
        terminal.say(_("the file has other names (hard links): they still hold the previous text"))


def print_difference(outcome: Outcome) -> None:
    """The unified diff of the file, for --dry-run; nothing where nothing would change."""
    before, after = _lines(outcome.before.document.text), _lines(outcome.written.text)
    name = terminal.visible(str(outcome.before.path))
    for line in _unified_diff(before, after, f"a/{name}", f"b/{name}"):
        terminal.out(line if line.endswith("\n") else line + "\n\\ " + _("No newline at end of file") + "\n")
    terminal.flush()
    if outcome.nothing_done:
        terminal.say(_("nothing would change"))


def _unified_diff(before: list[str], after: list[str], old: str, new: str) -> Iterator[str]:
    """As difflib's, which takes a minute for 20,000 records: it is given only what differs."""
    from difflib import unified_diff

    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    skipped, left_out = max(head - CONTEXT, 0), max(tail - CONTEXT, 0)
    before, after = before[skipped : len(before) - left_out], after[skipped : len(after) - left_out]
    for line in unified_diff(before, after, old, new, n=CONTEXT):
        if found := re.fullmatch(r"@@ -(\d+)(.*) \+(\d+)(.*) @@\n", line):
            line = f"@@ -{int(found[1]) + skipped}{found[2]} +{int(found[3]) + skipped}{found[4]} @@\n"  # noqa: PLW2901
        yield line


def _alike(one: list[str], other: list[str]) -> int:
    """How many lines the two have in common at their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((count for count, (a, b) in pairs if a != b), min(len(one), len(other)))


CONTEXT = 3
"""Lines around a difference, as `diff -u` has them."""


def _lines(text: str) -> list[str]:
    """The lines as `diff` and `patch` count them, each with its end."""
    return [line for line in re.split(r"(?<=\n)", text) if line]


def judged(structure: Structure, names: Collection[str]) -> tuple[Structure, list[Problem]]:
    """The structure with these fields in their normal form, and the warnings; errors are raised."""
    from epncli.validation.structure_check import judge

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
    return terminal.with_colon(problem.field, problem.message)


def stood_by(before: Structure, after: Structure) -> Structure:
    """The changed structure with today as `date_maj`, unless the change itself sets that."""
    if before == after or before.date_maj != after.date_maj:
        return after
    return after.changed(date_maj=today())


def parse_settings(structure: Structure, settings: Sequence[str], unset: Sequence[str]) -> Structure:
    """The structure after `--set champ=valeur`, `champ+=v`, `champ-=v` and `--unset champ`."""
    from epncli.model.fields import find_champ

    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise BadUsage(
                _("‘{text}’ is not of the form FIELD=VALUE").format(text=setting),
                _('type for example ‘--set "adresse=3 rue de la Paix"’'),
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
        if sign and len(items) != 1:
            raise BadUsage(
                _("‘{name}{sign}=’ takes one value, and ‘{text}’ is {count}").format(
                    name=champ.name, sign=sign, text=value, count=len(items)
                ),
                _("write it once for each: --set {name}{sign}=A --set {name}{sign}=B").format(
                    name=champ.name, sign=sign
                ),
            )
        structure = structure.changed(**{champ.name: _combined(structure, champ.name, sign, items)})
    return structure.changed(**dict.fromkeys(_blank(unset), ""), **dict.fromkeys(_blank_lists(unset), ()))


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
    from epncli.model.fields import find_champ

    return [champ.name for champ in map(find_champ, unset) if not champ.many]


def _blank_lists(unset: Sequence[str]) -> list[str]:
    from epncli.model.fields import find_champ

    return [champ.name for champ in map(find_champ, unset) if champ.many]
