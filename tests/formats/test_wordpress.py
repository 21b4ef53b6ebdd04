from __future__ import annotations

from html import escape, unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from epncli.formats.wordpress import keep


@pytest.mark.parametrize(
    ("escaped", "kept"),
    [
        ("[gallery ids=1]", "&#91;gallery ids=1]"),
        ("[[caption]]", "&#91;&#91;caption]]"),
        ("L'@nnexe", "L&#39;@nnexe"),
        ('le "Cyber" café', "le &#34;Cyber&#34; café"),
        ("a--b", "a&#45;&#45;b"),
        ("a --- b", "a &#45;&#45;&#45; b"),
        ("EPN - Paris", "EPN &#45; Paris"),
        ("- a -", "&#45; a &#45;"),
        ("a&nbsp;-&nbsp;b", "a&nbsp;&#45;&nbsp;b"),
        ("Saint-Denis -a", "Saint-Denis -a"),
        ("a ... b", "a &#46;&#46;&#46; b"),
        ("a. b.", "a. b."),
        ("``a``", "&#96;&#96;a&#96;&#96;"),
        ("`a`", "`a`"),
        ("10x20x30 1.5x2", "10&#120;20&#120;30 1.5&#120;2"),
        ("x2 ax2 2x", "x2 ax2 2x"),
        ("produit (tm) (TM) (c)", "produit &#40;tm) (TM) (c)"),
        (":-) a :lol: ;)", "&#58;-) a &#58;lol: &#59;)"),
        ("a&nbsp;:-)", "a&nbsp;&#58;-)"),
        ("a:-) 12:30 Tél : 01", "a:-) 12:30 Tél : 01"),
        ("8) 8-) 8O (8) 80", "&#56;) &#56;-) &#56;O (8) 80"),
        ("Wordpress WordPress", "Word&#112;ress WordPress"),
        ("&amp;#91; &amp;copy;", "&amp;&#35;91; &amp;copy;"),
        ("&lt;b&gt; l’été « a » 9 h–12 h", "&lt;b&gt; l’été « a » 9 h–12 h"),
        ("", ""),
    ],
)
def test_what_wordpress_would_change_is_an_entity_and_the_rest_stays(escaped: str, kept: str) -> None:
    assert keep(escaped) == kept


@given(
    st.text()
    | st.text(st.sampled_from("a[]'\"-.`x10,(tm):;8O)&#;pordWes \xa0<"), max_size=20)
    | st.lists(
        st.sampled_from(["&", "#", "91", ";", "amp", "nbsp", "Word", "press", "(tm)", " ", "8", "-"])
    ).map("".join)
)
@example("&#91; &amp;#91; &amp;amp;#91;")
def test_a_reader_sees_the_same_text(text: str) -> None:
    escaped = escape(text, quote=False).replace("\xa0", "&nbsp;")
    assert unescape(keep(escaped)) == text
