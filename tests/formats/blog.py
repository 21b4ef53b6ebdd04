"""A WordPress blog in a folder, and what its readers see."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import unquote

PHP, SERVER, INSTALL = map(shutil.which, ("php", "mariadbd", "mariadb-install-db"))
SCRIPT = Path(__file__).with_name("wordpress.php")
DEBIAN = (
    Path("/usr/share/wordpress/wp-settings.php"),
    Path("/usr/share/php/Parsedown/Parsedown.php"),
    Path("/usr/share/php/ParsedownExtra/ParsedownExtra.php"),
)


def can_run() -> bool:
    """True if this machine has what a blog needs."""
    return bool(PHP and SERVER and INSTALL) and all(map(Path.exists, DEBIAN))


class Reader(HTMLParser):
    """What a reader sees: the text of each block, with every tag that epn does not write, and the links."""

    BLOCKS = frozenset(("caption", "th", "td", "li", "p"))
    AROUND = frozenset(("figure", "table", "thead", "tbody", "tr", "ul"))
    INLINE = frozenset(("a", "strong", "s", "del"))

    def __init__(self, post: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.inside = False
        self.feed(post)
        self.close()
        self.texts = [text.strip(" ") for text in self.texts]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self.texts.append("")
            self.inside = True
        elif tag == "a":
            self.links.append(dict(attrs)["href"] or "")
        elif tag not in self.INLINE and (self.inside or tag not in self.AROUND):
            self.handle_data(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in self.BLOCKS

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data
        elif data.strip():
            self.texts.append(data)


@dataclass(frozen=True, slots=True)
class Blog:
    """A WordPress blog, whose database runs."""

    socket: Path
    content: Path

    def run(self, *arguments: str, posts: list[dict[str, Any]] | None = None) -> Any:
        """The answer of the script."""
        done = subprocess.run(
            [str(PHP), SCRIPT, self.socket, self.content, *arguments],
            input=json.dumps(posts).encode(),
            capture_output=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0 and done.stdout, (done.stdout + done.stderr).decode()
        return json.loads(done.stdout)

    def differences(self, content: str, wanted: Wanted, converter: str = "") -> dict[str, object]:
        """Save the content as an author, in all ways, and show it: what is not as wanted."""
        ways = {
            f"{block or 'classic'}, {'parsed' if editors else 'as pasted'}": {
                "content": content, "converter": converter, "block": block, "editors": editors,
            }
            for block, editors in (("", False), ("html", False), ("html", True), ("table", True))
        }  # fmt: skip
        shown = self.run(posts=list(ways.values()))
        found = {way: wanted.differences(post) for way, post in zip(ways, shown, strict=True)}
        return {way: different for way, different in found.items() if different}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader has to see."""

    texts: list[str]
    links: list[str] = field(default_factory=list)
    decoded: bool = False
    """True if the links may differ in what is percent-encoded."""

    def differences(self, post: str) -> object:
        """The pairs of what is wanted and what is there that are not the same."""
        reader = Reader(post)
        address = unquote if self.decoded else str
        pairs = (
            *zip_longest(self.texts, reader.texts),
            *zip_longest(map(address, self.links), map(address, reader.links)),
        )
        return [pair for pair in pairs if pair[0] != pair[1]]


@contextmanager
def running(folder: Path) -> Iterator[Blog]:
    """A blog in a folder, while its database runs."""
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
        yield Blog(socket, content)
    finally:
        server.terminate()
        server.wait(60)
