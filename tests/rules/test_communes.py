"""The database of postal codes, and names of communes in people's spelling."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

import epncli
from epncli.rules import communes
from epncli.rules.communes import Commune

DATA = Path(epncli.__file__).parent / "data"


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    lines = (DATA / "codes_postaux.csv").read_text("utf-8").splitlines()
    assert lines[0] == "code_postal,code_insee,commune"
    return [line.split(",") for line in lines[1:]]


def test_the_base_is_whole_and_sorted_as_the_bisection_needs(rows: list[list[str]]) -> None:
    assert (len(rows), len({code for code, _, _ in rows})) == (35_557, 6_328)
    assert rows == sorted(rows)
    assert {len(row) for row in rows} == {3}


def test_every_code_of_the_base_gives_its_communes_in_order(rows: list[list[str]]) -> None:
    expected: dict[str, list[Commune]] = {}
    for code, insee, nom in rows:
        expected.setdefault(code, []).append(Commune(nom, insee))

    assert {code: list(communes.communes(code)) for code in expected} == expected


def test_every_commune_of_the_base_gives_all_its_codes(rows: list[list[str]]) -> None:
    assert [row for row in rows if row[0] not in communes.codes(row[2])] == []
    assert communes.codes("ST DENIS") == (
        "11310", "30500", "93200", "93210", "93380", "97400", "97417", "97490",
    )  # fmt: skip
    assert communes.codes("Monaco") == ("98000",)
    assert communes.codes("Nulle-Part") == ()


@pytest.fixture(scope="module")
def other_names() -> list[list[str]]:
    lines = (DATA / "autres_noms.csv").read_text("utf-8").splitlines()
    assert lines[0] == "code_postal,code_insee,nom"
    return [line.split(",") for line in lines[1:]]


def test_the_other_names_are_sorted_and_belong_to_communes_of_today(
    rows: list[list[str]], other_names: list[list[str]]
) -> None:
    assert len(other_names) == 5_215
    assert other_names == sorted(other_names)
    assert {(code, insee) for code, insee, _ in other_names} <= {(code, insee) for code, insee, _ in rows}
    assert [row for row in other_names if communes.communes_named(row[0], row[2])] == []


def test_every_other_name_finds_its_commune_and_its_code(other_names: list[list[str]]) -> None:
    lost = [
        row
        for row in other_names
        if row[1] not in [one.code_insee for one in communes.communes_known_as(row[0], row[2])]
        or not (communes.codes(row[2]) or row[0] in communes.codes_known_as(row[2]))
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("code_postal", "name", "known"),
    [
        ("01200", "BELLEGARDE SUR VALSERINE CEDEX", ["Valserhône"]),  # merged into it in 2019
        ("01300", "Arbignieu", ["Arboys en Bugey"]),  # a commune déléguée
        ("06520", "Magagnosc", ["Grasse"]),  # a locality to which La Poste delivers
        ("20166", "Porticcio", ["Cognocoli-Monticchi", "Grosseto-Prugna"]),  # in two communes
        ("01200", "Valserhône", ["Valserhône"]),
        ("01200", "Arbignieu", []),
        ("01200", "", []),
        ("x", "Arbignieu", []),
    ],
)
def test_a_commune_is_known_by_its_former_names_and_its_localities(
    code_postal: str, name: str, known: list[str]
) -> None:
    assert [commune.nom for commune in communes.communes_known_as(code_postal, name)] == known


def test_the_other_names_are_read_only_for_a_name_that_no_commune_has_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = []
    base = communes._base
    monkeypatch.setattr(communes, "_base", lambda file: read.append(file) or base(file))
    communes.communes_known_as.cache_clear()
    communes.communes_known_as("69001", "Lyon")
    assert communes._OTHERS not in read
    communes.communes_known_as("69001", "Nulle-Part")
    assert communes._OTHERS in read


@pytest.mark.parametrize("code", ["00000", "75000", "97861", "99999", "1000", "", "75,75", "code_"])
def test_a_code_that_the_base_lacks_has_no_communes(code: str) -> None:
    assert communes.communes(code) == ()


def test_an_insee_code_gives_the_commune_with_each_of_its_postal_codes() -> None:
    found = communes.lieux("2A004")

    assert [lieu.code_postal for lieu in found] == ["20000", "20090", "20167"]
    assert {lieu.commune for lieu in found} == {Commune("Ajaccio", "2A004")}
    assert communes.lieux("01344")[0].commune == Commune("Saint-Denis-lès-Bourg", "01344")
    assert communes.lieux("75012") == communes.lieux("2A4") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paris", "PARIS"),
        ("Paris", "Paris 19e arrondissement"),
        ("Paris", "PARIS CEDEX 19"),
        ("Paris 12e", "Paris 19ème Arrdt"),
        ("Saint-Étienne", "st etienne"),
        ("Sainte-Marie", "STE MARIE"),
        ("Les Saintes-Maries-de-la-Mer", "LES STES MARIES DE LA MER"),
        ("L'Haÿ-les-Roses", "l\u2019hay les roses"),
        ("E\u0301pinal", "Épinal"),
        ("Cœuvres-et-Valsery", "COEUVRES ET VALSERY"),
        ("Château-Chinon (Ville)", "chateau chinon ville"),
        ("Bourg-en-Bresse", "BOURG EN BRESSE CEDEX"),
    ],
)
def test_spellings_of_one_commune_are_the_same(one: str, other: str) -> None:
    assert communes.same_commune(one, other)
    assert communes.same_commune(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Denis", "Saint-Denis-lès-Bourg"),
        ("Saint-Martin", "Sainte-Martin"),
        ("Saint-Paul", "Saint-Pol"),
        ("", ""),
        ("北京", "東京"),
        ("Paris", ""),
        ("CEDEX", "Paris CEDEX"),
    ],
)
def test_names_of_two_communes_or_none_are_not(one: str, other: str) -> None:
    assert not communes.same_commune(one, other)


@pytest.mark.parametrize(
    ("commune", "name", "number"),
    [
        ("Paris 12e arrondissement", "paris", 12),
        ("Marseille (13)", "marseille", None),
        ("Vars 1er", "vars", 1),
        ("12e", "12e", None),
        ("13", "13", None),
        ("Arrondissement", "arrondissement", None),
    ],
)
def test_a_number_belongs_to_the_name_that_stands_before_it(
    commune: str, name: str, number: int | None
) -> None:
    assert (communes.fold_commune(commune), communes.arrondissement_named(commune)) == (name, number)


def test_the_base_is_rebuilt_from_the_package_and_the_rows_that_it_lacks(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    package = [
        {
            "code": "99001",
            "nom": "Œ-Deux",
            "type": "commune-actuelle",
            "codesPostaux": ["02", "01"],
        },
        {"code": "01015", "nom": "Arbignieu", "type": "commune-deleguee"},
    ]
    file = tmp_path / "communes.json"
    file.write_text(json.dumps(package), "utf-8")

    runpy.run_path(str(DATA / "rebuild.py"))["main"](file)

    lines = capfdbinary.readouterr().out.decode().split("\n")
    assert lines[:4] == [
        "code_postal,code_insee,commune",
        "01,99001,Œ-Deux",
        "02,99001,Œ-Deux",
        "98000,99138,Monaco",
    ]
    assert (len(lines), lines[-1]) == (1 + 2 + 18 + 1, "")


def test_the_other_names_are_rebuilt_from_the_packages(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    newest = [
        {"code": "01033", "nom": "Valserhône", "type": "commune-actuelle", "anciensCodes": ["01091"],
         "codesPostaux": ["01200"]},
        {"code": "01205", "nom": "Lancrans", "type": "commune-deleguee", "chefLieu": "01033"},
        {"code": "13201", "nom": "Marseille 1er", "type": "arrondissement-municipal"},
    ]  # fmt: skip
    older = [
        {"code": "01033", "nom": "Bellegarde", "type": "commune-actuelle", "codesPostaux": ["01200"]},
        {"code": "01091", "nom": "Châtillon", "type": "commune-actuelle", "codesPostaux": ["01200"]},
        {"code": "99999", "nom": "Nulle-Part", "type": "commune-actuelle", "codesPostaux": ["01200"]},
    ]
    labels = [
        {"codePostal": "01200", "codeCommune": "01033", "libelleAcheminement": "VALSERHONE"},
        {"codePostal": "06520", "codeCommune": "06069", "libelleAcheminement": "MAGAGNOSC "},
        {"codePostal": "06521", "codeCommune": "06069", "libelleAcheminement": "MAGAGNOSC"},
    ]
    files = [tmp_path / name for name in ("labels.json", "older.json", "newest.json")]
    for file, content in zip(files, (labels, older, newest), strict=True):
        file.write_text(json.dumps(content), "utf-8")

    runpy.run_path(str(DATA / "rebuild_names.py"))["main"](*files)

    assert capfdbinary.readouterr().out.decode() == (
        "code_postal,code_insee,nom\n"
        "01200,01033,Bellegarde\n"
        "01200,01033,Châtillon\n"
        "01200,01033,Lancrans\n"
        "06520,06069,MAGAGNOSC\n"
    )


def test_what_was_added_to_the_package_is_in_the_base(rows: list[list[str]]) -> None:
    added = runpy.run_path(str(DATA / "rebuild.py"))["rows"]("[]")

    assert len(added) == 18
    assert [line for line in added if line.split(",") not in rows] == []


def test_the_licence_notice_stands_beside_the_base() -> None:
    notice = " ".join((DATA / "README.md").read_text("utf-8").replace("\n> ", " ").split())

    assert (
        "Codes postaux : La Poste, Base officielle des codes postaux ; communes : Insee, COG 2026 ;"
        " d'après @etalab/decoupage-administratif 6.0.0 (mars 2026), modifié (+ Monaco, + 17 codes"
        " de Nouvelle-Calédonie). Licence Ouverte 2.0."
    ) in notice
    assert "codes-postaux 4.1.2, Copyright (c) 2021 Base Adresse Nationale (IGN, DINUM, ANCT)" in notice


def test_an_insee_code_is_found_in_the_base_and_in_its_index_alike(rows: list[list[str]]) -> None:
    codes = [*{insee.encode() for _, insee, _ in rows[::400]}, b"99999"]
    assert [communes._rows_of_insee(code) for code in codes] == [
        communes._rows_by_insee().get(code, []) for code in codes
    ]


def test_many_codes_are_not_looked_for_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    communes.lieux.cache_clear()
    searched = []
    monkeypatch.setattr(communes, "_rows_of_insee", lambda code: searched.append(code) or [])
    for number in range(1000):
        communes.lieux(f"00{number:03}")
    assert len(searched) == communes._FEW + 1
    communes.lieux.cache_clear()
