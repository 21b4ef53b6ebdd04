from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


def _ids(out: str) -> list[str]:
    return [line.split("\t")[0] for line in out.splitlines()]


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("args", "ids", "words"),
    [
        (["emile"], ["relais-du-16e"], "1 structure out of 4\n"),
        (["RELAIS", "75116"], ["relais-du-16e"], "1 structure out of 4\n"),
        (["0146367013"], ["microlithe"], "1 structure out of 4, 1 closed\n"),
        (["+33 1 53 16 14 83"], ["alternord"], "1 structure out of 4\n"),
        (["commune:paris", "nom:relais"], ["relais-du-16e"], "1 structure out of 4\n"),
        (["paris", "--open"], ["alternord", "relais-du-16e"], "2 structures out of 4\n"),
        (["epn"], ["epn-de-bourg"], "1 structure out of 4\n"),
        (["paris", "--sort", "-nom", "--limit", "1"], ["relais-du-16e"], "1 structure out of 4\n"),
        (["microlithe", "--limit", "0"], [], "0 structures out of 4\n"),
        (["paris", "bourg"], [], "0 structures out of 4\n"),
        (["x:y"], [], "0 structures out of 4\n"),
        (
            ["75116 relais"],
            [],
            (
                "0 structures out of 4\nwords between quotes must follow each other; "
                "1 structure has them apart: epn search 75116 relais\n"
            ),
        ),
        (["microlite"], [], "0 structures out of 4\nclosest names: Microlithe\n"),
    ],
)
def test_all_terms_must_fit_and_the_nearest_names_are_suggested(
    invoke: Command, args: list[str], ids: list[str], words: str
) -> None:
    run = invoke("search", *args)
    assert (run.code, _ids(run.out), run.err) == (0, ids, words)


@pytest.mark.usefixtures("registry")
def test_the_best_match_comes_first(invoke: Command, registry_file: Callable[..., Path]) -> None:
    registry_file(
        "structures:\n  - {id: a, nom: Autre, adresse: rue du Relais}\n  - {id: b, nom: Le Relais}\n"
        "  - {id: c, nom: Relais}\n"
    )
    assert _ids(invoke("search", "relais").out) == ["c", "b", "a"]


@pytest.mark.usefixtures("registry")
def test_search_prints_what_list_prints(invoke: Command) -> None:
    assert invoke("search", "alternord", "--fields", "nom,telephones").out == (
        "Alternord\t01 53 16 14 82|01 53 16 14 83\n"
    )
    assert invoke("search", "alternord", "--format", "json").out == (
        invoke("list", "--arrondissement", "9", "--format", "json").out
    )


@pytest.mark.usefixtures("registry")
def test_a_search_without_words_is_a_slip(invoke: Command) -> None:
    run = invoke("search")
    assert (run.code, run.out, run.err) == (
        2,
        "",
        (
            "Usage: epn search [OPTIONS] TERMS...\n"
            "error: Missing argument 'TERMS...'.\nsee ‘epn search --help’\n"
        ),
    )


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("term", "hint"),
    [
        (
            "commune=Bourg en Bresse",
            (
                "‘commune=Bourg en Bresse’ was searched for as text; to search the field, write "
                "{commune:Bourg en Bresse} or --commune {Bourg en Bresse}\n"
            ),
        ),
        ("source=Hub", "‘source=Hub’ was searched for as text; to search the field, write source:Hub\n"),
        (
            "ville:Paris",
            (
                "‘ville:Paris’ was searched for as text; to search the field, write commune:Paris "
                "or --commune Paris\n"
            ),
        ),
        ("tel=0146", "‘tel=0146’ was searched for as text; to search the field, write telephones:0146\n"),
        ("commune:Nulle-Part", ""),
        ("couleur=bleu", ""),
        ("a=b=c", ""),
    ],
)
def test_a_field_with_an_equals_sign_gets_a_hint(
    invoke: Command, quoted: Callable[[str], str], term: str, hint: str
) -> None:
    run = invoke("search", term)
    hint = re.sub("{(.*?)}", lambda found: quoted(found[1]), hint)
    assert (run.code, run.out, run.err) == (0, "", f"0 structures out of 4\n{hint}")
