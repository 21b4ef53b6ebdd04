"""The registry: the structures of one file, and their positions in it. `changes` writes to the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from epncli import limits
from epncli.errors import Unreadable
from epncli.i18n import _
from epncli.model.structure import FIELDS, Structure, Texts
from epncli.yamlfile.reader import Document, Value, read_document
from epncli.yamlfile.source import Source, place, read_source

STRUCTURES = "structures"
"""The key of the list of structures in a registry."""

COLUMNS: Final = (
    "id", "nom", "commune", "code_postal", "telephones", "statut", "motif_fermeture",
    "fermetures_temporaires", "structure_parente", "source", "formations_labels",
    "autres_formations_labels", "dispositif_programmes_nationaux",
)  # fmt: skip
"""The fields of `read_columns`."""


@dataclass(repr=False, eq=False)  # each method that is generated takes time in every run
class Registry:
    """The structures of one file, in the order of the file, with the document they were read from."""

    document: Document
    structures: list[Structure]

    @staticmethod
    def read(path: Path) -> Registry:
        """The registry in a file. Raises `Unreadable`."""
        return Registry.of_source(read_source(path))

    @staticmethod
    def of_source(source: Source) -> Registry:
        """The registry in a file already read. What was parsed of a large one is kept for the next time.

        Raises `Unreadable`.
        """
        if len(source.data) < limits.LARGE:
            return Registry.read_text(source)
        from epncli.yamlfile.remembered import read_remembered

        return Registry.of(read_remembered(source))

    @staticmethod
    def read_text(source: Source) -> Registry:
        """The registry in a text already read, such as standard input. Raises `Unreadable`."""
        return Registry.of(read_document(source))

    @staticmethod
    def of(document: Document) -> Registry:
        """The registry in a parsed YAML document. Raises `Unreadable` if it is not a list of records."""
        from_values = Structure.from_values
        return Registry(document, [from_values(record) for record in records(document)])

    @property
    def path(self) -> Path:
        """The path of the file, as the caller gave it."""
        return self.document.source.path

    @property
    def titre(self) -> str:
        """The title of the registry, which is the caption of published tables; "" if it has none."""
        return self._text("titre")

    @property
    def contact(self) -> str:
        """Whom readers of a published list may write to or call; "" if the registry does not say."""
        return self._text("contact")

    def _text(self, name: str) -> str:
        value = self.document.root.get(name, "")
        return value if isinstance(value, str) else ""

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {id(structure): index for index, structure in enumerate(self.structures)}

    def index(self, structure: Structure) -> int:
        """The index, from 0, of a structure of this registry."""
        return self._positions[id(structure)]

    def place(self, structure: Structure) -> tuple[int, int]:
        """Line and column, from 1, of a structure."""
        return place(self.document.text, self.document.item(STRUCTURES, self.index(structure)).start)


def read_columns(path: Path, names: Sequence[str]) -> list[list[Any]]:
    """The values of some of the `COLUMNS`, one for each structure in a file; much faster the second time.

    Those of a list field are lists or tuples of texts. Raises `Unreadable`.
    """
    source = read_source(path)
    if len(source.data) < limits.LARGE:
        structures = Registry.read_text(source).structures
        return [[one.value(name) for one in structures] for name in names]
    from epncli.yamlfile.remembered import read_remembered, remember_columns, remembered_columns

    columns = remembered_columns(source, names)
    if columns is None:
        structures = Registry.of(read_remembered(source)).structures
        columns = {name: [one.value(name) for one in structures] for name in COLUMNS}
        remember_columns(source, columns)
    return [columns[name] for name in names]


def records(document: Document) -> list[dict[str, Value]]:
    """The records of a registry. Raises `Unreadable` if `structures` is not a list of records."""
    found = document.root.get(STRUCTURES)
    if found in ("", []):
        return []
    if found is None:
        raise _misshapen(
            document, 0,
            _("the file has no ‘structures:’ list"),
            _("put the line ‘structures:’ above the list, or give another file with --registry"),
        )  # fmt: skip
    if not isinstance(found, list):
        start = document.start(STRUCTURES)
        raise _misshapen(
            document, start,
            _("‘structures:’ is not a list"),
            _("each record starts with a dash and a space: ‘- id: …’"),
        )  # fmt: skip
    bad = next((index for index, record in enumerate(found) if not isinstance(record, dict)), None)
    if bad is not None:
        raise _misshapen(
            document, document.item(STRUCTURES, bad).start,
            _("this record has no fields"),
            _("write a record as ‘- id: …’, with the other fields below it"),
        )  # fmt: skip
    return found  # type: ignore[return-value]  # all are mappings, as checked above


def record_at(document: Document, index: int) -> dict[str, Value]:
    """One of the `records` of a registry that is known to have them: the others are not looked at again."""
    found: Any = document.root[STRUCTURES]
    record: dict[str, Value] = found[index]
    return record


def _misshapen(document: Document, index: int, message: str, hint: str) -> Unreadable:
    line, column = place(document.text, index)
    return Unreadable(message, hint, path=str(document.source.path), line=line, column=column)


def difference(before: Structure, after: Structure) -> dict[str, str | Texts]:
    """The fields in which two structures differ, with the value of the second one."""
    return {name: after.value(name) for name in FIELDS if before.value(name) != after.value(name)}
