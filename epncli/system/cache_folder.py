"""The cache folder of a user: what epn could compute again, in files that are checked whenever they are read.

No error is ever reported: what cannot be read, or is in doubt, is not there; what cannot be written is
computed again the next time.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from epncli.system.private import create_private, make_private, open_private, refuse_foreign
from epncli.system.state_folder import user_folder

KEPT: Final = 8
"""Number of contents that are kept, each with all its files."""

_CHECKSUM: Final = 64
_OURS: Final = re.compile(r"([0-9a-f]{64})\.[a-z.]+", re.ASCII)


def is_off() -> bool:
    """True if the user wants no cache: EPN_CACHE=off."""
    return os.environ.get("EPN_CACHE", "").casefold() == "off"


def cache_folder() -> Path:
    """The folder, which may not exist yet. Raises OSError if the user has no home folder.

    Source: XDG Base Directory Specification (XDG_CACHE_HOME, ~/.cache); on Windows, %LOCALAPPDATA%, in which
    the state folder has the same name.
    """
    return user_folder("XDG_CACHE_HOME", Path(".cache")) / "parsed"


def load(name: str, most: int) -> memoryview | None:
    """The content that was stored under a name, of at most `most` bytes; None if it is missing or in doubt.

    In doubt is what is not this user's alone, a symbolic link, or has another checksum.
    """
    try:
        folder = cache_folder()
        for one in (folder.parent, folder):
            refuse_foreign(one, one.lstat(), stat.S_ISDIR)
        with os.fdopen(open_private(folder / name), "rb") as file:
            if os.fstat(file.fileno()).st_size > most + _CHECKSUM:
                return None
            data = file.read(most + _CHECKSUM + 1)
    except (OSError, ValueError):
        return None
    content = memoryview(data)[:-_CHECKSUM]
    return content if data[-_CHECKSUM:] == _checksum(name, [content]) else None


def store(name: str, content: Iterable[bytes], most: int) -> None:
    """Store a content under a name: the digest of what it was computed from, a point, and a kind.

    The content comes in pieces, so that a large one is never in memory as a whole. One of more than `most`
    bytes is not stored.

    It is written beside and renamed. Two processes that store the same at once, or one that is killed, leave
    at worst a file with a wrong checksum.
    """
    with suppress(OSError):
        folder = cache_folder()
        if _is_of_another_user(folder):
            return
        for one in (folder.parent, folder):
            make_private(one)
        new = folder / f"{name}.new"
        new.unlink(missing_ok=True)  # of a process that was killed
        try:
            handle = create_private(new)
            with os.fdopen(handle, "wb") as file:
                file.write(_checksum(name, _written(file, content, most)))
            new.replace(folder / name)
        except OSError:
            new.unlink(missing_ok=True)
        _remove_oldest(folder)


def _is_of_another_user(folder: Path) -> bool:
    """True if root would create the folder in the home folder of someone else, who could not use it then."""
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    return hasattr(os, "geteuid") and os.geteuid() == 0 and existing.stat().st_uid != 0


def _written(file: IO[bytes], content: Iterable[bytes], most: int) -> Iterator[bytes]:
    """The pieces of a content, each after it was written. Raises OSError for more than `most` bytes."""
    for piece in content:
        most -= len(piece)
        if most < 0:
            raise OSError(errno.EFBIG, "larger than what would be read")
        file.write(piece)
        yield piece


def _checksum(name: str, content: Iterable[bytes | memoryview]) -> bytes:
    """The checksum of a content under this name, which has another one under any other name."""
    digest = hashlib.sha256(name.encode() + b"\n")
    for piece in content:
        digest.update(piece)
    return digest.hexdigest().encode()


def _remove_oldest(folder: Path) -> None:
    """Remove all files of the contents that were stored first, except the last `KEPT` ones."""
    newest: dict[str, float] = {}
    names: dict[str, list[str]] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if found := _OURS.fullmatch(entry.name):
                digest = found[1]
                when = entry.stat(follow_symlinks=False).st_mtime
                newest[digest] = max(when, newest.get(digest, when))
                names.setdefault(digest, []).append(entry.name)
    for digest in sorted(newest, key=newest.__getitem__, reverse=True)[KEPT:]:
        for name in names[digest]:
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
