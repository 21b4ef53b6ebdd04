"""Link targets for values: `tel:`, `mailto:`, `http:` and `https:`, and no other scheme."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from epncli.model.structure import Kind, Structure

_WEB = re.compile(r"(?i)https?://[^\s/?#]")
_MAIL = re.compile(r'[^\s@<>"]+@[^\s@<>"]+')
LINKED: Final = frozenset((Kind.TELEPHONE, Kind.COURRIEL, Kind.URL))
"""The kinds of field whose values can be links."""


def href(value: str, kind: Kind, code_postal: str) -> str:
    """The link target for a value, in ASCII (RFC 3986), or "" if the value cannot be a link.

    A short phone number has no international form (E.164), and therefore no link.
    """
    value = value.strip()
    if kind is Kind.TELEPHONE:
        from epncli.rules.telephone import e164  # imports phonenumbers, which is slow

        number = e164(value, code_postal)
        return f"tel:{number}" if number else ""
    if kind is Kind.COURRIEL and _MAIL.fullmatch(value):
        return "mailto:" + quote(value, safe="@+!$'", errors="replace")
    if kind is Kind.URL and _WEB.match(value):
        return quote(value, safe=":/?#[]@!$&'+,;=%", errors="replace")
    return ""


def site(structure: Structure) -> str:
    """The link target for the first valid website of a structure, or ""."""
    return next(filter(None, (href(url, Kind.URL, "") for url in structure.site_web)), "")
