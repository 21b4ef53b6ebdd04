"""A self-contained web page with a table: it works offline, from disk, and makes no requests.

The page contains the complete table; page.js adds search, filters and sorting where scripts run. The
content security policy allows only the page's own style and script, by their hashes (CSP level 3), so that
a script injected by a value would not run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from epncli.display import hours, links
from epncli.display.state import SEE, closing, interval_in_words
from epncli.display.words import BETWEEN, heading, one_line
from epncli.formats.published_table import BLOG_FIELDS, LABEL_FIELDS, caption
from epncli.formats.writing import Export, Written
from epncli.i18n import N_, catalog
from epncli.model.structure import FIELDS, Kind, Structure
from epncli.query.distance import position
from epncli.rules.code_postal import arrondissement

_HERE: Final = Path(__file__).parent
_CITIES: Final = {"75": "Paris", "69": "Lyon", "13": "Marseille"}
"""The cities with arrondissements, by department."""
_MORE_FIELDS: Final = ("adresse", "courriels", "horaires")
"""Fields shown, in addition to BLOG_FIELDS, if any structure has them."""

_WORDS: Final = {
    "search": N_("Search"),
    "arrondissement": N_("Arrondissement"),
    "every": N_("All"),
    "status": N_("Status"),
    "open": N_("Open"),
    "closed": N_("Closed"),
    "map": N_("Map"),
    "see": N_("View on OpenStreetMap"),
    "between": N_("{label}: {text}"),
    "label": N_("Label"),
    "filters": N_("Search and filters"),
    "none": N_("No place matches. Try fewer words or another filter."),
    "count": N_("Places shown: {shown} of {total}"),
}


@dataclass(frozen=True, slots=True)
class _Text:
    """A value and its link target, "" if it has none."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A structure, prepared for the template."""

    name: _Text
    anchor: str
    """The name by which other rows link to this one; "" if none does."""
    closed: bool
    """True for a structure that has closed for good."""
    state: str
    """What the structure is if it is not open, in words. Markup if it links to another row."""
    labelled: bool
    arrondissement: tuple[str, int] | None
    cells: dict[str, list[_Text]]
    """The values of the other columns, by field."""
    labels: str
    map: str
    """A link to OpenStreetMap, or ""."""


def write(export: Export) -> Written:
    """The page. `export.fields` are its columns, in addition to those for labels and the map."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    fields = export.fields or _in_use(export)
    translate = catalog(export.lang).gettext
    anchors = _anchors(export.structures)
    rows = [_row(structure, fields, export, anchors) for structure in export.structures]
    style, script = _read("page.css"), _read("page.js")
    template = Environment(
        autoescape=True,
        loader=FileSystemLoader(_HERE),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    ).get_template("page.html.j2")
    page = template.render(
        lang=export.lang,
        caption=caption(export),
        words={name: translate(word) for name, word in _WORDS.items()},
        columns=[(name, heading(name, export.lang)) for name in fields],
        label_column=_shows_labels(fields, rows),
        map_column=any(row.map for row in rows),
        any_closed=any(row.closed for row in rows),
        arrondissements=[
            (f"{city} {number}", _ordinal(city, number, export.lang))
            for city, number in sorted({row.arrondissement for row in rows if row.arrondissement})
        ],
        rows=rows,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return Written(page.encode("utf-8", "replace"))


def _in_use(export: Export) -> tuple[str, ...]:
    return BLOG_FIELDS + tuple(
        name for name in _MORE_FIELDS if any(one.value(name) for one in export.structures)
    )


def _shows_labels(fields: tuple[str, ...], rows: list[_Row]) -> bool:
    return LABEL_FIELDS.isdisjoint(fields) and any(row.labels for row in rows)


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The source expression of an inline style or script for a content security policy."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _anchors(structures: Sequence[Structure]) -> dict[str, str]:
    """The anchors of the structures that replace others, by id. An id may have characters that no URL has."""
    wanted = {one.remplace_par for one in structures if one.remplace_par and one.is_closed}
    return {one.id: f"lieu-{place}" for place, one in enumerate(structures, 1) if one.id in wanted}


def _row(structure: Structure, fields: tuple[str, ...], export: Export, anchors: Mapping[str, str]) -> _Row:
    lang = export.lang
    return _Row(
        name=_Text(one_line(structure.nom), links.site(structure)),
        anchor=anchors.get(structure.id, ""),
        closed=structure.is_closed,
        state=_state(structure, export, anchors),
        labelled=bool(structure.labels),
        arrondissement=_arrondissement(structure),
        cells={name: _cell(structure, name, lang) for name in fields if name != "nom"},
        labels=one_line(BETWEEN.join(structure.labels)),
        map=_map(structure),
    )


def _state(structure: Structure, export: Export, anchors: Mapping[str, str]) -> str:
    """The state in words, in which the name of a successor is a link to its row."""
    name, anchor = export.states.successor(structure), anchors.get(structure.remplace_par)
    if not (name and anchor):
        return export.states.state(structure, export.lang)
    from markupsafe import Markup  # Jinja2's own: it escapes what is put into it

    link = Markup('<a href="#{}">{}</a>').format(anchor, name)
    model = Markup(catalog(export.lang).gettext(SEE))  # noqa: S704  a message of epn
    return model.format(closed=closing(structure, export.lang), name=link)


def _cell(structure: Structure, name: str, lang: str) -> list[_Text]:
    field = FIELDS[name]
    if field.kind is Kind.INTERVAL:
        return [_Text(one_line(interval_in_words(text, lang))) for text in structure.texts(name)]
    if field.kind is Kind.HORAIRES:
        return [_Text(one_line(hours.in_words(structure.horaires, lang)))] if structure.horaires else []
    return [
        _Text(one_line(value), links.href(value, field.kind, structure.code_postal))
        for value in links.values(structure, field)
        if value
    ]


def _arrondissement(structure: Structure) -> tuple[str, int] | None:
    """The city and the number of the arrondissement of a structure, by its postal code, or None."""
    code = structure.code_postal.strip()
    number = arrondissement(code)
    return None if number is None else (_CITIES[code[:2]], number)


def _ordinal(city: str, number: int, lang: str) -> str:
    """The arrondissement in `lang`: `Paris 20e` in French, `Paris 20` in English."""
    if lang == "en":
        return f"{city} {number}"
    return f"{city} {number}{'er' if number == 1 else 'e'}"


def _map(structure: Structure) -> str:
    """The link to OpenStreetMap: to the coordinates, else to a search for the address; "" without both."""
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
