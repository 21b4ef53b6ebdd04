"""The structures of a registry as they are merged: a value of the wrong type stays as it is.

A mapping in place of a list of texts, for instance, is among the fields that are not in the schema. So it is
not converted to text, and is in conflict if both sides have changed it.
"""

from __future__ import annotations

from collections.abc import Mapping

from epncli.model.structure import FIELDS, Structure, Value
from epncli.registry.registry import Registry, records
from epncli.yamlfile.reader import Document


def registry_of(document: Document) -> Registry:
    """The registry of a document as it is merged. Raises Unreadable if it is not a list of records."""
    return Registry(document, [structure_of(values) for values in records(document)])


def structure_of(values: Mapping[str, Value]) -> Structure:
    """The structure of a record as it is merged."""
    structure = Structure.from_values(values)
    wrong = {
        name: value
        for name, value in values.items()
        if type(value) is not str and name in FIELDS and not FIELDS[name].fits(value)  # a text always fits
    }
    if not wrong:
        return structure
    blank = {name: FIELDS[name].empty for name in wrong}
    return structure.changed(**blank, unknown_fields={**structure.unknown_fields, **wrong})
