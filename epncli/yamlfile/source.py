"""Reading and decoding of a file that users edit, so that its text can be encoded to the same bytes."""

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_right
from pathlib import Path
from typing import NamedTuple

from epncli import limits
from epncli.errors import Unreadable
from epncli.i18n import _
from epncli.system.os_errors import because, how_to_read

_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


class Source(NamedTuple):
    """A file as it was read: `bom` and the encoded `text` together are `data`."""

    path: Path
    data: bytes
    bom: bytes
    text: str

    def encode(self, text: str) -> bytes:
        """The bytes of the file with another text: its byte order mark is kept."""
        return self.bom + text.encode()

    def with_text(self, text: str) -> Source:
        """The same file with another text. Raises UnicodeEncodeError for half a character."""
        return self._replace(text=text, data=self.encode(text))


def read_source(path: Path) -> Source:
    """The bytes and the text of a UTF-8 file. Raises `Unreadable`, with a hint."""
    return decode(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most `limits.MAX_BYTES`. Raises `Unreadable` before reading more."""
    try:
        # O_NONBLOCK: opening a FIFO without a writer would block forever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise Unreadable(_("there is no such file"), _how_to_make(path), path=str(path)) from None
    except (OSError, ValueError) as failure:
        # Windows reports the same error for a folder and for a file without read permission.
        raise _not_a_file(path) if os.path.isdir(path) else _cannot_read(path, failure) from None
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):  # before fdopen, which raises its own error for a folder
        os.close(handle)
        raise _not_a_file(path)
    with os.fdopen(handle, "rb") as file:
        if about.st_size > limits.MAX_BYTES:
            raise _too_large(path)
        try:
            data = file.read(about.st_size + 1)  # to ask for more sets aside memory for it
            if len(data) > about.st_size:  # it has grown
                data += file.read(limits.MAX_BYTES + 1 - len(data))
        except OSError as failure:
            raise _cannot_read(path, failure) from None
    if len(data) > limits.MAX_BYTES:
        raise _too_large(path)
    return data


def read_stream(path: Path) -> bytes:
    """The bytes of a pipe or a device such as /dev/stdin, at most `limits.MAX_BYTES`; waits for its writer.

    Raises `Unreadable`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limits.MAX_BYTES + 1)
    except OSError as failure:
        raise _cannot_read(path, failure) from None
    if len(data) > limits.MAX_BYTES:
        raise _too_large(path)
    return data


def _how_to_make(path: Path) -> str:
    """The hint for a missing file; `epn init` is suggested only with the exact path of the file."""
    name = str(path)
    if os.path.lexists(path):
        return _("it is a broken link: restore its target, or delete the link")
    if not os.path.isdir(path.parent):
        return _("its folder does not exist either: check the path")
    if not name.isprintable():
        return _("check its path")
    from epncli.system.shell import line  # most commands do without this import

    word = line(f"./{name}" if name.startswith("-") else name)
    return _("‘epn init {file}’ creates a registry").format(file=word) if word else _("check its path")


def decode(path: Path, data: bytes) -> Source:
    """The text of UTF-8 bytes, without the byte order mark. Raises `Unreadable` for other encodings."""
    bom = _BOM if data.startswith(_BOM) else b""
    if data.startswith(_WIDE_BOMS) or b"\x00" in data[:2]:
        raise _not_a_text(path)
    try:
        text = data[len(bom) :].decode()
    except UnicodeDecodeError as failure:
        raise _not_utf8(path, data, len(bom) + failure.start) from None
    return Source(path, data, bom, text)


_digests: list[tuple[bytes, str]] = []
"""The last two contents whose digests were computed, with these: a change needs each of them twice."""


def digest_of(data: bytes) -> str:
    """The SHA-256 of the content of a file, in hexadecimal digits."""
    for known, digest in _digests:
        if known is data:
            return digest
    import hashlib

    digest = hashlib.sha256(data).hexdigest()
    _digests[1:] = _digests[:1]
    _digests[:1] = [(data, digest)]
    return digest


def place(text: str, index: int) -> tuple[int, int]:
    """The line and the column of a character, from 1, as an editor counts them."""
    start = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - start + 1


class Lines:
    """The lines of a text, for many characters: `place` reads the text from its start for each of them."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, index: int) -> tuple[int, int]:
        """The line and the column of a character, as the function `place`."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def index(self, line: int, column: int) -> int:
        """The offset of a character."""
        return self._starts[line - 1] + column - 1


def _not_utf8(path: Path, data: bytes, index: int) -> Unreadable:
    if b"\x00" in data[:64]:
        return _not_a_text(path)
    line_start = data.rfind(b"\n", 0, index) + 1
    return Unreadable(
        _("the file is not in UTF-8"),
        _("save it as UTF-8 in your text editor, then try again"),
        path=str(path),
        line=data.count(b"\n", 0, index) + 1,
        column=len(data[line_start:index].decode(errors="replace")) + 1,
    )


def _not_a_text(path: Path) -> Unreadable:
    return Unreadable(
        _("the file is in UTF-16 or UTF-32, or is not a text file"),
        _("save it as UTF-8 in your text editor, then try again"),
        path=str(path),
    )


def _not_a_file(path: Path) -> Unreadable:
    return Unreadable(
        _("this is not a regular file"), _("give the path of a YAML file with --registry"), path=str(path)
    )


def _too_large(path: Path) -> Unreadable:
    return Unreadable(*limits.too_large(), path=str(path))


def _cannot_read(path: Path, failure: Exception) -> Unreadable:
    return Unreadable(
        because(_("the file cannot be read"), failure),
        how_to_read(failure),
        path=str(path),
    )
