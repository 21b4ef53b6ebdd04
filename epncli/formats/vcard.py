"""vCard 4.0 (RFC 6350): a contact for each open structure, for phones and address books.

vobject, the library that khard and others use, writes version 3.0 only.
"""

from __future__ import annotations

import re
from decimal import Decimal

from epncli.display.hours import in_words
from epncli.display.links import href
from epncli.display.words import one_line
from epncli.formats.writing import Export, Written
from epncli.i18n import ngettext
from epncli.model.structure import Kind, Structure
from epncli.query.distance import position
from epncli.rules.dates import day_of

_LINE_OCTETS = 75
_LINE_BREAK = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_SPECIAL = re.compile(r"[\\,;]")


def write(export: Export) -> Written:
    """The contacts of the open structures, in their order. Closed structures are left out."""
    contacts = [structure for structure in export.structures if not structure.is_closed]
    closed = [structure for structure in export.structures if structure.is_closed]
    reason = ngettext("closed structure", "closed structures", len(closed))
    lines = (line for structure in contacts for line in _contact(structure))
    data = "".join(map(_folded, lines)).encode()
    return Written(data, tuple((structure, reason) for structure in closed))


def _contact(structure: Structure) -> list[str]:
    """The lines of a contact, neither folded nor ended. Private fields and notes are not among them."""
    name = _text(structure.nom) or _text(structure.id)
    found = ["BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"FN:{name}", f"ORG:{name}"]
    street = ",".join(filter(None, map(_text, (structure.adresse, structure.complement_adresse))))
    parts = ("", "", street, _text(structure.commune), "", _text(structure.code_postal), "")
    if any(parts):
        found.append(f"ADR:{';'.join(parts)}")
    found += [_telephone(value, structure.code_postal) for value in structure.telephones if value.strip()]
    found += [f"EMAIL:{_text(value)}" for value in structure.courriels if href(value, Kind.COURRIEL, "")]
    found += [f"URL:{url}" for value in structure.site_web if (url := href(value, Kind.URL, ""))]
    if place := position(structure):
        latitude, longitude = (f"{Decimal(repr(degrees)):f}" for degrees in place)
        found.append(f"GEO:geo:{latitude},{longitude}")
    if categories := list(filter(None, map(_text, dict.fromkeys(structure.services + structure.labels)))):
        found.append(f"CATEGORIES:{','.join(categories)}")
    if note := "\\n".join(filter(None, (_text(in_words(structure.horaires, "fr")), _summary(structure)))):
        found.append(f"NOTE:{note}")
    if structure.id:
        found.append(f"UID;VALUE=text:{_text(structure.id)}")
    if day := day_of(structure.date_maj):
        found.append(f"REV:{day:%Y%m%d}T000000Z")
    return [*found, "END:VCARD"]


def _telephone(value: str, code_postal: str) -> str:
    """A number as a `tel:` URI; as text if it has no international form, such as a short number."""
    uri = href(value, Kind.TELEPHONE, code_postal)
    return f"TEL;VALUE=uri:{uri}" if uri else f"TEL;VALUE=text:{_text(value)}"


def _summary(structure: Structure) -> str:
    return "\\n".join(map(_text, _LINE_BREAK.split(structure.presentation_resume.strip())))


def _text(value: str) -> str:
    """A value on one line, with the characters escaped that separate values (RFC 6350, 3.4)."""
    return _SPECIAL.sub(r"\\\g<0>", one_line(value))


def _folded(line: str) -> str:
    """A line with its line break, folded so that no part has more than 75 octets (RFC 6350, 3.2)."""
    if len(line.encode()) > _LINE_OCTETS:
        parts, octets = [], 0
        for char in line:
            octets += (size := len(char.encode()))
            if octets > _LINE_OCTETS:
                parts.append("\r\n ")
                octets = 1 + size
            parts.append(char)
        line = "".join(parts)
    return line + "\r\n"
