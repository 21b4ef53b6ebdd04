"""What the script of the web page needs beside the rows: the filters, hours in minutes, places on the map.

Columns of values, one for each row, in the order of the rows; a column that no row fills is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from epncli.display.words import one_line
from epncli.folding import sort_key
from epncli.model.structure import Structure
from epncli.query.distance import position
from epncli.rules import fermetures
from epncli.rules.code_postal import CITIES, arrondissement
from epncli.rules.hours.week import simple_week


class Choices:
    """The values of a filter, in French order, and for each row the indices of those that it has."""

    def __init__(self, values: Sequence[Sequence[str]]) -> None:
        self.names = sorted({value for those in values for value in those}, key=sort_key)
        at = {name: index for index, name in enumerate(self.names)}
        self.of_rows = [[at[value] for value in those] for those in values]

    @property
    def as_text(self) -> str:
        """The indices as text: rows parted by commas, the indices of a row by spaces."""
        return ",".join(" ".join(map(str, those)) for those in self.of_rows)

    def can_choose(self) -> bool:
        """True if a value is in some rows and not in all."""
        chosen = {tuple(those) for those in self.of_rows}
        return len(chosen) > 1


def communes(structures: Sequence[Structure]) -> Choices:
    """The communes."""
    return Choices([_filled([one.commune]) for one in structures])


def labels(structures: Sequence[Structure]) -> Choices:
    """The labels, from all three fields."""
    return Choices([_filled(one.labels) for one in structures])


def services(structures: Sequence[Structure]) -> Choices:
    """The services."""
    return Choices([_filled(one.services) for one in structures])


def arrondissements(structures: Sequence[Structure], lang: str) -> Choices:
    """The arrondissements of Paris, Lyon and Marseille: `Paris 20e` in French, `Paris 20` in English."""
    return Choices([_filled([_arrondissement(one.code_postal.strip(), lang)]) for one in structures])


def _arrondissement(code: str, lang: str) -> str:
    number = arrondissement(code)
    if number is None:
        return ""
    ending = "" if lang == "en" else "er" if number == 1 else "e"
    return f"{CITIES[code[:2]]} {number}{ending}"


def _filled(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(_one_line, values))))


_one_line: Final = lru_cache(maxsize=4096)(one_line)  # few communes, labels and services, many times


def hours(structures: Sequence[Structure]) -> dict[str, Any]:
    """The different weeks of opening hours, and for each row the index of its week, -1 for none."""
    weeks: dict[str, int] = {}
    found: list[list[int]] = []
    of_rows: list[int] = []
    for one in structures:
        week = simple_week(one.horaires.strip()) if one.horaires and not one.is_closed else None
        if week is None:
            of_rows.append(-1)
            continue
        key = one.horaires.strip()
        if key not in weeks:
            weeks[key] = len(found)
            found.append([int(week.closed_on_holidays), *(minute for span in week.spans for minute in span)])
        of_rows.append(weeks[key])
    return {"weeks": found, "week": of_rows} if found else {}


def points(structures: Sequence[Structure]) -> dict[str, Any]:
    """Latitude and longitude of each row, 0 for a row without them."""
    places = [position(one) for one in structures]
    if not any(places):
        return {}
    return {"points": [list(place) if place else 0 for place in places]}


def away(structures: Sequence[Structure]) -> dict[str, Any]:
    """By row, the intervals in which the place is closed for a time: first day, last day or "", reason."""
    found: dict[int, list[list[str]]] = {}
    for row, one in enumerate(structures):
        if one.fermetures_temporaires and not one.is_closed:
            those = fermetures.intervals(one.fermetures_temporaires)
            if those:
                found[row] = [[each.start, each.end, one_line(each.reason)] for each in those]
    return {"away": found} if found else {}


def as_json(data: dict[str, Any]) -> str:
    """The data for a `<script>` element: no text in it can end the element or open a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
