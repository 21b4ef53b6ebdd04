"""What a rule or a check finds in a registry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How grave a problem is: an error is refused when written, a warning is only said."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: what is wrong (`message`), what to do (`hint`) and, once known, where.

    `fix` is the value to write instead where there is exactly one right answer, else None. `item`
    says which value of a list is meant, from 0. `line` and `column` count from 1; 0 means that the
    place is not known (yet).
    """

    level: Level
    message: str
    hint: str = ""
    field: str = ""
    fix: str | None = None
    id: str = ""
    line: int = 0
    column: int = 0
    item: int = 0


def error(message: str, hint: str = "") -> Problem:
    """A problem that makes a value unfit to be written."""
    return Problem(Level.ERROR, message, hint)


def warning(message: str, hint: str = "", *, fix: str | None = None) -> Problem:
    """A problem that a person should look at, but may keep."""
    return Problem(Level.WARNING, message, hint, fix=fix)
