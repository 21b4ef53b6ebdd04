"""Finds a rule of OpenStreetMap's notation that later rules override on all its days.

In `Mo-Fr 09:00-12:00; Mo-Fr 14:00-17:00` the second rule replaces the first, so that the morning is lost.
Source: OpenStreetMap wiki, Key:opening_hours/specification.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from epncli.rules.hours import osm_writer
from epncli.rules.hours.osm_reader import Rule, have_days_in_common, rules, split
from epncli.rules.hours.table import ALL_YEAR, Day, Hours, Opening, Period


class OverriddenRule(NamedTuple):
    """A rule that has no effect."""

    text: str
    correction: str
    """The whole text with the times of all rules joined; "" if that is probably not what is meant."""


def overridden_rule(text: str) -> OverriddenRule | None:
    """The first rule that has no effect, in a text in the notation; None if there is none."""
    times, bar, otherwise = text.partition("||")
    found = rules(times)
    if found is None:
        return None
    overridden = [rule for index, rule in enumerate(found) if _is_overridden(rule, found[index + 1 :])]
    if not overridden:
        return None
    joined = _joined(found, overridden)
    return OverriddenRule(overridden[0].text, f"{joined} ||{otherwise}" if bar and joined else joined)


def _is_overridden(rule: Rule, later: Sequence[Rule]) -> bool:
    days = {day for other in later if other.period in (rule.period, ALL_YEAR) for day in other.days}
    return days.issuperset(rule.days)


def _joined(found: Sequence[Rule], overridden: Sequence[Rule]) -> str:
    """All rules with the times of each day joined; "" if a rule may be meant to replace another."""
    parts = split(found)
    if parts is None:
        return ""
    weekly, closed = parts
    weeks: dict[Period, dict[Day, Opening]] = {}
    for index, rule in enumerate(weekly):
        if any(_replaces(rule, other) and other not in overridden for other in weekly[:index]):
            return ""
        week = weeks.setdefault(rule.period, {})
        for day in rule.days:
            before = week.get(day, rule.opening)
            joined = rule.opening if before == rule.opening else before.joined(rule.opening)
            if joined is None:
                return ""
            week[day] = joined
    return "" if have_days_in_common(weeks) else osm_writer.write(Hours(tuple(weeks.items()), closed))


def _replaces(rule: Rule, before: Rule) -> bool:
    return rule.period == before.period and not set(rule.days).isdisjoint(before.days)
