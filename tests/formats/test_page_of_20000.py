"""The web page of 20,000 places in headless Chromium, against an empty page of the same weight."""

from __future__ import annotations

import statistics
from typing import Any

import pytest
from browser import PHONE, WIDE, Reader
from full_registry import full_registry

from epncli.formats.page import _FIRST
from epncli.formats.writing import Export

pytestmark = pytest.mark.browser
timed = pytest.mark.slow
"""A ratio of times, which a busy machine changes: `pytest -m slow tests/formats/test_page_of_20000.py`."""

MOST = 8_000_000
TURNS = 5
AFTER_FRAME = """
const done = arguments[arguments.length - 1];
const start = performance.now();
const finish = new MessageChannel();
finish.port1.onmessage = () => done(performance.now() - start);
{act}
requestAnimationFrame(() => finish.port2.postMessage(0));
"""
TYPE = AFTER_FRAME.format(
    act="const field = document.getElementById('q'); field.value = arguments[0];"
    "field.dispatchEvent(new Event('input', { bubbles: true }));"
)
WORK = AFTER_FRAME.format(act="let sum = 0; for (let at = 0; at < 2e7; at += 1) sum += at % 7;")
"""A loop that takes as long as this processor needs for it: what keys and sorting are measured against."""


@pytest.fixture(scope="module")
def large(driver: Any, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    reader = Reader(driver, tmp_path_factory.mktemp("large") / "page.html")
    reader.write(Export(full_registry(20_000), titre="Lieux"))
    return reader


@pytest.fixture(scope="module")
def empty(driver: Any, large: Reader) -> Reader:
    """A page without content and script that is as heavy."""
    page = large.page.with_name("empty.html")
    head = "<!DOCTYPE html><html lang=fr><title>x</title><h1>x</h1><!--"
    page.write_text(head + "x" * (large.page.stat().st_size - len(head) - 3) + "-->", encoding="utf-8")
    return Reader(driver, page)


def first_content(reader: Reader) -> float:
    reader.open(width=PHONE)
    reader.driver.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0]))")
    seen: float = reader.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return seen


def test_a_page_with_every_field_stays_small(large: Reader) -> None:
    assert large.page.stat().st_size < MOST


@timed
def test_the_first_content_is_there_almost_as_soon_as_in_an_empty_page(large: Reader, empty: Reader) -> None:
    times = [(first_content(large), first_content(empty)) for _ in range(TURNS)]
    assert statistics.median(one / other for one, other in times) < 8


def ready(reader: Reader) -> Reader:
    """The page, when its texts have been folded."""
    reader.open(width=WIDE)
    reader.driver.execute_async_script("setTimeout(arguments[0], 2000)")
    return reader


def work(reader: Reader) -> float:
    found: float = statistics.median(reader.driver.execute_async_script(WORK) for _ in range(TURNS))
    return found


@timed
def test_each_key_is_answered_at_once(large: Reader) -> None:
    reader = ready(large)
    keys = ("m", "me", "med", "mediatheque", "mediatheque 7", "01", "01 4", "01 46", "014", "")
    rounds = [[reader.driver.execute_async_script(TYPE, words) for words in keys] for _ in range(3)]
    took = dict(zip(keys, map(min, *rounds), strict=True))
    assert max(took.values()) < 4 * work(reader), took


@timed
def test_a_key_before_all_is_ready_is_answered_at_once_too(large: Reader) -> None:
    large.open(width=WIDE)
    took = large.driver.execute_async_script(TYPE, "mediatheque")
    assert took < 6 * work(large)
    large.driver.execute_async_script("setTimeout(arguments[0], 2000)")
    partly = large.status()
    large.driver.execute_async_script(TYPE, "mediatheque")
    assert large.status() == partly


@timed
def test_sorting_and_open_now_do_not_keep_the_reader_waiting(large: Reader) -> None:
    rounds = []
    for _ in range(3):
        reader = ready(large)
        took = [
            reader.driver.execute_async_script(
                AFTER_FRAME.format(act=f"document.querySelector('th.{name} button').click();")
            )
            for name in ("nom", "adresse", "date_maj", "nom", "nom")
        ]
        took.append(
            reader.driver.execute_async_script(
                AFTER_FRAME.format(act="document.getElementById('ouvert').click();")
            )
        )
        rounds.append(max(took) / work(reader))
    assert min(rounds) < 12, rounds


def test_a_key_touches_no_more_rows_than_are_shown(large: Reader) -> None:
    reader = ready(large)
    reader.run(
        "window.touched = 0; new MutationObserver(changes => changes.forEach(one => {"
        "window.touched += one.addedNodes.length + one.removedNodes.length; }))"
        ".observe(document.querySelector('tbody'), { childList: true });"
    )
    reader.driver.execute_async_script(TYPE, "atelier")
    assert 0 < reader.run("return window.touched") <= 2 * _FIRST


def test_scrolling_shows_more_and_all_are_printed(large: Reader) -> None:
    reader = ready(large)
    before = len(reader.names())
    reader.run("scrollTo(0, document.body.scrollHeight)")
    reader.driver.execute_async_script(
        "const done = arguments[0]; const look = () => document.querySelectorAll('tbody tr').length > 30"
        " ? done() : setTimeout(look, 20); look();"
    )
    assert (before, len(reader.names())) == (_FIRST, 2 * _FIRST)
    reader.search("saint-etienne louise")
    found = int(reader.status().split(" ")[0])
    assert found > 2 * _FIRST
    reader.run("dispatchEvent(new Event('beforeprint'))")
    assert len(reader.names()) == found


def test_a_list_of_500_is_whole_for_the_browser_to_search(reader: Reader) -> None:
    reader.write(Export(full_registry(500)))
    reader.open()
    assert str(len(reader.find("tbody tr"))) == reader.status().split(" ")[0]
