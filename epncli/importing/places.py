"""The commune and the postal code of a row: each from the other, the Insee code or the end of the address.

Only where the base of postal codes leaves one answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from epncli.i18n import _
from epncli.importing.cells import Done, understand
from epncli.model.structure import FIELDS, Texts
from epncli.rules import communes as base
from epncli.rules.code_postal import arrondissement
from epncli.validation.structure_check import Context

Value = str | Texts
PLACE: Final = ("commune", "code_postal")


@dataclass(frozen=True, slots=True)
class Found:
    """A value of `commune` or `code_postal` that is not the cell's."""

    field: str
    text: str
    """The cell."""
    value: str
    """"" where the cell has no reading, and nothing else decides it."""
    done: Done
    reason: str = ""


def complete(values: Mapping[str, Value], today: str) -> list[Found]:
    """What `commune` and `code_postal` of a row are, where its cells do not say it themselves.

    Nothing for a row whose cells have both as they should be. `today` is ISO 8601.
    """
    commune, code = _text(values, "commune"), _text(values, "code_postal")
    if commune and _is_plain(commune) and len(code) == 5 and _is_code(code):
        return []
    meanings = {
        "commune": understand(FIELDS["commune"], commune, Context(today, "", "")),
        "code_postal": understand(FIELDS["code_postal"], code, Context(today, "", commune)),
    }
    known = {name: meaning.values[0] if meaning.values else "" for name, meaning in meanings.items()}
    if not known["code_postal"] and _of_ending(known["commune"]):  # a column that holds `49000 Angers`
        values = {**values, "adresse": known["commune"]}
        known["commune"] = ""
    derived = _derived(known, values)
    found = []
    for name, cell in (("commune", commune), ("code_postal", code)):
        meaning = meanings[name]
        if not known[name] and derived[name]:
            reason = meaning.reason or (
                _("the cell contains more than the commune") if cell else _("the file gives no value")
            )
            found.append(Found(name, cell, derived[name], Done.PLACE_COMPLETED, reason))
        elif meaning.done is not Done.TAKEN:
            found.append(Found(name, cell, known[name], meaning.done, meaning.reason))
    return found


def _text(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name, "")
    return value.strip() if isinstance(value, str) else ""


@lru_cache(maxsize=4096)  # the same few again and again
def _is_plain(commune: str) -> bool:
    meaning = understand(FIELDS["commune"], commune, Context("", "", ""))
    return meaning.values == (commune,)


@lru_cache(maxsize=4096)
def _is_code(code: str) -> bool:
    meaning = understand(FIELDS["code_postal"], code, Context("", "", ""))
    return meaning.values == (code,)


def _derived(known: Mapping[str, str], values: Mapping[str, Value]) -> dict[str, str]:
    """The commune and the code that are not known, "" where there is more than one answer."""
    places = _places(known["commune"], known["code_postal"])
    for more in (_of_insee_code(_text(values, "code_insee")), _of_ending(_text(values, "adresse"))):
        if more:
            # An Insee code or an address that contradicts the cells decides nothing.
            places = places & more if places is not None else more
    places = places or set()
    communes = {base.fold(nom): nom for _code, nom in sorted(places)}
    codes = {code for code, _nom in places}
    return {
        "commune": next(iter(communes.values())) if len(communes) == 1 else "",
        "code_postal": codes.pop() if len(codes) == 1 else "",
    }


Place = tuple[str, str]
"""A postal code and the name of a commune that it serves."""


def _places(commune: str, code: str) -> set[Place] | None:
    """The places of the base that a commune or a code leaves; None where neither is known."""
    if code:
        found = base.named(code, commune) if commune else base.communes(code)
        return {(code, _city(code, one)) for one in found}
    if not commune:
        return None
    number = base.arrondissement_named(commune)
    return {
        (known, _city(known, one))
        for known in base.codes(commune)
        for one in base.named(known, commune)
        if number is None or arrondissement(known) == number
    }


def _city(code: str, commune: base.Commune) -> str:
    """The name of the commune: `Paris` for its arrondissements."""
    cities = base.named(code, commune.nom)
    return cities[0].nom if cities else commune.nom


def _of_insee_code(text: str) -> set[Place]:
    found = understand(FIELDS["code_insee"], text, Context("", "", "")).values if text else ()
    return {
        (lieu.code_postal, _city(lieu.code_postal, lieu.commune))
        for code in found
        for lieu in base.lieux(code)
    }


_ENDING: Final = re.compile(
    r"(?<![0-9])([0-9]{2})\s?([0-9]{3})(?![0-9])[\s,\-–]{0,5}([^0-9,;]{0,60}?)(?:\s+cedex(?:\s+[0-9]{1,2})?)?"
    r"(?:[\s,(\-–]{1,3}France\)?)?\s*[.,]?\s*\Z",
    re.IGNORECASE,
)
_LONGEST_ADDRESS: Final = 500


def _of_ending(address: str) -> set[Place]:
    """The places of `104 avenue Koenig, 98800 Nouméa` and `104 avenue Koenig 98800`."""
    found = _ENDING.search(address[-120:]) if len(address) <= _LONGEST_ADDRESS else None
    if not found:
        return set()
    code, rest = found[1] + found[2], found[3].strip(" .-–")
    names: Iterable[base.Commune] = base.named(code, rest) if rest else base.communes(code)
    if rest and not names:
        names = base.named(code, re.sub(r"\(.{0,60}\)", "", rest))
    return {(code, _city(code, one)) for one in names}
