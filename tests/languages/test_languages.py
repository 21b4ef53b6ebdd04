"""No sentence of the other language on any screen of the walk."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import epncli

HERE = Path(__file__).parent
PO = Path(epncli.__file__).parent / "locale/fr/LC_MESSAGES/epncli.po"
TELL_TALES = {
    "fr": "the is are was were not with this that these of and or for from no missing invalid try file line"
    " error warning required default usage print write give field name found unknown be have has",
    "en": "le la les des du une est sont pas pour dans avec sur vous n’est ou et aux cette aucun aucune"
    " il elle écrivez tapez donnez erreur attention fichier ligne vide",
}
"""Words of the language that is not spoken, which the other one does not have."""


@cache
def walk(language: str) -> list[tuple[list[str], int, str, str]]:
    """Every case of the walk: its arguments, exit code, output and words."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    locale = {"fr": "fr_FR.UTF-8", "en": "C"}[language]
    done = subprocess.run(
        [sys.executable, HERE / "walk.py"], env={**env, "LANG": locale, "COLUMNS": "100"},
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[tuple[list[str], int, str, str]] = json.loads(done.stdout)
    return found


def screens(language: str) -> dict[str, str]:
    """What each case prints, without what is data or is meant to be typed: the same in both languages."""
    return {
        " ".join(args): without_data(out + err)
        for args, _code, out, err in walk(language)
        if args != ["export", "xlsx"]  # bytes
    }


def without_data(text: str) -> str:
    for typed in (
        r"^ +epn .*$",  # examples
        r"(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"|‘[^’\n]*’|«\xa0[^»\n]*\xa0»|`[^`\n]*`",  # quoted data
        r"^[^\n:]*\.(?:yaml|csv|txt|xlsx|json):[0-9:]*",  # places
        r"--[\w-]+|\b[a-z]+_[a-z_]+\b",  # options and names of fields
    ):
        text = re.sub(typed, " ", text, flags=re.MULTILINE)
    return text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_word_of_the_other_language_is_on_a_screen(language: str) -> None:
    words = "|".join(TELL_TALES[language].split())
    tell_tale = re.compile(rf"(?<![\w’'.-])(?:{words})(?![\w’'.=:-])", re.IGNORECASE)
    found = {
        case: sorted({line for line in screen.splitlines() if tell_tale.search(line)})[:3]
        for case, screen in screens(language).items()
        if tell_tale.search(screen)
    }
    assert found == {}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_sentence_of_the_other_language_is_on_a_screen(language: str) -> None:
    """The longest run of words of each message, as the other language has it."""
    with PO.open("rb") as file:
        catalog = read_po(file, locale="fr")
    runs = set()
    for message in catalog:
        forms = (message.id, message.string) if message.pluralizable else ([message.id], [message.string])
        for english, french in zip(*forms, strict=True):
            foreign, own = (english, french) if language == "fr" else (french, english)
            run = max(re.split(r"\{[^}]*\}|«\xa0.*?\xa0»|‘[^’]*’|\n", foreign), key=len).strip()
            if " " in run and len(run) > 8 and run not in own:
                runs.add(run)
    assert len(runs) > 500
    found = {
        run: case
        for case, screen in screens(language).items()
        for run in runs
        if run in screen and re.search(rf"(?<!\w){re.escape(run)}(?!\w)", screen)
    }
    assert found == {}


def test_both_walks_end_alike() -> None:
    """The same exit codes, and words where there are words: nothing is left untold in one language."""
    french, english = (
        [(args, code, bool(err)) for args, code, _out, err in walk(language) if "--lang" not in args]
        for language in ("fr", "en")
    )
    assert french == english
    assert {code for _args, code, _said in french} == {0, 1, 2, 3, 4}
