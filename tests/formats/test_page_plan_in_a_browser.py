"""The plan of the web page in headless Chromium: opened, reached by keyboard, touched, filtered, printed."""

from __future__ import annotations

from typing import Any

import pytest
from browser import PHONE, WIDE, Reader
from full_registry import full_registry

from epncli.formats.writing import Export
from epncli.model.structure import Structure

pytestmark = pytest.mark.browser

ENTER, TAB = "\ue007", "\ue004"


def place(nom: str, latitude: float, longitude: float, **fields: Any) -> Structure:
    values = {"id": nom, "nom": nom, "commune": "Paris", "code_postal": "75020"}
    return Structure(**{**values, "latitude": str(latitude), "longitude": str(longitude), **fields})


PLACES = (
    place("Nord", 48.89, 2.35, code_postal="75018"),
    place("Est", 48.865, 2.4),
    place("Sud", 48.83, 2.35, code_postal="75013"),
)


@pytest.fixture
def paris(reader: Reader) -> Reader:
    """Someone who reads the page of three places with coordinates."""
    reader.write(Export(PLACES))
    return reader


def focused(reader: Reader) -> str:
    """The tag that has the focus, and its name."""
    found: str = reader.run(
        "const one = document.activeElement;"
        "return `${one.tagName.toLowerCase()} ${one.getAttribute('aria-label') || one.textContent.trim()}`"
    )
    return found


def points(reader: Reader) -> list[str]:
    """The names of the points that are shown."""
    found: list[str] = reader.run(
        "return [...document.querySelectorAll('svg a')].filter(one => one.checkVisibility())"
        ".map(one => one.getAttribute('aria-label'))"
    )
    return found


@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_the_plan_is_opened_by_keyboard_and_a_point_leads_to_its_row(paris: Reader, width: int) -> None:
    paris.open(width=width)
    assert points(paris) == []
    paris.search("paris")
    [summary] = paris.find("#plan > summary")
    summary.send_keys(ENTER)
    assert points(paris) == ["Nord, Paris", "Est, Paris", "Sud, Paris"]
    summary.send_keys(TAB, TAB)
    assert focused(paris) == "a Est, Paris"
    look = (
        "const one = document.activeElement, style = getComputedStyle(one);"
        "return [style.outlineStyle, style.outlineWidth, style.opacity,"
        " getComputedStyle(one.nextElementSibling).opacity]"
    )
    assert paris.run(look) == ["solid", "3px", "1", "0.35"]
    paris.driver.switch_to.active_element.send_keys(ENTER)
    assert focused(paris).startswith("tr Est")
    assert (paris.fragment(), paris.names()) == ("#q=paris", ["Nord", "Est", "Sud"])
    assert paris.driver.get_log("browser") == []


def test_a_point_is_hidden_while_its_row_is_filtered_out(paris: Reader) -> None:
    paris.open()
    paris.click("#plan > summary")
    paris.choose("arrondissement", "Paris 13e")
    assert points(paris) == ["Sud, Paris"]
    paris.click("#clear")
    assert paris.search("est") == ["Est"]
    assert points(paris) == ["Est, Paris"]
    paris.search("xyz")
    assert points(paris) == []


def test_a_point_leads_to_a_row_that_is_not_shown_yet(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("epncli.formats.page._WHOLE", 1)
    places = [place(str(one), 48.83 + one / 1500, 2.3 + one % 7 / 60) for one in range(80)]
    reader.write(Export(places))
    reader.open()
    assert "79" not in reader.names()
    reader.click("#plan > summary")
    reader.find("svg a")[-1].send_keys(ENTER)
    assert focused(reader).startswith("tr 79")
    assert reader.names()[-1] == "79"


def test_the_row_that_the_address_names_stands_out(paris: Reader) -> None:
    paris.open(fragment="#lieu-2")
    colours = paris.run(
        "return [...document.querySelectorAll('tbody tr')].map(row => getComputedStyle(row).backgroundColor)"
    )
    assert colours[0] == colours[2] != colours[1]


def test_without_scripts_a_point_leads_to_its_row(paris: Reader) -> None:
    paris.cdp("Emulation.setScriptExecutionDisabled", value=True)
    try:
        paris.open()
        paris.click("#plan > summary")
        paris.find("svg a")[1].send_keys(ENTER)
        assert paris.driver.current_url.endswith("#lieu-2")
        assert len(paris.find("#lieu-2:target")) == 1
    finally:
        paris.cdp("Emulation.setScriptExecutionDisabled", value=False)


def test_a_point_can_be_touched_and_clicked(paris: Reader) -> None:
    paris.open(width=PHONE)
    paris.click("#plan > summary")
    sizes = paris.run(
        "return [...document.querySelectorAll('.target')].map(one => one.getBoundingClientRect().width)"
    )
    assert len(sizes) == 3
    assert min(sizes) >= 24
    paris.find("svg a")[2].click()
    assert focused(paris).startswith("tr Sud")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_points_and_outlines_stand_out_from_what_is_behind_them(paris: Reader, scheme: str) -> None:
    paris.open(scheme=scheme)
    paris.click("#plan > summary")
    colours = paris.run(
        "const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name]"
        ".match(/\\d+/g).map(Number);"
        "return [of('.dot', 'fill'), of('.land', 'stroke'), of('svg text', 'fill'), of('.bar', 'stroke'),"
        " of('.land', 'fill'), of('svg', 'backgroundColor')]"
    )
    *shown, land, sea = map(luminance, colours)
    assert min(contrast(one, behind) for one in shown for behind in (land, sea)) >= 3


def luminance(colour: list[int]) -> float:
    """The relative luminance of a colour, as WCAG 2 defines it."""
    parts = [part / 255 for part in colour[:3]]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def test_the_plan_is_not_printed(paris: Reader) -> None:
    paris.open()
    paris.click("#plan > summary")
    paris.cdp("Emulation.setEmulatedMedia", media="print")
    try:
        assert points(paris) == []
        assert not paris.find("#plan")[0].is_displayed()
    finally:
        paris.cdp("Emulation.setEmulatedMedia", media="")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_axe_finds_no_violation_in_the_open_plan(reader: Reader, scheme: str, width: int) -> None:
    axe_selenium = pytest.importorskip("axe_selenium_python", reason="the extra ‘browser’ is not installed")
    reader.write(Export(full_registry(60)))
    reader.open(width=width, scheme=scheme)
    reader.click("#plan > summary")
    assert len(points(reader)) > 50
    axe = axe_selenium.Axe(reader.driver)
    axe.inject()
    results = axe.run()
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in results["violations"]] == []
