"""What uMap is given to show. uMap 3.7.3 itself, in Chromium, showed the texts of the first test as text."""

from __future__ import annotations

import html

import pytest

from epncli.display.state import States
from epncli.formats import umap
from epncli.model.structure import Structure

PLACE = Structure(
    id="alternord",
    nom="Alternord",
    commune="Paris",
    code_postal="75012",
    adresse="3 rue de Reuilly",
    telephones=("01 53 16 14 82", "3949"),
    horaires="Tu-Sa 10:00-12:00",
    site_web=("https://www.exemple.fr/?a=1&b=[2]",),
    fermetures_temporaires=("2026-07-20/2026-08-24 congés d'été",),
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jeux & Cie, C&A – l'Île « 1 »", "Jeux & Cie, C&A – l'Île « 1 »"),
        ("<img src=x>", "&#60;img src=x>"),
        ("**gras** *it*", "&#42;&#42;gras&#42;&#42; &#42;it&#42;"),
        ("{nom} {{a}}", "&#123;nom&#125; &#123;&#123;a&#125;&#125;"),
        ("[[a|b]]", "&#91;&#91;a&#124;b&#93;&#93;"),
        ("https://x http://y", "&#104;ttps://x &#104;ttp://y"),
        ("# titre #1", "&#35; titre #1"),
        ("--- -", "&#45;-- -"),
        ("&lt;b&gt; &#60; &copy x", "&amp;lt;b&amp;gt; &amp;#60; &amp;copy x"),
        ("a\n# b\n* c", "a # b &#42; c"),
    ],
)
def test_what_umap_would_obey_becomes_character_references(text: str, shown: str) -> None:
    assert umap.as_text(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&https://x", "&&#104;ttps://x"),
        ("&lthttp://x", "&amp;lt&#104;ttp://x"),
        ("&&lt; &", "&&amp;lt; &"),
        ("http, xhttp:", "http, x&#104;ttp:"),
    ],
)
def test_an_ampersand_hides_no_markup_behind_it(text: str, shown: str) -> None:
    assert umap.as_text(text) == shown


def test_the_link_to_a_web_archive_stays_one_link() -> None:
    archived = "https://web.archive.org/web/2014/http://epn.fr/?a=https://b.fr"
    place = PLACE.changed(site_web=(archived,))
    target, text = umap.description(place, States([place]), "fr", ("site_web",)).split("|")
    assert target == "[[https://web.archive.org/web/2014/&#104;ttp://epn.fr/?a=&#104;ttps://b.fr"
    assert html.unescape(target) == f"[[{archived}"
    assert html.unescape(text) == f"{archived}]]"


@pytest.mark.parametrize(
    ("changes", "day", "lang", "first"),
    [
        ({}, "2026-03-05", "fr", ""),
        ({}, "2026-07-20", "fr", "**Fermée jusqu’au 24 août 2026 : congés d'été**\n"),
        ({}, "2026-07-20", "en", "**Closed until 24 August 2026: congés d'été**\n"),
        (
            {"statut": "fermé", "date_fermeture": "2024-06", "motif_fermeture": "[[x]]"},
            "2026-03-05",
            "fr",
            "**Fermée en juin 2024 : &#91;&#91;x&#93;&#93;**\n",
        ),
    ],
)
def test_the_description_has_the_state_and_how_to_get_there(
    changes: dict[str, str], day: str, lang: str, first: str
) -> None:
    place = PLACE.changed(**changes)
    hours = "mardi–samedi 10 h–12 h" if lang == "fr" else "Tuesday–Saturday 10:00–12:00"
    assert umap.description(place, States([place], day), lang) == (
        f"{first}3 rue de Reuilly, 75012 Paris\n{hours}\n"
        "[[tel:+33153161482|01 53 16 14 82]], 3949\n"
        "[[https://www.exemple.fr/?a=1&amp;b=%5B2%5D|&#104;ttps://www.exemple.fr/?a=1&b=&#91;2&#93;]]"
    )


def test_the_description_has_only_the_fields_asked_for() -> None:
    assert umap.description(PLACE, States([PLACE]), "fr", ("nom", "commune")) == "Paris"
    closed = PLACE.changed(statut="fermé")
    assert umap.description(closed, States([closed]), "fr", ("nom",)) == "**Fermée**"


def test_closed_structures_have_a_colour_and_the_others_that_of_their_layer() -> None:
    assert umap.options(PLACE, States([PLACE], "2026-03-05")) == {}
    assert umap.options(PLACE, States([PLACE], "2026-07-20")) == {"color": "#b34000"}
    assert umap.options(PLACE.changed(statut="fermé"), States([PLACE])) == {"color": "#6a6a6a"}
