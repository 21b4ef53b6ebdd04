"""Every screen, in a pipe and on a terminal, is in one language, and the walk reaches every message."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from babel.messages.pofile import read_po

import epncli
from epncli.cli.call.keys import KEYS as PHONE_KEYS
from epncli.cli.commands.init import DEFAULT_TITLE
from epncli.formats.writing import FORMATS
from epncli.importing.recipe_file import KEYS
from epncli.model.structure import FIELDS
from epncli.rules.dates import MONTHS
from epncli.rules.horaires import EXAMPLE_IN_WORDS
from epncli.rules.hours.table import DAY_NAMES

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from seldom import SELDOM  # noqa: E402  a neighbour, no module of a package

PO = Path(epncli.__file__).parent / "locale/fr/LC_MESSAGES/epncli.po"
BASE = Path(epncli.__file__).parent / "data/codes_postaux.csv"
LOCALES = {"fr": "fr_FR.UTF-8", "en": "C", "pseudo": "C"}


class Screen(NamedTuple):
    """What a command printed and how it ended; `given` is all that was typed and is in its files."""

    label: str
    given: str
    code: int
    text: str
    words: bool


@cache
def walks() -> dict[str, dict[str, list[Any]]]:
    """What `walk.py` says in each language; they run side by side."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    running = {
        language: subprocess.Popen(
            [sys.executable, HERE / "walk.py", *([language] if language == "pseudo" else [])],
            env={**inherited, "LANG": locale}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for language, locale in LOCALES.items()
    }  # fmt: skip
    found = {}
    for language, process in running.items():
        out, err = process.communicate()
        assert process.returncode == 0, (language, err)
        found[language] = json.loads(out)
    return found


def screens(language: str) -> list[Screen]:
    return [Screen(*screen) for screen in walks()[language]["screens"]]


TELL_TALES = {
    "fr": "the is are was were not with this that these of and or for from no missing invalid try file line"
    " error warning required default usage print write give field name found unknown be have has to by it its"
    " each one too many again there which what only two after before did you must can cannot all row rows"
    " same new changed removed added written expected nothing already if never closed",
    "en": "le la les des du une est sont pas pour dans avec sur vous n’est ou et aux cette aucun aucune"
    " il elle écrivez tapez donnez erreur attention fichier ligne vide un au par que qui ce ces déjà rien"
    " fermée fermées ouverte ouvertes laissées",
}
"""Words of the language that is not spoken, which the other one does not have."""


def tell_tales(language: str) -> re.Pattern[str]:
    """Finds one of these words, but not as a part of a name, an option or a file."""
    words = "|".join(TELL_TALES[language].split())
    return re.compile(rf"(?<![\w’'.:-])(?:{words})(?![\w’'=-]|[.:]\S)", re.IGNORECASE)


def without_data(text: str) -> str:
    """A screen without what is meant to be typed, or is in quotes: the same in both languages."""
    for typed in (
        r"(?s)<(style|script)\b.*?</\1>|<[^>\n]*>",  # of a web page
        r"\d{4}-\d\d-\d\d : pas de réponse",  # the notes of a phone round are in French
        r"^[^\t\n]*\t.*$",  # tab-separated lines, for programs
        r"^ +(?:epn|git) .*$|\bLa Réunion\b|\bun jour\b",  # examples, names, and what is in a file
        r"(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"|‘[^’\n]*’|«\xa0[^»\n]*\xa0»|`[^`\n]*`",  # quoted data
        r"\S*\.(?:yaml|csv|txt|xlsx|json)(?::[0-9:]*)?",  # places
        r"--[\w-]+|\b[a-z]+_[a-z_]+\b|\bU\+[0-9A-F]{4,6}\b",  # options, names of fields, characters
    ):
        text = re.sub(typed, " ", text, flags=re.MULTILINE)
    return text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_word_of_the_other_language_is_on_a_screen(language: str) -> None:
    tell_tale = tell_tales(language)
    found = [
        (screen.label, line)
        for screen in screens(language)
        if "json" not in screen.label and screen.label != "export xlsx"  # for programs
        if not screen.label.endswith("schema --fields")  # the values of the schema are French
        for line in without_data(screen.text).splitlines()
        if tell_tale.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_sentence_of_the_other_language_is_on_a_screen(language: str) -> None:
    """The longest run of words of each message, as the other language has it; lines may be folded."""
    runs = set()
    for message in messages():
        forms = (message.id, message.string) if message.pluralizable else ([message.id], [message.string])
        for english, french in zip(*forms, strict=True):
            foreign, own = (english, french) if language == "fr" else (french, english)
            run = max(re.split(r"\{[^}]*\}|«\xa0.*?\xa0»|‘[^’]*’|\n", foreign), key=len).strip()
            if " " in run and len(run) > 8 and run not in own:
                runs.add(run)
    assert len(runs) > 500
    found = [
        (screen.label, run)
        for screen in screens(language)
        for text in [re.sub("[ \n]+", " ", without_data(screen.text))]
        for run in runs
        if run in text and re.search(rf"(?<!\w){re.escape(run)}(?!\w)", text)
    ]
    assert found == []


def messages() -> list[Any]:
    with PO.open("rb") as file:
        return [message for message in read_po(file, locale="fr") if message.id]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_message_has_words_of_the_other_language(language: str) -> None:
    """Not those either that no screen of the walk shows."""
    forms = [
        form
        for message in messages()
        for texts in (message.string if language == "fr" else message.id,)
        for form in ([texts] if isinstance(texts, str) else texts)
    ]
    tell_tale = tell_tales(language)
    assert [form for form in forms if tell_tale.search(without_data(re.sub(r"\{[^}]*\}", " ", form)))] == []


WORD = re.compile(r"[^\W\d_]{2,}")
LATIN = re.compile(r"[A-Za-z]")
DATA = {
    *(word for name in FIELDS for word in WORD.findall(name)),
    *(word for field in FIELDS.values() for value in field.values for word in WORD.findall(value)),
    *(word for name in (*MONTHS["fr"], *DAY_NAMES["fr"]) for word in WORD.findall(name)),
    *WORD.findall(BASE.read_text(encoding="utf-8")),
    *WORD.findall(EXAMPLE_IN_WORDS),
    # Names, and words that are not of epn.
    *WORD.findall("epn EPN OPTIONS UTF Windows CSV XLSX ODS JSON YAML Sa Tu mv cmd move er integer range"),
    # In workbooks; examples; what is repaired.
    *WORD.findall("Zoug zoug contact www exemple fr café ab cafÃ"),
    # The title of a registry that was given none.
    *WORD.findall(DEFAULT_TITLE),
    # The parts of `stats` and the columns of the national map, for scripts.
    *WORD.findall("champs total arrondissement plus jamais telephone"),
    # The keys of a phone round, and what is to be pasted after it.
    *(key.fr for key in PHONE_KEYS.values()),
    *WORD.findall("git commit m"),
    # The keys of a recipe, and the name of the file beside it.
    *(word for key in KEYS for word in WORD.findall(key)),
    "last",
    # The names of formats.
    *FORMATS,
    # Files.
    *WORD.findall("bashrc local share config completion completions source"),
    # The names of errors, which a search finds.
    *WORD.findall("ScannerError ParserError"),
}
"""Words that are the same in every language."""


def test_no_sentence_goes_past_gettext() -> None:
    """In a language of other letters, what can be read was typed, is in a file, or is no message at all."""
    found = []
    for screen in screens("pseudo"):
        label, text = screen.label, screen.text
        if label.startswith(
            ("schema", "export page", "export html", "export xlsx", "export vcard", "log z0 --format json")
        ):  # for programs
            continue
        given = {word.casefold() for word in WORD.findall(re.sub(r"\\[nrt]", " ", screen.given))}
        for typed in (
            r"\[[a-z\d-]+(?:\|[a-z\d-]+)*\]",  # the values of an option
            r"(?:: |^ +)(?:text|fr|auto)\]$|^ {2,4}[a-z-]+  ",  # options, commands, formats
            r"</?[a-z]+>|\.git(?:attributes|ignore)\b|\bgit add\b",  # HTML, files and commands of git
            r"(.)\1{5,}…?|\\(?:u[0-9a-f]{4}|x[0-9a-f]{2})|‘[a-z]+’|registry\.(?:ya?ml|schema\.json)|\.lock\b",
            r"^[^\t\n]*\t.*$",  # tab-separated lines
            r"^ +(?:epn|git) .*$|\bepn [a-z-]+\b|‘git [^’]*’|--[\w-]+|\bU\+[0-9A-F]{4,6}\b",
            r"\S*epn-[\w-]+\.yaml|\bcsv,\s+xlsx,[\s\w,]+mednum\b|\"[A-Za-z]+\"",  # drafts, formats, JSON
        ):
            text = re.sub(typed, " ", text, flags=re.MULTILINE)
        found += [
            (label, word, next(line for line in text.splitlines() if word in line))
            for word in WORD.findall(text)
            if LATIN.search(word) and word not in DATA and word.casefold() not in given
        ]
    assert found == []


@pytest.mark.needs("pty")
@pytest.mark.needs("git")
def test_every_message_is_asked_for_on_the_walk() -> None:
    """But for those that are named in `seldom`, and stand there for a reason."""
    first = {message.id[0] if message.pluralizable else message.id for message in messages()}
    asked = set(walks()["pseudo"]["asked"])
    left_out = sorted(first - asked - SELDOM)
    assert left_out == [], "add a case that says it: tests/languages/cases.py, dialogs.py"
    assert sorted(SELDOM - first) == []


def test_no_quote_and_no_name_of_an_error_is_english_on_a_french_screen() -> None:
    """Both come from what is put into a sentence, which the catalog does not see."""
    foreign = re.compile(r"[‘“”]|\b[A-Z]\w*[a-z](?:Error|File|Exception)\b")
    found = [
        (screen.label, line)
        for screen in screens("fr")
        if screen.label != "export xlsx" and "--lang" not in screen.label
        for line in screen.text.splitlines()
        if foreign.search(line)
    ]
    assert found == []


def test_both_walks_end_alike() -> None:
    """The same exit codes, and words where there are words: nothing is left untold in one language."""
    french, english, pseudo = (
        [
            (screen.label, screen.code, screen.words)
            for screen in screens(language)
            if "--lang" not in screen.label
        ]
        for language in LOCALES
    )
    assert french == english == pseudo
    of_terminals = {130, 143} if os.name == "posix" else set[int]()
    assert {code for _label, code, _said in french} == {0, 1, 2, 3, 4} | of_terminals
