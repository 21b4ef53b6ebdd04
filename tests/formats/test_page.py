from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from web_page import Page, data_of

from epncli.display.state import States
from epncli.formats.page import write
from epncli.formats.writing import Export
from epncli.model.structure import Structure


def test_the_table_has_all_places_the_open_ones_first(registry: Sequence[Structure]) -> None:
    page = Page(write(Export(registry, titre="EPN de Paris")).data)
    assert page.rows == [
        ["Nom", "Contact", "Code postal"],
        ["FREPAM", "06 99 93 14 51", "75009"],
        ["EPN L’@nnexe du centre social Relais 59 / NetPublic", "09 53 21 27 82", "75012"],
        [
            "Microlithe / fermée en septembre 2014\xa0: association fermée",
            "01 46 36 70 13 / 3949 / contact@microlithe.fr / microlithe.fr",
            "75020",
        ],
    ]
    assert page.texts["h1"] == page.texts["title"] == "EPN de Paris"
    assert page.all("caption") == []
    assert page.all("table")[0]["aria-labelledby"] == page.all("h1")[0]["id"]
    assert page.links() == [
        "tel:+33699931451",
        "tel:+33953212782",
        "tel:+33146367013",
        "mailto:contact@microlithe.fr",
        "http://www.microlithe.fr",
    ]


def test_a_column_is_there_if_a_tenth_of_the_places_fill_it() -> None:
    empty = [Structure(id=str(one), nom="A", commune="Paris", code_postal="75001") for one in range(9)]
    filled = Structure(
        id="x", nom="A", commune="Lyon", code_postal="69001", horaires="24/7", date_maj="2026-11-02"
    )
    rows = Page(write(Export([*empty, filled])).data).rows
    assert (rows[0], rows[-1]) == (
        ["Nom", "Adresse", "Horaires", "Confirmée"],
        ["A", "69001 Lyon", "tous les jours 24\xa0h/24", "novembre 2026"],
    )
    assert Page(write(Export([*empty, *empty, filled])).data).rows[0] == ["Nom", "Adresse"]


def test_the_commune_is_only_there_if_there_are_several() -> None:
    places = [
        Structure(id=str(one), nom="A", commune="Paris", code_postal="75001", adresse="1 rue B")
        for one in (1, 2)
    ]
    assert Page(write(Export(places)).data).rows[1] == ["A", "1 rue B / 75001"]


def test_fields_choose_the_columns(registry: Sequence[Structure]) -> None:
    page = Page(write(Export(registry, fields=("telephones", "id", "nom", "commune"))).data)
    assert page.rows[:2] == [
        ["Nom", "Téléphone", "Commune", "Identifiant"],
        ["FREPAM", "06 99 93 14 51", "Paris", "freepam"],
    ]


def test_labelled_places_are_in_bold_and_the_page_says_so(registry: Sequence[Structure]) -> None:
    data = write(Export(registry)).data.decode()
    assert re.findall("<strong>(.*?)</strong>", data) == ["EPN L’@nnexe du centre social Relais 59"]
    assert "En gras\xa0: les structures labellisées" in data
    assert "En gras" not in write(Export(registry[:2])).data.decode()


def test_a_filter_is_there_only_where_it_can_choose(registry: Sequence[Structure]) -> None:
    def filters(*places: Structure) -> list[str]:
        return [one["id"] for one in Page(write(Export(places)).data).all("select")]

    brest = registry[0].changed(code_postal="29200", commune="Brest")
    assert filters(brest) == ["tri"]
    assert filters(*registry) == ["arrondissement", "label", "tri"]
    assert filters(registry[0], brest.changed(services=("x",))) == [
        "commune",
        "arrondissement",
        "service",
        "tri",
    ]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ["Toutes", "A", "B", "Tous", "Paris 1er", "Paris 2e", "Ordre de la liste", "Nom", "Adresse"]),
        (
            "en",
            ["All communes", "A", "B", "All arrondissements", "Paris 1", "Paris 2", "Order of the list",
             "Name", "Address"],
        ),
    ],
)  # fmt: skip
def test_the_page_speaks_the_language_asked_for(lang: str, words: list[str]) -> None:
    structures = [
        Structure(id="a", nom="A", commune="B", code_postal="75002"),
        Structure(id="b", nom="B", commune="A", code_postal="75001", statut="fermé"),
    ]
    data = write(Export(structures, lang=lang)).data
    assert Page(data).all("html") == [{"lang": lang}]
    assert re.findall(r"<option[^>]*>([^<]*)</option>", data.decode()) == words
    assert data_of(data)["words"]["open"] == {"fr": "Ouverte", "en": "Now open"}[lang]


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
def test_an_address_leads_to_the_map(fields: dict[str, Any], href: str) -> None:
    structure = Structure(id="a", nom="A", commune="Paris", code_postal="75020", **fields)
    page = Page(write(Export([structure])).data)
    shown = "26 rue d’Avron & fils / 75020" if "adresse" in fields else "75020"
    assert page.rows[1] == ["A", shown]
    assert page.links() == [href]


def test_a_closed_place_links_to_the_row_of_its_successor() -> None:
    new = Structure(id='c" <d>', nom="<b>Rancy</b>", commune="Lyon", code_postal="69003")
    old = Structure(
        id="a", nom="A", commune="Lyon", code_postal="69003", statut="fermé", date_fermeture="2024-06",
        remplace_par=new.id, motif_fermeture="<i>",
    )  # fmt: skip
    states = States((old, new))
    page = Page(write(Export((old, new), states=states)).data)
    assert page.rows[2][0] == "A / fermée en juin 2024\xa0: <i>, voir <b>Rancy</b>"
    assert page.links() == ["#lieu-1"]
    assert [row.get("id") for row in page.all("tr")] == [None, "lieu-1", None]
    assert page.all("b") == page.all("i") == []

    alone = Page(write(Export((old,), states=states, lang="en")).data)
    assert alone.rows[1][0] == "A / closed in June 2024: <i>, see <b>Rancy</b>"
    assert alone.all("a") == []


def test_a_place_that_is_closed_for_a_time_is_among_the_open_ones() -> None:
    away = Structure(
        id="a", nom="A", fermetures_temporaires=("2026-07-20/2026-08-24", "2026-11-02/.. travaux")
    )
    export = Export((away,), ("nom", "fermetures_temporaires"), states=States((away,), "2026-08-01"))
    data = write(export).data
    assert Page(data).rows[1] == [
        "A / fermée jusqu’au 24 août 2026",
        "du 20 juillet 2026 au 24 août 2026, à partir du 2 novembre 2026\xa0: travaux",
    ]
    assert "fermes" not in [one.get("id") for one in Page(data).all("input")]
    assert data_of(data)["away"] == {"0": [["2026-07-20", "2026-08-24", ""], ["2026-11-02", "", "travaux"]]}


def test_the_page_says_when_it_was_made_and_whom_to_tell_of_a_mistake(registry: Sequence[Structure]) -> None:
    places = [
        registry[0].changed(source="Ville"),
        registry[1].changed(source="Hub"),
        registry[2].changed(source="Hub"),
    ]
    page = Page(write(Export(places, states=States(places, "2026-11-28"), contact="moi@exemple.fr")).data)
    assert "Liste du 28 novembre 2026" in page.texts["p"]
    assert "Une erreur, un oubli\xa0? Signalez-le\xa0: " in page.texts["p"]
    assert "Source\xa0: Hub, Ville" in page.texts["p"]
    assert page.links()[-1] == "mailto:moi@exemple.fr"


@pytest.mark.parametrize(
    ("contact", "links"),
    [
        ("https://exemple.fr/a", ["https://exemple.fr/a"]),
        ("01 46 36 70 13", ["tel:+33146367013"]),
        ("la mairie <b>", []),
        ("javascript:alert(1)", []),
    ],
)
def test_the_contact_is_a_link_if_it_can_be_one(contact: str, links: list[str]) -> None:
    page = Page(write(Export([Structure(id="a", nom="A")], contact=contact)).data)
    assert page.links() == links
    assert contact in page.texts["p"] + page.texts.get("a", "")


def test_opening_hours_are_in_words() -> None:
    places = [Structure(id="a", nom="A", horaires="Mo-Fr 09:00-12:30; Tu off"), Structure(id="b", nom="B")]
    french, english = (Page(write(Export(places, lang=lang)).data).rows for lang in ("fr", "en"))
    assert [row[-1] for row in french] == [
        "Horaires", "lundi, mercredi, jeudi, vendredi 9\xa0h–12\xa0h\xa030\xa0; fermé mardi", "",
    ]  # fmt: skip
    assert english[1][-1] == "Monday, Wednesday, Thursday, Friday 09:00–12:30; closed Tuesday"
