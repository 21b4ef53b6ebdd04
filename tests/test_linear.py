"""The helper that tells a linear call from one that is not."""

from __future__ import annotations

import pytest
from linear import assert_linear, growth


def steps(count: int) -> int:
    done = 0
    for _step in range(count):
        done += 1
    return done


def test_a_call_of_as_many_steps_as_it_is_given_passes() -> None:
    assert_linear(steps, lambda count: count, 100_000)
    assert growth(steps, lambda count: count, 100_000) > 5


@pytest.mark.parametrize(("power", "count"), [(2, 2_000), (3, 100)])
def test_a_call_of_more_steps_than_it_is_given_fails(power: int, count: int) -> None:
    with pytest.raises(AssertionError, match="ten times as much takes"):
        assert_linear(lambda given: steps(given**power), lambda given: given, count)


def test_what_is_given_is_made_outside_of_the_time_and_is_never_the_same() -> None:
    given: list[int] = []
    assert_linear(given.append, lambda count: steps(count) and count, 1_000)
    assert len(set(given)) == len(given)
    assert (max(given), min(given)) == (1_000, 100)
