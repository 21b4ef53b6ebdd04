"""What an import does with a cell that it does not take as it is, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from epncli.model.structure import Texts


class Treatment(StrEnum):
    """What was done with a cell. The order is that of the summary."""

    KEPT = "kept"
    """As it is, or in the normal form of its rule."""
    READ_AS_BLANK = "read as blank"
    DECODED_AGAIN = "decoded again"
    MARKUP_REMOVED = "markup removed"
    CONTROLS_REMOVED = "controls removed"
    SPACES_REDUCED = "spaces reduced"
    SCHEME_ADDED = "scheme added"
    VALUES_EXTRACTED = "values extracted"
    DATE_CONVERTED = "date converted"
    DECIMALS_REMOVED = "decimals removed"
    TERM_REPLACED = "term replaced"
    PLACE_DERIVED = "place derived"
    SUMMARY_MOVED = "summary moved"
    LEFT_OUT = "left out"
    UNKNOWN = "unknown"
    """The cell has a spreadsheet error instead of its value: the value in the registry is kept."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """The values of a cell, none if it is blank, and how they were obtained."""

    values: Texts
    treatment: Treatment = Treatment.KEPT
    reason: str = ""
    """Why the cell is not kept as it is."""


class Correction(NamedTuple):
    """A cell, or an item of a list in a cell, that is not kept as it is."""

    field: str
    text: str
    """As in the file."""
    values: Texts
    """What is imported instead; nothing if the cell is left out."""
    treatment: Treatment
    reason: str
