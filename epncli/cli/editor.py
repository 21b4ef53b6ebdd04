"""Editing of a record in the user's text editor, repeated until it is valid, without losing edited text."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from epncli.cli.screen import terminal
from epncli.cli.screen.listing import name_of
from epncli.cli.session import Session, validated
from epncli.cli.waiting_editors import command_that_waits
from epncli.errors import BadUsage, EpnError, Unwritable
from epncli.i18n import _, with_colon
from epncli.model.structure import FIELDS, Structure
from epncli.problems import Problem
from epncli.registry.changes import Change, ChangeOutcome, Edited
from epncli.registry.record_change import ChangedMeanwhile
from epncli.registry.record_text import RecordText
from epncli.registry.registry import difference
from epncli.system import signals
from epncli.system.os_errors import WINDOWS, reason
from epncli.system.shell import installed, program

_COLUMNS = 80
"""The width of the notes in the file."""
_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Done(NamedTuple):
    """The result of editing a record."""

    change: Change
    warnings: list[Problem]
    outcome: ChangeOutcome | None
    """None for a dry run."""


Finish = Callable[[Structure, Structure], Structure]
"""What else a change of a record sets, such as `date_maj`, from the structure before and after it."""


def edit_record(session: Session, before: Structure, finish: Finish) -> Done | None:
    """Let the user edit the YAML of a record, and write the change. Returns None if nothing changed.

    The change is written as `finish` returns it.
    If an error occurs after the text was changed, the text is kept, and the hint of the error says where.
    """
    editor = _editor()
    draft = Draft(before, _text_of(session, before))
    with signals.clean_up(draft.say_if_kept):
        try:
            done = _edit(session, before, editor, draft, finish)
        except EpnError as fault:
            fault.hint = "\n  ".join(line for line in (fault.hint, draft.kept()) if line)
            raise
        if done is None or not session.dry_run:
            draft.discard()
    return done


def edit_text(text: str) -> str:
    """A text, after the user has changed it in an editor. Raises BadUsage and Unwritable."""
    editor = _editor()
    with tempfile.TemporaryDirectory(prefix="epn-") as folder:
        file = Path(folder, "epn.yaml")
        file.write_bytes(text.encode())
        _run(editor, file)
        if file.read_bytes() == text.encode() and (command := command_that_waits(editor)):
            _run(command, file)
        return file.read_bytes().decode(errors="replace")


def _text_of(session: Session, structure: Structure) -> RecordText:
    return RecordText.of(session.registry.document, session.registry.index(structure))


def _edit(session: Session, before: Structure, editor: str, draft: Draft, finish: Finish) -> Done | None:
    about = _("the record of {name}").format(name=name_of(before))
    draft.note(
        _("{record}: save and close to continue, or close without changes to cancel").format(record=about)
    )
    while True:
        text = _edited(editor, draft)
        if not draft.is_changed(text):
            if draft.offers_lines:
                raise Unwritable(
                    _("your changes were not saved; the record keeps the other person’s changes")
                )
            return None
        try:
            return _carry_out(session, before, draft.record, text, finish)
        except ChangedMeanwhile as error:
            if not terminal.can_ask():
                raise
            terminal.report(error)
            if not _wants_to_go_on():
                raise Unwritable(
                    _("your changes were not saved; the record keeps the other person’s changes")
                ) from None
            session = session.read_again()
            before = _the_same(session, before, error)
            draft.offer_both(text, _text_of(session, before))
        except Unwritable:
            raise
        except EpnError as error:
            terminal.report(draft.placed(error))
            if not terminal.can_ask() or not _wants_to_go_on():
                raise Unwritable(_("the record is not valid; the registry was not changed")) from None
            draft.note(with_colon(error.message, error.hint) if error.hint else error.message)


def _edited(editor: str, draft: Draft) -> str:
    """The text after the editor has ended, or after the user has confirmed that it has."""
    _run(editor, draft.path)
    text = draft.read()
    if draft.is_changed(text) or not (command := command_that_waits(editor)):
        return text
    terminal.say(
        _("‘{editor}’ does not wait until the file is closed; set VISUAL or EDITOR to ‘{command}’").format(
            editor=editor, command=command
        )
    )
    if terminal.can_ask():
        terminal.ask(_("Press Enter when you have saved and closed the file"))
        text = draft.read()
    return text


def _carry_out(session: Session, before: Structure, record: RecordText, saved: str, finish: Finish) -> Done:
    """Write an edited text, with the changed fields in normal form; see `edit_record`."""
    wanted = Structure.from_values(record.values(record.edited(saved)))
    # Errors in fields that the user has not changed are not refused.
    normal, warnings = validated(wanted, difference(before, wanted))
    change = Change(before, finish(before, normal), Edited(record.shown, saved))
    return Done(change, warnings, session.carry_out([change]))


def _the_same(session: Session, before: Structure, error: ChangedMeanwhile) -> Structure:
    """The structure as someone else has changed it. Raises `error` if its id no longer exists."""
    same = [one for one in session.registry.structures if one.id == before.id]
    if len(same) != 1:
        raise error
    return same[0]


def _wants_to_go_on() -> bool:
    return terminal.ask(_("Edit it again? [Y/n]")).casefold() not in ("n", "no", "non")


class Draft:
    """The temporary file with the record to edit, and notes that begin with `#!` above and below it."""

    def __init__(self, structure: Structure, record: RecordText) -> None:
        self.record = record
        self.offers_lines = False
        """True if the notes contain lines that the user has typed."""
        name = re.sub(r"[^A-Za-z0-9-]+", "-", structure.id)[:60]
        handle, path = tempfile.mkstemp(prefix=f"epn-{name}-", suffix=".yaml")
        os.close(handle)
        self.path = Path(path)
        self._said = False
        self._notes: set[str] = set()
        self._above = ("", 0)
        """The mark and number of the notes above the text; a replacement in the whole file changes them."""
        self._below: list[str] = []
        self._numbers: list[int] = []
        """The numbers of the lines that are no notes, from 1."""
        self._write("", record.shown)

    def _write(self, words: str, text: str) -> None:
        mark = "#!"  # extended until no line of the record starts with it, since notes are removed on reading
        while any(line.startswith(mark) for line in text.splitlines()):
            mark += "!"
        width = _COLUMNS - len(mark) - 1
        above = terminal.folded(terminal.visible(words.replace("\n", " ")), width, 2) if words else []
        below = [*self._below, *self._addable(width)]
        if (
            not self._below and not self.record.lines[-1].strip()
        ):  # many editors remove blank lines at the end
            below.insert(0, _("the blank lines above belong to the last value"))
        head, tail = ("".join(f"{mark} {note}\n" for note in notes) for notes in (above, below))
        self._notes = {line.rstrip() for line in _LINE.findall(head + tail)}
        self._above = (f"{mark} ", len(above))
        between = "\n" if tail and not text.endswith("\n") else ""
        self.path.write_text(head + text + between + tail, encoding="utf-8", newline="")

    def _addable(self, width: int) -> list[str]:
        """The fields that the record lacks, each as a line to complete, below a sentence that says so."""
        if self.record.in_braces:
            return []
        known = self.record.values(self.record.lines)
        lines = [
            f"{name}: []" if field.many else f"{name}:" for name, field in FIELDS.items() if name not in known
        ]
        words = _("fields that can be added: complete the line, and remove the mark at its start")
        return [*terminal.folded(words, width, 2), *lines] if lines else []

    def note(self, words: str) -> None:
        """Replace the note above the text."""
        self._write(words, self.read())

    def offer_both(self, saved: str, now: RecordText) -> None:
        """Write the record as someone else has changed it, and below it, as notes, the user's own lines."""
        typed = self.record.typed(self.record.edited(saved))
        own = [line for line in typed if line.strip() and line not in now.lines]
        self.record, self.offers_lines = now, True
        if own:
            self._below = [
                _("your lines follow; to keep one, move it up and remove the mark at its start:"),
                *own,
            ]
        self._write(
            _("someone else has changed this record in the meantime; this is its current text"), now.shown
        )

    def is_changed(self, text: str) -> bool:
        """True if the text differs from the record and is not blank."""
        return bool(text.strip()) and self.record.edited(text) != self.record.lines

    def read(self) -> str:
        """The text in the file, without the notes. Raises `Unwritable` if it cannot be read as UTF-8."""
        try:
            lines = _LINE.findall(self.path.read_bytes().decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError) as fault:
            message = _("the edited text cannot be read as UTF-8: {reason}").format(reason=reason(fault))
            raise Unwritable(message) from None
        mark, above = self._above
        is_note = [
            line.rstrip() in self._notes or (at < above and line.startswith(mark))
            for at, line in enumerate(lines)
        ]
        self._numbers = [number for number, note in enumerate(is_note, 1) if not note]
        return "".join(line for line, note in zip(lines, is_note, strict=True) if not note)

    def placed(self, error: EpnError) -> EpnError:
        """An error of the edited text, with its line in this file; an error of the registry is unchanged."""
        if error.path not in ("", "."):  # a text that is parsed separately has no path
            return error
        line = self._numbers[min(error.line, len(self._numbers)) - 1] if error.line and self._numbers else 0
        return EpnError(error.message, error.hint, path=self.path.name, line=line, column=error.column)

    def discard(self) -> None:
        """Remove the file: its content is in the registry."""
        self.path.unlink(missing_ok=True)

    def kept(self) -> str:
        """The message that says where the text is kept; "" if it is unchanged, after removing the file."""
        with suppress(Unwritable):
            if not self.offers_lines and not self.is_changed(self.read()):
                self.discard()
        if not os.path.exists(self.path):  # the editor may have removed it
            return ""
        self._said = True
        return _("your text is kept in {file}").format(file=self.path)

    def say_if_kept(self) -> None:
        """Say where the text is kept, unless `kept` was already called for an error."""
        if not self._said and (words := self.kept()):
            terminal.say(words)


def _run(editor: str, file: Path) -> None:
    try:
        command = program(editor, str(file))
        with signals.interrupt_left_to_child():
            code = subprocess.run(command, check=False).returncode  # noqa: S603  set by the user
    except OSError as fault:
        raise Unwritable(
            _("the editor ‘{command}’ could not be started: {reason}").format(
                command=editor, reason=reason(fault)
            ),
            _("set VISUAL or EDITOR to the command of your text editor"),
        ) from None
    if code:
        raise Unwritable(
            _("the editor exited with an error ({code}); the registry was not changed").format(code=code)
        )


def _editor() -> str:
    """The editor of VISUAL or EDITOR, else the default editor of the system.

    Raises BadUsage without a terminal, and Unwritable if there is no editor.
    """
    for name in ("VISUAL", "EDITOR"):
        if wanted := os.environ.get(name, "").strip():
            return wanted
    if not (terminal.can_ask() and terminal.is_terminal()):
        raise BadUsage(_("there is no terminal to open an editor in"), _("add --set FIELD=VALUE"))
    if found := installed(*(("notepad",) if WINDOWS else ("sensible-editor", "nano", "vim", "vi"))):
        return found
    raise Unwritable(
        _("no text editor was found"), _("set VISUAL or EDITOR to the command of your text editor")
    )
