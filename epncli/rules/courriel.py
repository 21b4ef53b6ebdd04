"""Validation of the syntax of e-mail addresses; no server is asked whether the mailbox exists."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from epncli.folding import normalized
from epncli.i18n import _, listed
from epncli.problems import Problem, error
from epncli.rules.result import RuleResult, accepted, refused
from epncli.rules.texte import quoted

_EXAMPLE: Final = "contact@exemple.fr"
_MAILTO: Final = re.compile(r"(?i)mailto:\s*")
_SEVERAL: Final = re.compile(r"[\s,;/|]+(?:ou\s+|et\s+)?")
_PLAIN_LOCAL: Final = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*")
"""The part before the @ in the usual form, valid in every RFC: only the domain needs the library."""
_LONGEST: Final = 254
_LONGEST_LOCAL: Final = 64
"""Longest address and longest part before the @ (RFC 5321, 4.5.3.1, with erratum 1690 to RFC 3696)."""


def validate(text: str) -> RuleResult:
    """Validate an e-mail address. In its normal form, the domain is lowercase and `mailto:` is removed.

    Refused, with the reason: what RFC 5321 and 5322 do not allow, and accents before the @, which most
    servers cannot deliver. No DNS query is made. Source: these RFCs, as implemented by email-validator.
    """
    address = normalized("NFC", text.strip())
    if not address:
        return accepted("")
    if mailto := _MAILTO.match(address):
        address = address[mailto.end() :].partition("?")[0]
    normal = _read(address)
    return accepted(normal) if normal else refused(text, _reason(address))


def _read(address: str) -> str:
    """The address in its normal form, or "" if it is not valid."""
    local, _at, domain = address.rpartition("@")
    if len(address) > _LONGEST or len(local) > _LONGEST_LOCAL:
        return ""
    if not _PLAIN_LOCAL.fullmatch(local):
        return _read_by_library(local, domain)
    read = _domain(domain)
    return f"{local}{read}" if read and len(local) + len(read) <= _LONGEST else ""


@lru_cache(maxsize=4096)  # a list repeats the same few domains
def _domain(domain: str) -> str:
    """The domain in its normal form, after an @; "" if it is not the domain of an e-mail address."""
    return _read_by_library("a", domain)[1:]


def _read_by_library(local: str, domain: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(f"{local}@{domain}", check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return ""
    # A domain in Punycode is kept: the library would decode it.
    return f"{local}@{domain.lower() if domain.isascii() else found.domain}"


def _reason(address: str) -> Problem:
    """The reason why an address is refused."""
    if several := _several(address):
        return error(
            _("‘{value}’ contains several addresses").format(value=quoted(address)),
            _("write each address separately: {values}").format(values=several),
        )
    if "@" not in address:
        return _problem(_("‘{value}’ has no @"), address)
    if found := re.search(r"<([^<>\s]{3,254})>", address):
        return error(
            _("‘{value}’ contains more than an address").format(value=quoted(address)),
            _("write only ‘{address}’").format(address=quoted(found[1])),
        )
    if address.count("@") > 1:
        return _problem(_("‘{value}’ has more than one @"), address)
    if any(char.isspace() for char in address):
        return _problem(_("‘{value}’ contains a space"), address)
    local, _at, domain = address.partition("@")
    return _problem(_reason_before(local) or _reason_after(domain), address)


def _problem(message: str, address: str) -> Problem:
    return error(
        message.format(value=quoted(address)),
        _("write an address such as {example}").format(example=_EXAMPLE),
    )


def _several(address: str) -> str:
    """The addresses of a text that consists of two or more of them, formatted for a message; else ""."""
    if len(address) > 4 * _LONGEST:
        return ""
    parts = [part for part in _SEVERAL.split(address) if part]
    if len(parts) < 2 or not all(_read(part) for part in parts):
        return ""
    return listed(parts)


def _reason_before(local: str) -> str:
    """The message about an error before the @, or ""."""
    if not local:
        return _("‘{value}’ has nothing before the @")
    if len(local) > _LONGEST_LOCAL:
        return _("‘{value}’ has more than 64 characters before the @")
    if "," in local:
        return _("‘{value}’ contains a comma")
    if any(char.isalpha() and not char.isascii() for char in local):
        return _("‘{value}’ has an accent before the @, which most mail servers do not accept")
    if local.startswith(".") or local.endswith(".") or ".." in local:
        return _("‘{value}’ has a dot that is not between two words")
    if not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+", local):
        return _("‘{value}’ has a character before the @ that is not allowed in an address")
    return ""


def _reason_after(domain: str) -> str:
    """The message about an error after the @."""
    if not domain:
        return _("‘{value}’ has no domain after the @")
    if "," in domain:
        return _("‘{value}’ contains a comma")
    if domain.startswith(".") or domain.endswith(".") or ".." in domain:
        return _("‘{value}’ has a dot that is not between two words")
    if "." not in domain:
        return _("‘{value}’: the domain after the @ has no ending such as .fr")
    return _("‘{value}’: the part after the @ is not a valid mail domain")
