"""What a merged text must hold: the values of the merge of three registries, and their comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from epncli.model.structure import Structure
from epncli.registry.merging.record_text import NotMergeable, comments_in
from epncli.registry.registry import STRUCTURES, Registry
from epncli.registry.three_way import MergedRecord
from epncli.yamlfile.reader import Document, Value


def holds_values(
    document: Document, merged: Sequence[MergedRecord], base: Registry, ours: Registry, theirs: Registry
) -> bool:
    """True if a text has the values of a merge without conflicts, with the structures in any order."""
    if other_values_of(document) != merged_other_values(*(one.document.root for one in (base, ours, theirs))):
        return False
    wanted = [one.structure for one in merged if one.structure is not None]
    return sorted(map(_comparable, Registry.of(document).structures)) == sorted(map(_comparable, wanted))


def _comparable(structure: Structure) -> str:
    """A text that is the same for equal structures, in whatever order their fields are."""
    return repr((structure.values(), sorted(structure.unknown_fields.items())))


def other_values_of(document: Document) -> dict[str, Value]:
    """The values beside the structures."""
    return {key: value for key, value in document.root.items() if key != STRUCTURES}


def merged_other_values(
    base: Mapping[str, Value], ours: Mapping[str, Value], theirs: Mapping[str, Value]
) -> dict[str, Value]:
    """The values beside the structures. Raises `NotMergeable` if both sides changed one differently."""
    found = {}
    for key in dict.fromkeys((*ours, *theirs)):
        if key == STRUCTURES:
            continue
        old, own, other = base.get(key), ours.get(key), theirs.get(key)
        if own != old and other not in (old, own):
            raise NotMergeable
        value = own if other in (old, own) else other
        if value is not None:
            found[key] = value
    return found


def all_comments(document: Document) -> Counter[str]:
    """The comments of a file."""
    return comments_in(document.text, 0, len(document.text), document.root_node())
