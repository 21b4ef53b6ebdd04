from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from epncli.display.state import States
from epncli.display.words import BETWEEN, one_line
from epncli.formats.markdown import write
from epncli.formats.writing import Export
from epncli.model.structure import Structure

if TYPE_CHECKING:
    from markdown_it.token import Token

GFM = MarkdownIt("gfm-like", {"linkify": False})


def test_the_table_of_the_blog(registry: Sequence[Structure]) -> None:
    assert write(Export(registry[:2])).data.decode() == textwrap.dedent("""\
        | Commune | CP    | Structure                                                      | Téléphone            |
        | ------- | ----- | -------------------------------------------------------------- | -------------------- |
        | Paris   | 75009 | FREPAM                                                         | 06 99 93 14 51       |
        | Paris   | 75020 | ~~Microlithe~~ (fermée en septembre 2014 : association fermée) | 01 46 36 70 13, 3949 |
        """)  # noqa: E501


def test_a_labelled_name_is_bold_and_a_column_says_why(registry: Sequence[Structure]) -> None:
    assert write(Export(registry[2:], lang="en")).data.decode() == textwrap.dedent("""\
        | Commune | Postcode | Place                                       | Phone          | Label     |
        | ------- | -------- | ------------------------------------------- | -------------- | --------- |
        | Paris   | 75012    | **EPN L’@nnexe du centre social Relais 59** | 09 53 21 27 82 | NetPublic |
        """)


def test_links_lead_to_the_site_and_to_a_call(registry: Sequence[Structure]) -> None:
    export = Export(registry[1:2], fields=("nom", "telephones", "courriels"), links=True)
    assert write(export).data.decode().splitlines()[2] == (
        "| ~~[Microlithe](http://www.microlithe.fr)~~"
        " (fermée en septembre 2014 : association fermée)"
        " | [01 46 36 70 13](tel:+33146367013), 3949"
        " | [contact&#64;microlithe.fr](mailto:contact@microlithe.fr) |"
    )


@pytest.mark.parametrize(
    "site",
    ["javascript:alert(1)", "data:text/html,x", "microlithe.fr", "//evil.example", "http://"],
)
def test_only_the_web_is_linked_to(site: str) -> None:
    structure = Structure(id="a", nom="A", site_web=(site,))
    written = write(Export([structure], fields=("nom", "site_web"), links=True)).data.decode()
    assert "](" not in written


def test_an_address_cannot_leave_its_link() -> None:
    site = 'http://a.example/x) [b](http://c.example) <i> | " é &copy `'
    structure = Structure(id="a", nom="A", site_web=(site,))
    tokens = GFM.parse(write(Export([structure], fields=("nom",), links=True)).data.decode())
    links = [
        child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open"
    ]
    assert links == [
        "http://a.example/x%29%20%5Bb%5D%28http://c.example%29%20%3Ci%3E%20%7C%20%22%20%C3%A9%20&%63opy%20%60"
    ]


@pytest.mark.parametrize(
    ("site", "target"),
    [
        ("http://a.example/?a=1&b=2&copy=3#c", "http://a.example/?a=1&b=2&copy=3#c"),
        ("http://a.example/?a&copy;&amp;;b", "http://a.example/?a&%63opy;&%61mp;;b"),
        ("http://a.example/?a&copy-&#38;&#x26", "http://a.example/?a&%63opy-&#%338;&#%7826"),
        ("http://a.example/?a&lt", "http://a.example/?a&%6Ct"),
        ("http://a.example/[gallery]?[[b]]", "http://a.example/%5Bgallery]?%5B%5Bb]]"),
        ("http://[::1]/[a]", "http://[::1]/%5Ba]"),
        ("http://a.example/~b/~~c~~~", "http://a.example/~b/%7E%7Ec%7E%7E%7E"),
    ],
)
def test_no_part_of_an_address_means_something_in_a_link(site: str, target: str) -> None:
    structure = Structure(id="a", nom="[a]", site_web=(site,))
    written = write(Export([structure], fields=("nom",), links=True)).data.decode()
    assert written.splitlines()[2].strip("| ") == f"[&#91;a&#93;]({target})"


def test_one_long_name_does_not_widen_the_others() -> None:
    structures = [Structure(id="a", nom="x" * 10_000), Structure(id="b", nom="b")]
    lines = write(Export(structures, fields=("nom",))).data.decode().splitlines()
    assert [len(line) for line in lines] == [104, 104, 10_004, 104]


def test_wide_characters_count_twice_and_combining_ones_not() -> None:
    structures = [Structure(id="a", nom="数字空间"), Structure(id="b", nom="e\u0301te\u0301")]
    assert write(Export(structures, fields=("nom",))).data.decode().splitlines()[2:] == [
        "| 数字空间  |",
        "| e\u0301te\u0301       |",
    ]


def _cells(tokens: Sequence[Token]) -> list[list[str]]:
    """The rows of the table below its header, as a reader sees them."""
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append("".join(child.content for child in token.children or ()))
    return rows[1:]


def _name(structure: Structure) -> str:
    name = one_line(structure.nom)
    if not structure.is_closed or not name:
        return name
    return one_line(f"{name} ({States().state_to_paste(structure, 'fr')})")


@given(data=st.data())
@settings(max_examples=80)
@pytest.mark.parametrize("links", [False, True])
def test_a_table_reads_back_to_the_same_values(
    structures: st.SearchStrategy[list[Structure]], data: st.DataObject, *, links: bool
) -> None:
    given_structures = data.draw(structures)
    fields = ("id", "nom", "notes", "courriels", "telephones", "autres_formations_labels")
    written = write(Export(given_structures, fields=fields, links=links)).data.decode()
    tokens = GFM.parse(written)
    assert _cells(tokens) == [
        [
            one_line(one.id),
            _name(one),
            one_line(one.notes),
            _joined(one.courriels, each=links),
            _joined(one.telephones, each=links),
            _joined(one.autres_formations_labels, each=False),
        ]
        for one in given_structures
    ]
    kinds = {child.type for token in tokens for child in token.children or ()}
    marks = {"strong_open", "strong_close", "s_open", "s_close"}
    if links:
        marks |= {"link_open", "link_close"}
    assert kinds <= {"text", "text_special", *marks}
    assert [token.type for token in tokens].count("table_open") == 1


def _joined(values: Sequence[str], *, each: bool) -> str:
    return one_line(BETWEEN.join(map(one_line, values) if each else values))


def test_no_hostile_text_breaks_the_table(hostile: str) -> None:
    structure = Structure(
        id="a",
        nom=hostile,
        commune=hostile,
        statut="fermé",
        motif_fermeture=hostile,
        autres_formations_labels=(hostile,),
    )
    tokens = GFM.parse(write(Export([structure])).data.decode())
    shown = one_line(hostile)
    name = _name(structure)
    assert _cells(tokens) == [[shown, "", name, "", shown]]


def test_opening_hours_are_in_words_without_no_break_spaces() -> None:
    hours = Structure(id="a", nom="A", horaires="Mo,We 09:00-12:30; Tu off")
    french, english = (
        write(Export([hours], fields=("horaires",), lang=lang)).data.decode() for lang in ("fr", "en")
    )
    assert french.splitlines()[2] == "| lundi, mercredi 9 h–12 h 30 ; fermé mardi |"
    assert english.splitlines()[2] == "| Monday, Wednesday 09:00–12:30; closed Tuesday |"


def test_a_place_that_is_closed_for_a_time_says_until_when() -> None:
    away = Structure(id="a", nom="A", fermetures_temporaires=("2026-07-20/2026-08-24 congés",))
    export = Export((away,), ("nom", "fermetures_temporaires"), states=States((away,), "2026-08-01"))
    written = write(export).data.decode()
    assert written.splitlines()[2] == (
        "| A (fermée jusqu’au 24 août 2026 : congés) | du 20 juillet 2026 au 24 août 2026 : congés |"
    )
