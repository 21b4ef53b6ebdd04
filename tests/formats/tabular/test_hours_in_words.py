"""The column of a workbook with the hours in words, when it is imported."""

from __future__ import annotations

from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Reading
from epncli.formats.writing import FORMATS, Export
from epncli.importing.merge import merge
from epncli.importing.merge_result import Merge
from epncli.model.structure import Structure
from epncli.registry.compare import Difference

HEADER = "nom,commune,code_postal,horaires,horaires_en_clair\n"
TODAY = "2026-01-31"


def reading(rows: str, header: str = HEADER) -> Reading:
    return read(InputFile("lieux.csv", (header + rows).encode()))


def hours(found: Reading) -> list[object]:
    return [row.values.get("horaires") for row in found.rows]


def test_a_workbook_as_it_was_exported_says_nothing_of_the_words() -> None:
    places = [
        Structure(id="a", nom="A", commune="Lyon", code_postal="69003", horaires="Tu-Sa 10:00-12:00; PH off"),
        Structure(id="b", nom="B", commune="Lyon", code_postal="69003", horaires="le matin"),
        Structure(id="c", nom="C", commune="Lyon", code_postal="69003"),
    ]
    written = FORMATS["xlsx"].write(Export(places)).data
    found = read(InputFile("epn.xlsx", written))
    assert (found.warnings, hours(found)) == ((), ["Tu-Sa 10:00-12:00; PH off", "le matin", ""])
    assert found.understood is not None
    recipe = found.understood
    by_recipe = read(InputFile("epn.xlsx", written, mapping=recipe.single_columns, recipe=recipe))
    assert (by_recipe.warnings, hours(by_recipe)) == ((), hours(found))
    assert merge(places, [found], TODAY) == Merge(same=3)


def test_the_same_hours_in_other_words_are_no_disagreement() -> None:
    found = reading("A,Lyon,69003,mo-fr 9:00-12:00,du lundi au vendredi de 9h à 12h\n")
    assert (found.warnings, hours(found)) == ((), ["mo-fr 9:00-12:00"])


def test_hours_count_before_words_that_say_something_else() -> None:
    rows = "A,Lyon,69003,Mo 09:00-12:00,mardi 9h-12h\nB,Lyon,69003,Mo 09:00-12:00,lundi 9 h–12 h\n"
    found = reading(rows)
    assert hours(found) == ["Mo 09:00-12:00", "Mo 09:00-12:00"]
    [warning] = found.warnings
    assert warning == (
        "1 row has other hours in ‘horaires_en_clair’ than in ‘horaires’, which counts: row 2; to change the "
        "hours, write them in ‘horaires’, in words if you like"
    )
    [warning] = reading("A,Lyon,69003,Mo 09:00-12:00,?\n" * 7).warnings
    assert warning.startswith("7 rows have other hours in ‘horaires_en_clair’")
    assert "rows 2, 3, 4, 5, 6 …;" in warning


def test_words_that_someone_writes_where_there_are_no_hours_are_the_hours() -> None:
    found = reading("A,Lyon,69003,,lundi au vendredi 9h-12h\n")
    assert found.warnings == ()
    before = Structure(id="a", nom="A", commune="Lyon", code_postal="69003")
    merged = merge([before], [found], TODAY)
    after = before.changed(horaires="Mo-Fr 09:00-12:00", date_maj=TODAY)
    assert merged.changed == [Difference(before, after, ("horaires",))]


def test_blank_cells_remove_hours_if_both_columns_are_blank() -> None:
    before = Structure(
        id="a", nom="A", commune="Lyon", code_postal="69003", horaires="Mo 09:00-12:00", date_maj=TODAY
    )
    for words, left in (("", ""), ("lundi 9 h–12 h", "Mo 09:00-12:00")):
        merged = merge([before], [reading(f"A,Lyon,69003,,{words}\n")], TODAY, blank_clears=True)
        [after] = [change.after for change in merged.changed] or [before]
        assert after.horaires == left


def test_words_alone_are_the_hours() -> None:
    found = reading("A,Lyon,69003,lundi 9h-12h\n", "nom,commune,code_postal,horaires_en_clair\n")
    assert (found.warnings, hours(found)) == ((), ["lundi 9h-12h"])


def test_words_that_map_gives_to_another_field_are_no_hours() -> None:
    data = (HEADER + "A,Lyon,69003,Mo 09:00-12:00,mardi\n").encode()
    found = read(InputFile("lieux.csv", data, mapping={"horaires_en_clair": "notes"}))
    assert (found.warnings, hours(found)) == ((), ["Mo 09:00-12:00"])
