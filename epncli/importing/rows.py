"""The cells of a row as they are meant: which are mended, which are left out, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from epncli.i18n import _
from epncli.importing import cleaning, places
from epncli.importing.cells import Done, Meaning, plainly, understand
from epncli.model.structure import FIELDS, Field, Structure, Texts
from epncli.problems import Level, Problem
from epncli.rules import texte
from epncli.validation.structure_check import context_of

Value = str | Texts
SUMMARY: Final = "presentation_resume"
DETAIL: Final = "presentation_detail"


class MendedCell(NamedTuple):
    """A cell, or an item of a list in one, that does not come in as it stands."""

    field: str
    text: str
    """As it stands in the file."""
    values: Texts
    """What it is read as; none where it is left out."""
    done: Done
    reason: str


_OWN_READING: Final = frozenset(("id", "telephones"))
"""Fields of which `plainly` has more to say than that."""

Cells = list[MendedCell]


def plain(values: Mapping[str, Value]) -> tuple[dict[str, Value], Cells]:
    """The values that are none of errors, words for no value and HTML; the rules are not asked."""
    found: dict[str, Value] = {}
    cells: Cells = []
    suspect = cleaning.is_suspect
    for name, value in values.items():
        odd = suspect(value) if isinstance(value, str) else any(map(suspect, value))
        if not odd and name not in _OWN_READING:
            found[name] = value
            continue
        field, texts = FIELDS[name], (value,) if isinstance(value, str) else value
        meanings = [(text, plainly(field, text)) for text in texts]
        if all(meaning.done is Done.TAKEN for _text, meaning in meanings):
            found[name] = value
            continue
        cells += _mended(field, meanings)
        if kept := _value(field, meanings):
            found[name] = kept
    return found, cells


def understood(
    values: Mapping[str, Value], structure: Structure, today: str
) -> tuple[dict[str, Value], Cells]:
    """The values as they are meant; a field is not among them where its cell is left out or unknown.

    `structure` is what the row makes of a place: rules of one field look at others. `today` is ISO 8601.
    """
    found: dict[str, Value] = {}
    cells: Cells = []
    for name in FIELDS:  # the place before the fields that depend on it
        if name not in values:
            continue
        value, field, context = values[name], FIELDS[name], context_of(structure, today)
        texts = (value,) if isinstance(value, str) else value
        meanings = [(text, understand(field, text, context)) for text in texts]
        cells += _mended(field, meanings)
        meant = _value(field, meanings)
        if meant or all(meaning.done in (Done.TAKEN, Done.READ_AS_BLANK) for _text, meaning in meanings):
            found[name] = meant
        structure = structure.changed(**{name: meant})
    return found, cells


def without(names: Iterable[str], values: dict[str, Value], problems: Iterable[Problem]) -> Cells:
    """Take fields out of the values of a row, and say why."""
    reasons = {one.field: one.message for one in problems if one.level is Level.ERROR}
    return [
        MendedCell(name, _as_text(values.pop(name)), (), Done.LEFT_OUT, reasons.get(name, ""))
        for name in names
    ]


def with_place(values: dict[str, Value], found: Iterable[places.Found]) -> Cells:
    """Put the commune and the postal code that were found for a new place into the values of its row."""
    cells = []
    for one in found:
        # What is refused stays, so that the rule says why.
        if one.value or one.done is not Done.LEFT_OUT:
            values[one.field] = one.value
            if one.done is not Done.TAKEN:
                kept = (one.value,) if one.value else ()
                cells.append(MendedCell(one.field, one.text, kept, one.done, one.reason))
    return cells


def with_summary_moved(values: dict[str, Value]) -> Cells:
    """Move a summary that is longer than the schema allows in front of the description."""
    text, detail = values.get(SUMMARY, ""), values.get(DETAIL, "")
    assert isinstance(text, str) and isinstance(detail, str)
    most = FIELDS[SUMMARY].max_length
    if len(text) <= most:
        return []
    summary = texte.validate(cleaning.clean(text)[0]).value
    if len(summary) <= most:
        return []
    del values[SUMMARY]
    # What stands where an error does now is not known: it is left alone.
    if not cleaning.is_error(detail):
        detail = "" if cleaning.is_placeholder(detail) else cleaning.clean(detail)[0]
        values[DETAIL] = detail if summary in detail else f"{summary}\n\n{detail.strip()}".strip()
    reason = _("the text is longer than {most} characters").format(most=most)
    return [MendedCell(SUMMARY, text, (), Done.SUMMARY_MOVED, reason)]


def _value(field: Field, meanings: Iterable[tuple[str, Meaning]]) -> Value:
    values = tuple(dict.fromkeys(value for _text, meaning in meanings for value in meaning.values))
    return values if field.many else values[0] if values else ""


def _mended(field: Field, meanings: Iterable[tuple[str, Meaning]]) -> Cells:
    return [
        MendedCell(field.name, text, meaning.values, meaning.done, meaning.reason)
        for text, meaning in meanings
        if meaning.done is not Done.TAKEN
    ]


def _as_text(value: Value) -> str:
    return value if isinstance(value, str) else "|".join(value)
