"""The point from which distances are measured: coordinates, a postal code, or a structure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from epncli.cli.choosing import pick
from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.errors import BadUsage, NegativeAnswer
from epncli.i18n import _, with_colon
from epncli.model.structure import Structure
from epncli.rules.communes import is_code

if TYPE_CHECKING:
    from epncli.problems import Problem
    from epncli.query.distance import Point

_FIGURE: Final = r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,20})?"
_PAIR: Final = re.compile(rf"({_FIGURE})(?:\s{{0,5}}[,;]\s{{0,5}}|\s{{1,5}})({_FIGURE})")
"""`48.85,2.35`; also `48.85 2.35` and, with decimal commas, `48,85 2,35` and `48,85, 2,35`."""


class Origin(NamedTuple):
    """A point, and the structure that is there."""

    point: Point
    structure: Structure | None = None
    """None for a point that was not given as a REF."""


def find_origin(structures: Sequence[Structure], args: Sequence[str]) -> Origin:
    """The point that the arguments name: LAT,LON, a postal code, or a REF, as `pick` resolves it.

    An id counts before the two others. The point of a postal code is the centre of its structures whose
    coordinates can be right. Raises BadUsage, and NegativeAnswer for a structure or a code without a point.
    """
    text = " ".join(args).strip()
    is_id = any(one.id == text for one in structures)
    if not is_id and (pair := _PAIR.fullmatch(text)):
        return Origin(_degrees(pair[1], pair[2]))
    if not is_id and is_code(text):
        return Origin(_of_code(structures, text))
    return _of_structure(pick(structures, args))


def _degrees(latitude: str, longitude: str) -> Point:
    from epncli.rules.territories import in_france

    found = float(latitude.replace(",", ".")), float(longitude.replace(",", "."))
    if abs(found[0]) > 90 or abs(found[1]) > 180:
        raise BadUsage(
            _("‘{latitude}, {longitude}’ are not coordinates in degrees, such as 48.85, 2.35").format(
                latitude=latitude, longitude=longitude
            ),
            _("write the latitude first, then the longitude"),
        )
    if in_france(found[1], found[0]) and not in_france(*found):
        raise BadUsage(
            _("latitude and longitude are swapped"), _("write the latitude first, then the longitude")
        )
    return found


def _of_code(structures: Sequence[Structure], code: str) -> Point:
    from epncli.query.distance import centre, position

    there = [one for one in structures if one.code_postal.strip() == code]
    if not there:
        raise NegativeAnswer(
            _("no structure has the postal code {code}").format(code=code),
            _("give coordinates, such as 48.85,2.35"),
        )
    located = [one for one in there if position(one)]
    found = centre([one for one in located if not _doubts(one)])
    if found is None and located:
        raise NegativeAnswer(
            _("the coordinates of the structures with the postal code {code} are wrong").format(code=code),
            _("see ‘epn check’, or give coordinates, such as 48.85,2.35"),
        )
    if found is None:
        raise NegativeAnswer(
            _("no structure with the postal code {code} has coordinates").format(code=code), _how_to_point()
        )
    return found


def _of_structure(found: Sequence[Structure]) -> Origin:
    from epncli.query.distance import position

    if len(found) > 1:
        raise BadUsage(_("distances are measured from one point only"), _("name only one structure"))
    [one] = found
    place = position(one)
    if place is None:
        raise NegativeAnswer(_("{name} has no coordinates").format(name=name_of(one)), _how_to_point())
    for problem in _doubts(one):
        terminal.say(with_colon(name_of(one), problem.message))
    return Origin(place, one)


def _doubts(structure: Structure) -> Sequence[Problem]:
    """Why the coordinates of a structure are probably wrong."""
    from epncli.rules.coordonnees import validate_pair

    return validate_pair(structure.latitude, structure.longitude, structure.code_postal.strip())


def _how_to_point() -> str:
    return _("give coordinates, such as 48.85,2.35; ‘epn export ban’ helps to add those of the structures")
