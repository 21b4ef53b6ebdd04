"""Folders and files of this user alone: how they are created, and how another user's are refused."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""Flags of `os.open`: a symbolic link is an error, and no line end is converted."""


def make_private(folder: Path) -> None:
    """Create a folder that only this user can read. Raises OSError if it is there and not this user's."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    refuse_foreign(folder, folder.lstat(), stat.S_ISDIR)


def refuse_foreign(path: Path, about: os.stat_result, kind: Callable[[int], bool]) -> None:
    """Raise PermissionError unless it is of this kind, and this user's, and no one else may write it."""
    foreign = hasattr(os, "geteuid") and (about.st_uid != os.geteuid() or about.st_mode & 0o022)
    if foreign or not kind(about.st_mode):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))


def create_private(path: Path) -> int:
    """The handle of a new file that only this user can read, to write it. Raises OSError if it is there."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600)


def open_private(path: Path) -> int:
    """The handle of a regular file of this user alone, to read it. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0))
    try:
        refuse_foreign(path, os.fstat(handle), stat.S_ISREG)
    except OSError:
        os.close(handle)
        raise
    return handle
