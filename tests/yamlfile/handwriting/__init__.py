"""Generates random registries as people write them: every layout of YAML, comments everywhere.

Driven by a seeded `random.Random`: Hypothesis' own would shrink examples, but takes 100 ms for each file
instead of one.
"""

from __future__ import annotations

from random import Random

from handwriting.files import BREAKS, Handwritten, Scribe
from handwriting.scribe import COMMENT
from handwriting.words import FIELDS, ORDER, VALUES

__all__ = ["BREAKS", "COMMENT", "FIELDS", "ORDER", "VALUES", "Handwritten", "write_registry"]


def write_registry(random: Random) -> Handwritten:
    """A random registry, as text."""
    return Scribe(random).registry()
