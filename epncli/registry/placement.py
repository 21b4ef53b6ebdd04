"""Where new structures go in a registry: to those with the same postal code."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from epncli.registry.ordering import longest_sorted
from epncli.yamlfile.edit.new_records import FIRST
from epncli.yamlfile.reader import Value


def new_by_place(codes: Sequence[str], new_codes: Sequence[str]) -> dict[int, list[int]]:
    """The indexes of new structures by the index of the structure after which they go, or `FIRST`.

    `codes` are the postal codes of the registry in the order of the file, `new_codes` those of the new
    structures; "" for none. A new structure goes after the last one with its code if these stand together;
    else, if the registry is sorted by postal code, to its place in that order; else to the end. The new ones
    with the same place are in their own order, or sorted if the registry is.
    """
    end = len(codes) - 1
    last = _last_of_adjacent(codes)
    in_order = _in_order(codes)
    known = [codes[index] for index in in_order]
    found: dict[int, list[int]] = {}
    for new, code in enumerate(new_codes):
        place = last.get(code, end)
        if code and code not in last and in_order:
            above = bisect_right(known, code)
            place = in_order[above - 1] if above else FIRST
        found.setdefault(place, []).append(new)
    if in_order:
        for group in found.values():
            group.sort(key=lambda new: (not new_codes[new], new_codes[new]))
    return found


def new_by_record(codes: Mapping[int, str], new_codes: Sequence[str]) -> dict[int, list[int]]:
    """The same as `new_by_place`, where `codes` are by the indexes of the records that stay in the file."""
    kept = list(codes)
    places = new_by_place(list(codes.values()), new_codes)
    return {FIRST if place == FIRST else kept[place]: new for place, new in places.items()}


def _in_order(codes: Sequence[str]) -> list[int]:
    """The indexes of the codes that are sorted: the longest such series, or none if it is no order.

    A list counts as sorted if nine of ten codes are in order: people leave a few elsewhere. One code alone
    is no order.
    """
    known = [index for index, code in enumerate(codes) if code]
    series = [known[index] for index in longest_sorted([codes[index] for index in known])]
    is_sorted = 10 * len(series) >= 9 * len(known) and len({codes[index] for index in series}) > 1
    return series if is_sorted else []


def ordered_by_place(codes: Sequence[str], new_codes: Sequence[str], above: str) -> list[int]:
    """The indexes of new structures that stand together, in the order in which they go.

    If the registry is sorted by postal code, so are they; else those with the same code stand together, first
    those with the code of the structure `above`.
    """
    if _in_order(codes):
        return sorted(range(len(new_codes)), key=lambda new: (not new_codes[new], new_codes[new]))
    first = {code: new for new, code in reversed(list(enumerate(new_codes)))} | {above: -1}
    return sorted(range(len(new_codes)), key=lambda new: first[new_codes[new]])


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
