from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.mark.usefixtures("registry")
def test_a_card_has_all_that_is_known_of_a_structure(invoke: Command) -> None:
    run = invoke("show", "microlithe")
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "Microlithe\n"
        "  Identifier          microlithe\n"
        "  Commune             Paris\n"
        "  Postal code         75020\n"
        "  Phone numbers       01 46 36 70 13  (landline)\n"
        "  E-mail addresses    contact@microlithe.fr\n"
        "  Website             http://www.microlithe.fr\n"
        "  Status              fermé\n"
        "  Closing date        September 2014\n"
        "  Reason for closing  association fermée\n"
        "  Record              registry.yaml:5\n"
    )


@pytest.mark.usefixtures("registry")
def test_several_ids_give_several_cards(invoke: Command) -> None:
    run = invoke("show", "epn-de-bourg", "alternord")
    assert run.code == 0
    assert run.out == (
        "EPN de Bourg\n"
        "  Identifier     epn-de-bourg\n"
        "  Commune        Bourg-en-Bresse\n"
        "  Postal code    01000\n"
        "  Address        3 place du Marché\n"
        "  Phone numbers  04 74 22 10 10  (landline)\n"
        "  Status         ouvert\n"
        "  Record         registry.yaml:33\n"
        "\n"
        "Alternord\n"
        "  Identifier                 alternord\n"
        "  Commune                    Paris\n"
        "  Postal code                75009\n"
        "  Phone numbers              01 53 16 14 82  (landline)\n"
        "                             01 53 16 14 83  (landline)\n"
        "  Status                     ouvert\n"
        "  Other training and labels  NetPublic\n"
        "  Last confirmation          31 January 2026\n"
        "  Record                     registry.yaml:17\n"
    )


def test_unknown_fields_and_long_texts_are_shown_and_nothing_in_them_acts(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    registry_file(
        "structures:\n"
        '  - id: "a\\e[31m"\n'
        "    notes: |\n      Première ligne\n      [/bold] deuxième\n"
        '    site_web: ["javascript:alert(1)", "http://x.fr/\\e]8;;y"]\n'
        "    horaires_ete: {lundi: [9h, 12h]}\n"
        '    "drôle\\u202e": oui\n'
        "    date_maj: hier\n"
    )
    run = invoke("show", "a\x1b[31m")
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "a␛[31m\n"
        "  Identifier         a␛[31m\n"
        "  Website            javascript:alert(1)\n"
        "                     http://x.fr/␛]8;;y\n"
        "  Status             ouvert\n"
        "  Notes              Première ligne\n"
        "                     [/bold] deuxième\n"
        "  Last confirmation  hier\n"
        '  horaires_ete       {"lundi": ["9h", "12h"]}\n'
        "  drôle<U+202E>      oui\n"
        "  Record             registry.yaml:2\n"
    )


def test_opening_hours_are_in_words(invoke: Command, registry_file: Callable[..., Path]) -> None:
    registry_file("structures:\n  - {id: a, horaires: 'Mo-Fr 09:00-12:00; Aug off'}\n")
    assert "  Opening hours  Monday–Friday 09:00–12:00; closed in August\n" in invoke("show", "a").out


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("args", "code", "err"),
    [
        (
            ["paris"],
            1,
            (
                "error: 3 structures match ‘paris’\n"
                "  give the id of one of them:\n"
                "  microlithe · Microlithe · 75020 Paris · 01 46 36 70 13 · closed\n"
                "  alternord · Alternord · 75009 Paris · 01 53 16 14 82\n"
                "  relais-du-16e · Relais du 16e – Émile · 75116 Paris · 01 40 28 18 48\n"
            ),
        ),
        (["microlyte"], 1, "error: no structure matches ‘microlyte’\n  closest matches: Microlithe\n"),
        (
            ["zzz"],
            1,
            "error: no structure matches ‘zzz’\n  search for one of these words with ‘epn search WORD’\n",
        ),
        (
            ["microlithe", "zzz"],
            1,
            (
                "error: no structure has the id ‘zzz’\n"
                "  to name several structures, use their ids; ‘epn list --fields id,nom’ lists them\n"
            ),
        ),
        (
            [],
            2,
            "Usage: epn show [OPTIONS] REF...\nerror: Missing argument 'REF...'.\nsee ‘epn show --help’\n",
        ),
    ],
)
def test_a_reference_that_is_not_one_structure_is_never_guessed(
    invoke: Command, args: list[str], code: int, err: str
) -> None:
    run = invoke("show", *args)
    assert (run.code, run.out, run.err) == (code, "", err)


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("args", [["MICROLITHE"], ["micro", "lithe"], ["0146367013"], ["75020"]])
def test_a_structure_goes_by_its_name_words_of_it_or_its_phone(invoke: Command, args: list[str]) -> None:
    run = invoke("show", *args)
    assert (run.code, run.out.partition("\n")[0]) == (0, "Microlithe")


def test_only_the_first_of_many_candidates_are_listed(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    registry_file("structures:\n" + "".join(f"  - {{id: relais-{n}, nom: Relais}}\n" for n in range(25)))
    run = invoke("show", "relais")
    lines = [f"  relais-{number} · Relais\n" for number in range(20)]
    assert (run.code, run.out, run.err) == (
        1,
        "",
        "error: 25 structures match ‘relais’\n  give the id of one of them:\n" + "".join(lines) + "  …\n",
    )


@pytest.mark.usefixtures("registry")
def test_structures_as_json(invoke: Command) -> None:
    run = invoke("show", "microlithe", "epn-de-bourg", "--format", "json")
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "[\n"
        "  {\n"
        '    "id": "microlithe",\n'
        '    "nom": "Microlithe",\n'
        '    "commune": "Paris",\n'
        '    "code_postal": "75020",\n'
        '    "telephones": ["01 46 36 70 13"],\n'
        '    "courriels": ["contact@microlithe.fr"],\n'
        '    "site_web": ["http://www.microlithe.fr"],\n'
        '    "statut": "fermé",\n'
        '    "date_fermeture": "2014-09",\n'
        '    "motif_fermeture": "association fermée"\n'
        "  },\n"
        "  {\n"
        '    "id": "epn-de-bourg",\n'
        '    "nom": "EPN de Bourg",\n'
        '    "commune": "Bourg-en-Bresse",\n'
        '    "code_postal": "01000",\n'
        '    "adresse": "3 place du Marché",\n'
        '    "telephones": ["04 74 22 10 10"],\n'
        '    "statut": "ouvert"\n'
        "  }\n"
        "]\n"
    )
