"""The last file of a partner, as epn understood it: the next one is compared with it.

It is a CSV in field names beside the recipe, `angers.last.csv` beside `angers.yaml`, so that git can show
what the partner has changed. `id` is the id of the structure in the registry.
"""

from __future__ import annotations

import csv
import io
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Final

from epncli.errors import Unreadable
from epncli.formats.csv import write
from epncli.formats.tabular.cells import split
from epncli.formats.writing import Export
from epncli.i18n import _
from epncli.importing.namesakes import Namesakes
from epncli.importing.text_cleaning import key_of_cells
from epncli.model.structure import FIELDS, Structure, Value
from epncli.registry.name_key import NameKey
from epncli.yamlfile.source import read_bytes

SUFFIX: Final = ".last.csv"
"""The end of the name of a last file."""


def path_of(recipe: Path) -> Path:
    """The path of the last file that belongs to a recipe."""
    return recipe.with_name(name_of(recipe) + SUFFIX)


def name_of(recipe: Path) -> str:
    """The name of a recipe: `angers` for `angers.yaml` and for `angers.config.json`."""
    return recipe.name.split(".")[0] or recipe.name


class LastFile:
    """The structures of a partner's last file."""

    def __init__(self, structures: Iterable[Structure] = ()) -> None:
        self.structures = list(structures)
        self._by_identifier: dict[str, int] = {}
        self._by_name: defaultdict[NameKey, Namesakes] = defaultdict(lambda: Namesakes(self.structures))
        for position, one in enumerate(self.structures):
            self._by_identifier |= dict.fromkeys(one.identifiants_externes, position)
            if not one.identifiants_externes:
                key = key_of_cells(one.nom, one.code_postal, one.commune)
                self._by_name[key].positions.append(position)

    def identified(self, identifiers: Sequence[str]) -> list[int]:
        """The indexes of the structures with one of these external identifiers."""
        return [self._by_identifier[one] for one in identifiers if one in self._by_identifier]

    def named(self, key: NameKey) -> Namesakes:
        """The structures of that name and place that have no external identifier."""
        return self._by_name.get(key) or Namesakes(())


def read_last_file(path: Path) -> LastFile:
    """The last file at that path; an empty one if there is none. Raises Unreadable for any other file."""
    hint = _("it is written by epn; restore it, or delete it to compare the file with the registry alone")
    if not os.path.lexists(path):
        return LastFile()
    data = read_bytes(path)
    try:
        header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    except (ValueError, csv.Error):
        header, rows = [], []
    if "nom" not in header or any(name not in FIELDS for name in header):
        raise Unreadable(_("this is not a partner’s last file"), hint, path=str(path))
    return LastFile(_structure(header, row) for row in rows)


def _structure(header: Sequence[str], row: Sequence[str]) -> Structure:
    values: dict[str, Value] = {
        name: list(split(cell)) if FIELDS[name].many else cell
        for name, cell in zip(header, row, strict=False)
        if cell
    }
    return Structure.from_values(values)


def last_file_data(structures: Sequence[Structure]) -> bytes:
    """The content of a last file with these structures."""
    fields = tuple(name for name in FIELDS if name in ("id", "nom") or any(map(attrgetter(name), structures)))
    return write(Export(structures, fields)).data
