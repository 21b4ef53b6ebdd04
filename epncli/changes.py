"""From what is to change in a registry to what changes in its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from epncli.errors import NegativeAnswer, Unwritable
from epncli.i18n import _
from epncli.registry import (
    STRUCTURES,
    Change,
    Registry,
    changed_meanwhile,
    difference,
    id_taken,
    records,
)
from epncli.structure import CHAMPS, Structure, Texts
from epncli.yamlfile.commit import Plan
from epncli.yamlfile.edit import append_items, change_item, remove_item
from epncli.yamlfile.layout import Splice
from epncli.yamlfile.reader import Document, Value

ORDER = tuple(CHAMPS)


class Planner:
    """Turns changes into a plan for the file as it is under the lock.

    `carried_out` and `removed` tell, once a plan was made, what became of the changes.
    """

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = changes
        self.carried_out: list[Change] = []
        self.removed: list[str] = []

    def plan(self, document: Document) -> Plan:
        """The plan for this file; raises if someone else has changed the same fields meanwhile."""
        registry = Registry.of(document)
        self.carried_out, self.removed = [], []
        meant: list[Value | None] = list(records(document))
        splices: list[Splice] = []
        for change in self.changes:
            if change.before is not None:
                index = _locate(registry, change.before)
                if change.after is None:
                    splices += self._remove(document, index, meant)
                elif change.text is not None:
                    splices += _replace_text(registry, index, change, meant)
                else:
                    splices += _update(registry, index, change, meant)
                self.carried_out.append(change)
        added = self._added(registry)
        if added:
            splices += append_items(document, STRUCTURES, added)
        kept = [record for record in meant if record is not None]
        root = dict(document.root)
        if splices:
            root[STRUCTURES] = [*kept, *added] or ("" if document.text[document.start(STRUCTURES)] != "[" else [])
        return Plan(splices, root)

    def _remove(self, document: Document, index: int, meant: list[Value | None]) -> list[Splice]:
        splices, text = remove_item(document, STRUCTURES, index)
        self.removed.append(text)
        meant[index] = None
        return splices

    def _added(self, registry: Registry) -> list[dict[str, Any]]:
        taken = {structure.id for structure in registry.structures}
        added = []
        for change in self.changes:
            if change.before is None and change.after is not None:
                structure = change.after
                if not structure.id:
                    from epncli.rules import identifiant

                    structure = structure.changed(id=identifiant.make(structure.nom, taken))
                elif structure.id in taken:
                    raise id_taken(structure.id)
                taken.add(structure.id)
                self.carried_out.append(Change(None, structure))
                added.append(structure.values())
        return added


def _locate(registry: Registry, before: Structure) -> int:
    """Where the structure stands in the file now: by itself, else by its id."""
    same = [index for index, other in enumerate(registry.structures) if other.id == before.id]
    if len(same) == 1:
        return same[0]
    if not same:
        raise Unwritable(
            _("‘{id}’ was removed by someone else meanwhile; nothing was written").format(id=before.id),
            _("look for it with ‘epn search’"),
        )
    lines = ", ".join(str(registry.place(registry.structures[index])[0]) for index in same)
    raise NegativeAnswer(
        _("several structures have the id ‘{id}’ (lines {lines})").format(id=before.id, lines=lines),
        _("give each its own id in a text editor first"),
    )


def _update(
    registry: Registry, index: int, change: Change, meant: list[Value | None]
) -> list[Splice]:
    assert change.before is not None and change.after is not None
    now = registry.structures[index]
    fields = difference(change.before, change.after)
    for name, value in list(fields.items()):
        if now.value(name) == value:
            del fields[name]  # someone did the same
        elif now.value(name) != change.before.value(name):
            raise changed_meanwhile(change.before)
    if "id" in fields and any(other.id == fields["id"] for other in registry.structures):
        raise id_taken(str(fields["id"]))
    record = dict(records(registry.document)[index])
    values = {name: _raw(value, record.get(name)) for name, value in fields.items()}
    for name, raw in values.items():
        if raw is None:
            record.pop(name, None)
        else:
            record[name] = [*raw] if isinstance(raw, list) else raw
    meant[index] = record
    return change_item(registry.document, STRUCTURES, index, values, ORDER)


def _raw(value: str | Texts, old: Value | None) -> str | list[str] | None:
    """A value as the file will hold it: None where it goes, bare where a single one stood bare."""
    if not value:
        return None
    if isinstance(value, str):
        return value
    return value[0] if isinstance(old, str) and len(value) == 1 else list(value)


def _replace_text(
    registry: Registry, index: int, change: Change, meant: list[Value | None]
) -> list[Splice]:
    from epncli.recordtext import RecordText

    assert change.before is not None and change.text is not None
    if registry.structures[index] != change.before:
        raise changed_meanwhile(change.before)
    old = RecordText.of(registry.document, index)
    new = old.edited(change.text)
    if new.record.get("id") != change.before.id and any(
        other.id == new.record.get("id") for other in registry.structures
    ):
        raise id_taken(str(new.record.get("id")))
    meant[index] = new.record
    return [old.splice(change.text)]
