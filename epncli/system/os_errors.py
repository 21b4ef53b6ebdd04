"""Reasons of errors of the system and of libraries, which are in English, in the language of this process."""

from __future__ import annotations

import errno
import os
from typing import Final

from epncli.i18n import N_, _, language

WINDOWS = os.name == "nt"
HELD: Final = (32, 33)
"""Windows error numbers for a file, or a part of it, that another program has locked."""

_REASONS: Final = {
    errno.EACCES: N_("Permission denied"),
    errno.EBADF: N_("Bad file descriptor"),
    errno.EBUSY: N_("Device or resource busy"),
    errno.EDQUOT: N_("Disk quota exceeded"),
    errno.EEXIST: N_("File exists"),
    errno.EFBIG: N_("File too large"),
    errno.EINVAL: N_("Invalid argument"),
    errno.EIO: N_("Input/output error"),
    errno.EISDIR: N_("Is a directory"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
    errno.EMFILE: N_("Too many open files"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.ENODEV: N_("No such device"),
    errno.ENOENT: N_("No such file or directory"),
    errno.ENOEXEC: N_("Exec format error"),
    errno.ENOMEM: N_("Cannot allocate memory"),
    errno.ENOSPC: N_("No space left on device"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.ENXIO: N_("No such device or address"),
    errno.EPERM: N_("Operation not permitted"),
    errno.EROFS: N_("Read-only file system"),
    errno.ETIMEDOUT: N_("Connection timed out"),
}
"""The messages of Linux."""
_DAMAGED: Final = N_("its content is damaged")
_LIBRARIES: Final = {
    "BadZipFile": _DAMAGED,
    "CalamineError": _DAMAGED,
    "XmlError": _DAMAGED,
    "ZipError": _DAMAGED,
    "error": _DAMAGED,
}
"""Reasons by the name of the exception class. Those of zlib and struct are named `error`."""


def reason(failure: Exception) -> str:
    """The reason of an error in the language of this process, or that it is not known."""
    return _words(failure) or _("the reason is not known")


def because(message: str, failure: Exception) -> str:
    """The message, followed by the reason if it is known in the language of this process."""
    words = _words(failure)
    return _("{message}: {reason}").format(message=message, reason=words) if words else message


def how_to_read(failure: Exception) -> str:
    """The hint for a file that cannot be read."""
    if WINDOWS and isinstance(failure, PermissionError):  # Windows does not report which of the two it is
        return _("close it in any program that has it open, or check its permissions")
    return _("check its path and its permissions")


def _words(failure: Exception) -> str:
    if isinstance(failure, OSError) and failure.errno:
        if getattr(failure, "winerror", None) in HELD:
            return _("another program has the file open")
        if failure.errno == errno.EACCES and failure.filename and os.path.isdir(failure.filename):
            return _(_REASONS[errno.EISDIR])  # Windows reports EACCES for a folder
        if failure.errno in _REASONS:
            return _(_REASONS[failure.errno])
        return errno.errorcode.get(failure.errno, str(failure.errno))
    if isinstance(failure, UnicodeDecodeError):
        return _("the byte {byte} on line {line} is not valid").format(
            byte=f"{failure.object[failure.start]:02X}",
            line=failure.object.count(b"\n", 0, failure.start) + 1,
        )
    if type(failure) is ValueError and "null" in str(failure):  # the message differs between Python versions
        return _("a name cannot contain a null character")
    if language() == "en":
        return str(failure)
    name = type(failure).__name__
    return _(_LIBRARIES[name]) if name in _LIBRARIES else ""
