"""Draw the pictures of the web page, in Chromium: called by pictures.py."""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent
TESTS = FOLDER.parent / "tests"
sys.path.insert(0, str(TESTS))

from browser import CHROMEDRIVER, CHROMIUM, PHONE, WIDE, Reader, chromium  # noqa: E402  of the tests
from full_registry import full_registry  # noqa: E402

from epncli.display.state import States  # noqa: E402
from epncli.formats.writing import Export  # noqa: E402
from epncli.registry.registry import Registry  # noqa: E402

DAY, CLOCK = "2026-11-30", "2026-11-30T10:00"
PICTURES = (
    # the name, the page, the width and height of the window, the colours
    ("page-phone", "paris", PHONE, 780, "light"),
    ("page-wide", "paris", WIDE, 780, "light"),
    ("page-full-phone", "full", PHONE, 1180, "light"),
    ("page-full-wide", "full", WIDE, 900, "light"),
)
LARGE = 20_000
WIDTHS = {PHONE: 780, 768: 1024, WIDE: 900}
"""The widths of the windows in docs/page, and their heights."""
OPEN_PLAN = "const plan = document.getElementById('plan'); plan.open = true; plan.scrollIntoView();"


def draw_pages() -> None:
    """Write the pictures; leaves them as they are if Chromium or its driver is not installed."""
    if not (CHROMIUM and CHROMEDRIVER):
        print("the pictures of the web page were not drawn: they need chromium and chromedriver")  # noqa: T201
        return
    registry = Registry.read(FOLDER.parent / "registry.yaml")
    full, large = full_registry(36), full_registry(LARGE)
    exports = {
        "paris": Export(registry.structures, titre=registry.titre, states=States((), DAY)),
        "full": Export(full, titre="Lieux de médiation numérique", states=States(full, DAY)),
        "20000": Export(large, titre="Lieux de médiation numérique", states=States(large, DAY)),
    }
    with tempfile.TemporaryDirectory() as name:
        driver = next(browser := chromium(Path(name, "profile")))
        for page, export in exports.items():
            reader = Reader(driver, Path(name, f"{page}.html"))
            reader.write(export)
            for file, shown, width, height, scheme in PICTURES:
                if shown == page:
                    draw(reader, FOLDER / f"{file}.png", width, height, scheme)
            for width, height in WIDTHS.items():
                for scheme in ("light", "dark"):
                    draw(reader, FOLDER / "page" / f"{page}-{width}-{scheme}.webp", width, height, scheme)
                    if page == "full":
                        picture = FOLDER / "page" / f"plan-{width}-{scheme}.webp"
                        draw(reader, picture, width, height, scheme, OPEN_PLAN)
        browser.close()


def draw(reader: Reader, file: Path, width: int, height: int, scheme: str, script: str = "") -> None:
    """Write a picture of the page as it is opened in a window of this size, in these colours.

    The script is run before.
    """
    reader.open(width=width, height=height, clock=CLOCK, scheme=scheme)
    reader.run(script)
    shot = reader.cdp("Page.captureScreenshot", format=file.suffix[1:])["data"]
    file.write_bytes(base64.b64decode(shot))
    reader.forget_clock()
