"""Today's date, in one function that tests can replace."""

from __future__ import annotations

import datetime


def today() -> str:
    """The local date, in ISO 8601: 2026-01-31."""
    return datetime.date.today().isoformat()  # noqa: DTZ011  the date where the user is
