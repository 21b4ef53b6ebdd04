"""Random registries as people write them by hand: every layout of YAML, comments in every place.

Driven by a seeded `random.Random`: one of Hypothesis' own would shrink, but takes 100 ms a file, not one.
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
