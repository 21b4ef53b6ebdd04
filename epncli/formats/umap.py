"""What uMap shows of a structure: the name and the description of its popup, and the colour of its point.

uMap replaces `{field}` with the value of a property, turns its own markup (`**bold**`, `[[link|text]]`,
`{{image}}`, `{{{frame}}}`, `# title`) and web addresses into HTML, and shows the tags that it allows, also
`<img>` and `<iframe>`. Character references are left alone by all of this, and shown as characters.

Source: uMap 3.7.3, `js/modules/utils.js` (`greedyTemplate`, `toHTML`, `escapeHTML`) and
`js/modules/rendering/template.js`; the options of a point are those of `js/modules/schema.js`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from epncli.display.hours import in_words_to_paste
from epncli.display.links import href, site
from epncli.display.state import States
from epncli.display.words import one_line
from epncli.model.structure import Kind, Structure

OPTIONS: Final = "_umap_options"
"""The property in which uMap looks for the options of a point."""
RESERVED: Final = frozenset((OPTIONS, "_storage_options"))
"""Properties that change how uMap shows a point and what a click on it opens; the second is an old name."""

CLOSED_COLOUR: Final = "#6a6a6a"
CLOSED_FOR_A_TIME_COLOUR: Final = "#b34000"

_MARKUP: Final = re.compile(r"[<*{}\[\]|]|^[#-]|http(?=s?:)|&(?=(#?\w{1,40};?))")


def as_text(value: str) -> str:
    """A value on one line, so that uMap shows it as it is; what is no markup stays readable elsewhere."""
    return _MARKUP.sub(_reference, one_line(value))


def _reference(found: re.Match[str]) -> str:
    """The character references for what uMap, or HTML, would obey."""
    text = found[0]
    if text == "http":
        return _HTTP
    if text == "&":
        reference = f"&{found[1]}"
        return "&" if html.unescape(reference) == reference else "&amp;"
    return f"&#{ord(text)};"


_HTTP: Final = "&#104;ttp"
"""So that uMap makes no link of what follows."""


def options(structure: Structure, states: States) -> dict[str, str]:
    """The options of the point: closed ones have a colour; the others have that of their layer in uMap."""
    if structure.is_closed:
        return {"color": CLOSED_COLOUR}
    if states.is_closed_for_a_time(structure):
        return {"color": CLOSED_FOR_A_TIME_COLOUR}
    return {}


def description(structure: Structure, states: States, lang: str, fields: tuple[str, ...] = ()) -> str:
    """The state, the address, the hours in words, the phone numbers and the website, each on a line.

    With `fields`, only the state and what these name.
    """
    lines = _lines(structure, lang, frozenset(fields) or _DESCRIBED)
    if state := states.state_to_paste(structure, lang):
        return "\n".join((f"**{as_text(state[:1].upper() + state[1:])}**", *lines))
    return "\n".join(lines)


_DESCRIBED: Final = frozenset(("adresse", "code_postal", "commune", "horaires", "telephones", "site_web"))


def _lines(structure: Structure, lang: str, names: frozenset[str]) -> Iterator[str]:
    street, code, commune = (
        as_text(value) if name in names else ""
        for name, value in (
            ("adresse", structure.adresse),
            ("code_postal", structure.code_postal),
            ("commune", structure.commune),
        )
    )
    if address := ", ".join(filter(None, (street, f"{code} {commune}".strip()))):
        yield address
    if "horaires" in names and structure.horaires.strip():
        yield as_text(in_words_to_paste(structure.horaires, lang))
    numbers = structure.telephones if "telephones" in names else ()
    if phones := ", ".join(filter(None, (_phone(one, structure.code_postal) for one in numbers))):
        yield phones
    if "site_web" in names and (url := site(structure)):
        yield _link(url, url)


def _phone(number: str, code_postal: str) -> str:
    uri = href(number, Kind.TELEPHONE, code_postal)
    return _link(uri, number) if uri else as_text(number)


def _link(target: str, text: str) -> str:
    """uMap's link to a target in ASCII, in which the characters of its markup are percent-encoded.

    uMap would make another link of an address in the target, as those of web archives have.
    """
    encoded = target.replace("[", "%5B").replace("]", "%5D").replace("&", "&amp;")
    encoded = _ADDRESS_WITHIN.sub(_HTTP, encoded)
    return f"[[{encoded}|{as_text(text)}]]"


_ADDRESS_WITHIN: Final = re.compile(r"(?<=.)http(?=s?:)")
