from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.errors import Unreadable
from epncli.importing.last_file import LastFile, last_file_data, name_of, path_of, read_last_file
from epncli.importing.text_cleaning import key_of_cells
from epncli.model.structure import FIELDS, Structure

ANGERS = Structure(
    id="toussaint", nom="Toussaint", commune="Angers", code_postal="49000", notes="a;b,\n'c'",
    telephones=("02 41 24 25 50", "39 49"), identifiants_externes=("angers:1",),
)  # fmt: skip
ITEM = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="|"), min_size=1).map(str.strip)


@pytest.mark.parametrize("recipe", ["angers.yaml", "angers.config.json", "angers"])
def test_it_is_beside_the_recipe(recipe: str) -> None:
    assert path_of(Path("recettes", recipe)) == Path("recettes/angers.last.csv")
    assert name_of(Path("recettes", recipe)) == "angers"


def test_it_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "angers.last.csv"
    structures = [ANGERS, Structure(id="b", nom="B")]
    path.write_bytes(last_file_data(structures))
    assert path.read_text("utf-8-sig").startswith("id,nom,commune,code_postal,telephones,")
    assert read_last_file(path).structures == structures


@given(st.lists(st.dictionaries(st.sampled_from(list(FIELDS)), ITEM.filter(bool), max_size=6), max_size=4))
def test_any_values_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.last.csv"
    structures = [
        Structure(**{name: (text,) if FIELDS[name].many else text for name, text in row.items()})
        for row in rows
    ]
    path.write_bytes(last_file_data(structures))
    assert read_last_file(path).structures == structures


def test_a_structure_is_found_by_its_identifier_or_without_one_by_name_and_place() -> None:
    other = Structure(id="b", nom="Le Fab", commune="Angers", code_postal="49000")
    last = LastFile([ANGERS, other])
    assert last.identified(["x", "angers:1"]) == [0]
    assert last.identified(["angers:2"]) == []
    assert last.named(key_of_cells("LE FAB", "49000", "ANGERS")).positions == [1]
    assert last.named(key_of_cells("Toussaint", "49000", "Angers")).positions == []


def test_without_a_last_file_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    assert read_last_file(tmp_path / "angers.last.csv").structures == []


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n", b"nom,couleur\nA,bleu\n", b"\xff\xfe\x00", b'nom\n"a', b"\0"]
)
def test_any_other_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "angers.last.csv"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as refused:
        read_last_file(path)
    assert (refused.value.message, refused.value.path) == ("this is not a partner’s last file", str(path))
