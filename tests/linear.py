"""Whether the time of a call grows no faster than what it is given: ratios within one run, no seconds."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given")

ROUNDS = 5
AT_MOST = 40
"""Ten times as much takes ten times as long if the time is linear, a hundred times if it is quadratic."""

# On Windows the processor time of a process moves in steps of 16 milliseconds.
_clock = time.perf_counter if os.name == "nt" else time.process_time


def assert_linear(run: Callable[[Given], object], make: Callable[[int], Given], count: int) -> None:
    """Fail if `run(make(count))` takes longer than its size allows, by what a tenth of it takes.

    Only `run` is measured. `make` is called with counts that differ by a few, so that nothing which is
    remembered of a value shortens the next call.
    """
    ratio = growth(run, make, count)
    assert ratio < AT_MOST, f"ten times as much takes {ratio:.1f} times as long"


def growth(run: Callable[[Given], object], make: Callable[[int], Given], count: int) -> float:
    """How many times as long as a tenth the whole takes; the least time of each in a few rounds."""
    tenth, whole = [], []
    for number in range(ROUNDS):
        tenth.append(_time(run, make(count // 10 + number)))
        whole.append(_time(run, make(count - number)))
    return min(whole) / min(tenth)


def _time(run: Callable[[Given], object], given: Given) -> float:
    start = _clock()
    run(given)
    return _clock() - start
