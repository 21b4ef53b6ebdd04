"""Conversion of the files of the national map, of any version, to the fields and values of a registry.

Sources: schéma de données des lieux de médiation numérique v1.0.2 and v0.1.0 (Mednum, ANCT).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from epncli.folding import fold
from epncli.formats.reading import Row
from epncli.i18n import _, ngettext, number
from epncli.model import enums
from epncli.model.structure import FIELDS, Texts
from epncli.rules import pivot
from epncli.rules.texte import quoted

_MARKS: Final = frozenset(("id", "pivot", "nom", "commune", "code_postal", "adresse", "telephone"))
"""Columns by which a file is recognised: all versions have them; `telephone`, in the singular, only they."""

_OLD_NAMES: Final = {
    "courriel": "courriels",
    "labels_autres": "autres_formations_labels",
    "accessibilite": "fiche_acces_libre",
}
_OLD_VALUES: Final = {
    "services": {
        "Devenir autonome dans les démarches administratives": enums.SERVICES[0],
        "Réaliser des démarches administratives avec un accompagnement": enums.SERVICES[0],
        "Accompagner les démarches de santé": enums.SERVICES[0],
        "Prendre en main un smartphone ou une tablette": enums.SERVICES[1],
        "Prendre en main un ordinateur": enums.SERVICES[1],
        "Utiliser le numérique au quotidien": enums.SERVICES[1],
        "Favoriser mon insertion professionnelle": enums.SERVICES[2],
        "Soutenir la parentalité et l'éducation avec le numérique": enums.SERVICES[4],
        "Créer avec le numérique": enums.SERVICES[5],
        "Approfondir ma culture numérique": enums.SERVICES[6],
        "Promouvoir la citoyenneté numérique": enums.SERVICES[6],
        "Accéder à une connexion internet": enums.SERVICES[7],
        "Accéder à du matériel": enums.SERVICES[7],
        "S'équiper en matériel informatique": enums.SERVICES[8],
    },
    "publics_accueillis": {
        "Seniors (+ 65 ans)": "Seniors",
        "Familles/enfants": "Familles et/ou enfants",
        "Jeunes (16-26 ans)": "Jeunes",
        "Uniquement femmes": "Femmes",
        "Déficience visuelle": "Déficience visuelle",
        "Surdité": "Surdité",
        "Handicaps mentaux": "Handicaps mentaux",
        "Personnes en situation d'illettrisme": "Illettrisme",
    },
    "conditions_acces": {value: value for value in enums.FRAIS_A_CHARGE},
    "labels_nationaux": {
        "France Services": "France Services",
        "CNFS": "Conseillers numériques",
        "Aidants Connect": "Aidants Connect",
        "Grandes écoles du numérique": "Grande école du numérique",
        "Point numérique CAF": "Point d'accès numérique CAF",
        "Fabriques de Territoire": "Fabriques de Territoire",
    },
    "modalites_accompagnement": {
        "Seul": "En autonomie",
        "Avec de l'aide": "Accompagnement individuel",
        "Dans un atelier": "Dans un atelier collectif",
    },
}
"""The values of v0.1 with their equivalent in v1.0. In the files, an explanation may follow after a colon."""
_TARGETS: Final = {
    "publics_accueillis": ("publics_specifiquement_adresses", "prise_en_charge_specifique"),
    "conditions_acces": ("frais_a_charge",),
    "labels_nationaux": (
        "dispositif_programmes_nationaux", "formations_labels", "autres_formations_labels"
    ),
}  # fmt: skip
"""Fields of v0.1 that are several fields today: a value goes into the field that allows it, else the last."""

_NO_PLACE: Final = "cle_ban"
OLD_COLUMNS: Final = frozenset((*_OLD_NAMES, *_TARGETS, _NO_PLACE))
"""Columns that only v0.1 has."""
OLD_LISTS: Final = frozenset(("courriel", "labels_autres", *_TARGETS))


def is_national(names: Iterable[str]) -> bool:
    """True for the header of a file of the national map, of any version."""
    return {name.strip() for name in names} >= _MARKS


def to_current_version(rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """The rows with the fields and values of v1.0, and warnings about values without an equivalent."""
    left_out: Counter[tuple[str, str]] = Counter()
    modern = [Row(row.line, _modern(row, left_out), row.refusal) for row in rows]
    recognised = [
        ngettext(
            "{field}: ‘{value}’ is ignored in {count} row: the schema no longer has this value",
            "{field}: ‘{value}’ is ignored in {count} rows: the schema no longer has this value",
            count,
        ).format(field=name, value=quoted(value), count=number(count))
        for (name, value), count in left_out.items()
    ]
    if any(row.values.get(_NO_PLACE) for row in rows):
        recognised.append(
            _("the column ‘{header}’ is ignored: a registry does not have this field").format(
                header=_NO_PLACE
            )
        )
    return modern, recognised


def _modern(row: Row, left_out: Counter[tuple[str, str]]) -> dict[str, str | Texts]:
    values: dict[str, str | Texts] = {}
    for name, value in row.values.items():
        if name == "pivot" and str(value).strip() == pivot.UNKNOWN:
            continue
        if name in _TARGETS or name in _OLD_VALUES:
            assert isinstance(value, tuple)
            for target, found in _convert_column(name, value, left_out).items():
                values[target] = (*values.get(target, ()), *found)
        elif isinstance(value, tuple):
            target = _OLD_NAMES.get(name, name)
            values[target] = (*values.get(target, ()), *value)
        elif name != _NO_PLACE:
            values[_OLD_NAMES.get(name, name)] = value
    return values


def _convert_column(name: str, items: Texts, left_out: Counter[tuple[str, str]]) -> dict[str, Texts]:
    """The values of one column, by the field to which they belong today."""
    targets = _TARGETS.get(name, (name,))
    found: dict[str, Texts] = dict.fromkeys(targets, ())
    for item in items:
        short = item.partition(" : ")[0]
        today = _old_values(name).get(fold(short))
        if today is None and (name in _CLOSED_LISTS or short in _NEVER_TODAY):
            left_out[name, short] += 1
            continue
        value = today or item
        target = next((one for one in targets if value in FIELDS[one].values), targets[-1])
        if value not in found[target]:
            found[target] = (*found[target], value)
    return found


def current_name(name: str) -> str:
    """The field of today for a column of v0.1 that only has another name; any other name unchanged."""
    return _OLD_NAMES.get(name, name)


def current_names(name: str) -> Texts:
    """The fields of today in which the values of a column of v0.1 are; any other name unchanged."""
    return _TARGETS.get(name, (current_name(name),))


def has_equivalent(name: str, item: str) -> bool:
    """True for a value of v0.1 that `to_current_version` converts."""
    return fold(item.partition(" : ")[0]) in _old_values(name)


@cache
def _old_values(name: str) -> dict[str, str]:
    return {fold(old): new for old, new in _OLD_VALUES.get(name, {}).items()}


_CLOSED_LISTS: Final = ("publics_accueillis", "conditions_acces")
"""Columns of v0.1 whose values are left out unless they are in the table above."""
_NEVER_TODAY: Final = ("Créer et développer mon entreprise", "A ma place")
"""Values of v0.1 without an equivalent today, in columns that still exist."""
