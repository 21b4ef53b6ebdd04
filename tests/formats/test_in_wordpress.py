"""A table in a post of a WordPress blog: its cells, as they are shown, are those of the registry.

The blog is Debian's `wordpress`, with a database of its own; the author may not write unfiltered HTML.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from epncli.display.words import one_line
from epncli.formats.writing import FORMATS, Export
from epncli.model.structure import Structure

pytestmark = pytest.mark.wordpress

PHP, SERVER, INSTALL = map(shutil.which, ("php", "mariadbd", "mariadb-install-db"))
SCRIPT = Path(__file__).with_name("wordpress.php")

NAMES = (
    "EPN du 12e", "Espace [gallery ids=1] du 12e", "[embed]https://www.youtube.com/watch?v=1[/embed]",
    "[audio src=a.mp3]", "[[caption]]", "[caption]a[/caption]", "[[gallery]]", "[video src='a.mp4']",
    "a -- b", "a--b", "a---b", "a --- b", "EPN - Paris", "- a -", "a - - b", "a ... b", "a...", "....",
    "salle 10x20", "10x20x30", "1.5x2", "0x20", ":-)", "a :-) b", ":)", "8)", "a 8-) b", ";)", ":|", ":lol:",
    "a :mrgreen: b", ":?:", ":!:", "8O", "a\u00a0:-)", 'le "Cyber" café', '"', "''a''", "L'@nnexe", "d'abord",
    "années '90", "5' 6\"", "'tain't", "``a``", "`", "produit (tm)", "(c) (r) (TM)", "a (tm) b",
    "Wordpress", "atelier Wordpress", "(Wordpress)", "WordPress", "https://www.youtube.com/watch?v=1",
    "www.exemple.fr", "@nom", "a@b.example", "A & B", "&amp; &copy; &#91;", "<b>a</b>", "<!-- wp:more -->",
    "<!--more-->", "<!--nextpage-->", "<script>a</script>", "a\\b \\[c]", "%5B $1 \\1", "😀 👩‍💻 ☎",
    "l’été « a »",
    "*a* **b** _c_ ~~d~~", "a | b", "{{a}} {% b %}", "xn--abc", "a--\u00a0b", "(8)", "Tél : 01", "9 h–12 h",
    "*[EPN]: a", "[^1]: a", "[1]: http://a.example", "# a", "1. a", "+ a", "a {#b .c}", "_a_b_",
)  # fmt: skip


class Cells(HTMLParser):
    """The text of each cell below the header."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag == "tbody":
            self.cells.clear()
        if tag in ("td", "th"):
            self.cells.append("")
            self.inside = True
        elif self.inside and tag not in ("a", "strong", "s"):
            self.cells[-1] += f"<{tag}>"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[list[dict[str, Any]]], list[str]]]:
    """Save posts as an author, and show them."""
    if not (PHP and SERVER and INSTALL and Path("/usr/share/wordpress/wp-settings.php").exists()):
        pytest.skip("Debian's wordpress, mariadb-server, php-cli and php-mysql are not installed")
    folder = tmp_path_factory.mktemp("wp")
    data, content, socket = folder / "data", folder / "content", folder / "sock"
    content.mkdir()
    options = ["--no-defaults", f"--datadir={data}", "--user=root"]
    subprocess.run(
        [INSTALL, *options, "--auth-root-authentication-method=normal", "--skip-test-db"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    start = folder / "start.sql"
    start.write_text("CREATE DATABASE wordpress CHARACTER SET utf8mb4;\n")
    log = folder / "log"
    server = subprocess.Popen(
        [SERVER, *options, f"--socket={socket}", "--skip-networking", f"--init-file={start}",
         f"--pid-file={folder / 'pid'}", f"--log-error={log}"],
    )  # fmt: skip
    try:
        end = time.monotonic() + 60
        while not socket.exists():
            assert server.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.1)

        def run(posts: list[dict[str, Any]]) -> list[str]:
            done = subprocess.run(
                [PHP, SCRIPT, socket, content],
                input=json.dumps(posts).encode(),
                capture_output=True,
                check=False,
                timeout=300,
            )
            assert done.returncode == 0 and done.stdout, (done.stdout + done.stderr).decode()
            shown: list[str] = json.loads(done.stdout)
            return shown

        yield run
    finally:
        server.terminate()
        server.wait(60)


def test_the_cells_that_are_shown_are_those_of_the_registry(
    show: Callable[[list[dict[str, Any]]], list[str]],
) -> None:
    structures = tuple(
        Structure(id=str(at), nom=name, commune=name, site_web=("https://a.example/[gallery]?a--b",))
        for at, name in enumerate(NAMES)
    )
    export = Export(structures, fields=("nom", "commune"), links=True)
    html = FORMATS["html"].write(export).data.decode()
    plain = Export(structures, fields=("nom", "commune"))
    markdown = FORMATS["markdown"].write(plain).data.decode()
    wanted = [one_line(name) for name in NAMES for _ in range(2)]
    ways = {
        f"{name}, {block or 'classic'}, {'parsed' if editors else 'as pasted'}": {
            "content": content, "markdown": name == "markdown", "block": block, "editors": editors,
        }
        for name, content in (("html", html), ("markdown", markdown))
        for block, editors in (("", False), ("html", False), ("html", True), ("table", True))
    }  # fmt: skip
    shown = show(list(ways.values()))
    different = {
        way: [pair for pair in zip(wanted, Cells(post).cells, strict=False) if pair[0] != pair[1]]
        or len(Cells(post).cells)
        for way, post in zip(ways, shown, strict=True)
    }
    wrong = {way: found for way, found in different.items() if found != len(wanted)}
    assert not wrong, wrong
