"""What epn exports for a blog, in a post of WordPress: readers see the texts and the links of the registry.

The blog is Debian's `wordpress`, with a database of its own; the author may not write unfiltered HTML.
Markdown goes through Parsedown, Parsedown Extra and marked. Converters that turn entities into characters, as
CommonMark asks, hand WordPress the characters that it changes: they are not tested, and neither is Jetpack's,
which no package has.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import cycle, zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from epncli.display import links
from epncli.display.state import States
from epncli.display.words import one_line
from epncli.formats.changes import Report, as_html, as_markdown, summary
from epncli.formats.published_table import table
from epncli.formats.writing import FORMATS, Export
from epncli.model.structure import PUBLISHED, Kind, Structure
from epncli.registry.compare import compare

pytestmark = pytest.mark.wordpress

PHP, SERVER, INSTALL = map(shutil.which, ("php", "mariadbd", "mariadb-install-db"))
NODE, MARKED = shutil.which("node"), Path("/usr/share/nodejs/marked")
CHROMIUM, CHROMEDRIVER = map(shutil.which, ("chromium", "chromedriver"))
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
SITES = (
    "https://a.example/[gallery]?a--b", "https://a.example/?a=1&b=2&copy=3&lt;", "https://a.example/l'été",
    "https://a.example/a--b...c10x20:-)8)(tm)", "https://www.youtube.com/watch?v=1",
    'https://a.example/"a"`b`', "https://Wordpress.example/Wordpress", "https://a.example/~a/~~b~~/__c__/*d*",
    "https://a.example/#&#91;gallery]", "https://a.example/@a/%5B$1%27",
)  # fmt: skip
MAILS = ("l'été@a.example", "a--b@a.example", "[gallery]@a.example", "a&b@a.example", "a_b*c*@a.example")


class Reader(HTMLParser):
    """What a reader sees: the text of each block, with every tag in it that epn did not write, and the links."""

    BLOCKS = frozenset(("caption", "th", "td", "li", "p"))
    AROUND = frozenset(("table", "thead", "tbody", "tr", "ul"))
    INLINE = frozenset(("a", "strong", "s", "del"))

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.inside = False
        self.feed(html)
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

    def differences(self, post: str) -> object:
        reader = Reader(post)
        return [
            pair
            for pair in (
                *zip_longest(self.texts, reader.texts),
                *zip_longest(map(unquote, self.links), map(unquote, reader.links)),
            )
            if pair[0] != pair[1]
        ]


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blog]:
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
        yield Blog(socket, content)
    finally:
        server.terminate()
        server.wait(60)


def places(names: tuple[str, ...] = NAMES, sites: tuple[str, ...] = SITES) -> list[Structure]:
    """Places with these names: open, closed, closed with a successor; one in two has a label."""
    return [
        Structure(
            id=str(at),
            nom=name,
            commune=name,
            telephones=("01 46 36 70 13", "3949"),
            courriels=(mail,),
            site_web=(site,),
            autres_formations_labels=(name,) if at % 2 else (),
            statut="fermé" if at % 3 else "",
            motif_fermeture=name if at % 3 else "",
            remplace_par=str(at - 1) if at % 3 == 2 else "",
        )
        for at, (name, site, mail) in enumerate(zip(names, cycle(sites), cycle(MAILS), strict=False))
    ]


FIELDS = ("nom", "commune", "telephones", "courriels", "site_web", "autres_formations_labels")


def wanted_of(export: Export) -> Wanted:
    """What a reader has to see of a table."""
    wanted = Wanted([one_line(export.titre), *table(export).headings])
    for one in export.structures:
        state = export.states.state_to_paste(one, "fr")
        values = (one.commune, ", ".join(one.telephones), *one.courriels, *one.site_web)
        label = next(iter(one.autres_formations_labels), "")
        wanted.texts.extend(
            map(one_line, (f"{one.nom} ({state})" if state else one.nom, *values, label)),
        )
        site, mail = (
            links.href(value, kind, "")
            for value, kind in ((one.site_web[0], Kind.URL), (one.courriels[0], Kind.COURRIEL))
        )
        wanted.links.extend((site, "tel:+33146367013", mail, site))
    return wanted


def test_the_blog_changes_what_is_not_escaped(blog: Blog) -> None:
    wrong = blog.differences('<p>a "b" [gallery]</p>\n\nhttps://a.example/', Wanted(['a "b" [gallery]']))
    assert wrong["classic, as pasted"] == [('a "b" [gallery]', "a “b”"), (None, "<embed>")]


def test_readers_see_the_table_of_the_registry(blog: Blog) -> None:
    structures = places()
    export = Export(structures, FIELDS, links=True, titre=" ".join(NAMES), states=States(structures))
    content = FORMATS["html"].write(export).data.decode()
    assert not blog.differences(content, wanted_of(export))


def marked(markdown: str) -> str:
    """The HTML that marked makes of Markdown."""
    code = f"process.stdout.write(require('{MARKED}').marked.parse(require('fs').readFileSync(0, 'utf8')))"
    done = subprocess.run([str(NODE), "-e", code], input=markdown.encode(), capture_output=True, check=True)
    return done.stdout.decode()


def differences_of_markdown(blog: Blog, markdown: str, converter: str, wanted: Wanted) -> object:
    if converter != "marked":
        return blog.differences(markdown, wanted, converter)
    if not (NODE and MARKED.exists()):
        pytest.skip("Debian's node-marked is not installed")
    return blog.differences(marked(markdown), wanted)


converters = pytest.mark.parametrize("converter", ["Parsedown", "Parsedown Extra", "marked"])


@converters
def test_readers_see_the_table_in_markdown(blog: Blog, converter: str) -> None:
    structures = places()
    export = Export(structures, FIELDS, links=True, states=States(structures))
    wanted = wanted_of(export)
    content = FORMATS["markdown"].write(export).data.decode()
    assert not differences_of_markdown(blog, content, converter, Wanted(wanted.texts[1:], wanted.links))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_readers_see_the_headings_of_all_fields(blog: Blog, lang: str) -> None:
    export = Export((), PUBLISHED, titre="L'été -- [gallery]", lang=lang)
    headings = [one_line(heading) for heading in table(export).headings]
    content = FORMATS["html"].write(export).data.decode()
    assert not blog.differences(content, Wanted(["L'été -- [gallery]", *headings]))


def changes() -> tuple[Report, Wanted]:
    """Places with all names that are new, have closed or have another name, and what readers have to see."""
    new = [Structure(id=f"a{at}", nom=name, commune=name) for at, name in enumerate(NAMES)]
    open_ones = [Structure(id=f"b{at}", nom=name, commune="Paris") for at, name in enumerate(NAMES)]
    closed = [one.changed(statut="fermé", motif_fermeture=one.nom) for one in open_ones]
    old = [Structure(id=f"c{at}", nom=f"{name} a", commune="Paris") for at, name in enumerate(NAMES)]
    renamed = [one.changed(nom="Autre") for one in old]
    after = [*new, *closed, *renamed]
    report = Report(
        compare([*open_ones, *old], after, PUBLISHED).by_group(), "2026-09-01", States(after), "fr"
    )
    texts = [
        f"{summary(report)}.",
        *("Nouveaux", *(f"{one.nom}, {one.commune}" for one in new)),
        *("Fermés", *(f"{one.nom}, Paris : {report.states.state_to_paste(one, 'fr')}" for one in closed)),
        *(
            "Changements de nom",
            *(f"Autre, Paris : anciennement {one.nom}".replace("\xa0", " ") for one in old),
        ),
    ]
    return report, Wanted([one_line(text) for text in texts])


def test_readers_see_the_changes(blog: Blog) -> None:
    report, wanted = changes()
    assert not blog.differences(as_html(report), wanted)


@converters
def test_readers_see_the_changes_in_markdown(blog: Blog, converter: str) -> None:
    report, wanted = changes()
    assert not differences_of_markdown(blog, as_markdown(report), converter, wanted)
