from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest

from epncli.formats.writing import FORMATS, Export
from epncli.model.structure import Structure

STRUCTURES = [
    Structure(id="a", nom="A", commune="Lyon", telephones=("0478000000",), statut="fermé"),
    Structure(
        id="b",
        nom="B",
        site_web=("http://b.fr",),
        latitude="45.7",
        longitude="4.8",
        horaires="Mo 10:00-12:00",
    ),
]


def content(data: bytes) -> bytes | dict[str, bytes]:
    """The data; of a workbook all parts but the one that holds the time at which it was written."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {part: archive.read(part) for part in archive.namelist() if part != "docProps/core.xml"}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_heeds_what_it_says_and_nothing_else(name: str) -> None:
    """But for `partial`, which is for the command to heed."""
    plain = content(FORMATS[name].write(Export(STRUCTURES)).data)
    others = {
        "fields": Export(STRUCTURES, fields=("nom", "site_web")),
        "lang": Export(STRUCTURES, lang="en"),
        "excel": Export(STRUCTURES, excel=True),
        "links": Export(STRUCTURES, links=True),
    }
    used = {option for option, export in others.items() if content(FORMATS[name].write(export).data) != plain}
    assert used == FORMATS[name].options - {"partial"}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_format_writes_an_empty_registry(name: str, lang: str) -> None:
    written = FORMATS[name].write(Export((), lang=lang))
    assert bool(written.data) == (name != "vcard")  # a file of contacts without a contact is empty
    assert (written.left_out, written.incomplete) == ((), ())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("option", [False, True])
def test_no_text_stops_a_format(name: str, hostile: str, *, option: bool) -> None:
    structure = Structure(
        id=hostile,
        nom=hostile,
        commune=hostile,
        code_postal=hostile,
        adresse=hostile,
        latitude=hostile,
        telephones=(hostile,),
        courriels=(hostile,),
        site_web=(hostile,),
        autres_formations_labels=(hostile,),
        statut="fermé",
        date_fermeture=hostile,
        motif_fermeture=hostile,
        unknown_fields={hostile: [hostile, {hostile: hostile}]},
    )
    opened = structure.changed(statut="")
    export = Export((structure, opened), titre=hostile, excel=option, links=option)
    assert FORMATS[name].write(export).data


def test_a_csv_waits_for_no_library() -> None:
    program = (
        "import sys\n"
        "from epncli.formats.writing import FORMATS, Export\n"
        "FORMATS['csv'].write(Export(()))\n"
        "heavy = {'jinja2', 'xlsxwriter', 'phonenumbers', 'rich', 'typer', 'python_calamine'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
