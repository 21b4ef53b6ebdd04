"""Changes of a registry: preview or commit structures to add, change and remove in its file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from epncli.errors import EpnError, NegativeAnswer, Unwritable
from epncli.i18n import _
from epncli.model.structure import Structure
from epncli.registry.placement import new_by_record, with_new
from epncli.registry.record_change import apply_edited_text, changed_meanwhile, id_taken, line_of, update
from epncli.registry.registry import STRUCTURES, Registry, records
from epncli.yamlfile import commit as files
from epncli.yamlfile.commit import Plan
from epncli.yamlfile.edit.new_records import insert_items
from epncli.yamlfile.edit.records import remove_item
from epncli.yamlfile.layout import Splice
from epncli.yamlfile.reader import Document, Value

_NAMED = 5
"""Number of lines that a message names if several structures have the same id."""


class Edited(NamedTuple):
    """The text of a record before and after it was edited in a text editor."""

    shown: str
    saved: str


@dataclass(frozen=True, slots=True)
class Change:
    """One structure that is added (`before` is None), removed (`after` is None) or changed.

    An added structure without an id gets one made from its name, under the lock. `edited` is the text of
    the record from a text editor: the lines that differ are written to the file as they are. `to_quote` has
    the field and the text of numbers that are put between quotes, and stay the same otherwise.
    """

    before: Structure | None
    after: Structure | None
    edited: Edited | None = None
    to_quote: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ChangeOutcome:
    """A registry before and after changes. `changes` are those carried out, with the ids filled in."""

    before: Registry
    written: Document
    """The file after the changes."""
    changes: tuple[Change, ...]
    removed: tuple[str, ...] = ()
    """The text of each removed structure, with its comments."""
    splices: tuple[Splice, ...] = ()
    """The splices that turn the text before the changes into the written one."""
    hard_links: int = 1
    """Number of hard links of the replaced file. The other links keep the old text."""
    undo_fault: str = ""
    """Why the changes cannot be undone with `epn undo`; "" if they can."""

    @property
    def nothing_done(self) -> bool:
        """True if the changes left the file as it was."""
        return self.before.document is self.written

    @property
    def changed(self) -> list[tuple[Structure, Structure]]:
        """The structures that were changed, before and after, without those added and removed."""
        return [(one.before, one.after) for one in self.changes if one.before and one.after]

    @cached_property
    def after(self) -> Registry:
        """The registry after the changes."""
        return self.before if self.nothing_done else Registry.of(self.written)


def preview(registry: Registry, changes: Sequence[Change]) -> ChangeOutcome:
    """The outcome that `commit` would have, without locking or writing the file.

    Raises the same errors as `commit`, except those of writing.
    """
    planner = Planner(registry, changes)
    with _file_named(registry):
        return _outcome(planner, files.prepare(registry.document, planner.plan(registry.document)))


def commit(
    registry: Registry,
    changes: Sequence[Change],
    *,
    backup: bool = False,
    on_wait: Callable[[], None] = lambda: None,
    before_writing: Callable[[ChangeOutcome], None] = lambda _outcome: None,
) -> ChangeOutcome:
    """Write all changes to the file, or none, and return the outcome.

    The changes are applied to the file as it is now, with what others have written since it was read.
    Raises `ChangedMeanwhile` if someone else has changed the same field, `Unwritable` if the file cannot
    be written, and `NegativeAnswer` for an id that is taken or not unique. `backup` keeps the previous file
    as `registry.yaml~`. `on_wait` is called once if another process holds the lock; `before_writing` with
    the outcome before it is written. If either raises, nothing is written.
    """
    planner = Planner(registry, changes)
    with _file_named(registry):
        done = files.commit(
            registry.document,
            planner.plan,
            backup=backup,
            on_wait=on_wait,
            before_writing=lambda changed: before_writing(_outcome(planner, changed)),
        )
    return _outcome(planner, done.after, done.hard_links)


@contextmanager
def _file_named(registry: Registry) -> Iterator[None]:
    """Add the path of the registry to any error without one, so that its message begins with the file."""
    try:
        yield
    except EpnError as error:
        error.path = error.path or str(registry.path)
        raise


def _outcome(planner: Planner, written: Document, hard_links: int = 1) -> ChangeOutcome:
    return ChangeOutcome(
        planner.registry,
        written,
        tuple(planner.carried_out),
        tuple(planner.removed),
        tuple(planner.splices),
        hard_links,
    )


class Planner:
    """Converts changes of structures to a plan for the file as it is under the lock.

    After `plan`, `registry` is the registry that the plan was made for, `carried_out` has the changes with
    the ids filled in, `removed` the text of the removed records, and `splices` those of the plan.
    """

    def __init__(self, registry: Registry, changes: Sequence[Change]) -> None:
        self.registry = registry
        self.changes = changes
        self.carried_out: list[Change] = []
        self.removed: list[str] = []
        self.splices: list[Splice] = []

    def plan(self, document: Document) -> Plan:
        """The plan for this document. Raises `ChangedMeanwhile` if someone else changed the same fields."""
        if document is not self.registry.document:
            self.registry = Registry.of(document)
        registry = self.registry
        self.carried_out, self.removed = [], []
        expected: list[Value | None] = list(records(document))
        splices: list[Splice] = []
        positions = _positions(registry, {change.before.id for change in self.changes if change.before})
        for change in self.changes:
            if change.before is not None:
                index = _index_now(registry, change.before, positions.get(change.before.id, []))
                if change.after is None:
                    if registry.structures[index] != change.before:
                        raise changed_meanwhile(registry, index)
                    splices += self._remove(document, index, expected)
                elif change.edited is not None:
                    splices += apply_edited_text(registry, index, change, expected)
                else:
                    splices += update(registry, index, change, expected)
                self.carried_out.append(change)
        groups = self._added_by_place(registry, expected)
        if groups:
            removed = {index for index, record in enumerate(expected) if record is None}
            splices += insert_items(document, STRUCTURES, groups, removed)
        root = dict(document.root)
        if splices:
            opening = document.start(STRUCTURES)
            in_brackets = document.text[opening : opening + 1] == "["
            root[STRUCTURES] = with_new(expected, groups) or ([] if in_brackets else "")
        self.splices = splices
        return Plan(splices, root)

    def _remove(self, document: Document, index: int, expected: list[Value | None]) -> list[Splice]:
        splices, text = remove_item(document, STRUCTURES, index)
        self.removed.append(text)
        expected[index] = None
        return splices

    def _added_by_place(
        self, registry: Registry, expected: Sequence[Value | None]
    ) -> dict[int, list[dict[str, Any]]]:
        """The values of the added structures by the index of the record after which they go, or `FIRST`."""
        added = self._added(registry)
        if not added:
            return {}
        kept = {
            index: one.code_postal
            for index, (one, record) in enumerate(zip(registry.structures, expected, strict=True))
            if record is not None
        }
        places = new_by_record(kept, [str(values.get("code_postal", "")) for values in added])
        return {place: [added[new] for new in group] for place, group in places.items()}

    def _added(self, registry: Registry) -> list[dict[str, Any]]:
        if all(change.before for change in self.changes):
            return []
        taken = {structure.id for structure in registry.structures}
        numbers: dict[str, int] = {}
        added = []
        for change in self.changes:
            if change.before is None and change.after is not None:
                structure = change.after
                if not structure.id:
                    from epncli.rules import identifiant

                    structure = structure.changed(id=identifiant.make(structure.nom, taken, numbers))
                elif structure.id in taken:
                    raise id_taken(registry, structure.id)
                taken.add(structure.id)
                self.carried_out.append(Change(None, structure))
                added.append(structure.values())
        return added


def _positions(registry: Registry, ids: Collection[str]) -> dict[str, list[int]]:
    """The indexes of the structures with each of these ids."""
    found: dict[str, list[int]] = {}
    for index, structure in enumerate(registry.structures):
        if structure.id in ids:
            found.setdefault(structure.id, []).append(index)
    return found


def _index_now(registry: Registry, before: Structure, same: list[int]) -> int:
    """The index of the structure in the file now, where `same` are the indexes with its id.

    Raises `Unwritable` if there is none, and `NegativeAnswer` if there are several.
    """
    if len(same) == 1:
        return same[0]
    if not same:
        raise Unwritable(
            _("‘{id}’ was removed by someone else in the meantime; nothing was written").format(id=before.id),
            _("look for it with ‘epn search WORD’"),
        )
    lines = [line_of(registry, index) for index in same[:_NAMED]]
    named = ", ".join(map(str, lines)) + (", …" if len(same) > _NAMED else "")
    raise NegativeAnswer(
        _("several structures have the id ‘{id}’ (lines {lines})").format(id=before.id, lines=named),
        _("first give each of them its own id in a text editor"),
        line=lines[0],
    )
