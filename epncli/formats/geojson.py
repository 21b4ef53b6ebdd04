"""GeoJSON (RFC 7946): a point for each structure that has coordinates, with what uMap shows of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from epncli.display.words import BETWEEN
from epncli.formats import json_objects, umap
from epncli.formats.encodings import decode
from epncli.formats.json import escape, is_number, member, record
from epncli.formats.reading import InputFile, Reading
from epncli.formats.tabular.cells import LIST_SEPARATOR
from epncli.formats.tabular.objects import read_objects
from epncli.formats.writing import Export, Written
from epncli.i18n import _
from epncli.model.structure import FIELDS, Structure, Value
from epncli.query.distance import position


def write(export: Export) -> Written:
    """The points, longitude first (RFC 7946, 3.1.1). Structures without coordinates are left out."""
    features = []
    left_out = []
    for structure in export.structures:
        place = position(structure)
        if place is None:
            left_out.append((structure, _reason(structure)))
        else:
            features.append(_feature(structure, place, export))
    text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"
    return Written(escape(text).encode(), tuple(left_out))


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _reason(structure: Structure) -> str:
    if not (structure.latitude or structure.longitude):
        return _("no coordinates")
    if not (structure.latitude and structure.longitude):
        return _("only one coordinate")
    return _("‘{latitude}, {longitude}’ are not coordinates in degrees, such as 48.85, 2.35").format(
        latitude=structure.latitude, longitude=structure.longitude
    )


def _feature(structure: Structure, place: tuple[float, float], export: Export) -> str:
    """The feature of a structure. Lists are text, since uMap's templates have no lists."""
    filled = {_NAME: umap.as_text(structure.nom)}
    if about := umap.description(structure, export.states, export.lang, export.fields):
        filled[_DESCRIPTION] = about
    kept = {
        name: value
        for name, value in record(structure, export.fields).items()
        if name not in (_NAME, _DESCRIPTION) and name not in umap.RESERVED  # fields that epn does not know
    }
    parts = [f"{_encode(name)}: {member(name, _text(value))}" for name, value in {**filled, **kept}.items()]
    if options := umap.options(structure, export.states):
        parts.append(f"{_encode(umap.OPTIONS)}: {_encode(options)}")
    latitude, longitude = map(_number, (structure.latitude, structure.longitude), place)
    return (
        f'{{"type": "Feature", "id": {_encode(structure.id)}, '
        f'"geometry": {{"type": "Point", "coordinates": [{longitude}, {latitude}]}}, '
        f'"properties": {{{", ".join(parts)}}}}}'
    )


_NAME: Final = "name"
_DESCRIPTION: Final = "description"
"""The properties that uMap displays."""


def _number(text: str, degrees: float) -> str:
    """A coordinate, digit for digit as in the registry, if JSON can write it so."""
    return text.strip() if is_number(text.strip()) else _encode(degrees)


def _text(value: Value) -> Value:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return BETWEEN.join(map(str, value))
    return value


def read(file: InputFile) -> Reading:
    """The properties of the features as rows, with the coordinates of those that are points.

    Raises Unreadable. See `epncli.formats.json.read`.
    """
    text, encoding = decode(file)
    return read_objects(file, _places(json_objects.elements(file, text)), ("GeoJSON", encoding))


def _places(elements: Iterable[json_objects.Element]) -> Iterator[json_objects.Element]:
    for line, found in elements:
        is_feature = isinstance(found, dict) and found.get("type") == "Feature"
        yield line, _place(found, found.get("properties") or {}) if is_feature else found


def _place(feature: dict[str, Any], properties: Any) -> Any:
    """The properties of a feature, with its id and its coordinates unless they have these themselves."""
    if not isinstance(properties, dict):
        return properties
    found = {"id": feature["id"]} if "id" in feature and "id" not in properties else {}
    place = _point(feature.get("geometry"))
    if len(place) >= 2 and not {"latitude", "longitude"} & properties.keys():
        found |= {"longitude": place[0], "latitude": place[1]}
    properties = {name: value for name, value in properties.items() if name not in umap.RESERVED}
    nom = properties.get("nom")
    if isinstance(nom, str) and properties.get(_NAME) == umap.as_text(nom):  # as `write` does for uMap
        of_umap = (_NAME, _DESCRIPTION)
        rest = {name: value for name, value in properties.items() if name not in of_umap}
        return found | {name: _items(name, value) for name, value in rest.items()}
    return found | properties


def _point(geometry: Any) -> list[Any]:
    """The coordinates of a point, which QGIS also writes as the only one of several; else empty."""
    match geometry:
        case {"type": "Point", "coordinates": [*place]} | {"type": "MultiPoint", "coordinates": [[*place]]}:
            return place
    return []


def _items(name: str, value: Any) -> Any:
    """A list that `write` made one text, as a list with the separator of cells."""
    is_list = isinstance(value, str) and name in FIELDS and FIELDS[name].many
    return value.replace(BETWEEN, LIST_SEPARATOR) if is_list else value
