from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from epncli.formats.reading import Reading
from epncli.formats.tabular.recipe import Choice, Join, Recipe, Split
from epncli.importing.recipe_file import parse_recipe
from epncli.importing.recipe_writer import write_recipe
from epncli.model.structure import FIELDS
from epncli.yamlfile.source import decode

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(str.strip)
TEXTS = st.lists(TEXT.filter(bool), min_size=1, max_size=3, unique=True).map(tuple)
NAMES = st.sampled_from(list(FIELDS))
SINGLE = st.sampled_from([name for name, field in FIELDS.items() if not field.many and name != "source"])


def parsed(text: str) -> Recipe:
    return parse_recipe(decode(Path("angers.yaml"), text.encode()))


def test_what_an_import_understood_is_a_recipe_to_edit() -> None:
    columns = {"N° fiche": ("id",), "Intitulé": ("nom",), "Type : genre": (), "Tél": ("telephones",)}
    reading = Reading("angers.csv", [], columns=columns, together=("lat", "lon"))
    assert write_recipe(Recipe(), [reading]) == (
        "# How the columns of the file become fields; edit it, then import with --recipe.\n"
        'source: ""  # the name of the partner\n'
        "identifiant: N° fiche  # the header of the column that identifies a row\n"
        "colonnes:\n"
        "  Intitulé: nom\n"
        '  "Type : genre":  # column left out\n'
        "  Tél: telephones\n"
        "  # recognised together, without an entry here: lat, lon\n"
    )


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    joins = st.builds(Join, TEXTS, TEXT.filter(bool))
    splits = st.builds(Split, TEXTS, TEXT.filter(bool), st.integers(0, 5))
    choices = st.lists(st.builds(Choice, TEXT.filter(bool), TEXTS, TEXTS | st.just(()), TEXTS | st.just(())))
    values: dict[str, Any] = {
        "columns": draw(st.dictionaries(TEXT.filter(bool), st.just(()) | NAMES.map(lambda one: (one,)))),
        "joins": draw(st.dictionaries(NAMES, joins, max_size=2)),
        "splits": draw(st.dictionaries(NAMES, splits, max_size=2)),
        "choices": draw(st.dictionaries(NAMES, choices.filter(bool).map(tuple), max_size=2)),
        "constants": draw(st.dictionaries(SINGLE, TEXT.filter(bool), max_size=2)),
    }
    return Recipe(**values)


@given(recipes())
def test_any_recipe_reads_back(recipe: Recipe) -> None:
    assert parsed(write_recipe(recipe, [])) == recipe
