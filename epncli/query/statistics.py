"""What a registry holds, in figures: open and closed, where, since when, how complete, how fresh."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from epncli.folding import sort_key
from epncli.model.fields import stated
from epncli.model.structure import FIELDS, Structure
from epncli.rules import dates
from epncli.rules.code_postal import arrondissement
from epncli.rules.communes import arrondissement_named, fold

FRESH: Final = (6, 12, 24)
"""The steps of `Statistics.freshness`, in months."""
OLDER: Final = "older"
NEVER: Final = ""
"""The names of what is older than the last step, and of what nobody ever confirmed."""
_CITIES: Final = {"75": "Paris", "69": "Lyon", "13": "Marseille"}
"""The cities with arrondissements, by their department."""
_CITY_NAMES: Final = {fold(name): name for name in _CITIES.values()}


@dataclass(frozen=True, slots=True)
class Count:
    """How many structures, open and closed."""

    open: int = 0
    closed: int = 0

    @property
    def all(self) -> int:
        """Both together."""
        return self.open + self.closed


Counts = Mapping[str, Count]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a registry; each mapping is in the order in which it is to be read."""

    total: Count
    communes: Counts
    """By municipality as most records spell it; most structures first."""
    arrondissements: Counts
    """Of Paris, Lyon and Marseille, as `Paris 13`; by city and number."""
    closings: Counts
    """Of the closed ones by year; "" where no year is known, last."""
    fields: Counts
    """How many have each field of the schema filled, in its order; who has no `statut` is open."""
    freshness: Counts
    """By the months since `date_maj`, each once: up to 6, then up to 12, up to 24, then OLDER, then NEVER."""


def statistics(structures: Sequence[Structure], today: str) -> Statistics:
    """The figures of these structures, as of a day (2026-01-31)."""
    limits = [(str(months), months_before(today, months)) for months in FRESH]

    def age(structure: Structure) -> str:
        confirmed = last_confirmed(structure, today)
        if not confirmed:
            return NEVER
        return next((name for name, day in limits if confirmed >= day), OLDER)

    freshness = dict.fromkeys([*(name for name, _day in limits), OLDER, NEVER], Count())
    years = _count([one for one in structures if one.is_closed], _closing_year)
    return Statistics(
        total=_count(structures, lambda _one: "").get("", Count()),
        communes=_communes(structures),
        arrondissements=_sorted(_count(structures, _arrondissement)),
        closings=dict(sorted(years.items(), key=lambda item: item[0] or "~")),
        fields={name: _filled(structures, name) for name in FIELDS},
        freshness=freshness | _count(structures, age),
    )


def stale(structures: Iterable[Structure], months: int, today: str) -> list[Structure]:
    """Those that nobody confirmed in the last `months`: never first, then the oldest.

    Equals stay in the order in which they came.
    """
    limit = months_before(today, months)
    confirmed = [(last_confirmed(structure, today), structure) for structure in structures]
    found = [pair for pair in confirmed if pair[0] < limit]
    return [structure for _day, structure in sorted(found, key=lambda pair: pair[0])]


def last_confirmed(structure: Structure, today: str) -> str:
    """The day of `date_maj`, or the month or year where it says no more; "" for none, as for one to come."""
    if not structure.date_maj:
        return ""
    result = dates.validate(structure.date_maj, today=today, partial=True)
    return "" if result.refused else result.value


def months_before(day: str, months: int) -> str:
    """The same day, or the last one, of the month that was `months` before; `0001-01-01` at the least."""
    year, month, date = map(int, day.split("-"))
    year, month = divmod(year * 12 + month - 1 - months, 12)
    if year < 1:
        return "0001-01-01"
    return f"{year:04}-{month + 1:02}-{min(date, monthrange(year, month + 1)[1]):02}"


def _count(structures: Iterable[Structure], key: Callable[[Structure], str | None]) -> dict[str, Count]:
    """How many structures have each key; None does not count."""
    found: dict[str, list[int]] = {}
    for structure in structures:
        name = key(structure)
        if name is not None:
            found.setdefault(name, [0, 0])[structure.is_closed] += 1
    return {name: Count(*counts) for name, counts in found.items()}


def _communes(structures: Sequence[Structure]) -> dict[str, Count]:
    spellings: dict[str, dict[str, int]] = {}
    for structure in structures:
        nom = structure.commune
        # `Paris 12e` is Paris; its number is counted by itself.
        known = spellings.setdefault(fold(nom), {})
        known[nom] = known.get(nom, 0) + (0 if arrondissement_named(nom) else 1)
    counts = _count(structures, lambda one: fold(one.commune))
    most = {key: _spelling(key, known) for key, known in spellings.items()}
    named = {most[key]: count for key, count in counts.items()}
    return dict(sorted(named.items(), key=lambda item: (-item[1].all, sort_key(item[0]))))


def _spelling(key: str, known: Mapping[str, int]) -> str:
    """How most records spell a municipality; the city itself where all say `Paris 12e`, `Paris 13e`."""
    plain = max(known, key=known.__getitem__)
    return plain if known[plain] else _CITY_NAMES.get(key, plain)


def _arrondissement(structure: Structure) -> str | None:
    number = arrondissement(structure.code_postal)
    return f"{_CITIES[structure.code_postal[:2]]} {number}" if number else None


def _sorted(counts: Counts) -> dict[str, Count]:
    return dict(sorted(counts.items(), key=lambda item: sort_key(item[0])))


def _closing_year(structure: Structure) -> str:
    result = dates.validate(structure.date_fermeture, today="", partial=True, future=True)
    return "" if result.refused else result.value[:4]


def _filled(structures: Sequence[Structure], name: str) -> Count:
    having = [structure.is_closed for structure in structures if stated(structure, FIELDS[name])]
    return Count(len(having) - sum(having), sum(having))
