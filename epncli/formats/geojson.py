"""GeoJSON (RFC 7946) for uMap: a point for each structure that has coordinates."""

from __future__ import annotations

import json

from epncli.display.words import BETWEEN
from epncli.formats.json import escape, record
from epncli.formats.tabular.cells import position
from epncli.formats.writing import Export, Written
from epncli.i18n import _
from epncli.model.structure import Structure, Value


def write(export: Export) -> Written:
    """The points, longitude first (RFC 7946, 3.1.1). Structures without coordinates are left out."""
    features = []
    left_out = []
    for structure in export.structures:
        place = position(structure)
        if place is None:
            left_out.append((structure, _reason(structure)))
        else:
            features.append(_encode(_feature(structure, place, export.fields)))
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


def _feature(structure: Structure, place: tuple[float, float], fields: tuple[str, ...]) -> dict[str, object]:
    """The feature of a structure. uMap displays `name`; lists are text, since its templates have no lists."""
    properties = {name: _text(value) for name, value in record(structure, fields).items()}
    return {
        "type": "Feature",
        "id": structure.id,
        "geometry": {"type": "Point", "coordinates": place},
        "properties": {"name": structure.nom} | properties,
    }


def _text(value: Value) -> Value:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return BETWEEN.join(map(str, value))
    return value
