"""The summary of `epn import`: how each file was read, and what it would change."""

from __future__ import annotations

from collections.abc import Sequence

from epncli.cli.screen import terminal
from epncli.folding import fold
from epncli.formats.reading import Reading, quoted_names
from epncli.i18n import _, ngettext, number, with_colon
from epncli.importing.corrections import Correction, Treatment
from epncli.importing.merge_result import Conflict, Difference, Merge, RowCorrection, RowProblem
from epncli.importing.partner import Partner
from epncli.model.structure import Structure, Texts
from epncli.problems import Problem

_NAMED = 10
"""Largest number of new structures and of warnings about rows that are listed. The others are counted."""
_COMPARED = 50
"""Largest number of changed structures, of refused rows and of warnings about a file that are listed."""
_EXAMPLES = 5
"""Largest number of corrections of each kind that are listed."""
_LONGEST = 60
"""The longest value that is shown whole, in characters."""


def say_reading(reading: Reading) -> None:
    """Print what was recognised in a file, and what was left out."""
    count = len(reading.rows)
    rows = ngettext("{count} row", "{count} rows", count).format(count=number(count))
    terminal.say(with_colon(reading.name, ", ".join((*reading.recognised, rows))))
    for words in reading.warnings[:_COMPARED]:
        terminal.say(terminal.diagnostic(reading.name, 0, 0, _("warning"), words, ""))
    if len(reading.warnings) > _COMPARED:
        _say_more(len(reading.warnings) - _COMPARED)


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
        terminal.say(terminal.diagnostic(str(partner.path), 0, 0, _("warning"), words, ""))
    if partner.recipe.not_supported:
        words = _("what the recipe says about these fields is not supported: {names}").format(
            names=quoted_names(partner.recipe.not_supported)
        )
        terminal.say(terminal.diagnostic(str(partner.path), 0, 0, _("warning"), words, ""))


def summarise(merged: Merge, *, update: bool, closing: bool = False) -> None:
    """Print the corrected cells, the refused rows, and the new, changed and unchanged structures.

    `closing` is true if the structures that are gone from a partner's file are closed.
    """
    _say_corrections(merged.corrections)
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
    if merged.repeated:
        words = ngettext(
            "{count} row repeats another one", "{count} rows repeat another one", merged.repeated
        )
        terminal.say(words.format(count=number(merged.repeated)))
    if merged.refused:
        words = ngettext("{count} row refused", "{count} rows refused", merged.refused)
        terminal.say(words.format(count=number(merged.refused)))
    _say_doubles(merged.doubles)
    _say_conflicts(merged.conflicts)
    _say_gone(merged, closing=closing)
    if merged.blank_cells and update:
        words = ngettext(
            "{count} blank cell removes nothing; add --blank-clears to remove the value",
            "{count} blank cells remove nothing; add --blank-clears to remove the values",
            merged.blank_cells,
        )
        terminal.say(words.format(count=number(merged.blank_cells)))
    if merged.missing:
        words = ngettext(
            "{count} structure of the registry is not in the file; it is kept",
            "{count} structures of the registry are not in the file; they are kept",
            len(merged.missing),
        )
        terminal.say(words.format(count=number(len(merged.missing))))


def _say_doubles(doubles: Sequence[Problem]) -> None:
    if not doubles:
        return
    words = ngettext(
        "{count} new structure may already be in the registry, or in the file",
        "{count} new structures may already be in the registry, or in the file",
        len(doubles),
    )
    terminal.say(words.format(count=number(len(doubles))))
    for one in doubles[:_COMPARED]:
        terminal.say("  " + with_colon(shown(one.nom), one.message))
    if len(doubles) > _COMPARED:
        _say_more(len(doubles) - _COMPARED)


def _say_conflicts(conflicts: Sequence[Conflict]) -> None:
    if not conflicts:
        return
    words = ngettext(
        "{count} structure was changed here and by the partner; the value of the registry is kept",
        "{count} structures were changed here and by the partner; the values of the registry are kept",
        len(conflicts),
    )
    terminal.say(words.format(count=number(len(conflicts))))
    for one in conflicts[:_COMPARED]:
        terminal.say(f"  ! {_named(one.before)}")
        for name in one.fields:
            ours, theirs = shown(one.before.value(name)), shown(one.theirs.value(name))
            words = _("{ours} is kept; the partner has {theirs}").format(ours=ours, theirs=theirs)
            terminal.say("      " + with_colon(name, words))
    if len(conflicts) > _COMPARED:
        _say_more(len(conflicts) - _COMPARED)


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
        terminal.say(words.format(count=number(len(merged.gone))))
        for structure in merged.gone:
            terminal.say(f"  - {_named(structure)}")
    if merged.removed:
        words = ngettext(
            "{count} structure of the file was removed from the registry and is not added again",
            "{count} structures of the file were removed from the registry and are not added again",
            len(merged.removed),
        )
        terminal.say(words.format(count=number(len(merged.removed))))


def _say_corrections(found: Sequence[RowCorrection]) -> None:
    """Print the number of corrections of each kind, and a few examples."""
    kinds: dict[str, list[RowCorrection]] = {}
    order = list(Treatment)
    for one in sorted(found, key=lambda one: order.index(one.correction.treatment)):
        kinds.setdefault(_heading(one.correction), []).append(one)
    for heading, alike in kinds.items():
        terminal.say(with_colon(heading, number(len(alike))))
        for file, line, cell in alike[:_EXAMPLES]:
            field = "" if cell.treatment is Treatment.LEFT_OUT else cell.field  # the heading has it
            terminal.say("  " + terminal.diagnostic(file, line, 0, field, _example(cell), ""))
        if len(alike) > _EXAMPLES:
            _say_more(len(alike) - _EXAMPLES)


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


def _say_problems(problems: Sequence[RowProblem], level: str, most: int) -> None:
    for file, line, problem in problems[:most]:
        message = with_colon(problem.field, problem.message)
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
    return ", ".join(shown(part) for part in (structure.id, structure.nom, place) if part)


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
            old, new = shown(one.before.value(name)), shown(one.after.value(name))
            terminal.say("      " + with_colon(name, f"{old} → {new}"))
    if len(changed) > _COMPARED:
        _say_more(len(changed) - _COMPARED)


def shown(value: str | Texts) -> str:
    """A value on one line, shortened; a dash for none."""
    text = value if isinstance(value, str) else " | ".join(value)
    return _shortened(" ".join(text.split()))


def _shortened(text: str) -> str:
    return (text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…") or "—"
