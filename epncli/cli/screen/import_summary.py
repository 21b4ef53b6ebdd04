"""The summary of `epn import`: how each file was read, and what it would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from epncli.cli.screen import terminal
from epncli.folding import fold
from epncli.formats.reading import Reading, quoted_names
from epncli.i18n import _, ngettext, number, with_colon
from epncli.importing.corrections import Correction, Treatment
from epncli.importing.merge_result import Conflict, Merge, RowCorrection, RowPlace, RowProblem
from epncli.importing.partner import Partner
from epncli.model.structure import Structure, Texts
from epncli.problems import Problem
from epncli.registry.compare import Difference

Item = TypeVar("Item")

_NAMED = 10
"""Largest number of new structures and of warnings about rows that are listed. The others are counted."""
MOST_LISTED = 50
"""Largest number of changed structures, of refused rows and of warnings about a file that are listed."""
_EXAMPLES = 5
"""Largest number of corrections of each kind that are listed."""
_LONGEST = 60
"""The longest value that is shown whole, in characters."""


def say_reading(reading: Reading) -> None:
    """Print what was recognised in a file, and what was left out."""
    count = len(reading.rows)
    rows = ngettext("{count} row", "{count} rows", count).format(count=number(count))
    terminal.inform(with_colon(reading.name, ", ".join((*reading.recognised, rows))))
    say_first(reading.warnings, MOST_LISTED, lambda words: _say_warning(reading.name, words))


def say_partner(partner: Partner, readings: Sequence[Reading]) -> None:
    """Print what the recipe says that cannot be done with these files."""
    here = {fold(header) for reading in readings for header in reading.mapped}
    lacking = [header for header in partner.recipe.fields if fold(header) not in here]
    if lacking:
        words = ngettext(
            "the file does not have this column of the recipe: {names}",
            "the file does not have these columns of the recipe: {names}",
            len(lacking),
        ).format(names=quoted_names(lacking))
        _say_warning(str(partner.path), words)
    if partner.recipe.not_supported:
        words = _("what the recipe says about these fields is not supported: {names}").format(
            names=quoted_names(partner.recipe.not_supported)
        )
        _say_warning(str(partner.path), words)


def summarise(merged: Merge, *, update: bool, closing: bool) -> None:
    """Print the corrected cells, the refused rows, and the new, changed and unchanged structures.

    `closing` is true if the structures that are gone from a partner's file are closed.
    """
    _say_corrections(merged.corrections)
    say_problems(merged.warnings, _("warning"), _NAMED)
    if merged.dates:
        words = ngettext(
            "{count} date was converted to the form 2014-09-30",
            "{count} dates were converted to the form 2014-09-30",
            merged.dates,
        )
        say_counted(words, merged.dates, terminal.inform)
    say_problems(merged.errors, _("error"), MOST_LISTED)
    _say_new(merged.new)
    say_differences(merged.changed, update=update)
    say_counted(ngettext("{count} unchanged", "{count} unchanged", merged.same), merged.same, terminal.inform)
    say_rows_left_out(merged)
    _say_doubles(merged.doubles)
    _say_conflicts(merged.conflicts)
    _say_gone(merged, closing=closing)
    if merged.blank_cells and update:
        words = ngettext(
            "{count} blank cell removes nothing; add --blank-clears to remove the value",
            "{count} blank cells remove nothing; add --blank-clears to remove the values",
            merged.blank_cells,
        )
        say_counted(words, merged.blank_cells)
    if merged.missing:
        words = ngettext(
            "{count} structure of the registry is not in the file; it is kept",
            "{count} structures of the registry are not in the file; they are kept",
            len(merged.missing),
        )
        say_counted(words, len(merged.missing), terminal.inform)


def _say_doubles(doubles: Sequence[Problem]) -> None:
    if not doubles:
        return
    words = ngettext(
        "{count} new structure may already be in the registry, or in the file",
        "{count} new structures may already be in the registry, or in the file",
        len(doubles),
    )
    say_counted(words, len(doubles))
    say_first(doubles, MOST_LISTED, lambda one: terminal.say("  " + with_colon(shown(one.nom), one.message)))


def _say_conflicts(conflicts: Sequence[Conflict]) -> None:
    if not conflicts:
        return
    words = ngettext(
        "{count} structure was changed here and by the partner; the value of the registry is kept",
        "{count} structures were changed here and by the partner; the values of the registry are kept",
        len(conflicts),
    )
    say_counted(words, len(conflicts))
    words = _("{ours} is kept; the partner has {theirs}")
    say_first(conflicts, MOST_LISTED, lambda one: _say_values("!", one.before, one.theirs, one.fields, words))


def _say_gone(merged: Merge, *, closing: bool) -> None:
    """Print the structures that are no longer in the partner's file, or no longer in the registry."""
    if merged.gone:
        words = (
            ngettext(
                "{count} structure is no longer in the partner’s file and will be closed",
                "{count} structures are no longer in the partner’s file and will be closed",
                len(merged.gone),
            )
            if closing
            else ngettext(
                "{count} structure is no longer in the partner’s file; add --close-gone to close it",
                "{count} structures are no longer in the partner’s file; add --close-gone to close them",
                len(merged.gone),
            )
        )
        say_counted(words, len(merged.gone))
        for structure in merged.gone:
            terminal.say(f"  - {_named(structure)}")
    if merged.removed:
        words = ngettext(
            "{count} structure of the file was removed from the registry and is not added again",
            "{count} structures of the file were removed from the registry and are not added again",
            len(merged.removed),
        )
        say_counted(words, len(merged.removed))
        say_first(merged.removed, _NAMED, lambda one: terminal.inform(f"  - {_named(one)}"), terminal.inform)
        terminal.inform("  " + _("to add one again, delete its line from the .last.csv beside the recipe"))


def _say_corrections(found: Sequence[RowCorrection]) -> None:
    """Print the number of corrections of each kind, and a few examples."""
    kinds: dict[str, list[RowCorrection]] = {}
    order = list(Treatment)
    for one in sorted(found, key=lambda one: order.index(one.correction.treatment)):
        kinds.setdefault(_heading(one.correction), []).append(one)
    for heading, alike in kinds.items():
        terminal.say(with_colon(heading, number(len(alike))))
        say_first(alike, _EXAMPLES, _say_correction)


def _say_correction(found: RowCorrection) -> None:
    file, line, cell, _header = found
    field = "" if cell.treatment is Treatment.LEFT_OUT else cell.field  # the heading has it
    terminal.say("  " + terminal.diagnostic(file, line, 0, field, _example(cell), ""))


def _heading(correction: Correction) -> str:
    if correction.treatment is Treatment.LEFT_OUT:
        return _("values left out of {field}").format(field=correction.field)
    return {
        Treatment.READ_AS_BLANK: _("cells read as blank"),
        Treatment.DECODED_AGAIN: _("texts in the wrong encoding, corrected"),
        Treatment.MARKUP_REMOVED: _("texts from which HTML was removed"),
        Treatment.CONTROLS_REMOVED: _("values from which control characters were removed"),
        Treatment.SPACES_REDUCED: _("values in which repeated spaces were reduced to one"),
        Treatment.SCHEME_ADDED: _("websites completed with https://"),
        Treatment.VALUES_EXTRACTED: _("cells with several values or other words"),
        Treatment.DATE_CONVERTED: _("dates in another form, converted"),
        Treatment.DECIMALS_REMOVED: _("ids that a spreadsheet had changed to decimal numbers"),
        Treatment.TERM_REPLACED: _("words replaced with the value of the schema"),
        Treatment.PLACE_DERIVED: _("communes and postal codes derived from the rest of the row"),
        Treatment.SUMMARY_MOVED: _("summaries that are too long, moved to presentation_detail"),
        Treatment.UNKNOWN: _("cells ignored because they have a spreadsheet error or a formula"),
    }[correction.treatment]


def _example(correction: Correction) -> str:
    if correction.treatment is Treatment.LEFT_OUT:
        return correction.reason
    text = _shortened(correction.text.strip())
    return f"{text} → {shown(correction.values)}" if correction.values else text


def say_rows_left_out(merged: Merge) -> None:
    """Print how many rows repeat others, with a few of them, and how many were refused."""
    if count := len(merged.repeated):
        words = ngettext("{count} row repeats another one", "{count} rows repeat another one", count)
        say_counted(words, count, terminal.inform)
        say_first(merged.repeated, _EXAMPLES, _say_repeated, terminal.inform)
    if merged.refused:
        words = ngettext("{count} row refused", "{count} rows refused", merged.refused)
        say_counted(words, merged.refused)


def _say_repeated(place: RowPlace) -> None:
    where = f"  {place.file}:{place.line}"
    terminal.inform(f"{where}: {shown(place.nom)}" if place.nom.strip() else where)


def say_problems(problems: Sequence[RowProblem], level: str, most: int) -> None:
    """Print problems of rows, at most `most` of them, each with its place."""

    def say(found: RowProblem) -> None:
        file, line, problem, _header = found
        name = shown(problem.nom) if problem.nom.strip() else ""
        message = with_colon(name, with_colon(problem.field, problem.message))
        terminal.say(terminal.diagnostic(file, line, 0, level, message, problem.hint))

    say_first(problems, most, say)


def _say_warning(file: str, words: str) -> None:
    terminal.say(terminal.diagnostic(file, 0, 0, _("warning"), words, ""))


def say_counted(words: str, count: int, say: Callable[[str], None] = terminal.say) -> None:
    """Print a sentence with `{count}`."""
    say(words.format(count=number(count)))


def say_first(
    found: Sequence[Item], most: int, say: Callable[[Item], None], count: Callable[[str], None] = terminal.say
) -> None:
    """Print the first `most` of the items, each as `say` does it, and the number of others with `count`."""
    for one in found[:most]:
        say(one)
    if more := max(len(found) - most, 0):
        say_counted("  " + ngettext("… and {count} more", "… and {count} more", more), more, count)


def _say_new(new: Sequence[Structure]) -> None:
    words = ngettext("{count} new", "{count} new", len(new))
    say_counted(words, len(new), terminal.inform)
    say_first(new, _NAMED, lambda one: terminal.inform(f"  + {_named(one)}"), terminal.inform)


def _named(structure: Structure) -> str:
    place = f"{structure.code_postal} {structure.commune}"
    return ", ".join(shown(part) for part in (structure.id, structure.nom, place) if part)


def say_differences(changed: Sequence[Difference], *, update: bool) -> None:
    """Print the changed structures, each with the old and the new values."""
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
    say_counted(words, len(changed), terminal.inform)
    say_first(
        changed,
        MOST_LISTED,
        lambda one: _say_values("~", one.before, one.after, one.fields, "{ours} → {theirs}", terminal.inform),
        terminal.inform,
    )


def _say_values(
    sign: str,
    ours: Structure,
    theirs: Structure,
    fields: Sequence[str],
    between: str,
    say: Callable[[str], None] = terminal.say,
) -> None:
    """Print a structure and, for each of the fields, its two values in the words `between`."""
    say(f"  {sign} {_named(ours)}")
    for name in fields:
        words = between.format(ours=shown(ours.value(name)), theirs=shown(theirs.value(name)))
        say("      " + with_colon(name, words))


def shown(value: str | Texts) -> str:
    """A value on one line, shortened; a dash for none."""
    text = value if isinstance(value, str) else " | ".join(value)
    return _shortened(" ".join(text.split()))


def _shortened(text: str) -> str:
    return (text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…") or "—"
