from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.problems import error
from epncli.rules.result import accepted, refused
from epncli.rules.url import validate

AS_IN = "write an address such as https://www.exemple.fr"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://www.epn.fr", "https://www.epn.fr"),
        (" http://epn.fr/a?b=1&c=%20#d\n", "http://epn.fr/a?b=1&c=%20#d"),
        ("HTTP://www.EPN.fr/Page", "http://www.EPN.fr/Page"),
        ("https://médiathèque.fr/où", "https://médiathèque.fr/où"),
        ("https://me\u0301diatheque.fr", "https://médiatheque.fr"),
        ("https://xn--mdiathque-c4ae.fr", "https://xn--mdiathque-c4ae.fr"),
        ("https://epn.fr:8080/", "https://epn.fr:8080/"),
        ("https://epn.fr.", "https://epn.fr."),
        ("https://192.0.2.10/epn", "https://192.0.2.10/epn"),
        ("https://video.fr/@epn", "https://video.fr/@epn"),
        ("https://archive.org/web/http://epn.fr", "https://archive.org/web/http://epn.fr"),
        ("https://mon_epn.blog.fr", "https://mon_epn.blog.fr"),
        ("", ""),
        ("\u00a0", ""),
    ],
)
def test_an_address_of_the_web_is_kept(text: str, url: str) -> None:
    assert validate(text) == accepted(url)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("http//www.epn.fr", "www.epn.fr"),
        ("http:/epn.fr/a", "epn.fr/a"),
        ("http:epn.fr", "epn.fr"),
        ("https:///epn.fr", None),
        ("htpp://epn.fr", "epn.fr"),
        ("hhttps://epn.fr", "epn.fr"),
        ("ttps://epn.fr", "epn.fr"),
        ("http.//epn.fr", "epn.fr"),
        ("http:://epn.fr", "epn.fr"),
    ],
)
def test_a_slip_in_the_scheme_is_recognised_but_not_guessed(text: str, rest: str | None) -> None:
    if rest is None:
        assert validate(text) == refused(text, error(f"‘{text}’ has no host", AS_IN))
        return
    assert validate(text) == refused(
        text,
        error(
            f"‘{text}’ does not start with http:// or https://",
            f"if the site opens at this address, write https://{rest}",
        ),
    )


@pytest.mark.parametrize("text", ["www.epn.fr", "epn.fr/a?b", "https.fr", "epn.fr:8080"])
def test_a_missing_scheme_is_never_invented(text: str) -> None:
    assert validate(text) == refused(
        text,
        error(
            f"‘{text}’ has no http:// or https://",
            f"if the site opens at this address, write https://{text}",
        ),
    )


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("javascript:alert(1)", "‘javascript:alert(1)’ is not a web address", AS_IN),
        ("ftp://epn.fr", "‘ftp://epn.fr’ is not a web address", AS_IN),
        ("//epn.fr", "‘//epn.fr’ is not a web address", AS_IN),
        ("htpp://////epn.fr", "‘htpp://////epn.fr’ is not a web address", AS_IN),
        ("aucun", "‘aucun’ is not a web address", AS_IN),
        ("a@epn.fr", "‘a@epn.fr’ is an e-mail address", "write it in the field ‘courriels’"),
        ("mailto:a@epn.fr", "‘mailto:a@epn.fr’ is an e-mail address",
         "write it in the field ‘courriels’"),
        ("http://", "‘http://’ has no host", AS_IN),
        ("http://?a", "‘http://?a’ has no host", AS_IN),
        ("http://epn", "‘http://epn’: the host has no ending such as .fr", AS_IN),
        ("https://https://epn.fr", "‘https://https://epn.fr’ contains http twice", "write it once"),
        ("http://e pn.fr", "‘http://e pn.fr’ contains a space",
         "remove it, or write %20 instead"),
        ("http://epn.fr/\na", "‘http://epn.fr/\\u000aa’ contains a space",
         "remove it, or write %20 instead"),
        ("http://a.fr http://b.fr", "‘http://a.fr http://b.fr’ contains several addresses",
         "write each address separately"),
        ("http://a.fr,http://b.fr", "‘http://a.fr,http://b.fr’ contains several addresses",
         "write each address separately"),
        ("http://epn.fr/a|b", "‘http://epn.fr/a|b’ contains a character that is not allowed in an address",
         "write %7C instead of |"),
        ("http://epn.fr/\x00", "‘http://epn.fr/\\u0000’ contains an invisible character",
         AS_IN),
        ("http://epn\u200b.fr", "‘http://epn\\u200b.fr’ contains an invisible character",
         AS_IN),
        ("http://\ud800.fr", "‘http://\\ud800.fr’ contains an invisible character", AS_IN),
        ("http://[::1", "‘http://[::1’: the host or its port cannot be read", AS_IN),
        ("http://epn.fr:99999", "‘http://epn.fr:99999’: the host or its port cannot be read",
         AS_IN),
        ("http://ex\u2100.fr", "‘http://ex\u2100.fr’: the host or its port cannot be read", AS_IN),
        ("http://u:p@epn.fr", "‘http://u:p@epn.fr’ has a user name or a password before the host",
         "remove it, with the @"),
        ("http://epn..fr", "‘http://epn..fr’: the host is not valid", AS_IN),
        ("http://-epn.fr", "‘http://-epn.fr’: the host is not valid", AS_IN),
        ("http://1.2.3", "‘http://1.2.3’: the host is not valid", AS_IN),
        ("http://1.2.3.256", "‘http://1.2.3.256’: the host is not valid", AS_IN),
        ("http://" + "a." * 150 + "fr", f"‘http://{'a.' * 26}…’: the host is not valid",
         AS_IN),
        ("http://epn.fr/" + "a" * 10_000,
         f"‘http://epn.fr/{'a' * 45}…’ is longer than 2,000 characters", AS_IN),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_refused_in_words(text: str, message: str, hint: str) -> None:
    assert validate(text) == refused(text, error(message, hint))


def test_an_address_has_at_most_2000_characters_and_its_host_253() -> None:
    longest = "https://epn.fr/".ljust(2000, "a")
    host = ".".join(("a" * 63, "b" * 63, "c" * 63, "d" * 58, "fr"))
    for text in (longest, f"https://{host}"):
        assert validate(text) == accepted(text)
    for text, message in (
        (f"{longest}a", f"‘{longest[:59]}…’ is longer than 2,000 characters"),
        (f"https://a{host[1:]}f", f"‘https://{'a' * 51}…’: the host is not valid"),
    ):
        assert validate(text) == refused(text, error(message, AS_IN))


@given(st.text(st.characters()) | st.text(st.sampled_from("htps:/.[]@é1w%# |\\0")))
def test_no_text_breaks_the_rule_and_a_normal_form_is_final(text: str) -> None:
    for candidate in (text, "http://" + text, "https://epn.fr/" + text):
        result = validate(candidate)
        assert result.refused or validate(result.value) == accepted(result.value)
