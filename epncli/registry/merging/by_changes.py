"""Three-way merge of registries whose records do not have lines of their own, such as a list on one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from epncli.errors import EpnError
from epncli.model.structure import FIELDS
from epncli.registry.merging.pieces import NotMergeable
from epncli.registry.merging.record_text import SideRecord, plain
from epncli.registry.merging.tokens import kept_texts
from epncli.registry.merging.values import all_comments, holds_values
from epncli.registry.placement import new_by_record
from epncli.registry.registry import STRUCTURES, Registry, record_at
from epncli.registry.three_way import MergedRecord, merge_registries
from epncli.yamlfile.edit.new_records import insert_items
from epncli.yamlfile.edit.records import change_item, remove_item
from epncli.yamlfile.layout import Splice, apply
from epncli.yamlfile.reader import Value, read_document


def merge_by_changes(base: Registry, ours: Registry, theirs: Registry) -> str:
    """Our text with the changes of the other side, made as a command of epn makes them.

    For registries in which records do not have lines of their own. Raises `NotMergeable` for a conflict, and
    if a comment of the other side would be lost.
    """
    merged = merge_registries(base.structures, ours.structures, theirs.structures)
    if any(one.in_conflict for one in merged):
        raise NotMergeable
    source = ours.document.source
    try:
        text = apply(ours.document.text, _splices(merged, ours, theirs))
        document = read_document(source.with_text(text))
    except (EpnError, ValueError):  # an overlap, or half a character
        raise NotMergeable from None
    if not holds_values(document, merged, base, ours, theirs):
        raise NotMergeable
    kept = kept_texts(*(all_comments(one.document) for one in (base, ours, theirs)))
    if kept - all_comments(document):
        raise NotMergeable
    return document.text


def _splices(merged: Sequence[MergedRecord], ours: Registry, theirs: Registry) -> list[Splice]:
    """The splices that make our text the merged one. Raises `NotMergeable` and `Unwritable`."""
    splices: list[Splice] = []
    removed, new = set(), []
    for one in merged:
        if one.ours is None:
            if one.structure is not None and one.theirs is not None:
                new.append(one.theirs)
        elif one.structure is None:
            splices += remove_item(ours.document, STRUCTURES, one.ours)[0]
            removed.add(one.ours)
        elif one.structure != ours.structures[one.ours]:
            values = SideRecord(ours.document, one.ours, 0, 0).changes_to(one.structure)
            splices += change_item(ours.document, STRUCTURES, one.ours, values, tuple(FIELDS))
    if not new:
        return splices
    kept = {index: one.code_postal for index, one in enumerate(ours.structures) if index not in removed}
    places = new_by_record(kept, [theirs.structures[index].code_postal for index in new])
    groups = {
        place: [_written(record_at(theirs.document, new[at])) for at in group]
        for place, group in places.items()
    }
    return splices + insert_items(ours.document, STRUCTURES, groups, removed)


def _written(record: Mapping[str, Value]) -> dict[str, str | list[str]]:
    """The values of a record, to be written. Raises `NotMergeable` for nested ones."""
    return {name: value for name, raw in record.items() if (value := plain(raw)) is not None}
