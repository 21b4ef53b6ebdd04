"""The log of the changes of one file, in the user's state folder: what takes each of them back.

Each change is a file of its own, numbered: a SHA-256 of the rest, a line break, and a JSON object. What is
there is not trusted: a file that is damaged, too large, or not this user's alone is read as None.
"""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from epncli import limits
from epncli.system.private import create_private, make_private, open_private, refuse_foreign
from epncli.system.state_folder import state_folder
from epncli.yamlfile.commit import real_path
from epncli.yamlfile.layout import Splice

KEPT: Final = 20
"""Number of changes that are kept of each file."""

_NUMBERED = re.compile(r"\d{1,18}\.json", re.ASCII)
_ENCODING: Final = ("utf-8", "surrogatepass")
"""The name of a file may contain half characters: bytes that are no text."""


class Beside(NamedTuple):
    """Another file that a command has replaced, and its content before; None if it did not exist.

    Bytes that are no UTF-8 are half characters (surrogateescape).
    """

    path: str
    content: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a file, and what takes it back."""

    when: str
    """Local time, in ISO 8601: 2026-01-31T14:05:00."""
    command: str
    added: int
    """Number of structures that were added."""
    changed: int
    removed: int
    name: str
    """The name of the structure if there was only one, else ""."""
    fields: tuple[str, ...]
    """The fields of that structure that were changed."""
    before: str
    """SHA-256 of the file before the change, in hexadecimal digits."""
    after: str
    splices: tuple[Splice, ...]
    """The splices that turn the text after the change into the text before it."""
    beside: Beside | None
    number: int = 0
    """The number of the step in the log."""


class UndoLog:
    """The log of one file, which is known by its real path."""

    def __init__(self, file: Path) -> None:
        self._file = os.path.normcase(real_path(file))

    def _folder(self) -> Path:
        """The folder of the log. Raises OSError."""
        return state_folder() / "undo" / hashlib.sha256(os.fsencode(self._file)).hexdigest()[:32]

    def steps(self) -> Iterator[Step | None]:
        """The steps, newest first; None for one that cannot be read."""
        try:
            folder = self._folder()
            numbers = _numbers(folder)
        except OSError:
            return
        for number in numbers[:KEPT]:
            step = _read(folder / f"{number}.json")
            yield step and dataclasses.replace(step, number=number)

    def add(self, step: Step) -> None:
        """Add a step, and remove the oldest ones. Call this while holding the lock. Raises OSError."""
        folder = self._folder()
        for one in (state_folder(), folder.parent, folder):
            make_private(one)
        numbers = _numbers(folder)
        path = folder / f"{next(iter(numbers), 0) + 1}.json"
        data = _data_of(step)
        if len(data) > limits.MAX_BYTES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        handle = create_private(path)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as failure:
            _remove(path)
            failure.filename = str(path)
            raise
        for old in numbers[KEPT - 1 :]:
            _remove(folder / f"{old}.json")

    def drop(self, step: Step) -> None:
        """Remove a step that was taken back, and those after it, which were never written.

        If they cannot be removed, nothing is lost: they no longer lead from the file as it is.
        """
        with suppress(OSError):
            folder = self._folder()
            for number in _numbers(folder):
                if number >= step.number:
                    _remove(folder / f"{number}.json")


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _numbers(folder: Path) -> list[int]:
    """The numbers of the steps, newest first. Raises OSError if the folder is not this user's."""
    for one in (folder.parent.parent, folder.parent, folder):
        if not os.path.lexists(one):
            return []
        refuse_foreign(one, one.lstat(), stat.S_ISDIR)
    found = (entry for entry in folder.iterdir() if _NUMBERED.fullmatch(entry.name))
    return sorted((int(entry.stem) for entry in found), reverse=True)


def _read(path: Path) -> Step | None:
    try:
        with os.fdopen(open_private(path), "rb") as file:
            return _step_of(file.read(limits.MAX_BYTES))  # the checksum of a longer one is wrong
    except (OSError, ValueError, RecursionError):
        return None


def _data_of(step: Step) -> bytes:
    values = dataclasses.asdict(step)
    del values["number"]
    text = json.dumps(values, ensure_ascii=False).encode(*_ENCODING)
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


def _step_of(data: bytes) -> Step:
    """The step in the content of a file. Raises ValueError if it is damaged."""
    digest, _line_break, text = data.partition(b"\n")
    if hashlib.sha256(text).hexdigest().encode() != digest:
        raise ValueError
    match json.loads(text.decode(*_ENCODING)):
        case {
            "when": str(when), "command": str(command), "name": str(name), "fields": list(fields),
            "added": int(added), "changed": int(changed), "removed": int(removed),
            "before": str(before), "after": str(after), "splices": list(splices), "beside": beside,
        }:  # fmt: skip
            return Step(
                when, command, added, changed, removed, name, tuple(map(str, fields)), before, after,
                _splices(splices), _beside(beside),
            )  # fmt: skip
    raise ValueError


def _splices(found: list[Any]) -> tuple[Splice, ...]:
    """The splices, which must follow one another: only then is the text that they give limited."""
    splices = []
    at = 0
    for one in found:
        match one:
            case [int(start), int(end), str(text)] if at <= start <= end:
                splices.append(Splice(start, end, text))
                at = end
            case _:
                raise ValueError
    return tuple(splices)


def _beside(found: Any) -> Beside | None:
    match found:
        case None:
            return None
        case [str(path), None | str() as content]:
            return Beside(path, content)
    raise ValueError
