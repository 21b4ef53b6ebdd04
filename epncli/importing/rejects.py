"""The list of everything that an import corrected or left out, as a table for a spreadsheet program."""

from __future__ import annotations

from epncli.formats.csv import table_for_excel
from epncli.i18n import _
from epncli.importing.corrections import Correction, Treatment
from epncli.importing.merge_result import Merge
from epncli.model.structure import FIELDS


def write(merged: Merge) -> bytes:
    """A CSV for Excel, with a line for each corrected cell, unused answer and error, in their order.

    The column is named by its header in the file, and by the field that epn reads from it.
    """
    found = [
        *(
            (name, line, (header, one.field, "", one.message, _("the row is left out")))
            for name, line, one, header in merged.errors
        ),
        *(
            (name, line, (header, one.field, one.id, one.message, _("left out")))
            for name, line, one, header in merged.not_used
        ),
        *(
            (name, line, (header, one.field, one.text, one.reason, what_was_done(one)))
            for name, line, one, header in merged.corrections
        ),
    ]
    files = {name: place for place, name in enumerate(dict.fromkeys(name for name, _line, _rest in found))}
    fields = {name: place for place, name in enumerate(("", *FIELDS))}
    found.sort(key=lambda one: (files[one[0]], one[1], fields[one[2][1]]))
    titles = (
        _("source file"), _("row"), _("column"), _("field"), _("value"), _("reason"), _("what was done"),
    )  # fmt: skip
    return table_for_excel([titles, *((name, str(line), *rest) for name, line, rest in found)])


def what_was_done(correction: Correction) -> str:
    """What was done with a cell, in words."""
    if correction.treatment is Treatment.SUMMARY_MOVED:
        return _("moved to presentation_detail")
    if correction.treatment is Treatment.UNKNOWN:
        return _("ignored; a value in the registry is kept")
    if correction.treatment is Treatment.LEFT_OUT:
        return _("left out")
    if not correction.values:
        return _("read as blank")
    return _("read as ‘{value}’").format(value=" | ".join(correction.values))
