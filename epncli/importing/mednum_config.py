"""Reading of a configuration of mednum-cli, the converter of the national map, as a recipe.

A configuration is a JSON object with an entry for each field. Source:
https://github.com/anct-cartographie-nationale/mednum-cli, `assets/input/*/*.config.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from epncli import limits
from epncli.errors import Unreadable
from epncli.formats.tabular.recipe import Choice, Join, Recipe, Split
from epncli.i18n import _
from epncli.model.structure import FIELDS, Texts

_OWN_NAMES: Final = {
    "telephone": "telephones",
    "courriel": "courriels",
    "typologies": "typologie",
    "modalites_access": "modalites_acces",
    "accessibilite": "fiche_acces_libre",
}
"""The fields of the schema by the other names that configurations have for them."""

Entry = Mapping[str, Any]


def parse_config(name: str, data: bytes) -> Recipe:
    """The recipe that a configuration describes; `name` is that of the file, for messages.

    Raises `Unreadable` for a file that is not a JSON object. What epn does not do is in
    `Recipe.not_supported`.
    """
    found = _Converter()
    for key, value in _entries(name, data).items():
        target = _OWN_NAMES.get(key, key)
        if key == "horaires":
            found.hours(value)
        elif target not in FIELDS:
            found.leave(key)
        else:
            for entry in value if isinstance(value, list) else [value]:
                found.add(target, entry if isinstance(entry, dict) else {})
    return found.recipe()


def _entries(name: str, data: bytes) -> dict[str, Any]:
    hint = _("it must be a JSON object with an entry for each field")
    if len(data) > limits.MAX_BYTES:
        raise Unreadable(*limits.too_large(), path=name)
    try:
        entries = json.loads(data)
    except (ValueError, RecursionError):
        entries = None
    if not isinstance(entries, dict):
        raise Unreadable(_("this is not a configuration of mednum-cli"), hint, path=name)
    return entries


@dataclass(slots=True)
class _Converter:
    columns: dict[str, Texts] = field(default_factory=dict)
    joins: dict[str, Join] = field(default_factory=dict)
    splits: dict[str, Split] = field(default_factory=dict)
    choices: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    constants: dict[str, str | Texts] = field(default_factory=dict)
    identifiant: str = ""
    recognised: Texts = ()
    not_supported: list[str] = field(default_factory=list)

    def recipe(self) -> Recipe:
        return Recipe(
            identifiant=self.identifiant,
            columns=self.columns,
            joins=self.joins,
            splits=self.splits,
            choices=self.choices,
            constants=self.constants,
            recognised=self.recognised,
            not_supported=tuple(dict.fromkeys(self.not_supported)),
        )

    def add(self, name: str, entry: Entry) -> None:
        """One way in which a field gets its value."""
        if name == "id":
            self.identifiant = next(iter(_texts(entry.get("colonne"))), "")
        elif "joindre" in entry:
            self.join(name, entry["joindre"])
        elif "dissocier" in entry:
            self.split(name, entry["dissocier"])
        elif "cible" in entry:
            self.choose(name, entry)
        elif "valeur" in entry:
            self.constant(name, str(entry["valeur"]))
        elif headers := _texts(entry.get("colonne")) or _texts(entry.get("colonnes")):
            self.assign(name, headers)
        elif entry.get("colonne") not in ("", []):  # a blank name is how configurations say "none"
            self.leave(name)

    def assign(self, name: str, headers: Texts) -> None:
        for header in headers:
            self.columns[header] = (*self.columns.get(header, ()), name)

    def join(self, name: str, entry: Any) -> None:
        entry = entry if isinstance(entry, dict) else {}
        headers = _texts(entry.get("colonnes"))
        if not headers:
            self.leave(name)
            return
        self.joins[name] = Join(headers, str(entry.get("séparateur", " ")))
        other = entry.get("ou")
        if isinstance(other, dict) and (fallback := _texts(other.get("colonne"))):
            self.assign(name, fallback)

    def split(self, name: str, entry: Any) -> None:
        entry = entry if isinstance(entry, dict) else {}
        headers, part, separator = _texts(entry.get("colonne")), entry.get("partie"), entry.get("séparateur")
        if headers and isinstance(part, int) and isinstance(separator, str) and separator:
            self.splits[name] = Split(headers, separator, part)
        else:
            self.leave(name)

    def choose(self, name: str, entry: Entry) -> None:
        value, headers = str(entry["cible"]), _texts(entry.get("colonnes"))
        if headers:
            choice = Choice(value, headers, _texts(entry.get("termes")), _texts(entry.get("sauf")))
            self.choices[name] = (*self.choices.get(name, ()), choice)
        else:
            self.constant(name, value)

    def constant(self, name: str, value: str) -> None:
        before = self.constants.get(name, ())
        many = FIELDS[name].many and isinstance(before, tuple)
        self.constants[name] = (*before, value) if many else value

    def hours(self, value: Any) -> None:
        """Opening hours: columns of each day, of the week in words, or in OpenStreetMap's notation."""
        entry = value if isinstance(value, dict) else {}
        headers = [name for key in ("osm", "semaine", "colonne") for name in _texts(entry.get(key))]
        self.assign("horaires", tuple(dict.fromkeys(headers)))
        days = entry.get("jours")
        for day in days if isinstance(days, list) else []:
            # The headers name the days.
            self.recognised += _texts(day.get("colonne")) if isinstance(day, dict) else ()
        if not headers and not self.recognised:
            self.leave("horaires")

    def leave(self, name: str) -> None:
        self.not_supported.append(name)


def _texts(value: Any) -> Texts:
    """A text, or a list of texts, without empty ones; nothing for any other value."""
    items: Iterator[Any] = iter(value if isinstance(value, list) else [value])
    return tuple(item for item in items if isinstance(item, str) and item)
