"""The result of comparing files with a registry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from epncli.importing.corrections import Correction
from epncli.importing.matching import Match
from epncli.model.structure import CONFIRMED, DATE_KINDS, FIELDS, Structure
from epncli.problems import Level, Problem
from epncli.registry.changes import Change
from epncli.registry.compare import Difference

DATES: Final = frozenset(name for name, field in FIELDS.items() if field.kind in DATE_KINDS)


class RowPlace(NamedTuple):
    """A row by its file, its line and the name that it gives."""

    file: str
    line: int
    nom: str


class RowProblem(NamedTuple):
    """A problem of a row, with its file and line, and in `problem.nom` the name that the row gives."""

    file: str
    line: int
    problem: Problem
    header: str
    """The header of the column that it is about; "" if the file has none for the field."""


class RowCorrection(NamedTuple):
    """A correction in a row, with its file and line."""

    file: str
    line: int
    correction: Correction
    header: str
    """As that of a `RowProblem`."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Fields of a structure that the registry and the partner's file changed differently."""

    before: Structure
    theirs: Structure
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A structure as the partner's file has it, and what it is in the registry."""

    theirs: Structure
    known: Structure
    """The structure of the registry; for a new one, the same object as in `Merge.new`."""


@dataclass
class Merge:
    """The result of comparing files with a registry."""

    new: list[Structure] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    same: int = 0
    repeated: list[RowPlace] = field(default_factory=list)
    """Rows that only repeat values of another row about the same structure."""
    refused: int = 0
    """Number of refused rows. The reasons are in `errors`."""
    errors: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)
    not_used: list[RowProblem] = field(default_factory=list)
    """Answers of the address service of which it is not sure; the structures stay as they are."""
    corrections: list[RowCorrection] = field(default_factory=list)
    """Cells that are corrected, left out or unknown, in rows that are not refused."""
    missing: list[Structure] = field(default_factory=list)
    """Structures of the registry that are not in the files; empty for files of the national map."""
    doubles: list[Problem] = field(default_factory=list)
    """Warnings about new structures that may be the same place as another one."""
    conflicts: list[Conflict] = field(default_factory=list)
    """Of an import with a recipe: what the registry keeps unless the user decides otherwise."""
    gone: list[Structure] = field(default_factory=list)
    """Open structures that are not in the partner's file any more."""
    removed: list[Structure] = field(default_factory=list)
    """Structures of the partner's file that someone has removed from the registry: they stay removed."""
    partner_rows: list[PartnerRow] = field(default_factory=list)
    """What the partner's next file is compared with."""
    blank_cells: int = 0
    """Number of blank cells for which the value of the registry is kept."""
    dates: int = 0
    """Number of dates that were converted to the form 2014-09-30."""

    def changes(self, *, update: bool) -> list[Change]:
        """The changes to commit: the new structures and, with `update`, the changed ones."""
        changes = [Change(None, structure) for structure in self.new]
        if update:
            changes += [Change(one.before, one.after) for one in self.changed]
        return changes

    def take(self, conflict: Conflict, name: str, today: str) -> None:
        """Let the partner's value of a field that is in conflict replace that of the registry.

        `today` is the new `date_maj`, unless the partner gives one.
        """
        values = {name: conflict.theirs.value(name)}
        if name in CONFIRMED and not conflict.theirs.date_maj:
            values["date_maj"] = today
        for place, one in enumerate(self.changed):
            if one.before is conflict.before:
                after = one.after.changed(**values)
                self.changed[place] = Difference(one.before, after, (*one.fields, name))
                return
        after = conflict.before.changed(**values)
        self.changed.append(Difference(conflict.before, after, (name,)))

    def refuse(self, match: Match, problems: Iterable[Problem]) -> None:
        """Count a refused row, with the errors among its problems."""
        self.refused += 1
        self.errors += _placed(match, problems, Level.ERROR)

    def warn(self, match: Match, problems: Iterable[Problem]) -> None:
        """Add the warnings among the problems of a row."""
        self.warnings += _placed(match, problems, Level.WARNING)

    def correct(self, match: Match, corrections: Iterable[Correction]) -> None:
        """Add the corrections of a row."""
        reading, line = match.reading, match.row.line
        self.corrections += [
            RowCorrection(reading.name, line, one, reading.headers.get(one.field, "")) for one in corrections
        ]


def place_of(match: Match) -> RowPlace:
    """The place of a row in its file."""
    return RowPlace(match.reading.name, match.row.line, str(match.row.values.get("nom", "")))


def _placed(match: Match, problems: Iterable[Problem], level: Level) -> list[RowProblem]:
    file, line, nom = place_of(match)
    headers = match.reading.headers
    return [
        RowProblem(file, line, one._replace(nom=nom), headers.get(one.field, ""))
        for one in problems
        if one.level is level
    ]
