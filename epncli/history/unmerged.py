"""A file that git could not merge: the versions that its index holds."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from epncli.errors import Unreadable
from epncli.history.git import GitFailed
from epncli.history.versions import History


class Unmerged(NamedTuple):
    """The versions of a file in conflict; None for a side that does not have the file."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None

    def is_only_ours(self, data: bytes) -> bool:
        """True if the file holds nothing of the other side: the program that was to merge it has not run."""
        return self.ours is not None and _lines(data) == _lines(self.ours) != _lines(self.theirs or b"")


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")  # git may write other line ends than it keeps


def unmerged(path: Path) -> Unmerged | None:
    """The versions of a file that git says is in conflict; None if it is not, or if git cannot be asked."""
    try:
        history = History.of(path)
        entries = history.git.run("ls-files", "--unmerged", "-z", "--", Path(history.name).name)
    except (Unreadable, GitFailed):
        return None
    # An entry is `<mode> <object> <stage>\t<name>`.
    blobs = {int(stage): name for _mode, name, stage in map(_words, entries.split(b"\0")[:-1])}
    if not blobs:
        return None
    found = dict(zip(blobs, history.git.contents(blobs.values()), strict=True))
    return Unmerged(found.get(1), found.get(2), found.get(3))


def _words(entry: bytes) -> list[str]:
    return entry.split(b"\t")[0].decode().split()
