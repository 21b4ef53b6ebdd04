"""The unified diff of --dry-run: what `patch` makes of it is the text after the splices."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.cli.screen import terminal
from epncli.cli.screen.difference import print_difference
from epncli.yamlfile.layout import Splice, apply

TEN = "".join(f"{number}\n" for number in range(10))


def printed(before: str, splices: list[Splice]) -> str:
    """What is printed on standard output."""
    parts: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal, "out", parts.append)
        patch.setattr(terminal, "flush", lambda: None)
        patch.setattr(terminal, "inform", lambda _text: None)
        print_difference(Path("r.yaml"), before, splices)
    return "".join(parts)


def patched(before: str, difference: str) -> str:
    """What `patch` makes of a text: it refuses context and removed lines that are not there."""
    old, new, at = before.split("\n"), list[str](), 0
    old = [line + "\n" for line in old[:-1]] + ([old[-1]] if old[-1] else [])
    lines = re.findall(r"[^\n]*\n", difference.replace("\n\\ No newline at end of file\n", "\x00\n"))
    assert [line[:3] for line in lines[:2]] == (["---", "+++"] if lines else [])
    for line in lines[2:]:
        text = line[1:].replace("\x00\n", "")
        if head := re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n", line):
            start = int(head[1]) - (head[2] != "0")
            new += old[at:start]
            at = start
            assert int(head[3]) - (head[4] != "0") == len(new)
        elif line[0] == "+":
            new.append(text)
        else:
            assert old[at] == text
            at += 1
            new += [text] if line[0] == " " else []
    return "".join(new + old[at:])


TEXTS = st.lists(st.sampled_from(["a", "b", "é", "\n", "\n\n", "a\n", "\r\n"]), max_size=40).map("".join)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[Splice]]:
    """A text and splices that do not overlap."""
    text = draw(TEXTS)
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return text, [Splice(start, end, draw(TEXTS)) for start, end in pairs]


@given(changes())
def test_the_difference_leads_from_the_old_text_to_the_new_one(change: tuple[str, list[Splice]]) -> None:
    text, splices = change
    difference = printed(text, splices)
    assert patched(text, difference) == apply(text, splices)
    assert bool(difference) == (apply(text, splices) != text)


@pytest.mark.parametrize(
    ("before", "splices"),
    [
        (TEN, [Splice(4, 5, "x")]),
        (TEN, [Splice(4, 4, "x\ny\n")]),
        (TEN, [Splice(4, 8, "")]),
        (TEN, [Splice(0, 1, "x"), Splice(14, 15, "y")]),
        (TEN, [Splice(0, 1, "x"), Splice(18, 19, "y")]),
        (TEN, [Splice(20, 20, "x\n")]),
        (TEN, [Splice(2, 10, "5\n1\n7\n2\n")]),
        (TEN[:-1], [Splice(19, 19, "\nx")]),
        (TEN, [Splice(0, 20, "")]),
        ("", [Splice(0, 0, "x\n")]),
        ("a\n\nb\n", [Splice(2, 2, "\nx\n")]),
        ("a\n\nb\n\nc\n", [Splice(2, 5, "")]),
    ],
)
def test_the_difference_is_that_of_difflib(before: str, splices: list[Splice]) -> None:
    old, new = (text.splitlines(keepends=True) for text in (before, apply(before, splices)))
    lines = difflib.unified_diff(old, new, "a/r.yaml", "b/r.yaml")
    expected = [line if line[-1] == "\n" else line + "\n\\ No newline at end of file\n" for line in lines]
    assert printed(before, splices) == "".join(expected)


def test_only_lines_that_splices_replace_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    class Counted(difflib.SequenceMatcher):  # type: ignore[type-arg]
        def __init__(self, isjunk: None, a: list[str], b: list[str], *, autojunk: bool) -> None:
            compared.append(len(a) + len(b))
            super().__init__(isjunk, a, b, autojunk=autojunk)

    monkeypatch.setattr(difflib, "SequenceMatcher", Counted)
    text = "".join(f"{number:03}\n" for number in range(1000))
    printed(text, [Splice(4 * line, 4 * line + 3, "new") for line in range(0, 1000, 10)])
    assert compared == [2] * 100
    compared.clear()
    printed(text, [Splice(0, len(text), text.replace("5", "six"))])  # too many lines for a comparison
    assert compared == []
