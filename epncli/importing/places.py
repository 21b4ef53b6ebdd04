"""The commune and the postal code of a row, each derived from the other cells if they are missing.

They are derived only if the official database of postal codes leaves one answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from epncli.i18n import _
from epncli.importing.cells import read_cell
from epncli.importing.corrections import Correction, Treatment
from epncli.importing.row_values import Value
from epncli.model.structure import FIELDS
from epncli.rules import communes as base
from epncli.rules.code_postal import arrondissement
from epncli.validation.structure_check import Context

Place = tuple[str, str]
"""A postal code and the name of a commune that it serves."""


def derive_place(values: Mapping[str, Value], today: str) -> list[Correction]:
    """The corrections of `commune` and `code_postal`; none if the cells have both in a valid form.

    A cell with no valid value that nothing else in the row determines is left out. `today` is ISO 8601.
    """
    commune, code = _text(values, "commune"), _text(values, "code_postal")
    if commune and _is_kept("commune", commune) and len(code) == 5 and _is_kept("code_postal", code):
        return []
    readings = {
        "commune": read_cell(FIELDS["commune"], commune, Context(today, "", "")),
        "code_postal": read_cell(FIELDS["code_postal"], code, Context(today, "", commune)),
    }
    known = {name: reading.values[0] if reading.values else "" for name, reading in readings.items()}
    if not known["code_postal"] and _at_end(known["commune"]):  # a column of `49000 Angers`
        values = {**values, "adresse": known["commune"]}
        known["commune"] = ""
    derived = _derived(known, values)
    found = []
    for name, cell in (("commune", commune), ("code_postal", code)):
        reading = readings[name]
        if not known[name] and derived[name]:
            reason = reading.reason or (
                _("the cell contains more than the commune") if cell else _("the file gives no value")
            )
            found.append(Correction(name, cell, (derived[name],), Treatment.PLACE_DERIVED, reason))
        elif reading.treatment is not Treatment.KEPT:
            found.append(Correction(name, cell, reading.values, reading.treatment, reading.reason))
    return found


def _text(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name, "")
    return value.strip() if isinstance(value, str) else ""


@lru_cache(maxsize=4096)  # a file repeats the same few communes and codes
def _is_kept(name: str, text: str) -> bool:
    return read_cell(FIELDS[name], text, Context("", "", "")).values == (text,)


def _derived(known: Mapping[str, str], values: Mapping[str, Value]) -> dict[str, str]:
    """The commune and the postal code of the row; "" for one that is not determined."""
    places = _places(known["commune"], known["code_postal"])
    for more in (_of_insee_code(_text(values, "code_insee")), _at_end(_text(values, "adresse"))):
        if more:
            # If the Insee code or the address contradicts the other cells, nothing is derived.
            places = places & more if places is not None else more
    communes = {base.fold_commune(nom): nom for _code, nom in sorted(places or ())}
    codes = {code for code, _nom in places or ()}
    return {
        "commune": next(iter(communes.values())) if len(communes) == 1 else "",
        "code_postal": codes.pop() if len(codes) == 1 else "",
    }


def _places(commune: str, code: str) -> set[Place] | None:
    """The places with this commune and this code; None if neither says anything.

    A commune that the database does not have, such as a locality or a former commune, says nothing.
    """
    if code:
        found = base.communes_named(code, commune) if commune else base.communes(code)
        return {(code, _city(code, one)) for one in found}
    if not base.codes(commune):
        return None
    number = base.arrondissement_named(commune)
    return {
        (known, _city(known, one))
        for known in base.codes(commune)
        for one in base.communes_named(known, commune)
        if number is None or arrondissement(known) == number
    }


def _city(code: str, commune: base.Commune) -> str:
    """The name of the commune: `Paris` for its arrondissements."""
    cities = base.communes_named(code, commune.nom)
    return cities[0].nom if cities else commune.nom


def _of_insee_code(text: str) -> set[Place]:
    codes = read_cell(FIELDS["code_insee"], text, Context("", "", "")).values if text else ()
    return {
        (lieu.code_postal, _city(lieu.code_postal, lieu.commune))
        for code in codes
        for lieu in base.lieux(code)
    }


_END: Final = re.compile(
    r"(?<![0-9])([0-9]{2})\s?([0-9]{3})(?![0-9])[\s,\-–]{0,5}([^0-9,;]{0,60}?)(?:\s+cedex(?:\s+[0-9]{1,2})?)?"
    r"(?:[\s,(\-–]{1,3}France\)?)?\s*[.,]?\s*\Z",
    re.IGNORECASE,
)
_LONGEST_ADDRESS: Final = 500
_LONGEST_END: Final = 120


def _at_end(address: str) -> set[Place]:
    """The places that the end of an address names: `104 avenue Koenig, 98800 Nouméa` or `… 98800`."""
    found = _END.search(address[-_LONGEST_END:]) if len(address) <= _LONGEST_ADDRESS else None
    if not found:
        return set()
    code, rest = found[1] + found[2], found[3].strip(" .-–")
    communes: Iterable[base.Commune] = base.communes_named(code, rest) if rest else base.communes(code)
    if rest and not communes:
        communes = base.communes_named(code, re.sub(r"\(.{0,60}\)", "", rest))
    return {(code, _city(code, one)) for one in communes}
