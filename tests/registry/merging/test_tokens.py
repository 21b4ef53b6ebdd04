from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.registry.merging.tokens import Token, merge_tokens

ALL = range(10)
LINES = st.lists(st.one_of(st.sampled_from(["a", "b", ""]), st.integers(0, 4)), max_size=8)


def numbers_once(found: list[Token]) -> list[Token]:
    return [one for at, one in enumerate(found) if isinstance(one, str) or one not in found[:at]]


SIDE = LINES.map(numbers_once)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ([0, 1], [0, 1], [0, 1], [0, 1]),
        ([0, 1], [0, 1, 2], [0, 1, 3], [0, 1, 2, 3]),
        ([0, 1], [1, 0], [0, 1, 3], [1, 0, 3]),
        ([0, "a", 1], [0, "b", 1], [0, "a", 1], [0, "b", 1]),
        ([0, "a", 1], [0, "b", 1], [0, "c", 1], [0, "b", "c", 1]),
        ([0, "a", 1], [0, 1], [0, "a", 1], [0, 1]),
        ([0, 1], [0, "", 2, 1], [0, "", 3, 1], [0, "", 2, "", 3, 1]),
        ([0], [0, "x", 1], [0, "x", "y", 1], [0, "x", 1, "y"]),
        ([0], [0, "x"], [0, "x", "y"], [0, "x", "y"]),
        ([], ["x"], ["x", "x"], ["x", "x"]),
    ],
)
def test_what_either_side_changed_is_in_the_result(
    base: list[Token], ours: list[Token], theirs: list[Token], merged: list[Token]
) -> None:
    assert merge_tokens(base, ours, theirs, ALL) == merged


def test_a_number_that_is_not_alive_is_left_out_and_one_that_is_stays() -> None:
    assert merge_tokens([0, 1], [0], [0, 1, 2], {0, 1}) == [0, 1]


@given(base=SIDE, side=SIDE)
def test_what_only_one_side_changed_is_that_side(base: list[Token], side: list[Token]) -> None:
    alive = {one for one in side if isinstance(one, int)}
    assert merge_tokens(base, side, base, alive) == side
    assert merge_tokens(base, base, side, alive) == side
    assert merge_tokens(base, side, side, alive) == side


@given(base=SIDE, ours=SIDE, theirs=SIDE)
def test_each_number_is_there_once_and_no_line_is_lost(
    base: list[Token], ours: list[Token], theirs: list[Token]
) -> None:
    merged = merge_tokens(base, ours, theirs, ALL)
    numbers = [one for one in merged if isinstance(one, int)]
    assert sorted(numbers) == sorted({one for one in (*base, *ours, *theirs) if isinstance(one, int)})
    for line in ("a", "b"):
        if min(ours.count(line), theirs.count(line)) >= base.count(line):
            assert merged.count(line) >= max(ours.count(line), theirs.count(line))
