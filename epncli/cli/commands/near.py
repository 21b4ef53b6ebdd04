"""`epn near`: list the nearest structures that are open today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from epncli.cli.app import examples
from epncli.cli.clock import today
from epncli.cli.options import (
    Kilometres,
    LayoutOption,
    NoPagerOption,
    RegistryOption,
    WholeNumber,
    value_option,
)
from epncli.cli.origin import find_origin
from epncli.cli.registry_file import read_registry
from epncli.cli.screen import terminal
from epncli.cli.screen.distances import in_words, say_without_coordinates
from epncli.cli.screen.listing import print_structures
from epncli.display.state import States
from epncli.i18n import _, ngettext, number
from epncli.query.distance import Distant, by_distance

OriginArgument = Annotated[
    list[str],
    typer.Argument(
        metavar=_("REF|CODE|LAT,LON"),
        help=_("A structure, a postal code of structures, or coordinates in degrees such as 48.85,2.35."),
    ),
]
LimitOption = Annotated[
    int, typer.Option("--limit", metavar=_("N"), click_type=WholeNumber(0), help=_("At most N structures."))
]
WithinOption = Annotated[
    float | None,
    value_option(
        "--within", metavar=_("KM"), click_type=Kilometres(), help=_("Only structures within KM kilometres.")
    ),
]


def list_nearest(
    ref: OriginArgument,
    limit: LimitOption = 5,
    within: WithinOption = None,
    layout: LayoutOption = None,
    no_pager: NoPagerOption = False,
    registry: RegistryOption = "",
) -> None:
    """Print the nearest structures that are open today, with their distances."""
    every = read_registry(registry).structures
    origin = find_origin(every, ref)
    day = today()
    states = States(today=day)
    others = (one for one in every if states.is_open(one) and one is not origin.structure)
    found = by_distance(others, origin.point)
    located = [one for one in found if one.kilometres is not None]
    shown, closed, next_one = _opening(located, day, limit, within)
    distances = [one.kilometres for one in shown]
    print_structures(
        [one.structure for one in shown], (), layout, pager=not no_pager, every=every, distances=distances
    )
    say_without_coordinates(found)
    if closed:
        words = ngettext(
            "{count} structure left out: its opening hours say that it is closed today",
            "{count} structures left out: their opening hours say that they are closed today",
            closed,
        )
        terminal.inform(words.format(count=number(closed)))
    if next_one and not shown:
        terminal.say(_("the nearest is {distance} away").format(distance=in_words(next_one.kilometres)))


def _opening(
    found: Sequence[Distant], day: str, limit: int, within: float | None
) -> tuple[list[Distant], int, Distant | None]:
    """The first ones that open on the day, as far as their hours are known.

    Then the number of those before them that do not, and the next one, which is too far away.
    """
    from epncli.rules.horaires import closed_on

    shown: list[Distant] = []
    closed = 0
    for one in found:
        if len(shown) == limit:
            break
        is_far = within is not None and (one.kilometres or 0) > within
        if closed_on(one.structure.horaires, day):
            closed += not is_far
        elif is_far:
            return shown, closed, one
        else:
            shown.append(one)
    return shown, closed, None


COMMANDS = {
    "near": (
        list_nearest,
        examples(
            _("List the nearest structures that are open today, with their distances in a straight line."),
            "epn near picoulet",
            "epn near 75012 --limit 10",
            "epn near 48.85,2.35 --within 1.5",
        ),
    )
}
