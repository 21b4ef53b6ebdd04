from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

import pytest

from epncli.display.state import States
from epncli.display.words import one_line
from epncli.formats.page import write
from epncli.formats.writing import Export
from epncli.model.structure import Structure


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.rows: list[list[str]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in ("meta", "link", "input"):
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self._open):
            self.rows[-1][-1] += data
        elif self._open:
            self.texts[self._open[-1]] = self.texts.get(self._open[-1], "") + data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_table_has_all_places_and_what_is_known_of_them(
    registry: Sequence[Structure],
) -> None:
    page = Page(write(Export(registry, titre="EPN de Paris")).data)
    assert page.rows == [
        ["Commune", "CP", "Structure", "Téléphone", "Courriels", "Label"],
        ["Paris", "75009", "FREPAM", "06 99 93 14 51", "", ""],
        [
            "Paris",
            "75020",
            "Microlithe (fermée en septembre 2014\xa0: association fermée)",
            "01 46 36 70 13, 3949",
            "contact@microlithe.fr",
            "",
        ],
        [
            "Paris",
            "75012",
            "EPN L’@nnexe du centre social Relais 59",
            "09 53 21 27 82",
            "",
            "NetPublic",
        ],
    ]
    assert page.texts["h1"] == page.texts["title"] == page.texts["caption"] == "EPN de Paris"
    assert [link["href"] for link in page.all("a")] == [
        "tel:+33699931451",
        "http://www.microlithe.fr",
        "tel:+33146367013",
        "mailto:contact@microlithe.fr",
        "tel:+33953212782",
    ]


def test_the_rows_carry_what_the_filters_ask_for(registry: Sequence[Structure]) -> None:
    lyon = registry[0].changed(id="lyon", code_postal="69003", commune="Lyon")
    brest = registry[0].changed(id="brest", code_postal="29200", commune="Brest")
    page = Page(write(Export((*registry, lyon, brest))).data)
    assert page.all("tr")[1:] == [
        {"data-statut": "ouvert", "data-arrondissement": "Paris 9"},
        {"data-statut": "fermé", "data-arrondissement": "Paris 20"},
        {"data-statut": "ouvert", "data-arrondissement": "Paris 12"},
        {"data-statut": "ouvert", "data-arrondissement": "Lyon 3"},
        {"data-statut": "ouvert"},
    ]
    assert [option["value"] for option in page.all("option")] == [
        "", "Lyon 3", "Paris 9", "Paris 12", "Paris 20", "", "ouvert", "fermé",
    ]  # fmt: skip


def test_a_filter_is_there_only_where_it_can_choose(registry: Sequence[Structure]) -> None:
    brest = registry[0].changed(code_postal="29200", commune="Brest")
    assert Page(write(Export([brest])).data).all("select") == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ["Tous", "Paris 1er", "Paris 2e", "Tous", "Ouverts", "Fermés"]),
        ("en", ["All", "Paris 1", "Paris 2", "All", "Open", "Closed"]),
    ],
)
def test_the_page_speaks_the_language_asked_for(lang: str, words: list[str]) -> None:
    structures = [
        Structure(id="a", nom="A", code_postal="75002"),
        Structure(id="b", nom="B", code_postal="75001", statut="fermé"),
    ]
    data = write(Export(structures, lang=lang)).data
    assert Page(data).all("html") == [{"lang": lang}]
    assert re.findall(r"<option[^>]*>([^<]*)</option>", data.decode()) == words


@pytest.mark.parametrize(
    ("fields", "href"),
    [
        (
            {"latitude": "48.869", "longitude": "2.391"},
            "https://www.openstreetmap.org/?mlat=48.869&mlon=2.391#map=18/48.869/2.391",
        ),
        (
            {"adresse": "26 rue d’Avron & fils", "latitude": "x"},
            (
                "https://www.openstreetmap.org/search?query="
                "26%20rue%20d%E2%80%99Avron%20%26%20fils%2C%2075020%20Paris"
            ),
        ),
    ],
)
def test_a_place_leads_to_the_map(fields: dict[str, Any], href: str) -> None:
    structure = Structure(id="a", nom="A", commune="Paris", code_postal="75020", **fields)
    page = Page(write(Export([structure], fields=("nom",))).data)
    assert page.rows == [["Structure", "Carte"], ["A", "Voir sur OpenStreetMap\xa0: A"]]
    assert [link["href"] for link in page.all("a")] == [href]


def test_the_link_to_the_map_names_the_place_in_the_language_of_the_page() -> None:
    structure = Structure(id="a", nom="{A}", commune="Paris", code_postal="75020", adresse="1 rue X")
    page = Page(write(Export([structure], fields=("nom",), lang="en")).data)
    assert page.rows == [["Place", "Map"], ["{A}", "View on OpenStreetMap: {A}"]]


def test_a_closed_place_links_to_the_row_of_its_successor() -> None:
    new = Structure(id='c" <d>', nom="<b>Rancy</b>", commune="Lyon", code_postal="69003")
    old = Structure(
        id="a", nom="A", commune="Lyon", code_postal="69003", statut="fermé", date_fermeture="2024-06",
        remplace_par=new.id, motif_fermeture="<i>",
    )  # fmt: skip
    states = States((old, new))
    page = Page(write(Export((old, new), states=states)).data)
    assert page.rows[1][2] == "A (fermée en juin 2024\xa0: <i>, voir <b>Rancy</b>)"
    assert [link["href"] for link in page.all("a")] == ["#lieu-2"]
    assert [row.get("id") for row in page.all("tr")] == [None, None, "lieu-2"]
    assert page.all("b") == page.all("i") == []

    alone = Page(write(Export((old,), states=states, lang="en")).data)
    assert alone.rows[1][2] == "A (closed in June 2024: <i>, see <b>Rancy</b>)"
    assert alone.all("a") == []


def test_a_place_that_is_closed_for_a_time_is_not_struck_through() -> None:
    away = Structure(id="a", nom="A", fermetures_temporaires=("2026-07-20/2026-08-24", "2026-11-02/.."))
    export = Export((away,), ("nom", "fermetures_temporaires"), states=States((away,), "2026-08-01"))
    page = Page(write(export).data)
    assert page.rows[1] == [
        "A (fermée jusqu’au 24 août 2026)",
        "du 20 juillet 2026 au 24 août 2026, à partir du 2 novembre 2026",
    ]
    assert page.all("s") == page.all("select") == []
    assert [row.get("data-statut") for row in page.all("tr")] == [None, "ouvert"]


def test_the_policy_lets_only_the_pages_own_style_and_script_run(
    registry: Sequence[Structure],
) -> None:
    page = Page(write(Export(registry)).data)
    hashes = {
        tag: base64.b64encode(hashlib.sha256(page.texts[tag].encode()).digest()).decode()
        for tag in ("style", "script")
    }
    [policy] = [
        meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{hashes['style']}'; "
        f"script-src 'sha256-{hashes['script']}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import|https?:", page.texts["style"] + page.texts["script"])


def test_nothing_hostile_becomes_markup_or_runs(hostile: str) -> None:
    structure = Structure(
        id="a",
        nom=hostile,
        commune=hostile,
        code_postal="75020",
        adresse=hostile,
        telephones=(hostile,),
        site_web=(hostile,),
        autres_formations_labels=(hostile,),
    )
    plain = Structure(
        id="a",
        nom="a",
        commune="a",
        code_postal="75020",
        adresse="a",
        telephones=("a",),
        site_web=("a",),
        autres_formations_labels=("a",),
    )
    page = Page(write(Export([structure], titre=hostile)).data)
    shown = one_line(hostile)
    assert page.rows[1][:3] == [shown, "75020", shown]
    usual = {tag for tag, _ in Page(write(Export([plain], titre="a")).data).tags}
    assert {tag for tag, _ in page.tags} <= usual
    names = {name for _, attributes in page.tags for name in attributes}
    assert not {name for name in names if name.startswith("on")}
    assert all(link["href"].startswith(("http", "tel:", "mailto:")) for link in page.all("a"))


def test_opening_hours_are_in_words() -> None:
    places = [Structure(id="a", nom="A", horaires="Mo-Fr 09:00-12:30; Tu off"), Structure(id="b", nom="B")]
    french, english = (Page(write(Export(places, lang=lang)).data).rows for lang in ("fr", "en"))
    assert [row[-1] for row in french] == [
        "Horaires", "lundi, mercredi, jeudi, vendredi 9\xa0h–12\xa0h\xa030\xa0; fermé mardi", "",
    ]  # fmt: skip
    assert [row[-1] for row in english][
        1
    ] == "Monday, Wednesday, Thursday, Friday 09:00–12:30; closed Tuesday"
