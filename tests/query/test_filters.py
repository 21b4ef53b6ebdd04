"""Filters of `list`, `search` and `export`."""

from __future__ import annotations

from typing import Any

import pytest

from epncli.model.structure import Structure
from epncli.query.filters import Filters


def structure(**fields: Any) -> Structure:
    return Structure.from_values(fields)


PLACES = [
    structure(id="daviel", commune="Paris", code_postal="75013", formations_labels="ORDI 3.0"),
    structure(id="seine", commune="PARIS 13E ARRONDISSEMENT", code_postal="75640", statut="fermé"),
    structure(id="passy", commune="Paris", code_postal="75116", statut="ouvert"),
    structure(id="etienne", commune="St-Étienne", code_postal="42000", statut="Fermée"),
    structure(
        id="lyon",
        commune="Lyon",
        code_postal="69003",
        autres_formations_labels=["PARVI Ville Numérique", "NetPublic"],
    ),
    structure(id="bourg", commune="Parisot", code_postal="82160"),
    structure(id="pix", dispositif_programmes_nationaux=["Certification PIX"]),
]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(), ["daviel", "seine", "passy", "etienne", "lyon", "bourg", "pix"]),
        (Filters(commune="paris"), ["daviel", "seine", "passy"]),
        (Filters(commune="Paris 13e"), ["daviel", "seine"]),
        (Filters(commune="Saint Etienne"), ["etienne"]),
        (Filters(code_postal="75"), ["daviel", "seine", "passy"]),
        (Filters(code_postal="75116"), ["passy"]),
        (Filters(code_postal="5"), []),
        (Filters(arrondissement=13), ["daviel"]),
        (Filters(arrondissement=16), ["passy"]),
        (Filters(arrondissement=3), ["lyon"]),
        (Filters(arrondissement=21), []),
        (Filters(label="ordi 3.0"), ["daviel"]),
        (Filters(label="netpublic"), ["lyon"]),
        (Filters(label="VILLE NUMERIQUE"), ["lyon"]),
        (Filters(label="pix"), ["pix"]),
        (Filters(label="???"), []),
        (Filters(statut="fermé"), ["seine", "etienne"]),
        (Filters(statut="ouvert"), ["daviel", "passy", "lyon", "bourg", "pix"]),
        (Filters(commune="paris", statut="ouvert", arrondissement=16), ["passy"]),
        (Filters(code_postal="69", label="netpublic", statut="fermé"), []),
    ],
)
def test_a_structure_is_kept_that_passes_all_filters(filters: Filters, ids: list[str]) -> None:
    assert [one.id for one in filters.apply(PLACES)] == ids
