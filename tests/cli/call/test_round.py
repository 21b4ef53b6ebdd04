"""Answers of a phone round, on a pseudo-terminal: what each one writes, says and can be taken back."""

from __future__ import annotations

import datetime
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
Command = Callable[..., Any]

TODAY = "2026-03-05"
"""The day on which every run takes place."""
REGISTRY = """\
structures:
  - id: un
    nom: Un
    commune: Paris
    code_postal: "75012"
    adresse: 1 rue de Reuilly
    telephones: [01 40 28 18 48, 01 40 28 18 49]
    horaires: Mo-Fr 09:00-12:00
    notes: demander Léa
    rappeler_le: 2026-01-02

  - id: deux
    nom: Deux
    commune: Paris
    code_postal: "75012"
    telephones: [01 40 39 70 00]

  - id: trois
    nom: Trois
    commune: Paris
    code_postal: "75013"
    telephones: ["+33 1 40 28 18 49"]
"""


def in_days(days: int) -> str:
    return (datetime.date.fromisoformat(TODAY) + datetime.timedelta(days)).isoformat()


@pytest.fixture
def registry(registry_file: Callable[..., Path]) -> Path:
    return registry_file(REGISTRY)


def record(registry: Path, name: str) -> str:
    """The lines of a record."""
    [found] = [part for part in registry.read_text().split("  - id: ")[1:] if part.startswith(name + "\n")]
    return "    id: " + found.rstrip() + "\n"


@pytest.mark.usefixtures("registry")
def test_a_card_has_the_numbers_and_what_is_known(call: Call) -> None:
    phone = call()
    shown = phone.press("q")
    assert phone.end() == 0
    assert shown == (
        "3 structures to call\n\n"
        "1/3  Un\n"
        "1 rue de Reuilly, 75012 Paris\n\n"
        "    01 40 28 18 48  (landline)\n"
        "    01 40 28 18 49  (landline)\n\n"
        "  Opening hours      Monday–Friday 09:00–12:00\n"
        "  Notes              demander Léa\n"
        "  Call back on       2 January 2026\n"
        "  Last confirmation  never\n"
        "  Same number        Trois\n"
        "  Check              telephones: ‘01 40 28 18 49’ is also the number of ‘trois’\n\n"
        "[y] yes, it is right  [m] modified  [c] closed  [t] closed for a time\n"
        "[b] call back  [n] no answer  [w] wrong number  [s] skip  [u] undo  [q] quit\n"
        "[?] help\n"
    )
    assert "\x1b]8;;tel:+33140281848\x1b\\01 40 28 18 48\x1b]8;;\x1b\\" in phone.raw
    assert phone.last == "q\n\n3 left to call\n"


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_without_styles_no_escape_sequence_is_printed(call: Call, env: dict[str, str]) -> None:
    phone = call(env=env)
    for key in "yns":
        phone.press(key)
    assert phone.end() == 0
    assert "\x1b" not in phone.raw


def test_on_a_dumb_terminal_a_letter_and_enter_answer(call: Call, registry: Path) -> None:
    phone = call(env={"TERM": "dumb"})
    phone.press("y")
    phone.press("q")
    assert phone.end() == 0
    assert f'notes: demander Léa\n    date_maj: "{TODAY}"\n' in registry.read_text()


def test_a_settled_structure_has_no_day_left_to_call_back(call: Call, registry: Path) -> None:
    phone = call("--limit", "1")
    phone.press("y")
    assert phone.end() == 0
    assert registry.read_text() == REGISTRY.replace("rappeler_le: 2026-01-02", f'date_maj: "{TODAY}"')
    assert phone.last == "y\nUn: confirmed today\n\n1 confirmed\n  to undo: epn undo\n"


def test_structures_with_one_number_are_called_one_after_the_other(call: Call, registry: Path) -> None:
    phone = call()
    phone.press("s")
    assert "2/3  Trois\n" in (shown := phone.press("s"))
    assert "  Same number        Un\n" in shown
    assert "3/3  Deux\n" in phone.press("q")
    assert phone.end() == 0
    assert registry.read_text() == REGISTRY


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_changed_fields_are_edited_from_their_old_values(call: Call, registry: Path, term: str) -> None:
    phone = call("--limit", "1", env={"TERM": term})
    phone.press("m")
    phone.wait_for("the text editor) ")
    phone.send("2 5 8\r")
    phone.wait_for("1 rue de Reuilly")
    edits = term != "dumb" and _has_readline()
    phone.send("\x01\x0412\x05\r" if edits else "12 rue de Reuilly\r")
    phone.wait_for("01 40 28 18 48 | 01 40 28 18 49")
    phone.send(" | 12\r")
    phone.wait_for("error: telephones: ")
    phone.wait_for("Phone numbers? (separated by |) ")
    phone.send("\x15 0140281850\r")
    phone.wait_for("Opening hours? ")
    phone.send("\x15du lundi au vendredi 9h-12h et 14h-18h\r")
    assert phone.end() == 0
    assert registry.read_text() == REGISTRY.replace("1 rue de", "12 rue de", 1).replace(
        "[01 40 28 18 48, 01 40 28 18 49]", "[01 40 28 18 50]"
    ).replace("09:00-12:00", "09:00-12:00,14:00-18:00").replace(
        "rappeler_le: 2026-01-02", f'date_maj: "{TODAY}"'
    )
    assert "Un: changed address, phone numbers, opening hours\n" in phone.last


def test_on_a_dumb_terminal_a_dash_clears_a_field_and_enter_keeps_it(call: Call, registry: Path) -> None:
    phone = call("--limit", "1", env={"TERM": "dumb"})
    phone.press("m")
    phone.wait_for("the text editor) ")
    phone.send("2 8\r")
    for answer in ("-\r", "\r"):
        phone.wait_for("(Enter keeps it, - clears it) ")
        phone.send(answer)
    assert phone.end() == 0
    assert registry.read_text() == REGISTRY.replace("    adresse: 1 rue de Reuilly\n", "").replace(
        "rappeler_le: 2026-01-02", f'date_maj: "{TODAY}"'
    )


def test_fields_that_stay_as_they_were_are_confirmed(call: Call, registry: Path) -> None:
    phone = call("deux")
    phone.press("m")
    phone.wait_for("the text editor) ")
    phone.send("1,5\r")
    for old in ("Deux", "01 40 39 70 00"):
        phone.wait_for(old)
        phone.send("\r")
    assert phone.end() == 0
    assert registry.read_text() == REGISTRY.replace(
        "[01 40 39 70 00]", f'[01 40 39 70 00]\n    date_maj: "{TODAY}"'
    )
    assert "Deux: confirmed today\n\n1 confirmed\n" in phone.last


def _has_readline() -> bool:
    try:
        import readline
    except ImportError:
        return False
    return "libedit" not in (readline.__doc__ or "")


def test_a_record_that_is_edited_in_the_editor_is_confirmed(
    call: Call, registry: Path, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/demander Léa/demander Zoé/' \"$1\"\n")
    editor.chmod(0o755)
    phone = call("--limit", "1", env={"VISUAL": str(editor)})
    phone.press("m")
    phone.wait_for("the text editor) ")
    phone.send("\r")
    assert phone.end() == 0
    changed = REGISTRY.replace("Léa", "Zoé").replace("rappeler_le: 2026-01-02", f'date_maj: "{TODAY}"')
    assert registry.read_text() == changed


def test_a_closing_asks_for_date_reason_and_successor(call: Call, registry: Path) -> None:
    phone = call("deux")
    phone.press("c")
    phone.wait_for("Enter: today) ")
    phone.send("hier\r")
    phone.wait_for("error: ‘hier’ is not a valid date")
    phone.wait_for("Enter: today) ")
    phone.send("2025-06\r")
    phone.wait_for("Enter: none) ")
    phone.send("fusion\r")
    phone.wait_for("Enter: none) ")
    phone.send("trois\r")
    assert phone.end() == 0
    closed = "\n    ".join(
        ["[01 40 39 70 00]", "statut: fermé", "date_fermeture: 2025-06", "motif_fermeture: fusion",
         "remplace_par: trois", f'date_maj: "{TODAY}"']
    )  # fmt: skip
    assert registry.read_text() == REGISTRY.replace("[01 40 39 70 00]", closed)
    assert "Deux: closed in June 2025: fusion, see Trois\n" in phone.last


def test_a_closing_for_a_time_asks_for_both_days_and_the_reason(call: Call, registry: Path) -> None:
    phone = call("deux")
    phone.press("t")
    for question, answer in (
        ("(Enter: today) ", "demain"), ("error: ‘demain’ is not a valid date", None), ("(Enter: today) ", ""),
        ("(Enter: not known) ", "31/02/2026"), ("(Enter: not known) ", in_days(9)),
        ("(Enter: none) ", "travaux"),
    ):  # fmt: skip
        phone.wait_for(question)
        if answer is not None:
            phone.send(answer + "\r")
    assert phone.end() == 0
    closed = f'fermetures_temporaires: [{TODAY}/{in_days(9)} travaux]\n    date_maj: "{TODAY}"'
    assert registry.read_text() == REGISTRY.replace("[01 40 39 70 00]", f"[01 40 39 70 00]\n    {closed}")


def test_a_day_to_call_back_confirms_nothing(call: Call, registry: Path) -> None:
    phone = call("deux")
    phone.press("b")
    phone.wait_for("Enter: tomorrow) ")
    phone.send("5\r")
    assert phone.end() == 0
    assert registry.read_text() == REGISTRY.replace(
        "[01 40 39 70 00]", f'[01 40 39 70 00]\n    rappeler_le: "{in_days(5)}"'
    )


def test_a_wrong_number_is_chosen_if_there_are_several(call: Call, registry: Path) -> None:
    phone = call("un")
    phone.press("w")
    phone.wait_for("Which number is wrong? [1-2] ")
    phone.send("2\r")
    assert phone.end() == 0
    assert record(registry, "un").endswith(
        "    notes: |-\n"
        "      demander Léa\n"
        f"      {TODAY} : numéro erroné (01 40 28 18 49)\n"
        f'    rappeler_le: "{in_days(3)}"\n'
    )


def test_the_third_day_without_an_answer_offers_to_close_and_both_are_undone(
    call: Call, registry_file: Callable[..., Path]
) -> None:
    notes = f"    notes: |-\n      {in_days(-9)} : pas de réponse\n      {in_days(-4)} : pas de réponse\n"
    before = REGISTRY.replace("[01 40 39 70 00]\n", "[01 40 39 70 00]\n" + notes)
    registry = registry_file(before)
    phone = call("deux", "trois")
    phone.press("n")
    phone.wait_for("Deux: no answer on 3 days in a row: it has probably closed\r\nMark it as closed? [y/N] ")
    assert f"      {TODAY} : pas de réponse\n" in registry.read_text()
    phone.send("y\r")
    for question in ("(a day, a month or a year; ?: not known; Enter: today) ", "none) ", "none) "):
        phone.wait_for(question)
        phone.send("?\r" if "today" in question else "\r")
    assert "2/2  Trois\n" in phone.press("u")
    assert "1/2  Deux\n" in phone.card()
    assert "statut: fermé" not in registry.read_text()
    phone.send("u")
    assert "1/2  Deux\n" in phone.press("q")
    assert phone.end() == 0
    assert registry.read_text() == before
    assert phone.last == "q\n\n2 left to call\n"


def test_each_answer_is_a_step_of_undo(call: Call, registry: Path, invoke: Command) -> None:
    phone = call()
    states = [registry.read_bytes()]
    for key in "yyn":
        phone.press(key)
        states.append(b"")
    assert phone.end() == 0
    listed = invoke("undo", "--list")
    assert [line.split()[3] for line in listed.out.splitlines()] == ["call"] * 3
    for _step in range(3):
        assert invoke("undo").code == 0
    assert registry.read_bytes() == states[0]


def test_undo_keeps_what_another_keeper_has_written_since(
    call: Call, registry: Path, invoke: Command
) -> None:
    phone = call()
    phone.press("y")
    phone.card()
    assert invoke("edit", "trois", "--set", "source=Hub").code == 0
    phone.send("u")
    assert "Un: the answer was taken back\n\n1/3  Un\n" in phone.press("q")
    assert phone.end() == 0
    assert "source: Hub" in registry.read_text()
    assert "rappeler_le: 2026-01-02\n" in record(registry, "un").replace('"', "")
    assert "date_maj" not in record(registry, "un")


def test_nothing_is_undone_before_the_first_answer(call: Call, registry: Path, invoke: Command) -> None:
    assert invoke("verify", "deux").code == 0
    before = registry.read_bytes()
    phone = call()
    phone.press("u")
    assert "no answer was given in this round" in phone.press("q")
    assert (phone.end(), registry.read_bytes()) == (0, before)


def test_what_another_keeper_has_settled_is_passed_over(call: Call, invoke: Command, registry: Path) -> None:
    phone = call()
    phone.press("s")
    phone.card()
    assert invoke("verify", "deux").code == 0
    phone.send("y")
    assert phone.end() == 0
    assert (
        "Deux: left out, because someone else has settled it\n\n1 confirmed; 1 left to call\n" in phone.last
    )
    assert registry.read_text().count(TODAY) == 2


@pytest.mark.parametrize(
    "change", [("edit", "un", "--set", "source=Hub"), ("edit", "un", "--set", "notes=x")]
)
def test_a_structure_that_another_keeper_changes_while_its_card_is_shown_is_shown_again(
    call: Call, invoke: Command, registry: Path, change: tuple[str, ...]
) -> None:
    phone = call()
    phone.card()
    assert invoke(*change, "--unconfirmed").code == 0
    before = registry.read_bytes()
    phone.send("y")
    shown = phone.card()
    message = "registry.yaml: error: Un was changed by someone else in the meantime; nothing was written"
    assert message in shown.replace("\n    ", " ")
    assert "1/3  Un\n" in shown
    assert registry.read_bytes() == before
    phone.send("y")
    phone.press("q")
    assert phone.end() == 0
    assert "Un: confirmed today\n" in phone.raw.replace("\r", "")


def test_a_structure_that_is_closed_while_its_card_is_shown_is_not_confirmed(
    call: Call, invoke: Command, registry: Path
) -> None:
    phone = call()
    phone.card()
    assert invoke("close", "un", "--date", "2025").code == 0
    before = registry.read_bytes()
    phone.send("y")
    shown = phone.press("q")
    assert "Un: left out, because someone else has settled it\n\n2/3  Trois\n" in shown
    assert (phone.end(), registry.read_bytes()) == (0, before)


@pytest.mark.parametrize(("name", "code"), [("SIGHUP", 129), ("SIGTERM", 143), ("SIGINT", 130)])
def test_a_signal_ends_the_round_and_restores_the_terminal(
    call: Call, registry: Path, name: str, code: int
) -> None:
    phone = call()
    phone.press("y")
    phone.card()
    assert not phone.reads_lines()
    os.kill(phone.pid, getattr(signal, name))
    phone.wait_for("1 confirmed; 2 left to call")
    phone.wait_for("interrupted" if name == "SIGINT" else "terminated")
    assert phone.reads_lines()
    assert phone.end() == code
    assert "the change was written" not in phone.last  # that was the one before
    assert TODAY in registry.read_text()


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.usefixtures("registry")
def test_ctrl_c_and_ctrl_d_end_the_round_and_say_what_was_done(call: Call, key: str) -> None:
    phone = call("un", "deux")
    phone.press("y")
    phone.press(key)
    assert phone.end() == 130
    assert "1 confirmed; 1 left to call\n" in phone.last
    assert phone.last.endswith("\ninterrupted\n")


def test_a_closed_terminal_ends_the_round(call: Call, registry: Path) -> None:
    phone = call()
    phone.press("y")
    phone.card()
    assert phone.hang_up() in (129, 130)
    assert TODAY in registry.read_text()


def test_ctrl_d_at_a_question_goes_back_to_the_keys(call: Call, registry: Path) -> None:
    phone = call()
    phone.press("c")
    phone.wait_for("Enter: today) ")
    phone.send("\x04")
    assert phone.press("q").startswith("\nnothing was written\n[y] yes, it is right")
    assert (phone.end(), registry.read_text()) == (0, REGISTRY)


def test_other_keys_mean_nothing_and_a_question_mark_explains(call: Call, registry: Path) -> None:
    phone = call()
    phone.press("z")
    assert phone.press("\x1b[A") == "z\n‘z’ means nothing here; ? explains the keys\n"
    assert phone.press("\r") == "\n"
    phone.press("?")
    assert (
        "  n  no answer: adds a line to the notes; the structure is called again in three\n"
        in phone.press("q")
    )
    assert (phone.end(), registry.read_text()) == (0, REGISTRY)


def test_a_commit_message_is_offered_in_a_git_work_tree(call: Call, registry: Path) -> None:
    (registry.parent / ".git").mkdir()
    phone = call(language="fr")
    phone.press("o")
    phone.press("p")
    phone.press("q")
    assert phone.end() == 0
    assert re.search(
        r"git commit -m 'Tournée d’appels : 1 confirmée, 1 sans réponse' registry.yaml\n$", phone.last
    )


def test_two_structures_with_one_id_are_left_out(call: Call, registry_file: Callable[..., Path]) -> None:
    registry_file(REGISTRY.replace("id: trois", "id: deux"))
    phone = call()
    phone.press("s")
    assert phone.end() == 0
    assert phone.last.count("left out, because several structures have its id") == 2


def test_hostile_values_reach_the_terminal_as_text(call: Call, registry_file: Callable[..., Path]) -> None:
    registry_file(REGISTRY.replace("nom: Un", 'nom: "[red]Un\\e[2J"').replace("demander Léa", "'[/b] Léa'"))
    phone = call()
    shown = phone.press("q")
    assert "1/3  [red]Un␛[2J\n" in shown and "[/b] Léa" in shown
    assert phone.end() == 0
    assert "\x1b[2J" not in phone.raw
