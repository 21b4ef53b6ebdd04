"""Recognition of the field of a spreadsheet column by its header, in the words that people use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from epncli import i18n
from epncli.folding import fold
from epncli.formats.tabular import column_fit
from epncli.formats.tabular.synonyms import SYNONYMS
from epncli.model.structure import FIELDS
from epncli.rules import communes

_SAYING_NOTHING: Final = frozenset(
    word
    for words in ("d de des du l la le les un une ou", "ma mes notre nos votre vos", "of the")
    for word in words.split()
)
_SUBJECTS: Final = frozenset(
    ("structure", "struct", "struc", "lieu", "lieumed", "epn", "etablissement", "organisation", "org", "fs")
)
"""Words that are ignored in a header, since every row is one: `Nom de la structure`, `Adresse du lieu`."""
_PLACE_FIELDS: Final = frozenset(
    ("adresse", "complement_adresse", "code_postal", "commune", "code_insee", "latitude", "longitude")
)
_GROUPS: Final = {
    "contact": frozenset(("telephones", "courriels", "site_web")),
    **dict.fromkeys(
        ("adresse", "address", "localisation", "location", "geolocalisation", "geo", "geopoint"),
        _PLACE_FIELDS,
    ),
    **dict.fromkeys(
        ("coordonnees", "coordinates", "coords", "position", "gps"), frozenset(("latitude", "longitude"))
    ),
    "result": _PLACE_FIELDS - {"adresse"},
}
"""The first words of headers that belong together, and the fields that may follow: `adresse_commune` is the
commune, but `contact_nom` is not the name of the place. `result_city` comes from the state's geocoder."""
_BRACKET: Final = re.compile(r"[(\[][^()\[\]]*[)\]]")
_CAPITAL_WITHIN: Final = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
"""Where a word begins in `postalCode`."""
_LONGEST: Final = 100
_SHOWN: Final = 14
"""Number of headers that are shown together: a column for each half of a day."""


def shown(header: str) -> str:
    """A header on one line, for a message, shortened to `_LONGEST` characters."""
    header = " ".join(header.split())
    return header if len(header) <= _LONGEST else header[: _LONGEST - 1] + "…"


def shown_together(names: Iterable[str]) -> str:
    """Several headers on one line, without the empty ones; of many, the first."""
    found = list(dict.fromkeys(filter(None, map(shown, names))))
    return " + ".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")


def mapped(header: str, mapping: Mapping[str, str]) -> str | None:
    """The field that `mapping` gives a header: "" to leave the column out, None if it does not mention it."""
    return next((name for known, name in mapping.items() if fold(known) == fold(header)), None)


def field_of(header: str, mapping: Mapping[str, str], prefix: str = "") -> str:
    """The field of a header, or "" if it is unknown. `mapping`, from header to field, takes precedence.

    `prefix` is that of most headers of the table: it is ignored if the header as a whole is unknown.
    """
    if not header.strip() or len(header) > _LONGEST:
        return ""
    if mapping and (name := mapped(header, mapping)) is not None:
        return name
    return _field_of(header) or (_field_of(_without(header, prefix)) if prefix else "")


@cache
def _field_of(header: str) -> str:
    for text in (header, _BRACKET.sub(" ", header), _CAPITAL_WITHIN.sub(" ", header)):
        words = fold(text).split()
        if found := _field_of_words(words):
            return found
        if len(words) == 1 and (found := _field_of_words(_segmented(words[0]))):
            return found
    return ""


def _field_of_words(words: Sequence[str]) -> str:
    known = _known()
    words = [word for word in words if word not in _SAYING_NOTHING]
    bare = [word for word in words if word not in _SUBJECTS]
    if found := known.get(" ".join(words)) or known.get(" ".join(bare)):
        return found
    found = known.get(" ".join(bare[1:]), "")
    return found if bare and found in _GROUPS.get(bare[0], ()) else ""


@cache
def _known() -> dict[str, str]:
    """The field of each known header, folded. Names of the schema go before labels, these before synonyms.

    Labels are known in all languages, whatever the language of this process.
    """
    names = {_plain(name): name for name in FIELDS}
    for language in i18n.LANGUAGES:
        for name, field in FIELDS.items():
            names.setdefault(_plain(i18n.catalog(language).gettext(field.label_id)), name)
    for name, texts in SYNONYMS.items():
        for text in texts.split(","):
            names.setdefault(_plain(text), name)
    names.pop("", None)
    return names


def _plain(text: str) -> str:
    return " ".join(word for word in fold(text).split() if word not in _SAYING_NOTHING)


_LONGEST_RUN_TOGETHER: Final = 50
_SHORT_WORDS: Final = frozenset(("id", "cp"))


@cache
def _vocabulary() -> frozenset[str]:
    """The words of known headers, without abbreviations of one or two letters."""
    words = {word for header in _known() for word in header.split()} | _SUBJECTS
    return frozenset(word for word in words if len(word) > 2) | _SHORT_WORDS


def _segmented(text: str) -> Sequence[str]:
    """The known words of a header without spaces: `nomdelastructure`; empty unless it has no others.

    The last word must be a known one, for `sitel` is no site.
    """
    if len(text) > _LONGEST_RUN_TOGETHER:
        return ()
    vocabulary = _vocabulary()
    # The words up to each position, from the left.
    found: list[tuple[str, ...] | None] = [(), *[None] * len(text)]
    for start in range(len(text)):
        before = found[start]
        for end in range(start + 1, len(text) + 1) if before is not None else ():
            word = text[start:end]
            if found[end] is None and (word in vocabulary or word in _SAYING_NOTHING):
                found[end] = (*(before or ()), word)
    words = found[-1] or ()
    return words if len(words) > 1 and words[-1] in vocabulary else ()


_PREFIX: Final = re.compile(r"\s*([^\W_]{1,15})[_.]+(?=[^\W_])")
_FEWEST_PREFIXED: Final = 4
_REQUIRED_PLACE: Final = frozenset(("commune", "code_postal"))
_FIRST_NAMES: Final = frozenset(("prenom", "prenoms", "firstname", "first name"))


def common_prefix(headers: Sequence[str]) -> str:
    """The prefix of headers, folded, as `bf` in `bf_nom`, `bf_ville`; "" if there is none.

    It is that of most headers, or else the only ones that name a structure and its place have it: a form
    may have more columns of other questions. One that says something about its column, as `contact`, is none.
    """
    found = [match[1] for header in headers if (match := _PREFIX.match(header[:_LONGEST]))]
    prefix, count = next(iter(Counter(map(fold, found)).most_common(1)), ("", 0))
    if count < _FEWEST_PREFIXED or prefix in _vocabulary():
        return ""
    pairs = [(header, _without(header, prefix)) for header in headers if header.strip()]
    if any(fold(bare) in _FIRST_NAMES for _header, bare in pairs):  # the columns of a person
        return ""
    others = {field_of(header, {}) for header, bare in pairs if header == bare}
    if "nom" in others:
        return ""
    prefixed = {field_of(bare, {}) for header, bare in pairs if header != bare}
    names_places = "nom" in prefixed and prefixed & _REQUIRED_PLACE and not others & _REQUIRED_PLACE
    return prefix if 2 * count > len(pairs) or names_places else ""


def _without(header: str, prefix: str) -> str:
    found = _PREFIX.match(header[:_LONGEST])
    return header[found.end() :] if found and fold(found[1]) == prefix else header


def nearest(header: str, column: Sequence[str]) -> str:
    """The field with the most similar header that the cells of the column fit, to suggest it, or ""."""
    from rapidfuzz import fuzz, process

    known = _known()
    found = process.extract(
        fold(header[:_LONGEST]), known.keys(), scorer=fuzz.token_set_ratio, score_cutoff=75, limit=20
    )
    names = dict.fromkeys(known[text] for text, _score, _index in found)
    return next((name for name in names if column_fit.suggestible(name, column)), "")


def fields_of(headers: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    """The field of each header of a table, "" for an unknown one."""
    prefix = common_prefix(headers)
    return [field_of(header, mapping, prefix) for header in headers]


def recognised(cells: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    """The field of each column, "" for an unknown one; empty if the cells are not a header.

    A header has `id` or `nom`, and at least one other field. A row of values is none, even if some of them
    are also headers, such as `EPN` and `Public`.
    """
    fields = fields_of(cells, mapping)
    distinct = set(fields) - {""}
    if len(distinct) < 2 or not distinct & {"id", "nom"}:
        return []
    known = [cell for cell, name in zip(cells, fields, strict=True) if name]
    values = sum(_is_value(cell) for cell, name in zip(cells, fields, strict=True) if not name)
    return fields if values < len(known) and not all(map(_also_value, known)) else []


_VALUE: Final = re.compile(
    r"\s*(?:\S{1,80}@\S{1,80}\.\S{1,80}|(?:https?://|www\.)\S{1,1000}|\+?[0-9][0-9\s.,:/()+-]{2,60}|"
    r"oui|non|true|false|vrai|faux|yes|no)\s*",
    re.IGNORECASE,
)
"""An e-mail address, a web address, a number, a date, a time, a yes or a no."""
_ALSO_VALUES: Final = frozenset(
    word
    for words in (
        "epn structure lieu espace etablissement organisme reseau name",
        "public publics fixe mobile portable itinerant site web mail telephone accompagnement formations",
        "formation services service label labels handicap ouverture fermeture acces rdv rendez vous",
    )
    for word in words.split()
)
"""Headers that are also usual values of a cell, folded."""


def _is_value(cell: str) -> bool:
    """True for what is no header, such as the name of a commune: `Colonne` is one, `Colonne 12` is not."""
    if _VALUE.fullmatch(cell):
        return True
    return len(cell) <= _LONGEST and not re.search("[0-9]", cell) and bool(communes.codes(cell.strip()))


def _also_value(cell: str) -> bool:
    return fold(cell) in _ALSO_VALUES
