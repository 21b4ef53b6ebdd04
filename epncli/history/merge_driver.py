"""What git's merge driver does with three versions of a registry."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from epncli.errors import Unreadable
from epncli.history.git import Git
from epncli.registry.merging.by_changes import merge_by_changes
from epncli.registry.merging.by_records import MergedText, merge_by_records
from epncli.registry.merging.common_form import in_common_form
from epncli.registry.merging.marks import marked, marker_size, pieces_of
from epncli.registry.merging.pieces import NotMergeable, count_conflicts, text_of
from epncli.registry.merging.raw_values import registry_of
from epncli.registry.merging.values import holds_values
from epncli.registry.registry import Registry
from epncli.registry.three_way import merge_registries
from epncli.yamlfile.reader import read_document
from epncli.yamlfile.source import decode


class Merged(NamedTuple):
    """The merged content of a file."""

    data: bytes
    in_conflict: bool
    """True if it has git's markers between which a person must choose."""
    found: MergedText | None = None
    """How it was merged record by record; None if git's own merge of the lines was taken."""


_NO_STRUCTURES = b"structures: []\n"
"""Stands for the base if both sides added the file."""


def merge_versions(git: Git, base: bytes, ours: bytes, theirs: bytes, path: Path) -> Merged:
    """The merge of three versions of the registry at `path`. Raises `GitFailed`.

    First git's own merge of the lines is tried: where it is clean, and has the values of the merge of the
    structures, it is taken. Else the records are merged; a file that is no registry is merged by git alone.
    """
    own = merge_lines(git, base, ours, theirs)
    try:
        mine, its = (registry_of(read_document(decode(path, data))) for data in (ours, theirs))
        before = _base(path, base)
    except Unreadable:
        return own
    if not own.in_conflict and _is_right(own.data, path, before, mine, its):
        return own
    before, mine, its = in_common_form(before, mine, its)
    bom = mine.document.source.bom
    try:
        found = merge_by_records(before, mine, its)
    except NotMergeable:
        pass
    else:
        return Merged(bom + marked(found.pieces).encode(), found.in_conflict, found)
    try:
        return Merged(bom + merge_by_changes(before, mine, its).encode(), in_conflict=False)
    except NotMergeable:
        return own if own.in_conflict else _whole(ours, theirs)


def _base(path: Path, data: bytes) -> Registry:
    """The registry of the common base. Raises Unreadable.

    Of two branches that have merged each other before, git makes the base by a merge, which may have
    conflicts. Neither text of these is taken: then a field that both sides have since given the same value is
    merged, and one with two values is in conflict.
    """
    source = decode(path, data if data.strip() else _NO_STRUCTURES)
    try:
        return registry_of(read_document(source))
    except Unreadable:
        pieces = pieces_of(source.text)
        if not count_conflicts(pieces):
            raise
    neither = "".join(piece for piece in pieces if isinstance(piece, str))
    try:
        return registry_of(read_document(source.with_text(neither)))
    except Unreadable:
        return registry_of(read_document(source.with_text(text_of(pieces, 0))))


def _is_right(data: bytes, path: Path, base: Registry, ours: Registry, theirs: Registry) -> bool:
    """True if a text that git has merged has the values that the merge of the structures gives."""
    merged = merge_registries(base.structures, ours.structures, theirs.structures)
    if any(one.in_conflict for one in merged):
        return False
    try:
        return holds_values(read_document(decode(path, data)), merged, base, ours, theirs)
    except (Unreadable, NotMergeable):
        return False


def _whole(ours: bytes, theirs: bytes) -> Merged:
    """Both files between markers: git's merge of the lines is clean, but wrong."""
    ends = [b"" if data.endswith(b"\n") else b"\n" for data in (ours, theirs)]
    size = marker_size(data.decode("latin-1") for data in (ours, theirs))
    start, middle, end = (sign * size for sign in (b"<", b"=", b">"))
    text = start + b" ours\n" + ours + ends[0] + middle + b"\n" + theirs + ends[1] + end + b" theirs\n"
    return Merged(text, in_conflict=True)


def merge_lines(git: Git, base: bytes, ours: bytes, theirs: bytes) -> Merged:
    """git's own merge of the lines of three texts. Raises `GitFailed`."""
    with tempfile.TemporaryDirectory(prefix="epn-") as folder:
        files = []
        for name, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            file = Path(folder, name)
            file.write_bytes(data)
            files.append(str(file))
        labels = ("-L", "ours", "-L", "base", "-L", "theirs")
        size = marker_size(data.decode("latin-1") for data in (ours, theirs))
        code, data = git.answer("merge-file", "-p", "-q", f"--marker-size={size}", *labels, *files)
    return Merged(data, in_conflict=code != 0)
