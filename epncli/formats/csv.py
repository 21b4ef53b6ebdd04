"""CSV (RFC 4180: CRLF between rows, UTF-8), one row a structure, under the names of the fields.

With `excel`, what French Excel opens with a double click: `;`, a BOM, and the guard of `cells`.
"""

from __future__ import annotations

import csv
import io

from epncli.formats import cells
from epncli.formats.export import Export, Written
from epncli.structure import CHAMPS


def write(export: Export) -> Written:
    """The core fields and every other that is in use, lists joined with `|`."""
    names = cells.columns(export.structures, export.fields)
    columns = [cells.column(export.structures, name) for name in names]
    if export.excel:
        columns = [
            [cells.guard(cell, CHAMPS[name].kind) for cell in column]
            for name, column in zip(names, columns, strict=True)
        ]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if export.excel else ",", lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(zip(*columns, strict=True))
    # A lone surrogate, which no UTF-8 file holds, becomes a question mark.
    return Written(text.getvalue().encode("utf-8-sig" if export.excel else "utf-8", "replace"))
