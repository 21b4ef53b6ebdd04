"""The closing date as it is typed, in an option or as the answer to a question."""

from __future__ import annotations

from epncli.cli.clock import today
from epncli.cli.session import usable

UNKNOWN = ("unknown", "inconnue", "?")


def closing_day(date: str) -> str | None:
    """The date in its normal form, "" for an unknown date, None if no date was given. Raises BadUsage."""
    if not date:
        return None
    if date.casefold() in UNKNOWN:
        return ""
    from epncli.rules import dates

    return usable(dates.validate(date, today=today(), partial=True))
