"""The structures to call in a phone round, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from epncli.model.structure import Structure
from epncli.query.statistics import last_confirmed, months_before

MONTHS: Final = 6
"""The number of months after which a structure is called again."""

Numbers = frozenset[tuple[str, str]]


def can_be_called(structure: Structure, today: str) -> bool:
    """True for a structure that has a phone number and is open on that day (ISO 8601)."""
    if structure.is_closed or not any(map(str.strip, structure.telephones)):
        return False
    if not structure.fermetures_temporaires:
        return True
    from epncli.rules import fermetures

    return fermetures.closed_on(structure.fermetures_temporaires, today) is None


def to_call(structures: Iterable[Structure], months: int, today: str) -> list[Structure]:
    """The structures to call on that day (ISO 8601), in the order of the calls.

    First those whose `rappeler_le` has come, the earliest day first, even if they were confirmed lately:
    that day was agreed on. Then those not confirmed in the last `months`, the never confirmed first, then
    the oldest. Structures that share a phone number follow each other. Left out are structures that
    cannot be called, or whose `rappeler_le` is in the future.
    """
    limit = months_before(today, months)
    found: list[tuple[str, str, Structure]] = []
    for structure in structures:
        day = _call_back(structure)
        confirmed = last_confirmed(structure, today)
        if day > today or not (day or confirmed < limit):
            continue
        if can_be_called(structure, today):
            found.append((day or _AFTER_ALL_DAYS, confirmed, structure))
    found.sort(key=lambda one: one[:2])
    return together([structure for *_days, structure in found])


_AFTER_ALL_DAYS: Final = "~"


def _call_back(structure: Structure) -> str:
    """The day in `rappeler_le` (ISO 8601); "" if it is missing or not a day."""
    if not structure.rappeler_le:
        return ""
    from epncli.rules import dates

    result = dates.validate(structure.rappeler_le, today="", future=True)
    return "" if result.refused else result.value


def together(structures: Sequence[Structure]) -> list[Structure]:
    """The structures in the same order, but those that share a number follow the first one that has it."""
    first: dict[tuple[str, str], int] = {}
    places = []
    for place, structure in enumerate(structures):
        own = numbers(structure)
        leading = min((first[number] for number in own if number in first), default=place)
        places.append(leading)
        for number in own:
            first.setdefault(number, leading)
    return [structures[at] for at in sorted(range(len(structures)), key=places.__getitem__)]


def numbers(structure: Structure) -> Numbers:
    """The phone numbers of a structure, to compare with those of others (see `telephone.key_in`)."""
    from epncli.rules.telephone import key_in

    keys = (key_in(number, structure.code_postal) for number in structure.telephones)
    return frozenset(key for key in keys if key[0])


def sharing(structure: Structure, structures: Iterable[Structure]) -> list[Structure]:
    """The other structures, closed ones left out, that have a phone number of this one."""
    own = numbers(structure)
    return [one for one in structures if one is not structure and not one.is_closed and own & numbers(one)]
