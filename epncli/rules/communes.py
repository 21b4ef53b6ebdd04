"""Lookup of the communes of France by postal code, Insee code and name, in the official database.

Sources: `epncli/data/codes_postaux.csv`, and `autres_noms.csv` for former communes and the localities of
La Poste; the README.md beside them gives their origin and their licence. The files are sorted by postal
code, so that a code is found by bisection in their bytes, without parsing them at start-up. The second one
is read when the first one lacks a name. The indexes by name are built when the first name is looked up.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

_DATA: Final = Path(__file__).parent.parent / "data"
_OFFICIAL: Final = "codes_postaux.csv"
_OTHERS: Final = "autres_noms.csv"
_ORDINAL: Final = re.compile(r"([0-9]{1,2})(?:er|ere|e|eme|nd|nde|d)")
_NUMBER: Final = re.compile(r"[0-9]{1,2}")
_FULL_WORDS: Final = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_ARRONDISSEMENT: Final = frozenset({"arrondissement", "arrondt", "arrdt", "arrt", "ardt", "arr"})
_LIGATURES: Final = {"œ": "oe", "æ": "ae", "ß": "ss"}


class Commune(NamedTuple):
    """A commune, or a municipal arrondissement of Paris, Lyon or Marseille, as in Insee's COG."""

    nom: str
    code_insee: str


class Lieu(NamedTuple):
    """A row of the database: one commune with one of its postal codes."""

    code_postal: str
    commune: Commune


def is_code(text: str) -> bool:
    """True for five digits: the form of a postal code."""
    return len(text) == 5 and text.isascii() and text.isdigit()


@cache
def communes(code_postal: str) -> tuple[Commune, ...]:
    """The communes of a postal code (five digits); empty if the database does not have the code.

    A code of Paris, Lyon or Marseille has two: the city, then the arrondissement.
    """
    return tuple(lieu.commune for lieu in _rows_of_code(code_postal, _OFFICIAL))


def _rows_of_code(code_postal: str, file: str) -> list[Lieu]:
    if not is_code(code_postal):
        return []
    base = _base(file)

    def code_at(at: int) -> bytes:
        line = base.rfind(b"\n", 0, at) + 1
        return base[line : line + 5]

    code = code_postal.encode()
    start = end = bisect_left(range(len(base)), code, base.index(b"\n") + 1, key=code_at)
    while base.startswith(code, end):
        end = base.index(b"\n", end) + 1
    return _lieux(base[start:end])


@cache
def codes(commune: str) -> tuple[str, ...]:
    """The postal codes of all communes of that name, sorted; empty if there is no such commune."""
    return _codes_by_name(_OFFICIAL).get(fold_commune(commune), ())


def codes_known_as(name: str) -> tuple[str, ...]:
    """The postal codes of all communes of that name, or else those of the other name. Sorted."""
    return codes(name) or _codes_by_name(_OTHERS).get(fold_commune(name), ())


@cache
def lieux(code_insee: str) -> tuple[Lieu, ...]:
    """The commune of an Insee code, once for each of its postal codes; empty for an unknown code."""
    if not (len(code_insee) == 5 and code_insee.isascii() and code_insee.isalnum()):
        return ()
    find = _rows_by_insee().get if lieux.cache_info().currsize > _FEW else _rows_of_insee
    return tuple(_lieux(b"".join(find(code_insee.encode()) or ())))


def communes_named(code_postal: str, commune: str) -> tuple[Commune, ...]:
    """The communes of a postal code with this name: one, or a city and its arrondissement, or none."""
    return _communes_by_name(code_postal).get(fold_commune(commune), ())


@lru_cache(maxsize=4096)
def communes_known_as(code_postal: str, name: str) -> tuple[Commune, ...]:
    """The communes of a postal code with this name, or else with a former commune or locality of that name.

    `Valserhône` for 01200 and `Bellegarde-sur-Valserine`, which is part of it.
    """
    if named := communes_named(code_postal, name):
        return named
    folded = fold_commune(name)
    found = {
        lieu.commune.code_insee
        for lieu in _rows_of_code(code_postal, _OTHERS)
        if folded and fold_commune(lieu.commune.nom) == folded
    }
    return tuple(commune for commune in communes(code_postal) if commune.code_insee in found)


def same_commune(one: str, other: str) -> bool:
    """True if two texts name the same commune, in the spelling of people or of La Poste.

    Case, accents, hyphens, apostrophes and ligatures are ignored, and St equals Saint. CEDEX with what
    follows it and the number of an arrondissement are ignored too: `PARIS CEDEX 12` equals `Paris 19e`.
    """
    return fold_commune(one) == fold_commune(other) != ""


@cache
def fold_commune(commune: str) -> str:
    """The name of a commune as it is compared: `St-Étienne CEDEX 2` gives `saint etienne`."""
    return _folded(commune)[0]


@cache
def arrondissement_named(commune: str) -> int | None:
    """The arrondissement at the end of a name: 12 for `Paris 12e`, None for `Paris`."""
    return _folded(commune)[1]


def _folded(text: str) -> tuple[str, int | None]:
    words = text.lower().translate(_PLAIN_LETTERS).split()
    if "cedex" in words[1:]:
        words = words[: words.index("cedex", 1)]
    if len(words) > 1 and words[-1] in _ARRONDISSEMENT:
        words.pop()
    ordinal = None
    if len(words) > 1 and words[-1][0] in "0123456789":
        ordinal = _ORDINAL.fullmatch(words[-1])
        # A bare number may be a department, as in `Marseille (13)`: it is dropped, but not returned.
        if ordinal or _NUMBER.fullmatch(words[-1]):
            words.pop()
    name = " ".join([_FULL_WORDS.get(word, word) for word in words])
    return name, int(ordinal[1]) if ordinal else None


class _PlainLetters(dict[int, str]):
    """Table for str.translate: lowercase letters lose their accents, punctuation becomes a space."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", _LIGATURES.get(chr(code), chr(code)))
        plain = "".join([c for c in letters if c.isascii() and c.isalnum()])
        # A combining accent is removed: a space in its place would split the word.
        self[code] = plain or ("" if unicodedata.combining(letters[0]) else " ")
        return self[code]


_PLAIN_LETTERS: Final = _PlainLetters()


_FEW: Final = 50
"""Insee codes looked up by a scan of the file each. For more of them, building an index is faster."""


def _rows_of_insee(code: bytes) -> list[bytes]:
    base = _base(_OFFICIAL)
    needle = b",%b," % code
    rows = []
    at = base.find(needle)
    while at >= 0:
        rows.append(base[base.rindex(b"\n", 0, at) + 1 : base.index(b"\n", at) + 1])
        at = base.find(needle, at + 1)
    return rows


@cache
def _rows_by_insee() -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    for row in _base(_OFFICIAL).splitlines(keepends=True):
        found.setdefault(row.split(b",", 2)[1], []).append(row)
    return found


@cache
def _base(file: str) -> bytes:
    return (_DATA / file).read_bytes()


def _lieux(lines: bytes) -> list[Lieu]:
    rows = [line.split(",") for line in lines.decode().splitlines()]
    return [Lieu(code_postal, Commune(nom, insee)) for code_postal, insee, nom in rows]


@cache
def _communes_by_name(code_postal: str) -> dict[str, tuple[Commune, ...]]:
    found: dict[str, tuple[Commune, ...]] = {}
    for commune in communes(code_postal):
        name = fold_commune(commune.nom)
        found[name] = (*found.get(name, ()), commune)
    return found


@cache
def _codes_by_name(file: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _base(file).decode().splitlines()[1:]:
        code_postal, _, nom = line.split(",")
        name = _folded(nom)[0]
        known = found.get(name, ())
        if code_postal not in known:
            found[name] = (*known, code_postal)
    return found
