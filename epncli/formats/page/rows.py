"""The rows of the web page, as HTML. A page of many thousand rows must stay small: see `Rows.lean`.

End tags of cells are left out, as HTML allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Final
from urllib.parse import quote, urlsplit

from epncli.display import hours, links
from epncli.display.state import SEE, States, closing, interval_in_words
from epncli.display.words import BETWEEN, one_line
from epncli.formats.page.columns import Column
from epncli.i18n import catalog
from epncli.model.structure import FIELDS, LABEL_FIELDS, Kind, Structure
from epncli.query.distance import position
from epncli.rules.dates import in_words

_DAY: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_MARKUP: Final = re.compile(r"[&<>\"']")


@dataclass(frozen=True)
class Rows:
    """Writes the rows of a page."""

    columns: Sequence[Column]
    lang: str
    states: States
    anchors: Mapping[str, str]
    """The anchors of the rows that others link to, by the id of their structures."""
    lean: bool
    """True to leave to the script what it can add: roles, classes, services, and where most links lead."""

    def html(self, structure: Structure) -> str:
        """The row of a structure."""
        anchor = self.anchors.get(structure.id)
        marks = f' id="{anchor}"' if anchor else ""
        if structure.is_closed:
            marks += " class=closed"
        parts = [f"<tr{marks}>" if self.lean else f"<tr role=row{marks}>", self._name(structure)]
        for column in self.columns[1:]:
            cell = _CELLS.get(column.name, Rows._other)(self, structure, column)
            parts.append(f"<td>{cell}" if self.lean else f"<td role=cell class={column.name}>{cell}")
        parts.append("</tr>")
        return "".join(parts)

    def _name(self, structure: Structure) -> str:
        fields = self.columns[0].fields
        labels = safe(
            BETWEEN.join(v for name in fields if name in LABEL_FIELDS for v in structure.texts(name))
        )
        tag = "strong" if labels else "span"
        opening = "<th>" if self.lean else "<th scope=row role=rowheader class=nom>"
        parts = [f"{opening}<{tag}>{safe(structure.nom)}</{tag}>"]
        if state := self._state(structure):
            parts.append(f"<p class=state>{state}")
        if labels:
            parts.append(f"<p>{labels}")
        return "".join(parts)

    def _state(self, structure: Structure) -> str:
        """The state in words, in which the name of a successor is a link to its row."""
        if not (structure.is_closed or structure.fermetures_temporaires):
            return ""
        name, anchor = self.states.successor(structure), self.anchors.get(structure.remplace_par)
        if not (name and anchor):
            return safe(self.states.state(structure, self.lang))
        model = escape(catalog(self.lang).gettext(SEE))
        link = f'<a href="#{anchor}">{safe(name)}</a>'
        return model.format(closed=safe(closing(structure, self.lang)), name=link)

    def _contact(self, structure: Structure, column: Column) -> str:
        parts: list[str] = []
        if "telephones" in column.fields:
            parts += [self._phone(one, structure.code_postal) for one in structure.telephones]
        if "courriels" in column.fields:
            parts += [self._mail(one) for one in structure.courriels]
        if "site_web" in column.fields:
            parts += map(self._site, structure.site_web)
        return "<br>".join(filter(None, parts))

    def _phone(self, number: str, code_postal: str) -> str:
        href = links.href(number, Kind.TELEPHONE, code_postal)
        if not href:
            return f"<span class=tel>{safe(number)}</span>" if number.strip() else ""
        return self._link(href, safe(number), _plain_phone(number))

    def _mail(self, address: str) -> str:
        href = links.href(address, Kind.COURRIEL, "")
        shown = safe(address)
        return self._link(href, shown if self.lean else shown.replace("@", "<wbr>@"), f"mailto:{address}")

    def _site(self, url: str) -> str:
        """A link to a site, which shows its host; the URL as text if it cannot be a link."""
        href = links.href(url, Kind.URL, "")
        if self.lean and href == url:
            return f"<a>{safe(url)}</a>"
        return self._link(href, _host(href) or safe(url), "")

    def _link(self, href: str, shown: str, plain: str) -> str:
        """A link, without its target if the script makes it from the text, as `plain` was made."""
        if not href:
            return shown
        return f"<a>{shown}</a>" if self.lean and href == plain else f'<a href="{escape(href)}">{shown}</a>'

    def _address(self, structure: Structure, column: Column) -> str:
        """Where a place is: a link to OpenStreetMap, if it can be found there."""
        fields = column.fields
        street = [getattr(structure, name) for name in ("adresse", "complement_adresse") if name in fields]
        town = [getattr(structure, name) for name in ("code_postal", "commune") if name in fields]
        lines = [*map(safe, street), safe(" ".join(filter(None, town)))]
        shown = "<br>".join(filter(None, lines))
        if not shown:
            return ""
        if self.lean:
            return f"<a>{shown}</a>" if structure.adresse.strip() or position(structure) else shown
        target = _map(structure)
        return f'<a class=map href="{escape(target)}">{shown}</a>' if target else shown

    def _hours(self, structure: Structure, _column: Column) -> str:
        return _hours_in_words(structure.horaires, self.lang) if structure.horaires else ""

    def _services(self, structure: Structure, _column: Column) -> str:
        if self.lean or not structure.services:
            return ""
        count = len(structure.services)
        words = catalog(self.lang).ngettext("{count} service", "{count} services", count).format(count=count)
        items = "".join(f"<li>{safe(one)}" for one in structure.services)
        return f"<details name=services><summary>{words}</summary><ul>{items}</ul></details>"

    def _confirmed(self, structure: Structure, _column: Column) -> str:
        return _month(structure.date_maj[:10], self.lang)

    def _other(self, structure: Structure, column: Column) -> str:
        """The values of a field that has a column of its own."""
        field = FIELDS[column.name]
        if field.kind is Kind.INTERVAL:
            return BETWEEN.join(
                safe(interval_in_words(one, self.lang)) for one in structure.texts(field.name) if one
            )
        values = (value for value in structure.texts(field.name) if value)
        return BETWEEN.join(_linked(value, field.kind, structure.code_postal) for value in values)


_CELLS: Final[dict[str, Callable[[Rows, Structure, Column], str]]] = {
    "contact": Rows._contact,  # noqa: SLF001  the table of the cells of this class
    "adresse": Rows._address,  # noqa: SLF001
    "horaires": Rows._hours,  # noqa: SLF001
    "services": Rows._services,  # noqa: SLF001
    "date_maj": Rows._confirmed,  # noqa: SLF001
}


def safe(text: str) -> str:
    """The text on one line, as HTML."""
    text = one_line(text)
    return escape(text) if _MARKUP.search(text) else text


@lru_cache(maxsize=4096)  # thousands of places share some hundred hours
def _hours_in_words(text: str, lang: str) -> str:
    return safe(hours.in_words(text, lang))


@lru_cache(maxsize=4096)
def _month(day: str, lang: str) -> str:
    """The month of a day in ISO 8601, in words; "" for any other text."""
    return in_words(day[:7], lang) if _DAY.fullmatch(day) else ""


def _linked(value: str, kind: Kind, code_postal: str) -> str:
    href = links.href(value, kind, code_postal)
    return f'<a href="{escape(href)}">{safe(value)}</a>' if href else safe(value)


def _plain_phone(number: str) -> str:
    """The link target that the script makes of a number such as `01 46 36 70 13`."""
    return f"tel:+33{number[1:].replace(' ', '')}"


@lru_cache(maxsize=4096)
def _host(href: str) -> str:
    """The host of a URL, as HTML; "" if it has none."""
    try:
        host = urlsplit(href).hostname or ""
    except ValueError:  # such as http://[x
        return ""
    return safe(host.removeprefix("www."))


def _map(structure: Structure) -> str:
    """The link to OpenStreetMap: to the coordinates, else to a search for the address; "" without both.

    script/rows.js makes the same links.
    """
    if place := position(structure):
        latitude, longitude = place
        return (
            f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=18/{latitude}/{longitude}"
        )
    if not structure.adresse.strip():
        return ""
    where = f"{structure.adresse}, {structure.code_postal} {structure.commune}"
    asked = quote(one_line(where)[:500], safe="", errors="replace")
    return f"https://www.openstreetmap.org/search?query={asked}"
