"""A position among the tokens of a text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from epncli.rules.hours.tokens import Token, skip
from epncli.rules.hours.vocabulary import Kind


@dataclass
class Cursor:
    """The tokens of a text and the index of the next one."""

    tokens: list[Token]
    place: int = 0

    @property
    def next(self) -> Token:
        """The next token, which stays the next one."""
        return self.tokens[self.place]

    def at(self, *kinds: Kind) -> bool:
        """True if the next token is of such a kind."""
        return self.next.kind in kinds

    def after(self, *kinds: Kind) -> bool:
        """True if the token before the next one is of such a kind."""
        return self.place > 0 and self.tokens[self.place - 1].kind in kinds

    def take(self) -> Token:
        """The next token; the one after it is then the next."""
        token = self.next
        self.place += 1
        return token

    def skip(self, kinds: Collection[Kind]) -> None:
        """Move to the first token that is of none of these kinds."""
        self.place = skip(self.tokens, self.place, kinds)
