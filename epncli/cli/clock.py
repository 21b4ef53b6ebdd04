"""Today's date and the time, in functions that tests can replace."""

from __future__ import annotations

import datetime


def today() -> str:
    """The local date, in ISO 8601: 2026-01-31."""
    return datetime.date.today().isoformat()  # noqa: DTZ011  the date where the user is


def now() -> str:
    """The local time, in ISO 8601: 2026-01-31T14:05:00."""
    return datetime.datetime.now().isoformat(timespec="seconds")  # noqa: DTZ005  the time where the user is
