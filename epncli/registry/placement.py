"""Where new structures go in a registry: to those with the same postal code."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from epncli.yamlfile.edit.new_records import FIRST
from epncli.yamlfile.reader import Value


def new_by_place(codes: Sequence[str], new_codes: Sequence[str]) -> dict[int, list[int]]:
    """The indexes of new structures by the index of the structure behind which they go, or `FIRST`.

    `codes` are the postal codes of the registry in the order of the file, `new_codes` those of the new
    structures; "" for none. A new structure goes behind the last one with its code if these stand together;
    else, if the registry is sorted by postal code, to its place in that order; else to the end. One code
    alone is no order. The new ones with the same place are in their own order, or sorted if the registry is.
    """
    end = len(codes) - 1
    indexes = [index for index, code in enumerate(codes) if code]
    known = [codes[index] for index in indexes]
    is_sorted = len(set(known)) > 1 and known == sorted(known)
    last = _last_of_adjacent(codes)
    found: dict[int, list[int]] = {}
    for new, code in enumerate(new_codes):
        place = last.get(code, end)
        if is_sorted and code:
            above = bisect_right(known, code)
            place = indexes[above - 1] if above else FIRST
        found.setdefault(place, []).append(new)
    if is_sorted:
        for group in found.values():
            group.sort(key=lambda new: (not new_codes[new], new_codes[new]))
    return found


def with_new(present: Sequence[Value | None], groups: Mapping[int, Sequence[Mapping[str, Any]]]) -> list[Any]:
    """The records with the new ones in their places (see `new_by_place`), and without those that are None."""
    found: list[Any] = [*groups.get(FIRST, ())]
    for index, record in enumerate(present):
        if record is not None:
            found.append(record)
        found += groups.get(index, ())
    return found


def _last_of_adjacent(codes: Sequence[str]) -> dict[str, int]:
    """The index of the last structure with each postal code, if those with this code stand together."""
    last: dict[str, int] = {}
    scattered = {""}
    for index, code in enumerate(codes):
        if last.get(code, index - 1) != index - 1:
            scattered.add(code)
        last[code] = index
    return {code: index for code, index in last.items() if code not in scattered}
