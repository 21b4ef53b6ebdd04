"""YAML: a registry, as epn itself writes one and reads it, unknown fields too."""

from __future__ import annotations

from epncli.formats.export import Export, Written
from epncli.structure import Structure, Value
from epncli.yamlfile.scalar import write_record, write_scalar

_COLUMN = 4
"""Where the fields of a record stand, behind its dash."""


def write(export: Export) -> Written:
    """The title and the structures; `fields` chooses among those that are filled."""
    lines = [f"titre: {write_scalar(export.titre)}\n"] if export.titre else []
    lines.append("structures:\n" if export.structures else "structures: []\n")
    lines += [f"  - {_record(one, export.fields)}\n" for one in export.structures]
    return Written("".join(lines).encode())


def _record(structure: Structure, fields: tuple[str, ...]) -> str:
    filled = structure.values()
    if fields:
        filled = {name: filled[name] for name in fields if name in filled}
    parts = [write_record(filled, _COLUMN)] if filled else []
    if not fields:
        parts += [
            f"{write_scalar(name)}: {_flow(value)}" for name, value in structure.inconnus.items()
        ]
    return ("\n" + " " * _COLUMN).join(parts) or "{}"


def _flow(value: Value) -> str:
    """A value of any depth on one line: who knows what an unknown field holds."""
    if isinstance(value, str):
        return write_scalar(value, flow=True)
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return "{" + ", ".join(f"{_flow(key)}: {_flow(one)}" for key, one in value.items()) + "}"
