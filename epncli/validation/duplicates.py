"""Search for structures of one registry that may be duplicates: a shared phone number, similar names.

Every pair is a warning, since a person must decide. Structures in different communes are no pair: services
of the same name, with the same phone number, are often in several communes. Not all pairs are compared:
structures are grouped by phone number and by postal code, and in a large group, only neighbours in two
alphabetical orders are compared, each until one pair is found: of a thousand structures with one name, each
but the first is reported once, as a duplicate of the one before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple

from epncli.folding import fold_all
from epncli.i18n import _, listed, ngettext
from epncli.model.structure import Structure
from epncli.problems import Problem, warning
from epncli.rules.communes import communes_known_as, fold_commune
from epncli.system import shell
from epncli.validation.cross_fields import placed

_NEAR_NAME: Final = 80
_NEAR_WORD: Final = 80
"""Similarity (rapidfuzz's ratio, in percent) from which the difference of two texts is a typing error."""
_NEIGHBOURS: Final = 10
"""Number of following names, in alphabetical order, with which each name is compared."""
_COMPARED: Final = 200
"""Number of characters of a name or an address that are compared. Only hostile input is longer."""
_NAMED: Final = 3
"""Number of ids that a message lists before `and 12 more`."""
_SHORTEST_PHONE: Final = 6
"""Fewest digits of a compared phone number. Short numbers belong to services, not to places."""

_FILLERS: Final = frozenset(
    ["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "epn"]
)
"""Words that are ignored when names and addresses are compared."""
_NUMERAL: Final = re.compile(r"[ivx]+|[a-z]|[^0-9]*[0-9].*")
"""Words that distinguish similar names: `Pyrénées 1` and `Pyrénées 2`, `annexe A` and `annexe B`."""
_ABBREVIATIONS: Final = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "r": "rue", "pl": "place",
    "sq": "square", "imp": "impasse", "all": "allee", "ch": "chemin", "rte": "route", "st": "saint",
    "ste": "sainte", "fg": "faubourg",
}  # fmt: skip


class Found(NamedTuple):
    """A warning, and the index, from 0, of the structure that it is about."""

    position: int
    problem: Problem


def find(structures: Sequence[Structure], only: Collection[int] | None = None) -> list[Found]:
    """Warnings about probable duplicates: one for each pair and for each shared phone number.

    Phone numbers are compared by their digits, so they should be in their normal form. Closed structures
    are ignored, since others may have taken over their numbers and names. With `only`, a set of indexes,
    the result has only the pairs and numbers of these structures.
    """
    places = _places(structures)
    by_phone = _by_phone(places)
    found: list[Found] = []
    alike: set[frozenset[int]] = set()
    for pair in (*_pairs_by_phone(by_phone, only), *_pairs_by_code(places, only)):
        both = frozenset((pair.one.index, pair.other.index))
        if both not in alike:
            alike.add(both)
            found.append(_pair_warning(pair, only))
    for number, sharing in by_phone:
        indexes = [place.index for place, _item in sharing]
        if _concerns(indexes, only) and not _already_reported(indexes, alike):
            found.append(_shared_number_warning(number, sharing, only))
    return found


@dataclass(eq=False, slots=True)
class _Place:
    """A structure with the folded texts by which it is compared."""

    index: int
    structure: Structure
    words: list[str]
    """The words of its name, in alphabetical order, without fillers."""
    numerals: tuple[str, ...]
    """The words that match `_NUMERAL`."""
    name: str
    commune: str
    address: str
    """Its words in alphabetical order: without fillers, abbreviations written out."""
    address_numbers: list[str]


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
    address = [_ABBREVIATIONS.get(word, word) for word in address if word not in _FILLERS]
    return _Place(
        index,
        structure,
        words,
        tuple([word for word in words if _NUMERAL.fullmatch(word)]),
        " ".join(words),
        fold_commune(structure.commune[:_COMPARED]),
        " ".join(sorted(address)),
        [word for word in address if word[0].isdigit()],
    )


class _Pair(NamedTuple):
    one: _Place
    other: _Place
    number: str
    """The phone number that they share, or ""."""


_ByPhone = list[tuple[str, list[tuple[_Place, int]]]]
"""Phone numbers, each with the places that share it and its index in their `telephones`."""


def _by_phone(places: Iterable[_Place]) -> _ByPhone:
    """The shared numbers, as their first structure writes them, with the structures that share them."""
    from epncli.rules.telephone import key_in

    numbers: dict[tuple[str, str], tuple[str, list[tuple[_Place, int]]]] = {}
    for place in places:
        for item, number in enumerate(place.structure.telephones):
            key = key_in(number, place.structure.code_postal)
            if len(key[0]) < _SHORTEST_PHONE:
                continue
            known = numbers.get(key)
            if known is None:
                numbers[key] = (number, [(place, item)])
            elif known[1][-1][0] is not place:
                known[1].append((place, item))
    return [(number, sharing) for number, sharing in numbers.values() if len(sharing) > 1]


def _pairs_by_phone(by_phone: _ByPhone, only: Collection[int] | None) -> Iterator[_Pair]:
    for number, sharing in by_phone:
        for one, other in _alike([place for place, _item in sharing], only, _same_place):
            yield _Pair(one, other, number)


def _pairs_by_code(places: Iterable[_Place], only: Collection[int] | None) -> Iterator[_Pair]:
    blocks: defaultdict[tuple[str, tuple[str, ...]], list[_Place]] = defaultdict(list)
    for place in places:
        if place.structure.code_postal and place.words:
            blocks[place.structure.code_postal, place.numerals].append(place)
    for block in blocks.values():
        for one, other in _alike(block, only, _same_place_and_address):
            yield _Pair(one, other, "")


def _alike(
    places: list[_Place], only: Collection[int] | None, same: Callable[[_Place, _Place], bool]
) -> Iterator[tuple[_Place, _Place]]:
    """The pairs that are the `same`, among the places whose names are close in alphabetical order.

    If there are only a few places, all of them; else each with the next one that is the same, if its name
    is near, read forwards or backwards. With `only`, a set of indexes, the pairs with one of these: in a
    large group, one or two for each of them.
    """
    if len(places) <= _NEIGHBOURS:
        for one, other in combinations(places, 2):
            if _concerns((one.index, other.index), only) and same(one, other):
                yield one, other
        return
    for order in (
        sorted(places, key=lambda place: (place.name, place.address, place.commune)),
        sorted(places, key=lambda place: (place.name[::-1], place.address, place.commune)),
    ):
        told: set[int] = set()
        for at, one in enumerate(order):
            for other in order[at + 1 : at + 1 + _NEIGHBOURS]:
                asked = () if only is None else [place.index for place in (one, other) if place.index in only]
                if (only is None or any(index not in told for index in asked)) and same(one, other):
                    yield (one, other) if one.index < other.index else (other, one)
                    told.update(asked)
                    break


def _same_place(one: _Place, other: _Place) -> bool:
    return _same_name(one, other) and _same_commune(one, other)


def _same_place_and_address(one: _Place, other: _Place) -> bool:
    return _same_address(one, other) and _same_place(one, other)


def _same_commune(one: _Place, other: _Place) -> bool:
    """True if the places are in one commune, under whatever name. A missing commune may be any."""
    if one.commune == other.commune or not one.commune or not other.commune:
        return True
    known = communes_known_as(one.structure.code_postal, one.structure.commune)
    return known != () and known == communes_known_as(other.structure.code_postal, other.structure.commune)


def _same_name(one: _Place, other: _Place) -> bool:
    """True if every word of one name has its counterpart in the other, allowing for typing errors."""
    from rapidfuzz import fuzz

    if one.name == other.name:
        return bool(one.words)
    if one.numerals != other.numerals or len(one.words) != len(other.words):
        return False
    if not fuzz.ratio(one.name, other.name, score_cutoff=_NEAR_NAME):
        return False
    return _paired(one.words, other.words)


def _paired(words: list[str], others: list[str]) -> bool:
    """True if each word can be paired with a similar one among the others."""
    from rapidfuzz import fuzz, process

    left = list(others)
    for word in words:
        near = process.extractOne(word, left, scorer=fuzz.ratio, score_cutoff=_NEAR_WORD)
        if near is None:
            return False
        left.pop(near[2])
    return True


def _same_address(one: _Place, other: _Place) -> bool:
    """True if the addresses may be the same; if an address is missing, True only for equal names."""
    if not one.address or not other.address:
        return one.name == other.name
    if one.address == other.address:
        return True
    if one.address_numbers != other.address_numbers:
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(one.address, other.address, score_cutoff=_NEAR_NAME) > 0


def _concerns(indexes: Iterable[int], only: Collection[int] | None) -> bool:
    return only is None or any(index in only for index in indexes)


def _already_reported(indexes: list[int], alike: set[frozenset[int]]) -> bool:
    """True if the structures that share a number are a pair already reported as duplicates."""
    return len(indexes) == 2 and frozenset(indexes) in alike


def _pair_warning(pair: _Pair, only: Collection[int] | None) -> Found:
    # Reported at the second structure, which was probably added later.
    one, other = pair.one, pair.other
    if only is not None and other.index not in only:
        one, other = other, one
    if pair.number:
        message = _("possible duplicate of ‘{id}’: same phone number and nearly the same name")
    else:
        message = _("possible duplicate of ‘{id}’: same postal code and nearly the same name")
    problem = warning(message.format(id=one.structure.id), _pair_hint(one.structure.id, other.structure.id))
    return Found(other.index, _of(problem, other, "nom"))


def _pair_hint(one: str, other: str) -> str:
    """What to do about a pair. The first id is that of the structure to keep; an id may be missing."""
    end_of_options = ("--",) if one.startswith("-") or other.startswith("-") else ()
    if command := one and other and shell.line("epn", "merge", *end_of_options, one, other):
        return _("if they are the same place: {command}; otherwise give them names that differ more").format(
            command=command
        )
    return _(
        "if they are the same place, keep only one structure; otherwise give them names that differ more"
    )


def _shared_number_warning(
    number: str, sharing: list[tuple[_Place, int]], only: Collection[int] | None
) -> Found:
    place, item = next(
        ((place, item) for place, item in sharing[1:] if only is None or place.index in only),
        sharing[0],
    )
    others = [other.structure.id for other, _item in sharing if other is not place]
    named = listed(others[:_NAMED])
    if len(others) > _NAMED:
        left = len(others) - _NAMED
        words = ngettext("{ids} and {count} more", "{ids} and {count} more", left)
        named = words.format(ids=named, count=left)
    message = _("‘{number}’ is also the number of {ids}").format(number=number, ids=named)
    hint = _("keep it if these structures share the number, otherwise correct the wrong number")
    return Found(place.index, _of(warning(message, hint), place, "telephones", item))


def _of(problem: Problem, place: _Place, field: str, item: int = 0) -> Problem:
    return placed(problem._replace(item=item), field, place.structure)
