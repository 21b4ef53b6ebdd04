"""Matching of the rows of a file to the structures of a registry: by id, then by name and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from epncli.folding import fold
from epncli.formats.reading import Reading, Row
from epncli.formats.tabular.cells import unguard
from epncli.i18n import _
from epncli.importing import text_cleaning
from epncli.importing.cells import clean_id
from epncli.importing.corrections import Correction
from epncli.importing.places import derive_place
from epncli.importing.row_values import Value
from epncli.model.structure import Structure
from epncli.rules import communes
from epncli.rules.texte import quoted

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
    repeats: bool = False
    """True if the row only repeats values of another row about the same structure."""
    place: Sequence[Correction] = ()
    """The corrections of the commune and the postal code."""


def match(
    structures: Sequence[Structure], readings: Sequence[Reading], today: str, *, strict: bool = False
) -> list[Match]:
    """A match for each row of the files, in their order. Each structure is matched at most once.

    All rows are matched by id first; only structures that remain can be matched by name. With `strict`, no
    place is derived and a row that repeats another one is refused. `today` is ISO 8601.
    """
    matches = [Match(reading, row, refusal=row.refusal) for reading in readings for row in reading.rows]
    if not strict:
        for one in matches:
            one.place = derive_place(one.row.values, today)
    matcher = _Matcher(structures, strict=strict)
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
    """The possible ids of a row: as written, corrected, without the apostrophe of `cells.guard`."""
    found = id_of(one.row)
    ids = (found, clean_id(found))
    return (*ids, unguard(found)) if one.reading.guarded else ids


class _Matcher:
    """The state of matching: the structures, ids and names already taken, and by which row."""

    def __init__(self, structures: Sequence[Structure], *, strict: bool) -> None:
        self.structures = structures
        self.strict = strict
        self.ids: dict[str, list[int]] = defaultdict(list)
        for position, structure in enumerate(structures):
            self.ids[structure.id].append(position)
        self.names: dict[Key, list[int]] | None = None
        self.claimed: dict[int, Match] = {}
        self.new_ids: dict[str, Match] = {}
        self.new_names: dict[tuple[Key, str], Match] = {}

    def by_id(self, one: Match) -> None:
        wanted = id_of(one.row)
        positions = next((self.ids[known] for known in _ids_of(one) if known in self.ids), None)
        if not wanted or not positions:
            return
        free = [position for position in positions if position not in self.claimed]
        if not free:
            self._refuse_second(one, self.claimed[positions[0]], wanted)
        elif len(positions) > 1 and not (free := self._same_places(free, one.row)):
            one.refusal = _("several structures of the registry have the id ‘{id}’").format(id=quoted(wanted))
        else:
            one.by_id = True
            self._claim(one, free[0])

    def by_name(self, one: Match) -> None:
        wanted = clean_id(id_of(one.row))
        # Rows with an id are never matched by name in an empty registry: this saves folding their names.
        name, commune = _key_of(one) if self.structures or not wanted else (_NO_KEY, "")
        positions = [
            position
            for position in (self._names().get(name, []) if name[0] else [])
            if _may_be_same(commune, self.structures[position].commune)
        ]
        free = [position for position in positions if position not in self.claimed]
        if len(free) > 1:
            free = self._same_places(free, one.row)
            if not free:
                one.refusal = _("several structures of the registry have this name and postal code")
                return
        if free:
            self._claim(one, free[0])
        elif wanted:
            self._refuse_second(one, self.new_ids.setdefault(wanted, one), wanted)
        elif positions:
            self._refuse_second(one, self.claimed[positions[0]])
        elif name[0]:
            first = self.new_names.setdefault((name, communes.fold_commune(commune)), one)
            self._refuse_second(one, first)

    def _names(self) -> dict[Key, list[int]]:
        if self.names is None:
            self.names = defaultdict(list)
            for position, one in enumerate(self.structures):
                self.names[_key(one.nom, one.code_postal, one.commune)].append(position)
        return self.names

    def _same_places(self, positions: list[int], row: Row) -> list[int]:
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
        self.claimed[position] = one

    def _refuse_second(self, one: Match, first: Match, wanted: str = "") -> None:
        """Refuse a row with the id `wanted`, or the name, of another row, unless it only repeats that row."""
        if one is first:
            return
        if not self.strict and _repeats(one.row.values, first.row.values):
            one.repeats = True
        else:
            place = _("line {line} of {file}").format(line=first.row.line, file=first.reading.name)
            one.refusal = (
                _("the id ‘{id}’ is already on {place}").format(id=quoted(wanted), place=place)
                if wanted
                else _("this name and postal code are already on {place}").format(place=place)
            )


def _may_be_same(commune: str, other: str) -> bool:
    """True unless these are two communes: a postal code may have several, each with its library."""
    one, another = communes.fold_commune(commune), communes.fold_commune(other)
    return not one or not another or one == another


def _key_of(one: Match) -> tuple[Key, str]:
    """The key by which a row without an id is matched, and its commune."""
    values = one.row.values | {found.field: found.values[0] for found in one.place if found.values}
    nom, code, commune = (str(values.get(name, "")) for name in ("nom", "code_postal", "commune"))
    return _key(nom, code, commune), commune


def _key(nom: str, code: str, commune: str) -> Key:
    if not (len(code) == 5 and code.isascii() and code.isdigit()):
        from epncli.rules import code_postal

        code = code_postal.validate(code, commune).value
    return fold(text_cleaning.clean(nom)[0]), code


def _repeats(values: Mapping[str, Value], others: Mapping[str, Value]) -> bool:
    """True if each value that is not blank is also in the other row, perhaps in another spelling."""
    return all(_letters(value) <= _letters(others.get(name, "")) for name, value in values.items())


def _letters(value: Value) -> set[str]:
    """The letters and digits of a value, or of each item of a list."""
    texts = (value,) if isinstance(value, str) else value
    return {fold(text).replace(" ", "") for text in texts} - {""}
