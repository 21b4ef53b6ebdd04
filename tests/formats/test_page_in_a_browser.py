"""The web page in headless Chromium: its script, and its accessibility according to axe-core."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from epncli.formats.page import write
from epncli.formats.writing import Export
from epncli.model.structure import Structure

pytestmark = pytest.mark.browser

axe_selenium = pytest.importorskip("axe_selenium_python", reason="the extra ‘browser’ is not installed")

PLACES = (
    Structure(
        id="microlithe",
        nom="Microlithe",
        commune="Paris",
        code_postal="75020",
        adresse="26 rue Vitruve",
        telephones=("01 46 36 70 13", "3949"),
        site_web=("http://www.microlithe.fr",),
        statut="fermé",
        date_fermeture="2014-09",
        motif_fermeture="association fermée",
    ),
    Structure(
        id="elan",
        nom="Élan, cœur d’Œuvre",
        commune="Paris",
        code_postal="75012",
        telephones=("01 40 18 04 41",),
        formations_labels=("ORDI 3.0",),
        latitude="48.85",
        longitude="2.39",
    ),
    Structure(
        id="zoe",
        nom="Zoé <script>document.title = 'run'</script>",
        commune="Lyon",
        code_postal="69003",
        courriels=("zoe@example.fr",),
    ),
)
MICROLITHE = "Microlithe (fermée en septembre 2014 : association fermée)"
ELAN = "Élan, cœur d’Œuvre"
ZOE = "Zoé <script>document.title = 'run'</script>"


class Reader:
    """Someone who reads the page."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def find(self, selector: str) -> Any:
        return self.driver.find_elements("css selector", selector)

    def names(self) -> list[str]:
        rows = (row for row in self.find("tbody tr") if row.is_displayed())
        return [row.find_element("css selector", "th").text for row in rows]

    def search(self, words: str) -> list[str]:
        [field] = self.find("#search")
        field.clear()
        field.send_keys(words)
        return self.names()

    def choose(self, field: str, choice: str) -> list[str]:
        [option] = [one for one in self.find(f"#{field} option") if one.text == choice]
        option.click()
        return self.names()

    def sort(self, heading: str) -> list[str]:
        [button] = [one for one in self.find("thead button") if one.text == heading]
        button.click()
        return self.names()

    def status(self) -> str:
        text: str = self.find("#count")[0].text
        return text


@pytest.fixture
def reader(driver: Any, tmp_path: Path) -> Reader:
    page = tmp_path / "page.html"
    page.write_bytes(write(Export(PLACES, titre="EPN de Paris")).data)
    driver.get_log("browser")
    driver.get_log("performance")
    driver.get(page.as_uri())
    return Reader(driver)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", [MICROLITHE, ELAN, ZOE]),
        ("elan COEUR", [ELAN]),
        ("d'oeuvre", [ELAN]),
        ("0140180441", [ELAN]),
        ("01.40.18.04.41", [ELAN]),
        ("75012", [ELAN]),
        ("paris septembre", [MICROLITHE]),
    ],
)
def test_the_search_fits_as_one_types(reader: Reader, words: str, names: list[str]) -> None:
    assert reader.search(words) == names
    assert reader.status() == f"Lieux affichés : {len(names)} sur 3"


def test_the_page_says_that_nothing_fits(reader: Reader) -> None:
    assert reader.search("xyz") == []
    assert reader.status() == "Aucun lieu ne correspond. Essayez moins de mots ou un autre filtre."


def test_the_filters_narrow_the_list(reader: Reader) -> None:
    assert reader.choose("arrondissement", "Paris 12e") == [ELAN]
    assert reader.choose("arrondissement", "Tous") == [MICROLITHE, ELAN, ZOE]
    assert reader.choose("statut", "Fermés") == [MICROLITHE]
    assert reader.choose("statut", "Ouverts") == [ELAN, ZOE]


def test_a_heading_sorts_its_column_both_ways_with_blanks_last(reader: Reader) -> None:
    assert reader.sort("Structure") == [ELAN, MICROLITHE, ZOE]
    assert reader.find("[aria-sort]")[0].get_attribute("aria-sort") == "ascending"
    assert reader.sort("Structure") == [ZOE, MICROLITHE, ELAN]
    assert reader.sort("Téléphone") == [ELAN, MICROLITHE, ZOE]
    assert reader.sort("Téléphone") == [MICROLITHE, ELAN, ZOE]
    assert [one.get_attribute("aria-sort") for one in reader.find("[aria-sort]")] == ["descending"]


def test_no_value_runs_and_nothing_is_asked_of_any_host(reader: Reader) -> None:
    assert reader.driver.title == "EPN de Paris"
    assert reader.driver.get_log("browser") == []
    events = [entry["message"] for entry in reader.driver.get_log("performance")]
    sent = [one for one in events if '"Network.requestWillBeSent"' in one]
    assert len(sent) == len([one for one in sent if '"url":"file://' in one or '"url":"data:' in one])
    assert sent


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(reader: Reader, scheme: str) -> None:
    reader.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
    )
    axe = axe_selenium.Axe(reader.driver)
    axe.inject()
    results = axe.run()
    assert [found["id"] for found in results["violations"]] == []
    assert len(results["passes"]) > 10
