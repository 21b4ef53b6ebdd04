"""All that an import left out or mended, as a table for a spreadsheet, where the source can be corrected."""

from __future__ import annotations

from epncli.formats.csv import table_for_excel
from epncli.i18n import _
from epncli.importing.cells import Done
from epncli.importing.merge import Merge
from epncli.importing.rows import MendedCell
from epncli.model.structure import FIELDS


def write(merged: Merge) -> bytes:
    """A row for each cell that was mended or left out and for each row that was refused, in their order."""
    found = [
        *(
            (name, line, (one.field, "", one.message, _("the row is left out")))
            for name, line, one in merged.errors
        ),
        *(
            (name, line, (one.field, one.text, one.reason, what_was_done(one)))
            for name, line, one in merged.cells
        ),
    ]
    files = {name: place for place, name in enumerate(dict.fromkeys(name for name, _line, _rest in found))}
    columns = {name: place for place, name in enumerate(("", *FIELDS))}
    found.sort(key=lambda one: (files[one[0]], one[1], columns[one[2][0]]))
    header = (_("file"), _("row"), _("column"), _("value"), _("reason"), _("what was done"))
    return table_for_excel([header, *((name, str(line), *rest) for name, line, rest in found)])


def what_was_done(cell: MendedCell) -> str:
    """What was done with a cell, in words."""
    if cell.done is Done.SUMMARY_MOVED:
        return _("moved to presentation_detail")
    if cell.done is Done.UNKNOWN:
        return _("ignored; a value in the registry is kept")
    if cell.done is Done.LEFT_OUT:
        return _("left out")
    if not cell.values:
        return _("read as blank")
    return _("read as ‘{value}’").format(value=" | ".join(cell.values))
