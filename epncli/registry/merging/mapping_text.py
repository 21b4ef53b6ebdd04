"""The text of a mapping: a record, or what stands around the list of records. Its merge, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from epncli.registry.merging.field_text import FieldText
from epncli.registry.merging.pieces import Conflict, Piece, ended, lines_of
from epncli.registry.merging.tokens import Token, merge_tokens
from epncli.registry.three_way import TOGETHER
from epncli.yamlfile.layout import insertion_point, line_start, newline
from epncli.yamlfile.nodes import Node


@dataclass(frozen=True)
class Parts:
    """The fields of a mapping, each on lines of its own, and the lines between them."""

    dash: str
    """What stands before the first field."""
    indent: str
    """What stands before each other field."""
    order: list[str | tuple[str]] = field(default_factory=list)
    """The names of fields, each in a tuple, and the lines between them."""
    fields: dict[str, FieldText] = field(default_factory=dict)

    def tokens(self, numbers: Mapping[str, int]) -> list[Token]:
        """The fields as their numbers, and the lines between them."""
        return [numbers[item[0]] if isinstance(item, tuple) else item for item in self.order]


def parts_of(text: str, start: int, end: int, node: Node, dash: str) -> Parts | None:
    """The fields of the mapping between two positions; None if they do not each have lines of their own.

    `dash` is what stands before the first one.
    """
    found = Parts(dash, " " * len(dash))
    at = start
    for name, (key, value) in node.fields().items():
        line = line_start(text, key.start)
        if text[line : key.start] != (dash if found.fields == {} else found.indent):
            return None
        found.order.extend(lines_of(text[at:line]))
        found.order.append((name,))
        at = insertion_point(text, value.end)
        found.fields[name] = FieldText(ended(text[key.start : at], newline(text)), value, key.start)
    found.order.extend(ended(line, newline(text)) for line in lines_of(text[at:end]))
    return found


Sides = tuple[Parts, Parts, Parts]
"""Base, ours, theirs."""


def names_in(sides: Sides) -> list[str]:
    """The names of all fields."""
    return list(dict.fromkeys(name for one in sides for name in one.fields))


def merge_parts(sides: Sides, chosen: Mapping[str, Sequence[Piece]]) -> list[Piece] | None:
    """The merged text, with what has been chosen for each field; None if it would begin with a comment.

    A field of which nothing is chosen is left out. Conflicts of neighbouring fields that belong together are
    one.
    """
    numbers = {name: number for number, name in enumerate(chosen)}
    names = list(chosen)
    alive = {numbers[name] for name, pieces in chosen.items() if pieces}
    base, ours, theirs = (one.tokens(numbers) for one in sides)
    order = merge_tokens(base, ours, theirs, alive)
    dash, indent = sides[1].dash, sides[1].indent
    fields = [token for token in order if isinstance(token, int)]
    first = next((token for token in fields if _stands_alone(chosen[names[token]])), None)
    if dash and first is None:
        return None
    if dash and first is not None:
        at = next(at for at, token in enumerate(order) if isinstance(token, int))
        order.remove(first)
        order.insert(at, first)
    found: list[Piece] = []
    last: Token = ""
    for token in order:
        if isinstance(token, str):
            found.append(token)
        else:
            prefix = dash if token == first else indent
            pieces = [_prefixed(piece, prefix) for piece in chosen[names[token]]]
            if isinstance(last, int) and _belong_together(names[last], names[token]):
                _append_joined(found, pieces)
            else:
                found += pieces
        last = token
    return found


def _stands_alone(pieces: Sequence[Piece]) -> bool:
    """True if the pieces have a text, whichever side is chosen."""
    return all(piece.ours and piece.theirs if isinstance(piece, Conflict) else piece for piece in pieces)


def _belong_together(one: str, other: str) -> bool:
    return any(one in group and other in group for group in TOGETHER)


def _append_joined(found: list[Piece], pieces: Sequence[Piece]) -> None:
    """Append pieces; a conflict that follows a conflict is one with it."""
    for piece in pieces:
        if isinstance(piece, Conflict) and isinstance(last := found[-1], Conflict):
            found[-1] = Conflict(last.ours + piece.ours, last.theirs + piece.theirs)
        else:
            found.append(piece)


def _prefixed(piece: Piece, prefix: str) -> Piece:
    if isinstance(piece, Conflict):
        return Conflict(*(prefix + text if text else "" for text in piece))
    return f"{prefix}{piece}"
