from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epncli.formats.csv import write
from epncli.formats.tabular.cells import columns, split, unguard
from epncli.formats.writing import Export
from epncli.model.structure import FIELDS, Structure


def test_a_registry_as_csv(registry: Sequence[Structure]) -> None:
    assert write(Export(registry)).data.decode() == (
        "id,nom,commune,code_postal,telephones,courriels,site_web,statut,date_fermeture,"
        "motif_fermeture,autres_formations_labels\r\n"
        "freepam,FREPAM,Paris,75009,06 99 93 14 51,,,,,,\r\n"
        "microlithe,Microlithe,Paris,75020,01 46 36 70 13|3949,contact@microlithe.fr,"
        "http://www.microlithe.fr,fermé,2014-09,association fermée,\r\n"
        "annexe,EPN L’@nnexe du centre social Relais 59,Paris,75012,09 53 21 27 82,,,,,,"
        "NetPublic\r\n"
    )


def test_a_registry_for_excel(registry: Sequence[Structure]) -> None:
    structures = (
        *registry,
        Structure(id="007", nom="=1+1;2", commune="Ceyzériat", code_postal="01250"),
    )
    export = Export(structures, fields=("id", "nom", "code_postal", "date_fermeture"), excel=True)
    assert write(export).data.decode() == (
        "\ufeffid;nom;code_postal;date_fermeture\r\n"
        "freepam;FREPAM;75009;\r\n"
        "microlithe;Microlithe;75020;'2014-09\r\n"
        "annexe;EPN L’@nnexe du centre social Relais 59;75012;\r\n"
        "'007;\"'=1+1;2\";'01250;\r\n"
    )


def test_unknown_fields_are_for_yaml_and_json() -> None:
    structure = Structure(id="a", nom="A", unknown_fields={"horaire": "x"})
    assert b"horaire" not in write(Export([structure])).data


@pytest.mark.parametrize("excel", [False, True])
@given(data=st.data())
@settings(max_examples=60)
def test_a_csv_reads_back_to_the_same_values(
    structures: st.SearchStrategy[list[Structure]], data: st.DataObject, *, excel: bool
) -> None:
    given_structures = data.draw(structures)
    written = write(Export(given_structures, excel=excel)).data
    text = io.StringIO(written.decode("utf-8-sig" if excel else "utf-8"), newline="")
    header, *rows = csv.reader(text, delimiter=";" if excel else ",")
    assert tuple(header) == columns(given_structures, ())
    back = []
    for row in rows:
        cells = map(unguard, row) if excel else row
        values: dict[str, Any] = {
            name: split(cell) if FIELDS[name].many else cell for name, cell in zip(header, cells, strict=True)
        }
        back.append(Structure(**values))
    assert back == given_structures
