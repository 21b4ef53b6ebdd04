"""Today, in one place, so that a test can say which day it is."""

from __future__ import annotations

import datetime


def today() -> str:
    """The local date, as 2026-01-31."""
    return datetime.date.today().isoformat()  # noqa: DTZ011  a person's own day
