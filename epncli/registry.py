"""A registry: read it, find in it, change it, commit the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from epncli.errors import NegativeAnswer, Unreadable, Unwritable
from epncli.i18n import _
from epncli.structure import CHAMPS, Structure, Texts
from epncli.yamlfile.reader import Document, Value, read_document
from epncli.yamlfile.source import Source, place, read_source

STRUCTURES = "structures"
"""The key under which a registry holds its list."""


@dataclass(frozen=True, slots=True)
class Change:
    """One structure added (`before` is None), removed (`after` is None) or changed.

    An added structure without an id is given one made from its name, under the lock. `text`, where it
    is given, is the record as a person edited it, and takes the place of the old text as it stands.
    """

    before: Structure | None
    after: Structure | None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A registry before and after changes; `changes` as they were carried out, ids filled in."""

    before: Registry
    after: Registry
    changes: tuple[Change, ...]
    removed: tuple[str, ...] = ()
    """The text that each removed structure had, with its comments."""

    @property
    def nothing_done(self) -> bool:
        """True when the file already was as it should become."""
        return self.before.document is self.after.document


@dataclass(frozen=True)
class Registry:
    """The structures of one file, in its order, with the file as it was read."""

    document: Document
    structures: list[Structure]

    @staticmethod
    def read(path: Path) -> Registry:
        """The registry in a file; raise `Unreadable` where it cannot be understood."""
        return Registry.of(read_document(read_source(path)))

    @staticmethod
    def read_text(source: Source) -> Registry:
        """The registry in a text that is there already: standard input."""
        return Registry.of(read_document(source))

    @staticmethod
    def of(document: Document) -> Registry:
        """The registry that a YAML document holds."""
        from_values = Structure.from_values
        return Registry(document, [from_values(record) for record in records(document)])

    @property
    def path(self) -> Path:
        """The file, as it was named."""
        return self.document.source.path

    @property
    def titre(self) -> str:
        """What the registry calls itself: the caption of what is published."""
        titre = self.document.root.get("titre", "")
        return titre if isinstance(titre, str) else ""

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {id(structure): index for index, structure in enumerate(self.structures)}

    def index(self, structure: Structure) -> int:
        """Where a structure of this registry stands in it, from 0."""
        return self._positions[id(structure)]

    def place(self, structure: Structure, field: str = "", item: int = 0) -> tuple[int, int]:
        """Line and column, from 1, of a structure, of a field's value, of one item of a list."""
        node = self.document.item(STRUCTURES, self.index(structure))
        if pair := node.fields().get(field):
            node = pair[1]
            if isinstance(node.value, list) and item < len(node.children):
                node = node.children[item]
        return place(self.document.text, node.start)

    def preview(self, changes: Sequence[Change]) -> Outcome:
        """What `commit` would do, without a lock and without a byte written."""
        from epncli.changes import Planner
        from epncli.yamlfile.commit import prepare

        planner = Planner(changes)
        after = prepare(self.document, planner.plan(self.document))
        return self._outcome(planner, self.document, after)

    def commit(
        self,
        changes: Sequence[Change],
        *,
        backup: bool = False,
        on_wait: Callable[[], None] = lambda: None,
    ) -> Outcome:
        """Make the changes in the file, all or none, and in what others have made of it meanwhile.

        Raises `Unwritable` where someone else has changed the same field, and where the file cannot be
        written. `backup` leaves the previous file beside it as `registry.yaml~`.
        """
        from epncli.changes import Planner
        from epncli.yamlfile.commit import commit

        planner = Planner(changes)
        done = commit(self.document, planner.plan, backup=backup, on_wait=on_wait)
        return self._outcome(planner, done.before, done.after)

    def _outcome(self, planner: Any, before: Document, after: Document) -> Outcome:
        return Outcome(
            self if before is self.document else Registry.of(before),
            self if after is self.document else Registry.of(after),
            tuple(planner.carried_out),
            tuple(planner.removed),
        )


def records(document: Document) -> list[dict[str, Value]]:
    """The records of a registry; raise `Unreadable` for what is not a list of records."""
    found = document.root.get(STRUCTURES)
    if found == "" or found == []:
        return []
    if found is None:
        raise _misshapen(
            document, 0,
            _("the file has no list ‘structures:’"),
            _("is this a registry? ‘epn init’ makes a new one"),
        )  # fmt: skip
    if not isinstance(found, list):
        start = document.start(STRUCTURES)
        raise _misshapen(
            document, start,
            _("‘structures:’ is not a list"),
            _("each record begins with a dash and a space: ‘- id: …’"),
        )  # fmt: skip
    bad = next((index for index, record in enumerate(found) if not isinstance(record, dict)), None)
    if bad is not None:
        raise _misshapen(
            document, document.item(STRUCTURES, bad).start,
            _("this record has no fields"),
            _("a record is written as ‘- id: …’, with the other fields below it"),
        )  # fmt: skip
    return found  # type: ignore[return-value]  # each was seen to be a mapping


def _misshapen(document: Document, index: int, message: str, hint: str) -> Unreadable:
    line, column = place(document.text, index)
    return Unreadable(message, hint, path=str(document.source.path), line=line, column=column)


def difference(before: Structure, after: Structure) -> dict[str, str | Texts]:
    """The fields in which two structures differ, with the value that the second one has."""
    return {
        name: after.value(name) for name in CHAMPS if before.value(name) != after.value(name)
    }


def changed_meanwhile(structure: Structure) -> Unwritable:
    """Someone else has changed or removed what was to be changed."""
    return Unwritable(
        _("‘{id}’ was changed by someone else meanwhile; nothing was written").format(id=structure.id),
        _("look at it with ‘epn show’, then try again"),
    )


def id_taken(structure_id: str) -> NegativeAnswer:
    """An id that another structure has."""
    return NegativeAnswer(
        _("there is a structure with the id ‘{id}’ already").format(id=structure_id),
        _("choose another one with --set id=…, or leave it out: epn makes one from the name"),
    )
