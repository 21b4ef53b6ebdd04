from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from epncli.model.structure import Structure
from epncli.query.over_time import OverTime, Period, over_time
from epncli.query.statistics import Count

CLOSED = {"statut": "fermé"}
STRUCTURES = [
    Structure(id="a", date_maj="2025-12-31"),
    Structure(id="b", date_maj="2026-02-01"),
    Structure(id="c"),
    Structure(id="d", date_fermeture="2026-01-15", date_maj="2026-01-15", **CLOSED),
    Structure(id="e", date_fermeture="2025", **CLOSED),
    Structure(id="f", **CLOSED),
    Structure(id="g", date_fermeture="2030", date_maj="demain"),
]


def test_by_year() -> None:
    assert over_time(STRUCTURES, "2026-03-05", Period.YEAR) == OverTime(
        open={"2025": Count(5), "2026": Count(4)},
        closed={"2025": Count(0, 1), "2026": Count(0, 1), "": Count(0, 1)},
        confirmed={"2025": Count(1), "2026": Count(1, 1), "": Count(2, 2)},
    )


def test_by_month_a_closing_without_month_is_at_the_end_of_its_year() -> None:
    found = over_time(STRUCTURES, "2026-03-05", Period.MONTH)
    assert list(found.open) == [f"2025-{month:02}" for month in range(1, 13)] + [
        "2026-01",
        "2026-02",
        "2026-03",
    ]
    assert [found.open[name].open for name in ("2025-11", "2025-12", "2026-01", "2026-03")] == [6, 5, 4, 4]
    assert {name: count for name, count in found.closed.items() if count.all} == {
        "2026-01": Count(0, 1), "": Count(0, 2)
    }  # fmt: skip


def test_without_dates_there_is_only_the_present_period() -> None:
    assert over_time([Structure()], "2026-03-05", Period.MONTH) == OverTime(
        {"2026-03": Count(1)}, {"2026-03": Count()}, {"2026-03": Count(), "": Count(1)}
    )


DAYS = st.sampled_from(["", "2024", "2024-06", "2025-12-31", "2026-03-05", "x", "3000-01"])
RANDOM = st.lists(
    st.builds(Structure, statut=st.sampled_from(["", "fermé"]), date_fermeture=DAYS, date_maj=DAYS),
    max_size=8,
)


@given(structures=RANDOM, period=st.sampled_from(Period))
def test_the_open_ones_become_fewer_and_the_counts_are_complete(
    structures: list[Structure], period: Period
) -> None:
    found = over_time(structures, "2026-03-05", period)
    counts = [count.open for count in found.open.values()]
    assert counts == sorted(counts, reverse=True)
    assert sum(count.all for count in found.confirmed.values()) == len(structures)
    past = sum(count.closed for count in found.closed.values())
    future = sum(one.is_closed and one.date_fermeture == "3000-01" for one in structures)
    assert past == sum(one.is_closed for one in structures) - future
    assert counts[-1] == sum(not one.is_closed for one in structures) + future
