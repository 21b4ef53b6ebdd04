from __future__ import annotations

from pathlib import Path

from epncli.formats.reading import Reading, Row
from epncli.importing.merge_result import Merge, PartnerRow
from epncli.importing.partner import read_partner
from epncli.model.structure import Structure


def test_a_recipe_has_the_date_of_the_file_and_what_the_command_line_says(tmp_path: Path) -> None:
    path = tmp_path / "angers.yaml"
    path.write_text("colonnes: {A: nom, B: notes}\nconstantes: {date_maj: fichier}\n", encoding="utf-8")
    partner = read_partner(path)
    recipe = partner.recipe_of("2026-01-15", {"B": "", "C": "adresse"})
    assert recipe.columns == {"A": ("nom",), "B": (), "C": ("adresse",)}
    assert recipe.constants == {"date_maj": "2026-01-15"}
    assert (partner.name, partner.last_path) == ("angers", tmp_path / "angers.last.csv")


def test_identifiers_are_those_of_the_partner(tmp_path: Path) -> None:
    path = tmp_path / "angers.config.json"
    path.write_text("{}", encoding="utf-8")
    cells = (" 115.0 ",), ("",)
    rows = [*(Row(2, {"identifiants_externes": cell}) for cell in cells), Row(4, {})]
    read_partner(path).identify([Reading("f.csv", rows)])
    assert [row.values for row in rows] == [
        {"identifiants_externes": ("angers:115",)}, {"identifiants_externes": ()}, {},
    ]  # fmt: skip


def test_the_last_file_has_the_ids_of_the_registry_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "angers.yaml"
    path.write_text("source: x\n", encoding="utf-8")
    new, known = Structure(nom="Zig"), Structure(id="a", nom="Zag", notes="du gardien")
    merged = Merge(new=[new], partner_rows=[PartnerRow(new, new), PartnerRow(Structure(nom="Zag"), known)])
    data = read_partner(path).last_data(merged, {id(new): "zig"})
    assert data.decode("utf-8-sig").splitlines() == ["id,nom", "a,Zag", "zig,Zig"]
