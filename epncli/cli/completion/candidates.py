"""Completion candidates: the values a shell offers at the cursor.

Each function replaces the `shell_complete` of a Click parameter: it gets the context, with the parameters
typed so far, and the incomplete word. A missing or broken registry has no candidates, and causes no error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from epncli.cli.clock import today
from epncli.errors import EpnError
from epncli.model.structure import FIELDS, LABEL_FIELDS, Field, Structure

if TYPE_CHECKING:
    Items = list[CompletionItem[str]]
    Candidates = Callable[[click.Context, str], Items]

OPEN = "open"
"""The type of a candidate that is not a complete word: the shell adds no space after it."""


def files(_ctx: click.Context, incomplete: str) -> Items:
    """The request for the shell's own completion of file names."""
    return [CompletionItem(incomplete, type="file")]


def refs(ctx: click.Context, incomplete: str) -> Items:
    """The ids in the registry, each with its name; for `reopen` and `call`, only those that they accept."""
    typed = ctx.params.get("ref") or ()
    # `close` can also correct the date of a closed one.
    accepts = {"reopen": _is_closed, "call": _can_be_called}.get(ctx.info_name or "")
    deciding = ("statut", "telephones", "fermetures_temporaires") if accepts else ()
    ids, names, *others = _columns(ctx, "id", "nom", *deciding)
    found: Items = []
    for at in _fitting(ids, incomplete):
        values = {field: column[at] for field, column in zip(deciding, others, strict=True)}
        if ids[at] not in typed and (accepts is None or accepts(Structure.from_values(values))):
            found.append(CompletionItem(ids[at], help=names[at]))
    return found


def _is_closed(structure: Structure) -> bool:
    from epncli.display.state import States

    return not States(today=today()).is_open(structure)


def _can_be_called(structure: Structure) -> bool:
    from epncli.query.to_call import can_be_called

    return can_be_called(structure, today())


def communes(ctx: click.Context, incomplete: str) -> Items:
    """The communes in the registry."""
    return _items(_values(ctx, "commune"), incomplete)


def labels(ctx: click.Context, incomplete: str) -> Items:
    """The labels in the registry."""
    found = _columns(ctx, *LABEL_FIELDS)
    return _items(chain.from_iterable(chain.from_iterable(zip(*found, strict=True))), incomplete)


def postal_codes(ctx: click.Context, incomplete: str) -> Items:
    """The postal codes in the registry."""
    return _items(_values(ctx, "code_postal"), incomplete)


def reasons(ctx: click.Context, incomplete: str) -> Items:
    """The closing reasons in the registry."""
    return _items(_values(ctx, "motif_fermeture"), incomplete)


def field(_ctx: click.Context, incomplete: str) -> Items:
    """The fields of the schema."""
    return _fields(incomplete)


def fields(_ctx: click.Context, incomplete: str) -> Items:
    """The fields of the schema, for a list with commas, in which `-` may precede a field as in `--sort`."""
    before, comma, last = incomplete.rpartition(",")
    minus = "-" if last.startswith("-") else ""
    had = {name.removeprefix("-") for name in before.split(",")}
    found = _fields(last.removeprefix("-"), before=before + comma + minus)
    return [item for item in found if item.value.rpartition(",")[2].removeprefix("-") not in had]


def settings(ctx: click.Context, incomplete: str) -> Items:
    """`champ=`, then the values of its enumeration, or the values of that field in the registry."""
    return _bound(ctx, incomplete, "=")


def terms(ctx: click.Context, incomplete: str) -> Items:
    """`champ:`, then the same values as for `settings`."""
    return _bound(ctx, incomplete, ":")


def _bound(ctx: click.Context, incomplete: str, sign: str) -> Items:
    name, bound, value = incomplete.partition(sign)
    if not bound:
        return _fields(name, after=sign)
    field = FIELDS.get(name.rstrip("+-"))
    if field is None:
        return []
    earlier, pipe, last = value.rpartition("|") if field.many else ("", "", value)
    found = _known_values(ctx, field)
    return _items(found, last, before=name + sign + earlier + pipe)


_SHARED = (
    "commune", "code_postal", "structure_parente", "source", "autres_formations_labels", "motif_fermeture",
)  # fmt: skip
"""The fields whose values are often the same in several structures."""


def _known_values(ctx: click.Context, field: Field) -> Iterable[str]:
    if field.values:
        return field.values
    return _values(ctx, field.name) if field.name in _SHARED else ()


def _values(ctx: click.Context, name: str) -> list[str]:
    found: list[str] = []
    for value in _columns(ctx, name)[0]:
        found += [value] if isinstance(value, str) else value
    return found


def _fields(incomplete: str, *, before: str = "", after: str = "") -> Items:
    return [
        CompletionItem(before + field.name + after, type=OPEN if after else "plain", help=field.label)
        for field in FIELDS.values()
        if field.name.startswith(incomplete)
    ]


def _items(values: Iterable[str], incomplete: str, *, before: str = "") -> Items:
    from epncli.folding import fold  # imported here and in `_fitting`: not needed by most commands

    found = [value for value in dict.fromkeys(values) if value]
    fitting = [before + found[at] for at in _fitting(found, incomplete)]
    return [CompletionItem(value) for value in sorted(fitting, key=fold)]


def fits(value: str, incomplete: str) -> bool:
    """True if the value starts with the incomplete word, ignoring case, accents and punctuation."""
    return bool(_fitting([value], incomplete))


def _fitting(values: Sequence[str], incomplete: str) -> list[int]:
    """The indexes of the values that fit the incomplete word."""
    from epncli.folding import fold_all

    if all(value.startswith(incomplete) for value in values):
        return list(range(len(values)))
    *folded, begun = fold_all((*values, incomplete))
    begins = tuple([begun] if begun.strip() else [])
    return [
        at
        for at, (value, plain) in enumerate(zip(values, folded, strict=True))
        if value.startswith(incomplete) or plain.startswith(begins)
    ]


def _columns(ctx: click.Context, *names: str) -> list[list[Any]]:
    """The values of these fields in the registry, one for each structure. Those of a list field are lists."""
    from epncli.cli.registry_file import find_registry
    from epncli.registry.registry import read_columns

    try:
        path = find_registry(_registry(ctx), reads_only=True)
        if str(path) != "-":  # during completion, standard input is the terminal
            return read_columns(Path(path).expanduser(), names)
    except (EpnError, OSError, RuntimeError):
        pass
    return [[] for _ in names]


def _registry(ctx: click.Context) -> str:
    """The value of --registry, before or after the command."""
    return str(ctx.params.get("registry") or ctx.find_root().params.get("registry") or "")


def attach(command: click.Command) -> None:
    """Set the candidates of the parameters of a command, by their names.

    They are not set where the parameters are declared, since Typer would filter the candidates again and
    drop their types.
    """
    for parameter in command.params:
        if find := BY_NAME.get(str(parameter.name)):
            parameter.shell_complete = find  # type: ignore[method-assign, assignment]


BY_NAME: Mapping[str, Candidates] = {
    "code_postal": postal_codes,
    "commune": communes,
    "fields": fields,
    "file": files,
    "files": files,
    "label": labels,
    "output": files,
    "reason": reasons,
    "ref": refs,
    "near": refs,
    "successor": refs,
    "registry": files,
    "settings": settings,
    "sort": fields,
    "terms": terms,
    "unset": field,
}
"""The candidates by the name of the parameter, which means the same in every command."""
