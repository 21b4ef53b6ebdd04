from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

MICROLITHE = "microlithe\tfermé\t75020\tParis\tMicrolithe\t01 46 36 70 13\n"
ALTERNORD = "alternord\touvert\t75009\tParis\tAlternord\t01 53 16 14 82|01 53 16 14 83\n"
RELAIS = "relais-du-16e\touvert\t75116\tParis\tRelais du 16e – Émile\t01 40 28 18 48\n"
BOURG = "epn-de-bourg\touvert\t01000\tBourg-en-Bresse\tEPN de Bourg\t04 74 22 10 10\n"


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("args", "lines", "count"),
    [
        ([], MICROLITHE + ALTERNORD + RELAIS + BOURG, "4 structures, 1 closed"),
        (["--open"], ALTERNORD + RELAIS + BOURG, "3 structures out of 4"),
        (["--closed"], MICROLITHE, "1 structure out of 4, 1 closed"),
        (["--arrondissement", "16"], RELAIS, "1 structure out of 4"),
        (["--arrondissement", "1"], "", "0 structures out of 4"),
        (["--code-postal", "750"], MICROLITHE + ALTERNORD, "2 structures out of 4, 1 closed"),
        (["--commune", "BOURG EN BRESSE"], BOURG, "1 structure out of 4"),
        (["--label", "netpub"], ALTERNORD, "1 structure out of 4"),
        (["--sort", "nom"], ALTERNORD + BOURG + MICROLITHE + RELAIS, "4 structures, 1 closed"),
        (["--sort", "-code_postal", "--limit", "2"], RELAIS + MICROLITHE, "2 structures out of 4, 1 closed"),
        (["--limit", "0"], "", "0 structures out of 4"),
    ],
)
def test_a_pipe_gets_a_line_for_each_structure(
    invoke: Command, args: list[str], lines: str, count: str
) -> None:
    run = invoke("list", *args)
    assert (run.code, run.out, run.err) == (0, lines, count + "\n")


@pytest.mark.usefixtures("registry")
def test_fields_are_the_columns_asked_for(invoke: Command) -> None:
    run = invoke("list", "--fields", "statut,nom,date_maj", "--limit", "2")
    assert run.out == "fermé\tMicrolithe\t\nouvert\tAlternord\t2026-01-31\n"


@pytest.mark.usefixtures("registry")
def test_json_has_the_registrys_names_and_values_and_always_a_status(invoke: Command) -> None:
    run = invoke("list", "--format", "json", "--arrondissement", "9")
    assert (run.code, run.err) == (0, "1 structure out of 4\n")
    assert json.loads(run.out) == [
        {
            "id": "alternord",
            "nom": "Alternord",
            "commune": "Paris",
            "code_postal": "75009",
            "telephones": ["01 53 16 14 82", "01 53 16 14 83"],
            "statut": "ouvert",
            "autres_formations_labels": ["NetPublic"],
            "date_maj": "2026-01-31",
        }
    ]
    asked = invoke("list", "--format", "json", "--fields", "nom", "--limit", "1")
    assert json.loads(asked.out) == [{"nom": "Microlithe", "statut": "fermé"}]


@pytest.mark.usefixtures("registry")
def test_a_table_can_be_asked_for_in_a_pipe(invoke: Command) -> None:
    run = invoke("list", "--format", "table")
    assert run.code == 0
    assert [line.rstrip() for line in run.out.splitlines()] == [
        "Postcode  Commune          Place                                  Phone",
        "75020     Paris            Microlithe (closed in September 2014:  01 46 36 70 13",
        "                           association fermée)",
        "75009     Paris            Alternord                              01 53 16 14 82",
        "                                                                  01 53 16 14 83",
        "75116     Paris            Relais du 16e – Émile                  01 40 28 18 48",
        "01000     Bourg-en-Bresse  EPN de Bourg                           04 74 22 10 10",
    ]


@pytest.mark.usefixtures("registry")
def test_tsv_is_the_same_with_and_without_being_asked_for(invoke: Command) -> None:
    assert invoke("list", "--format", "tsv") == invoke("list")


def test_what_would_break_a_line_is_escaped(invoke: Command, registry_file: Callable[..., Path]) -> None:
    registry_file(
        'structures:\n  - {id: a, nom: "t\\tn\\nr\\rb\\\\e\\ec\\x9bp\\u2028", commune: "[/x]", '
        'code_postal: "75001", telephones: [x, "y"]}\n'
    )
    assert invoke("list").out == ("a\touvert\t75001\t[/x]\tt\\tn\\nr\\rb\\\\e\\x1bc\\x9bp\\u2028\tx|y\n")


def test_values_that_no_rule_would_accept_are_listed(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    registry_file(
        "structures:\n  - id: a\n    code_postal: abc\n    telephones: {x: y}\n  - nom: B\n    autre: 1\n"
    )
    run = invoke("list")
    assert (run.code, run.out, run.err) == (
        0,
        "a\touvert\tabc\t\t\tx: y\n\touvert\t\t\tB\t\n",
        "2 structures\n",
    )


@pytest.mark.parametrize("text", ["structures:\n", "structures: []\n", "titre: Rien\nstructures:  # vide\n"])
def test_an_empty_registry_lists_nothing(
    invoke: Command, registry_file: Callable[..., Path], text: str
) -> None:
    registry_file(text)
    run = invoke("list")
    assert (run.code, run.out, run.err) == (0, "", "0 structures\n")
    assert invoke("list", "--format", "json").out == "[]\n"


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--fields", "nme"], "error: unknown field ‘nme’\n  did you mean ‘nom’?\n"),
        (["--fields", "nom,"], "error: unknown field ‘’\n  the fields are: id, nom, "),
        (["--sort", "-comune"], "error: unknown field ‘comune’\n  did you mean ‘commune’?\n"),
        (["--limit", "x"], "Usage: epn list [OPTIONS]\nerror: Invalid value for '--limit': 'x' is not"),
        (
            ["--arrondissement", "21"],
            "Usage: epn list [OPTIONS]\nerror: Invalid value for '--arrondissement': 21",
        ),
        (
            ["--format", "xml"],
            "Usage: epn list [OPTIONS]\nerror: Invalid value for '--format': 'xml' is not one of",
        ),
        (["--opne"], "Usage: epn list [OPTIONS]\nerror: No such option"),
        (["reste"], "error: ‘epn list’ takes no words\n  to search for them: epn search reste\n"),
    ],
)
def test_a_slip_on_the_command_line_is_said_and_nothing_is_listed(
    invoke: Command, args: list[str], message: str
) -> None:
    run = invoke("list", *args)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(message)


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ["--commune", "bour en bresse"],
            "no structure is in ‘bour en bresse’; did you mean ‘Bourg-en-Bresse’?\n",
        ),
        (["--commune", "Rome"], ""),
        (["--commune", "paris", "--label", "x"], ""),  # the commune is right
    ],
)
def test_a_misspelt_commune_is_said(invoke: Command, args: list[str], said: str) -> None:
    run = invoke("list", *args)
    assert (run.code, run.out, run.err) == (0, "", f"{said}0 structures out of 4\n")


@pytest.mark.usefixtures("registry")
def test_fields_go_by_the_names_that_an_import_knows_too(invoke: Command) -> None:
    run = invoke("list", "--sort", "-cp, Ville", "--fields", "Code postal,tél,phone numbers")
    assert (run.code, run.out) == (
        0,
        (
            "75116\t01 40 28 18 48\n75020\t01 46 36 70 13\n75009\t01 53 16 14 82|01 53 16 14 83\n"
            "01000\t04 74 22 10 10\n"
        ),
    )
    run = invoke("list", "--sort", "xyzzy")
    assert (run.code, run.out, run.err.splitlines()[0]) == (2, "", "error: unknown field ‘xyzzy’")


@pytest.mark.usefixtures("registry")
def test_a_list_of_stale_structures_shows_the_date(invoke: Command) -> None:
    run = invoke("list", "--stale", "0")
    assert run.out == (
        "microlithe\tfermé\t75020\tParis\tMicrolithe\t01 46 36 70 13\t\n"
        "relais-du-16e\touvert\t75116\tParis\tRelais du 16e – Émile\t01 40 28 18 48\t\n"
        "epn-de-bourg\touvert\t01000\tBourg-en-Bresse\tEPN de Bourg\t04 74 22 10 10\t\n"
        "alternord\touvert\t75009\tParis\tAlternord\t01 53 16 14 82|01 53 16 14 83\t2026-01-31\n"
    )
    assert invoke("list", "--stale", "0", "--fields", "nom", "--limit", "1").out == "Microlithe\n"
    table = invoke("list", "--stale", "0", "--open", "--format", "table").out.splitlines()
    assert table[0].split() == ["Postcode", "Commune", "Place", "Phone", "Confirmed"]
    assert table[-1].split()[-1] == "83"
    assert table[-2].split()[-1] == "2026-01-31"
