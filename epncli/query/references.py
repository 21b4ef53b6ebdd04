"""Which structures a person means: the REF of a command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from epncli.folding import fold
from epncli.model.structure import Structure
from epncli.query.search import is_phone, search


@dataclass(frozen=True, slots=True)
class Found:
    """What a REF stands for. Both lists empty: nothing fits."""

    found: list[Structure]
    """The structures that are meant; one, unless several ids were given, or several structures have one."""
    candidates: list[Structure]
    """Those that fit where one was asked for: a person has to choose."""


def resolve(structures: Sequence[Structure], args: Sequence[str]) -> Found:
    """The structures that the arguments stand for.

    Arguments that are all ids are that many structures, in the order of the arguments; an id that
    several structures have stands for all of them. Otherwise
    the arguments together are one text that must fit one structure, case and accents aside: as its
    id; if none has it, as its name; if none has it, as words that stand anywhere in it, in any
    order, or as its phone number.
    """
    by_id: dict[str, list[Structure]] = {}
    for structure in structures:
        by_id.setdefault(structure.id, []).append(structure)
    if all(arg in by_id for arg in args):
        return Found([structure for arg in dict.fromkeys(args) for structure in by_id[arg]], [])
    text = " ".join(args)
    wanted = fold(text)
    # What has the text as its id or its name has its words too: one search serves all three steps.
    having = search(structures, [text] if is_phone(text) else wanted.split()) if wanted else []
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
