"""Matching of the rows of a file to the structures of a registry: by id, then by name and place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from epncli.formats.reading import Reading, Row
from epncli.formats.tabular.cells import unguard
from epncli.i18n import _
from epncli.importing.cells import clean_id
from epncli.importing.corrections import Correction
from epncli.importing.last_file import LastFile
from epncli.importing.namesakes import Namesakes, letters, most_similar
from epncli.importing.places import derive_place
from epncli.importing.row_values import Value
from epncli.importing.text_cleaning import key_of_cells
from epncli.model.structure import Structure, Texts
from epncli.registry.name_key import NO_KEY, NameKey, is_another_place
from epncli.rules.texte import quoted


@dataclass(slots=True)
class Match:
    """A row, and the index of its structure in the registry, or None for a new structure."""

    reading: Reading
    row: Row
    position: int | None = None
    refusal: str = ""
    """Why the row cannot be matched."""
    repeats: bool = False
    """True if the row only repeats values of another row about the same structure."""
    place: Sequence[Correction] = ()
    """The corrections of the commune and the postal code."""
    last: Structure | None = None
    """The same structure in the partner's last file."""
    key: NameKey | None = None
    """The name and the place of the row, once `_key_of` has folded them."""
    taken_id: str = ""
    """The id of the row, if it is that of another place in the registry."""
    identifiers: Texts = ()
    """The external identifiers of the row."""


def match(
    structures: Sequence[Structure],
    readings: Sequence[Reading],
    today: str,
    *,
    strict: bool = False,
    last: LastFile | None = None,
) -> list[Match]:
    """A match for each row of the files, in their order. Each structure is matched at most once.

    All rows are matched by id first; only structures that remain can be matched by name. With `strict`, no
    place is derived and a row that repeats another one is refused. `last` is the partner's last file, if
    the files were read with a recipe. `today` is ISO 8601.
    """
    matches = [
        Match(reading, row, refusal=row.refusal, identifiers=_identifiers(row))
        for reading in readings
        for row in reading.rows
    ]
    if not strict:
        for one in matches:
            one.place = derive_place(one.row.values, today)
    matcher = _Matcher(structures, last, strict=strict)
    for step in (matcher.by_identifier, matcher.by_id, matcher.count_name, matcher.by_name):
        for one in matches:
            if not one.refusal and not one.repeats and one.position is None:
                step(one)
    return matches


def _identifiers(row: Row) -> Texts:
    found = row.values.get("identifiants_externes", ())
    return tuple(filter(None, map(clean_id, found)))


def id_of(row: Row) -> str:
    """The id of a row, or ""."""
    found = row.values.get("id", "")
    return found if isinstance(found, str) and found.strip() else ""


def _ids_of(one: Match) -> Sequence[str]:
    """The possible ids of a row: as written, corrected, without the apostrophe of `cells.guard`."""
    found = id_of(one.row)
    ids = (found, clean_id(found))
    return (*ids, unguard(found)) if one.reading.guarded else ids


_Group = tuple[str, str, str | None, bool]
"""Name, postal code, commune (None for all), and whether only structures without identifiers are meant."""


class _Matcher:
    """The state of matching: the structures, ids and names already taken, and by which row."""

    def __init__(self, structures: Sequence[Structure], last: LastFile | None, *, strict: bool) -> None:
        self.structures = structures
        self.last = last
        self.strict = strict
        self.ids: dict[str, Namesakes] = defaultdict(lambda: Namesakes(structures))
        self.identifiers: dict[str, int] = {}
        for position, structure in enumerate(structures):
            self.ids[structure.id].positions.append(position)
            for identifier in structure.identifiants_externes:
                self.identifiers[identifier] = position
        self.names: dict[_Group, Namesakes] | None = None
        self.claimed: dict[int, Match] = {}
        self.new_ids: dict[str, Match] = {}
        self.identified: dict[str, Match] = {}
        """The first row with each external identifier."""
        self.new_names: dict[NameKey, Match] = {}
        self.found_in_last: set[int] = set()
        self.rows_named: Counter[NameKey] = Counter()
        """Number of rows of each name and place, among those that no id matches."""

    def by_identifier(self, one: Match) -> None:
        """Match a row by its external identifier, or by what became of it in the partner's last file."""
        identifiers = one.identifiers
        if not identifiers and self.last is None:
            return
        if self.last:
            one.last = self._in_last_file(one, self.last)
        positions = {known: self.identifiers[known] for known in identifiers if known in self.identifiers}
        if not positions and one.last and one.last.id in self.ids:
            positions = {next(iter(identifiers), ""): self.ids[one.last.id].positions[0]}
        claimed = {known: self.claimed[place] for known, place in positions.items() if place in self.claimed}
        seen = {known: self.identified[known] for known in identifiers if known in self.identified}
        if earlier := claimed | seen:
            identifier, first = next(iter(earlier.items()))
            self._settle_second(one, first, identifier)
            return
        if positions:
            self._claim(one, next(iter(positions.values())))
        self.identified |= dict.fromkeys(identifiers, one)

    def by_id(self, one: Match) -> None:
        """Match a row by the id of the structure, unless that is evidently another place."""
        wanted = id_of(one.row)
        same = next((self.ids[known] for known in _ids_of(one) if known in self.ids), None)
        if not wanted or not same:
            return
        positions = same.to_compare(one.row.values, self.claimed)
        free = [position for position in positions if position not in self.claimed]
        if free and self._is_another_place(one, free[0]):
            one.taken_id = clean_id(wanted)
        elif not free:
            self._settle_second(one, self.claimed[positions[0]], wanted)
        elif len(same.positions) > 1 and not (free := self._same_places(free, one.row)):
            one.refusal = _("several structures of the registry have the id ‘{id}’").format(id=quoted(wanted))
        else:
            self._claim(one, free[0])

    def count_name(self, one: Match) -> None:
        """Count the rows that `by_name` is to match."""
        if self.structures:
            self.rows_named[_key_of(one)] += 1

    def by_name(self, one: Match) -> None:
        """Match a row by name, postal code and commune, and settle what other rows have taken."""
        wanted = "" if one.taken_id else clean_id(id_of(one.row))
        if wanted and (first := self.new_ids.setdefault(wanted, one)) is not one:
            self._settle_second(one, first, wanted)
            return
        # Rows with an id are never matched by name in an empty registry: this saves folding their names.
        key = _key_of(one) if self.structures or not wanted else NO_KEY
        positions, count = self._named(one, key)
        free = [position for position in positions if position not in self.claimed]
        if len(free) > 1 and (self.strict or self.rows_named[key] < count):
            free = self._same_places(free, one.row)
            if not free:
                one.refusal = _("several structures of the registry have this name and postal code")
                return
        if free:
            self._claim(one, free[most_similar(one.row.values, [self.structures[at] for at in free])])
        elif wanted or one.identifiers:
            return  # another place of this name
        elif positions:
            self._settle_second(one, self.claimed[positions[0]])
        elif key.nom:
            self._settle_second(one, self.new_names.setdefault(key, one))

    def _in_last_file(self, one: Match, last: LastFile) -> Structure | None:
        """The structure of the row in the partner's last file; of several with its name, the most similar."""
        values = one.row.values
        if one.identifiers:
            found = last.identified(one.identifiers)
        else:
            found = last.named(_key_of(one)).to_compare(values, self.found_in_last)
        free = [position for position in found if position not in self.found_in_last]
        if not free:
            return None
        best = free[most_similar(values, [last.structures[position] for position in free])]
        self.found_in_last.add(best)
        return last.structures[best]

    def _named(self, one: Match, key: NameKey) -> tuple[list[int], int]:
        """The positions of structures of this name and place, those to compare with a row, and their number.

        Structures with another identifier of the same partner are left out.
        """
        if not key.nom:
            return [], 0
        groups = self._groups(key, without_identifier=False)
        if any(group.are_many for group in groups):
            groups = self._groups(key, without_identifier=bool(one.identifiers))
        positions = [
            position
            for group in groups
            for position in group.to_compare(one.row.values, self.claimed)
            if not self._has_another_identifier(one, position)
        ]
        count = sum(len(group.positions) for group in groups if group.are_many) or len(positions)
        return sorted(positions), count

    def _groups(self, key: NameKey, *, without_identifier: bool) -> list[Namesakes]:
        """The structures of this name and place. Communes with one postal code may each have a library.

        A missing commune may be any.
        """
        if self.names is None:
            self.names = defaultdict(lambda: Namesakes(self.structures))
            for position, structure in enumerate(self.structures):
                nom, code, commune = self._key(position)
                for bare in {False, not structure.identifiants_externes}:
                    self.names[nom, code, commune, bare].positions.append(position)
                    self.names[nom, code, None, bare].positions.append(position)
        nom, code, commune = key
        communes = (commune, "") if commune else (None,)
        found = (self.names.get((nom, code, one, without_identifier)) for one in communes)
        return [group for group in found if group]

    def _key(self, position: int) -> NameKey:
        structure = self.structures[position]
        return key_of_cells(structure.nom, structure.code_postal, structure.commune)

    def _is_another_place(self, one: Match, position: int) -> bool:
        if one.row.values.get("nom") == self.structures[position].nom:  # as for most rows
            return False
        return is_another_place(_key_of(one), self._key(position))

    def _has_another_identifier(self, one: Match, position: int) -> bool:
        """True if the structure has another identifier of the same partner."""
        partners = {identifier.partition(":")[0] for identifier in one.identifiers}
        known = self.structures[position].identifiants_externes
        return any(identifier.partition(":")[0] in partners for identifier in known)

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

    def _settle_second(self, one: Match, first: Match, wanted: str = "") -> None:
        """Settle a row with the id `wanted`, or with the name, of an earlier row.

        If it only repeats that row, it is ignored. Otherwise, an id is refused, and a place of the same name
        is new: `doubles` warns about it.
        """
        if one is first:
            return
        if not self.strict and _repeats(one.row.values, first.row.values):
            one.repeats = True
        elif wanted or self.strict:
            place = _("line {line} of {file}").format(line=first.row.line, file=first.reading.name)
            if not wanted:
                message = _("this name and postal code are already on {place}")
            elif wanted in one.identifiers and wanted not in first.identifiers:
                message = _("in the registry, ‘{id}’ is the same structure as {place}")
            else:
                message = _("the id ‘{id}’ is already on {place}")
            one.refusal = message.format(id=quoted(wanted), place=place)


def _key_of(one: Match) -> NameKey:
    """The name and the place of a row."""
    if one.key is None:
        values = one.row.values | {found.field: found.values[0] for found in one.place if found.values}
        nom, code, commune = (str(values.get(name, "")) for name in NameKey._fields)
        one.key = key_of_cells(nom, code, commune)
    return one.key


def _repeats(values: Mapping[str, Value], others: Mapping[str, Value]) -> bool:
    """True if each value that is not blank is also in the other row, perhaps in another spelling."""
    return all(letters(value) <= letters(others.get(name, "")) for name, value in values.items())
