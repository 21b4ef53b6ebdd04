"""The columns and the caption of a published table."""

from __future__ import annotations

from epncli.formats.published_table import caption, table
from epncli.formats.writing import Export
from epncli.model.structure import Structure

CLOSED = Structure(id="a", nom="A", statut="fermé")


def test_the_caption_is_the_title_of_the_registry() -> None:
    assert caption(Export((), titre=" EPN\nde Paris ")) == "EPN de Paris"
    assert caption(Export(())) == "Lieux d’inclusion numérique"
    assert caption(Export((), lang="en")) == "Places of digital inclusion"


def test_bold_never_stands_alone() -> None:
    labelled = [Structure(id="a", nom="A", formations_labels=("ORDI 3.0",))]
    assert table(Export(labelled)).headings[-1] == "Label"
    assert table(Export(labelled)).bold
    assert not table(Export(labelled, fields=("nom",))).bold
    assert table(Export(labelled, fields=("nom", "formations_labels"))).bold
    assert table(Export([CLOSED])).headings == ("Commune", "CP", "Structure", "Téléphone")
