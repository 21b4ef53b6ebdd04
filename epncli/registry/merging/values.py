"""What a merged text must hold: the values of the merge of three registries, and their comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from epncli.registry.compare import all_values
from epncli.registry.merging.raw_values import structure_of
from epncli.registry.merging.record_text import comments_in
from epncli.registry.merging.tokens import kept_texts
from epncli.registry.registry import STRUCTURES, Registry, records
from epncli.registry.three_way import MergedRecord
from epncli.yamlfile.reader import Document, Value


def holds_values(
    document: Document, merged: Sequence[MergedRecord], base: Registry, ours: Registry, theirs: Registry
) -> bool:
    """True if a text has the values of a merge without conflicts, with the structures in any order."""
    if not is_merge_of(
        *(other_values_of(one) for one in (document, *(side.document for side in (base, ours, theirs))))
    ):
        return False
    # Counted one after the other: three registries are in memory already.
    missing = Counter(all_values(one.structure) for one in merged if one.structure is not None)
    missing.subtract(all_values(structure_of(values)) for values in records(document))
    return not any(missing.values())


def other_values_of(document: Document) -> dict[str, Value]:
    """The values beside the structures."""
    return {key: value for key, value in document.root.items() if key != STRUCTURES}


def is_merge_of(found: Value | None, base: Value | None, ours: Value | None, theirs: Value | None) -> bool:
    """True if a value is a merge of three, without a conflict. None is no value.

    A mapping is merged key by key. A list has the items that no side has removed, in any order.
    """
    if theirs in (base, ours):
        return found == ours
    if ours == base:
        return found == theirs
    values = (found, base, ours, theirs)
    if all(isinstance(value, dict) for value in values):
        mappings = [value for value in values if isinstance(value, dict)]
        return all(is_merge_of(*(value.get(key) for value in mappings)) for key in set().union(*mappings))
    if all(isinstance(value, list) for value in values):
        items, *sides = (Counter(map(repr, value)) for value in values if isinstance(value, list))
        return items == +kept_texts(*sides)
    return False


def all_comments(document: Document) -> Counter[str]:
    """The comments of a file."""
    return comments_in(document.text, 0, len(document.text), document.root_node())
