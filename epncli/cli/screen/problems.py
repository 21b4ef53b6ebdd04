"""Printing of the problems that a check found, and of the fixes, as lines or as JSON."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from epncli.cli.screen import terminal
from epncli.i18n import _, ngettext, number, with_colon
from epncli.model.structure import FIELDS
from epncli.problems import Level, Problem
from epncli.rules.texte import quoted
from epncli.validation.cross_fields import unreachable
from epncli.validation.fixes import Fix, FixCounts
from epncli.validation.partial_registry import PartialRegistry
from epncli.validation.registry_check import Findings

_MOST_UNREACHABLE: Final = 20
"""Number of structures that nobody can contact and that are listed one by one; more are counted."""


def fix_line(repair: Fix) -> str:
    """A fix on one line: `picoulet: telephones: ‘0148069933’ → ‘01 48 06 99 33’`."""
    return _("{id}: {field}: ‘{before}’ → ‘{after}’").format(
        id=repair.structure.id, field=repair.name, before=repair.before, after=repair.after
    )


def say_filled(tally: FixCounts) -> None:
    """Say how many values were filled in, with one line for each field rather than each record."""
    for name, count in tally.filled.items():
        words = ngettext("filled in for {count} structure", "filled in for {count} structures", count)
        terminal.inform(with_colon(FIELDS[name].label, words.format(count=number(count))))


def fixed_line(tally: FixCounts) -> str:
    """The number of fixes in words, corrected and filled in, without zeros."""
    corrected, filled = tally.corrected, tally.all - tally.corrected
    if not corrected:
        words = ngettext("{count} value filled in", "{count} values filled in", filled)
        return words.format(count=number(filled))
    line = ngettext("{count} value fixed", "{count} values fixed", corrected).format(count=number(corrected))
    if filled:
        line += ngettext(", {count} filled in", ", {count} filled in", filled).format(count=number(filled))
    return line


def print_problems(problems: Sequence[Problem], file: str, *, as_json: bool) -> None:
    """Print problems as lines that editors understand, or as JSON.

    A line reads `registry.yaml:49:17: warning: Médiathèque du Bachut: telephones: ...`.
    """
    if as_json:
        from epncli.formats.json import indented

        terminal.out(indented([_object(problem, file) for problem in problems]))
    else:
        columns = shutil.get_terminal_size().columns if terminal.is_terminal() else sys.maxsize
        listed, counted = _listed_and_counted(problems)
        lines = []
        levels = {Level.ERROR: _("error"), Level.WARNING: _("warning")}
        for problem in listed:
            level = levels[problem.level]
            message = with_colon(_name(problem), with_colon(problem.field, problem.message))
            text = terminal.diagnostic(file, problem.line, problem.column, level, message, problem.hint)
            lines.append(terminal.fitted(text, columns) + "\n")
        if counted:
            text = terminal.diagnostic(file, 0, 0, _("warning"), *_unreachable(counted))
            lines.append(terminal.fitted(text, columns) + "\n")
        terminal.out("".join(lines))
    terminal.flush()


def _listed_and_counted(problems: Sequence[Problem]) -> tuple[Sequence[Problem], int]:
    """The problems to list, and the number of those left out: structures that nobody can contact, if many."""
    message = unreachable().message
    counted = sum(problem.message == message for problem in problems)
    if counted <= _MOST_UNREACHABLE:
        return problems, 0
    return [problem for problem in problems if problem.message != message], counted


def _unreachable(count: int) -> tuple[str, str]:
    """The message and the hint about many structures that cannot be contacted."""
    message = ngettext(
        "{count} structure cannot be contacted: it has no phone number, e-mail address or website",
        "{count} structures cannot be contacted: they have no phone number, e-mail address or website",
        count,
    )
    return message.format(count=number(count)), _("‘epn check --format json’ lists them one by one")


def _name(problem: Problem) -> str:
    """The name of the structure that a problem is about, or its id if it has no name."""
    return quoted(problem.nom.strip() or problem.id.strip())


def _object(problem: Problem, file: str) -> dict[str, str | int]:
    return {
        "level": problem.level.value,
        "id": problem.id,
        "nom": problem.nom,
        "field": problem.field,
        "message": problem.message,
        "hint": problem.hint,
        "file": file,
        "line": problem.line,
        "column": problem.column,
    }


def summary(reading: PartialRegistry, found: Findings, only: Collection[str] | None) -> str:
    """The summary of a check: `65 structures: no error, 2 warnings`."""
    checked = len(reading.records_of(only))
    structures = ngettext("{count} structure", "{count} structures", checked).format(count=number(checked))
    counts = Counter(problem.level for problem in found.problems)
    errors, warnings = counts[Level.ERROR], counts[Level.WARNING]
    parts = [
        ngettext("{count} error", "{count} errors", errors).format(count=number(errors))
        if errors
        else _("no error"),
        ngettext("{count} warning", "{count} warnings", warnings).format(count=number(warnings))
        if warnings
        else _("no warning"),
    ]
    return with_colon(structures, ", ".join(parts))
