"""Chromium for the tests of the web page: a page is opened from disk, and someone reads it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from epncli.formats.page import write
from epncli.formats.writing import Export

CHROMIUM = shutil.which("chromium")
CHROMEDRIVER = shutil.which("chromedriver")
PHONE, TABLET, WIDE = 360, 768, 1280

CLOCK = """{{
const Real = Date;
const now = new Real("{}").getTime();
Date = class extends Real {{
  constructor(...given) {{ if (given.length) super(...given); else super(now); }}
  static now() {{ return now; }}
}};
}}
"""


def chromium(folder: Path) -> Iterator[Any]:
    """A driver of Chromium, with a profile in the folder; skips if it or selenium is not installed."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="the extra ‘browser’ is not installed")
    if not (CHROMIUM and CHROMEDRIVER):
        pytest.skip("chromium and chromedriver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    options.add_argument(f"--user-data-dir={folder}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(executable_path=CHROMEDRIVER)
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


class Reader:
    """Someone who reads a page."""

    def __init__(self, driver: Any, page: Path) -> None:
        self.driver = driver
        self.page = page
        self._scripts: list[str] = []

    def write(self, export: Export) -> None:
        """Write the page that is opened next."""
        self.page.write_bytes(write(export).data)

    def open(
        self,
        *,
        fragment: str = "",
        width: int = WIDE,
        height: int = 900,
        clock: str = "",
        scheme: str = "light",
    ) -> None:
        """Open the page, in a window of this width, at a time by the reader's clock."""
        self.resize(width, scheme, height)
        self.forget_clock()
        if clock:
            done = self.cdp("Page.addScriptToEvaluateOnNewDocument", source=CLOCK.format(clock))
            self._scripts.append(done["identifier"])
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(self.page.as_uri() + fragment)

    def forget_clock(self) -> None:
        """Let the next page have the time of the machine."""
        while self._scripts:
            self.cdp("Page.removeScriptToEvaluateOnNewDocument", identifier=self._scripts.pop())

    def resize(self, width: int, scheme: str = "light", height: int = 900) -> None:
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def cdp(self, command: str, **arguments: Any) -> Any:
        return self.driver.execute_cdp_cmd(command, arguments)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def find(self, selector: str) -> Any:
        return self.driver.find_elements("css selector", selector)

    def names(self) -> list[str]:
        """The names in the rows that are shown."""
        found: list[str] = self.run(
            "return [...document.querySelectorAll('tbody tr')].filter(row => row.checkVisibility())"
            ".map(row => row.cells[0].firstElementChild.textContent)"
        )
        return found

    def row(self, name: str) -> str:
        """The text of the row of a place."""
        [text] = [row.text for row in self.find("tbody tr") if row.text.splitlines()[0] == name]
        return str(text)

    def search(self, words: str) -> list[str]:
        [field] = self.find("#q")
        field.send_keys("\ue009a\ue000\ue003", words)  # Control and A, then Backspace
        return self.names()

    def choose(self, field: str, choice: str) -> list[str]:
        [option] = [one for one in self.find(f"#{field} option") if one.text == choice]
        option.click()
        return self.names()

    def click(self, selector: str) -> list[str]:
        [element] = self.find(selector)
        element.click()
        return self.names()

    def status(self) -> str:
        text: str = self.find("#count")[0].text
        return text

    def fragment(self) -> str:
        found: str = self.run("return decodeURIComponent(location.hash.replaceAll('+', ' '))")
        return found
