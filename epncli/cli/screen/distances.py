"""Distances as they are printed: for a person in the decimals of the language, for programs with a point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from epncli.cli.screen import terminal
from epncli.i18n import _, language, ngettext, number

if TYPE_CHECKING:
    from epncli.query.distance import Distant

_WHOLE_FROM = 100
"""Kilometres from which decimals say nothing."""


def in_words(kilometres: float | None) -> str:
    """`1,2 km` in French, `1.2 km` in English, `391 km`; "" for an unknown distance."""
    if kilometres is None:
        return ""
    if kilometres >= _WHOLE_FROM:
        figure = number(round(kilometres))
    else:
        figure = f"{kilometres:.1f}".replace(".", "," if language() == "fr" else ".")
    return _("{distance} km").format(distance=figure)


def for_programs(kilometres: float | None) -> str:
    """Kilometres with three decimals and a point, whatever the language; "" for an unknown distance."""
    return "" if kilometres is None else f"{kilometres:.3f}"


def say_without_coordinates(found: Sequence[Distant]) -> None:
    """Say how many structures have no distance, because they have no coordinates."""
    count = sum(one.kilometres is None for one in found)
    if count:
        words = ngettext(
            "{count} structure without coordinates", "{count} structures without coordinates", count
        )
        terminal.say(words.format(count=number(count)))
    if count and count == len(found):
        terminal.say(_("‘epn export ban’ helps to add the coordinates"))
