"""Structures of one registry that may be the same place twice: a shared phone, nearly the same name.

Every pair is a warning, for a person to judge. Nothing compares all with all: structures are brought
together by their phone numbers and their postal codes, and within a code only neighbours in two
alphabetical orders are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, NamedTuple

from epncli.folding import fold_all
from epncli.i18n import _, listed
from epncli.model.structure import Structure
from epncli.problems import Problem, warning

_NEAR_NAME: Final = 80
_NEAR_WORD: Final = 80
"""From this similarity on (rapidfuzz's ratio, in percent) two texts differ by a slip of the keyboard."""
_NEIGHBOURS: Final = 10
"""How many names that follow in alphabetical order each one is compared with."""
_COMPARED: Final = 200
"""Characters of a name or an address that count; hostile ones are longer."""
_NAMED: Final = 3
"""Ids that a message names before it says how many more there are."""
_SHORTEST_PHONE: Final = 6
"""Digits; below are short numbers, which are everyone's."""

_FILLERS: Final = frozenset(
    ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "epn"]
)
"""Words that may be there or not without making it another place."""
_NUMERAL: Final = re.compile(r"[ivx]+|[a-z]|[^0-9]*[0-9].*")
"""What tells `Pyrénées 1` from `Pyrénées 2`, and annexe A from annexe B."""
_ABBREVIATIONS: Final = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "r": "rue", "pl": "place",
    "sq": "square", "imp": "impasse", "all": "allee", "ch": "chemin", "rte": "route", "st": "saint",
    "ste": "sainte", "fg": "faubourg",
}  # fmt: skip


class Found(NamedTuple):
    """A warning, and which structure of the sequence it is about, from 0."""

    position: int
    problem: Problem


def find(structures: Sequence[Structure], only: Collection[int] | None = None) -> list[Found]:
    """What may be there twice, each pair and each shared number once.

    Phones are compared by their digits, so that a field in its normal form compares best. Closed
    structures are left out: their numbers and their names go on to others. `only` are the positions
    of those that the caller asks about: pairs without one of them are left out.
    """
    places = _places(structures)
    by_phone = _by_phone(places)
    found: list[Found] = []
    alike: set[frozenset[int]] = set()
    for pair in (*_pairs_by_phone(by_phone), *_pairs_by_code(places)):
        both = frozenset((pair.one.index, pair.other.index))
        if both not in alike and _asked(both, only):
            alike.add(both)
            found.append(_twins(pair, only))
    for number, sharing in by_phone:
        indexes = [place.index for place, _item in sharing]
        if _asked(indexes, only) and not _explained(indexes, alike):
            found.append(_shared(number, sharing, only))
    return found


@dataclass(eq=False, slots=True)
class _Place:
    """A structure with what of it is compared, worked out once."""

    index: int
    structure: Structure
    words: list[str]
    """Of its name, in alphabetical order."""
    numerals: tuple[str, ...]
    """What tells it from others of that name."""
    name: str
    address: list[str]


def _places(structures: Sequence[Structure]) -> list[_Place]:
    open_ones = [(index, structure) for index, structure in enumerate(structures) if not structure.is_closed]
    names = fold_all([structure.nom[:_COMPARED] for _index, structure in open_ones])
    addresses = fold_all([structure.adresse[:_COMPARED] for _index, structure in open_ones])
    return [
        _place(index, structure, name.split(), address.split())
        for (index, structure), name, address in zip(open_ones, names, addresses, strict=True)
    ]


def _place(index: int, structure: Structure, name: list[str], address: list[str]) -> _Place:
    words = sorted([word for word in name if word not in _FILLERS] or name)
    return _Place(
        index,
        structure,
        words,
        tuple([word for word in words if _NUMERAL.fullmatch(word)]),
        " ".join(words),
        [_ABBREVIATIONS.get(word, word) for word in address if word not in _FILLERS],
    )


class _Pair(NamedTuple):
    one: _Place
    other: _Place
    number: str
    """The phone that they share, or ""."""


_ByPhone = list[tuple[str, list[tuple[_Place, int]]]]
"""Numbers, each with the places that share it, and which item of `telephones` it is there."""


def _by_phone(places: Iterable[_Place]) -> _ByPhone:
    """The structures that share a number, under that number as the first of them writes it."""
    from epncli.rules.telephone import key, region

    numbers: dict[tuple[str, str], tuple[str, list[tuple[_Place, int]]]] = {}
    for place in places:
        for item, number in enumerate(place.structure.telephones):
            digits = key(number)
            if len(digits) < _SHORTEST_PHONE:
                continue
            # Six digits are another number in each of the territories that have such.
            home = "" if len(digits) == 10 else region(place.structure.code_postal)
            known = numbers.get((digits, home))
            if known is None:
                numbers[digits, home] = (number, [(place, item)])
            elif known[1][-1][0] is not place:
                known[1].append((place, item))
    return [(number, sharing) for number, sharing in numbers.values() if len(sharing) > 1]


def _pairs_by_phone(by_phone: _ByPhone) -> Iterator[_Pair]:
    for number, sharing in by_phone:
        places = [place for place, _item in sharing]
        for one, other in _neighbours(places):
            if _same_name(one, other):
                yield _Pair(one, other, number)


def _pairs_by_code(places: Iterable[_Place]) -> Iterator[_Pair]:
    blocks: defaultdict[tuple[str, tuple[str, ...]], list[_Place]] = defaultdict(list)
    for place in places:
        if place.structure.code_postal and place.words:
            blocks[place.structure.code_postal, place.numerals].append(place)
    for block in blocks.values():
        for one, other in _neighbours(block):
            if _same_address(one, other) and _same_name(one, other):
                yield _Pair(one, other, "")


def _neighbours(places: list[_Place]) -> Iterator[tuple[_Place, _Place]]:
    """Pairs that stand close to each other by name, read from the left or from the right."""
    if len(places) <= _NEIGHBOURS:
        yield from combinations(places, 2)
        return
    for order in (
        sorted(places, key=lambda place: place.name),
        sorted(places, key=lambda place: place.name[::-1]),
    ):
        for at, one in enumerate(order):
            for other in order[at + 1 : at + 1 + _NEIGHBOURS]:
                yield (one, other) if one.index < other.index else (other, one)


def _same_name(one: _Place, other: _Place) -> bool:
    """Whether every word of one name has a counterpart in the other, slips of the keyboard aside."""
    from rapidfuzz import fuzz

    if one.name == other.name:
        return bool(one.words)
    if one.numerals != other.numerals or len(one.words) != len(other.words):
        return False
    if not fuzz.ratio(one.name, other.name, score_cutoff=_NEAR_NAME):
        return False
    return _paired(one.words, other.words)


def _paired(words: list[str], others: list[str]) -> bool:
    """Whether each word has one of its own among the others that looks like it."""
    from rapidfuzz import fuzz, process

    left = list(others)
    for word in words:
        near = process.extractOne(word, left, scorer=fuzz.ratio, score_cutoff=_NEAR_WORD)
        if near is None:
            return False
        left.pop(near[2])
    return True


def _same_address(one: _Place, other: _Place) -> bool:
    """Whether the addresses may be the same; where one has none, only the same name will do."""
    from rapidfuzz import fuzz

    if not one.address or not other.address:
        return one.name == other.name
    if one.address == other.address:
        return True
    if _numbers(one.address) != _numbers(other.address):
        return False
    return fuzz.token_sort_ratio(" ".join(one.address), " ".join(other.address)) >= _NEAR_NAME


def _numbers(words: list[str]) -> list[str]:
    return [word for word in words if word[0].isdigit()]


def _asked(indexes: Iterable[int], only: Collection[int] | None) -> bool:
    return only is None or any(index in only for index in indexes)


def _explained(indexes: list[int], alike: set[frozenset[int]]) -> bool:
    """Whether a number is shared by two structures that were said to be one place already."""
    return len(indexes) == 2 and frozenset(indexes) in alike


def _twins(pair: _Pair, only: Collection[int] | None) -> Found:
    # Said where the second one stands: that is the one that came later.
    one, other = pair.one, pair.other
    if only is not None and other.index not in only:
        one, other = other, one
    if pair.number:
        message = _("possible duplicate of ‘{id}’: same phone number and nearly the same name")
    else:
        message = _("possible duplicate of ‘{id}’: same postal code and nearly the same name")
    hint = _(
        "if they are the same place, keep only one structure; otherwise give them names that differ more"
    )
    problem = warning(message.format(id=one.structure.id), hint)
    return Found(other.index, _of(problem, other, "nom"))


def _shared(number: str, sharing: list[tuple[_Place, int]], only: Collection[int] | None) -> Found:
    place, item = next(
        ((place, item) for place, item in sharing[1:] if only is None or place.index in only),
        sharing[0],
    )
    others = [other.structure.id for other, _item in sharing if other is not place]
    named = listed(others[:_NAMED])
    if len(others) > _NAMED:
        named = _("{ids} and {count} more").format(ids=named, count=len(others) - _NAMED)
    message = _("‘{number}’ is also the number of {ids}").format(number=number, ids=named)
    hint = _("keep it if these structures share the number, otherwise correct the wrong number")
    return Found(place.index, _of(warning(message, hint), place, "telephones", item))


def _of(problem: Problem, place: _Place, field: str, item: int = 0) -> Problem:
    return replace(problem, id=place.structure.id, field=field, item=item)
