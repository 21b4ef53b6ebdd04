"""`epn edit REF` without options: editing the record with a small script as the editor."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from epncli.cli import editor as module
from epncli.cli.screen import terminal
from epncli.model.structure import FIELDS

Command = Callable[..., Any]

TEXT_CHANGED = ": the text was changed, but the values are the same\n  to undo: epn undo\n"


def addable(*known: str) -> str:
    """What stands below a record in the editor: the fields that it lacks, as comments."""
    lines = [
        f"#! {name}: []" if field.many else f"#! {name}:"
        for name, field in FIELDS.items()
        if name not in known
    ]
    words = "#! fields that can be added: complete the line, and remove the mark at its start"
    return "\n".join([words, *lines, ""])


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which epn puts the text that is edited."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the editor: Python lines that find the `text` of the file and may change it, and its `path`."""

    def make(body: str) -> None:
        script = tmp_path / "editeur.py"
        script.write_text(
            "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\ntext = path.read_text()\n"
            f"{body}\npath.write_text(text, newline='' if '\\r' in text else None)\n"
        )
        # In UTF-8 mode, since that is what a draft is in, whatever the system's own encoding.
        monkeypatch.setenv("EDITOR", f"{sys.executable} -X utf8 {script}")

    return make


def test_the_records_own_text_is_edited_and_put_back(
    invoke: Command, registry: Path, drafts: Path, editor: Callable[[str], None], tmp_path: Path,
) -> None:  # fmt: skip
    before = registry.read_text()
    editor(
        f"pathlib.Path({str(tmp_path / 'seen')!r}).write_text(text)\n"
        "text = text.replace('vu sur place', 'vu deux fois').replace('01 53 16 14 83', '+33153161484')"
    )
    run = invoke("edit", "alternord")
    assert (run.code, run.out, run.err) == (
        0,
        "",
        ("Alternord: changed phone numbers\n  to undo: epn undo\n"),
    )
    assert (tmp_path / "seen").read_text() == (
        "#! the record of Alternord: save and close to continue, or close without changes\n"
        "#!   to cancel\n"
        "id: alternord  # vu sur place\n"
        'nom: "Alternord"\n'
        "commune: Paris\n"
        "code_postal: '75009'\n"
        "telephones:\n"
        "  - 01 53 16 14 82\n"
        "  - 01 53 16 14 83  # le soir\n"
        "autres_formations_labels: [NetPublic]\n"
        'date_maj: "2026-01-31"\n'
        + addable("id", "nom", "commune", "code_postal", "telephones", "autres_formations_labels", "date_maj")
    )
    assert max(map(len, (tmp_path / "seen").read_text().splitlines())) <= 80
    assert registry.read_text() == before.replace("vu sur place", "vu deux fois").replace(
        "01 53 16 14 83", "01 53 16 14 84"
    ).replace('date_maj: "2026-01-31"', 'date_maj: "2026-03-05"')
    assert list(drafts.iterdir()) == []


@pytest.mark.parametrize("body", ["pass", "text = ''", "text += '\\n\\n'"])
def test_a_text_left_as_it_was_changes_nothing(
    invoke: Command, registry: Path, drafts: Path, editor: Callable[[str], None], body: str
) -> None:
    before = registry.read_bytes()
    editor(body)
    run = invoke("edit", "alternord")
    assert (run.code, run.err, registry.read_bytes()) == (0, "Alternord: nothing to change\n", before)
    assert list(drafts.iterdir()) == []


def test_a_replacement_in_the_whole_file_that_changes_the_notes_writes_none_of_them(
    invoke: Command, registry: Path, editor: Callable[[str], None]
) -> None:
    before = registry.read_text()
    editor("text = text.replace('Alternord', 'Alternatif').replace('id: a', '#! vu\\nid: a')")
    assert invoke("edit", "alternord", "--unconfirmed").code == 0
    assert registry.read_text() == before.replace("Alternord", "Alternatif").replace(
        "- id: alternord", "- #! vu\n    id: alternord"
    )


def test_a_comment_alone_can_be_changed(
    invoke: Command, registry: Path, drafts: Path, editor: Callable[[str], None]
) -> None:
    before = registry.read_text()
    editor("text = text.replace('# le soir', '#! le soir')")
    run = invoke("edit", "alternord")
    assert (run.code, run.err) == (
        0,
        "Alternord: the text was changed, but the values are the same\n  to undo: epn undo\n",
    )
    assert registry.read_text() == before.replace("# le soir", "#! le soir")
    assert list(drafts.iterdir()) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "text = text.replace(\"'75009'\", 'abc')",
            (
                "error: code_postal: ‘abc’ is not a postal code, which is five digits\n"
                "  write its five digits, such as 75012\n"
            ),
        ),
        (
            "text = text.replace('nom:', 'nom')",
            "DRAFT:4:1: error: this line has no colon followed by a space\n",
        ),
        ("text = 'rien'", "error: id: this field is required\n"),
        (
            "text = text.replace('id: alternord', 'id: microlithe')",
            "registry.yaml:5: error: another structure already has the id ‘microlithe’\n",
        ),
        (
            "text += 'nom: deux'",
            f"DRAFT:{len(FIELDS) - 7 + 13}:1: error: ‘nom’ appears twice in the same record\n",
        ),
    ],
)
def test_an_invalid_text_given_up_is_kept_in_the_file_that_is_named(
    invoke: Command, registry: Path, drafts: Path, editor: Callable[[str], None], body: str, message: str
) -> None:
    before = registry.read_bytes()
    editor(body)
    run = invoke("edit", "alternord")
    [draft] = drafts.iterdir()
    assert (run.code, run.out, registry.read_bytes()) == (4, "", before)
    assert message.replace("DRAFT", draft.name) in run.err
    assert run.err.endswith(
        f"error: the record is not valid; the registry was not changed\n  your text is kept in {draft}\n"
    )
    if "rien" not in body:
        assert "NetPublic" in draft.read_text()


@pytest.mark.parametrize(
    ("line", "options", "date"),
    [
        ("adresse: 12 rue Ordener", [], "2026-03-05"),
        ("adresse: 12 rue Ordener", ["--unconfirmed"], "2026-01-31"),
        ("notes: code 4412B", [], "2026-01-31"),
    ],
)
def test_only_a_published_field_confirms_an_edited_record_and_not_with_unconfirmed(
    invoke: Command, registry: Path, editor: Callable[[str], None], line: str, options: list[str], date: str
) -> None:
    editor(f"text = text.replace('commune: Paris', 'commune: Paris\\n{line}')")
    assert invoke("edit", "alternord", *options).code == 0
    assert f"    {line}\n" in registry.read_text()
    assert f'date_maj: "{date}"' in registry.read_text()


def test_an_editor_that_fails_leaves_the_text_where_it_is(
    invoke: Command, registry: Path, drafts: Path, editor: Callable[[str], None]
) -> None:
    before = registry.read_bytes()
    editor("path.write_text(text + 'notes: à moitié'); sys.exit(3)")
    run = invoke("edit", "alternord")
    [draft] = drafts.iterdir()
    assert (run.code, run.err, registry.read_bytes()) == (
        4,
        (
            "error: the editor exited with an error (3); the registry was not changed\n"
            f"  your text is kept in {draft}\n"
        ),
        before,
    )
    assert draft.read_text().endswith("notes: à moitié")


def test_an_editor_that_fails_without_a_change_leaves_nothing(
    invoke: Command, registry: Path, drafts: Path, editor: Callable[[str], None]
) -> None:
    before = registry.read_bytes()
    editor("sys.exit(1)")
    run = invoke("edit", "alternord")
    assert (run.code, run.err, registry.read_bytes()) == (
        4, "error: the editor exited with an error (1); the registry was not changed\n", before,
    )  # fmt: skip
    assert list(drafts.iterdir()) == []


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("command", ["/nulle/part -w", "l'editeur"])
def test_an_editor_that_does_not_start_is_said(
    invoke: Command, drafts: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("VISUAL", command)
    run = invoke("edit", "alternord")
    assert (run.code, run.err) == (
        4,
        (
            f"error: the editor ‘{command}’ could not be started: No such file or directory\n"
            "  set VISUAL or EDITOR to the command of your text editor\n"
        ),
    )
    assert list(drafts.iterdir()) == []


@pytest.mark.usefixtures("registry")
def test_no_editor_that_nobody_asked_for_opens_where_nobody_sits(epn: Command) -> None:
    run = epn("edit", "alternord")
    assert (run.code, run.err) == (
        2,
        "error: there is no terminal to open an editor in\n  add --set FIELD=VALUE\n",
    )


@pytest.mark.usefixtures("registry")
def test_without_any_editor_that_is_said(
    invoke: Command, drafts: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "vide"))
    monkeypatch.setattr(terminal, "can_ask", lambda: True)
    monkeypatch.setattr(terminal, "is_terminal", lambda _stream=None: True)
    run = invoke("edit", "alternord")
    assert (run.code, run.err) == (
        4, "error: no text editor was found\n  set VISUAL or EDITOR to the command of your text editor\n",
    )  # fmt: skip
    assert list(drafts.iterdir()) == []


def test_a_record_that_changed_meanwhile_is_not_overwritten_and_the_text_is_kept(
    invoke: Command, registry: Path, drafts: Path, editor: Callable[[str], None]
) -> None:
    editor(
        f"other = pathlib.Path({str(registry)!r})\n"
        "other.write_text(other.read_text().replace('le soir', 'le matin').replace('82', '80'))\n"
        "text = text.replace('75009', '75010')"
    )
    run = invoke("edit", "alternord")
    [draft] = drafts.iterdir()
    assert (run.code, run.err) == (
        4,
        (
            "registry.yaml:17: error: "
            "‘alternord’ was changed by someone else in the meantime; nothing was written\n"
            f"  look at it with ‘epn show’, then try again\n  your text is kept in {draft}\n"
        ),
    )
    assert "75010" in draft.read_text()
    assert "75010" not in registry.read_text()
    assert "le matin" in registry.read_text()


def test_a_comment_that_another_has_added_meanwhile_is_not_lost(
    invoke: Command, registry: Path, drafts: Path, editor: Callable[[str], None]
) -> None:
    editor(
        f"other = pathlib.Path({str(registry)!r})\n"
        "other.write_text(other.read_text().replace('le soir', 'le matin'))\n"
        "text = text.replace('75009', '75010')"
    )
    run = invoke("edit", "alternord")
    assert (run.code, "was changed by someone else in the meantime" in run.err) == (4, True)
    assert "75010" in next(drafts.iterdir()).read_text()
    assert "le matin" in registry.read_text() and "75010" not in registry.read_text()


CONFLICT = """\
import pathlib, sys
path = pathlib.Path(sys.argv[1])
text = path.read_text()
seen, other = pathlib.Path({seen!r}), pathlib.Path({other!r})
if not seen.exists():
    other.write_text(other.read_text().replace("le soir", "le matin"))
    path.write_text(text.replace("commune: Paris", "commune: Pantin").replace("75009", "93500"))
else:
    {second}
seen.write_text(text)
"""
"""An editor: while it is open for the first time, someone else changes the record."""
OFFERED = """\
#! someone else has changed this record in the meantime; this is its current
#!   text
id: alternord  # vu sur place
nom: "Alternord"
commune: Paris
code_postal: '75009'
telephones:
  - 01 53 16 14 82
  - 01 53 16 14 83  # le matin
autres_formations_labels: [NetPublic]
date_maj: "2026-01-31"
#! your lines follow; to keep one, move it up and remove the mark at its start:
#! commune: Pantin
#! code_postal: '93500'
""" + addable("id", "nom", "commune", "code_postal", "telephones", "autres_formations_labels", "date_maj")


@pytest.fixture
def conflict(terminal: Any, registry: Path, tmp_path: Path, drafts: Path) -> Callable[..., Any]:
    """Edit a record that someone else changes meanwhile; `second` is what the editor does then."""

    def run(second: str, *answers: str) -> Any:
        script = tmp_path / "editeur.py"
        script.write_text(CONFLICT.format(seen=str(tmp_path / "seen"), other=str(registry), second=second))
        return terminal.run(
            "edit",
            "alternord",
            answers=[("Edit it again? [Y/n]", f"{answer}\r") for answer in answers],
            env={"EDITOR": f"{sys.executable} {script}", "VISUAL": "", "TMPDIR": str(drafts)},
        )

    return run


def test_a_person_is_offered_what_another_has_made_of_the_record_and_the_own_lines(
    conflict: Callable[..., Any], registry: Path, tmp_path: Path, drafts: Path
) -> None:
    screen = conflict(
        "path.write_text(text.replace('commune: Paris\\n', '').replace('#! commune', 'commune')"
        ".replace('75009', '93500'))",
        "",
    )
    assert screen.code == 0, screen.text
    assert (tmp_path / "seen").read_text() == OFFERED
    text = registry.read_text()
    assert "commune: Pantin" in text and "# le matin" in text and "'93500'" in text and "#!" not in text
    assert list(drafts.iterdir()) == []


@pytest.mark.parametrize("second", ["pass", "sys.exit(3)"])
def test_lines_that_were_offered_are_kept_whatever_ends_the_editor(
    conflict: Callable[..., Any], registry: Path, drafts: Path, second: str
) -> None:
    screen = conflict(second, "")
    [draft] = drafts.iterdir()
    assert screen.code == 4
    assert "your text is kept in" in screen.text
    assert draft.read_text() == OFFERED
    assert "Pantin" not in registry.read_text()


def test_a_person_who_does_not_go_on_after_a_conflict_keeps_the_text(
    conflict: Callable[..., Any], registry: Path, drafts: Path
) -> None:
    screen = conflict("pass", "n")
    [draft] = drafts.iterdir()
    assert screen.code == 4
    assert "commune: Pantin" in draft.read_text()
    assert "Pantin" not in registry.read_text()


def test_lines_that_begin_as_the_notes_do_are_a_persons_own(
    invoke: Command, registry_file: Callable[..., Path], editor: Callable[[str], None]
) -> None:
    path = registry_file("structures:\n  - id: a\n    #! urgent\n    nom: A\n")
    editor(
        "assert text.startswith('#!! the record of A'), text\n"
        "text = text.replace('id: a', '#! vu\\nid: a').replace('nom: A', '#! lu\\nnom: A')"
    )
    run = invoke("edit", "a")
    assert (run.code, run.err) == (
        0,
        "A: the text was changed, but the values are the same\n  to undo: epn undo\n",
    )
    assert path.read_text() == ("structures:\n  - #! vu\n    id: a\n    #! urgent\n    #! lu\n    nom: A\n")


@pytest.mark.parametrize(
    "trim", ["text", "text.rstrip()", "text.replace('\\n', '\\r\\n')", "'\\ufeff' + text"]
)
def test_the_blank_lines_of_a_last_value_are_not_at_the_end_of_what_is_edited(
    invoke: Command,
    registry_file: Callable[..., Path],
    editor: Callable[[str], None],
    trim: str,
) -> None:
    text = "structures:\n- id: a\n  nom: A\n  date_maj: 2026-03-05\n  autre: |+\n    x\n\n\n- id: b\n"
    path = registry_file(text)
    editor(
        "note = '#! the blank lines above belong to the last value\\n#! fields'\n"
        "assert '  x\\n\\n\\n' + note in text, text\n"
        f"text = {trim}"
    )
    assert invoke("edit", "a").err == "A: nothing to change\n"
    editor(f"text = text.replace('nom: A', 'nom: B').replace('  x\\n\\n', '  y\\n')\ntext = {trim}")
    assert invoke("edit", "a").code == 0
    assert path.read_text() == text.replace("nom: A", "nom: B").replace("x\n\n", "y\n")


def test_a_comment_is_not_refused_for_a_value_that_was_wrong_before(
    invoke: Command, registry_file: Callable[..., Path], drafts: Path, editor: Callable[[str], None]
) -> None:
    text = "structures:\n  - id: a\n    nom: A\n    code_postal: abc\n    telephones: ['12']\n"
    path = registry_file(text)
    editor("text += '# rappeler\\n'")
    run = invoke("edit", "a")
    assert (run.code, run.err) == (
        0,
        "A: the text was changed, but the values are the same\n  to undo: epn undo\n",
    )
    assert path.read_text() == text + "    # rappeler\n"
    assert list(drafts.iterdir()) == []


def test_mixed_line_ends_and_a_last_value_that_keeps_its_blank_lines_come_back_as_they_were(
    invoke: Command, registry_file: Callable[..., Path], drafts: Path, editor: Callable[[str], None]
) -> None:
    text = (
        b"structures:\r\n  - id: a\r\n    nom: A\n   \n    commune: Paris\r    code_postal: '75009'\n"
        b"    date_maj: 2026-03-05\r\n    notes: |+\n      x\n\n\n  - id: b\n"
    )
    path = registry_file(text)
    editor("pass")
    assert invoke("edit", "a").err == "A: nothing to change\n"
    assert path.read_bytes() == text
    editor("text = text.replace('nom: A', 'nom: B')")
    assert invoke("edit", "a").code == 0
    assert path.read_bytes() == text.replace(b"nom: A", b"nom: B")
    assert list(drafts.iterdir()) == []


@pytest.mark.needs("signals")
@pytest.mark.parametrize("number", [15, 1], ids=["SIGTERM", "SIGHUP"])
def test_what_ends_epn_from_outside_leaves_the_text_and_says_where(
    registry: Path, tmp_path: Path, number: int
) -> None:
    script = tmp_path / "editeur.py"
    script.write_text(
        "import os, pathlib, sys, time\npath = pathlib.Path(sys.argv[1])\n"
        "path.write_text(path.read_text() + 'notes: à moitié\\n')\n"
        f"os.kill(os.getppid(), {number})\ntime.sleep(2)\n"
    )
    before = registry.read_bytes()
    folder = tmp_path / "drafts"
    folder.mkdir()
    env = {**os.environ, "EDITOR": f"{sys.executable} {script}", "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "epncli", "edit", "alternord"]
    done = subprocess.run(
        command, cwd=registry.parent, env=env, stderr=subprocess.PIPE, text=True, check=False, timeout=60
    )
    [draft] = folder.iterdir()
    assert (done.returncode, done.stderr) == (
        128 + number,
        f"your text is kept in {draft}\nterminated\n",
    )
    assert "à moitié" in draft.read_text()
    assert registry.read_bytes() == before


def test_an_id_that_several_have_is_refused_before_the_editor_opens(
    invoke: Command, registry_file: Callable[..., Path], editor: Callable[[str], None], tmp_path: Path
) -> None:
    registry_file("structures:\n  - {id: a, nom: Un}\n  - {id: a, nom: Deux}\n")
    editor("(path.parent / 'ouvert').touch(); pathlib.Path('ouvert').touch()")
    run = invoke("edit", "a")
    assert (run.code, run.err) == (
        1,
        (
            "registry.yaml:2: error: several structures have the id ‘a’ (lines 2, 3)\n"
            "  first give each of them its own id in a text editor\n"
        ),
    )
    assert not (tmp_path / "ouvert").exists()
    assert "Un" in (shown := invoke("show", "a").out) and "Deux" in shown


def test_a_dry_run_prints_the_difference_and_keeps_the_text(
    invoke: Command, registry: Path, drafts: Path, editor: Callable[[str], None]
) -> None:
    before = registry.read_bytes()
    editor("text = text.replace('Paris', 'Pantin').replace('75009', '93500')")
    run = invoke("edit", "alternord", "--dry-run")
    [draft] = drafts.iterdir()
    assert (run.code, registry.read_bytes()) == (0, before)
    assert re.findall(r"(?m)^\+ .*", run.out) == [
        "+    commune: Pantin", "+    code_postal: '93500'", '+    date_maj: "2026-03-05"',
    ]  # fmt: skip
    assert run.err.startswith(f"your text is kept in {draft}\n")


def test_a_record_in_braces_can_be_edited(
    invoke: Command, registry_file: Callable[..., Path], drafts: Path, editor: Callable[[str], None]
) -> None:
    path = registry_file(
        "structures:\r\n  - {id: a, nom: A, commune: Paris,\r\n     code_postal: '75009'}  # fin\r\n"
        "  - id: b\r\n"
    )
    editor("text = text.replace('nom: A', 'nom: À')")
    run = invoke("edit", "a")
    assert run.code == 0
    assert path.read_bytes().decode() == (
        "structures:\r\n  - {id: a, nom: À, commune: Paris,\r\n     code_postal: '75009',"
        ' date_maj: "2026-03-05"}  # fin\r\n  - id: b\r\n'
    )
    assert list(drafts.iterdir()) == []


@pytest.mark.usefixtures("registry")
def test_a_text_that_the_editor_took_away_is_not_said_to_be_kept(
    invoke: Command, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "rm")
    run = invoke("edit", "alternord")
    assert (run.code, list(drafts.iterdir())) == (4, [])
    assert "kept" not in run.err


def test_the_editor_of_windows_is_notepad_unless_another_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(module, "WINDOWS", True)
    monkeypatch.setattr(module, "installed", lambda *names: asked.extend(names) or "C:\\notepad.exe")
    for name in ("can_ask", "is_terminal"):
        monkeypatch.setattr(terminal, name, lambda: True)
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", "code --wait")
    assert (module._editor(), asked) == ("code --wait", [])
    monkeypatch.delenv("EDITOR")
    assert (module._editor(), asked) == ("C:\\notepad.exe", ["notepad"])


def test_a_field_that_is_offered_can_be_added(
    invoke: Command, registry: Path, drafts: Path, editor: Callable[[str], None]
) -> None:
    before = registry.read_text()
    editor(
        "text = text.replace('#! adresse:', 'adresse: 3 rue X')"
        ".replace('#! courriels: []', 'courriels: [a@b.fr]')"
    )
    run = invoke("edit", "relais-du-16e")
    assert (run.code, run.err) == (
        0,
        "Relais du 16e – Émile: changed address, e-mail addresses\n  to undo: epn undo\n",
    )
    added = '    adresse: 3 rue X\n    courriels: [a@b.fr]\n    date_maj: "2026-03-05"\n'
    assert registry.read_text() == before.replace("[01 40 28 18 48]\n", f"[01 40 28 18 48]\n{added}")
    assert list(drafts.iterdir()) == []


def test_a_record_in_braces_is_offered_no_lines(
    invoke: Command, registry_file: Callable[..., Path], editor: Callable[[str], None], tmp_path: Path
) -> None:
    registry_file("structures:\n  - {id: a, nom: A}\n")
    editor(f"pathlib.Path({str(tmp_path / 'seen')!r}).write_text(text)")
    invoke("edit", "a")
    assert (tmp_path / "seen").read_text() == (
        "#! the record of A: save and close to continue, or close without changes to\n"
        "#!   cancel\n{id: a, nom: A}\n"
    )


@pytest.fixture
def code(tmp_path: Path) -> Callable[[], str]:
    """Make an editor named `code` that returns at once, and says in `open` which file is open."""

    def make() -> str:
        script = tmp_path / "code"
        script.write_text(f"#!/bin/sh\nfor file; do :; done\nprintf %s \"$file\" > '{tmp_path}/open'\n")
        script.chmod(0o755)
        return str(script)

    return make


WAITS = "‘{code}’ does not wait until the file is closed; set VISUAL or EDITOR to ‘{code} --wait’\n"


@pytest.mark.needs("sh")
def test_an_editor_that_does_not_wait_is_suspected(
    invoke: Command, registry: Path, drafts: Path, code: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = registry.read_bytes()
    editor = code()
    monkeypatch.setenv("EDITOR", editor)
    run = invoke("edit", "alternord")
    assert (run.code, run.err) == (0, WAITS.format(code=editor) + "Alternord: nothing to change\n")
    monkeypatch.setenv("EDITOR", f"{editor} --wait")
    assert invoke("edit", "alternord").err == "Alternord: nothing to change\n"
    assert registry.read_bytes() == before
    assert list(drafts.iterdir()) == []


@pytest.mark.needs("sh", "pty")
def test_a_person_can_go_on_with_an_editor_that_does_not_wait(
    registry: Path, tmp_path: Path, code: Callable[[], str]
) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "epncli", "edit", "alternord"],
        env={**os.environ, "TERM": "xterm", "EDITOR": code()},
        cwd=str(tmp_path),
        encoding="utf-8",
        timeout=20,
    )
    child.expect_exact("Press Enter when you have saved and closed the file")
    with Path((tmp_path / "open").read_text().strip()).open("a") as draft:  # in the window that is still open
        draft.write("notes: vu\n")
    child.sendline("")
    child.expect_exact("Alternord: changed notes")
    child.expect(pexpect.EOF)
    assert "    notes: vu\n" in registry.read_text()
