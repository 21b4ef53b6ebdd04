"""The card of the structure to call: its phone numbers first, what is known, and what `check` says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console

from epncli.cli.clock import today
from epncli.cli.screen import terminal
from epncli.cli.screen.card import Line, Row, bold, laid_out, link, rows_of
from epncli.cli.screen.listing import name_of
from epncli.cli.session import worded
from epncli.display.state import States
from epncli.i18n import _
from epncli.model.structure import FIELDS, Structure
from epncli.problems import Problem
from epncli.query.to_call import sharing
from epncli.registry.registry import Registry
from epncli.validation import partial_registry
from epncli.validation.registry_check import check
from epncli.validation.structure_check import check_structure

_KNOWN: Final = (
    "horaires", "courriels", "site_web", "prise_rdv", "fermetures_temporaires", "notes", "rappeler_le",
)  # fmt: skip
"""The fields below the phone numbers, as far as they are filled."""
_MOST_CHECKED: Final = 5000
"""The largest registry that is checked as a whole for each card, which takes almost a second then."""


def call_card(registry: Registry, structure: Structure, progress: str, screen: Console) -> str:
    """The card of a structure. `progress` says which call it is: `3/12`."""
    states = States(registry.structures, today())
    head = [*map(bold, terminal.folded(f"{progress}  {name_of(structure)}", screen.width, 0))]
    phones = [_phone(line) for _label, line in rows_of(structure, ("telephones",), states)]
    rows = rows_of(structure, _KNOWN, states)
    if structure.date_maj:
        rows += rows_of(structure, ("date_maj",), states)
    else:
        rows.append((FIELDS["date_maj"].label, Line(_("never"))))
    rows += _same_number(registry, structure)
    rows += _check(registry, structure)
    return "\n".join([*head, *_address(structure, screen.width), "", *phones, "", *laid_out(rows, screen)])


def _address(structure: Structure, columns: int) -> list[str]:
    place = f"{structure.code_postal} {structure.commune}".strip()
    parts = filter(None, (structure.adresse, structure.complement_adresse, place))
    return terminal.fitted(" ".join(", ".join(parts).split()), columns, 0).split("\n")


def _phone(line: Line) -> str:
    number = bold(link(line.text, line.target) if line.target else line.text)
    return f"    {number}  {line.about}".rstrip()


def _same_number(registry: Registry, structure: Structure) -> list[Row]:
    names = [name_of(one) for one in sharing(structure, registry.structures)]
    label = _("Same number")
    return [("" if count else label, Line(name)) for count, name in enumerate(names)]


def _check(registry: Registry, structure: Structure) -> list[Row]:
    label = _("Check")
    return [
        ("" if count else label, Line(terminal.visible(worded(problem))))
        for count, problem in enumerate(_problems(registry, structure))
    ]


def _problems(registry: Registry, structure: Structure) -> Sequence[Problem]:
    if len(registry.structures) > _MOST_CHECKED:
        return check_structure(structure, today()).problems
    return check(partial_registry.from_registry(registry), today(), {structure.id}).problems
