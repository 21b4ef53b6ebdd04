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
    assert choose_language(environ) == language


@pytest.mark.parametrize(("language", "said"), [("fr", "20\u202f000 999"), ("en", "20,000 999")])
def test_a_number_is_written_as_its_readers_do(language: str, said: str) -> None:
    code = (
        "from epncli.i18n import install, number\n"
        f"install({{'EPN_LANG': {language!r}}})\n"
        "print(number(20000), number(999))"
    )
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert run.stdout.strip() == said
