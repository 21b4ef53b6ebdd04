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
    if near := nearest_field(name):
        raise BadUsage(message, _("did you mean ‘{name}’?").format(name=near))
    raise BadUsage(message, _("the fields are: {names}").format(names=", ".join(FIELDS)))


def stated(structure: Structure, field: Field) -> tuple[str, ...]:
    """The values of a field in a structure, as a tuple. A missing `statut` is `ouvert`."""
    value = structure.value(field.name) or ("ouvert" if field.name == "statut" else ())
    return (value,) if isinstance(value, str) else value


def label_in_sentence(name: str) -> str:
    """The label of a field for the middle of a sentence: `phone numbers`, `SIRET or RNA`.

    For a field that is not in the schema, it is the name.
    """
    return in_sentence(FIELDS[name].label) if name in FIELDS else name


def in_sentence(label: str) -> str:
    """A label for the middle of a sentence."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def nearest_field(name: str) -> str:
    """The name of the field with the most similar name, or "" if none is similar enough."""
    from rapidfuzz import fuzz, process  # imported only after a typing error

    names = {field: fold(field) for field in FIELDS}
    near = process.extractOne(fold(name), names, scorer=fuzz.ratio, score_cutoff=60)
    return near[2] if near else ""
