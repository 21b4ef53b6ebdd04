from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.registry.merging.marks import marked, pieces_of
from epncli.registry.merging.pieces import Conflict

TEXT = "a\n<<<<<<< HEAD\nb\n||||||| base\nx\n=======\nc\n>>>>>>> zoé\nd\n"


def test_the_texts_between_the_marks_are_read() -> None:
    assert pieces_of(TEXT) == ["a\n", Conflict("b\n", "c\n"), "d\n"]


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< HEAD\na\n",
        "=======\n",
        "a\n>>>>>>> x\n",
        "<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> c\n",
        "<<<<<<<a\n",
    ],
)
def test_a_mark_alone_is_text(text: str) -> None:
    assert "".join(str(piece) for piece in pieces_of(text) if isinstance(piece, str)) in text


def test_markers_are_longer_than_those_in_the_text() -> None:
    pieces = ["=======\n", Conflict("a\n======== x\n", "<<<<<<<\n")]
    text = "=======\n<<<<<<<<< ours\na\n======== x\n=========\n<<<<<<<\n>>>>>>>>> theirs\n"
    assert (marked(pieces), pieces_of(text)) == (text, pieces)


LINES = st.lists(st.sampled_from(["a\n", "\n", "  b: c\n", "=======\n", "<<<<<<<< x\n"]), max_size=3).map(
    "".join
)
PIECES = st.lists(st.one_of(LINES, st.builds(Conflict, LINES, LINES)), max_size=4)


@given(pieces=PIECES)
def test_what_is_marked_is_read_back(pieces: list[str | Conflict]) -> None:
    found = pieces_of(marked(pieces))
    conflicts = [one for one in pieces if isinstance(one, Conflict)]
    assert [one for one in found if isinstance(one, Conflict)] == conflicts
    assert not conflicts or marked(found) == marked(pieces)
