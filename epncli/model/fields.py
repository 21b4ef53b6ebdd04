"""Lookup of a field of the schema by the name that the user types, and of its values in a structure."""

from __future__ import annotations

from epncli.errors import BadUsage
from epncli.folding import fold
from epncli.i18n import _
from epncli.model.structure import FIELDS, Field, Structure


def find_field(name: str) -> Field:
    """The field of that name. Raises BadUsage, with the most similar name as a hint, if there is none."""
    if field := FIELDS.get(name.strip()):
        return field
    message = _("unknown field ‘{name}’").format(name=name)
    if near := _nearest(name):
        raise BadUsage(message, _("did you mean ‘{name}’?").format(name=near))
    raise BadUsage(message, _("the fields are: {names}").format(names=", ".join(FIELDS)))


def stated(structure: Structure, field: Field) -> tuple[str, ...]:
    """The values of a field in a structure, as a tuple. A missing `statut` is `ouvert`."""
    value = structure.value(field.name) or ("ouvert" if field.name == "statut" else ())
    return (value,) if isinstance(value, str) else value


def _nearest(name: str) -> str:
    from rapidfuzz import fuzz, process  # imported only after a typing error

    names = {field: fold(field) for field in FIELDS}
    near = process.extractOne(fold(name), names, scorer=fuzz.ratio, score_cutoff=60)
    return near[2] if near else ""
