"""Validation of latitude and longitude: each in range, and both in the territory of the postal code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from epncli.i18n import _
from epncli.problems import Problem, error, warning
from epncli.rules.code_postal import departement
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.territories import TERRITORIES, Territory, departement_box, region_of
from epncli.rules.texte import quoted

FAR: Final = 60
"""Kilometres from its department, or from the other places in its commune, at which a place is a mistake."""

_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,20})?")
_LAST: Final = r"(?:\.[0-9]{1,20})?"
"""The fraction, which only the last figure may have."""
_WITH_MARKS: Final = re.compile(
    rf"([A-Z]*)([+-]?)(?:([0-9]{{1,3}}{_LAST})°?|([0-9]{{1,3}})°([0-9]{{1,2}}{_LAST})'?"
    rf"|([0-9]{{1,3}})°([0-9]{{1,2}})'([0-9]{{1,2}}{_LAST})\"?)([A-Z]*)"
)
"""`48°51'24.3"N`, `48°51.4'N` or `N48.8566°`: the word before, the sign, the figures, the word after."""
_MARKS: Final = str.maketrans(
    {"\u2212": "-", ",": ".", "º": "°", "˚": "°", "′": "'", "’": "'", "´": "'", "`": "'", "″": '"', "”": '"'}
)
"""Characters that people type for the minus sign, the point, and the marks of degrees, minutes, seconds."""
_NORTH_SOUTH: Final = {"N": "", "NORD": "", "NORTH": "", "S": "-", "SUD": "-", "SOUTH": "-"}
_EAST_WEST: Final = {"E": "", "EST": "", "EAST": "", "O": "-", "OUEST": "-", "W": "-", "WEST": "-"}


def validate_latitude(text: str) -> RuleResult:
    """Validate a latitude: decimal degrees with a point, -90 to 90. See `validate_longitude`."""
    return _validate_coordinate(text, _NORTH_SOUTH, 90, "48.8566")


def validate_longitude(text: str) -> RuleResult:
    """Validate a longitude: decimal degrees with a point, -180 to 180.

    A decimal comma is accepted. Degrees, minutes and seconds, such as `2°21'07" E`, are converted to decimal
    degrees, rounded to six decimals (about ten centimetres).
    """
    return _validate_coordinate(text, _EAST_WEST, 180, "2.3522")


def point(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Latitude and longitude as numbers, or None if either is missing or not a number."""
    y, x = _number(_decimal(latitude, _NORTH_SOUTH)), _number(_decimal(longitude, _EAST_WEST))
    return None if y is None or x is None else (y, x)


def validate_pair(latitude: str, longitude: str, code_postal: str) -> tuple[Problem, ...]:
    """A warning about two coordinates together: both 0, swapped, a wrong sign, far from where they should be.

    Empty if either is missing or not a number: `validate_latitude` and `validate_longitude` report that.
    """
    found = point(latitude, longitude)
    if found is None:
        return ()
    y, x = found
    if abs(x) > 180 or (abs(y) > 90 and abs(x) > 90):
        return ()
    if x == 0 and y == 0:
        return (
            warning(
                _("the coordinates are 0, 0: a point in the Gulf of Guinea"),
                _("remove both, or write the coordinates of the place"),
            ),
        )
    territory = _territory_of(code_postal)
    if territory is None:
        return ()
    if territory.holds(y, x):
        return _far_from_departement(y, x, code_postal.strip())
    if territory.holds(x, y):
        return (
            warning(
                _("latitude and longitude are swapped"),
                _("the latitude is {latitude} and the longitude {longitude}").format(
                    latitude=_decimal(longitude, _EAST_WEST), longitude=_decimal(latitude, _NORTH_SOUTH)
                ),
            ),
        )
    return (_outside(territory, y, x, code_postal.strip()),)


def _far_from_departement(latitude: float, longitude: float, code_postal: str) -> tuple[Problem, ...]:
    number = departement(code_postal)
    box = departement_box(number)
    if box is None or (distance := box.distance(latitude, longitude)) <= FAR:
        return ()
    message = _("the coordinates are {distance} km outside department {departement}, where {code_postal} is")
    return (
        warning(
            message.format(distance=round(distance), departement=number, code_postal=code_postal),
            _("correct the coordinates, or the postal code"),
        ),
    )


def _outside(territory: Territory, latitude: float, longitude: float, code_postal: str) -> Problem:
    """Why the coordinates are not in their territory: a wrong sign, or another place."""
    name = _(territory.name)
    opposites = ((-latitude, longitude), (latitude, -longitude), (-latitude, -longitude))
    if any(territory.holds(*point) for point in opposites):
        return warning(
            _("the coordinates have the wrong sign: they are not in {territory}").format(territory=name),
            _("southern latitudes and western longitudes have a minus sign, the others do not"),
        )
    return warning(
        _("the coordinates are not in {territory}, where {code_postal} is").format(
            territory=name, code_postal=code_postal
        ),
        _("correct the coordinates, or the postal code"),
    )


def _territory_of(code_postal: str) -> Territory | None:
    """The territory of a postal code, or None if the code does not determine one."""
    return TERRITORIES.get(region_of(code_postal.strip()))


def _decimal(text: str, signs: Mapping[str, str]) -> str:
    """A coordinate in decimal degrees, with a point; any other text without its spaces and degree signs.

    `signs` has the sign of each word that may stand before or after the figures.
    """
    if _NUMBER.fullmatch(text):  # as most
        return text
    clean = re.sub(r"\s", "", text).translate(_MARKS).replace("''", '"')
    plain = clean.replace("°", "")
    found = None if _NUMBER.fullmatch(plain) else _WITH_MARKS.fullmatch(clean.upper())
    if found is None:
        return plain
    word, sign = found[1] + found[9], found[2]
    degrees, *fractions = [figure for figure in found.groups()[2:8] if figure]
    if (word and (sign or word not in signs)) or any(float(figure) >= 60 for figure in fractions):
        return plain
    if fractions:
        number = sum(float(figure) / 60**power for power, figure in enumerate((degrees, *fractions)))
        degrees = f"{number:.6f}".rstrip("0").removesuffix(".")
    return signs.get(word, sign) + degrees


def _number(value: str) -> float | None:
    """The number of a coordinate in decimal degrees, or None."""
    return float(value) if _NUMBER.fullmatch(value) else None


def _validate_coordinate(text: str, signs: Mapping[str, str], most: int, example: str) -> RuleResult:
    value = _decimal(text, signs)
    if not value:
        return accepted("")
    hint = _("write it in degrees, such as {example}").format(example=example)
    number = _number(value)
    if number is None:
        message = _("‘{value}’ is not a number of degrees").format(value=quoted(text))
        return refused(text, error(message, hint))
    value = value.removeprefix("+")
    if abs(number) > most:
        message = _("‘{value}’ is not between -{most} and {most} degrees").format(
            value=quoted(text), most=most
        )
        return refused(text, error(message, hint))
    return accepted(value)
