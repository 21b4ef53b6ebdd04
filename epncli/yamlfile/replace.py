"""Putting bytes in the place of a file: written beside it, on disk, then moved there in one step."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from epncli.commandline import allow_writing
from epncli.errors import Unwritable
from epncli.i18n import _
from epncli.reasons import HELD, because

WINDOWS = os.name == "nt"
NEW_FILE = 0o666
"""The mode of a new file, of which the system takes the umask."""

# Flags that only some systems have; O_BINARY keeps Windows from making two bytes of each \n.
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def put(
    path: Path,
    data: bytes,
    about: os.stat_result | None = None,
    *,
    move: Callable[[Path, Path], None] | None = None,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Make `data` the content of a file, whole or not at all, and leave nothing beside it.

    `about` tells of the file that is replaced: its mode and, as far as the system allows, its owner
    stay. `check` is called when all is written, just before `move`: what it raises stops the move.
    """
    temporary = path.with_name(f".{path.name[:40]}.{os.urandom(8).hex()}.tmp")
    try:
        _write(temporary, path, data, about)
        check()
        (move or _move)(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _write(temporary: Path, path: Path, data: bytes, about: os.stat_result | None) -> None:
    # What replaces a private file is private from its first byte on.
    handle = os.open(temporary, _FLAGS, NEW_FILE if about is None else 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        if about is not None and hasattr(os, "fchown"):
            _keep_owner(handle, about, path)
        if about is not None and hasattr(os, "fchmod"):
            os.fchmod(handle, stat.S_IMODE(about.st_mode))
        os.fsync(handle)


def _keep_owner(handle: int, about: os.stat_result, path: Path) -> None:
    now = os.fstat(handle)
    if (now.st_uid, now.st_gid) == (about.st_uid, about.st_gid):
        return
    try:
        os.fchown(handle, about.st_uid, about.st_gid)
    except OSError:
        raise Unwritable(
            _("the file belongs to someone else, and would become yours by being replaced"),
            _("ask its owner to make the change, or copy the file and work on the copy"),
            path=str(path),
        ) from None


def _move(temporary: Path, path: Path) -> None:
    for attempt in range(10):
        try:
            os.replace(temporary, path)  # noqa: PTH105  named as in its documentation
        except PermissionError:
            # Windows: a virus scanner or an editor may hold the file for a moment.
            if not WINDOWS or attempt == 9:
                raise
            time.sleep(0.05 * (attempt + 1))
        else:
            return


def move_where_nothing_is(temporary: Path, path: Path) -> None:
    """Give a file its name, unlike a rename never over another one that has come meanwhile."""
    try:
        os.link(temporary, path)
    except OSError as failure:
        if failure.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        if os.path.lexists(path):  # a disk without hard links: the next best
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        _move(temporary, path)


def refuse_read_only(path: Path) -> None:
    """Raise `Unwritable` for a file that was made read-only: replacing it would get round that."""
    if not os.access(path, os.W_OK):
        command = allow_writing(path)
        hint = _("allow writing with: {command}").format(command=command) if command else ""
        raise Unwritable(_("the file is read-only"), hint, path=str(path))


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; Windows and some network folders cannot."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def faults_in_words(path: Path) -> Iterator[None]:
    """Turn what the system refuses into `Unwritable`, with what to do."""
    try:
        yield
    except OSError as failure:
        raise _in_words(failure, path) from failure


def _kind(failure: OSError, path: Path) -> int | None:
    """The number of the fault; Windows has one for many, and others of its own."""
    windows = getattr(failure, "winerror", None)
    if windows is not None and path.is_dir():
        return errno.EISDIR
    # Access denied, though the new file could be written beside: the old one cannot be replaced.
    if windows in HELD or (windows == 5 and failure.filename2 is not None):
        return errno.ETXTBSY
    return failure.errno


def _in_words(failure: OSError, path: Path) -> Unwritable:
    reasons: dict[int | None, tuple[str, str]] = {
        errno.ENOSPC: (_("the disk is full"), _("make room, then try again")),
        errno.EDQUOT: (_("your share of the disk is used up"), _("make room, then try again")),
        errno.EFBIG: (_("the file may not grow any further here"), _("raise the limit (ulimit -f)")),
        errno.EROFS: (_("the disk is read-only"), _("copy the file to a place where you may write")),
        errno.EACCES: (
            _("the folder of the file cannot be written to"),
            _("epn writes a new file beside the old one: check the permissions of the folder"),
        ),
        errno.EBUSY: (
            _("the file is mounted by itself and cannot be replaced"),
            _("mount the folder that holds it instead"),
        ),
        errno.ENOENT: (
            _("the file or its folder is gone") if path.parent.is_dir() else _("the folder does not exist"),
            _("check the path; nothing was written"),
        ),
        errno.EISDIR: (_("this is a folder, not a file"), _("give the path of a file")),
        errno.EEXIST: (_("there is a file already"), _("choose another name")),
        errno.ETXTBSY: (
            _("another program has the file open"),
            _("close it there, then try again; nothing was written"),
        ),
    }
    reasons[errno.EPERM] = reasons[errno.EACCES]
    reasons[errno.ENOTDIR] = reasons[errno.ENOENT]
    message, hint = reasons.get(
        _kind(failure, path),
        (
            because(_("the file cannot be written"), failure),
            _("nothing was written; try again"),
        ),
    )
    return Unwritable(message, hint, path=str(path))
