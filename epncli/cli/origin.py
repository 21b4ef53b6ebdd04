"""The point from which distances are measured: coordinates, a postal code, or a structure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from epncli.cli.choosing import pick
from epncli.cli.screen.listing import name_of
from epncli.errors import BadUsage, NegativeAnswer
from epncli.i18n import _
from epncli.model.structure import Structure

if TYPE_CHECKING:
    from epncli.query.distance import Point

_CODE: Final = re.compile(r"[0-9]{5}")
_FIGURE: Final = r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?"
_PAIR: Final = re.compile(rf"({_FIGURE})(?:\s{{0,5}}[,;]\s{{0,5}}|\s{{1,5}})({_FIGURE})")
"""`48.85,2.35`; also `48.85 2.35`."""


class Origin(NamedTuple):
    """A point, and the structure that is there."""

    point: Point
    structure: Structure | None = None
    """None for a point that was not given as a REF."""


def find_origin(structures: Sequence[Structure], args: Sequence[str]) -> Origin:
    """The point that the arguments name: LAT,LON, a postal code, or a REF, as `pick` resolves it.

    An id counts before the two others. The point of a postal code is the centre of its structures that have
    coordinates. Raises BadUsage, and NegativeAnswer for a structure or a code without coordinates.
    """
    text = " ".join(args).strip()
    is_id = any(one.id == text for one in structures)
    if not is_id and (pair := _PAIR.fullmatch(text)):
        return Origin(_degrees(pair[1], pair[2]))
    if not is_id and _CODE.fullmatch(text):
        return Origin(_of_code(structures, text))
    return _of_structure(pick(structures, args))


def _degrees(latitude: str, longitude: str) -> Point:
    found = float(latitude), float(longitude)
    if abs(found[0]) > 90 or abs(found[1]) > 180:
        raise BadUsage(
            _("‘{latitude}, {longitude}’ are not coordinates in degrees, such as 48.85, 2.35").format(
                latitude=latitude, longitude=longitude
            ),
            _("write the latitude first, then the longitude"),
        )
    return found


def _of_code(structures: Sequence[Structure], code: str) -> Point:
    from epncli.query.distance import centre

    found = centre([one for one in structures if one.code_postal.strip() == code])
    if found is None:
        raise NegativeAnswer(
            _("no structure with the postal code {code} has coordinates").format(code=code), _how_to_point()
        )
    return found


def _of_structure(found: Sequence[Structure]) -> Origin:
    from epncli.query.distance import position

    if len(found) > 1:
        raise BadUsage(_("distances are measured from one point only"), _("name only one structure"))
    place = position(found[0])
    if place is None:
        raise NegativeAnswer(_("{name} has no coordinates").format(name=name_of(found[0])), _how_to_point())
    return Origin(place, found[0])


def _how_to_point() -> str:
    return _("give coordinates, such as 48.85,2.35; ‘epn export ban’ helps to add those of the structures")
