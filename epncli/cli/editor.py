"""A record in the user's own editor: asked again until it is valid, and the text is never thrown away."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from epncli.changes import Change, Outcome
from epncli.cli import terminal
from epncli.cli.change import Session, judged, stood_by
from epncli.cli.selection import name_of
from epncli.commandline import WINDOWS, installed, program
from epncli.errors import BadUsage, EpnError, Unwritable
from epncli.i18n import _
from epncli.problems import Problem
from epncli.reasons import reason
from epncli.recordtext import RecordText, read_record, with_values
from epncli.registry import difference
from epncli.structure import Structure

Edited = tuple[Change, list[Problem], Outcome | None]
"""A change as a person made it, its warnings, and what came of it."""

_NOTE = re.compile(r"\A#!.*\n?")
"""The line that epn puts above the record; it goes when the text is read back."""


def edit_record(session: Session, before: Structure) -> Edited | None:
    """Carry out the change that a person makes of the record's own YAML; None: nothing changed.

    Whatever goes wrong once the text is another one, it is kept, and the error tells where.
    """
    original = RecordText.of(session.registry.document, session.registry.index(before)).text
    editor = _editor()
    file = _draft(before, original)

    def accept(text: str) -> Edited:
        change, warnings = _change(before, text)
        return change, warnings, session.carry_out([change])

    try:
        what = _("the record of {name}").format(name=name_of(before))
        edited = _edit(editor, file, original, what, accept)
    except BaseException as fault:
        _keep(file, original, fault)
        raise
    if edited is not None and session.dry_run:
        terminal.say(_kept_in(file))
    else:
        file.unlink()
    return edited


def _edit(
    editor: str, file: Path, original: str, what: str, accept: Callable[[str], Edited]
) -> Edited | None:
    note = _("{record}; save and close to go on, unchanged to give up").format(record=what)
    while True:
        file.write_text(f"#! {terminal.visible(note)}\n" + _read(file), encoding="utf-8", newline="")
        _run(editor, file)
        text = _read(file)
        if text.rstrip() == original.rstrip() or not text.strip():
            return None
        try:
            return accept(text)
        except Unwritable:
            raise
        except EpnError as error:
            terminal.report(_placed(error, file))
            if not terminal.can_ask() or _gives_up():
                raise Unwritable(_("the record is not valid; the registry is as it was")) from None
            note = (
                terminal.with_colon(error.message, error.hint).replace("\n", " ")
                if error.hint
                else error.message
            )


def _change(before: Structure, text: str) -> tuple[Change, list[Problem]]:
    """What an edited text says, in normal form and with today's date where it sets none."""
    wanted = Structure.from_values(read_record(text))
    names = {*difference(before, wanted), "id", "nom", "commune", "code_postal"}
    normal, warnings = judged(wanted, names)
    after = stood_by(before, normal)
    fields = {
        name: (value if isinstance(value, str) else list(value)) or None
        for name, value in difference(wanted, after).items()
    }
    return Change(before, after, with_values(text, fields) if fields else text), warnings


def _draft(structure: Structure, text: str) -> Path:
    name = re.sub(r"[^A-Za-z0-9-]+", "-", structure.id)[:60]
    handle, path = tempfile.mkstemp(prefix=f"epn-{name}-", suffix=".yaml")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return Path(path)


def _read(file: Path) -> str:
    try:
        return _NOTE.sub("", file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as fault:
        message = _("the edited text cannot be read as UTF-8: {reason}").format(reason=reason(fault))
        raise Unwritable(message) from None


def _keep(file: Path, original: str, fault: BaseException) -> None:
    """Leave the text where it is and say so; or take it away, if it is still the registry's own."""
    try:
        if _read(file).rstrip() == original.rstrip():
            file.unlink(missing_ok=True)
            return
    except Unwritable:
        if not file.exists():  # the editor took it away: nothing is kept
            return
    if isinstance(fault, EpnError):
        fault.hint = "\n  ".join(line for line in (fault.hint, _kept_in(file)) if line)
    else:
        terminal.say(_kept_in(file))


def _kept_in(file: Path) -> str:
    return _("your text is kept in {file}").format(file=file)


def _run(editor: str, file: Path) -> None:
    try:
        command = program(editor, str(file))
        with _interrupt_is_the_editors():
            code = subprocess.run(command, check=False).returncode  # noqa: S603  the user's own
    except OSError as fault:
        raise Unwritable(
            _("the editor ‘{command}’ does not start: {reason}").format(command=editor, reason=reason(fault)),
            _("set VISUAL or EDITOR to your text editor"),
        ) from None
    if code:
        raise Unwritable(
            _("the editor ended with an error ({code}); the registry is as it was").format(code=code)
        )


@contextmanager
def _interrupt_is_the_editors() -> Iterator[None]:
    """Ctrl-C goes to all programs of a terminal: here it is meant for the editor alone."""
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _editor() -> str:
    """The command that the user has set, else that of an editor that every system of the kind has."""
    for name in ("VISUAL", "EDITOR"):
        if wanted := os.environ.get(name, "").strip():
            return wanted
    if not (terminal.can_ask() and terminal.is_terminal()):
        raise BadUsage(
            _("there is no terminal here in which an editor could open"), _("add --set FIELD=VALUE")
        )
    if found := installed(*(("notepad",) if WINDOWS else ("sensible-editor", "nano", "vim", "vi"))):
        return found
    raise Unwritable(_("there is no text editor"), _("set VISUAL or EDITOR to the command of yours"))


def _placed(error: EpnError, file: Path) -> EpnError:
    """The error with its line in the draft: below the note, without the line that was put above."""
    line = max(error.line - 1, 1) + 1 if error.line else 0
    column = max(error.column - 2, 1) if error.column else 0
    return EpnError(error.message, error.hint, path=file.name, line=line, column=column)


def _gives_up() -> bool:
    return terminal.ask(_("Edit it again? [Y/n]")).casefold() in ("n", "no", "non")
