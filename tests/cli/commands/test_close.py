from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

# Everything that a person may have written around a record, with CRLF: only its own lines may change.
ODD = (
    "# En tête\r\n"
    "titre : 'EPN d''ici'   # le titre\r\n"
    "\r\n"
    "structures:   # la liste\r\n"
    "\r\n"
    "- { id: flow, nom: 'En ligne',\r\n"
    '    code_postal: "75001" }   # fiche en accolades\r\n'
    "\r\n"
    "    # un commentaire trop à droite\r\n"
    "-   \"id\":   'microlithe'      # quotes partout\r\n"
    "\r\n"
    '    nom : "Micro\\\r\n'
    '      lithe"\r\n'
    "    # avant la commune\r\n"
    "    commune: >-\r\n"
    "      Paris\r\n"
    "\r\n"
    "    code_postal: '75020'  # et après\r\n"
    "    telephones:\r\n"
    "    # le matin\r\n"
    '    - "01 46 36 70 13"  # standard\r\n'
    "\r\n"
    "    champ_inconnu: [a,  b]\r\n"
    "  # fin de fiche\r\n"
    "\r\n"
    "- nom: Après\t# une tabulation avant le commentaire\r\n"
    "  id: apres\r\n"
)


def _structures(invoke: Command) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(invoke("list", "--format", "json").out)
    return found


def test_closing_changes_only_that_records_lines_and_reopening_gives_the_data_back(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    path = registry_file(ODD)
    before = _structures(invoke)
    run = invoke("close", "microlithe", "--date", "2014-09", "--reason", "association fermée")
    assert (run.code, run.out, run.err) == (
        0,
        "",
        ("Microlithe: closed in September 2014: association fermée\n  to undo: epn undo\n"),
    )
    came = (
        '    - "01 46 36 70 13"  # standard\r\n'
        "    statut: fermé\r\n"
        "    date_fermeture: 2014-09\r\n"
        "    motif_fermeture: association fermée\r\n"
        '    date_maj: "2026-03-05"\r\n'
    )
    assert path.read_bytes().decode() == ODD.replace('    - "01 46 36 70 13"  # standard\r\n', came)
    reopened = invoke("reopen", "microlithe")
    assert (reopened.code, reopened.err) == (
        0,
        "Microlithe: reopened\n  to undo: epn undo\n",
    )
    after = _structures(invoke)
    assert after[1].pop("date_maj") == "2026-03-05"
    assert after == before


@pytest.mark.parametrize(
    "args", [[], ["--date", "2014-09"], ["--date", "09/2014", "--reason", "association fermée"]]
)
def test_closing_what_is_closed_says_so_and_writes_nothing(
    invoke: Command, registry: Path, args: list[str]
) -> None:
    before = registry.stat()
    run = invoke("close", "microlithe", *args)
    assert (run.code, run.out, run.err) == (
        0, "", "Microlithe: already closed in September 2014: association fermée; nothing to do\n",
    )  # fmt: skip
    assert (registry.stat().st_ino, registry.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("args", "closed"),
    [
        (["--date", "2015"], "closed in 2015: association fermée"),
        (["--reason", "feu"], "closed in September 2014: feu"),
        (["--date", "unknown"], "closed: association fermée"),
        (["--date", "inconnue"], "closed: association fermée"),
    ],
)
@pytest.mark.usefixtures("registry")
def test_another_date_or_reason_corrects_the_closing(invoke: Command, args: list[str], closed: str) -> None:
    run = invoke("close", "microlithe", *args)
    assert (run.code, run.err) == (
        0,
        f"Microlithe: {closed}\n  to undo: epn undo\n",
    )


def test_without_a_date_it_is_today_and_the_message_says_so(invoke: Command, registry: Path) -> None:
    run = invoke("close", "alternord")
    assert (run.code, run.err) == (
        0,
        ("Alternord: closed on 5 March 2026 (today, because --date was not given)\n  to undo: epn undo\n"),
    )
    assert '    date_fermeture: "2026-03-05"\n' in registry.read_text()


def test_an_unknown_date_is_left_out(invoke: Command, registry: Path) -> None:
    assert invoke("close", "alternord", "--date", "unknown").code == 0
    assert "date_fermeture" not in registry.read_text().partition("alternord")[2]
    assert "    statut: fermé\n" in registry.read_text().partition("alternord")[2]


def test_several_are_closed_together(invoke: Command, registry: Path) -> None:
    run = invoke("close", "alternord", "microlithe", "epn-de-bourg", "--date", "2014-09")
    assert (run.code, run.err) == (
        0,
        (
            "Microlithe: already closed in September 2014: association fermée; nothing to do\n"
            "Alternord: closed in September 2014\n"
            "EPN de Bourg: closed in September 2014\n"
            "  to undo: epn undo\n"
        ),
    )
    assert registry.read_text().count("statut: fermé") == 3


@pytest.mark.parametrize("command", ["close", "reopen", "verify", "remove"])
def test_several_are_all_or_nothing(invoke: Command, registry: Path, command: str) -> None:
    before = registry.read_bytes()
    run = invoke(command, "alternord", "microlithe", "inconnu")
    assert (run.code, run.out, run.err, registry.read_bytes()) == (
        1,
        "",
        (
            "error: no structure has the id ‘inconnu’\n"
            "  to name several structures, use their ids; ‘epn list --fields id,nom’ lists them\n"
        ),
        before,
    )


@pytest.mark.parametrize(
    ("args", "code", "err"),
    [
        (
            ["alternord", "--date", "2027"],
            2,
            (
                "error: ‘2027’ is in the future: today is 5 March 2026\n"
                "  write a date that is not in the future, in the form 2014-09-30\n"
            ),
        ),
        (
            ["alternord", "--date", "hier"],
            2,
            "error: ‘hier’ is not a valid date\n  write it in the form 2014-09-30, 2014-09 or 2014\n",
        ),
        ([], 2, "error: no structure was given\n  give an id or a name\n"),
        (
            ["alternord", "--reason", "a\x00b"],
            2,
            (
                "error: motif_fermeture: ‘a\\u0000b’ contains the control character U+0000\n"
                "  delete it, or type the text again\n"
            ),
        ),
    ],
)
def test_what_is_refused_leaves_the_file_as_it_was(
    invoke: Command, registry: Path, args: list[str], code: int, err: str
) -> None:
    before = registry.read_bytes()
    run = invoke("close", *args)
    assert (run.code, run.out, run.err, registry.read_bytes()) == (code, "", err, before)


def test_a_dry_run_prints_the_difference_alone(invoke: Command, registry: Path) -> None:
    before = registry.read_bytes()
    run = invoke("close", "epn-de-bourg", "--date", "2020", "--dry-run")
    assert (run.code, run.err, registry.read_bytes()) == (0, "", before)
    assert run.out == (
        "--- a/registry.yaml\n+++ b/registry.yaml\n@@ -36,3 +36,6 @@\n"
        '     code_postal: "01000"\n     adresse: 3 place du Marché\n     telephones: [04 74 22 10 10]\n'
        "+    statut: fermé\n+    date_fermeture: 2020\n"
        '+    date_maj: "2026-03-05"\n'
    ).replace("fermeture: 2020", 'fermeture: "2020"')
    nothing = invoke("close", "microlithe", "--dry-run")
    assert (nothing.code, nothing.out, nothing.err) == (
        0,
        "",
        (
            "nothing would change\n"
            "Microlithe: already closed in September 2014: association fermée; nothing to do\n"
        ),
    )


def test_reopening_what_is_open_says_so_and_writes_nothing(invoke: Command, registry: Path) -> None:
    before = registry.read_bytes()
    run = invoke("reopen", "alternord")
    assert (run.code, run.out, run.err, registry.read_bytes()) == (
        0, "", "Alternord: already open; nothing to do\n", before,
    )  # fmt: skip


def test_a_name_over_two_lines_stays_on_one_in_a_message(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    registry_file('structures:\n  - id: "a b"\n    nom: "Un nom\\nerror\\e[2J: deux\\n"\n')
    run = invoke("close", "a b", "--date", "2014")
    assert run.err == "Un nom␊error␛[2J: deux: closed in 2014\n  to undo: epn undo\n"


def test_where_nothing_is_closed_nothing_can_be_chosen_to_be_opened(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    registry_file("structures:\n  - {id: a, nom: A}\n")
    run = invoke("reopen")
    assert (run.code, run.err) == (1, "error: no structure is closed\n")
