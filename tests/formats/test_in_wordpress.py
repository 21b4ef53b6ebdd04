"""What epn exports for a blog, in a post of WordPress: readers see the texts and the links of the registry.

The blog is Debian's `wordpress`, with a database of its own; the author may not write unfiltered HTML.
Markdown goes through Parsedown, Parsedown Extra and marked. Converters that turn entities into characters, as
CommonMark asks, hand WordPress the characters that it changes, and so do its own editors, which are tested
with the other characters only. Jetpack's converter is not tested: no package has it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from blog import Blog, Wanted, can_run, running

from epncli.display import links
from epncli.display.state import States
from epncli.display.words import one_line
from epncli.formats import html
from epncli.formats.changes import Report, as_html, as_markdown, summary
from epncli.formats.published_table import table
from epncli.formats.writing import FORMATS, Export
from epncli.model.structure import PUBLISHED, Kind, Structure
from epncli.registry.compare import compare

pytestmark = pytest.mark.wordpress

NODE, MARKED = shutil.which("node"), Path("/usr/share/nodejs/marked")

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


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blog]:
    if not can_run():
        pytest.skip("Debian's packages that docs/CONTRIBUTING.md names for `-m wordpress` are not installed")
    with running(tmp_path_factory.mktemp("wp")) as blog:
        yield blog


def places(
    names: Sequence[str] = NAMES, sites: Sequence[str] = SITES, mails: Sequence[str] = MAILS
) -> list[Structure]:
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
        for at, (name, site, mail) in enumerate(zip(names, cycle(sites), cycle(mails), strict=False))
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
    without_caption = Wanted(wanted.texts[1:], wanted.links, decoded=True)
    content = FORMATS["markdown"].write(export).data.decode()
    assert not differences_of_markdown(blog, content, converter, without_caption)


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
        *("Ajouts", *(f"{one.nom}, {one.commune}" for one in new)),
        *("Fermetures", *(f"{one.nom}, Paris : {report.states.state_to_paste(one, 'fr')}" for one in closed)),
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


VISUAL = """
const [html, done] = arguments;
const field = document.getElementById("content");
field.value = html;
switchEditors.go("content", "tmce");
(function whenReady() {
    const editor = window.tinymce && tinymce.get("content");
    if (!(editor && editor.initialized)) return setTimeout(whenReady, 20);
    switchEditors.go("content", "html");
    done(field.value);
})();
"""
BLOCK = """
const [html, done] = arguments;
wp.blockLibrary.registerCoreBlocks();
const { createBlock, getBlockType, parse, serialize } = wp.blocks;
const saved = serialize([createBlock("core/html", { content: html })]);
done([saved, serialize(parse(saved)), getBlockType("core/html").attributes.content.source]);
"""
PASTED = """
const [plainText, done] = arguments;
wp.blockLibrary.registerCoreBlocks();
done(wp.blocks.serialize(wp.blocks.pasteHandler({ HTML: "", plainText, mode: "BLOCKS" })));
"""

InEditor = Callable[[str, str, str], Any]


@pytest.fixture
def in_editor(blog: Blog, driver: Any, tmp_path: Path) -> InEditor:
    """Run a script with a text in the page of an editor: `classic` or `blocks`."""

    def run(editor: str, script: str, content: str) -> Any:
        page = tmp_path / "editor.html"
        page.write_text(blog.run(editor), encoding="utf-8")
        driver.get(page.as_uri())
        return driver.execute_async_script(script, content)

    return run


def without_entities() -> Export:
    """A table of places in which nothing needs an entity that WordPress's editors turn into its character."""
    names, sites, mails = (
        tuple(
            text for text in texts if html.escape(text) == escape(text, quote=False).replace("\xa0", "&nbsp;")
        )
        for texts in (NAMES, SITES, MAILS)
    )
    assert len(names) > 20 and sites and mails
    structures = places(names, sites, mails)
    return Export(structures, FIELDS, links=True, titre=" ".join(names), states=States(structures))


def test_the_visual_tab_keeps_all_that_is_not_an_entity(blog: Blog, in_editor: InEditor) -> None:
    export = without_entities()
    content = in_editor("classic", VISUAL, FORMATS["html"].write(export).data.decode())
    assert not blog.differences(content, wanted_of(export))


def test_the_block_editor_keeps_all_of_pasted_markdown_that_is_not_an_entity(in_editor: InEditor) -> None:
    export = without_entities()
    wanted = wanted_of(export)
    content = in_editor("blocks", PASTED, FORMATS["markdown"].write(export).data.decode())
    assert content.startswith("<!-- wp:table -->")
    assert not Wanted(wanted.texts[1:], wanted.links, decoded=True).differences(content)


ESCAPED, SHORTCODE = f"<p>{html.escape('[gallery] -- b')}</p>", "<p>[gallery] -- b</p>"


def test_the_visual_tab_writes_characters_for_entities(in_editor: InEditor) -> None:
    assert f"<p>{in_editor('classic', VISUAL, ESCAPED)}</p>" == SHORTCODE != ESCAPED


def test_the_custom_html_block_keeps_entities_unless_an_old_wordpress_opens_it_again(
    in_editor: InEditor,
) -> None:
    saved, again, source = in_editor("blocks", BLOCK, ESCAPED)
    assert saved == f"<!-- wp:html -->\n{ESCAPED}\n<!-- /wp:html -->"
    assert source in ("html", "raw")  # `raw` since WordPress 6.3
    assert again == (saved if source == "raw" else saved.replace(ESCAPED, SHORTCODE))
