"""The CSV of the national map: schéma de données des lieux de médiation numérique v1.0.2 (Mednum, ANCT).

32 columns in the order of the schema, UTF-8 without BOM, commas, `|` between values, ISO dates. Every file
written is valid against the schema: structures that are not valid are left out.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from epncli.formats.reading import WORKBOOKS, InputFile, Reading
from epncli.formats.tabular.cells import LIST_SEPARATOR, coordinate
from epncli.formats.writing import Export, OmittedValue, Written
from epncli.i18n import _, in_quotes, ngettext
from epncli.model.fields import label_in_sentence
from epncli.model.structure import FIELDS, Kind, Structure, Texts
from epncli.rules import enumeration, pivot
from epncli.rules.dates import day_of

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
}
_ENUMERATED: Final = tuple(name for name in COLUMNS if name in FIELDS and FIELDS[name].values)
_TELEPHONE = re.compile(r"\+(?:33|590|594|262|596|269|687|689|508|681)[0-9]{6,9}")


def write(export: Export) -> Written:
    """The open structures that are valid against the national schema. `export.fields` is ignored."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    closed, incomplete = [], []
    omitted: list[OmittedValue] = []
    seen: set[str] = set()
    for recorded in export.structures:
        structure = _in_the_spelling_of_the_schema(recorded)
        if structure.is_closed:
            closed.append(recorded)
        elif reasons := _reasons(structure, seen):
            incomplete.append((recorded, _("; ").join(reasons)))
        else:
            seen.add(structure.id)
            structure = _with_closings(structure, export.states.today)
            telephone, others = _telephone(structure)
            omitted += [OmittedValue(recorded, number, why) for number, why in others]
            writer.writerow(
                [telephone if name == "telephone" else _cell(structure, name) for name in COLUMNS]
            )
    data = text.getvalue().encode("utf-8", "replace")
    reason = ngettext("closed structure", "closed structures", len(closed))
    left_out = tuple((structure, reason) for structure in closed)
    return Written(data, left_out, tuple(incomplete), tuple(omitted))


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
    if field.kind is Kind.DATE and day_of(item) is None:
        return False
    return not field.max_length or len(item) <= field.max_length


def _in_the_spelling_of_the_schema(structure: Structure) -> Structure:
    """The structure with its enumerated values as the schema spells them: `Étapes numériques(La Poste)`.

    Blank and repeated values are dropped.
    """
    fields: dict[str, str | Texts] = {}
    for name in _ENUMERATED:
        value = structure.value(name)
        if isinstance(value, tuple):
            spelled: str | Texts = tuple(
                dict.fromkeys(filter(None, [_spelled(item, name) for item in value]))
            )
        else:
            spelled = _spelled(value, name)
        if spelled != value:
            fields[name] = spelled
    return structure.changed(**fields) if fields else structure


def _spelled(text: str, name: str) -> str:
    return enumeration.validate(text, FIELDS[name].values).value if text else text


def _cell(structure: Structure, name: str) -> str:
    value = structure.value(name)
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    return value or (pivot.UNKNOWN if name == "pivot" else "")


def _with_closings(structure: Structure, today: str) -> Structure:
    """The structure with the intervals in which it is, or will be, closed for a time in its opening hours.

    The schema has no field for them, and a place that is not in the file would be deleted from the map.
    """
    if not structure.fermetures_temporaires:
        return structure
    from epncli.rules import fermetures
    from epncli.rules.hours import temporary

    left = [one for one in fermetures.intervals(structure.fermetures_temporaires) if one.last >= today]
    return structure.changed(horaires=temporary.with_closings(structure.horaires, left))


def _telephone(structure: Structure) -> tuple[str, list[tuple[str, str]]]:
    """The first number with an international form, or ""; the other numbers, each with the reason."""
    from epncli.rules.telephone import e164  # imports phonenumbers, which is slow

    telephone = ""
    others = []
    for number in structure.telephones:
        international = e164(number, structure.code_postal)
        if not _TELEPHONE.fullmatch(international):
            others.append((number, _("without an international form, as short numbers are")))
        elif telephone and international != telephone:
            others.append((number, _("the schema has only one for each place")))
        else:
            telephone = international
    return telephone, others
