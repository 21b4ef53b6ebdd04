from __future__ import annotations

import subprocess
import sys

import pytest

from epncli.i18n import choose_language


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LANGUAGE": "fr"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "fr"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en:fr"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fr_FR", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "C", "EPN_LANG": "fr"}, "fr"),
        ({"LANG": "fr_FR", "EPN_LANG": "en"}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(environ: dict[str, str], language: str) -> None:
    assert choose_language(environ, lambda: "") == language


@pytest.mark.parametrize(
    ("environ", "system", "language"),
    [
        ({}, "fr_FR", "fr"),
        ({}, "fr_CA", "fr"),
        ({}, "de_DE", "en"),
        ({"LANG": "C"}, "fr_FR", "en"),
        ({"LANG": "en_GB"}, "fr_FR", "en"),
        ({"EPN_LANG": "en"}, "fr_FR", "en"),
        ({"LC_ALL": "fr_FR"}, "en_US", "fr"),
    ],
)
def test_where_no_variable_names_one_the_language_is_that_of_the_system(
    environ: dict[str, str], system: str, language: str
) -> None:
    assert choose_language(environ, lambda: system) == language


def printed(language: str, code: str) -> str:
    code = f"from epncli.i18n import *\ninstall({{'EPN_LANG': {language!r}}})\nprint({code})"
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    return run.stdout.strip()


@pytest.mark.parametrize(("language", "said"), [("fr", "20\u202f000 999"), ("en", "20,000 999")])
def test_a_number_is_written_as_its_readers_do(language: str, said: str) -> None:
    assert printed(language, "number(20000), number(999)") == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "«\xa0;\xa0» «\xa0ouvert\xa0», «\xa0{a}\xa0»"), ("en", "‘;’ ‘ouvert’, ‘{a}’")],
)
def test_values_stand_between_the_quotes_of_the_language(language: str, said: str) -> None:
    assert printed(language, "in_quotes(';'), listed(['ouvert', '{a}'])") == said
