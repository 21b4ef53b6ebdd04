"""One change of a file: lock, re-read, apply, verify, write beside, replace. All of it or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from epncli.errors import Unwritable
from epncli.i18n import _
from epncli.yamlfile.layout import Splice, apply
from epncli.yamlfile.reader import Document, Value, read_document
from epncli.yamlfile.source import Source, decode, read_bytes

LOCK_SECONDS = 30.0
"""How long a change waits for another one; EPN_LOCK_SECONDS sets it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change does to a file, and the values that the file is to hold afterwards."""

    splices: list[Splice]
    meant: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Committed:
    """A file before and after a change; the same twice when there was nothing to do."""

    before: Document
    after: Document
    hard_links: int = 1
    """How many names the file had: the others still hold the old text."""


def prepare(document: Document, plan: Plan) -> Document:
    """The file with the plan carried out, re-read and compared with what was meant.

    Raises `Unwritable` at any difference: then the file is written in a way that epn reads, but does
    not know how to change.
    """
    splices = [splice for splice in plan.splices if document.text[splice.start : splice.end] != splice.text]
    if not splices:
        return document
    try:
        text = apply(document.text, splices)
        source = decode(document.source.path, document.source.encode(text))
        changed = read_document(source)
    except Exception as failure:
        raise _not_as_meant() from failure
    if changed.root != plan.meant:
        raise _not_as_meant()
    return changed


def _not_as_meant() -> Unwritable:
    return Unwritable(
        _("the change cannot be made in this file without touching something else; nothing was written"),
        _("change the record in a text editor; ‘epn check’ then reads it again"),
    )


def commit(
    document: Document,
    make_plan: Callable[[Document], Plan],
    *,
    backup: bool = False,
    on_wait: Callable[[], None] = lambda: None,
) -> Committed:
    """Carry out a change of the file that `document` was read from.

    `make_plan` is given the file as it is under the lock: what others wrote meanwhile is in it.
    `on_wait` is called once when another process holds the lock.
    """
    path = real_path(document.source.path)
    with _faults_in_words(path), locked(path, on_wait):
        about = path.stat()
        data = read_bytes(path)
        if data != document.source.data:
            document = read_document(decode(document.source.path, data))
        changed = prepare(document, make_plan(document))
        if changed is not document:
            if backup:
                _write_beside(path.with_name(path.name + "~"), data, about)
            replace(path, changed.source.data, about)
        return Committed(document, changed, about.st_nlink)


def create(path: Path, data: bytes) -> None:
    """Write a new file whole or not at all; raise `Unwritable` where one is already."""
    with _faults_in_words(path):
        mask = os.umask(0)
        os.umask(mask)
        temporary = _temporary(path, data, 0o666 & ~mask)
        try:
            os.link(temporary, path)  # unlike a rename, never over a file that has come meanwhile
        except OSError as failure:
            if failure.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS):
                raise
            _rename_into_nothing(temporary, path)
            return
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that may be there already (an export), whole or not at all."""
    with _faults_in_words(path):
        path = real_path(path)
        if path.exists() and not path.is_file():  # a device or a pipe cannot be replaced
            path.write_bytes(data)
            return
        try:
            about = path.stat()
        except FileNotFoundError:
            mask = os.umask(0)
            os.umask(mask)
            temporary = _temporary(path, data, 0o666 & ~mask)
            _put_in_place(temporary, path)
            return
        _write_beside(path, data, about)


def real_path(path: Path) -> Path:
    """The file behind symbolic links: it is replaced, and the links stay."""
    return Path(os.path.realpath(path))


@contextlib.contextmanager
def locked(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a file: a hidden sidecar, left on purpose, for removing it would race."""
    import filelock

    lock = filelock.FileLock(path.with_name(f".{path.name}.lock"), mode=0o666 & ~_umask())
    seconds = _lock_seconds()
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        on_wait()
        try:
            lock.acquire(timeout=seconds)
        except filelock.Timeout:
            raise Unwritable(
                _("another epn has kept the file for {seconds} seconds").format(seconds=f"{seconds:g}"),
                _("try again when it is done, or set EPN_LOCK_SECONDS to wait longer"),
                path=str(path),
            ) from None
    try:
        yield
    finally:
        lock.release()


def _lock_seconds() -> float:
    try:
        return max(float(os.environ.get("EPN_LOCK_SECONDS", "")), 0.0)
    except ValueError:
        return LOCK_SECONDS


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def replace(path: Path, data: bytes, about: os.stat_result) -> None:
    """Put new bytes in the place of a file that is still the one that `about` tells of."""
    if not os.access(path, os.W_OK):
        raise Unwritable(
            _("the file is read-only"), _("allow writing with: chmod u+w FILE"), path=str(path)
        )
    temporary = _temporary(path, data, stat.S_IMODE(about.st_mode), about)
    try:
        now = path.stat()
        if (now.st_ino, now.st_mtime_ns, now.st_size) != (about.st_ino, about.st_mtime_ns, about.st_size):
            raise Unwritable(
                _("the file was changed by another program just now; nothing was written"),
                _("save and close it in your editor, then try again"),
                path=str(path),
            )
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _put_in_place(temporary, path)


def _write_beside(path: Path, data: bytes, about: os.stat_result) -> None:
    _put_in_place(_temporary(path, data, stat.S_IMODE(about.st_mode), about), path)


def _rename_into_nothing(temporary: Path, path: Path) -> None:
    if path.exists():
        temporary.unlink(missing_ok=True)
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    _put_in_place(temporary, path)


def _temporary(path: Path, data: bytes, mode: int, about: os.stat_result | None = None) -> Path:
    """A file beside `path` with the data on disk, the mode and, as far as allowed, the owner."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:200]}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if about is not None and hasattr(os, "fchown"):
                _keep_owner(file.fileno(), about, path)
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


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


def _put_in_place(temporary: Path, path: Path) -> None:
    try:
        for attempt in range(10):
            try:
                os.replace(temporary, path)  # noqa: PTH105  named as in its documentation
                break
            except PermissionError:
                # Windows: a virus scanner or an editor may hold the file for a moment.
                if sys.platform != "win32" or attempt == 9:
                    raise
                time.sleep(0.05 * (attempt + 1))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; Windows and some network folders cannot."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _faults_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise _in_words(failure, path) from failure
    except UnicodeEncodeError:
        raise Unwritable(
            _("the value holds half a character (a lone surrogate), which no file can hold"),
            _("type the value again"),
            path=str(path),
        ) from None


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
            _("the file or its folder is gone"), _("check the path; nothing was written"),
        ),
        errno.EEXIST: (_("there is a file already"), _("choose another name")),
    }  # fmt: skip
    reasons[errno.EPERM] = reasons[errno.EACCES]
    message, hint = reasons.get(
        failure.errno,
        (
            _("the file cannot be written: {reason}").format(reason=failure.strerror or failure),
            _("nothing was written; try again"),
        ),
    )
    return Unwritable(message, hint, path=str(path))
