"""The longest part of a sequence that is already sorted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

Value = TypeVar("Value", str, int)


def longest_sorted(values: Sequence[Value]) -> list[int]:
    """The indexes of the longest series of values of which none is smaller than the one before it."""
    ends: list[int] = []  # for each length, the index of the last value of the series that ends lowest
    end_values: list[Value] = []
    before: list[int] = []
    for index, value in enumerate(values):
        length = bisect_right(end_values, value)
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [index]
        end_values[length : length + 1] = [value]
    series = []
    index = ends[-1] if ends else -1
    while index >= 0:
        series.append(index)
        index = before[index]
    return series[::-1]
