"""Reading of the files that `epn import` is given."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from epncli import limits
from epncli.cli.clock import today
from epncli.cli.screen.progress import said_if_slow
from epncli.errors import BadUsage, Unreadable
from epncli.formats.detection import read
from epncli.formats.reading import WORKBOOKS, InputFile, Reading
from epncli.i18n import _
from epncli.importing.partner import Partner
from epncli.system.os_errors import because, how_to_read


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What the user says about the files."""

    form: str
    """The format, "" for the one that is detected."""
    sheets: Sequence[str]
    encoding: str
    fields: Mapping[str, str]
    """The field of each header in --map; "" for a column to leave out."""
    partner: Partner | None


def read_files(names: Sequence[str], how: HowToRead) -> list[Reading]:
    """The content of the files, once for each sheet. Raises Unreadable, and BadUsage for a wrong header."""
    readings = []
    for name in names:
        for file in _sheets(_input_file(name, how), how.sheets):
            with said_if_slow(_("reading {file}…").format(file=file.name)):
                readings.append(read(file, how.form))
    _refuse_unused(how, readings)
    if how.partner:
        how.partner.identify(readings)
    return readings


def fields_by_header(options: Sequence[str]) -> dict[str, str]:
    """The fields by header, from options such as `--map "Tél. accueil=telephones"`. Raises BadUsage.

    The field is "" for a column to leave out: `--map "Statut="`.
    """
    from epncli.model.fields import find_field

    fields: dict[str, str] = {}
    for option in options:
        header, equals, name = option.rpartition("=")
        if not equals or not header.strip():
            raise BadUsage(
                _("‘{text}’ is not of the form HEADER=FIELD").format(text=option),
                _('for example: --map "Tél. accueil=telephones"'),
            )
        fields[header.strip()] = find_field(name).name if name.strip() else ""
    return fields


def _refuse_unused(how: HowToRead, readings: Sequence[Reading]) -> None:
    used = frozenset[str]().union(*(reading.mapped for reading in readings))
    for header in how.fields.keys() - used:
        raise BadUsage(
            _("no file has a column ‘{header}’").format(header=header),
            _("copy the header exactly as it is in the file"),
        )
    if how.partner and how.partner.recipe.fields and not used:
        raise BadUsage(
            _("no file has any of the columns that the recipe names"),
            _("check that the recipe is the one of this partner"),
        )


def _input_file(name: str, how: HowToRead) -> InputFile:
    """The file of that name, or standard input for `-`. Raises Unreadable, also if it is too large."""
    shown, day = _("(standard input)") if name == "-" else name, today()
    try:
        if name == "-":
            data = sys.stdin.buffer.read(limits.MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(limits.MAX_BYTES + 1)
            day = datetime.fromtimestamp(Path(name).stat().st_mtime).date().isoformat()  # noqa: DTZ006
    except (OSError, ValueError, OverflowError) as failure:
        raise Unreadable(
            because(_("the file cannot be read"), failure),
            how_to_read(failure),
            path=shown,
        ) from None
    if len(data) > limits.MAX_BYTES:
        raise Unreadable(*limits.too_large(), path=shown)
    recipe = how.partner.recipe_of(day, how.fields) if how.partner else None
    mapping = {**recipe.fields, **how.fields} if recipe else how.fields
    return InputFile(shown, data, mapping=mapping, encoding=how.encoding, recipe=recipe)


def _sheets(file: InputFile, names: Sequence[str]) -> list[InputFile]:
    """The file for each of these sheets; once if it is no workbook."""
    if len(names) > 1 and file.data.startswith(WORKBOOKS):
        return [replace(file, name=f"{file.name} [{name}]", sheet=name) for name in dict.fromkeys(names)]
    return [replace(file, sheet=name) for name in names[:1]] or [file]
