"""`epn near` and `epn list --near`: the nearest structures, with their distances."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

REGISTRY = """\
titre: EPN
structures:
  - {id: alpha, nom: Alpha, commune: Paris, code_postal: "75012", latitude: "48.8480", longitude: "2.3860"}
  - {id: beta, nom: Bêta, commune: Paris, code_postal: "75012", latitude: "48.8400", longitude: "2.3900"}
  - {id: gamma, nom: Gamma, commune: Lyon, code_postal: "69003", latitude: "45,7600", longitude: "4.8500"}
  - id: delta
    nom: Delta
    commune: Paris
    code_postal: "75020"
    latitude: "48.87"
    longitude: "2.40"
    statut: fermé
  - id: epsilon
    nom: Epsilon
    commune: Paris
    code_postal: "75011"
    latitude: "48.86"
    longitude: "2.38"
    fermetures_temporaires: [2026-03-01/2026-03-31 travaux]
  - {id: zeta, nom: Zêta, commune: Paris, code_postal: "75013"}
  - id: eta
    nom: Êta
    commune: Saint-Denis
    code_postal: "97400"
    latitude: "-20.8789"
    longitude: "55.4481"
"""
ALPHA = "alpha\touvert\t75012\tParis\tAlpha\t\t"
BETA = "beta\touvert\t75012\tParis\tBêta\t\t"
GAMMA = "gamma\touvert\t69003\tLyon\tGamma\t\t"
DELTA = "delta\tfermé\t75020\tParis\tDelta\t\t"
EPSILON = "epsilon\touvert\t75011\tParis\tEpsilon\t\t"
ZETA = "zeta\touvert\t75013\tParis\tZêta\t\t"
ETA = "eta\touvert\t97400\tSaint-Denis\tÊta\t\t"
LACKING = "1 structure without coordinates\n"


@pytest.fixture(autouse=True)
def _registry(registry_file: Callable[..., Path]) -> None:
    registry_file(REGISTRY)


@pytest.mark.parametrize(
    ("args", "lines", "said"),
    [
        (["alpha"], f"{BETA}0.936\n{GAMMA}390.360\n{ETA}9362.079\n", "3 structures out of 7\n"),
        (["75012", "--limit", "2"], f"{ALPHA}0.468\n{BETA}0.468\n", "2 structures out of 7\n"),
        (["48.84,2.39", "--within", "0,95"], f"{BETA}0.000\n{ALPHA}0.936\n", "2 structures out of 7\n"),
        (["48.84", "2.39", "--within", "0.5"], f"{BETA}0.000\n", "1 structure out of 7\n"),
        (["-20.8,55.4", "--limit", "1"], f"{ETA}10.097\n", "1 structure out of 7\n"),
        (["48,84,2,39", "--within", "0.5"], f"{BETA}0.000\n", "1 structure out of 7\n"),
        (["48,84", "2,39", "--within", "0.5"], f"{BETA}0.000\n", "1 structure out of 7\n"),
        (["48,84; 2,39", "--within", "0.5"], f"{BETA}0.000\n", "1 structure out of 7\n"),
    ],
)
def test_the_nearest_that_are_open_today(invoke: Command, args: list[str], lines: str, said: str) -> None:
    run = invoke("near", *args)
    assert (run.code, run.out, run.err) == (0, lines, said + LACKING)


def test_json_has_the_distance_as_a_number(invoke: Command) -> None:
    run = invoke("near", "alpha", "--limit", "1", "--format", "json")
    assert [(one["id"], one["distance_km"]) for one in json.loads(run.out)] == [("beta", 0.936)]
    run = invoke("list", "--near", "alpha", "--format", "json", "--fields", "id", "--arrondissement", "13")
    assert json.loads(run.out) == [{"id": "zeta", "statut": "ouvert"}]


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "fr",
            ["Distance", "0,9\xa0km", "390\xa0km", "9\u202f362\xa0km"],
        ),
        ("en", ["Distance", "0.9 km", "390 km", "9,362 km"]),
    ],
)
def test_the_table_has_the_distances_in_the_decimals_of_the_language(
    invoke: Command, monkeypatch: pytest.MonkeyPatch, lang: str, lines: list[str]
) -> None:
    from epncli import i18n

    monkeypatch.setenv("EPN_LANG", lang)
    i18n.install()
    try:
        rows = invoke("near", "alpha", "--format", "table").out.splitlines()
    finally:
        monkeypatch.setenv("EPN_LANG", "en")
        i18n.install()
    assert [row.endswith(end) for row, end in zip(rows, lines, strict=True)] == [True] * 4, rows
    assert len({len(row) for row in rows}) == 1


def test_a_distance_that_nothing_is_within_is_told(invoke: Command) -> None:
    run = invoke("near", "48.85,2.35", "--within", "1")
    assert (run.code, run.out) == (0, "")
    assert run.err == f"0 structures out of 7\n{LACKING}the nearest is 2.6 km away\n"


def test_a_list_is_sorted_by_distance_with_the_others_last(invoke: Command) -> None:
    run = invoke("list", "--near", "75012", "--code-postal", "75")
    lines = f"{ALPHA}0.468\n{BETA}0.468\n{EPSILON}1.873\n{DELTA}3.021\n{ZETA}\n"
    assert (run.code, run.out) == (0, lines)
    assert run.err == f"5 structures out of 7, 1 closed, 1 closed for a time\n{LACKING}"
    run = invoke("list", "--near", "-20.8,55.4", "--limit", "1", "--fields", "nom")
    assert (run.code, run.out) == (0, "Êta\t10.097\n")


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["near", "zeta"], 1, "error: Zêta has no coordinates\n"),
        (["near", "75013"], 1, "error: no structure with the postal code 75013 has coordinates\n"),
        (["near", "75099"], 1, "error: no structure has the postal code 75099\n"),
        (["near", "2.35,48.85"], 2, "error: latitude and longitude are swapped\n"),
        (["near", "55.4,-20.8"], 2, "error: latitude and longitude are swapped\n"),
        (["near", "95,2"], 2, "error: ‘95, 2’ are not coordinates in degrees, such as 48.85, 2.35\n"),
        (["near", "alpha", "beta"], 2, "error: distances are measured from one point only\n"),
        (["near", "omega"], 1, "error: no structure matches ‘omega’\n"),
        (["list", "--near", "alpha", "--sort", "nom"], 2, "error: --near and --sort both set the order\n"),
        (
            ["near", "alpha", "--within", "-1"],
            2,
            "Usage: epn near [OPTIONS] REF|CODE|LAT,LON\nerror: Invalid value for '--within': ‘-1’ is not",
        ),
    ],
)
def test_a_point_that_is_none_is_an_error(invoke: Command, args: list[str], code: int, said: str) -> None:
    run = invoke(*args)
    assert (run.code, run.out) == (code, "")
    assert run.err.startswith(said)


def test_wrong_coordinates_are_no_centre_of_a_postal_code(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    swapped = '{id: x, nom: X, commune: Paris, code_postal: "75012", latitude: "2.39", longitude: "48.84"}'
    registry_file(f"{REGISTRY}  - {swapped}\n")
    assert invoke("near", "75012", "--limit", "1").out == f"{ALPHA}0.468\n"
    run = invoke("near", "x", "--limit", "1")
    assert run.code == 0
    assert run.err.startswith("X: latitude and longitude are swapped\n1 structure out of 8\n")
    registry_file(f"structures:\n  - {swapped}\n")
    run = invoke("near", "75012")
    assert (run.code, run.out) == (1, "")
    assert run.err == (
        "error: the coordinates of the structures with the postal code 75012 are wrong\n"
        "  see ‘epn check’, or give coordinates, such as 48.85,2.35\n"
    )


@pytest.mark.parametrize(
    ("day", "first", "said"),
    [
        ("2026-03-05", "beta", ""),  # a Thursday
        (
            "2026-03-08",  # a Sunday
            "gamma",
            "1 structure left out: its opening hours say that it is closed today\n",
        ),
    ],
)
def test_those_that_do_not_open_on_this_day_are_left_out(
    invoke: Command,
    registry_file: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    day: str,
    first: str,
    said: str,
) -> None:
    hours = 'longitude: "2.3900", horaires: "Mo-Sa 10:00-12:00"}'
    registry_file(REGISTRY.replace('longitude: "2.3900"}', hours))
    monkeypatch.setattr("epncli.cli.commands.near.today", lambda: day)
    run = invoke("near", "alpha", "--limit", "1")
    assert run.out.partition("\t")[0] == first
    assert run.err == f"1 structure out of 7\n{LACKING}{said}"


def test_a_nearer_place_that_is_closed_today_is_not_said_to_be_the_nearest(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    hours = 'longitude: "2.3900", horaires: "Su 10:00-12:00"}'
    registry_file(REGISTRY.replace('longitude: "2.3900"}', hours))
    run = invoke("near", "alpha", "--within", "0.5")
    assert (run.code, run.out) == (0, "")
    assert run.err == (f"0 structures out of 7\n{LACKING}the nearest is 390 km away\n")
    run = invoke("near", "alpha", "--within", "1")
    assert run.err == (
        f"0 structures out of 7\n{LACKING}"
        "1 structure left out: its opening hours say that it is closed today\nthe nearest is 390 km away\n"
    )


def test_where_nothing_has_coordinates_the_way_to_them_is_told(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    registry_file('structures:\n  - {id: x, nom: X, commune: Paris, code_postal: "75012"}\n')
    way = f"{LACKING}‘epn export ban’ helps to add the coordinates\n"
    assert invoke("near", "48.85,2.35").err == f"0 structures out of 1\n{way}"
    assert invoke("list", "--near", "48.85,2.35").err == f"1 structure\n{way}"
