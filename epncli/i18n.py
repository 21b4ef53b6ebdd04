"""The language that epn speaks: French under a French locale, English otherwise.

Messages are written in English in the code; `locale/fr/LC_MESSAGES/epncli.po` holds the French. The
choice is made once a process, before Typer is imported: Click and Typer take their own sentences from
gettext's global domain, which is set to ours, so that our catalog translates theirs too.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from epncli.system.windows import interface_language

DOMAIN = "epncli"
LOCALE_DIR = Path(__file__).parent / "locale"
LANGUAGES = ("fr", "en")

_catalog: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def choose_language(environ: Mapping[str, str], of_the_system: Callable[[], str] = interface_language) -> str:
    """`fr` or `en`, from EPN_LANG, then LANGUAGE (unless the locale is C), LC_ALL, LC_MESSAGES, LANG.

    Where none of them is set, as is usual on Windows, the system may know.
    """
    wanted = environ.get("EPN_LANG")
    if wanted:
        return _known(wanted)
    locale = next((environ[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(k)), "")
    locale = locale or of_the_system() or "C"
    if locale.partition(".")[0] in ("C", "POSIX"):
        return "en"
    for language in environ.get("LANGUAGE", "").split(":"):
        if _of(language) in LANGUAGES:
            return _of(language)
    return _known(locale)


def _known(locale: str) -> str:
    return "fr" if _of(locale) in ("fr", "french") else "en"


def _of(locale: str) -> str:
    """The language of a locale: `fr` of fr_FR.UTF-8@euro; `frr` is another one."""
    return re.split("[_.@]", locale, maxsplit=1)[0].lower()


def install(environ: Mapping[str, str] = os.environ) -> None:
    """Choose the language of this process; call it before Typer is imported."""
    global _catalog, _language  # noqa: PLW0603  one language a process, as gettext itself has it
    _language = choose_language(environ)
    _catalog = catalog(_language)
    gettext.textdomain(DOMAIN)
    # Click asks gettext, which asks the environment: hand it our choice, whatever the locale says.
    gettext.gettext = _catalog.gettext
    gettext.ngettext = _catalog.ngettext


@cache
def catalog(language: str) -> gettext.NullTranslations:
    """The messages of a language; English is in the code and needs no file."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE_DIR, languages=[language], fallback=True)


def language() -> str:
    """The language of this process: `fr` or `en`."""
    return _language


def _(message: str) -> str:
    """The message in the language of this process."""
    return _catalog.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message in the form that fits `count`, in the language of this process."""
    return _catalog.ngettext(singular, plural, count)


def number(value: int) -> str:
    """The number as people write it in the language of this process: 20,000, or with thin no-break spaces."""
    grouped = f"{value:,}"
    return grouped if _language == "en" else grouped.replace(",", "\u202f")


def in_quotes(text: str) -> str:
    """The text between the quotes of the language of this process: ‘a’, « a »."""
    return _("‘{text}’").format(text=text)


def listed(texts: Iterable[str]) -> str:
    """The texts, each between quotes, with commas."""
    return ", ".join(map(in_quotes, texts))


def N_(message: str) -> str:  # noqa: N802  gettext's own name for "translate later"
    """Mark a message for the catalog without translating it yet."""
    return message
