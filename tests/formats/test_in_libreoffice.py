"""A registry opened, edited in one cell and saved in LibreOffice: only that cell is different."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from epncli.formats.detection import read
from epncli.formats.reading import InputFile
from epncli.formats.writing import FORMATS, Export
from epncli.importing.merge import merge
from epncli.model.structure import Structure
from epncli.registry.changes import commit
from epncli.registry.compare import Difference
from epncli.registry.registry import Registry

pytestmark = pytest.mark.office

SOFFICE = shutil.which("soffice")
TODAY = "2026-01-31"
# Semicolons, double quotes, UTF-8, from line 1, cells as they are shown.
CSV_OF_SPREADSHEETS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false"

STRUCTURES = (
    Structure(
        id="007", nom="=1+1; « L’Œuvre »", commune="Bourg-en-Bresse", code_postal="01000",
        pivot="73282932000074", telephones=("01 46 36 70 13", "39 49"), latitude="46.205500",
        longitude="5.225", statut="fermé", date_fermeture="2014-09", notes="une ligne\nune autre",
        date_maj="2025-03-31",
    ),
    Structure(
        id="1e5", nom="12:30", commune="Paris", code_postal="75012", telephones=("09 53 21 27 82",),
        horaires="Mo-Fr 09:00-12:00; Sa 10:00-12:00", typologie=("EPN", "BIB"), adresse="1/2 rue de la Paix",
        courriels=("a@b.fr",), site_web=("https://www.exemple.fr/?a=1",), date_fermeture="2014",
    ),
    Structure(id="élan", nom="+33 élan", commune="Paris", code_postal="75013", complement_adresse="-3",
              statut="fermé", date_fermeture="2014-09-30"),
)  # fmt: skip
EDITED = replace(STRUCTURES[1], adresse="4 rue de la Paix")


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str, str], bytes]:
    """Open a file in LibreOffice and save it again."""
    if not SOFFICE:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("office")

    def run(data: bytes, suffix: str, target: str) -> bytes:
        source = folder / f"lieux.{suffix}"
        source.write_bytes(data)
        out = folder / "out"
        arguments = [
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            target,
        ]
        if suffix == "csv":
            arguments.append("--infilter=CSV:59,34,76,1")
        subprocess.run(
            [SOFFICE, *arguments, "--outdir", str(out), str(source)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return (out / f"lieux.{target.partition(':')[0]}").read_bytes()

    return run


def written(structures: tuple[Structure, ...], name: str) -> bytes:
    return FORMATS[name].write(Export(structures, excel=name == "csv")).data


@pytest.mark.parametrize("source", ["xlsx", "csv"])
@pytest.mark.parametrize("target", [CSV_OF_SPREADSHEETS, "xlsx", "ods"], ids=["csv", "xlsx", "ods"])
def test_one_cell_edited_in_libreoffice_is_one_cell_changed(
    convert: Callable[[bytes, str, str], bytes], tmp_path: Path, source: str, target: str
) -> None:
    edited = (STRUCTURES[0], EDITED, STRUCTURES[2])
    data = convert(written(edited, source), source, target)
    path = tmp_path / "registry.yaml"
    path.write_bytes(written(STRUCTURES, "yaml"))
    before = path.read_text().splitlines()
    registry = Registry.read(path)
    reading = read(InputFile("file", data))
    assert reading.warnings == ()
    merged = merge(registry.structures, [reading], TODAY)
    assert merged.errors == []
    assert merged.changed == [
        Difference(registry.structures[1], replace(EDITED, date_maj=TODAY), ("adresse",))
    ]
    assert (merged.new, merged.same, merged.missing) == ([], 2, [])
    commit(registry, merged.changes(update=True))
    after = path.read_text().splitlines()
    assert [line for line in after if line not in before] == [
        "    adresse: 4 rue de la Paix", f'    date_maj: "{TODAY}"',
    ]  # fmt: skip
    assert [line for line in before if line not in after] == ["    adresse: 1/2 rue de la Paix"]
