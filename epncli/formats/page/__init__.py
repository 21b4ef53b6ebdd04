"""A self-contained web page with a list of places: it works offline, from disk, and makes no requests.

The page contains the complete list, as a table that is laid out as cards on a phone; the script adds search,
filters and sorting. The content security policy allows only the page's own style and script, by their
hashes (CSP level 3), so that a script injected by a value would not run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from epncli.display import links
from epncli.display.words import one_line
from epncli.formats.page import data, plan
from epncli.formats.page.columns import Column, columns
from epncli.formats.page.rows import Rows
from epncli.formats.page.words import EVERY, FOR_CSS, FOR_SCRIPT, FOR_TEMPLATE
from epncli.formats.published_table import caption
from epncli.formats.writing import Export, Written
from epncli.i18n import catalog, number_in
from epncli.model.structure import Kind, Structure
from epncli.rules.dates import in_words

if TYPE_CHECKING:
    from jinja2 import Template

_HERE: Final = Path(__file__).parent
_PARTS: Final = ("data", "fold", "search", "hours", "rows", "view", "plan", "near", "address", "sort", "main")
"""The parts of the script, in the order in which they need each other."""
_FIRST: Final = 30
"""How many rows of a longer page are shown at first. They are complete: they are seen before the script runs.

script/view.js and page.css have the same number.
"""
_WHOLE: Final = 500
"""The most rows that are all shown at once, for the browser to find text in, and that lack nothing without
the script."""


def write(export: Export) -> Written:
    """The page. With `export.fields`, it shows these fields, the name, labels and the state of a place."""
    places = [one for one in export.structures if not one.is_closed]
    closed = [one for one in export.structures if one.is_closed]
    places += closed
    words = _words(FOR_TEMPLATE, export.lang)
    shown = columns(export)
    lean = len(places) > _WHOLE
    on_plan = plan.drawn(places)
    anchors = _anchors(places, on_plan)
    whole = Rows(shown, export.lang, export.states, anchors, lean=False)
    rest = replace(whole, lean=lean)
    filters = _filters(places, export.lang)
    style, script = _style(export.lang), _script()
    page = _template().render(
        lang=export.lang,
        caption=caption(export),
        words=words,
        columns=shown,
        filters={name: found for name, found in filters.items() if found.can_choose()},
        every=_words(EVERY, export.lang),
        closed=_closed_in_words(len(closed), export.lang),
        plan=plan.svg(on_plan, anchors, words["plan"]) if on_plan else "",
        off_plan=_off_plan_in_words(len(places) - len(closed) - len(on_plan), export.lang),
        labelled=any(one.labels for one in places),
        date=in_words(export.states.today, export.lang),
        contact=one_line(export.contact),
        contact_link=_contact_link(export.contact),
        sources=_sources(places),
        rows=[*map(whole.html, places[:_FIRST]), *map(rest.html, places[_FIRST:])],
        lean=lean,
        data=data.as_json(_data(places, shown, filters, len(closed), export.lang)),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return Written(page.encode("utf-8", "replace"))


def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        autoescape=True,
        loader=FileSystemLoader(_HERE),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    ).get_template("page.html.j2")


def _filters(places: Sequence[Structure], lang: str) -> dict[str, data.Choices]:
    return {
        "commune": data.communes(places),
        "arrondissement": data.arrondissements(places, lang),
        "label": data.labels(places),
        "service": data.services(places),
    }


def _data(
    places: Sequence[Structure],
    shown: Sequence[Column],
    filters: dict[str, data.Choices],
    closed: int,
    lang: str,
) -> dict[str, Any]:
    """What the script reads."""
    return {
        "lang": lang,
        "words": _words(FOR_SCRIPT, lang),
        "lean": len(places) > _WHOLE,
        "town": _town(places),
        "open": len(places) - closed,
        "columns": [column.name for column in shown],
        "choices": {
            name: {"names": found.names, "rows": found.as_text}
            for name, found in filters.items()
            if found.can_choose() or (name == "service" and found.names)
        },
        **data.hours(places),
        **data.points(places),
        **data.away(places),
    }


def _closed_in_words(count: int, lang: str) -> str:
    """The label of the switch that shows the closed places; "" if there are none."""
    words = catalog(lang).ngettext(
        "Also show the place that has closed", "Also show the {count} places that have closed", count
    )
    return words.format(count=number_in(count, lang)) if count else ""


def _off_plan_in_words(count: int, lang: str) -> str:
    """How many open places are not on the plan; "" if all are."""
    words = catalog(lang).ngettext(
        "{count} place is not on the map.", "{count} places are not on the map.", count
    )
    return words.format(count=number_in(count, lang)) if count else ""


def _town(places: Sequence[Structure]) -> str:
    """The commune of all places, which the rows do not repeat; "" if there are several."""
    towns = {one_line(one.commune) for one in places}
    return towns.pop() if len(towns) == 1 else ""


def _words(words: dict[str, str], lang: str) -> dict[str, str]:
    translate = catalog(lang).gettext
    return {name: translate(word) for name, word in words.items()}


def _style(lang: str) -> str:
    """The style sheet, with the words that it puts before values."""
    words = "".join(f'--{name}: "{word}"; ' for name, word in _words(FOR_CSS, lang).items())
    return f":root {{ {words}}}\n" + _read("page.css")


def _script() -> str:
    parts = "\n".join(_read(f"script/{name}.js") for name in _PARTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The source expression of an inline style or script for a content security policy."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _anchors(places: Sequence[Structure], on_plan: Sequence[Structure]) -> dict[str, str]:
    """The anchors of the structures that replace others or are on the plan, by id.

    An id may have characters that no URL has.
    """
    wanted = {one.remplace_par for one in places if one.remplace_par and one.is_closed}
    wanted |= {one.id for one in on_plan}
    return {one.id: f"lieu-{place}" for place, one in enumerate(places, 1) if one.id in wanted}


def _contact_link(contact: str) -> str:
    """The link target for the contact of the registry: an e-mail address, a URL or a phone; else ""."""
    kinds = (Kind.COURRIEL, Kind.URL, Kind.TELEPHONE)
    return next(filter(None, (links.href(contact, kind, "") for kind in kinds)), "")


def _sources(places: Sequence[Structure]) -> list[str]:
    """Where the records come from, the most frequent first, at most five."""
    counts: dict[str, int] = {}
    for one in places:
        if source := one_line(one.source):
            counts[source] = counts.get(source, 0) + 1
    return sorted(counts, key=lambda source: -counts[source])[:5]
