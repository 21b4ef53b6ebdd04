from __future__ import annotations

import pytest

from epncli import i18n


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "FR_be"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "fr"}, "en"),
        ({"LANG": "POSIX", "LANGUAGE": "fr"}, "en"),
        ({"LANGUAGE": "fr"}, "en"),
        ({"LANG": "fr_FR", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "en_GB", "LC_MESSAGES": "fr_FR"}, "fr"),
        ({"LC_MESSAGES": "fr_FR", "LC_ALL": "C"}, "en"),
        ({"LC_ALL": "", "LANG": "fr_FR"}, "fr"),
        ({"LANG": "fr_FR", "LANGUAGE": "en:fr"}, "en"),
        ({"LANG": "en_GB", "LANGUAGE": "de:fr:en"}, "fr"),
        ({"LANG": "fr_FR", "LANGUAGE": "de"}, "fr"),
        ({"LANG": "fr_FR", "LANGUAGE": ""}, "fr"),
        ({"EPN_LANG": "en", "LC_ALL": "fr_FR", "LANGUAGE": "fr"}, "en"),
        ({"EPN_LANG": "fr", "LC_ALL": "C"}, "fr"),
        ({"EPN_LANG": "", "LANG": "fr_FR"}, "fr"),
    ],
)
def test_the_language_is_the_first_that_the_environment_names(environ: dict[str, str], language: str) -> None:
    assert i18n.choose_language(environ) == language


def test_english_needs_no_catalog() -> None:
    assert i18n.catalog("en").gettext("no such message") == "no such message"
    assert i18n.catalog("en").ngettext("one", "many", 2) == "many"


def test_a_message_that_a_catalog_lacks_stays_english() -> None:
    assert i18n.catalog("fr").gettext("no such message") == "no such message"


def test_marking_a_message_leaves_it_as_it_is() -> None:
    assert i18n.N_("closed") == "closed"


def test_a_locale_of_another_language_is_answered_in_english() -> None:
    assert i18n.language() == "en"
    assert i18n._("closed") == "closed"
    assert i18n.ngettext("{count} structure", "{count} structures", 2) == "{count} structures"
