"""New records in a list: the whole text before and after, and what is true of every handwritten file."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
from changing import KEY, judge, read, read_text, written
from handwriting import COMMENT, write_registry
from hypothesis import given
from hypothesis import strategies as st

from epncli.errors import Unwritable
from epncli.yamlfile.commit import Plan, prepare
from epncli.yamlfile.edit.new_records import FIRST, insert_items
from epncli.yamlfile.edit.records import change_item, remove_item
from epncli.yamlfile.layout import Splice
from epncli.yamlfile.reader import Document


def inserted(text: str, behind: int, *records: dict[str, Any]) -> str:
    document = read_text(text)
    present: Any = document.root["structures"]
    expected = [*present[: behind + 1], *records, *present[behind + 1 :]]
    return written(document, insert_items(document, "structures", {behind: records}), expected)


def appended(text: str, *records: dict[str, Any]) -> str:
    return inserted(text, len(read_text(text).root["structures"]) - 1, *records)


def removed(text: str, index: int) -> str:
    document = read_text(text)
    records = [record for at, record in enumerate(document.root["structures"]) if at != index]
    empty: Any = [] if document.text[document.start("structures")] == "[" else ""
    return written(document, remove_item(document, "structures", index)[0], records or empty)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("structures:\n", "structures:\n  - id: z\n    nom: Z\n"),
        ("structures:", "structures:\n  - id: z\n    nom: Z"),
        ("structures: # rien\n", "structures: # rien\n  - id: z\n    nom: Z\n"),
        ("structures: []\n", "structures:\n  - id: z\n    nom: Z\n"),
        ("structures: []  # rien\ntitre: T\n", "structures: # rien\n  - id: z\n    nom: Z\ntitre: T\n"),
        ("structures: [ # rien\n  ]\n", "structures: [{id: z, nom: Z} # rien\n  ]\n"),
        ("structures: [# rien\n  ]\n", "structures: [{id: z, nom: Z} # rien\n  ]\n"),
        ("structures:\n  # exemple\n# pied\n", "structures:\n  # exemple\n\n  - id: z\n    nom: Z\n# pied\n"),
        ("{structures: []}", "{structures: [{id: z, nom: Z}]}"),
        ("{structures: }", "{structures: [{id: z, nom: Z}] }"),
        ("{structures}", "{structures: [{id: z, nom: Z}]}"),
        ("structures: [{id: a}]\n", "structures: [{id: a}, {id: z, nom: Z}]\n"),
        ("structures:\n- id: a\n", "structures:\n- id: a\n\n- id: z\n  nom: Z\n"),
        ("structures:\n- id: a\n- id: b\n", "structures:\n- id: a\n- id: b\n- id: z\n  nom: Z\n"),
        ("structures:\n- id: a\n\n- id: b\n", "structures:\n- id: a\n\n- id: b\n\n- id: z\n  nom: Z\n"),
        ("structures:\n- id: a\n\n", "structures:\n- id: a\n\n- id: z\n  nom: Z\n\n"),
        ("structures:\n- id: a\n  \n\n", "structures:\n- id: a\n\n- id: z\n  nom: Z\n  \n\n"),
        ("structures:\n- id: a\n\n# pied\n", "structures:\n- id: a\n\n- id: z\n  nom: Z\n\n# pied\n"),
        ("structures:\n- id: a\n\n\n# pied\n", "structures:\n- id: a\n\n- id: z\n  nom: Z\n\n\n# pied\n"),
        (
            "structures:\n  -   id: a\n  -   id: b\n",
            "structures:\n  -   id: a\n  -   id: b\n  -   id: z\n      nom: Z\n",
        ),
        (
            "structures:\n-       id: a\n-       id: b\n",
            "structures:\n-       id: a\n-       id: b\n-       id: z\n        nom: Z\n",
        ),
        (
            "structures:\n-        id: a\n-        id: b\n",
            "structures:\n-        id: a\n-        id: b\n- id: z\n  nom: Z\n",
        ),
        (
            "structures:\n-\n id: a\n-\n id: b\n",
            "structures:\n-\n id: a\n-\n id: b\n- id: z\n  nom: Z\n",
        ),
        (
            "structures:\n- id: a\n- id: b\n  # de b\n# pied\ntitre: T\n",
            "structures:\n- id: a\n- id: b\n  # de b\n- id: z\n  nom: Z\n# pied\ntitre: T\n",
        ),
    ],
)  # fmt: skip
def test_a_new_record_at_the_end_is_laid_out_as_the_last_one(text: str, new: str) -> None:
    assert appended(text, {"id": "z", "nom": "Z"}) == new


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "below", ["", "# pied", "\n", "\n\n", "# pied\n", "\n# pied\n", "\n\n\n# pied\n", "titre: T\n"]
)
@pytest.mark.parametrize("records", ["- id: a\n", "- id: a\n\n- id: b\n", "- id: a\n- id: b\n"])
def test_a_record_that_is_added_and_removed_leaves_the_file_as_it_was(
    records: str, below: str, newline: str
) -> None:
    text = f"structures:\n{records}{below}".replace("\n", newline)
    for behind in range(-1, records.count("-")):
        assert removed(inserted(text, behind, {"id": "z"}), behind + 1) == text


def test_records_that_take_the_place_of_the_last_of_two_stand_as_close() -> None:
    text = "structures:\n- id: a\n- id: b\n"
    document = read_text(text)
    new: list[dict[str, Any]] = [{"id": "y"}, {"id": "z"}]
    splices = remove_item(document, "structures", 1)[0]
    splices += insert_items(document, "structures", {0: new}, removed={1})
    assert written(document, splices, [{"id": "a"}, *new]) == "structures:\n- id: a\n- id: y\n- id: z\n"


@pytest.mark.parametrize(
    ("text", "gone", "new"),
    [
        ("[{id: a}]", (0,), "[{id: z}]"),
        ("[{id: a}, {id: b}]", (1,), "[{id: a}, {id: z}]"),
        ("[{id: a}, {id: b}, ]", (1,), "[{id: a}, {id: z}, ]"),
        ("[\n  {id: a}, # un\n  {id: b},\n]", (0, 1), "[{id: z}\n]"),
        ("\n- id: a\n  notes: |\n    un", (0,), "\n- id: z"),
    ],
)
def test_a_list_is_emptied_and_filled_at_once(text: str, gone: tuple[int, ...], new: str) -> None:
    document = read_text(f"structures: {text}\n".removesuffix("\n" * text.startswith("\n")))
    splices = [splice for index in gone for splice in remove_item(document, "structures", index)[0]]
    kept = [index for index in range(len(document.root["structures"])) if index not in gone]
    splices += insert_items(document, "structures", {max(kept, default=-1): [{"id": "z"}]}, removed=set(gone))
    values: Any = document.root["structures"]
    text = written(document, splices, [*(values[index] for index in kept), {"id": "z"}])
    assert text.removesuffix("\n") == f"structures: {new}"


def test_a_block_scalar_on_a_last_line_without_an_end_does_not_grow() -> None:
    text = "structures:\n- id: a\n  notes: |\n    un"
    assert appended(text, {"id": "b"}) == "structures:\n- id: a\n  notes: |-\n    un\n\n- id: b"


HEADINGS = """\
structures:
  # 1er

  - id: a
    # de a

  - id: b

  # 2e
  #

  # de c
  - id: c

# pied
"""


@pytest.mark.parametrize(
    ("behind", "place"),
    [(FIRST, "  # 1er"), (0, "\n  - id: b"), (1, "\n  # 2e"), (2, "\n# pied")],
)
def test_comments_stay_with_what_they_belong_to(behind: int, place: str) -> None:
    new = "  - id: z\n\n" if behind == FIRST else "\n  - id: z\n"
    assert inserted(HEADINGS, behind, {"id": "z"}) == HEADINGS.replace(place, new + place)


@pytest.mark.parametrize(
    ("text", "behind", "new"),
    [
        ("- id: a\n- id: b\n", FIRST, "- id: z\n- id: a\n- id: b\n"),
        ("- id: a\n- id: b\n", 0, "- id: a\n- id: z\n- id: b\n"),
        ("\n- id: a\n\n- id: b\n", FIRST, "\n- id: z\n\n- id: a\n\n- id: b\n"),
        ("# de a\n- id: a\n- id: b\n", FIRST, "- id: z\n\n# de a\n- id: a\n- id: b\n"),
        ("   # à tous\n\n- id: a\n- id: b\n", FIRST, "   # à tous\n\n- id: z\n- id: a\n- id: b\n"),
        ("- id: a\n", FIRST, "- id: z\n\n- id: a\n"),
        ("# 1\n- id: a\n- id: b\n\n# 2\n- id: c\n", 1, "# 1\n- id: a\n- id: b\n- id: z\n\n# 2\n- id: c\n"),
        ("- id: a\n- id: b\n# 2\n\n- id: c\n", 1, "- id: a\n- id: b\n- id: z\n# 2\n\n- id: c\n"),
        ("- id: a\n  n: |+\n    un\n\n- id: b\n", 0, "- id: a\n  n: |+\n    un\n\n- id: z\n- id: b\n"),
        (" [{id: a}, {id: b}]\n", FIRST, " [{id: z}, {id: a}, {id: b}]\n"),
        (" [{id: a}, {id: b}]\n", 0, " [{id: a}, {id: z}, {id: b}]\n"),
        (
            " [\n  {id: a}, # a\n  {id: b} # b\n]\n",
            FIRST,
            " [\n  {id: z},\n  {id: a}, # a\n  {id: b} # b\n]\n",
        ),
        (" [\n  {id: a}, # a\n  {id: b} # b\n]\n", 0, " [\n  {id: a}, # a\n  {id: z},\n  {id: b} # b\n]\n"),
        (" [\n  {id: a}, # a\n  {id: b} # b\n]\n", 1, " [\n  {id: a}, # a\n  {id: b}, # b\n  {id: z}\n]\n"),
        (" [\n  {id: a},\n  {id: b},\n]\n", 1, " [\n  {id: a},\n  {id: b},\n  {id: z},\n]\n"),
    ],
)
def test_a_new_record_is_laid_out_as_its_neighbours(text: str, behind: int, new: str) -> None:
    text, new = (f"structures:{'' if one[0] == ' ' else chr(10)}{one}" for one in (text, new))
    assert inserted(text, behind, {"id": "z"}) == new
    assert removed(new, behind + 1) == text


def test_records_go_to_several_places_at_once() -> None:
    document = read_text("structures:\n- id: a\n\n- id: b\n")
    groups: Any = {1: [{"id": "x"}], FIRST: [{"id": "y"}], 0: [{"id": "z"}, {"id": "zz"}]}
    new = written(
        document,
        insert_items(document, "structures", groups),
        [{"id": name} for name in ("y", "a", "z", "zz", "b", "x")],
    )
    assert new == "structures:\n" + "\n".join(f"- id: {name}\n" for name in ("y", "a", "z", "zz", "b", "x"))


def test_a_record_replaces_the_first_one_in_brackets() -> None:
    document = read_text("structures: [ {id: a},\n {id: b}]\n")
    splices = [
        *insert_items(document, "structures", {FIRST: [{"id": "z"}]}, removed={0}),
        *remove_item(document, "structures", 0)[0],
    ]
    new = written(document, splices, [{"id": "z"}, {"id": "b"}])
    assert new == "structures: [ {id: z}, \n {id: b}]\n"


def test_a_record_replaces_the_last_one_below_a_line_break_of_another_length() -> None:
    document = read_text("structures:\r\n- id: a\u2028- id: b")
    splices = [
        *insert_items(document, "structures", {0: [{"id": "z"}]}, removed={1}),
        *remove_item(document, "structures", 1)[0],
    ]
    new = written(document, splices, [{"id": "a"}, {"id": "z"}])
    assert new == "structures:\r\n- id: a\r\n- id: z"


@pytest.mark.parametrize(
    ("fields", "last", "new"),
    [
        ("", "\n- id: b", "  notes: vu\n"),
        ("", "\n\n# c\n- id: b", "  notes: vu\n"),
        ("\n  courriels:\n  - b\n  - c", "\n- id: b", "  courriels:\n  - b\n  notes: vu\n"),
    ],
)
def test_the_record_above_is_changed_while_the_last_one_goes_from_a_file_without_a_last_line_break(
    fields: str, last: str, new: str
) -> None:
    document = read_text(f"structures:\n- id: a{fields}{last}")
    values: dict[str, Any] = {**({"courriels": ["b"]} if fields else {}), "notes": "vu"}
    splices = [
        *change_item(document, "structures", 0, values, ["id", "courriels"]),
        *remove_item(document, "structures", 1)[0],
    ]
    assert written(document, splices, [{"id": "a", **values}]) == f"structures:\n- id: a\n{new}"


NEW = {"id": "neuf", "nom": "Z", "notes": "un\ndeux"}


def inserted_somewhere(random: Random) -> tuple[Document, int, list[Splice], Document] | None:
    """A handwritten file before and after a record is inserted; None where epn leaves that to a person."""
    handwritten = write_registry(random)
    document = read(handwritten)
    present: Any = document.root[KEY] or []
    behind = random.randrange(-1, len(present))
    splices = insert_items(document, KEY, {behind: [NEW]})
    expected: Any = {**document.root, KEY: [*present[: behind + 1], NEW, *present[behind + 1 :]]}
    try:
        after = prepare(document, Plan(splices, expected))
    except Unwritable:
        assert handwritten.explicit
        return None
    assert judge(after.text) == expected
    return document, behind, splices, after


def replaces(document: Document, splices: list[Splice]) -> bool:
    """True if something is replaced: `[]`, and the `|` at the end of a file without a final line break."""
    old = [document.text[start:end] for start, end, _new in splices if start != end]
    return bool(old) and all(re.match(r"[|>][-+0-9]*\Z|\s*\[\s*\]", one) for one in old)


@given(st.integers(0, 2**32).map(Random))
def test_every_other_byte_of_a_file_stays_where_a_record_is_inserted(random: Random) -> None:
    if (found := inserted_somewhere(random)) is None:
        return
    document, _behind, splices, _after = found
    assert all(start == end for start, end, _new in splices) or replaces(document, splices)


@given(st.integers(0, 2**32).map(Random))
def test_each_record_keeps_its_comments_where_one_is_inserted(random: Random) -> None:
    if (found := inserted_somewhere(random)) is None:
        return
    document, behind, _splices, after = found
    if document.text[document.start(KEY) :][:1] == "[":
        return  # in brackets, comments go with no record
    for index in range(len(document.root[KEY])):
        now = remove_item(after, KEY, index + (index > behind))[1]
        assert COMMENT.findall(remove_item(document, KEY, index)[1]) == COMMENT.findall(now)
    assert "#" not in remove_item(after, KEY, behind + 1)[1]


@given(st.integers(0, 2**32).map(Random))
def test_the_bytes_of_a_file_come_back_when_a_new_record_is_removed(random: Random) -> None:
    if (found := inserted_somewhere(random)) is None:
        return
    document, behind, splices, after = found
    empty: Any = [] if after.text[after.start(KEY)] == "[" else ""
    expected = {**document.root, KEY: document.root[KEY] or empty}
    text = prepare(after, Plan(remove_item(after, KEY, behind + 1)[0], expected)).text
    assert text == document.text or replaces(document, splices)
