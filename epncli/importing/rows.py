"""Reading of the cells of a row: which are corrected, which are left out, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from epncli.i18n import _
from epncli.importing import text_cleaning
from epncli.importing.cells import clean_cell, clean_id, read_cell
from epncli.importing.corrections import CellReading, Correction, Treatment
from epncli.importing.row_values import Value
from epncli.model.structure import FIELDS, Field, Structure
from epncli.problems import Level, Problem
from epncli.rules import texte
from epncli.validation.structure_check import context_of

REQUIRED: Final = frozenset(("nom", "commune", "code_postal"))
"""Fields that a new structure must have in the file. An id is made if there is none."""

_SUMMARY: Final = "presentation_resume"
_DETAIL: Final = "presentation_detail"


def clean_row(values: Mapping[str, Value]) -> tuple[dict[str, Value], list[Correction]]:
    """The values without errors, words for no value and HTML, before any rule is applied."""
    found: dict[str, Value] = {}
    corrections: list[Correction] = []
    is_clean = text_cleaning.is_clean
    for name, value in values.items():
        clean = is_clean(value) if isinstance(value, str) else all(map(is_clean, value))
        if name == "id":
            clean = clean_id(str(value)) == value
        if clean:
            found[name] = value
            continue
        field, texts = FIELDS[name], (value,) if isinstance(value, str) else value
        readings = [(text, clean_cell(field, text)) for text in texts]
        more = _corrections(field, readings)
        corrections += more
        if not more:
            found[name] = value
        elif kept := _joined(field, readings):
            found[name] = kept
    return found, corrections


def read_row(
    values: Mapping[str, Value], structure: Structure, today: str
) -> tuple[dict[str, Value], list[Correction]]:
    """The values after each cell is read; without the fields whose cells are left out or unknown.

    `structure` has the values of the row: the rules of some fields need others. `today` is ISO 8601.
    """
    found: dict[str, Value] = {}
    corrections: list[Correction] = []
    for name in FIELDS:  # the place comes before the fields whose rules need it
        if name not in values:
            continue
        value, field, context = values[name], FIELDS[name], context_of(structure, today)
        texts = (value,) if isinstance(value, str) else value
        readings = [(text, read_cell(field, text, context)) for text in texts]
        corrections += _corrections(field, readings)
        read = _joined(field, readings)
        known = (Treatment.KEPT, Treatment.READ_AS_BLANK)
        if read or all(reading.treatment in known for _text, reading in readings):
            found[name] = read
        structure = structure.changed(**{name: read})
    return found, corrections


def leave_out(
    names: Iterable[str], values: dict[str, Value], problems: Iterable[Problem]
) -> list[Correction]:
    """Remove fields from the values of a row; the reasons are the errors among the problems."""
    reasons = {one.field: one.message for one in problems if one.level is Level.ERROR}
    return [
        Correction(name, _as_text(values.pop(name)), (), Treatment.LEFT_OUT, reasons.get(name, ""))
        for name in names
    ]


def put_place(values: dict[str, Value], place: Iterable[Correction]) -> list[Correction]:
    """Put the derived commune and postal code into the values of a row; returns the corrections made."""
    made = []
    for one in place:
        # A refused cell stays in the row, so that the rule gives the reason.
        if one.treatment is not Treatment.LEFT_OUT:
            values[one.field] = one.values[0] if one.values else ""
            made.append(one)
    return made


def move_long_summary(values: dict[str, Value]) -> list[Correction]:
    """Move a summary that is longer than the schema allows to the start of the description."""
    text, detail = values.get(_SUMMARY, ""), values.get(_DETAIL, "")
    assert isinstance(text, str) and isinstance(detail, str)
    most = FIELDS[_SUMMARY].max_length
    if len(text) <= most:
        return []
    summary = texte.validate(text_cleaning.clean(text)[0]).value
    if len(summary) <= most:
        return []
    reason = _("the text is longer than {most} characters").format(most=most)
    del values[_SUMMARY]
    if text_cleaning.is_error(detail):  # the description is unknown, and the registry may have one
        return [Correction(_SUMMARY, text, (), Treatment.LEFT_OUT, reason)]
    detail = "" if text_cleaning.is_no_value(detail) else text_cleaning.clean(detail)[0]
    values[_DETAIL] = detail if summary in detail else f"{summary}\n\n{detail.strip()}".strip()
    return [Correction(_SUMMARY, text, (), Treatment.SUMMARY_MOVED, reason)]


def _joined(field: Field, readings: Iterable[tuple[str, CellReading]]) -> Value:
    """The value of a field from the readings of its cell, or of the items in its cell."""
    values = tuple(dict.fromkeys(value for _text, reading in readings for value in reading.values))
    return values if field.many else values[0] if values else ""


def _corrections(field: Field, readings: Iterable[tuple[str, CellReading]]) -> list[Correction]:
    return [
        Correction(field.name, text, reading.values, reading.treatment, reading.reason)
        for text, reading in readings
        if reading.treatment is not Treatment.KEPT
    ]


def _as_text(value: Value) -> str:
    return value if isinstance(value, str) else "|".join(value)
