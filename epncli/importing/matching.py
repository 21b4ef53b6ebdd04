"""Matching of the rows of a file to the structures of a registry: by id, then by name and postal code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from epncli.folding import fold
from epncli.formats.reading import Reading, Row
from epncli.formats.tabular.cells import unguard
from epncli.i18n import _
from epncli.importing import cleaning, places
from epncli.importing.cells import plainly
from epncli.model.structure import FIELDS, Structure
from epncli.rules.texte import quoted

Place = tuple[str, int]
"""A file name and a line."""
Key = tuple[str, str]
"""A folded name and a postal code."""
_NO_KEY: Final = ("", "")


@dataclass(slots=True)
class Match:
    """A row, and the index of its structure in the registry, or None for a new structure."""

    reading: Reading
    row: Row
    position: int | None = None
    by_id: bool = False
    refusal: str = ""
    """Why the row cannot be matched."""
    place: Sequence[places.Found] = ()
    """The commune and the postal code, where the cells of the row do not say them themselves."""


def match(
    structures: Sequence[Structure], readings: Sequence[Reading], today: str, *, strict: bool = False
) -> list[Match]:
    """A match for each row of the files, in their order. Each structure is matched at most once.

    All rows are matched by id first; only structures that remain can be matched by name. With `strict`,
    cells are compared as they are written. `today` is ISO 8601.
    """
    matches = [Match(reading, row, refusal=row.refusal) for reading in readings for row in reading.rows]
    if not strict:
        for one in matches:
            one.place = places.complete(one.row.values, today)
    matcher = _Matcher(structures)
    for one in matches:
        if not one.refusal:
            matcher.by_id(one)
    for one in matches:
        if not one.refusal and one.position is None:
            matcher.by_name(one)
    return matches


def id_of(row: Row) -> str:
    """The id of a row, or ""."""
    found = row.values.get("id", "")
    return found if isinstance(found, str) and found.strip() else ""


def _ids_of(one: Match) -> Sequence[str]:
    """The possible ids of a row: as written, stripped, corrected, without the apostrophe of `cells.guard`."""
    found = id_of(one.row)
    ids = (found, found.strip(), *plainly(FIELDS["id"], found).values)
    return (*ids, unguard(found)) if one.reading.guarded else ids


class _Matcher:
    """The state of matching: the structures, ids and names already taken, and by which line."""

    def __init__(self, structures: Sequence[Structure]) -> None:
        self.structures = structures
        self.ids: dict[str, list[int]] = defaultdict(list)
        for position, structure in enumerate(structures):
            self.ids[structure.id].append(position)
        self.names: dict[Key, list[int]] | None = None
        self.claimed: dict[int, Place] = {}
        self.new_ids: dict[str, Place] = {}
        self.new_names: dict[Key, Place] = {}

    def by_id(self, one: Match) -> None:
        wanted = id_of(one.row)
        positions = next((self.ids[known] for known in _ids_of(one) if known in self.ids), None)
        if not wanted or not positions:
            return
        free = [position for position in positions if position not in self.claimed]
        if not free:
            one.refusal = _("the id ‘{id}’ is already on {place}").format(
                id=quoted(wanted), place=_shown(self.claimed[positions[0]])
            )
        elif len(positions) > 1 and not (free := self._alike(free, one.row)):
            one.refusal = _("several structures of the registry have the id ‘{id}’").format(id=quoted(wanted))
        else:
            one.by_id = True
            self._claim(one, free[0])

    def by_name(self, one: Match) -> None:
        wanted = next(iter(plainly(FIELDS["id"], id_of(one.row)).values), "")
        # Rows with an id are never matched by name in an empty registry: this saves folding their names.
        name = _key_of(one) if self.structures or not wanted else _NO_KEY
        positions = self._names().get(name, []) if name[0] else []
        free = [position for position in positions if position not in self.claimed]
        if len(free) > 1:
            free = self._alike(free, one.row)
            if not free:
                one.refusal = _("several structures of the registry have this name and postal code")
                return
        if free:
            self._claim(one, free[0])
        elif wanted:
            self._new(one, self.new_ids, wanted, _("the id ‘{id}’ is already on {place}"))
        elif positions:
            one.refusal = _twice(self.claimed[positions[0]])
        elif name[0]:
            self._new(one, self.new_names, name, "")

    def _names(self) -> dict[Key, list[int]]:
        if self.names is None:
            self.names = defaultdict(list)
            for position, one in enumerate(self.structures):
                self.names[_key(one.nom, one.code_postal, one.commune)].append(position)
        return self.names

    def _alike(self, positions: list[int], row: Row) -> list[int]:
        """The positions of structures that have every value of the row. Blank values are ignored."""
        return [
            position
            for position in positions
            if all(
                not value or value == self.structures[position].value(name)
                for name, value in row.values.items()
            )
        ]

    def _claim(self, one: Match, position: int) -> None:
        one.position = position
        self.claimed[position] = (one.reading.name, one.row.line)

    def _new(self, one: Match, seen: dict[Any, Place], what: Any, words: str) -> None:
        place = seen.setdefault(what, (one.reading.name, one.row.line))
        if place != (one.reading.name, one.row.line):
            one.refusal = words.format(id=quoted(what), place=_shown(place)) if words else _twice(place)


def _key_of(one: Match) -> Key:
    """The folded name and the postal code by which a row without an id is matched."""
    values = one.row.values | {found.field: found.value for found in one.place if found.value}
    nom, code, commune = (str(values.get(name, "")) for name in ("nom", "code_postal", "commune"))
    return _key(nom, code, commune)


def _key(nom: str, code: str, commune: str) -> Key:
    if not (len(code) == 5 and code.isascii() and code.isdigit()):
        from epncli.rules import code_postal

        code = code_postal.validate(code, commune).value
    return fold(cleaning.clean(nom)[0]), code


def _shown(place: Place) -> str:
    return _("line {line} of {file}").format(line=place[1], file=place[0])


def _twice(place: Place) -> str:
    return _("this name and postal code are already on {place}").format(place=_shown(place))
