"""The web page in headless Chromium, read by keyboard, by ear, enlarged, on a phone or in the dark."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from browser import PHONE, TABLET, WIDE, Reader
from full_registry import full_registry

from epncli.display.state import States
from epncli.formats.writing import Export
from epncli.model.structure import Structure

pytestmark = pytest.mark.browser

PLACES = full_registry(30)
CLOCK = "2026-11-30T10:00"


@pytest.fixture
def full(reader: Reader) -> Reader:
    """Someone who reads the page of a registry with every field."""
    reader.write(Export(PLACES, titre="Lieux", states=States(PLACES, "2026-11-28"), contact="a@exemple.fr"))
    return reader


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, TABLET, WIDE])
@pytest.mark.parametrize(
    "fragment", ["", "#q=rue&service=Loisirs et créations numériques&fermes=1&tri=nom", "#ouvert=1", "#q=xyz"]
)
def test_axe_finds_no_violation(full: Reader, scheme: str, width: int, fragment: str) -> None:
    axe_selenium = pytest.importorskip("axe_selenium_python", reason="the extra ‘browser’ is not installed")
    full.open(fragment=fragment, width=width, scheme=scheme, clock=CLOCK)
    for each in full.find("details"):
        full.run("arguments[0].open = true", each)
    axe = axe_selenium.Axe(full.driver)
    axe.inject()
    results = axe.run()
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in results["violations"]] == []
    assert len(results["passes"]) > 10


@pytest.mark.parametrize("width", [320, PHONE, 412, 480, TABLET, 1024, 1150, WIDE])
@pytest.mark.parametrize("zoom", [1, 2])
def test_nothing_is_off_the_screen(full: Reader, width: int, zoom: int) -> None:
    full.open(fragment="#fermes=1", width=width // zoom if width >= 640 else width)
    full.run("for (const id of ['filters', 'plan']) document.getElementById(id).open = true")
    full.run("document.documentElement.style.fontSize = arguments[0]", f"{zoom * 100}%")
    off = full.run(
        "return [...document.querySelectorAll('body *')]"
        ".filter(one => one.checkVisibility() && !one.closest('thead') && !one.closest('svg *')"
        " && one.getBoundingClientRect().width > 0 && (one.getBoundingClientRect().right > innerWidth + 0.5"
        " || one.getBoundingClientRect().left < -0.5)).map(one => one.outerHTML.slice(0, 200))"
    )
    assert off == []
    assert full.run("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1130, WIDE, 1920])
def test_no_word_is_broken_in_the_table(full: Reader, width: int) -> None:
    full.open(fragment="#fermes=1", width=width)
    broken = full.run("""
        const broken = [];
        const range = document.createRange();
        const walker = document.createTreeWalker(document.querySelector('table'), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const node = walker.currentNode;
          if (!node.parentNode.checkVisibility()) continue;
          for (const word of node.data.matchAll(/[\\p{L}\\p{N}@.’]+/gu)) {
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const tops = new Set([...range.getClientRects()].map(one => Math.round(one.top)));
            if (tops.size > 1) broken.push(word[0]);
          }
        }
        return broken;""")
    assert broken == []


def test_what_is_touched_on_a_phone_is_large_enough(full: Reader) -> None:
    full.open(fragment="#fermes=1&q=a", width=PHONE, clock=CLOCK)
    full.run("document.getElementById('filters').open = true")
    small = full.run(
        "return [...document.querySelectorAll("
        "'a, button, summary, select, input[type=search], .switch label')]"
        ".filter(one => one.checkVisibility() && one.getBoundingClientRect().width > 1)"
        ".filter(one => !one.closest('.state') && one.getBoundingClientRect().height < 43.5)"
        ".map(one => [one.outerHTML, one.getBoundingClientRect().height])"
    )
    assert small == []


def test_what_is_clicked_in_the_table_is_24_pixels_apart(full: Reader) -> None:
    full.open(width=WIDE)
    tops = full.run(
        "return [...document.querySelectorAll('td.contact')].map(cell => [...cell.querySelectorAll('a')]"
        ".map(one => one.getBoundingClientRect()).map(one => (one.top + one.bottom) / 2))"
    )
    assert min(other - one for cell in tops for one, other in pairwise(cell)) >= 24


def test_a_card_has_the_name_then_the_phone_the_address_and_the_hours_of_today(reader: Reader) -> None:
    one = Structure(
        id="a", nom="Atelier", commune="Lyon", code_postal="69001", adresse="1 rue de la Paix",
        date_maj="2026-11-15", telephones=("04 78 60 64 01",), courriels=("a@exemple.fr",),
        horaires="Mo-Fr 09:00-12:00; PH off", autres_formations_labels=("NetPublic",),
    )  # fmt: skip
    reader.write(Export([one]))
    reader.open(width=PHONE, clock=CLOCK)
    parts = ["th > :first-child", "a[href^='tel:']", "a[href^='mailto:']", ".map", ".today", "td.date_maj"]
    boxes = [reader.find(f"tbody {part}")[0].rect for part in parts]
    assert all(one["y"] + one["height"] <= other["y"] + 1 for one, other in pairwise(boxes))
    [today] = reader.find(".today")
    assert today.text.replace("\xa0", " ") == "Ouverte aujourd’hui : 9 h–12 h"
    [call] = reader.find("a[href='tel:+33478606401']")
    assert call.size["height"] >= 44
    assert call.size["width"] > PHONE / 2
    assert reader.run("return getComputedStyle(arguments[0], '::before').content", call) == '"Appeler"'


def test_the_rows_are_rows_of_a_table_whatever_the_layout(full: Reader) -> None:
    for width in (PHONE, WIDE):
        full.open(width=width)
        tree = full.cdp("Accessibility.getFullAXTree")["nodes"]
        roles = [node["role"]["value"] for node in tree if not node["ignored"]]
        shown = len(full.names())
        assert roles.count("table") == 1
        assert (roles.count("row"), roles.count("rowheader")) == (shown + 1, shown)
        assert roles.count("columnheader") == 6
        assert roles.count("cell") == 5 * shown


def test_the_keyboard_reaches_everything_in_order_with_a_visible_focus(full: Reader) -> None:
    full.open(width=WIDE)
    reached: list[Any] = []
    for _ in range(18):
        full.driver.switch_to.active_element.send_keys("\ue004")  # Tab
        reached.append(
            full.run(
                "const one = document.activeElement; const style = getComputedStyle(one);"
                "return [one.id || one.textContent.slice(0, 20), style.outlineStyle, style.outlineWidth]"
            )
        )
    names = [name for name, _style, _width in reached]
    assert names[:12] == [
        "q", "near", "commune", "arrondissement", "label", "service", "ouvert", "fermes", "Plan", "Nom",
        "Adresse", "Confirmée",
    ]  # fmt: skip
    assert {(style, width) for _name, style, width in reached} == {("solid", "3px")}


def test_the_search_works_by_keyboard_alone(full: Reader) -> None:
    full.open(width=WIDE)
    full.find("#fermes")[0].send_keys(" ")
    assert len(full.names()) == len(PLACES)
    full.find("th.nom button")[0].send_keys("\ue007")  # Enter
    assert full.names() == sorted(full.names(), key=str.casefold) or full.find("[aria-sort=ascending]")
    [summary] = full.find("tbody tr:first-child summary")
    summary.send_keys("\ue007")
    assert full.find("tbody tr:first-child details[open] li")


def test_without_scripts_the_whole_list_is_there(full: Reader) -> None:
    full.cdp("Emulation.setScriptExecutionDisabled", value=True)
    try:
        full.driver.get(full.page.as_uri())
        tree = full.cdp("DOM.getDocument", depth=-1)
        rows = full.cdp("DOM.querySelectorAll", nodeId=tree["root"]["nodeId"], selector="tbody tr")
        shown = [full.cdp("DOM.getBoxModel", nodeId=row)["model"]["height"] for row in rows["nodeIds"]]
    finally:
        full.cdp("Emulation.setScriptExecutionDisabled", value=False)
    assert len(shown) == len(PLACES)
    assert min(shown) > 20
