"""Fixtures for the tests of the formats: a registry, hostile texts, random structures, Chromium."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import browser
import pytest
from hypothesis import strategies as st

from epncli.model.structure import FIELDS, PUBLISHED, Kind, Structure

sys.path.insert(0, str(Path(__file__).parent))  # for `blog`, which is no test

HOSTILE = {
    "pipes": "a | b \\| c \\",
    "script": "<script>alert(1)</script>",
    "attribute": "\" onmouseover='alert(1)' &quot; &lt;b&gt; &copy",
    "formula": '=HYPERLINK("http://evil.example";"x")',
    "backticks": "`a | b` ``` `",
    "emphasis": "*a* **b** _c_ __d__ ~~e~~ ~f~ # g - h 1. i",
    "links": "[a](http://b.example) ![c](d) <http://e.example> https://f.example www.g.example h@i.example",
    "lines": "one\ntwo\r\nthree\rfour\u2028five\x85six\n\n| a |\n",
    "right to left": "abc\u202etxt.exe\u202c \u2066x\u2069 \u200fשלום\u200e",
    "escape sequences": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m \x00 \x7f",
    "template": "{{ 7 * 7 }} {% raw %} ${x} <%= y %>",
    "long": "é" * 10_000,
    "surrogate": "a\ud800b",
    "blank": " \u00a0\u2003 ",
    "wide": "数字空间 👩‍💻 e\u0301",
}


@pytest.fixture(params=tuple(HOSTILE.values()), ids=tuple(HOSTILE))
def hostile(request: pytest.FixtureRequest) -> str:
    """A text that would like to be more than text."""
    text: str = request.param
    return text


@pytest.fixture(scope="session")
def registry() -> tuple[Structure, ...]:
    """Three places of Paris: an open one, a closed one, one with a label."""
    return (
        Structure(
            id="freepam",
            nom="FREPAM",
            commune="Paris",
            code_postal="75009",
            telephones=("06 99 93 14 51",),
        ),
        Structure(
            id="microlithe",
            nom="Microlithe",
            commune="Paris",
            code_postal="75020",
            telephones=("01 46 36 70 13", "3949"),
            courriels=("contact@microlithe.fr",),
            site_web=("http://www.microlithe.fr",),
            statut="fermé",
            date_fermeture="2014-09",
            motif_fermeture="association fermée",
        ),
        Structure(
            id="annexe",
            nom="EPN L’@nnexe du centre social Relais 59",
            commune="Paris",
            code_postal="75012",
            telephones=("09 53 21 27 82",),
            autres_formations_labels=("NetPublic",),
        ),
    )


# Any text but lone surrogates, which no file holds; a `|` in a list could not be told apart.
_TEXT = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    | st.text(st.sampled_from("a1=+-@'|\\`*_~[](){}<>&#!:./;,\"0Ee \n\r\t\x1b\u202e"), max_size=12)
    | st.sampled_from([HOSTILE[name] for name in HOSTILE if name not in ("surrogate", "long")])
)
_ITEM = _TEXT.map(lambda text: text.replace("|", "/").strip()).filter(bool)


@st.composite
def _structures(draw: st.DrawFn) -> list[Structure]:
    return [_structure(draw) for _ in range(draw(st.integers(0, 3)))]


def _structure(draw: st.DrawFn) -> Structure:
    names = draw(st.lists(st.sampled_from(PUBLISHED), unique=True, max_size=12))
    values: dict[str, Any] = {}
    for name in names:
        field = FIELDS[name]
        if field.many:
            values[name] = tuple(draw(st.lists(_ITEM, max_size=3)))
        elif field.kind is Kind.ENUM:
            values[name] = draw(st.sampled_from(field.values))
        else:
            values[name] = draw(_TEXT)
    return Structure(**values | {"id": draw(_TEXT.filter(str.strip))})


@pytest.fixture(scope="session")
def structures() -> st.SearchStrategy[list[Structure]]:
    """Up to three structures with any text in any field."""
    return _structures()


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium, for the tests of one file."""
    yield from browser.chromium(tmp_path_factory.mktemp("profile"))


@pytest.fixture
def reader(driver: Any, tmp_path: Path) -> Iterator[browser.Reader]:
    """Someone who reads a page in Chromium."""
    reader = browser.Reader(driver, tmp_path / "page.html")
    yield reader
    reader.forget_clock()
