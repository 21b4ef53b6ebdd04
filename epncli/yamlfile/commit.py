"""Atomic change of a YAML file: lock, re-read, apply the splices, verify the result, replace the file."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from epncli import limits
from epncli.errors import Unwritable
from epncli.i18n import _
from epncli.yamlfile.layout import Splice, apply
from epncli.yamlfile.lock import locked
from epncli.yamlfile.reader import Document, Value, read_document
from epncli.yamlfile.replace import (
    move_over,
    move_where_nothing_is,
    os_errors_as_unwritable,
    refuse_read_only,
    remove_leftovers,
    write_atomically,
)
from epncli.yamlfile.source import decode, read_bytes


@dataclass(frozen=True, slots=True)
class Plan:
    """A planned change: the splices of the text, and the values that the file must have afterwards."""

    splices: list[Splice]
    expected: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Committed:
    """A file before and after a change. Both are the same document if there was nothing to do."""

    before: Document
    after: Document
    hard_links: int = 1
    """Number of hard links of the file before the change. The other links keep the old text."""


def prepare(document: Document, plan: Plan) -> Document:
    """The document after the plan, re-read and compared with the values that it must have.

    Raises `Unwritable` if they differ: the file has a layout that epn can read, but not change.
    """
    splices = [splice for splice in plan.splices if document.text[splice.start : splice.end] != splice.text]
    if not splices:
        return document
    try:
        text = apply(document.text, splices)
        source = decode(document.source.path, document.source.encode(text))
        changed = read_document(source)
    except UnicodeEncodeError:
        raise Unwritable(
            _("the value contains half a character (a lone surrogate), which cannot be written to a file"),
            _("type the value again"),
            path=str(document.source.path),
        ) from None
    except Exception as failure:
        raise _not_as_expected() from failure
    if changed.root != plan.expected:
        raise _not_as_expected()
    if changed.source.data == document.source.data:
        return document
    if len(changed.source.data) > limits.MAX_BYTES:
        raise Unwritable(
            _("nothing was written: the file would be larger than {limit} MB, and epn could no longer "
"read it")
            .format(limit=limits.MAX_BYTES >> 20),
            _("split the registry into two files"),
            path=str(document.source.path),
        )  # fmt: skip
    return changed


def _not_as_expected() -> Unwritable:
    return Unwritable(
        _("nothing was written: the change cannot be made without changing other parts of the file"),
        _("change the record in a text editor, then run ‘epn check’"),
    )


def commit(
    document: Document,
    make_plan: Callable[[Document], Plan],
    *,
    backup: bool = False,
    on_wait: Callable[[], None] = lambda: None,
    before_writing: Callable[[Document], None] = lambda _changed: None,
) -> Committed:
    """Change the file that `document` was read from, and return it before and after.

    `make_plan` is called with the document as read under the lock, which includes what other processes
    have written since. The other arguments are those of `rewrite`; `before_writing` is called with the
    document about to be written. Raises `Unwritable`.
    """
    before = after = document

    def change(data: bytes) -> bytes:
        nonlocal before, after
        if data != before.source.data:
            before = read_document(decode(document.source.path, data))
        after = prepare(before, make_plan(before))
        return after.source.data

    hard_links = rewrite(
        document.source.path,
        change,
        backup=backup,
        on_wait=on_wait,
        before_writing=lambda: before_writing(after),
    )
    return Committed(before, after, hard_links)


def rewrite(
    path: Path,
    change: Callable[[bytes], bytes],
    *,
    backup: bool = False,
    on_wait: Callable[[], None],
    before_writing: Callable[[], None],
) -> int:
    """Replace the content of a file, if `change` changes it, and return its number of hard links.

    `change` is called with the content as read under the lock. `on_wait` is called once if another process
    holds the lock; `before_writing` before anything is written. If one of them raises, the file is
    unchanged. `backup` keeps the previous file beside it, with `~` after its name. Raises `Unwritable`.
    """
    path = real_path(path)
    with os_errors_as_unwritable(path), locked(path, on_wait):
        about = path.stat()
        data = read_bytes(path)
        new = change(data)
        if new != data:
            refuse_read_only(path)
            remove_leftovers(path)
            before_writing()
            if backup:
                write_atomically(path.with_name(path.name + "~"), data, like=path)
            write_atomically(path, new, like=path, move=move_over(data, new))
        return about.st_nlink


def create(path: Path, data: bytes) -> None:
    """Create a file atomically. Raises `Unwritable` if it exists."""
    with os_errors_as_unwritable(path):
        write_atomically(path, data, move=move_where_nothing_is)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file (an export) atomically; it may exist. A device or a pipe is written to directly.

    Raises `Unwritable`, also for `missing/../file`, which leads nowhere: `real_path` would shorten it.
    """
    with os_errors_as_unwritable(path):
        if not os.path.isdir(path.parent):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
            path.write_bytes(data)  # replacing a device or a pipe would remove it
            return
        path = real_path(path)
        if not os.path.exists(path):
            write_atomically(path, data)
            return
        refuse_read_only(path)
        write_atomically(path, data, like=path)


def real_path(path: Path) -> Path:
    """The path with symbolic links resolved, so that the file is replaced and not a link to it."""
    return Path(os.path.realpath(path))
