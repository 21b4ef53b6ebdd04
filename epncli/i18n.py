"""Translation of messages: French under a French locale, English otherwise.

Messages are written in English in the code; `locale/fr/LC_MESSAGES/epncli.po` holds the French. The
language is chosen once per process, before Typer is imported: Click and Typer look up their own messages
in gettext's global domain, which is set to ours, so that our catalog translates theirs too.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

DOMAIN = "epncli"
LOCALE_DIR = Path(__file__).parent / "locale"
LANGUAGES = ("fr", "en")

_catalog: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def choose_language(environ: Mapping[str, str], of_the_system: Callable[[], str]) -> str:
    """`fr` or `en`, from EPN_LANG, then LANGUAGE (unless the locale is C), LC_ALL, LC_MESSAGES, LANG.

    If no locale is set, as is usual on Windows, `of_the_system` is asked.
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
    """The language code of a locale: `fr` for fr_FR.UTF-8@euro. `frr` (North Frisian) is not `fr`."""
    return re.split("[_.@]", locale, maxsplit=1)[0].lower()


def install(environ: Mapping[str, str] = os.environ, of_the_system: Callable[[], str] = str) -> None:
    """Set the language of this process. Call this before Typer is imported.

    `of_the_system` returns the locale to use if the environment names none, or "".
    """
    global _catalog, _language  # noqa: PLW0603  one language per process, as in gettext
    _language = choose_language(environ, of_the_system)
    _catalog = catalog(_language)
    gettext.textdomain(DOMAIN)
    # Click calls gettext, which would choose a language from the environment: give it our catalog instead.
    gettext.gettext = _catalog.gettext
    gettext.ngettext = _catalog.ngettext


@cache
def catalog(language: str) -> gettext.NullTranslations:
    """The message catalog of a language. English has none: its messages are in the code."""
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
    """The singular or plural message for `count`, in the language of this process."""
    return _catalog.ngettext(singular, plural, count)


def number(value: int) -> str:
    """The number with its thousands separated, in the language of this process."""
    return number_in(value, _language)


def number_in(value: int, lang: str) -> str:
    """The number with its thousands separated: by commas in English, by narrow no-break spaces in French."""
    grouped = f"{value:,}"
    return grouped if lang == "en" else grouped.replace(",", "\u202f")


def in_quotes(text: str) -> str:
    """The text in the quotation marks of the language of this process: ‘a’, « a »."""
    return _("‘{text}’").format(text=text)


def listed(texts: Iterable[str]) -> str:
    """The texts, each in quotation marks, separated by commas."""
    return ", ".join(map(in_quotes, texts))


def with_colon(label: str, text: str) -> str:
    """`label: text`, with a space before the colon in French; only the text if there is no label."""
    return _("{label}: {text}").format(label=label, text=text) if label else text


def N_(message: str) -> str:  # noqa: N802  gettext's own name for "translate later"
    """Mark a message for the catalog without translating it yet."""
    return message
