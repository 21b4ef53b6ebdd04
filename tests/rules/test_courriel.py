from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.problems import error
from epncli.rules.courriel import validate
from epncli.rules.result import accepted, refused

AS_IN = "write an address such as contact@exemple.fr"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("contact@epn.fr", "contact@epn.fr"),
        (" contact@epn.fr\u00a0", "contact@epn.fr"),
        ("Contact@EPN.Paris.FR", "Contact@epn.paris.fr"),
        ("mailto:contact@epn.fr", "contact@epn.fr"),
        ("MailTo: contact@epn.fr?subject=Bonjour", "contact@epn.fr"),
        ("o'neil+epn@x-y.fr", "o'neil+epn@x-y.fr"),
        ("contact@Médiathèque.fr", "contact@médiathèque.fr"),
        ("contact@xn--caf-dma.fr", "contact@xn--caf-dma.fr"),
        ("", ""),
        (" ", ""),
    ],
)
def test_an_address_has_one_normal_form(text: str, address: str) -> None:
    assert validate(text) == accepted(address)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("contact", "‘contact’ has no @"),
        ("contact(at)epn.fr", "‘contact(at)epn.fr’ has no @"),
        ("contact@", "‘contact@’ has no domain after the @"),
        ("@epn.fr", "‘@epn.fr’ has nothing before the @"),
        ("con tact@epn.fr", "‘con tact@epn.fr’ contains a space"),
        ("contact@epn .fr", "‘contact@epn .fr’ contains a space"),
        ("contact@epn,fr", "‘contact@epn,fr’ contains a comma"),
        ("con,tact@epn.fr", "‘con,tact@epn.fr’ contains a comma"),
        ("contact@epn", "‘contact@epn’: the domain after the @ has no ending such as .fr"),
        ("contact@@epn.fr", "‘contact@@epn.fr’ has more than one @"),
        ("médiathèque@epn.fr",
         "‘médiathèque@epn.fr’ has an accent before the @, which most mail servers do not accept"),
        ("con..tact@epn.fr",
         "‘con..tact@epn.fr’ has a dot that is not between two words"),
        ("contact@epn.fr.", "‘contact@epn.fr.’ has a dot that is not between two words"),
        ("l’epn@epn.fr", "‘l’epn@epn.fr’ has a character before the @ that is not allowed in an address"),
        ("a\u200b@epn.fr",
         "‘a\\u200b@epn.fr’ has a character before the @ that is not allowed in an address"),
        ("contact@mon_epn.fr",
         "‘contact@mon_epn.fr’: the part after the @ is not a valid mail domain"),
        ("contact@epn.invalid",
         "‘contact@epn.invalid’: the part after the @ is not a valid mail domain"),
        ("contact@[1.2.3.4]",
         "‘contact@[1.2.3.4]’: the part after the @ is not a valid mail domain"),
        ("a" * 65 + "@epn.fr", f"‘{'a' * 59}…’ has more than 64 characters before the @"),
        ("a@" + "b" * 300 + ".fr",
         f"‘a@{'b' * 57}…’: the part after the @ is not a valid mail domain"),
        ("mailto:", "‘’ has no @"),
        ("\ud800@epn.fr",
         "‘\\ud800@epn.fr’ has a character before the @ that is not allowed in an address"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_words(text: str, message: str) -> None:
    assert validate(text) == refused(text, error(message, AS_IN))


LONG_DOMAIN = ".".join(("b" * 60, "c" * 60, "d" * 60, "abcde"))


@pytest.mark.parametrize("local", ["a", "l'"])
def test_an_address_has_at_most_64_characters_before_the_at_and_254_in_all(local: str) -> None:
    longest = local.ljust(64, "x")
    assert validate(f"{longest}@{LONG_DOMAIN}f") == accepted(f"{longest}@{LONG_DOMAIN}f")
    for text, message in (
        (f"{longest}@{LONG_DOMAIN}fg", f"‘{longest[:59]}…’: the part after the @ is not a valid mail domain"),
        (f"{longest}x@epn.fr", f"‘{longest[:59]}…’ has more than 64 characters before the @"),
        (f"{longest}@epn", f"‘{longest[:59]}…’: the domain after the @ has no ending such as .fr"),
    ):
        assert validate(text) == refused(text, error(message, AS_IN))


def test_a_list_of_1016_characters_is_told_apart_and_a_longer_one_is_not() -> None:
    text = ",".join(["a@b.fr"] * 145) + ","
    longest = text + "," * (1016 - len(text))
    said = [validate(text).problems[0].message for text in (longest, longest + ",")]
    assert said == [
        f"‘{text[:59]}…’ {what}" for what in ("contains several addresses", "has more than one @")
    ]


@pytest.mark.parametrize("text", ["a@b.fr, c@d.fr", "a@b.fr ou c@d.fr", "a@b.fr;c@d.fr", "a@b.fr|c@d.fr"])
def test_several_addresses_in_one_value_are_told_apart(text: str) -> None:
    problem = error(
        f"‘{text}’ contains several addresses", "write each address separately: ‘a@b.fr’, ‘c@d.fr’"
    )
    assert validate(text) == refused(text, problem)


def test_what_stands_between_angle_brackets_is_an_address_of_3_to_254_characters() -> None:
    longest = f"{'a' * 249}@b.fr"
    more, space = "contains more than an address", "contains a space"
    for inside, said in (("a@b", more), ("a@", space), (longest, more), (f"a{longest}", space)):
        text = f"Accueil <{inside}>"
        shown = text if len(text) <= 60 else text[:59] + "…"
        assert validate(text).problems[0].message == f"‘{shown}’ {said}"


def test_a_name_beside_the_address_is_refused() -> None:
    text = "Accueil <contact@epn.fr>"
    problem = error(f"‘{text}’ contains more than an address", "write only ‘contact@epn.fr’")
    assert validate(text) == refused(text, problem)


@given(st.text(st.characters()) | st.from_regex(r"[a-z.é, ]{0,9}@?[a-zA-Z.é, -]{0,9}", fullmatch=True))
def test_no_text_breaks_the_rule_and_a_normal_form_is_final(text: str) -> None:
    result = validate(text)
    assert result.refused or validate(result.value) == accepted(result.value)


def test_a_very_long_text_is_refused_at_once() -> None:
    text = "a@b.fr " * 2_000
    problem = error(f"‘{(text[:59])}…’ has more than one @", AS_IN)
    assert validate(text) == refused(text, problem)
