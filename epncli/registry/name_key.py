"""The name, the postal code and the commune by which a place is recognised without its id."""

from __future__ import annotations

from typing import Final, NamedTuple

from epncli.folding import fold
from epncli.rules import communes


class NameKey(NamedTuple):
    """A name and a place, folded."""

    nom: str
    code_postal: str
    commune: str


NO_KEY: Final = NameKey("", "", "")


def name_key(nom: str, code: str, commune: str) -> NameKey:
    """The key of a place; "" for a part that has no value."""
    if code and not communes.is_code(code):
        from epncli.rules import code_postal

        code = code_postal.validate(code, commune).value
    return NameKey(fold(nom), code, communes.fold_commune(commune))


def is_another_place(one: NameKey, other: NameKey) -> bool:
    """True if the name, the postal code and the commune are all given and all differ."""
    return len(one.code_postal) == 5 and all(
        mine and its and mine != its for mine, its in zip(one, other, strict=True)
    )
