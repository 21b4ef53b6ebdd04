"""The change of one record: the splices in its text, and the values that the new text must have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from epncli.errors import NegativeAnswer, Unwritable
from epncli.i18n import _
from epncli.model.structure import FIELDS, Structure, Texts
from epncli.registry.record_text import RecordText
from epncli.registry.registry import STRUCTURES, Registry, difference, record_at
from epncli.yamlfile.edit.records import change_item, quote_plain
from epncli.yamlfile.layout import Splice
from epncli.yamlfile.reader import Value

if TYPE_CHECKING:
    from epncli.registry.changes import Change

_ORDER: Final = tuple(FIELDS)


class ChangedMeanwhile(Unwritable):
    """The structure to change or remove has been changed by someone else since it was read."""


def update(registry: Registry, index: int, change: Change, expected: list[Value | None]) -> list[Splice]:
    """The splices that give a record the changed fields; its new values are put into `expected`.

    Raises `ChangedMeanwhile` and, for an id that is taken, `NegativeAnswer`.
    """
    assert change.before is not None and change.after is not None
    now = registry.structures[index]
    fields = difference(change.before, change.after)
    for name, value in list(fields.items()):
        if now.value(name) == value:
            del fields[name]  # someone else has made the same change
        elif now.value(name) != change.before.value(name):
            raise changed_meanwhile(registry, index)
    if "id" in fields and any(other.id == fields["id"] for other in registry.structures):
        raise id_taken(registry, str(fields["id"]))
    record = record_at(registry.document, index)
    values = {name: as_written(value, record.get(name)) for name, value in fields.items()}
    expected[index] = _with_fields(record, values)
    splices = change_item(registry.document, STRUCTURES, index, values, _ORDER)
    if change.to_quote:
        splices += quote_plain(registry.document, STRUCTURES, index, change.to_quote, splices)
    return splices


def apply_edited_text(
    registry: Registry, index: int, change: Change, expected: list[Value | None]
) -> list[Splice]:
    """The same as `update`, for a record that was edited as a text."""
    assert change.before is not None and change.after is not None and change.edited is not None
    record = RecordText.of(registry.document, index)
    if record.shown != change.edited.shown:  # even a comment added by someone else must not be lost
        raise changed_meanwhile(registry, index)
    lines = record.edited(change.edited.saved)
    values = record.values(lines)
    fields = {
        name: as_written(value, values.get(name))
        for name, value in difference(Structure.from_values(values), change.after).items()
    }
    if change.after.id != change.before.id and any(
        other.id == change.after.id for other in registry.structures
    ):
        raise id_taken(registry, change.after.id)
    expected[index] = _with_fields(values, fields)
    return record.splices(record.with_values(lines, fields) if fields else lines)


def as_written(value: str | Texts, old: Value | None) -> str | list[str] | None:
    """A value as it is written: None to remove the field, a text for one item unless it was in a list."""
    if not value:
        return None
    if isinstance(value, str):
        return value
    return value[0] if isinstance(old, str) and len(value) == 1 else list(value)


def _with_fields(
    record: Mapping[str, Value], fields: Mapping[str, str | list[str] | None]
) -> dict[str, Value]:
    """The values of a record with these fields set, or removed if None."""
    changed = dict(record)
    for name, value in fields.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = [*value] if isinstance(value, list) else value
    return changed


def changed_meanwhile(registry: Registry, index: int) -> ChangedMeanwhile:
    """The error for a record in which someone else has changed the same."""
    return ChangedMeanwhile(
        _("‘{id}’ was changed by someone else in the meantime; nothing was written").format(
            id=registry.structures[index].id
        ),
        _("look at it with ‘epn show’, then try again"),
        line=line_of(registry, index),
    )


def id_taken(registry: Registry, structure_id: str) -> NegativeAnswer:
    """The error for an id of another structure, in the file or among the structures to add."""
    places = (line_of(registry, at) for at, one in enumerate(registry.structures) if one.id == structure_id)
    return NegativeAnswer(
        _("another structure already has the id ‘{id}’").format(id=structure_id),
        _("choose another one with --set id=…, or omit it: epn then derives one from the name"),
        line=next(places, 0),
    )


def line_of(registry: Registry, index: int) -> int:
    """The line, from 1, on which a record begins."""
    return registry.place(registry.structures[index])[0]
