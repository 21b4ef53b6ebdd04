"""A partner whose files are imported again and again: the recipe, and the last file beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from epncli.formats.reading import Reading
from epncli.formats.tabular.recipe import Recipe
from epncli.importing.cells import clean_id
from epncli.importing.last_file import LastFile, last_file_data, name_of, path_of, read_last_file
from epncli.importing.merge_result import Merge
from epncli.importing.recipe_file import OF_THE_FILE, read_recipe
from epncli.model.structure import Structure


@dataclass(frozen=True, slots=True)
class Partner:
    """A recipe, and the last file that was imported with it."""

    path: Path
    """The file of the recipe."""
    recipe: Recipe
    last: LastFile

    @property
    def name(self) -> str:
        """The name of the partner, before its identifiers."""
        return name_of(self.path)

    @property
    def last_path(self) -> Path:
        """The path of the last file."""
        return path_of(self.path)

    def recipe_of(self, day: str, fields: Mapping[str, str]) -> Recipe:
        """The recipe for a file that was saved on that day (ISO 8601), and with these fields by header."""
        constants = {
            name: day if value == OF_THE_FILE else value for name, value in self.recipe.constants.items()
        }
        columns = {header: (name,) if name else () for header, name in fields.items()}
        return replace(self.recipe, columns={**self.recipe.columns, **columns}, constants=constants)

    def identify(self, readings: Iterable[Reading]) -> None:
        """Make the identifiers of the rows unique among partners: `115` becomes `angers:115`."""
        name = self.name
        for reading in readings:
            for row in reading.rows:
                found = row.values.get("identifiants_externes")
                if isinstance(found, tuple):
                    known = filter(None, map(clean_id, found))
                    row.values["identifiants_externes"] = tuple(f"{name}:{one}" for one in known)

    def last_data(self, merged: Merge, ids: Mapping[int, str]) -> bytes:
        """The content of the next last file. `ids` are those of new structures, by their `id()`."""
        rows: list[Structure] = [
            row.theirs if row.theirs.id == made else row.theirs.changed(id=made)
            for row in merged.partner_rows
            for made in [ids.get(id(row.known), row.known.id)]
        ]
        return last_file_data(sorted(rows, key=lambda one: one.id))


def read_partner(path: Path) -> Partner:
    """The partner with this recipe. Raises Unreadable."""
    return Partner(path, read_recipe(path), read_last_file(path_of(path)))
