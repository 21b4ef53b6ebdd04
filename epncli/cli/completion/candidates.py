"""Completion candidates: the values a shell offers at the cursor.

Each function replaces the `shell_complete` of a Click parameter: it gets the context, with the parameters
typed so far, and the incomplete word. A missing or broken registry has no candidates, and causes no error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from epncli.cli.clock import today
from epncli.errors import EpnError
from epncli.model.structure import FIELDS, Field, Structure

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
    fitting = {"reopen": _is_closed, "call": _can_be_called}.get(ctx.info_name or "")
    return [
        CompletionItem(one.id, help=one.nom)
        for one in _structures(ctx)
        if (fitting is None or fitting(one)) and one.id not in typed and fits(one.id, incomplete)
    ]


def _is_closed(structure: Structure) -> bool:
    from epncli.display.state import States

    return structure.is_closed or States(today=today()).is_closed_for_a_time(structure)


def _can_be_called(structure: Structure) -> bool:
    from epncli.query.to_call import can_be_called

    return can_be_called(structure, today())


def communes(ctx: click.Context, incomplete: str) -> Items:
    """The communes in the registry."""
    return _items(_values(ctx, "commune"), incomplete)


def labels(ctx: click.Context, incomplete: str) -> Items:
    """The labels in the registry."""
    return _items((label for one in _structures(ctx) for label in one.labels), incomplete)


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
    for structure in _structures(ctx):
        value = structure.value(name)
        found += [value] if isinstance(value, str) else value
    return found


def _fields(incomplete: str, *, before: str = "", after: str = "") -> Items:
    return [
        CompletionItem(before + field.name + after, type=OPEN if after else "plain", help=field.label)
        for field in FIELDS.values()
        if field.name.startswith(incomplete)
    ]


def _items(values: Iterable[str], incomplete: str, *, before: str = "") -> Items:
    from epncli.folding import fold  # imported here and in `fits`: not needed by most commands

    found = dict.fromkeys(value for value in values if value and fits(value, incomplete))
    return [CompletionItem(before + value) for value in sorted(found, key=fold)]


def fits(value: str, incomplete: str) -> bool:
    """True if the value starts with the incomplete word, ignoring case, accents and punctuation."""
    from epncli.folding import fold_all

    if value.startswith(incomplete):
        return True
    folded, begun = fold_all((value, incomplete))
    return begun.strip() != "" and folded.startswith(begun)


def _structures(ctx: click.Context) -> Sequence[Structure]:
    from epncli.cli.registry_file import find_registry
    from epncli.registry.registry import Registry

    try:
        path = find_registry(_registry(ctx), reads_only=True)
        # During completion, standard input is the terminal.
        return [] if str(path) == "-" else Registry.read(Path(path).expanduser()).structures
    except (EpnError, OSError, RuntimeError):
        return []


def _registry(ctx: click.Context) -> str:
    """The value of --registry, behind the command or before it."""
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
