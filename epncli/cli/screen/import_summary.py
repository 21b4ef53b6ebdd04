"""What `epn import` says before it asks: what a file holds, and what it would change."""

from __future__ import annotations

from collections.abc import Sequence

from epncli.cli.screen import terminal
from epncli.formats.reading import Reading
from epncli.i18n import _, ngettext, number
from epncli.importing.merge import Difference, Merge, RowProblem
from epncli.model.structure import Structure, Texts

_NAMED = 10
"""Structures, or warnings, that are listed one by one before the rest is only counted."""
_COMPARED = 50
"""Structures whose differences are shown, refused rows whose reasons are, warnings about a file."""
_LONGEST = 60
"""Characters of a value that are shown."""


def say_reading(reading: Reading) -> None:
    """How a file was understood, and what of it was left out."""
    count = len(reading.rows)
    rows = ngettext("{count} row", "{count} rows", count).format(count=number(count))
    terminal.say(terminal.with_colon(reading.name, ", ".join((*reading.said, rows))))
    for words in reading.warnings[:_COMPARED]:
        terminal.say(terminal.diagnostic(reading.name, 0, 0, _("warning"), words, ""))
    if len(reading.warnings) > _COMPARED:
        _say_more(len(reading.warnings) - _COMPARED)


def summarise(merged: Merge, *, update: bool) -> None:
    """New, changed field by field, same, refused with the reasons, what is gone; and what was repaired."""
    _say_problems(merged.warnings, _("warning"), _NAMED)
    if merged.dates:
        words = ngettext(
            "{count} date was converted to the form 2014-09-30",
            "{count} dates were converted to the form 2014-09-30",
            merged.dates,
        )
        terminal.say(words.format(count=number(merged.dates)))
    _say_problems(merged.errors, _("error"), _COMPARED)
    _say_new(merged.new)
    _say_differences(merged.changed, update=update)
    terminal.say(
        ngettext("{count} unchanged", "{count} unchanged", merged.same).format(count=number(merged.same))
    )
    if merged.refused:
        words = ngettext("{count} row refused", "{count} rows refused", merged.refused)
        terminal.say(words.format(count=number(merged.refused)))
    if merged.gone:
        words = ngettext(
            "{count} structure of the registry is not in the file; it is kept",
            "{count} structures of the registry are not in the file; they are kept",
            len(merged.gone),
        )
        terminal.say(words.format(count=number(len(merged.gone))))


def _say_problems(problems: Sequence[RowProblem], level: str, most: int) -> None:
    for file, line, problem in problems[:most]:
        message = terminal.with_colon(problem.field, problem.message)
        terminal.say(terminal.diagnostic(file, line, 0, level, message, problem.hint))
    if len(problems) > most:
        _say_more(len(problems) - most)


def _say_more(count: int) -> None:
    terminal.say(
        "  " + ngettext("… and {count} more", "… and {count} more", count).format(count=number(count))
    )


def _say_new(new: Sequence[Structure]) -> None:
    words = ngettext("{count} new", "{count} new", len(new))
    terminal.say(words.format(count=number(len(new))))
    for one in new[:_NAMED]:
        terminal.say(f"  + {_named(one)}")
    if len(new) > _NAMED:
        _say_more(len(new) - _NAMED)


def _named(structure: Structure) -> str:
    place = f"{structure.code_postal} {structure.commune}"
    return ", ".join(_shown(part) for part in (structure.id, structure.nom, place) if part)


def _say_differences(changed: Sequence[Difference], *, update: bool) -> None:
    if not changed:
        return
    words = (
        ngettext("{count} changed", "{count} changed", len(changed))
        if update
        else ngettext(
            "{count} changed (add --update to apply the change)",
            "{count} changed (add --update to apply the changes)",
            len(changed),
        )
    )
    terminal.say(words.format(count=number(len(changed))))
    for one in changed[:_COMPARED]:
        terminal.say(f"  ~ {_named(one.before)}")
        for name in one.fields:
            old, new = _shown(one.before.value(name)), _shown(one.after.value(name))
            terminal.say("      " + terminal.with_colon(name, f"{old} → {new}"))
    if len(changed) > _COMPARED:
        _say_more(len(changed) - _COMPARED)


def _shown(value: str | Texts) -> str:
    text = value if isinstance(value, str) else " | ".join(value)
    text = " ".join(text.split())
    return (text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…") or "—"
