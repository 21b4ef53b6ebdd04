"""Undo: what takes back the changes of a registry, one after the other, to the byte."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from epncli.errors import NegativeAnswer
from epncli.i18n import _
from epncli.registry.changes import ChangeOutcome
from epncli.registry.registry import difference
from epncli.registry.undo_log import Beside, Step, UndoLog
from epncli.yamlfile.commit import rewrite
from epncli.yamlfile.layout import apply, inverse
from epncli.yamlfile.source import decode, digest_of, read_bytes


def step_of(outcome: ChangeOutcome, command: str, when: str, beside: Path | None) -> Step:
    """What takes back a change that is about to be written.

    `when` is the local time in ISO 8601. `beside` is another file that the command replaces afterwards.
    Raises OSError if it cannot be read.
    """
    before, after = outcome.before.document, outcome.written
    made = outcome.changes
    only = made[0] if len(made) == 1 else None
    named = only and (only.after or only.before)
    return Step(
        when=when,
        command=command,
        added=sum(change.before is None for change in made),
        changed=sum(change.before is not None and change.after is not None for change in made),
        removed=sum(change.after is None for change in made),
        name=(named.nom or named.id) if named else "",
        fields=tuple(difference(only.before, only.after)) if only and only.before and only.after else (),
        before=digest_of(before.source.data),
        after=digest_of(after.source.data),
        splices=tuple(inverse(before.text, outcome.splices)),
        beside=_beside(beside) if beside else None,
    )


def _beside(path: Path) -> Beside:
    path = path.absolute()
    return Beside(
        str(path), path.read_bytes().decode(errors="surrogateescape") if os.path.isfile(path) else None
    )


class Undone(NamedTuple):
    """A step that was taken back, or would be, and the text of the file before and after."""

    step: Step
    before: str
    after: str
    hard_links: int = 1
    """Number of hard links of the replaced file. The other links keep the old text."""


def undo(
    path: Path,
    *,
    on_wait: Callable[[], None] = lambda: None,
    before_writing: Callable[[Step], None] = lambda _step: None,
) -> Undone:
    """Take back the last change of a file.

    Raises `NegativeAnswer` if there is none, or if something else has changed the file since; `Unreadable`;
    and `Unwritable`. `on_wait` is called once if another process holds the lock, `before_writing` with the
    step before anything is written.
    """
    preview_undo(path)  # where there is nothing to undo, no lock is taken and no lock file created
    log = UndoLog(path)
    done: list[_Previous] = []

    def take_back(data: bytes) -> bytes:
        done.append(_previous(log, path, data))
        return done[0].data

    def about_to_write() -> None:
        before_writing(done[0].step)

    hard_links = rewrite(path, take_back, on_wait=on_wait, before_writing=about_to_write)
    [previous] = done
    log.drop(previous.step)
    return Undone(previous.step, previous.text_now, previous.text, hard_links)


def preview_undo(path: Path) -> Undone:
    """What `undo` would do, without locking or writing the file. Raises the same errors."""
    previous = _previous(UndoLog(path), path, read_bytes(path))
    return Undone(previous.step, previous.text_now, previous.text)


@dataclass(frozen=True, slots=True)
class Undoable:
    """The changes that `undo` takes back one after the other, newest first."""

    steps: list[Step]
    complete: bool
    """False if the log has older changes that no longer lead from the file as it is."""


def undoable(path: Path) -> Undoable:
    """The changes of a file that can be undone. Raises `Unreadable` if the file cannot be read."""
    now = digest_of(read_bytes(path))
    known = [step and replace(step, splices=(), beside=None) for step in UndoLog(path).steps()]
    chain = list(leading_to(known, now))
    return Undoable(chain, complete=chain[-1:] == known[-1:])


def leading_to(steps: Iterable[Step | None], digest: str) -> Iterator[Step]:
    """The steps, newest first, that lead one after the other back from the file with this digest.

    Skipped are a step that was never written or has already been taken back (it starts from the file as it
    is), and one that cannot be read (None): no step is taken that does not lead from the file as it is.
    """
    for step in steps:
        if step is None or (step.before == digest != step.after):
            continue
        if step.after != digest:
            return
        yield step
        digest = step.before


class _Previous(NamedTuple):
    step: Step
    text_now: str
    text: str
    data: bytes


def _previous(log: UndoLog, path: Path, data: bytes) -> _Previous:
    """The content of the file before its last change. Raises `NegativeAnswer`."""
    step = next(leading_to(log.steps(), digest_of(data)), None)
    if step is None:
        raise _nothing_to_undo(log, path)
    source = decode(path, data)
    try:
        text = apply(source.text, list(step.splices))
        previous = source.encode(text)
    except ValueError:  # half a character: the log is damaged
        raise _damaged(path) from None
    if digest_of(previous) != step.before:
        raise _damaged(path)
    return _Previous(step, source.text, text, previous)


def _nothing_to_undo(log: UndoLog, path: Path) -> NegativeAnswer:
    for last in log.steps():
        if last is None:
            return _damaged(path)
        break
    else:
        return NegativeAnswer(_("there is no change by epn to undo"), path=str(path))
    return NegativeAnswer(
        _("the file was changed by something else since the last change by epn; nothing was undone"),
        _("to undo it all the same, first take back the other change, in a text editor or with git"),
        path=str(path),
    )


def _damaged(path: Path) -> NegativeAnswer:
    return NegativeAnswer(
        _("nothing to undo: what was kept about the last change cannot be read or is damaged"), path=str(path)
    )
