"""What an answer changes in a structure. The notes are in French, as the registry, whatever the locale."""

from __future__ import annotations

import datetime
import re
from typing import Final

from epncli.model.structure import Structure
from epncli.query.statistics import last_confirmed

DAYS_UNTIL_NEXT_CALL: Final = 3
"""After a call without an answer, and after a wrong number."""
PROBABLY_CLOSED: Final = 3
"""The number of calls in a row without an answer from which a structure is probably closed."""

_NO_ANSWER: Final = "pas de réponse"
_WRONG_NUMBER: Final = "numéro erroné"
_NO_ANSWER_LINE: Final = re.compile(
    rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\s*:\s*{_NO_ANSWER}\.?", re.IGNORECASE
)


def settled(structure: Structure, today: str) -> Structure:
    """The structure, confirmed today; there is no day left on which to call back."""
    return structure.changed(date_maj=today, rappeler_le="")


def called_back(structure: Structure, day: str) -> Structure:
    """The structure, to be called on a day (ISO 8601)."""
    return structure.changed(rappeler_le=day)


def unanswered(structure: Structure, today: str) -> Structure:
    """The structure after a call without an answer: a line in the notes, to be called in three days."""
    return _with_note(structure, _NO_ANSWER, today)


def misdialled(structure: Structure, number: str, today: str) -> Structure:
    """The structure after a call to a wrong number: a line in the notes, to be called in three days."""
    return _with_note(structure, f"{_WRONG_NUMBER} ({' '.join(number.split())})", today)


def unanswered_days(structure: Structure, today: str) -> int:
    """The number of days in a row on which nobody answered, up to the end of the notes.

    Days on which the structure was confirmed, or before, do not count.
    """
    confirmed = last_confirmed(structure, today)
    days = set()
    for line in reversed(structure.notes.split("\n")):
        if not line.strip():
            continue
        found = _NO_ANSWER_LINE.fullmatch(line.strip())
        if found is None or found[1] <= confirmed:
            break
        days.add(found[1])
    return len(days)


def _with_note(structure: Structure, words: str, today: str) -> Structure:
    lines = [*structure.notes.rstrip().split("\n"), f"{today} : {words}"]
    day = datetime.date.fromisoformat(today) + datetime.timedelta(DAYS_UNTIL_NEXT_CALL)
    return structure.changed(notes="\n".join(filter(None, lines)), rappeler_le=day.isoformat())
