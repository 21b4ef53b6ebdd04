"""Size limits for the files that epn reads, whatever their format, and the errors for exceeding them.

Input files are untrusted, so memory and time must be bounded. Real lists stay far below these limits:
all of France has some 60,000 places, in a national file of under 20 MB.
"""

from __future__ import annotations

from typing import Final

from epncli.i18n import _, number

MAX_BYTES: Final = 64 * 1024 * 1024
"""Size of a file."""
LARGE: Final = 1 << 19
"""Size of a YAML file from which on what was read of it is kept in the user's cache folder. A smaller one is
read in less than a tenth of a second."""
MAX_ROWS: Final = 200_000
"""Structures in a file; lines in a text."""
MAX_FIELDS: Final = 1_000
"""Fields of a structure: keys of a mapping, columns of a table."""
MAX_ITEMS: Final = 1_000
"""Items of a list inside a structure."""
MAX_VALUES: Final = 4_000_000
"""Values in a file: all its scalars, lists and mappings, or all cells of a table."""
MAX_CHARACTERS: Final = 100_000
"""Characters in a value. An Excel cell holds at most 32,767."""
MAX_DEPTH: Final = 20
"""Nesting depth of lists and mappings. A registry is four levels deep."""

Refusal = tuple[str, str]
"""The message and the hint of an error."""


def too_large() -> Refusal:
    """The refusal of a file larger than MAX_BYTES."""
    return _no_list(_("the file is larger than {limit} MB").format(limit=MAX_BYTES >> 20))


def too_many_rows() -> Refusal:
    """The refusal of a file with more than MAX_ROWS rows."""
    return _no_list(_("the file has more than {limit} rows").format(limit=number(MAX_ROWS)))


def too_many_fields() -> Refusal:
    """The refusal of a structure with more than MAX_FIELDS fields."""
    return _no_list(_("there are more than {limit} fields here").format(limit=number(MAX_FIELDS)))


def too_many_items(limit: int) -> Refusal:
    """The refusal of a list longer than `limit`: MAX_ITEMS, or MAX_ROWS for the list of structures."""
    return _no_list(_("a list has more than {limit} items").format(limit=number(limit)))


def too_many_values() -> Refusal:
    """The refusal of a file with more than MAX_VALUES values."""
    return _no_list(_("the file has more than {limit} values").format(limit=number(MAX_VALUES)))


def too_long() -> Refusal:
    """The refusal of a value longer than MAX_CHARACTERS."""
    return _no_list(_("a value is longer than {limit} characters").format(limit=number(MAX_CHARACTERS)))


def too_deep() -> Refusal:
    """The refusal of values nested deeper than MAX_DEPTH."""
    return (
        _("lists and mappings are nested more than {limit} levels deep").format(limit=MAX_DEPTH),
        _("look for brackets or dashes that were typed or pasted by mistake"),
    )


def _no_list(message: str) -> Refusal:
    return message, _("a registry is a list of places: is this the right file?")
