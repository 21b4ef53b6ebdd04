"""A record in the user's own editor: asked again until it is valid, and the text is never thrown away."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from epncli.cli import terminal
from epncli.cli.change import judged, stood_by
from epncli.errors import EpnError, Unwritable
from epncli.i18n import _
from epncli.problems import Problem
from epncli.recordtext import RecordText, read_record, with_values
from epncli.changes import Change
from epncli.registry import Registry, difference
from epncli.structure import Structure

_NOTE = re.compile(r"^#!.*\n?", re.MULTILINE)
"""The lines that epn puts above the record; they go when it is read back."""


def edit_record(registry: Registry, before: Structure) -> tuple[Change | None, list[Problem]]:
    """The change that a person made of the record's own YAML; None: nothing changed."""
    original = RecordText.of(registry.document, registry.index(before)).text
    file = _draft(before, original)
    note = _("the record of {name}; save and close to go on, unchanged to give up").format(name=before.nom)
    while True:
        _write(file, f"#! {terminal.visible(note)}\n" + _NOTE.sub("", _read(file)))
        _run_editor(file)
        text = _NOTE.sub("", _read(file))
        if text.rstrip() == original.rstrip() or not text.strip():
            file.unlink()
            return None, []
        try:
            change, warnings = _change(before, text)
        except EpnError as error:
            terminal.report(_placed(error, file))
            if not terminal.can_ask() or _gives_up():
                raise Unwritable(
                    _("the record is not valid; the registry is as it was"),
                    _("your text is kept in {file}").format(file=file),
                ) from None
            note = " ".join(f"{error.message}: {error.hint}".split())
            continue
        file.unlink()
        return change, warnings


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
        return file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise Unwritable(
            _("the edited text cannot be read as UTF-8: {reason}").format(reason=fault),
            _("your text is kept in {file}").format(file=file),
        ) from None


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="")


def _run_editor(file: Path) -> None:
    command = _editor()
    try:
        code = subprocess.run([*command, str(file)], check=False).returncode  # noqa: S603  the user's own
    except OSError as fault:
        file.unlink()
        raise Unwritable(
            _("the editor ‘{command}’ does not start: {reason}").format(
                command=shlex.join(command), reason=fault.strerror or fault
            ),
            _("set VISUAL or EDITOR to your text editor"),
        ) from None
    if code:
        raise Unwritable(
            _("the editor ended with an error ({code}); the registry is as it was").format(code=code),
            _("your text is kept in {file}").format(file=file),
        )


def _editor() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        if command := shlex.split(os.environ.get(name, "")):
            return command
    for name in ("sensible-editor", "nano", "vim", "vi", "notepad"):
        if found := shutil.which(name):
            return [found]
    raise Unwritable(_("there is no text editor"), _("set VISUAL or EDITOR to the command of yours"))


def _placed(error: EpnError, file: Path) -> EpnError:
    """The error with its line in the draft: below the note, without the line that was put above."""
    line = max(error.line - 1, 1) + 1 if error.line else 0
    column = max(error.column - 2, 1) if error.column else 0
    return EpnError(error.message, error.hint, path=file.name, line=line, column=column)


def _gives_up() -> bool:
    return terminal.ask(_("Edit it again? [Y/n]")).casefold() in ("n", "no", "non")
