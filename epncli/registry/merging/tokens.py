"""Three-way merge of sequences that never fails: what both sides inserted at one place stands there twice.

A token is a line of text, or the number of something that occurs once, such as a record or a field.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from epncli.registry.ordering import longest_sorted

Token = str | int

_MOST_COMPARED = 1_000_000
"""Largest product of the lengths of two runs of lines that are compared line by line."""


def merge_tokens(
    base: Sequence[Token], ours: Sequence[Token], theirs: Sequence[Token], alive: Container[int]
) -> list[Token]:
    """The tokens of both sides, without the lines that either side removed.

    Each number in `alive` that one of the sides has is in the result, once: where our side has moved or
    inserted it, else where the other side has, else where it was. A line that both sides inserted at one
    place is there once, unless a line would then be lost.
    """
    found = _merge(base, ours, theirs, alive, once=True)
    wanted = kept_texts(*(Counter(filter(_is_text, side)) for side in (base, ours, theirs)))
    if wanted - Counter(filter(_is_text, found)):
        return _merge(base, ours, theirs, alive, once=False)
    return found


def _is_text(token: Token) -> bool:
    return isinstance(token, str) and bool(token.strip())


def kept_texts(base: Counter[Any], ours: Counter[Any], theirs: Counter[Any]) -> Counter[Any]:
    """How often each line or comment must be in a merged text: as often as no side removed it.

    One that both sides added may be the same.
    """
    found = Counter[Any]()
    for text in {**ours, **theirs}:
        own, other, old = ours[text], theirs[text], base[text]
        found[text] = max(own + other - old, 0) if min(own, other) < old else max(own, other)
    return found


def _merge(
    base: Sequence[Token],
    ours: Sequence[Token],
    theirs: Sequence[Token],
    alive: Container[int],
    *,
    once: bool,
) -> list[Token]:
    own, other = _matches(base, ours), _matches(base, theirs)
    mine, its = _inserted(ours, own), _inserted(theirs, other)
    above = {
        number: lines
        for tokens in mine.values()
        for number, lines in _with_lines_above(tokens)
        if number is not None
    }
    placed = above.keys() | {token for tokens in its.values() for token in tokens if isinstance(token, int)}
    found: list[Token] = []
    for at in range(len(base) + 1):
        if at in mine or at in its:
            found += _joined(mine.get(at, []), its.get(at, []), alive, above, once=once)
        if at == len(base):
            return found
        token = base[at]
        if isinstance(token, int):
            if token in alive and token not in placed:
                found.append(token)
        elif own[at] is not None and other[at] is not None:
            found.append(token)
    return found


def _matches(base: Sequence[Token], side: Sequence[Token]) -> list[int | None]:
    """For each token of the base, its index on the side; None if it was removed or moved."""
    found: list[int | None] = [None] * len(base)
    places = {token: index for index, token in enumerate(side) if isinstance(token, int)}
    known = [index for index, token in enumerate(base) if isinstance(token, int) and token in places]
    kept = [known[index] for index in longest_sorted([places[base[index]] for index in known])]  # type: ignore[index]
    start = side_start = 0
    for index in (*kept, len(base)):
        side_index = places[base[index]] if index < len(base) else len(side)  # type: ignore[index]
        for at, side_at, size in _equal_lines(base[start:index], side[side_start:side_index]):
            found[start + at : start + at + size] = range(side_start + side_at, side_start + side_at + size)
        if index < len(base):
            found[index] = side_index
        start, side_start = index + 1, side_index + 1
    return found


def _equal_lines(one: Sequence[Token], other: Sequence[Token]) -> Sequence[tuple[int, int, int]]:
    """The runs of equal lines: index in both sequences, and length."""
    if one == other:
        return [(0, 0, len(one))]
    if len(one) * len(other) > _MOST_COMPARED:
        return []
    return SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()


def _inserted(side: Sequence[Token], matches: Sequence[int | None]) -> dict[int, list[Token]]:
    """The tokens that the side inserted, by the index of the token of the base in front of which they are."""
    found: defaultdict[int, list[Token]] = defaultdict(list)
    start = 0
    for at, index in enumerate([*matches, len(side)]):
        if index is not None:
            if start < index:
                found[at] += side[start:index]
            start = index + 1
    return found


def _joined(
    mine: Sequence[Token],
    its: Sequence[Token],
    alive: Container[int],
    above: Mapping[int, Sequence[str]],
    *,
    once: bool,
) -> list[Token]:
    """What both sides inserted at one place, ours first.

    `above` has all that our side has moved or inserted, with the lines above it. With `once`, lines that both
    sides have above the same thing, wherever it is, or below all things, are there once.
    """
    below = _with_lines_above(mine)[-1][1]
    found = [token for token in mine if isinstance(token, str) or token in alive]
    for number, lines in _with_lines_above(its):
        if once:
            lines = _without(lines, below if number is None else above.get(number, ()))  # noqa: PLW2901
        if number in above and not any(line.strip() for line in lines):
            lines = []  # noqa: PLW2901  blank lines alone stay where the other side left them
        if lines and not lines[0].strip() and found and not str(found[-1]).strip():
            lines = lines[1:]  # noqa: PLW2901  one blank line is enough
        found += lines
        if number is not None and number in alive and number not in above:
            found.append(number)
    return found


def _without(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    """The lines that the others do not have, or have less often."""
    left = Counter(others)
    found = []
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            found.append(line)
    return found


def _with_lines_above(tokens: Sequence[Token]) -> list[tuple[int | None, list[str]]]:
    """Each number with the lines above it; the lines at the end with None."""
    found: list[tuple[int | None, list[str]]] = []
    lines: list[str] = []
    for token in tokens:
        if isinstance(token, str):
            lines.append(token)
        else:
            found.append((token, lines))
            lines = []
    return [*found, (None, lines)]
