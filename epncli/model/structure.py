"""The structure: one place where people get online and learn to, and the schema of its fields.

THE DATACLASS IS THE SCHEMA. Each attribute of `Structure` declares its kind, its label and its
constraints; YAML types, CSV columns, `--fields`, `--set`, completion, the JSON Schema and the checks all
derive from it. A new field is one line here.

Every value is text, as in the file, and is not validated here: a registry with bad values can still be
listed. An absent field is "" (or an empty tuple).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from epncli.i18n import N_, _
from epncli.model import enums

Value = str | list["Value"] | dict[str, "Value"]
"""The value of a YAML node: text, a list or a mapping."""


class Kind(StrEnum):
    """The kind of value that a field holds: it decides which rule validates it."""

    ID = "id"
    TEXT = "texte"
    LONG_TEXT = "texte long"
    """Text that may have several lines."""
    CODE_POSTAL = "code postal"
    CODE_INSEE = "code Insee"
    TELEPHONE = "téléphone"
    COURRIEL = "courriel"
    URL = "URL"
    PIVOT = "SIRET ou RNA"
    HORAIRES = "horaires"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    DATE = "date"
    """A day: 2014-09-30."""
    PLANNED_DATE = "date prévue"
    """A day, which may be in the future: 2026-12-03."""
    PARTIAL_DATE = "date partielle"
    """A day, a month or a year: 2014-09-30, 2014-09, 2014."""
    INTERVAL = "intervalle"
    """Two days and a reason: 2026-07-20/2026-08-24 congés d'été. The second day may be `..`, not known."""
    REFERENCE = "référence"
    """The id of another structure of the registry."""
    ENUM = "énumération"


CLOSED_WORDS: Final = ("fermé", "ferme", "fermée", "fermee")
"""The values of `statut` for a closed structure, as people write them, in small letters."""
DATE_KINDS: Final = frozenset((Kind.DATE, Kind.PLANNED_DATE, Kind.PARTIAL_DATE))


class Field(NamedTuple):
    """One field of the schema, as its attribute in `Structure` declares it."""

    name: str
    kind: Kind
    label_id: str
    """The English label, which is the key of its translation."""
    many: bool
    """True for a list of values. A single value without a list is accepted."""
    required: bool
    core: bool
    """True if every spreadsheet has a column for the field, even an empty one."""
    values: tuple[str, ...]
    """The allowed values of an enumeration; empty for every other kind."""
    max_length: int
    """The longest allowed value, in characters; 0 for no limit."""
    private: bool
    """True if an export has the field only if it is asked for, and a change of it confirms nothing."""

    @property
    def label(self) -> str:
        """The label in the language of this process."""
        return _(self.label_id)

    @property
    def empty(self) -> str | Texts:
        """The value of a structure that has none."""
        return () if self.many else ""

    def fits(self, value: Value) -> bool:
        """True if a value has the type of the field: a text or, for a list, also a list of texts."""
        if isinstance(value, str):
            return True
        return self.many and isinstance(value, list) and set(map(type, value)) <= {str}


def _field(
    label: str,
    kind: Kind = Kind.TEXT,
    *,
    many: bool = False,
    required: bool = False,
    core: bool = False,
    values: tuple[str, ...] = (),
    max_length: int = 0,
    private: bool = False,
) -> Any:
    """A field declaration: the right-hand side of an attribute of `Structure`."""
    kind = Kind.ENUM if values else kind
    about = {
        "kind": kind, "label_id": label, "many": many, "required": required,
        "core": core or required, "values": values, "max_length": max_length, "private": private,
    }  # fmt: skip
    return dataclasses.field(default=() if many else "", metadata=about)


Texts = tuple[str, ...]


# Generating these methods for 37 fields would take a thirtieth of the time in which `epn list` lists 65
# structures, so they are written by hand.
@dataclass(frozen=True, init=False, repr=False, eq=False)
class Structure:
    """One place, with the fields of the national schema (v1.0.2) and the registry's own fields.

    The registry's own fields are telephones (the schema has one `telephone`), statut, date_fermeture,
    motif_fermeture, remplace_par, fermetures_temporaires, identifiants_externes, notes and rappeler_le. epn
    writes the fields of a record in this order.
    """

    id: str = _field(N_("Identifier"), Kind.ID, required=True)
    nom: str = _field(N_("Name"), required=True)
    commune: str = _field(N_("Commune"), required=True)
    code_postal: str = _field(N_("Postal code"), Kind.CODE_POSTAL, required=True)
    code_insee: str = _field(N_("INSEE code"), Kind.CODE_INSEE)
    adresse: str = _field(N_("Address"))
    complement_adresse: str = _field(N_("Address details"))
    latitude: str = _field(N_("Latitude"), Kind.LATITUDE)
    longitude: str = _field(N_("Longitude"), Kind.LONGITUDE)
    pivot: str = _field(N_("SIRET or RNA"), Kind.PIVOT)
    typologie: Texts = _field(N_("Type of place"), many=True, values=enums.TYPOLOGIE)
    telephones: Texts = _field(N_("Phone numbers"), Kind.TELEPHONE, many=True, core=True)
    courriels: Texts = _field(N_("E-mail addresses"), Kind.COURRIEL, many=True)
    site_web: Texts = _field(N_("Website"), Kind.URL, many=True)
    horaires: str = _field(N_("Opening hours"), Kind.HORAIRES)
    statut: str = _field(N_("Status"), core=True, values=enums.STATUT)
    date_fermeture: str = _field(N_("Closing date"), Kind.PARTIAL_DATE)
    motif_fermeture: str = _field(N_("Reason for closing"))
    remplace_par: str = _field(N_("Replaced by"), Kind.REFERENCE)
    fermetures_temporaires: Texts = _field(N_("Closed for a time"), Kind.INTERVAL, many=True)
    presentation_resume: str = _field(N_("Summary"), max_length=280)
    presentation_detail: str = _field(N_("Description"), Kind.LONG_TEXT)
    itinerance: Texts = _field(N_("Fixed or mobile"), many=True, values=enums.ITINERANCE)
    structure_parente: str = _field(N_("Parent structure"))
    services: Texts = _field(N_("Services"), many=True, values=enums.SERVICES)
    publics_specifiquement_adresses: Texts = _field(
        N_("Specific audiences"), many=True, values=enums.PUBLICS_SPECIFIQUEMENT_ADRESSES
    )
    prise_en_charge_specifique: Texts = _field(
        N_("Specific support"), many=True, values=enums.PRISE_EN_CHARGE_SPECIFIQUE
    )
    frais_a_charge: Texts = _field(N_("Fees"), many=True, values=enums.FRAIS_A_CHARGE)
    dispositif_programmes_nationaux: Texts = _field(
        N_("National programmes"), many=True, values=enums.DISPOSITIF_PROGRAMMES_NATIONAUX
    )
    formations_labels: Texts = _field(N_("Training and labels"), many=True, values=enums.FORMATIONS_LABELS)
    autres_formations_labels: Texts = _field(N_("Other training and labels"), many=True)
    modalites_acces: Texts = _field(N_("Access"), many=True, values=enums.MODALITES_ACCES)
    modalites_accompagnement: Texts = _field(
        N_("Types of support"), many=True, values=enums.MODALITES_ACCOMPAGNEMENT
    )
    fiche_acces_libre: str = _field(N_("Accessibility page"), Kind.URL)
    prise_rdv: str = _field(N_("Appointments"), Kind.URL)
    source: str = _field(N_("Source"))
    identifiants_externes: Texts = _field(N_("External identifiers"), Kind.ID, many=True, private=True)
    notes: str = _field(N_("Notes"), Kind.LONG_TEXT, private=True)
    rappeler_le: str = _field(N_("Call back on"), Kind.PLANNED_DATE, private=True)
    date_maj: str = _field(N_("Last confirmation"), Kind.DATE)

    unknown_fields: Mapping[str, Value] = dataclasses.field(default_factory=dict)
    """The fields that are not in the schema: kept, never changed."""

    def __init__(self, **fields: Any) -> None:
        _refuse_unknown(fields)
        object.__setattr__(self, "__dict__", {"unknown_fields": {}, **fields})

    def __eq__(self, other: object) -> bool:
        return self._filled() == other._filled() if isinstance(other, Structure) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # `unknown_fields` may hold lists

    def __repr__(self) -> str:
        return f"Structure({', '.join(f'{name}={value!r}' for name, value in self._filled().items())})"

    def _filled(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value}

    @staticmethod
    def from_values(values: Mapping[str, Value]) -> Structure:
        """The structure with the values of a record. A value of the wrong type is converted to text."""
        # Only the fields that are present are set; for the others, attribute lookup finds the default of
        # the class. Setting all 37 fields of 20,000 records would take as long as reading the file. Most
        # values are texts of fields that hold one: these are copied all at once.
        structure = object.__new__(Structure)
        found: dict[str, Any] = structure.__dict__
        found.update(values)
        unknown_fields: dict[str, Value] = {}
        for name, value in values.items():
            if type(value) is str and name in _SINGLE:
                continue
            many = _MANY.get(name)
            if many is None:
                unknown_fields[name] = found.pop(name)
            else:
                found[name] = _as_texts(value) if many else _as_text(value)
        found["unknown_fields"] = unknown_fields
        return structure

    def changed(self, **fields: str | Texts | Mapping[str, Value]) -> Structure:
        """A copy with these fields replaced."""
        # dataclasses.replace would take much longer, since it sets all fields.
        _refuse_unknown(fields)
        copy = object.__new__(Structure)
        object.__setattr__(copy, "__dict__", {**self.__dict__, **fields})
        return copy

    def value(self, name: str) -> str | Texts:
        """The value of the field of that name."""
        found: str | Texts = getattr(self, name)
        return found

    def texts(self, name: str) -> Texts:
        """The values of the field of that name, as a tuple: one, perhaps blank, unless it is a list."""
        value = self.value(name)
        return (value,) if isinstance(value, str) else value

    def values(self) -> dict[str, str | list[str]]:
        """The non-empty fields by name, in the order of the schema, as they are written to a registry."""
        found: dict[str, str | list[str]] = {}
        present = self.__dict__
        for name, many in _MANY.items():
            if value := present.get(name):
                found[name] = list(value) if many else value
        return found

    @property
    def is_closed(self) -> bool:
        """True if `statut` is `fermé`, whatever its case, accents and gender."""
        return self.statut.strip().casefold() in CLOSED_WORDS

    @property
    def labels(self) -> Texts:
        """The labels of the structure, from the three fields that can hold them."""
        return sum(map(self.texts, LABEL_FIELDS), ())

    def close(
        self, *, date: str | None, motif: str | None, today: str, successor: str | None = None
    ) -> Structure:
        """This structure, closed. None keeps the present date, reason or successor (an id).

        `today` is its new `date_maj`. Returns the structure itself if nothing changes.
        """
        after = self.changed(
            statut="fermé",
            date_fermeture=self.date_fermeture if date is None else date,
            motif_fermeture=self.motif_fermeture if motif is None else motif,
            remplace_par=self.remplace_par if successor is None else successor,
        )
        return self if after == self else after.changed(date_maj=today)

    def reopen(self, *, today: str) -> Structure:
        """This structure, open, without closing date, reason and successor; `today` is its new `date_maj`.

        Returns the structure itself if it is open and has none of them.
        """
        if not (self.is_closed or self.date_fermeture or self.motif_fermeture or self.remplace_par):
            return self
        return self.changed(statut="", date_fermeture="", motif_fermeture="", remplace_par="", date_maj=today)


def _refuse_unknown(fields: Mapping[str, Any]) -> None:
    if unknown := fields.keys() - Structure.__dataclass_fields__.keys():
        raise TypeError(f"a structure has no {', '.join(unknown)}")


def _as_texts(value: Value) -> Texts:
    """The value of a list field: a list, or a single value. Nested values are converted to text."""
    if type(value) is str:
        return (value,) if value else ()
    if isinstance(value, list):
        return tuple([item if type(item) is str else _as_text(item) for item in value])
    return (_as_text(value),)


def _as_text(value: Value) -> str:
    """A value of the wrong type, converted to text for display."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_as_text(item)}" for key, item in value.items())
    return ", ".join(_as_text(item) for item in value)


FIELDS: Final[dict[str, Field]] = {
    field.name: Field(field.name, **field.metadata)
    for field in dataclasses.fields(Structure)
    if field.metadata
}
"""The fields of the schema by name, in the order in which epn writes them."""

PUBLISHED: Final = tuple(name for name, field in FIELDS.items() if not field.private)
"""The fields of an export that names none."""

CLOSING: Final = ("statut", "date_fermeture", "motif_fermeture", "remplace_par")
"""The fields that say whether and how a structure has closed for good."""

POSITION: Final = ("latitude", "longitude")
"""The fields that are one value together: where a structure is."""

LABEL_FIELDS: Final = ("formations_labels", "autres_formations_labels", "dispositif_programmes_nationaux")
"""The fields that can hold the labels of a structure."""

CONFIRMED: Final = tuple(name for name in PUBLISHED if name != "date_maj")
"""The fields for which `date_maj` stands: a change of one of them is a confirmation."""

_MANY: Final = {name: field.many for name, field in FIELDS.items()}
_SINGLE: Final = frozenset(name for name, many in _MANY.items() if not many)
