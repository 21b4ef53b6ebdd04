"""Resolution of a REF: the arguments of a command that name a structure, by id, name, place or phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from epncli.folding import fold
from epncli.model.structure import Structure
from epncli.query.search import folded_texts, is_phone, search


@dataclass(frozen=True, slots=True)
class Found:
    """The result of resolving a REF. Both lists are empty if no structure matches."""

    found: list[Structure]
    """The structures named: one, unless several ids were given, or several structures have the same id."""
    candidates: list[Structure]
    """The matching structures, if several match a REF that must name one: the user has to choose."""


NAMED_BY: Final = ("id", "nom", "commune", "code_postal", "telephones")
"""The fields in which a REF is looked up: a word of a note or of a reason for closing names nothing."""


def resolve(structures: Sequence[Structure], args: Sequence[str]) -> Found:
    """The structures that the arguments name.

    If all arguments are ids, each names its structure, in the order of the arguments; an id of several
    structures names all of them. Otherwise, the arguments together are one text that must match one
    structure, ignoring case and accents: by its id; if none matches, by its name; if none matches, by
    words of the fields in NAMED_BY, in any order, or by its phone number. If the arguments together match
    no structure, and each of them matches one, they name these.
    """
    by_id: dict[str, list[Structure]] = {}
    for structure in structures:
        by_id.setdefault(structure.id, []).append(structure)
    if all(arg in by_id for arg in args):
        return Found([structure for arg in dict.fromkeys(args) for structure in by_id[arg]], [])
    texts = folded_texts(structures, NAMED_BY)
    together = _matching(structures, texts, " ".join(args))
    if together.found or together.candidates or len(args) == 1:
        return together
    named: dict[int, Structure] = {}
    for arg in args:
        alone = by_id.get(arg) or _matching(structures, texts, arg).found
        if len(alone) != 1:
            return together
        named[id(alone[0])] = alone[0]
    return Found([*named.values()], [])


def _matching(structures: Sequence[Structure], texts: Sequence[str], text: str) -> Found:
    """The structure that a text matches, or the candidates. `texts` are those of the structures, folded."""
    wanted = fold(text)
    # A structure with this id or name also has its words: one search serves all three steps.
    terms = [text] if is_phone(text) else wanted.split()
    having = search(structures, terms, texts) if wanted else []
    for fitting in (
        (structure for structure in having if fold(structure.id) == wanted),
        (structure for structure in having if fold(structure.nom) == wanted),
        having,
    ):
        if found := _one_or_several(fitting):
            return found
    return Found([], [])


def _one_or_several(structures: Iterable[Structure]) -> Found | None:
    fitting = list(structures)
    if len(fitting) == 1:
        return Found(fitting, [])
    return Found([], fitting) if fitting else None
