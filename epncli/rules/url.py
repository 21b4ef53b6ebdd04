"""Validation of web addresses (http and https)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from epncli.folding import normalized
from epncli.i18n import _
from epncli.problems import Problem, error
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted

_SCHEME: Final = re.compile(r"(?i)https?://")
_SLIP: Final = re.compile(r"(?i)h{0,2}t{1,3}p{1,2}s?[:;.]?/{0,3}[:;]?/{0,2}(?=\w)")
_TWICE: Final = re.compile(r"(?i)https?:?/{0,2}:?(?=https?://)")
_BARE: Final = re.compile(r"(?:[^\W_][\w-]{0,62}\.)+[^\W\d_]{2,63}(?::[0-9]{1,5})?(?:[/?#]\S*)?")
_FORBIDDEN: Final = re.compile(r'[<>"{}|\\^`]')
"""Characters that must be percent-encoded in a URI (RFC 3986, 2). `|` also separates list items."""
_LABEL: Final = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_PLAIN: Final = re.compile(r"https?://(?:[a-z0-9]{1,60}\.){1,3}[a-z]{2,20}(?:/[A-Za-z0-9_./-]*+)?")
"""An address without anything to correct, as most are: it needs no parsing."""
_LONGEST: Final = 2_000
_EXAMPLE: Final = "https://www.exemple.fr"


def validate(text: str) -> RuleResult:
    """Validate a web address: `http://` or `https://` and a host with a dot; accents are allowed.

    In its normal form, the scheme is lowercase; the rest is unchanged. Refused, with the reason: another
    scheme or none (a missing scheme is not guessed), spaces, an invalid host, a user name or a password
    before the host. Source: RFC 3986, RFC 3987.
    """
    if _PLAIN.fullmatch(text) and len(text) <= _LONGEST:
        return accepted(text)
    url = normalized("NFC", text.strip())
    if not url:
        return accepted("")
    problem = _character_error(url) or _scheme_error(url) or _host_error(url)
    if problem:
        return refused(text, problem)
    scheme, colon, rest = url.partition(":")
    return accepted(scheme.lower() + colon + rest)


def with_scheme(text: str) -> str:
    """The address that begins with `https://` where the text has no scheme, or a slip of one; else "".

    `www.a.fr`, `a.fr`, `htp://a.fr`, `http://https://a.fr`: whether a site answers there is not asked.
    """
    url = normalized("NFC", text.strip())
    if twice := _TWICE.match(url):
        return url[twice.end() :]
    if _SCHEME.match(url):
        return ""
    if _BARE.fullmatch(url):
        return f"https://{url}"
    found = _SLIP.match(url)
    return f"https://{url[found.end() :]}" if found and _BARE.fullmatch(url, found.end()) else ""


def _problem(message: str, url: str, hint: str = "") -> Problem:
    return error(
        message.format(value=quoted(url)),
        hint or _("write an address such as {example}").format(example=_EXAMPLE),
    )


def _character_error(url: str) -> Problem | None:
    """The error for characters that an address cannot contain. urllib silently drops some of them."""
    if len(url) > _LONGEST:
        return _problem(_("‘{value}’ is longer than 2,000 characters"), url)
    if len(re.findall(r"(?i)https?://[^\s,;|]", url)) > 1 and re.search(r"[\s,;|]", url):
        return _problem(_("‘{value}’ contains several addresses"), url, _("write each address separately"))
    if len(url.split()) > 1:
        return _problem(_("‘{value}’ contains a space"), url, _("remove it, or write %20 instead"))
    if not url.isprintable():
        return _problem(_("‘{value}’ contains an invisible character"), url)
    if found := _FORBIDDEN.search(url):
        return _problem(
            _("‘{value}’ contains a character that is not allowed in an address"),
            url,
            _("write %{code} instead of {char}").format(code=f"{ord(found[0]):02X}", char=found[0]),
        )
    return None


def _scheme_error(url: str) -> Problem | None:
    if _SCHEME.match(url):
        return None
    if "@" in url and "/" not in url:
        return _problem(_("‘{value}’ is an e-mail address"), url, _("write it in the field ‘courriels’"))
    if _BARE.fullmatch(url):
        return _problem(
            _("‘{value}’ has no http:// or https://"),
            url,
            _("if the site opens at this address, write https://{url}").format(url=quoted(url)),
        )
    found = _SLIP.match(url)
    if found and _BARE.fullmatch(url, found.end()):
        return _problem(
            _("‘{value}’ does not start with http:// or https://"),
            url,
            _("if the site opens at this address, write https://{url}").format(
                url=quoted(url[found.end() :])
            ),
        )
    return _problem(_("‘{value}’ is not a web address"), url)


def _host_error(url: str) -> Problem | None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  reading the attribute validates the port
    except ValueError:
        return _problem(_("‘{value}’: the host or its port cannot be read"), url)
    if parts.username is not None:
        return _problem(
            _("‘{value}’ has a user name or a password before the host"),
            url,
            _("remove it, with the @"),
        )
    host = (parts.hostname or "").removesuffix(".")
    if not host:
        return _problem(_("‘{value}’ has no host"), url)
    if host in ("http", "https"):
        return _problem(_("‘{value}’ contains http twice"), url, _("write it once"))
    if "." not in host:
        return _problem(_("‘{value}’: the host has no ending such as .fr"), url)
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)) or _cut_number(labels):
        return _problem(_("‘{value}’: the host is not valid"), url)
    return None


def _cut_number(labels: list[str]) -> bool:
    """True for a host that ends in a number, but is not an IPv4 address: four numbers below 256."""
    if not labels[-1].isdecimal():
        return False
    return len(labels) != 4 or not all(
        label.isascii() and label.isdecimal() and int(label) < 256 for label in labels
    )
