"""The French catalog has every message and no other, with French typography."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import epncli

PACKAGE = Path(epncli.__file__).parent
sys.path.insert(0, str(PACKAGE / "locale"))

from update import strings, template  # type: ignore[import-not-found]  # noqa: E402  a tool, no module

NBSP = "\xa0"


@pytest.fixture(scope="module")
def french() -> Catalog:
    with (PACKAGE / "locale/fr/LC_MESSAGES/epncli.po").open("rb") as file:
        return read_po(file, locale="fr", abort_invalid=True)


def messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def forms(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)(?:![rs])?(?::\w+)?\}", text))


def is_borrowed(message: Message) -> bool:
    return all(place.startswith(("click/", "typer/")) for place, _line in message.locations)


def test_the_catalog_has_every_message_and_none_too_many(french: Catalog) -> None:
    wanted = {forms(message) for message in messages(template())}
    had = {forms(message) for message in messages(french)}
    lacking, left = sorted(wanted - had), sorted(had - wanted)
    assert (lacking, left) == ([], []), "run: python docs/regenerate.py"
    assert not french.obsolete


def test_every_message_is_translated_and_none_is_a_guess(french: Catalog) -> None:
    assert [forms(message) for message in messages(french) if not all(strings(message))] == []
    assert [forms(message) for message in messages(french) if message.fuzzy] == []
    assert {len(strings(message)) for message in messages(french) if message.pluralizable} == {2}


ALIKE = (
    "[OPTIONS]", "[REF]...", "[SHELL]", "Arguments", "Arrondissement", "CODE", "Commune", "Contact",
    "DATE", "Description", "Distance", "FORMAT", "Guadeloupe", "KM", "LABEL", "La Réunion", "Label",
    "Latitude", "Longitude", "Luxembourg", "Martinique", "Mayotte", "Monaco", "Notes", "Options", "Portugal",
    "REF", "REF...", "REF|CODE|LAT,LON", "Saint-Barthélemy",
    "Saint-Martin", "Saint-Pierre-et-Miquelon", "Service", "Services", "Source", "Wallis-et-Futuna",
    "mobile", "{count} service", "{count} services", "{count} structure", "{count} structures",
)  # fmt: skip
"""Words that are the same in both languages."""


def test_no_translation_is_the_english_itself(french: Catalog) -> None:
    same = {
        text
        for message in messages(french)
        for text in strings(message)
        if text in forms(message) and re.search("[a-z]{2}", re.sub(r"\{[^}]*\}", "", text), re.IGNORECASE)
    }
    assert sorted(same - set(ALIKE)) == []


def test_a_translation_has_the_placeholders_of_its_message(french: Catalog) -> None:
    wrong = []
    for message in messages(french):
        known = set.union(*map(placeholders, forms(message)))
        for text in strings(message):
            extra = placeholders(text) - known
            # A singular may leave its number out; Click's sentences may say less.
            lost = known - placeholders(text) - {"count"} if not is_borrowed(message) else set()
            if extra or lost:
                wrong.append((text, extra, lost))
    assert wrong == []


def test_french_typography_is_right(french: Catalog) -> None:
    wrong = []
    for message in messages(french):
        for text in strings(message):
            double = re.search(r"(?<=[^\W\d_]) [:;?!](?:\s|$)|« | »|[^\W\d_][;?!](?:\s|$)", text)
            quotes = re.search("[‘“”]|[^\\W\\d_]'[^\\W\\d_]", text)
            typed = [inside for inside in re.findall(r"«\xa0(.*?)\xa0»", text) if NBSP in inside]
            open_, closed = text.count(f"«{NBSP}"), text.count(f"{NBSP}»")
            if double or quotes or typed or not open_ == closed == text.count("«"):
                wrong.append(text)
    assert wrong == []


def test_what_is_typed_is_the_same_in_both_languages(french: Catalog) -> None:
    """Options and commands in a message are in its translation, unchanged."""
    typed = re.compile(r"(?<![\w-])(?:--[a-z][a-z-]+|epn [a-z]+|EPN_[A-Z]+|https?://|ulimit -f)")
    wrong = [
        text
        for message in messages(french)
        for text in strings(message)
        if set(typed.findall(forms(message)[-1])) - set(typed.findall(text))
    ]
    # In English the subject, in French the tool.
    assert [text for text in wrong if "epn " not in text] == []


def f_strings() -> Iterator[tuple[Path, ast.JoinedStr]]:
    """Each f-string of the package, with its file."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield path, node


def test_no_message_hides_in_an_f_string() -> None:
    """Babel does not find those before Python 3.12."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path, joined in f_strings()
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("_", "N_", "ngettext")
    ]
    assert hidden == []


def test_no_quote_is_put_around_a_text_without_the_catalog() -> None:
    """Quotes are those of the language: ‘a’ in English is « a » in French."""
    hidden = [
        f"{path.name}:{joined.lineno}"
        for path, joined in f_strings()
        for part in joined.values
        if isinstance(part, ast.Constant) and ("‘" in part.value or part.value.startswith("’"))
    ]
    assert hidden == []
