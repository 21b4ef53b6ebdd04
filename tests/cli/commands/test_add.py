from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


def test_a_structure_is_added_behind_those_with_its_code_under_an_id_made_from_its_name(
    invoke: Command, registry: Path
) -> None:
    before = registry.read_text()
    run = invoke("add", "Cyber", "Œuvre n° 3", "--code-postal", "75009", "--telephone", "0140010203")
    assert (run.code, run.out, run.err) == (
        0,
        "",
        ("added: Cyber Œuvre n° 3, 75009 Paris, as ‘cyber-oeuvre-n-3’\n  to undo: epn undo\n"),
    )
    above, below = before.split("\n  - id: relais-du-16e\n")
    assert registry.read_text() == (
        f"{above}\n"
        "  - id: cyber-oeuvre-n-3\n"
        "    nom: Cyber Œuvre n° 3\n"
        "    commune: Paris\n"
        '    code_postal: "75009"\n'
        "    telephones: [01 40 01 02 03]\n"
        '    date_maj: "2026-03-05"\n'
        f"\n  - id: relais-du-16e\n{below}"
    )


def test_two_numbers_in_one_argument_are_two_numbers(invoke: Command, registry: Path) -> None:
    run = invoke("add", "N", "--code-postal", "75009", "--telephone", "01 40 18 04 41 / 04 16")
    assert run.code == 0
    assert run.err.endswith(
        "warning: telephones: ‘04 16’ was completed from the number before it: 01 40 18 04 16\n"
        "  check that this is correct, and write the number in full\n"
    )
    assert "    telephones: [01 40 18 04 41, 01 40 18 04 16]\n" in registry.read_text()


@pytest.mark.usefixtures("registry")
def test_the_municipality_is_the_one_that_the_registry_has_for_the_code(invoke: Command) -> None:
    # The official base alone knows two of them for 01000.
    run = invoke("add", "N", "--code-postal", "01000")
    assert run.err.startswith("added: N, 01000 Bourg-en-Bresse, as ‘n’\n")
    base = invoke("add", "R", "--code-postal", "35000")
    assert base.err.startswith("added: R, 35000 Rennes, as ‘r’\n")


@pytest.mark.usefixtures("registry")
def test_settings_fill_other_fields(invoke: Command, registry: Path) -> None:
    run = invoke(
        "add", "N", "--code-postal", "75009", "--set", "adresse=3 rue de la Paix",
        "--set", "courriels=a@epn.fr|b@epn.fr", "--set", "date_maj=2026-01-02", "--set", "id=mon-id",
    )  # fmt: skip
    assert run.code == 0
    assert (
        "\n  - id: mon-id\n    nom: N\n    commune: Paris\n"
        '    code_postal: "75009"\n    adresse: 3 rue de la Paix\n'
        '    courriels: [a@epn.fr, b@epn.fr]\n    date_maj: "2026-01-02"\n'
    ) in registry.read_text()


def test_what_may_be_there_already_is_said(invoke: Command, registry: Path) -> None:
    run = invoke("add", "Alternord", "--code-postal", "75009", "--telephone", "0153161482")
    assert (run.code, run.err) == (
        0,
        (
            "added: Alternord, 75009 Paris, as ‘alternord-2’\n"
            "  to undo: epn undo\n"
            "warning: nom: possible duplicate of ‘alternord’: same phone number and nearly the same name\n"
            "  if they are the same place: epn merge alternord alternord-2; otherwise give "
            "them names that differ more\n"
        ),
    )
    assert "  - id: alternord-2\n" in registry.read_text()


def test_what_takes_it_back_takes_it_back(invoke: Command, registry: Path) -> None:
    before = registry.read_bytes()
    invoke("add", "N", "--code-postal", "75009")
    assert registry.read_bytes() != before
    assert invoke("remove", "n", "--yes").code == 0
    assert registry.read_bytes() == before


def test_the_first_structure_makes_an_empty_list_a_block(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    path = registry_file("titre: Rien encore\nstructures: []  # vide\n")
    assert invoke("add", "N", "--code-postal", "75009").code == 0
    assert path.read_text() == (
        "titre: Rien encore\nstructures: # vide\n  - id: n\n    nom: N\n    commune: Paris\n"
        '    code_postal: "75009"\n    date_maj: "2026-03-05"\n'
    )


def test_a_dry_run_prints_the_difference_and_writes_nothing(invoke: Command, registry: Path) -> None:
    before = registry.read_bytes()
    run = invoke("add", "N", "--code-postal", "75009", "--dry-run")
    assert (run.code, run.err, registry.read_bytes()) == (0, "", before)
    assert run.out == (
        "--- a/registry.yaml\n"
        "+++ b/registry.yaml\n"
        "@@ -24,6 +24,12 @@\n"
        "     autres_formations_labels: [NetPublic]\n"
        '     date_maj: "2026-01-31"\n'
        " \n"
        "+  - id: n\n"
        "+    nom: N\n"
        "+    commune: Paris\n"
        '+    code_postal: "75009"\n'
        '+    date_maj: "2026-03-05"\n'
        "+\n"
        "   - id: relais-du-16e\n"
        "     nom: Relais du 16e – Émile\n"
        "     commune: Paris\n"
    )


@pytest.mark.parametrize(
    ("args", "code", "err"),
    [
        (
            ["N", "--code-postal", "01170"],
            2,
            (
                "error: the commune is missing, and 01170 is not enough to determine it\n"
                "  add --commune with one of: Cessy, Chevry, Crozet, Échenevex, Gex, Mijoux, Ségny, Vesancy\n"
            ),
        ),
        (
            ["N", "--code-postal", "75680"],
            2,
            (
                "warning: code_postal: ‘75680’ is not in the postal code database\n"
                "  this is a typing error, or a CEDEX code, which is used only for "
                "mail and cannot be checked\n"
                "error: the commune is missing, and 75680 is not enough to determine it\n"
                "  add --commune NAME\n"
            ),
        ),
        (
            ["N", "--code-postal", "abc"],
            2,
            (
                "error: code_postal: ‘abc’ is not a postal code, which is five digits\n"
                "  write its five digits, such as 75012\n"
            ),
        ),
        (
            ["N", "--code-postal", "75009", "--telephone", "123"],
            2,
            (
                "error: telephones: 7 digits are missing: ‘123’\n"
                "  a French number has 10 digits and starts with 0, such as ‘01 46 36 70 13’\n"
            ),
        ),
        (
            ["", "--code-postal", "75009"],
            2,
            "error: nom: this field is required\n  write the usual name of the place\n",
        ),
        (
            ["A\x1b[31mB", "--code-postal", "75009"],
            2,
            (
                "error: nom: ‘A\\u001b[31mB’ contains the control character U+001B\n"
                "  delete it, or type the text again\n"
            ),
        ),
        (
            ["N", "--code-postal", "75009", "--set", "id=alternord"],
            1,
            (
                "registry.yaml:17: error: another structure already has the id ‘alternord’\n"
                "  choose another one with --set id=…, or omit it: epn then derives one from the name\n"
            ),
        ),
        (
            ["N", "--code-postal", "75009", "--set", "telefones=1"],
            2,
            "error: unknown field ‘telefones’\n  did you mean ‘telephones’?\n",
        ),
        (
            ["N"],
            2,
            "Usage: epn add [OPTIONS] NAME\nerror: Missing option '--code-postal'.\nsee ‘epn add --help’\n",
        ),
    ],
)
def test_what_is_refused_leaves_the_file_as_it_was(
    invoke: Command, registry: Path, args: list[str], code: int, err: str
) -> None:
    before = registry.read_bytes()
    run = invoke("add", *args)
    assert (run.code, run.out, run.err, registry.read_bytes()) == (code, "", err, before)
