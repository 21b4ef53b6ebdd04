"""What no list of places needs: a file with more than this is refused, whatever its format.

A file comes from anyone. These figures keep what it asks of the memory and the time within bounds, and
a real list far below them: all of France has some 60,000 places, and a national file under 20 MB.
"""

from __future__ import annotations

from typing import Final

from epncli.i18n import _, number

MAX_BYTES: Final = 64 * 1024 * 1024
"""Of a file."""
MAX_ROWS: Final = 200_000
"""Structures of a file; lines of a text."""
MAX_FIELDS: Final = 1_000
"""Of a structure: keys of a mapping, columns of a table."""
MAX_ITEMS: Final = 1_000
"""Of a list within a structure."""
MAX_VALUES: Final = 4_000_000
"""Of a file: all its texts, lists and mappings; cells of a table."""
MAX_CHARACTERS: Final = 100_000
"""Of a value. A cell of Excel has room for 32,767."""
MAX_DEPTH: Final = 20
"""Of lists and mappings within each other: a registry is four levels deep."""


Refusal = tuple[str, str]
"""The message and the hint of an error."""


def too_large() -> Refusal:
    """More than MAX_BYTES."""
    return _no_list(_("the file is larger than {limit} MB").format(limit=MAX_BYTES >> 20))


def too_many_rows() -> Refusal:
    """More than MAX_ROWS."""
    return _no_list(_("the file has more than {limit} rows").format(limit=number(MAX_ROWS)))


def too_many_fields() -> Refusal:
    """More than MAX_FIELDS."""
    return _no_list(_("there are more than {limit} fields here").format(limit=number(MAX_FIELDS)))


def too_many_items(limit: int) -> Refusal:
    """More than MAX_ITEMS; in the list of structures, more than MAX_ROWS."""
    return _no_list(_("a list has more than {limit} items").format(limit=number(limit)))


def too_many_values() -> Refusal:
    """More than MAX_VALUES."""
    return _no_list(_("the file has more than {limit} values").format(limit=number(MAX_VALUES)))


def too_long() -> Refusal:
    """More than MAX_CHARACTERS."""
    return _no_list(_("a value is longer than {limit} characters").format(limit=number(MAX_CHARACTERS)))


def too_deep() -> Refusal:
    """More than MAX_DEPTH."""
    return (
        _("lists and mappings are nested more than {limit} levels deep").format(limit=MAX_DEPTH),
        _("look for brackets or dashes that were typed or pasted by mistake"),
    )


def _no_list(message: str) -> Refusal:
    return message, _("a registry is a list of places: is this the right file?")
