"""The summary of `epn import`: how each file was read, and what it would change."""

from __future__ import annotations

from collections.abc import Sequence

from epncli.cli.screen import terminal
from epncli.formats.reading import Reading
from epncli.i18n import _, ngettext, number
from epncli.importing.cells import Done
from epncli.importing.merge import Difference, Merge, RowCell, RowProblem
from epncli.importing.rows import MendedCell
from epncli.model.structure import Structure, Texts

_NAMED = 10
"""Largest number of new structures and of warnings about rows that are listed. The others are counted."""
_COMPARED = 50
"""Largest number of changed structures, of refused rows and of warnings about a file that are listed."""
_EXAMPLES = 5
"""Largest number of corrected or ignored cells of each kind that are listed."""
_LONGEST = 60
"""The longest value that is shown whole, in characters."""


def say_reading(reading: Reading) -> None:
    """Print what was recognised in a file, and what was left out."""
    count = len(reading.rows)
    rows = ngettext("{count} row", "{count} rows", count).format(count=number(count))
    terminal.say(terminal.with_colon(reading.name, ", ".join((*reading.said, rows))))
    for words in reading.warnings[:_COMPARED]:
        terminal.say(terminal.diagnostic(reading.name, 0, 0, _("warning"), words, ""))
    if len(reading.warnings) > _COMPARED:
        _say_more(len(reading.warnings) - _COMPARED)


def summarise(merged: Merge, *, update: bool) -> None:
    """Print the corrected cells, the refused rows, and the new, changed and unchanged structures."""
    _say_cells(merged.cells)
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


def _say_cells(cells: Sequence[RowCell]) -> None:
    """The cells that were mended or left out: of each kind how many, and a few of them."""
    kinds: dict[str, list[RowCell]] = {}
    order = list(Done)
    for one in sorted(cells, key=lambda one: order.index(one.cell.done)):
        kinds.setdefault(_heading(one.cell), []).append(one)
    for heading, alike in kinds.items():
        terminal.say(terminal.with_colon(heading, number(len(alike))))
        for file, line, cell in alike[:_EXAMPLES]:
            field = "" if cell.done is Done.LEFT_OUT else cell.field  # which its heading names
            terminal.say("  " + terminal.diagnostic(file, line, 0, field, _example(cell), ""))
        if len(alike) > _EXAMPLES:
            _say_more(len(alike) - _EXAMPLES)


def _heading(cell: MendedCell) -> str:
    if cell.done is Done.LEFT_OUT:
        return _("values left out of {field}").format(field=cell.field)
    return {
        Done.READ_AS_BLANK: _("cells read as blank"),
        Done.CLEANED_OF_ENCODING: _("texts corrected that had been read in the wrong encoding"),
        Done.CLEANED_OF_MARKUP: _("texts from which HTML was removed"),
        Done.CLEANED_OF_CONTROL: _("values from which control characters were removed"),
        Done.CLEANED_OF_BLANKS: _("values in which repeated spaces were reduced to one"),
        Done.SCHEME_ADDED: _("websites completed with https://"),
        Done.VALUES_PICKED: _("cells that hold several values or other words"),
        Done.DATE_READ: _("dates read from another form"),
        Done.NUMBER_OF_SPREADSHEET: _("ids that a spreadsheet had turned into decimal numbers"),
        Done.VALUE_OF_LIST: _("words replaced with the value of the schema"),
        Done.PLACE_COMPLETED: _("communes and postal codes derived from the rest of the row"),
        Done.SUMMARY_MOVED: _("summaries that are too long, moved to presentation_detail"),
        Done.UNKNOWN: _("cells ignored because they hold a spreadsheet error or a formula"),
    }[cell.done]


def _example(cell: MendedCell) -> str:
    if cell.done is Done.LEFT_OUT:
        return cell.reason
    text = _shortened(cell.text.strip())
    return f"{text} → {_shown(cell.values)}" if cell.values else text


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
    return _shortened(" ".join(text.split()))


def _shortened(text: str) -> str:
    return (text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…") or "—"
