"""Atomic replacement of a file: write a temporary file beside it, sync it to disk, rename it."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from epncli.errors import Unwritable
from epncli.i18n import _
from epncli.system import signals
from epncli.system.os_errors import HELD, WINDOWS, because
from epncli.system.shell import allow_writing
from epncli.yamlfile.exchange import exchange

NEW_FILE = 0o666
"""The mode of a new file, before the umask is applied."""

# Some of the flags exist on some systems only. O_BINARY keeps Windows from writing \n as \r\n.
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def write_atomically(
    path: Path, data: bytes, *, like: Path | None = None, move: Callable[[Path, Path], None] | None = None
) -> None:
    """Write `data` to a file atomically, and remove the temporary file in any case.

    The file gets the mode, the extended attributes and the owner of the file `like`, usually the file that
    it replaces. Raises `Unwritable` if the system does not allow that. `move` renames the temporary file;
    by default it replaces `path`.
    """
    temporary = path.with_name(f"{_prefix(path)}{os.urandom(3).hex()}.tmp")
    with signals.clean_up(lambda: _remove(temporary)):
        _write(temporary, data, like)
        with signals.delayed():
            (move or _move)(temporary, path)
            _sync_folder(path.parent)


def _prefix(path: Path) -> str:
    """The prefix of the temporary files for this file. Short: Windows limits a path to 260 characters."""
    return f".epn-{zlib.crc32(os.fsencode(path.name)):08x}-"


def remove_leftovers(path: Path) -> None:
    """Remove the temporary files that killed processes have left. Call this only while holding the lock."""
    prefix = _prefix(path)
    with contextlib.suppress(OSError):
        for entry in path.parent.iterdir():
            if entry.name.startswith(prefix) and entry.suffix == ".tmp":
                _remove(entry)


def _remove(temporary: Path) -> None:
    """Remove a temporary file. Errors are ignored, since they do not affect the written file."""
    with contextlib.suppress(OSError):
        _repeated(lambda: temporary.unlink(missing_ok=True))


def _repeated(action: Callable[[], object]) -> None:
    """Run `action`; on Windows, retry for two seconds while another program has the file open."""
    for attempt in range(10):
        try:
            action()
        except PermissionError:
            if not WINDOWS or attempt == 9:
                raise
            time.sleep(0.05 * (attempt + 1))
        else:
            return


def _write(temporary: Path, data: bytes, like: Path | None) -> None:
    # 0600 until the final mode is set: the content of a private file must never be readable by others.
    handle = os.open(temporary, _FLAGS, NEW_FILE if like is None else 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        if like is not None:
            about = like.stat()
            _keep_owner(handle, about, like)
            if hasattr(os, "fchmod"):
                os.fchmod(handle, stat.S_IMODE(about.st_mode))
            _keep_attributes(handle, like)
        os.fsync(handle)


def _keep_owner(handle: int, about: os.stat_result, like: Path) -> None:
    now = os.fstat(handle)
    if not hasattr(os, "fchown") or (now.st_uid, now.st_gid) == (about.st_uid, about.st_gid):
        return
    try:
        os.fchown(handle, about.st_uid, about.st_gid)
    except OSError:
        raise Unwritable(
            _("the file belongs to another user, and replacing it would make you its owner"),
            _("ask its owner to make the change, or copy the file and work on the copy"),
            path=str(like),
        ) from None


def _keep_attributes(handle: int, like: Path) -> None:
    """Give the new file the extended attributes of the old one, including its access control list.

    Call this after fchmod: with an access control list, the group bits of the mode are its mask.
    """
    if not hasattr(os, "listxattr"):
        return
    wanted, given = _attributes(like), _attributes(handle)
    for name in {**given, **wanted}:
        if given.get(name) == wanted.get(name):
            continue
        try:
            if name in wanted:
                os.setxattr(handle, name, wanted[name])
            else:  # for example a default access control list of the folder
                os.removexattr(handle, name)
        except OSError:
            if name.startswith("security."):  # set by the system: a label of SELinux or similar
                continue
            raise Unwritable(
                _("the file has an attribute that cannot be copied to the new file: {name}").format(
                    name=name
                ),
                _("change the file in a text editor, or remove the attribute with setfattr or setfacl"),
                path=str(like),
            ) from None


def _attributes(file: Path | int) -> dict[str, bytes]:
    try:
        return {name: os.getxattr(file, name) for name in os.listxattr(file)}
    except OSError as failure:
        if failure.errno in (errno.ENOTSUP, errno.ENOSYS):  # the file system has no attributes
            return {}
        raise


def _move(temporary: Path, path: Path) -> None:
    _repeated(lambda: os.replace(temporary, path))  # noqa: PTH105  named as in its documentation


def move_over(expected: bytes, data: bytes) -> Callable[[Path, Path], None]:
    """A function that moves `data` over a file, and raises `Unwritable` unless the file holds `expected`.

    If the system can exchange two names, the replaced file is compared again after the move, and put back
    if another program has saved it in the meantime. On other systems, a save between the comparison and
    the move is lost. On every system, so is what a program writes at that moment to a file it has open.
    """

    def move(temporary: Path, path: Path) -> None:
        if path.read_bytes() != expected:
            raise _changed_by_another(path)
        exchanged = exchange(temporary, path)
        if not exchanged:
            _move(temporary, path)
        if not exchanged or (replaced := temporary.read_bytes()) == expected:
            signals.note_written()
            return
        placed = data
        while exchange(temporary, path):
            previous, replaced = replaced, temporary.read_bytes()
            if replaced == placed:
                raise _changed_by_another(path)
            placed = previous  # saved once more: put back what was just replaced
        _move(temporary, path)
        raise _changed_by_another(path)

    return move


def _changed_by_another(path: Path) -> Unwritable:
    return Unwritable(
        _("nothing was written: another program has just changed the file"),
        _("save and close it in your editor, then try again"),
        path=str(path),
    )


def move_where_nothing_is(temporary: Path, path: Path) -> None:
    """Rename a file, without replacing one that another process may have created. Raises FileExistsError."""
    try:
        os.link(temporary, path)
    except OSError as failure:
        if isinstance(failure, FileExistsError):
            raise
        # The disk has no hard links (FAT, some network drives). The error differs between systems.
        _take_name(path)
        try:
            _move(temporary, path)
        except OSError:
            path.unlink()
            raise


def _take_name(path: Path) -> None:
    """Create an empty file. Raises FileExistsError if there is one."""
    os.close(os.open(path, _FLAGS, NEW_FILE))


def refuse_read_only(path: Path) -> None:
    """Raise `Unwritable` for a read-only file: replacing it would bypass its permissions."""
    if not os.access(path, os.W_OK):
        command = allow_writing(path)
        hint = _("to make it writable: {command}").format(command=command) if command else ""
        raise Unwritable(_("the file is read-only"), hint, path=str(path))


def _sync_folder(folder: Path) -> None:
    """Sync a folder to disk, so that a rename survives a power cut. Ignored where it is not possible."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def os_errors_as_unwritable(path: Path) -> Iterator[None]:
    """Convert OSError to `Unwritable`, with a hint."""
    try:
        yield
    except OSError as failure:
        raise _in_words(failure, path) from failure


def _kind(failure: OSError, path: Path) -> int | None:
    """The errno of an error, made specific on Windows, which reports different errors with one number."""
    windows = getattr(failure, "winerror", None)
    if windows is not None and os.path.isdir(path):
        return errno.EISDIR
    # Access denied when replacing, though the temporary file could be written: the file is open elsewhere.
    if windows in HELD or (windows == 5 and failure.filename2 is not None):
        return errno.ETXTBSY
    return failure.errno


def _in_words(failure: OSError, path: Path) -> Unwritable:
    reasons: dict[int | None, tuple[str, str]] = {
        errno.ENOSPC: (_("the disk is full"), _("free some space, then try again")),
        errno.EDQUOT: (_("your disk quota is used up"), _("free some space, then try again")),
        errno.EFBIG: (_("the limit on the size of files is reached"), _("raise the limit (ulimit -f)")),
        errno.EROFS: (_("the disk is read-only"), _("copy the file to a folder where you can write")),
        errno.EACCES: (
            _("the folder of the file is not writable"),
            _("epn writes a new file beside the old one: check the permissions of the folder"),
        ),
        errno.EBUSY: (
            _("the file is mounted on its own and cannot be replaced"),
            _("mount the folder that contains it instead"),
        ),
        errno.ENOENT: (
            _("the file or its folder no longer exists")
            if os.path.isdir(path.parent)
            else _("the folder does not exist"),
            _("check the path; nothing was written"),
        ),
        errno.EISDIR: (_("this is a folder, not a file"), _("give the path of a file")),
        errno.EEXIST: (_("a file with this name already exists"), _("choose another name")),
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
