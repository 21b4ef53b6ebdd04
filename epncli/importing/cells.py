"""Reading of one cell: its value, corrected if there is exactly one sensible reading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Final

from epncli.i18n import _
from epncli.importing import text_cleaning
from epncli.importing.corrections import CellReading, Treatment
from epncli.importing.extraction import EXTRACTORS
from epncli.model.structure import FIELDS, Field, Kind, Texts
from epncli.problems import Level
from epncli.validation.structure_check import Context, check_value

_TEXT_KINDS: Final = frozenset((Kind.TEXT, Kind.LONG_TEXT))
_DECIMAL_ID: Final = re.compile(r"\s*([0-9]{1,15})[.,]0{1,3}\s*")
_CALLING_CODE: Final = re.compile(r"\s*(?:\+|00)\s?[1-9][0-9]{0,2}\s*(?:\(0\)\s*)?")
"""`+33` without a number: what a form fills in before the user."""
_ANY_CONTEXT: Final = Context("", "", "")
"""For an id, whose rule needs none."""
_QUOTED_FORMULA: Final = re.compile(r'\s*="([^"]*)"\s*')
"""`="01000"` in a CSV: the usual trick to make Excel keep a leading zero."""


def read_cell(field: Field, text: str, context: Context) -> CellReading:
    """The values of a cell, or of one item of a list in a cell.

    A value is returned only if the rule of the field accepts it; `context` is what the rule needs to know.
    Without exactly one sensible reading, the cell is left out, with the reason that the rule gives.
    """
    cleaned = clean_cell(field, text)
    if not cleaned.values:
        return cleaned
    validate = partial(check_value, field=field, context=context)
    result = validate(cleaned.values[0])
    if not result.refused:
        return CellReading(_not_blank(result.values), cleaned.treatment, cleaned.reason)
    reason = next(one.message for one in result.problems if one.level is Level.ERROR)
    clean, treatment = text_cleaning.clean(cleaned.values[0])
    if treatment is not Treatment.KEPT and not (result := validate(clean)).refused:
        return CellReading(_not_blank(result.values), treatment, reason)
    if extract := EXTRACTORS.get(field.kind):
        values, treatment = extract(clean, validate, context.today)
        values = _not_blank(values)
        if values and (field.many or len(values) == 1):
            return CellReading(values, treatment, reason)
    return CellReading((), Treatment.LEFT_OUT, reason)


def clean_cell(field: Field, text: str) -> CellReading:
    """The text of a cell without what its rule does not need to see: signs for no value, errors, HTML."""
    if text_cleaning.is_error(text):
        return CellReading((), Treatment.UNKNOWN, _("the cell has a spreadsheet error or a formula"))
    if text_cleaning.is_no_value(text) or (field.kind is Kind.TELEPHONE and _CALLING_CODE.fullmatch(text)):
        return CellReading((), Treatment.READ_AS_BLANK, _("the cell says that there is no value"))
    if found := _QUOTED_FORMULA.fullmatch(text):
        reason = _("the cell has a formula that only contains the value")
        return CellReading(_not_blank((found[1],)), Treatment.VALUES_EXTRACTED, reason)
    if field.kind in (Kind.ID, Kind.REFERENCE) and (found := _DECIMAL_ID.fullmatch(text)):
        reason = _("a spreadsheet changed it to a decimal number")
        return CellReading((found[1],), Treatment.DECIMALS_REMOVED, reason)
    if field.kind in _TEXT_KINDS:
        clean, treatment = text_cleaning.clean(text)
        if treatment is not Treatment.KEPT:
            if text_cleaning.is_error(clean) or text_cleaning.is_no_value(clean):  # under what was removed
                return clean_cell(field, clean)
            return CellReading(_not_blank((clean.strip(),)), treatment, _reason(treatment))
    return CellReading(_not_blank((text,)))


def clean_id(text: str) -> str:
    """The id in a cell, or "" if it has none, or one that is left out."""
    if text.isprintable() and text_cleaning.is_clean(text) and not _DECIMAL_ID.fullmatch(text):
        return text.strip()
    return next(iter(read_cell(FIELDS["id"], text, _ANY_CONTEXT).values), "")


def _not_blank(values: Iterable[str]) -> Texts:
    return tuple(value for value in values if value.strip())


def _reason(treatment: Treatment) -> str:
    return {
        Treatment.DECODED_AGAIN: _("the text was read in the wrong encoding at some point"),
        Treatment.MARKUP_REMOVED: _("the text contains HTML"),
        Treatment.CONTROLS_REMOVED: _("the text contains control characters"),
        Treatment.SPACES_REDUCED: _("the text has several spaces in a row"),
    }[treatment]
