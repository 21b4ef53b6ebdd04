"""Structures with the same name or the same id, and which of them a row is most like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from epncli.folding import fold
from epncli.importing.row_values import Value
from epncli.model.structure import Structure

_COMPARED: Final = 20
"""Most structures with which a row is compared. Comparing each row with all structures of its name would
take time quadratic in their number."""


class Namesakes:
    """The indexes of structures with something in common, of which each is taken by one row.

    If there are more than `_COMPARED`, a row is compared with those that have one of its values that few
    have, such as a phone number, or else with the first that are free.
    """

    def __init__(self, structures: Sequence[Structure]) -> None:
        self._structures = structures
        self.positions: list[int] = []
        self._taken = 0
        """Number of positions at the start of the list that are known to be taken."""
        self._by_value: dict[tuple[str, frozenset[str]], list[int]] | None = None

    @property
    def are_many(self) -> bool:
        """True if a row is not compared with all of them."""
        return len(self.positions) > _COMPARED

    def to_compare(self, values: Mapping[str, Value], taken: Container[int]) -> list[int]:
        """The indexes of those with which a row with these values is compared.

        If there are many and none is free, the first one.
        """
        if not self.are_many:
            return self.positions
        found = sorted(position for position in set(self._with_rare_value(values)) if position not in taken)
        return found[:_COMPARED] or list(islice(self._free(taken), _COMPARED)) or self.positions[:1]

    def _with_rare_value(self, values: Mapping[str, Value]) -> Iterator[int]:
        if self._by_value is None:
            self._by_value = defaultdict(list)
            for position in self.positions:
                structure = self._structures[position]
                for name in structure.values():
                    self._by_value[name, letters(structure.value(name))].append(position)
        for name, value in values.items():
            if value and len(same := self._by_value.get((name, letters(value)), ())) <= _COMPARED:
                yield from same

    def _free(self, taken: Container[int]) -> Iterator[int]:
        while self._taken < len(self.positions) and self.positions[self._taken] in taken:
            self._taken += 1
        return (position for position in islice(self.positions, self._taken, None) if position not in taken)


def most_similar(values: Mapping[str, Value], structures: Sequence[Structure]) -> int:
    """The index of the structure that has most of these values; the first of several."""
    if len(structures) == 1:  # as nearly always
        return 0
    likeness = [_likeness(values, structure) for structure in structures]
    return likeness.index(max(likeness))


def _likeness(values: Mapping[str, Value], structure: Structure) -> int:
    """The number of values that a row and a structure have in common, perhaps in another spelling."""
    return sum(
        bool(found := letters(value)) and found == letters(structure.value(name))
        for name, value in values.items()
    )


def letters(value: Value) -> frozenset[str]:
    """The letters and digits of a value, or of each item of a list."""
    texts = (value,) if isinstance(value, str) else value
    return frozenset(folded for text in texts if (folded := fold(text).replace(" ", "")))
