"""Problems that rules and checks report: a severity, a message, a hint and a position."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """Severity of a problem: an error prevents the value from being written, a warning is only reported."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """One problem: what is wrong (`message`), what to do (`hint`) and, once known, where it is.

    `fix` is the value to write instead if there is exactly one correct one, else None. `id` and `nom` are
    those of the structure. `item` is the index, from 0, of the value in a list. `line` and `column` count
    from 1; 0 means that the position is not known (yet).
    """

    level: Level
    message: str
    hint: str = ""
    field: str = ""
    fix: str | None = None
    id: str = ""
    nom: str = ""
    line: int = 0
    column: int = 0
    item: int = 0

    def of(self, field: str, structure_id: str, nom: str) -> Problem:
        """The problem of a field of a structure. A check of many findings asks for it for each."""
        level, message, hint, _field, fix, _id, _nom, line, column, item = self  # faster than `_replace`
        return Problem(level, message, hint, field, fix, structure_id, nom, line, column, item)

    def at(self, line: int, column: int) -> Problem:
        """The problem at its place in the file."""
        level, message, hint, field, fix, structure_id, nom, _line, _column, item = self
        return Problem(level, message, hint, field, fix, structure_id, nom, line, column, item)


def error(message: str, hint: str = "") -> Problem:
    """A problem that prevents the value from being written."""
    return Problem(Level.ERROR, message, hint)


def warning(message: str, hint: str = "", *, fix: str | None = None) -> Problem:
    """A problem that is reported, but does not prevent the value from being written."""
    return Problem(Level.WARNING, message, hint, fix=fix)
