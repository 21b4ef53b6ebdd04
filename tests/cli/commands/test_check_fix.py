"""`epn check`: what `--fix` announces, corrects and fills in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Invoke = Callable[..., Any]

UNTIDY = """\
structures:
  - id: a
    nom: "A "  # le premier
    commune: Paris
    code_postal: "75011"
    telephones: [0146367013, 01 46 36 70 14 poste 3]

  - id: b
    nom: B
    commune: Paris
    code_postal: '75012'
    statut: OUVERT
"""


def test_what_would_be_mended_and_what_would_be_filled_in_are_counted_apart(
    invoke: Invoke, registry_file: Any
) -> None:
    path = registry_file(UNTIDY)
    intended = "‘epn check --fix’ would fix 3 values and fill in 2 values (INSEE code)\n"
    assert invoke("check").err == f"2 structures: no error, 2 warnings\n{intended}"
    assert invoke("check", "a").err.endswith(
        "\n‘epn check --fix a’ would fix 2 values and fill in 1 value (INSEE code)\n"
    )
    mended = (
        "a: nom: ‘A ’ → ‘A’\na: telephones: ‘0146367013’ → ‘01 46 36 70 13’\nb: statut: ‘OUVERT’ → ‘ouvert’\n"
    )
    assert invoke("check", "--fix", "--dry-run").err == mended + intended
    assert path.read_text() == UNTIDY
    run = invoke("check", "--fix")
    assert (run.code, run.err) == (
        0,
        mended
        + "INSEE code: filled in for 2 structures\n"
        + "3 values fixed, 2 filled in; the previous file is registry.yaml~\n"
        + "  to undo: epn undo\n"
        + "2 structures: no error, 2 warnings\n",
    )
    assert invoke("check", "--fix", "--dry-run").err == "nothing would change\n"


def test_a_registry_that_only_lacks_something_is_filled_in_and_nothing_is_called_wrong(
    invoke: Invoke, registry: Path
) -> None:
    run = invoke("check", "--fix")
    assert (run.code, run.out, run.err) == (
        0,
        "",
        (
            "INSEE code: filled in for 4 structures\n"
            "4 values filled in; the previous file is registry.yaml~\n"
            "  to undo: epn undo\n"
            "4 structures: no error, no warning\n"
        ),
    )
    assert registry.read_text().count("code_insee: ") == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[x]", ""),  # of a wrong shape: left alone
        ('"  "', "fix 3 values"),  # blank is something, and wrong
    ],
)
def test_an_insee_code_that_is_something_else_than_missing_is_not_filled_in(
    invoke: Invoke, registry_file: Any, text: str, told: str
) -> None:
    registry_file(UNTIDY.replace("    statut: OUVERT\n", f"    code_insee: {text}\n"))
    assert "fill in 1 value (INSEE code)" in invoke("check").err
    assert told in invoke("check").err


def test_the_command_that_is_named_is_the_one_that_was_meant(
    invoke: Callable[..., Any], registry_file: Callable[..., Path], quoted: Callable[[str], str]
) -> None:
    text = (
        "structures:\n  - {id: a, nom: A, commune: Paris, code_postal: '75012', telephones: 01.40.01.02.03}\n"
    )
    name = "l'autre.yaml"
    registry_file(text, name)
    said = invoke("check", "a", "-r", name).err.splitlines()[-1]
    command = f"epn check --fix -r {quoted(name)} a"
    assert said == f"‘{command}’ would fix 1 value and fill in 1 value (INSEE code)"
    assert "--fix" not in invoke("check", "-r", "-", stdin=text).err


def test_numbers_without_quotes_are_warned_about_and_quoted_and_nothing_else_changes(
    invoke: Invoke, registry_file: Any
) -> None:
    text = (
        "structures:\n"
        "  - id: a\n"
        "    nom: A\n"
        "    commune: Lyon\n"
        "    code_postal: 69004  # la Croix-Rousse\n"
        "    code_insee: '69384'\n"
        "    telephones:  # les deux\n"
        "      - 0472000000\n"
        "      - 3949\n"
        "  - {id: b, nom: B, commune: Paris, code_postal: 75012, code_insee: 75112, telephones: [3646]}\n"
    )
    path = registry_file(text)
    run = invoke("check")
    assert [line for line in run.out.splitlines() if line.startswith("registry.yaml")] == [
        f"registry.yaml:{place} is not between quotes: other programs read it as a number"
        for place in (
            "5:18: warning: A: code_postal: ‘69004’",
            "10:50: warning: B: code_postal: ‘75012’",
            "10:69: warning: B: code_insee: ‘75112’",
        )
    ]
    assert '  write it between quotes: "69004"\n' in run.out
    assert run.err.endswith("‘epn check --fix’ would fix 6 values\n")
    run = invoke("check", "--fix")
    assert 'a: code_postal: ‘69004’ → ‘"69004"’\n' in run.err
    assert run.out == ""
    assert path.read_text() == (
        text.replace("69004", '"69004"')
        .replace("0472000000", "04 72 00 00 00")
        .replace("3949", "39 49")
        .replace("75012", '"75012"')
        .replace("75112", '"75112"')
        .replace("3646", "36 46")
    )
    assert "nothing to fix" in invoke("check", "--fix").err
