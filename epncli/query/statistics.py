"""Statistics of a registry: open and closed structures by commune, closing year, field and last update."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from epncli.folding import sort_key
from epncli.model.fields import stated
from epncli.model.structure import FIELDS, Structure
from epncli.rules import dates
from epncli.rules.code_postal import CITIES, arrondissement
from epncli.rules.communes import arrondissement_named, fold_commune

FRESH: Final = (6, 12, 24)
"""The upper limits of the groups of `Statistics.freshness`, in months."""
OLDER: Final = "older"
NEVER: Final = ""
"""The groups for structures confirmed before the last limit, and for structures never confirmed."""
_CITY_NAMES: Final = {fold_commune(name): name for name in CITIES.values()}


@dataclass(frozen=True, slots=True)
class Count:
    """The number of open and of closed structures."""

    open: int = 0
    closed: int = 0

    @property
    def all(self) -> int:
        """The number of structures, open and closed."""
        return self.open + self.closed


Counts = Mapping[str, Count]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of a registry. Each mapping is in the order in which it is shown."""

    total: Count
    communes: Counts
    """Structures by commune, in its most frequent spelling; the largest number first."""
    arrondissements: Counts
    """Structures by arrondissement of Paris, Lyon and Marseille (`Paris 13`), by city and number."""
    closings: Counts
    """Closed structures by year of closing; "" for an unknown year, which comes last."""
    fields: Counts
    """Structures with a value in each field, in the order of the schema. A missing `statut` is a value."""
    freshness: Counts
    """Structures by months since `date_maj`: up to 6, more than 6 up to 12, up to 24, OLDER, NEVER."""


def statistics(structures: Sequence[Structure], today: str) -> Statistics:
    """The statistics of the structures. `today` is ISO 8601 (2026-01-31)."""
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
    """The structures not confirmed in the last `months`: the never confirmed first, then the oldest.

    Equal structures stay in their original order. `today` is ISO 8601.
    """
    limit = months_before(today, months)
    confirmed = [(last_confirmed(structure, today), structure) for structure in structures]
    found = [pair for pair in confirmed if pair[0] < limit]
    return [structure for _day, structure in sorted(found, key=lambda pair: pair[0])]


def last_confirmed(structure: Structure, today: str) -> str:
    """The date in `date_maj`, perhaps a month or a year; "" if it is missing, invalid or in the future."""
    if not structure.date_maj:
        return ""
    result = dates.validate(structure.date_maj, today=today, partial=True)
    return "" if result.refused else result.value


def months_before(day: str, months: int) -> str:
    """The date `months` before a day, at the latest on the last day of that month; at least `0001-01-01`."""
    year, month, date = map(int, day.split("-"))
    year, month = divmod(year * 12 + month - 1 - months, 12)
    if year < 1:
        return "0001-01-01"
    return f"{year:04}-{month + 1:02}-{min(date, monthrange(year, month + 1)[1]):02}"


def _count(structures: Iterable[Structure], key: Callable[[Structure], str | None]) -> dict[str, Count]:
    """The number of structures with each key. The key None is not counted."""
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
        # `Paris 12e` counts for Paris; arrondissements are counted separately.
        known = spellings.setdefault(fold_commune(nom), {})
        known[nom] = known.get(nom, 0) + (0 if arrondissement_named(nom) else 1)
    counts = _count(structures, lambda one: fold_commune(one.commune))
    most = {key: _spelling(key, known) for key, known in spellings.items()}
    named = {most[key]: count for key, count in counts.items()}
    return dict(sorted(named.items(), key=lambda item: (-item[1].all, sort_key(item[0]))))


def _spelling(key: str, known: Mapping[str, int]) -> str:
    """The most frequent spelling of a commune; the city if all spellings are like `Paris 12e`."""
    plain = max(known, key=known.__getitem__)
    return plain if known[plain] else _CITY_NAMES.get(key, plain)


def _arrondissement(structure: Structure) -> str | None:
    number = arrondissement(structure.code_postal)
    return f"{CITIES[structure.code_postal[:2]]} {number}" if number else None


def _sorted(counts: Counts) -> dict[str, Count]:
    return dict(sorted(counts.items(), key=lambda item: sort_key(item[0])))


def _closing_year(structure: Structure) -> str:
    result = dates.validate(structure.date_fermeture, today="", partial=True, future=True)
    return "" if result.refused else result.value[:4]


def _filled(structures: Sequence[Structure], name: str) -> Count:
    having = [structure.is_closed for structure in structures if stated(structure, FIELDS[name])]
    return Count(len(having) - sum(having), sum(having))
