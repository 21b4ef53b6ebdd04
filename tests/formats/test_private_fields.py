from __future__ import annotations

import pytest

from epncli.formats.writing import FORMATS, Export
from epncli.model.structure import Structure

PLACE = Structure(
    id="toussaint", nom="Toussaint", commune="Angers", code_postal="49000", adresse="49 rue Toussaint",
    latitude="47.4698", longitude="-0.5517", date_maj="2026-01-31", pivot="00000000000000",
    identifiants_externes=("angers:115",), notes="code 4412B", rappeler_le="2027-12-03",
)  # fmt: skip


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])  # a compressed file
@pytest.mark.parametrize(
    ("field", "value"),
    [("identifiants_externes", b"angers:115"), ("notes", b"code 4412B"), ("rappeler_le", b"2027-12-03")],
)
def test_an_export_has_a_private_field_only_if_it_is_asked_for(name: str, field: str, value: bytes) -> None:
    assert value not in FORMATS[name].write(Export((PLACE,))).data
    if "fields" in FORMATS[name].options:
        assert value in FORMATS[name].write(Export((PLACE,), ("id", "nom", field))).data
