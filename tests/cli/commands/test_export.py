from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from epncli.formats.writing import FORMATS
from epncli.registry.registry import Registry

Command = Callable[..., Any]

PARIS = Path(__file__).parents[3] / "registry.yaml"


def test_a_csv_of_the_whole_registry_reads_back_to_the_same_values(invoke: Command) -> None:
    run = invoke("export", "csv", "-r", PARIS)
    assert (run.code, run.err) == (0, "65 structures\n")
    rows = list(csv.DictReader(io.StringIO(run.out, newline="")))
    assert [{name: cell for name, cell in row.items() if cell} for row in rows] == [
        {name: value if isinstance(value, str) else "|".join(value) for name, value in one.values().items()}
        for one in Registry.read(PARIS).structures
    ]


def test_a_markdown_table_of_the_whole_registry_reads_back_to_the_same_values(invoke: Command) -> None:
    run = invoke("export", "markdown", "-r", PARIS)
    assert (run.code, run.err) == (0, "65 structures\n")
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(run.out)
    cells = [
        "".join(child.content for child in token.children or []).replace("\xa0", " ")
        for before, token in pairwise(tokens)
        if token.type == "inline" and before.type in ("td_open", "th_open")
    ]
    rows = [cells[start : start + 4] for start in range(0, len(cells), 4)]
    closed = " (fermée en septembre 2014 : association fermée)"
    assert rows == [["Commune", "CP", "Structure", "Téléphone"]] + [
        [one.commune, one.code_postal, one.nom + (closed if one.is_closed else ""), ", ".join(one.telephones)]
        for one in Registry.read(PARIS).structures
    ]
    struck = [token for inline in tokens for token in inline.children or [] if token.type == "s_open"]
    assert len(struck) == 1


def test_the_contact_of_the_registry_is_on_its_page_and_in_a_yaml_of_it(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    registry_file(
        "contact: a@exemple.fr\nstructures:\n  - {id: a, nom: A, commune: B, code_postal: '75001'}\n"
    )
    assert '<a href="mailto:a@exemple.fr">a@exemple.fr</a>' in invoke("export", "page").out
    assert invoke("export", "yaml").out.startswith("contact: a@exemple.fr\n")
    assert invoke("check").code == 0


@pytest.mark.usefixtures("registry")
def test_filters_order_and_columns_are_those_of_list(invoke: Command) -> None:
    run = invoke("export", "csv", "--commune", "paris", "--open", "--sort", "-nom", "--fields", "nom,statut")
    assert (run.code, run.err) == (0, "2 structures\n")
    assert run.out == "nom,statut\r\nRelais du 16e – Émile,\r\nAlternord,\r\n"


@pytest.mark.usefixtures("registry")
def test_a_labelled_name_is_bold_and_its_label_has_a_column(invoke: Command) -> None:
    run = invoke("export", "markdown", "--arrondissement", "9")
    assert run.out == (
        "| Commune | CP    | Structure     | Téléphone                      | Label     |\n"
        "| ------- | ----- | ------------- | ------------------------------ | --------- |\n"
        "| Paris   | 75009 | **Alternord** | 01 53 16 14 82, 01 53 16 14 83 | NetPublic |\n"
    )


@pytest.mark.usefixtures("registry")
def test_a_file_is_written_whole_and_an_earlier_one_replaced_and_that_is_said(
    invoke: Command, tmp_path: Path
) -> None:
    table = tmp_path / "table.md"
    first = invoke("export", "markdown", "-o", "table.md", "--limit", "1")
    assert (first.code, first.out, first.err) == (0, "", "1 structure in table.md\n")
    second = invoke("export", "markdown", "-o", "table.md")
    assert (second.code, second.err) == (0, "4 structures in table.md, replacing the previous file\n")
    assert table.read_text() == invoke("export", "markdown").out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["registry.yaml", "table.md"]


@pytest.mark.usefixtures("registry")
def test_a_full_disk_leaves_an_earlier_export_as_it_was(
    invoke: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "epn.csv").write_text("avant")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    run = invoke("export", "csv", "-o", "epn.csv")
    assert (run.code, run.out) == (4, "")
    assert run.err == "epn.csv: error: the disk is full\n  free some space, then try again\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["epn.csv", "registry.yaml"]
    assert (tmp_path / "epn.csv").read_text() == "avant"


@pytest.mark.parametrize(
    "name",
    [
        "registry.yaml",
        pytest.param("lien.yaml", marks=pytest.mark.needs("symlinks")),
        "dur.yaml",
        "../{folder}/registry.yaml",
        "missing/../registry.yaml",
    ],
)
def test_an_export_never_replaces_the_registry(
    invoke: Command, registry: Path, tmp_path: Path, name: str
) -> None:
    if name == "lien.yaml":
        (tmp_path / "lien.yaml").symlink_to(registry)
    (tmp_path / "dur.yaml").hardlink_to(registry)
    name = name.format(folder=tmp_path.name)
    before = registry.read_bytes()
    run = invoke("export", "csv", "-o", name)
    assert (run.code, run.out, run.err, registry.read_bytes()) == (
        4,
        "",
        f"{name}: error: the export would overwrite the registry\n  choose another file with -o\n",
        before,
    )


@pytest.mark.usefixtures("registry")
def test_a_dash_is_standard_output(invoke: Command, tmp_path: Path) -> None:
    assert invoke("export", "csv", "-o", "-") == invoke("export", "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["registry.yaml"]


def test_nor_the_registry_that_it_reads_from_standard_input(epn: Command, registry: Path) -> None:
    before = registry.read_bytes()
    command = f"{sys.executable} -m epncli export csv -r - -o registry.yaml < registry.yaml"
    run = subprocess.run(command, shell=True, cwd=registry.parent, capture_output=True, check=False)  # noqa: S602  the shell opens the file
    assert (run.returncode, registry.read_bytes()) == (4, before)
    assert epn("export", "csv", "-r", "-", "-o", "epn.csv", stdin=before).code == 0


@pytest.mark.usefixtures("registry")
def test_what_the_national_map_lacks_stops_a_whole_export_and_not_a_partial_one(
    invoke: Command, tmp_path: Path
) -> None:
    whole = invoke("export", "mednum", "-o", "mednum.csv")
    assert (whole.code, whole.out) == (1, "")
    assert whole.err.startswith("1 incomplete (missing: address): alternord\n")
    assert whole.err.endswith(
        "nothing was written; complete these structures, or leave them out with --partial\n"
    )
    assert not (tmp_path / "mednum.csv").exists()
    partial = invoke("export", "mednum", "--partial", "-o", "mednum.csv")
    assert partial.code == 0
    assert partial.err.startswith("0 structures in mednum.csv\n1 left out (closed structure): microlithe\n")
    assert len((tmp_path / "mednum.csv").read_text().splitlines()) == 1


def test_the_phone_numbers_that_the_national_map_has_no_place_for_are_named(
    invoke: Command, registry_file: Callable[..., Path]
) -> None:
    place = "commune: Paris, code_postal: '75012', adresse: 1 rue X, date_maj: 2025-01-31"
    registry_file(
        "structures:\n"
        f"  - {{id: a, nom: A, {place}, telephones: ['3949', 01 46 36 70 13, 01 46 36 70 14]}}\n"
        + "".join(f"  - {{id: b{n}, nom: B{n}, {place}, telephones: ['36 46']}}\n" for n in range(6))
    )
    assert invoke("export", "mednum", "-o", "mednum.csv").err == (
        "7 structures in mednum.csv\n"
        "7 phone numbers left out (without an international form, as short numbers are): "
        "a (3949), b0 (36 46), b1 (36 46), b2 (36 46), b3 (36 46), …\n"
        "1 phone number left out (the schema has only one for each place): a (01 46 36 70 14)\n"
    )


@pytest.mark.parametrize("label", ["Étapes numériques(La Poste)", "Étapes numériques (La Poste)"])
def test_both_spellings_of_a_label_are_read_and_that_of_the_schema_is_written(
    invoke: Command, registry_file: Callable[..., Path], label: str
) -> None:
    registry = registry_file("structures: []\n")
    registry.with_name("carte.csv").write_text(
        "id,pivot,nom,commune,code_postal,adresse,telephone,date_maj,formations_labels\n"
        f"a,00000000000000,A,Paris,75012,1 rue X,,2025-01-31,{label}|Fabriques de Territoire\n",
        encoding="utf-8",
    )
    assert invoke("import", "carte.csv", "--yes").code == 0
    written = invoke("export", "mednum").out
    assert "Étapes numériques(La Poste)|Fabriques de Territoire" in written


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("args", "err"),
    [
        (["csv", "--fields", "comune"], "error: unknown field ‘comune’\n  did you mean ‘commune’?\n"),
        (
            ["docx"],
            "Usage: epn export [OPTIONS] FORMAT\nerror: Invalid value for 'FORMAT': 'docx' is not one of",
        ),
        (
            [],
            (
                "Usage: epn export [OPTIONS] FORMAT\nerror: Missing argument 'FORMAT'. Choose one of:"
                " csv, xlsx, markdown, html, page, json, yaml, geojson, ban, vcard, mednum\n"
                "see ‘epn export --help’\n"
            ),
        ),
    ],
)
def test_a_slip_is_said_and_nothing_is_exported(invoke: Command, args: list[str], err: str) -> None:
    run = invoke("export", *args)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(err)


def test_a_missing_format_is_said_in_french_too(epn: Command) -> None:
    run = epn("export", env={"EPN_LANG": "fr"})
    assert run.code == 2
    assert run.err.splitlines() == [
        "Utilisation\xa0: epn export [OPTIONS] FORMAT",
        (
            "erreur\xa0: il manque l’argument «\xa0FORMAT\xa0». Choisissez parmi\xa0:"
            " csv, xlsx, markdown, html, page, json, yaml, geojson, ban, vcard, mednum"
        ),
        "voir «\xa0epn export --help\xa0»",
    ]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["page      a complete web page with a search box", "epn export markdown --open > table.md"]),
        ("fr", ["page      une page web complète avec recherche", "epn export markdown --open > tableau.md"]),
    ],
)
def test_the_help_says_what_each_format_is(epn: Command, language: str, lines: list[str]) -> None:
    help_ = epn("export", "--help", env={"EPN_LANG": language, "COLUMNS": "80"}).out.splitlines()
    told = [
        line.split()[0]
        for line in help_[[line.replace("\xa0", "") for line in help_].index("  Formats:") + 1 :][
            : len(FORMATS)
        ]
    ]
    assert told == list(FORMATS)
    assert {f"    {line}" for line in lines} <= set(help_)
    assert max(map(len, help_)) <= 80


def test_on_a_narrow_screen_what_a_format_is_is_folded(terminal: Any) -> None:
    lines = terminal.run("export", "--help", columns=40, own_process=True).lines
    at = lines.index("    html      a table to paste into a")
    assert lines[at + 1] == "              web page"


@pytest.mark.parametrize(
    ("args", "option", "formats"),
    [
        (["csv", "--lang", "en"], "--lang has no effect on csv", "xlsx, markdown, html, page, geojson"),
        (["json", "--excel"], "--excel has no effect on json", "csv"),
        (["page", "--links"], "--links has no effect on page", "markdown, html"),
        (["markdown", "--partial"], "--partial has no effect on markdown", "mednum"),
        (
            ["mednum", "--fields", "nom"],
            "--fields has no effect on mednum",
            "csv, xlsx, markdown, html, page, json, yaml, geojson",
        ),
    ],
)
@pytest.mark.usefixtures("registry")
def test_an_option_that_would_do_nothing_is_refused(
    invoke: Command, args: list[str], option: str, formats: str
) -> None:
    run = invoke("export", *args)
    assert (run.code, run.out, run.err) == (
        2,
        "",
        f"error: {option}\n  remove this option; it applies only to {formats}\n",
    )


@pytest.mark.usefixtures("registry")
def test_a_device_is_not_an_earlier_export(invoke: Command) -> None:
    assert invoke("export", "csv", "-o", os.devnull).err == f"4 structures in {os.devnull}\n"
