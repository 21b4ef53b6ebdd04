"""The fields of the schema: by the names that people type, and what a structure says in them."""

from __future__ import annotations

from epncli.errors import BadUsage
from epncli.folding import fold
from epncli.i18n import _
from epncli.model.structure import FIELDS, Field, Structure


def find_field(name: str) -> Field:
    """The field of that name; BadUsage with the nearest name if there is none."""
    if field := FIELDS.get(name.strip()):
        return field
    message = _("unknown field ‘{name}’").format(name=name)
    if near := nearest_field(name):
        raise BadUsage(message, _("did you mean ‘{name}’?").format(name=near))
    raise BadUsage(message, _("the fields are: {names}").format(names=", ".join(FIELDS)))


def stated(structure: Structure, field: Field) -> tuple[str, ...]:
    """The values of a field, one or many; a structure without `statut` is open."""
    value = structure.value(field.name) or ("ouvert" if field.name == "statut" else ())
    return (value,) if isinstance(value, str) else value


def label_in_sentence(name: str) -> str:
    """The label of a field without its capital: `phone numbers`, `SIRET or RNA`; see `Field.label`.

    A field that the schema does not know has no label: its name is returned.
    """
    field = FIELDS.get(name)
    label = field.label if field else name
    return label if field is None or label[1:2].isupper() else label[:1].lower() + label[1:]


def nearest_field(name: str) -> str:
    """The field whose name is most like this one; "" if none is."""
    from rapidfuzz import fuzz, process  # only for a mistake

    names = {field: fold(field) for field in FIELDS}
    near = process.extractOne(fold(name), names, scorer=fuzz.ratio, score_cutoff=60)
    return near[2] if near else ""
