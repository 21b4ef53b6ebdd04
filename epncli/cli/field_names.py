"""The fields that a person names in `--sort`, `--fields`, `--set` and `--unset`: `cp` is `code_postal`."""

from __future__ import annotations

from epncli.errors import BadUsage
from epncli.model.structure import FIELDS, Field


def field_named(typed: str) -> Field:
    """The field of that name, or of a header that `epn import` recognises as it. Raises BadUsage."""
    if field := FIELDS.get(typed.strip()):
        return field
    from epncli.formats.tabular.headers import field_of
    from epncli.model.fields import find_field

    return FIELDS.get(field_of(typed, {})) or find_field(typed)


def field_meant(typed: str) -> Field | None:
    """The field of that name or header, or None."""
    try:
        return field_named(typed)
    except BadUsage:
        return None


def fields_named(typed: str) -> tuple[str, ...]:
    """The names in `--fields`, without duplicates; none for "". Raises BadUsage for an unknown field."""
    names = typed.split(",") if typed else ()
    return tuple(dict.fromkeys(field_named(name).name for name in names))
