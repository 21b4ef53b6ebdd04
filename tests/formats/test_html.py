from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.display.state import States
from epncli.display.words import BETWEEN, one_line
from epncli.formats.html import write
from epncli.formats.writing import Export
from epncli.model.structure import Structure

# Of wp_kses_post's list, what a table needs.
WORDPRESS_TAGS = {"table", "caption", "thead", "tbody", "tr", "th", "td", "strong", "s", "a"}
WORDPRESS_ATTRIBUTES = {"a": {"href"}, "th": {"scope"}}
WORDPRESS_PROTOCOLS = {"http", "https", "mailto", "tel"}


def wordpress(text: str) -> str:
    """What WordPress's filter leaves of a post."""
    return nh3.clean(
        text,
        tags=WORDPRESS_TAGS,
        attributes=WORDPRESS_ATTRIBUTES,
        url_schemes=WORDPRESS_PROTOCOLS,
        link_rel=None,
    )


def with_signs(html: str) -> str:
    """The HTML with the characters themselves for the entities that are numbers, as nh3 writes it."""
    return re.sub("&#([0-9]+);", lambda found: chr(int(found[1])), html)


class Cells(HTMLParser):
    """The cells below the header, as a reader sees them, and every tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.tags.add(tag)
        if tag == "tbody":
            self.rows.clear()
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1] and data != "\n":
            self.rows[-1][-1] += data


def test_a_table_for_the_blog(registry: Sequence[Structure]) -> None:
    assert write(Export(registry, titre="EPN de Paris", links=True)).data.decode() == (
        "<table>\n"
        "<caption>EPN de Paris</caption>\n"
        "<thead>\n"
        '<tr><th scope="col">Commune</th><th scope="col">CP</th><th scope="col">Structure</th>'
        '<th scope="col">Téléphone</th><th scope="col">Label</th></tr>\n'
        "</thead>\n"
        "<tbody>\n"
        '<tr><td>Paris</td><td>75009</td><th scope="row">FREPAM</th>'
        '<td><a href="tel:+33699931451">06 99 93 14 51</a></td><td></td></tr>\n'
        '<tr><td>Paris</td><td>75020</td><th scope="row">'
        '<s><a href="http://www.microlithe.fr">Microlithe</a></s>'
        " (fermée en septembre 2014 : association fermée)</th>"
        '<td><a href="tel:+33146367013">01 46 36 70 13</a>, 3949</td><td></td></tr>\n'
        '<tr><td>Paris</td><td>75012</td><th scope="row">'
        "<strong>EPN L’@nnexe du centre social Relais 59</strong></th>"
        '<td><a href="tel:+33953212782">09 53 21 27 82</a></td><td>NetPublic</td></tr>\n'
        "</tbody>\n"
        "</table>\n"
    )


def test_links_are_there_when_asked_for(registry: Sequence[Structure]) -> None:
    assert b"href" not in write(Export(registry)).data


@given(data=st.data())
@pytest.mark.parametrize("links", [False, True])
def test_wordpress_has_nothing_to_change(
    structures: st.SearchStrategy[list[Structure]], data: st.DataObject, *, links: bool
) -> None:
    given_structures = data.draw(structures)
    fields = ("id", "nom", "site_web", "courriels", "telephones", "notes")
    written = write(Export(given_structures, fields=fields, links=links)).data.decode()
    assert wordpress(written) == with_signs(written)


@given(data=st.data())
def test_a_table_reads_back_to_the_same_values(
    structures: st.SearchStrategy[list[Structure]], data: st.DataObject
) -> None:
    given_structures = data.draw(structures)
    fields = ("id", "commune", "notes", "courriels")
    found = Cells(write(Export(given_structures, fields=fields)).data.decode())
    assert found.rows == [
        [
            one_line(one.id),
            one_line(one.commune),
            one_line(one.notes),
            one_line(BETWEEN.join(one.courriels)),
        ]
        for one in given_structures
    ] or (not given_structures and found.rows == [])


def test_no_hostile_text_becomes_markup(hostile: str) -> None:
    structure = Structure(id="a", nom=hostile, commune=hostile, site_web=(hostile,))
    written = write(Export([structure], titre=hostile, links=True)).data.decode()
    found = Cells(written)
    assert found.rows == [[one_line(hostile), "", one_line(hostile), ""]]
    assert found.tags <= WORDPRESS_TAGS
    assert wordpress(written) == with_signs(written)


def test_opening_hours_are_in_words_without_no_break_spaces() -> None:
    hours = Structure(id="a", nom="A", horaires="Mo,We 09:00-12:30; Tu off")
    french, english = (
        write(Export([hours], fields=("horaires",), lang=lang)).data.decode() for lang in ("fr", "en")
    )
    assert "<td>lundi, mercredi 9 h–12 h 30 ; fermé mardi</td>" in french
    assert "<td>Monday, Wednesday 09:00–12:30; closed Tuesday</td>" in english


def test_a_place_that_is_closed_for_a_time_says_until_when() -> None:
    away = Structure(id="a", nom="A", fermetures_temporaires=("2026-07-20/2026-08-24 congés",))
    export = Export((away,), ("nom", "fermetures_temporaires"), states=States((away,), "2026-08-01"))
    written = write(export).data.decode()
    assert '<th scope="row">A (fermée jusqu’au 24 août 2026 : congés)</th>' in written
    assert "<td>du 20 juillet 2026 au 24 août 2026 : congés</td>" in written
