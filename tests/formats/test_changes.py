from __future__ import annotations

import html as html_module
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from epncli.display.changes import subject
from epncli.display.state import States
from epncli.formats.changes import Report, as_html, as_markdown, summary
from epncli.model.structure import PUBLISHED, Structure
from epncli.registry.compare import compare

GFM = MarkdownIt("gfm-like", {"linkify": False})
A = Structure(id="a", nom="Microlithe", commune="Paris", code_postal="75020", adresse="3 rue de l'Élan")
PLACES = [A.changed(id=f"id-{number}", nom=f"Lieu {number}") for number in range(20)]
BEFORE = [A, *PLACES]
AFTER = [
    A.changed(statut="fermé", date_fermeture="2026-10", motif_fermeture="fin du bail"),
    PLACES[0].changed(statut="fermé", remplace_par="neuf"),
    PLACES[1].changed(fermetures_temporaires=("2026-12-20/2027-01-03 congés",)),
    PLACES[2].changed(adresse="12 rue Neuve", commune="Lyon", code_postal="69003"),
    PLACES[3].changed(nom="Autre nom"),
    PLACES[4].changed(telephones=("01 40 01 02 03",)),
    PLACES[5].changed(horaires="24/7", services=("x",), date_maj="2026-11-01"),
    PLACES[6].changed(notes="privé", date_maj="2026-11-01"),
    *(one.changed(date_maj="2026-11-01") for one in PLACES[7:19]),
    Structure(id="neuf", nom="Neuf", commune="Paris", code_postal="75012"),
]


def report(
    before: list[Structure], after: list[Structure], since: str = "2026-09-01", lang: str = "fr"
) -> Report:
    return Report(compare(before, after, PUBLISHED).by_group(), since, States(after, "2026-11-27"), lang)


def test_the_paragraph_of_a_blog_in_french() -> None:
    assert (
        as_markdown(report(BEFORE, AFTER))
        == """\
Depuis le 1er septembre 2026 : 1 nouvelle structure, 1 structure a fermé, 1 structure a été remplacée, \
1 structure ferme temporairement, 1 structure a déménagé, 1 structure a changé de nom, \
1 structure a un nouveau numéro de téléphone, 1 structure a d’autres changements, \
1 structure a été retirée de la liste, 13 structures ont été confirmées.

**Ajouts**

- **Neuf**, 75012 Paris

**Fermetures**

- **Microlithe**, 75020 Paris : fermée en octobre 2026 : fin du bail

**Remplacements**

- **Lieu 0**, 75020 Paris : fermée, voir Neuf

**Fermetures temporaires**

- **Lieu 1**, 75020 Paris : du 20 décembre 2026 au 3 janvier 2027 : congés

**Déménagements**

- **Lieu 2** : 12 rue Neuve, 69003 Lyon (avant : 3 rue de l&#39;Élan, 75020 Paris)

**Changements de nom**

- **Autre nom**, 75020 Paris : anciennement Lieu 3

**Nouveaux numéros de téléphone**

- **Lieu 4**, 75020 Paris : 01 40 01 02 03

**Autres changements**

- **Lieu 5**, 75020 Paris : horaires, services

**Retraits de la liste**

- **Lieu 19**, 75020 Paris
"""
    )


def test_the_paragraph_in_english_and_in_html() -> None:
    assert (
        as_html(report(BEFORE[:1], AFTER[:1], lang="en"))
        == """\
<p>Since 1 September 2026: 1 place has closed.</p>
<p><strong>Closed</strong></p>
<ul>
<li><strong>Microlithe</strong>, 75020 Paris: closed in October 2026: fin du bail</li>
</ul>
"""
    )


def test_without_changes_it_says_so() -> None:
    assert as_markdown(report([A], [A])) == "Depuis le 1er septembre 2026 : rien n’a changé.\n"
    assert summary(report([A], [A], "", "en")) == "Nothing has changed"


def test_private_fields_are_not_published() -> None:
    found = as_markdown(report([A], [A.changed(notes="secret", rappeler_le="2027-01-01")]))
    assert found == "Depuis le 1er septembre 2026 : rien n’a changé.\n"


@pytest.mark.parametrize(
    ("after", "lang", "expected"),
    [
        (AFTER[:1], "fr", "Ferme Microlithe; retire 20 structures"),
        ([AFTER[0], *PLACES[:7], *AFTER[8:20], PLACES[19]], "en", "Close Microlithe; confirm 12 places"),
        ([*BEFORE, AFTER[-1]], "fr", "Ajoute Neuf"),
        (BEFORE[:-2], "en", "Remove Lieu 18, Lieu 19"),
        (BEFORE, "fr", ""),
    ],
)  # fmt: skip
def test_the_subject_of_a_commit_names_a_few_places_and_counts_many(
    after: list[Structure], lang: str, expected: str
) -> None:
    assert subject(compare(BEFORE, after).by_group(), lang) == expected


NAMES = st.text(st.sampled_from("#1.-+*_[]()<>&|`~\\!:@ \n\r\x1b\u2028aé/=\"'"), min_size=1, max_size=12)


@given(name=NAMES, reason=NAMES)
def test_no_value_is_read_as_markup(name: str, reason: str) -> None:
    before = Structure(id="a", nom=name, commune="Paris", code_postal="75020")
    given = report([before], [before.changed(statut="fermé", motif_fermeture=reason)])
    rendered = GFM.render(as_markdown(given))
    assert _words(rendered) == _words(as_html(given))
    tags = ("p", "strong", "ul", "li")
    assert set(re.findall(r"<(/?\w+)", rendered)) == {f"{end}{tag}" for end in ("", "/") for tag in tags}


def _words(text: str) -> str:
    """The text that a browser shows, without the difference between blanks."""
    return " ".join(html_module.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_no_break_spaces_of_a_name_stay_and_those_of_the_sentences_are_spaces() -> None:
    before = A.changed(nom="A\xa0b")
    moved = report([before], [before.changed(adresse="1\xa0rue")], since="")
    assert as_markdown(moved).splitlines()[-1] == (
        "- **A\xa0b** : 1 rue, 75020 Paris (avant : 3 rue de l&#39;Élan, 75020 Paris)"
    )
    assert as_html(moved).splitlines()[-2] == (
        "<li><strong>A&nbsp;b</strong> : 1 rue, 75020 Paris (avant : 3 rue de l&#39;Élan, 75020 Paris)</li>"
    )
