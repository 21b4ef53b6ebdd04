"""The places of the fields of many records, found in one reading of the file."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from changing import KEY
from handwriting import write_registry

from epncli.yamlfile import places
from epncli.yamlfile.places import record_places
from epncli.yamlfile.reader import Document, read_document
from epncli.yamlfile.source import decode


def assert_same(document: Document) -> None:
    """The places in one reading of the file are those of the nodes, which are found record by record."""
    indexes = range(len(document.root[KEY]))
    expected = [places._of_node(document.item(KEY, index)) for index in indexes]
    assert list(record_places(document, KEY, indexes)) == expected


@pytest.mark.parametrize("seed", range(100))
def test_the_places_in_a_hand_written_file_are_those_of_its_nodes(seed: int) -> None:
    written = write_registry(Random(seed))  # noqa: S311  the same each time
    document = read_document(decode(Path("r.yaml"), written.data))
    if document.root[KEY]:
        assert_same(document)


@pytest.mark.parametrize(
    "text",
    [
        "titre: A\nautre: [1, {a: [2]}]\nstructures:\n  - id: a\n    nom:\n  - id: b\n    nom: ''\nfin: x\n",
        "structures: [{id: a, nom}, {id: b, nom: , tel: [1, [2, 3], {c: d}, '']}]\n",
        "structures:\n  - id: a\n    nom:   # rien\n\n    adresse:\n      - 1\n      -\n      - {a: b}\n",
        "structures:\n- nom:\n    un: deux\n    trois: [4]\n  fin: 'x'\n",
        'structures:\n  - {"id":"a","nom":""}\n',
    ],
)
def test_the_places_of_empty_and_nested_values_are_those_of_the_nodes(text: str) -> None:
    assert_same(read_document(decode(Path("r.yaml"), text.encode())))


def test_a_few_records_of_many_are_parsed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "structures:\n" + "".join(f"  - id: s{number}\n    nom: N\n" for number in range(100))
    document = read_document(decode(Path("r.yaml"), text.encode()))
    monkeypatch.setattr(places, "_Events", None)
    [place] = record_places(document, KEY, [7])
    assert text[place.fields["id"].value :].startswith("s7\n")
