from __future__ import annotations

import subprocess
import sys

import pytest

from epncli.formats.export import FORMATS, Export
from epncli.structure import Structure


def test_only_what_readers_see_is_published() -> None:
    assert [name for name, found in FORMATS.items() if found.published] == [
        "markdown",
        "html",
        "page",
    ]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_format_writes_an_empty_registry(name: str, lang: str) -> None:
    written = FORMATS[name].write(Export((), lang=lang))
    assert written.data
    assert (written.left_out, written.lacking) == ((), ())


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
        inconnus={hostile: [hostile, {hostile: hostile}]},
    )
    opened = structure.changed(statut="")
    export = Export((structure, opened), titre=hostile, excel=option, links=option)
    assert FORMATS[name].write(export).data


def test_a_csv_waits_for_no_library() -> None:
    program = (
        "import sys\n"
        "from epncli.formats.export import FORMATS, Export\n"
        "FORMATS['csv'].write(Export(()))\n"
        "heavy = {'jinja2', 'xlsxwriter', 'phonenumbers', 'rich', 'typer', 'python_calamine'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
