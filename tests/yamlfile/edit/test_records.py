"""Changes of records: the whole text before and after."""

from __future__ import annotations

from typing import Any

import pytest
from changing import judge, read_text, written

from epncli.errors import ExitCode, Unwritable
from epncli.yamlfile.edit.records import change_item, remove_item

ORDER = ("id", "nom", "commune", "code_postal", "telephones", "statut", "notes")


def changed(text: str, index: int = 0, **values: str | list[str] | None) -> str:
    document = read_text(text)
    records: Any = [dict(record) for record in document.root["structures"]]  # type: ignore[call-overload]
    records[index].update(values)
    records[index] = {name: value for name, value in records[index].items() if value is not None}
    return written(document, change_item(document, "structures", index, values, ORDER), records)


def removed(text: str, index: int) -> tuple[str, str]:
    document = read_text(text)
    splices, gone = remove_item(document, "structures", index)
    records = [record for at, record in enumerate(document.root["structures"]) if at != index]
    empty: Any = [] if document.text[document.start("structures")] == "[" else ""
    return written(document, splices, records or empty), gone


BLOCK = """\
structures:
  # le premier
  - id: a   # ne change jamais
    nom:  'A'
    # appelé en mars
    telephones: [01 46 36 70 13,  "3949"] # accueil

    inconnu: {x: y}
"""


@pytest.mark.parametrize(
    ("values", "old", "new"),
    [
        ({"nom": "B"}, "nom:  'A'", "nom:  'B'"),
        ({"nom": "l'annexe"}, "nom:  'A'", "nom:  'l''annexe'"),
        ({"nom": None}, "    nom:  'A'\n", ""),
        ({"id": None}, "- id: a   # ne change jamais\n    nom", "- nom"),
        ({"commune": "Paris"}, "'A'\n", "'A'\n    commune: Paris\n"),
        ({"notes": "Deux\nlignes"}, "{x: y}\n", "{x: y}\n"),
        ({"telephones": None}, '    telephones: [01 46 36 70 13,  "3949"] # accueil\n', ""),
        ({"telephones": ["01 46 36 70 13"]}, ',  "3949"]', "]"),
        ({"telephones": ["3949"]}, '[01 46 36 70 13,  "3949"]', '["3949"]'),
        ({"telephones": ["01 46 36 70 13", "3646", "3949"]}, ',  "3949"', ', "3646",  "3949"'),
        ({"telephones": ["3646", "01 46 36 70 13", "3949"]}, "[01", '["3646", 01'),
        ({"telephones": ["01 46 36 70 13", "3949", "a, b"]}, '"3949"', '"3949", "a, b"'),
        ({"telephones": ["a, b", "3949"]}, "01 46 36 70 13,", '"a, b",'),
        ({"telephones": "3646"}, '[01 46 36 70 13,  "3949"]', '"3646"'),
        ({"inconnu": "z"}, "{x: y}", "z"),
    ],
)
def test_a_change_touches_only_its_own_words(values: dict[str, Any], old: str, new: str) -> None:
    if "notes" in values:
        old, new = "# accueil\n", "# accueil\n    notes: |-\n      Deux\n      lignes\n"
    assert BLOCK.count(old) == 1
    assert changed(BLOCK, **values) == BLOCK.replace(old, new)


def test_the_comment_beside_an_item_stays_when_it_changes_and_goes_with_its_line() -> None:
    text = "structures:\n- id: a\n  telephones:\n  - '1'  # un\n  # entre\n  - '2'  # deux\n  - '3'\n"
    assert changed(text, telephones=["1", "9", "3"]) == text.replace("'2'", "'9'")
    assert changed(text, telephones=["1", "3"]) == text.replace("  - '2'  # deux\n", "")
    assert changed(text, telephones=["1", "2", "5", "3"]) == text.replace("# deux\n", '# deux\n  - "5"\n')
    assert changed(text, telephones=["0", "1", "2", "3"]) == text.replace("- '1'", "- \"0\"\n  - '1'")


@pytest.mark.parametrize(
    ("text", "values", "new"),
    [
        ("{id: a, nom: A}", {"nom": "B"}, "{id: a, nom: B}"),
        ("{id: a, nom: A}", {"nom": "B, C"}, '{id: a, nom: "B, C"}'),
        ("{id: a, nom: A}", {"nom": None}, "{id: a}"),
        ("{id: a, nom: A, }", {"nom": None}, "{id: a, }"),
        ("{id: a, nom: A}", {"id": None}, "{nom: A}"),
        ("{id: a, nom: A}", {"commune": "Paris"}, "{id: a, nom: A, commune: Paris}"),
        ("{id: a, nom}", {"nom": "B"}, "{id: a, nom: B}"),
        ("{id: a, nom }", {"nom": "B"}, "{id: a, nom: B }"),
        ("{id: a, nom: }", {"nom": "B"}, "{id: a, nom: B }"),
        ("{id: a, nom:\n  # vide\n  }", {"commune": "C"}, "{id: a, nom: , commune: C\n  # vide\n  }"),
        ("{\n    id: a,\n    nom: A, # vu\n    x: y\n  }", {"nom": None}, "{\n    id: a,\n    x: y\n  }"),
        ('{"id":"a","nom":"A"}', {"nom": "B"}, '{"id":"a","nom":"B"}'),
        ('{"id":"a"# vu\n  ,"nom":"A"}', {"id": None}, '{ # vu\n  "nom":"A"}'),
    ],
)
def test_a_record_in_braces_keeps_its_layout(text: str, values: dict[str, Any], new: str) -> None:
    for before, after in (("structures:\n- ", "\n"), ("structures: [", "]\n"), ("{structures: [", "]}")):
        assert changed(before + text + after, **values) == before + new + after


@pytest.mark.parametrize("name", ["'statut'  :", '"statut"\t:', "'statut':", "'statut'  "])
@pytest.mark.parametrize(
    ("values", "old", "new"),
    [
        ({"nom": "B"}, "nom: A", "nom: B"),
        ({"nom": None}, "nom: A, ", ""),
        ({"id": None}, "id: a, ", ""),
        ({"commune": "C"}, "nom: A", "nom: A, commune: C"),
        ({"nom": None, "commune": "C"}, "id: a, nom: A, ", "id: a, commune: C, "),
    ],
)
def test_a_name_without_a_value_keeps_the_blanks_and_the_colon_behind_it(
    name: str, values: dict[str, Any], old: str, new: str
) -> None:
    for text in (
        f"structures: [{{id: a, nom: A, {name}}}]\n",
        f"structures:\n- {{id: a, nom: A, {name}, x: y}}\n",
    ):
        assert changed(text, **values) == text.replace(old, new)


def test_the_first_field_leaves_the_comments_below_it() -> None:
    text = "structures:\n  - id: a # lui\n    # appelé\n    nom: A\n"
    assert changed(text, id=None) == "structures:\n  - \n    # appelé\n    nom: A\n"
    text = "structures:\n- id: a\n  # vu\n  nom: A\n  x: y\n"
    assert changed(text, id=None, nom=None) == "structures:\n- \n  # vu\n  x: y\n"


def test_a_field_is_put_below_one_without_a_value_at_the_end_of_a_file() -> None:
    text = "structures:\n- id: a\n  nom:"
    assert changed(text, commune="C") == text + "\n  commune: C"


def test_the_last_field_of_a_file_goes_from_below_a_block_scalar() -> None:
    text = "structures:\n- id: a\n  notes: |\n    un\n"
    assert changed(text + "  x: y\n", x=None) == text


def test_a_block_scalar_is_replaced_and_keeps_the_comment_of_its_header() -> None:
    text = "structures:\n- id: a\n  notes: |  # longues\n    un\n    deux\n\n  nom: A\n"
    assert changed(text, notes="court") == "structures:\n- id: a\n  notes: court  # longues\n\n  nom: A\n"
    assert changed(text, notes="x\ny") == text.replace("|  #", "|-  #").replace("un", "x").replace(
        "deux", "y"
    )


def test_a_block_scalar_that_ends_above_a_comment_at_the_edge_is_replaced() -> None:
    text = "structures:\n- id: a\n  notes: |+\n    un\n\n# pied\n"
    assert changed(text, notes="x\ny") == "structures:\n- id: a\n  notes: |-\n    x\n    y\n# pied\n"


def test_a_mapping_gives_way_to_a_text_that_begins_like_it() -> None:
    text = "structures:\n- id: a\n  inconnu:\n    a: b\n"
    assert changed(text, inconnu="ab") == "structures:\n- id: a\n  inconnu: ab\n"


def test_a_text_of_several_lines_does_not_take_in_a_comment_that_follows() -> None:
    text = "structures:\n- id: a\n  nom: A\n      # de travers\n"
    assert changed(text, nom="x\ny") == text.replace("A", '"x\\ny"')


def test_nor_one_that_comes_to_follow_when_a_field_is_taken_out() -> None:
    text = "structures:\n- id: a\n  nom: A\n  statut: x\n      # de travers\n"
    new = 'structures:\n- id: a\n  nom: "x\\ny"\n      # de travers\n'
    assert changed(text, nom="x\ny", statut=None) == new


def test_a_block_scalar_on_a_last_line_without_an_end_does_not_grow() -> None:
    text = "structures:\n- id: a\n  notes: |\n    un"
    assert changed(text, statut="x") == "structures:\n- id: a\n  statut: x\n  notes: |\n    un"


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_stay_as_they_are(newline: str, end: str) -> None:
    text = ("structures:\n- id: a\n  nom: A" + end).replace("\n", newline)
    added = ("\n  commune: Paris" + end).replace("\n", newline)
    assert changed(text, commune="Paris") == text.removesuffix(newline if end else "") + added


REMOVAL = """\
# tête
structures:
  # Nord

  # le premier
  - id: a
    nom: A
    # encore de a

    # et encore
  # au-dessus de b
  # sur deux lignes
  - id: b   # vu

  # Sud

  - id: c
# pied
titre: T
"""


@pytest.mark.parametrize(
    ("index", "gone"),
    [
        (0, "  # le premier\n  - id: a\n    nom: A\n    # encore de a\n\n    # et encore\n"),
        (1, "  # au-dessus de b\n  # sur deux lignes\n  - id: b   # vu\n"),
        (2, "  - id: c\n"),
    ],
)
def test_with_a_record_go_its_own_comments_and_those_directly_above(index: int, gone: str) -> None:
    left = REMOVAL.replace(gone, "").replace("# Sud\n\n#", "# Sud\n#")
    assert removed(REMOVAL, index) == (left, gone)


@pytest.mark.parametrize(
    ("text", "index", "new"),
    [
        ("- id: a\n\n- id: b\n\n- id: c\n", 1, "- id: a\n\n- id: c\n"),
        ("- id: a\n\n- id: b\n\n- id: c\n", 0, "- id: b\n\n- id: c\n"),
        ("- id: a\n\n- id: b\n\n- id: c\n", 2, "- id: a\n\n- id: b\n"),
        ("- id: a\n\n- id: b\n\n- id: c", 2, "- id: a\n\n- id: b"),
        ("- id: a\n\n- id: b\n- id: c\n", 1, "- id: a\n\n- id: c\n"),
        ("- id: a\n- id: b\n\n- id: c\n", 1, "- id: a\n\n- id: c\n"),
        (
            "# 1\n\n- id: a\n\n# 2\n\n- id: b\n\n# 3\n\n- id: c\n",
            1,
            "# 1\n\n- id: a\n\n# 2\n\n# 3\n\n- id: c\n",
        ),
        ("- id: a\n\n- id: b\n# pied\n", 1, "- id: a\n# pied\n"),
        ("- id: a\n\n- id: b\n\n# pied\n", 1, "- id: a\n\n# pied\n"),
    ],
)
def test_a_record_goes_with_one_of_the_blank_lines_around_it(text: str, index: int, new: str) -> None:
    assert removed("structures:\n" + text, index)[0] == "structures:\n" + new


@pytest.mark.parametrize(("value", "text"), [("B", " B"), ("b\nc", ' "b\\nc"')])
def test_a_value_is_put_where_a_file_ends_behind_a_colon(value: str, text: str) -> None:
    before = "structures:\n- id: a\n  nom:"
    assert changed(before, nom=value) == before + text


@pytest.mark.parametrize(
    ("below", "new"),
    [
        ("    # vu\n", 'nom: "b\\nc"'),
        ("   # vu\n", "nom: |-\n    b\n    c"),
        ("     \n", 'nom: "b\\nc"'),
        ("    \n", "nom: |-\n    b\n    c"),
    ],
)
def test_a_text_of_several_lines_has_its_own_unless_it_would_take_in_what_follows(
    below: str, new: str
) -> None:
    text = f"structures:\n- id: a\n  nom: A\n{below}  x: y\n"
    assert changed(text, nom="b\nc") == text.replace("nom: A", new)


def test_a_comment_goes_with_the_record_below_it_though_a_block_scalar_ends_where_it_begins() -> None:
    text = "structures:\n- id: a\n  notes: |+\n    un\n"
    gone = "# de b\n- id: b\n"
    assert removed(text + gone, 1) == (text, gone)


@pytest.mark.parametrize(
    ("text", "index", "new", "gone"),
    [
        ("[{id: a}, {id: b}]", 0, "[{id: b}]", "{id: a}, "),
        ("[{id: a}, {id: b}]", 1, "[{id: a}]", "{id: b}"),
        ("[{id: a}]", 0, "[]", "{id: a}"),
        ("[{id: a},]", 0, "[]", "{id: a},"),
        ("[\n  {id: a}, # un\n  {id: b} # deux\n]", 0, "[\n  {id: b} # deux\n]", "{id: a}, # un\n"),
        ("[\n  {id: a}, # un\n  {id: b} # deux\n]", 1, "[\n  {id: a} # un\n   # deux\n]", "{id: b} "),
    ],
)
def test_a_record_in_brackets_goes_with_its_comma(text: str, index: int, new: str, gone: str) -> None:
    assert removed(f"structures: {text}\n", index) == (f"structures: {new}\n", gone)


def test_the_last_record_leaves_an_empty_registry() -> None:
    assert removed("structures:\n- id: a\n# pied\n", 0) == ("structures:\n# pied\n", "- id: a\n")


@pytest.mark.parametrize(
    ("text", "values", "new"),
    [
        # A text of several lines would take the blanks below it for its own.
        ("id: a\n  nom: A\n        \n  x: y\n", {"nom": "b\nc"}, 'id: a\n  nom: "b\\nc"\n        \n  x: y\n'),
        # One that has a line of blanks at its end keeps it when a field comes below.
        (
            "id: a\n  nom: |\n    un\n      \n\n  x: y\n",
            {"commune": "C"},
            "id: a\n  nom: |\n    un\n      \n  commune: C\n\n  x: y\n",
        ),
        (
            "id: a\n  nom: |2\n      \n\n  x: y\n",
            {"commune": "C"},
            "id: a\n  nom: |2\n      \n  commune: C\n\n  x: y\n",
        ),
        # Where a field goes, the lines below it do not come into the text above it.
        ("id: a\n  nom: |+\n    un\n  x: y\n\n  z: w\n", {"x": None}, "id: a\n  nom: |+\n    un\n  z: w\n"),
        (
            "id: a\n  nom: |\n    un\n  x: y\n\n        \n\n  z: w\n",
            {"x": None},
            "id: a\n  nom: |\n    un\n\n  z: w\n",
        ),
        (
            "id: a\n  nom:\n  - |+\n    un\n  - deux\n\n  z: w\n",
            {"nom": ["un\n"]},
            "id: a\n  nom:\n  - |+\n    un\n  z: w\n",
        ),
        # A line of blanks that is no longer than the text is indented belongs to nothing.
        (
            "id: a\n  nom: |\n    un\n  x: y\n    \n  z: w\n",
            {"x": None},
            "id: a\n  nom: |\n    un\n    \n  z: w\n",
        ),
        (
            "id: a\n  nom:\n  - un\n  - |+\n    deux\n  x: y\n\n  z: w\n",
            {"nom": ["trois", "deux\n"], "x": None},
            "id: a\n  nom:\n  - trois\n  - |+\n    deux\n  z: w\n",
        ),
    ],
)
def test_lines_of_blanks_stay_what_they_are(text: str, values: dict[str, Any], new: str) -> None:
    assert changed("structures:\n- " + text, **values) == "structures:\n- " + new


def test_a_record_goes_with_the_blank_lines_that_would_come_into_the_text_above_it() -> None:
    text = "structures:\n- id: a\n  notes: |+\n    un\n- id: b\n\n\n- id: c\n"
    assert removed(text, 1) == ("structures:\n- id: a\n  notes: |+\n    un\n- id: c\n", "- id: b\n")


@pytest.mark.parametrize("last", ["# fin", "#fin"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_the_end_of_a_quoted_text_is_no_comment_above_the_next_record(quote: str, last: str) -> None:
    above = f"structures:\n- id: a\n  notes: {quote}un\n{last}{quote}\n"
    assert removed(above + "- id: b\n", 1) == (above, "- id: b\n")


@pytest.mark.parametrize(
    ("text", "values", "new"),
    [
        ('["A"\n\t\t]', {"commune": ["B", "C"]}, '["B", "C"\n\t\t]'),
        ("['A'\n\t\t]", {"commune": ["A", "B"]}, "['A', \"B\"\n\t\t]"),
        ("[a, 'A'\n\t\t]", {"commune": ["a"]}, "[a, \n\t\t]"),
        ("[\n\t\t]", {"commune": ["A"]}, '["A"\n\t\t]'),
        ('"A"\n\t\t', {"commune": "B"}, '"B"\n\t\t'),
        ("'A'\n\t\t", {"statut": "B"}, "'A', statut: \"B\"\n\t\t"),
        ("[A]\n\t\t", {"commune": "B"}, '"B"\n\t\t'),
    ],
)
def test_above_a_tab_that_begins_a_line_new_texts_are_quoted(
    text: str, values: dict[str, Any], new: str
) -> None:
    before, after = "structures: [{id: a, commune: ", "}]\n"
    assert changed(before + text + after, **values) == before + new + after


@pytest.mark.parametrize("blank", ["", "        "])
def test_blank_lines_that_would_join_the_text_above_go_with_what_stood_between(blank: str) -> None:
    keep = "|+" if not blank else "|"
    text = f"structures:\n- id: a\n  notes: {keep}\n    un\n  nom: A\n{blank}\n  statut: x\n"
    assert changed(text, nom=None) == f"structures:\n- id: a\n  notes: {keep}\n    un\n  statut: x\n"


def test_a_value_of_several_lines_is_quoted_where_a_line_of_blanks_would_join_it() -> None:
    text = "structures:\n- id: a\n  notes: A\n          \n"
    assert changed(text, notes="un\ndeux") == text.replace("A", '"un\\ndeux"')


@pytest.mark.parametrize(
    "text",
    [
        "structures: [{id: a, nom: A}\n\t]\n",
        '{\n\t"structures": [\n\t\t{"id": "a", "nom": "A"},\n\t\t{"id": "b"}\n\t]\n}\n',
        '{\n\t"structures": [\n\t\t{\n\t\t\t"id": "a",\n\t\t\t"nom": "A"\n\t\t}\n\t]\n}\n',
        "structures:\n- {id: a,\n\tnom: A}\n- id: b\n",
    ],
)
def test_a_tab_may_begin_a_line_in_brackets(text: str) -> None:
    document = read_text(text)
    for index, node in enumerate(document.node("structures").children):
        assert document.item("structures", index) == node
    for new in ("B", None):
        assert changed(text, nom=new)


# -- what epn reads, but leaves to a person


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("structures:\n- id: a\n  ? nom\n  : A\n", {"nom": "B"}),
        ("structures:\n- ? id\n  : a\n  nom: A\n", {"nom": "B"}),
        ("structures:\n- id: a\n", {"id": None, "nom": "A"}),
        ("structures: [id: a]\n", {"nom": "A"}),
    ],
)
def test_some_layouts_are_left_to_a_person(text: str, values: dict[str, Any]) -> None:
    with pytest.raises(Unwritable) as caught:
        changed(text, **values)
    assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (
        "this record is written in a way that epn cannot change without changing the rest",
        "change it in a text editor, or first write each field on its own line",
        ExitCode.UNWRITABLE,
    )


def test_a_block_scalar_that_would_take_in_the_comment_that_follows_is_left_to_a_person() -> None:
    with pytest.raises(Unwritable, match="without changing other parts of the file"):
        changed("structures:\n- id: a\n  notes: |\n    un\n  nom: A\n      # de travers\n", nom=None)


def test_the_judge_agrees_with_the_first_example() -> None:
    assert judge(BLOCK) == read_text(BLOCK).root
