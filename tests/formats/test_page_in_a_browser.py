"""The web page in headless Chromium: its search, filters, hours, distances and address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from browser import PHONE, WIDE, Reader
from searches import PLACES, SEARCHES, typed

from epncli.display.state import States
from epncli.formats.page import _FIRST, data
from epncli.formats.writing import Export
from epncli.model.structure import Structure
from epncli.query.search import search

pytestmark = pytest.mark.browser

NAMES = {one.id: one.nom for one in PLACES}


def place(nom: str, **fields: Any) -> Structure:
    values = {"id": nom, "nom": nom, "commune": "Paris", "code_postal": "75020"}
    return Structure(**{**values, **fields})


@pytest.fixture(scope="module")
def everything(driver: Any, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The page of the places that both searches are tried on, with the closed ones."""
    reader = Reader(driver, tmp_path_factory.mktemp("searches") / "page.html")
    reader.write(Export(PLACES))
    reader.open(fragment="#fermes=1")
    return reader


@pytest.mark.parametrize(("terms", "ids"), SEARCHES, ids=" ".join)
def test_the_page_finds_what_epn_search_finds(
    everything: Reader, terms: tuple[str, ...], ids: tuple[str, ...]
) -> None:
    by_epn = search(PLACES, terms)
    assert [one.id for one in PLACES if one in by_epn] == list(ids)
    assert sorted(everything.search(typed(terms))) == sorted(NAMES[one] for one in ids)


def test_the_commune_of_all_places_is_found_though_no_row_shows_it(reader: Reader) -> None:
    reader.write(Export([place("Un"), place("Deux", code_postal="75001")]))
    reader.open()
    assert reader.search("paris 75001") == ["Deux"]


def test_the_status_says_how_many_places_are_shown(reader: Reader) -> None:
    reader.write(Export(PLACES))
    reader.open()
    assert reader.status() == "4 structures"
    reader.search("paris")
    assert reader.status() == "1 structure sur 4 · structures fermées qui correspondent : 1"
    reader.search("xyz")
    assert reader.status() == "Aucune structure ne correspond. Essayez moins de mots ou un autre filtre."
    reader.search("")
    reader.click("th.nom button")
    reader.click("th.nom button")
    assert reader.status() == "4 structures · tri : Nom, ordre inverse"


FILTERED = (
    place("Un", code_postal="75001", formations_labels=("ORDI 3.0",)),
    place(
        "Vingt", services=("Loisirs et créations numériques", "Insertion professionnelle via le numérique")
    ),
    place("Lyon", code_postal="69003", commune="Lyon", services=("Loisirs et créations numériques",)),
    place("Fin", statut="fermé", date_fermeture="2024-06", remplace_par="Vingt"),
)


def test_the_filters_narrow_the_list(reader: Reader) -> None:
    reader.write(Export(FILTERED, states=States(FILTERED, "2026-11-28")))
    reader.open()
    assert reader.choose("commune", "Paris") == ["Un", "Vingt"]
    assert reader.choose("arrondissement", "Paris 20e") == ["Vingt"]
    assert reader.click("#clear") == ["Un", "Vingt", "Lyon"]
    assert reader.choose("label", "ORDI 3.0") == ["Un"]
    assert reader.choose("label", "Tous") == ["Un", "Vingt", "Lyon"]
    assert reader.choose("service", "Loisirs et créations numériques") == ["Vingt", "Lyon"]
    assert reader.search("lyon") == ["Lyon"]


def test_closed_places_are_behind_a_switch_and_lead_to_their_successors(reader: Reader) -> None:
    reader.write(Export(FILTERED, states=States(FILTERED, "2026-11-28")))
    reader.open()
    [label] = reader.find("label[for=fermes]")
    assert label.text == "Afficher aussi la structure fermée"
    assert reader.click("#fermes") == ["Un", "Vingt", "Lyon", "Fin"]
    assert "fermée en juin 2024, voir Vingt" in reader.row("Fin")
    reader.search("fin")
    reader.click("#fermes")
    assert reader.status().endswith("un autre filtre. · structures fermées qui correspondent : 1")
    reader.click("#fermes")
    reader.click("tr.closed .state a")
    assert reader.names() == ["Un", "Vingt", "Lyon"]
    assert reader.run("return document.activeElement.cells[0].firstElementChild.textContent") == "Vingt"


def test_the_address_keeps_the_search_and_the_back_button_undoes_a_choice(reader: Reader) -> None:
    reader.write(Export(FILTERED))
    reader.open()
    reader.search("paris")
    reader.choose("arrondissement", "Paris 20e")
    reader.click("#fermes")
    reader.click("th.nom button")
    fragment = "#q=paris&tri=nom&arrondissement=Paris 20e&fermes=1"
    assert (reader.fragment(), reader.names()) == (fragment, ["Fin", "Vingt"])
    reader.driver.back()
    reader.driver.back()
    assert (reader.fragment(), reader.names()) == ("#q=paris&arrondissement=Paris 20e", ["Vingt"])
    reader.driver.back()
    assert (reader.fragment(), reader.names()) == ("#q=paris", ["Un", "Vingt"])
    reader.driver.back()
    assert (reader.fragment(), reader.names()) == ("", ["Un", "Vingt", "Lyon"])
    reader.open(fragment=fragment.replace(" ", "+"))
    assert reader.names() == ["Fin", "Vingt"]


@pytest.mark.parametrize(
    "fragment",
    [
        "#commune=Brest&arrondissement=%00&label=<b>&ouvert=yes&fermes=2&tri=horaires&sens=desc",
        "#tri=__proto__&commune=constructor",
        "#lieu-99",
        "#=&&=&%E0%A4%A",
    ],
)
def test_what_no_control_offers_is_ignored_in_the_address(reader: Reader, fragment: str) -> None:
    reader.write(Export(FILTERED))
    reader.open(fragment=fragment)
    assert (reader.names(), reader.status()) == (["Un", "Vingt", "Lyon"], "3 structures")
    assert reader.driver.get_log("browser") == []


def test_a_heading_sorts_its_column_both_ways_with_blanks_last(reader: Reader) -> None:
    places = [
        place("Zoé 10", code_postal="75002", adresse="1 rue A", date_maj="2026-02-01"),
        place("Œuvre", code_postal="", commune="", date_maj="2025-11-03"),
        place("élan", code_postal="75001"),
        place("Zoé 9", code_postal="75002", adresse="9 rue A", date_maj="2026-11-01"),
    ]
    reader.write(Export(places))
    reader.open()
    assert reader.click("th.nom button") == ["élan", "Œuvre", "Zoé 9", "Zoé 10"]
    assert reader.find("[aria-sort]")[0].get_attribute("aria-sort") == "ascending"
    assert reader.click("th.nom button") == ["Zoé 10", "Zoé 9", "Œuvre", "élan"]
    assert reader.click("th.adresse button") == ["élan", "Zoé 10", "Zoé 9", "Œuvre"]
    assert reader.click("th.adresse button") == ["Zoé 9", "Zoé 10", "élan", "Œuvre"]
    assert reader.click("th.date_maj button") == ["Œuvre", "Zoé 10", "Zoé 9", "élan"]
    assert [one.get_attribute("aria-sort") for one in reader.find("[aria-sort]")] == ["ascending"]
    reader.resize(PHONE)
    reader.click("#filters summary")
    assert reader.choose("tri", "Nom") == ["élan", "Œuvre", "Zoé 9", "Zoé 10"]


def test_the_nearest_come_first_when_the_reader_asks_and_nothing_is_sent(reader: Reader) -> None:
    places = [
        place("Loin", latitude="48.90", longitude="2.35"),
        place("Nulle part"),
        place("Ici", latitude="48.8571", longitude="2.3522"),
    ]
    reader.write(Export(places))
    reader.open()
    reader.cdp("Browser.grantPermissions", permissions=["geolocation"])
    reader.cdp("Emulation.setGeolocationOverride", latitude=48.8566, longitude=2.3522, accuracy=10)
    [near] = reader.find("#near")
    near.click()
    _until(reader, "document.querySelector('.distance')")
    assert reader.names() == ["Ici", "Loin", "Nulle part"]
    assert [one.text for one in reader.find(".distance")] == ["à 0,1 km", "à 4,8 km"]
    assert reader.status() == "3 structures · les plus proches d’abord"
    assert (near.get_attribute("aria-pressed"), reader.fragment()) == ("true", "")
    near.click()
    assert reader.names() == ["Loin", "Nulle part", "Ici"]
    assert reader.find(".distance") == []
    assert _requests(reader) == []


def _until(reader: Reader, condition: str) -> None:
    reader.driver.execute_async_script(
        "const done = arguments[0]; const look = () => "
        f"({condition}) ? done() : setTimeout(look, 10); look();"
    )


def _requests(reader: Reader) -> list[str]:
    """The URLs that the page asked for, but for itself and its icon."""
    events = [entry["message"] for entry in reader.driver.get_log("performance")]
    sent = [
        found[1]
        for one in events
        if '"Network.requestWillBeSent"' in one and (found := re.search('"url":"([^"]*)"', one))
    ]
    assert sent  # the page itself
    return [url for url in sent if not url.startswith(("file://", "data:"))]


def test_no_value_runs_and_nothing_is_asked_of_any_host(reader: Reader, hostile: str) -> None:
    script = "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
    fields = {"commune": script, "adresse": script, "horaires": hostile, "services": (script, hostile)}
    places = [
        place(
            script, id="a", site_web=("javascript:alert(1)",), autres_formations_labels=(hostile,), **fields
        ),
        place(hostile, id="b", fermetures_temporaires=(f"2026-01-01/.. {script}",), **fields),
    ]
    reader.write(Export(places, titre="EPN de Paris", contact=hostile))
    reader.open()
    reader.search("script")
    assert reader.driver.title == "EPN de Paris"
    assert reader.driver.get_log("browser") == []
    assert _requests(reader) == []


def test_a_long_list_has_the_same_rows_in_the_end_as_a_short_one(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [
        *PLACES,
        place(
            "Point",
            id="p",
            latitude="48.85",
            longitude="2.35",
            adresse="1 rue A",
            site_web=("http://x.example",),
        ),
        place(
            "Rue",
            id="r",
            adresse="1 rue A",
            horaires="Mo 09:00-10:00",
            telephones=("x",),
            courriels=("a b@c",),
        ),
    ]
    rows = []
    monkeypatch.setattr("epncli.formats.page._FIRST", 2)
    for most in (len(places), 1):
        monkeypatch.setattr("epncli.formats.page._WHOLE", most)
        reader.write(Export(places))
        reader.open(fragment="#fermes=1", clock="2026-11-30T10:00")
        rows.append(_described(reader))
    assert rows[0] == rows[1]
    assert len(rows[0]) == len(places)


def _described(reader: Reader) -> Sequence[Any]:
    """What a reader, and a program that reads aloud, get of each row."""
    found: Sequence[Any] = reader.run(
        "return [...document.querySelectorAll('tbody tr')].map(row => [row.getAttribute('role'),"
        " ...[...row.cells].map(cell => [cell.className, cell.getAttribute('role'), cell.innerText,"
        " [...cell.querySelectorAll('a')].map(link => [link.href, link.className])])])"
    )
    return found


def test_a_poster_has_a_page_for_about_25_places(reader: Reader) -> None:
    import base64

    pages = []
    for count in (22, 25, 50, 100):
        places = [
            place(
                f"Espace public numérique {at}",
                id=str(at),
                adresse=f"{at} rue de la Paix",
                telephones=("01 46 36 70 13",),
            )
            for at in range(count)
        ]
        reader.write(Export(places, titre="Espaces publics numériques de Paris"))
        reader.open(width=WIDE)
        pdf = base64.b64decode(reader.cdp("Page.printToPDF", preferCSSPageSize=True)["data"])
        pages.append(len(re.findall(rb"/Type\s*/Page\b", pdf)))
    assert pages == [1, 1, 2, 4]


def test_the_script_has_the_same_step_as_the_style() -> None:
    folder = Path(data.__file__).parent
    [step] = re.findall(r"STEP = (\d+)", (folder / "script/view.js").read_text(encoding="utf-8"))
    assert int(step) == _FIRST
    assert f"nth-child(n + {int(step) + 1})" in (folder / "page.css").read_text(encoding="utf-8")
