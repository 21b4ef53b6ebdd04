"""The CSV of the national map: schéma de données des lieux de médiation numérique v1.0.2 (Mednum, ANCT).

32 columns in the order of the schema, UTF-8 without BOM, commas, `|` between values, ISO dates. Every file
written is valid against the schema: structures that are not valid are left out.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Final

from epncli.formats.national import UNKNOWN_PIVOT
from epncli.formats.reading import WORKBOOKS, InputFile, Reading
from epncli.formats.tabular.cells import LIST_SEPARATOR, coordinate
from epncli.formats.writing import Export, Written
from epncli.i18n import _, in_quotes, ngettext
from epncli.model.fields import label_in_sentence
from epncli.model.structure import FIELDS, Kind, Structure

COLUMNS: Final = (
    "id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "complement_adresse",
    "latitude", "longitude", "typologie", "telephone", "courriels", "site_web", "horaires",
    "presentation_resume", "presentation_detail", "source", "itinerance", "structure_parente",
    "date_maj", "services", "publics_specifiquement_adresses", "prise_en_charge_specifique",
    "frais_a_charge", "dispositif_programmes_nationaux", "formations_labels",
    "autres_formations_labels", "modalites_acces", "modalites_accompagnement",
    "fiche_acces_libre", "prise_rdv",
)  # fmt: skip
"""The columns have the names of the fields of the registry, except `telephone`: one number, in E.164."""

REQUIRED: Final = ("id", "nom", "commune", "code_postal", "adresse", "date_maj")

_PATTERNS: Final = {
    "pivot": re.compile(r"[a-zA-Z0-9]{9,14}"),
    "code_postal": re.compile(r"[0-9]{5}"),
    "code_insee": re.compile(r"([013-9][0-9]|2[AB1-9])[0-9]{3}"),
    "date_maj": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
_TELEPHONE = re.compile(r"\+(?:33|590|594|262|596|269|687|689|508|681)[0-9]{6,9}")


def write(export: Export) -> Written:
    """The open structures that are valid against the national schema. `export.fields` is ignored."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    closed, lacking = [], []
    seen: set[str] = set()
    for structure in export.structures:
        if structure.is_closed:
            closed.append(structure)
        elif reasons := _reasons(structure, seen):
            lacking.append((structure, _("; ").join(reasons)))
        else:
            seen.add(structure.id)
            writer.writerow([_cell(structure, name) for name in COLUMNS])
    data = text.getvalue().encode("utf-8", "replace")
    reason = ngettext("closed structure", "closed structures", len(closed))
    return Written(data, tuple((structure, reason) for structure in closed), tuple(lacking))


def read(file: InputFile) -> Reading:
    """The rows of a file of the national map, of any version, in CSV or in a workbook. Raises Unreadable."""
    from epncli.formats import csv, xlsx

    if file.data.startswith(WORKBOOKS):
        return xlsx.read(file, national=True)
    return csv.read(file, national=True)


def _reasons(structure: Structure, seen: set[str]) -> list[str]:
    """The reasons why a structure cannot be in a valid file; empty if there are none."""
    found = []
    if absent := [name for name in REQUIRED if not str(structure.value(name)).strip()]:
        found.append(_("missing: {fields}").format(fields=", ".join(map(label_in_sentence, absent))))
    if structure.id in seen:
        found.append(_("id already used: ‘{id}’").format(id=structure.id))
    refused = [
        f"{label_in_sentence(name)} {in_quotes(item)}"
        for name in COLUMNS
        if name in FIELDS
        for item in _items(structure, name)
        if not _fits(name, item)
    ]
    if refused:
        found.append(_("not allowed by the schema: {values}").format(values=", ".join(refused)))
    return found


def _items(structure: Structure, name: str) -> tuple[str, ...]:
    value = structure.value(name)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _fits(name: str, item: str) -> bool:
    """True if the schema allows the value in the field."""
    field = FIELDS[name]
    if field.values:
        return item in field.values
    if field.kind in (Kind.LATITUDE, Kind.LONGITUDE):
        return coordinate(item) is not None
    if name in _PATTERNS and not _PATTERNS[name].fullmatch(item):
        return False
    if field.kind is Kind.DATE:
        try:
            date.fromisoformat(item)
        except ValueError:
            return False
    return not field.max_length or len(item) <= field.max_length


def _cell(structure: Structure, name: str) -> str:
    if name == "telephone":
        return _telephone(structure)
    value = structure.value(name)
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    return value or (UNKNOWN_PIVOT if name == "pivot" else "")


def _telephone(structure: Structure) -> str:
    """The first number with an international form, which short numbers do not have; "" if there is none."""
    from epncli.rules.telephone import e164  # imports phonenumbers, which is slow

    numbers = (e164(number, structure.code_postal) for number in structure.telephones)
    return next((number for number in numbers if _TELEPHONE.fullmatch(number)), "")
