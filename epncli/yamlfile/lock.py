"""The lock that allows one change of a file at a time: a hidden empty file beside it."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from epncli.errors import Unwritable
from epncli.i18n import _

LOCK_SECONDS = 30.0
"""How long to wait for the lock, in seconds, unless EPN_LOCK_SECONDS is set."""

_POLL_SECONDS = 0.05
_OPEN = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
"""Errors of network drives that do not support locks."""


@contextlib.contextmanager
def locked(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a file. `on_wait` is called once if another process holds it.

    Raises `Unwritable` if another process holds it for too long, or if it cannot be created. With
    EPN_LOCK=off, no lock is taken. The lock file is never removed: another process may be opening it.
    """
    if os.environ.get("EPN_LOCK", "").casefold() == "off":
        yield
        return
    handle = _open(path.with_name(f".{path.name}.lock"), path.stat())
    try:
        _acquire(handle, path, on_wait)
        yield
    finally:
        with contextlib.suppress(OSError):  # closing releases the lock; the change is already written
            os.close(handle)


def _open(lock: Path, about: os.stat_result) -> int:
    try:
        with contextlib.suppress(FileExistsError):
            return _create(lock, about)
        with contextlib.suppress(PermissionError):
            return os.open(lock, _OPEN)
        return os.open(lock, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except PermissionError:
        if not os.path.lexists(lock):  # no file can be created in the folder
            raise
        raise Unwritable(
            _("the lock file cannot be opened: it belongs to another user"),
            _("ask that user to delete it, or delete it yourself while epn is not running"),
            path=str(lock),
        ) from None


def _create(lock: Path, about: os.stat_result) -> int:
    """Create the lock file, with write permission for all who may write to the file, whatever the umask."""
    handle = os.open(lock, _OPEN | os.O_CREAT | os.O_EXCL, 0o600)
    with contextlib.suppress(OSError):
        if hasattr(os, "fchown"):
            os.fchown(handle, -1, about.st_gid)
    with contextlib.suppress(OSError):
        if hasattr(os, "fchmod"):
            os.fchmod(handle, (stat.S_IMODE(about.st_mode) & 0o666) | 0o600)
    return handle


def _acquire(handle: int, path: Path, on_wait: Callable[[], None]) -> None:
    if _try_lock(handle, path):
        return
    on_wait()
    seconds = _lock_seconds()
    end = time.monotonic() + seconds
    while not _try_lock(handle, path):
        if time.monotonic() >= end:
            raise Unwritable(
                _("another epn process has kept the file locked for {seconds} s").format(
                    seconds=f"{seconds:g}"
                ),
                _("try again when it has finished, or set EPN_LOCK_SECONDS to wait longer"),
                path=str(path),
            )
        time.sleep(_POLL_SECONDS)


def _try_lock(handle: int, path: Path) -> bool:
    from filelock import lock_descriptor

    try:
        return lock_descriptor(handle, blocking=False)
    except OSError as failure:
        if failure.errno not in _NO_LOCKS:
            raise
        raise Unwritable(
            _("the disk does not support file locks, so simultaneous changes could be lost"),
            _("if nobody else is writing to the file, set EPN_LOCK=off to continue without a lock"),
            path=str(path),
        ) from None


def _lock_seconds() -> float:
    try:
        return max(float(os.environ.get("EPN_LOCK_SECONDS", "")), 0.0)
    except ValueError:
        return LOCK_SECONDS
