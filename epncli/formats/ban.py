"""The CSV that the state's address service (BAN) geocodes, and its answer.

Sources: the columns that the service adds are those of addok-csv (`addok_csv/__init__.py`), on which
adresse.data.gouv.fr ran, and of the Géoplateforme (data.geopf.fr/geocodage/search/csv), which also has
`result_status`, `result_score_next`, `result_banId` and others. Both keep what was in the file.
"""

from __future__ import annotations

import csv as standard_csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from epncli.folding import fold
from epncli.formats import csv
from epncli.formats.reading import WORKBOOKS, InputFile, Reading, Row, bounded
from epncli.formats.tabular import geocoder, reader, sheets
from epncli.formats.writing import Export, Written
from epncli.i18n import _, ngettext
from epncli.model.structure import Structure, Texts
from epncli.query.distance import position

SENT: Final = ("id", "adresse", "code_postal", "commune")
"""The columns of the file for the service."""

_ANSWERED: Final = {
    "latitude": ("latitude",),
    "longitude": ("longitude",),
    "label": ("result label",),
    "score": ("result score",),
    "type": ("result type",),
    "postcode": ("result postcode",),
    "city": ("result city", "result municipality"),
    "old_city": ("result oldcity",),
    "citycode": ("result citycode",),
    "status": ("result status",),
}
"""The columns of the answer that are read, by attribute of `Answer`: the names that they have had, folded."""
_NEEDED: Final = ("latitude", "longitude", "score", "type")


@dataclass(frozen=True, slots=True)
class Answer(Row):
    """A row that the service has answered. `values` has what was sent; the rest is "" if it is not there."""

    latitude: str = ""
    longitude: str = ""
    label: str = ""
    """The address that the service understood."""
    score: str = ""
    type: str = ""
    """`housenumber`, `street`, `locality` or `municipality`."""
    postcode: str = ""
    city: str = ""
    old_city: str = ""
    """The former commune, which is now a part of `city`."""
    citycode: str = ""
    """The Insee code."""
    status: str = ""
    """`ok`, `not-found`, `skipped` or `error`."""

    @property
    def certainty(self) -> float:
        """The score, from 0 to 1; 0 if it is no such number."""
        return geocoder.certainty(self.score)


def write(export: Export) -> Written:
    """The addresses of the open structures without coordinates. `export.fields` is ignored."""
    text = io.StringIO(newline="")
    # Unquoted, an address with apostrophes makes addok-csv guess a wrong separator.
    writer = standard_csv.writer(text, quoting=standard_csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(SENT)
    left_out = []
    closed = sum(one.is_closed for one in export.structures)
    for structure in export.structures:
        if reason := _reason(structure, closed):
            left_out.append((structure, reason))
        else:
            writer.writerow([" ".join(str(structure.value(name)).split()) for name in SENT])
    return Written(text.getvalue().encode("utf-8", "replace"), tuple(left_out))


def _reason(structure: Structure, closed: int) -> str:
    """Why the structure is not sent; "" if it is. `closed` is the number of closed ones."""
    if structure.is_closed:
        return ngettext("closed structure", "closed structures", closed)
    if position(structure):
        return _("with coordinates")
    return "" if structure.adresse.strip() else _("without an address")


def read(file: InputFile) -> Reading:
    """The answers of the service, from a CSV with any separator or from a workbook. Raises Unreadable."""
    if file.data.startswith(WORKBOOKS):
        table = sheets.table(file)
        lines, recognised, warnings = table.lines, table.recognised, table.warnings
    else:
        lines, recognised = csv.table(file)
        warnings = ()
    header = reader.find_header(lines, file.mapping)
    columns = _columns(file, header.names if header else ())
    body = lines[header.place + 1 :] if header else []
    rows = bounded(file, _answers(body, columns))
    return Reading(file.name, rows, (_("answers of the address service"), *recognised), tuple(warnings))


def _columns(file: InputFile, titles: Sequence[str]) -> dict[str, int]:
    """The index of each column that the file has, by attribute of `Answer` or name in `SENT`."""
    folded = [fold(title) for title in titles]
    names = {name: (fold(name),) for name in SENT} | _ANSWERED
    found = {
        name: folded.index(title) for name, known in names.items() for title in known[::-1] if title in folded
    }
    for name in ("id", *_NEEDED):
        if name not in found:
            raise file.unreadable(
                _("this is not an answer of the address service: it has no column ‘{column}’").format(
                    column=names[name][0].replace(" ", "_")
                ),
                _("write a file with ‘epn export ban’, let the service geocode it, and import its answer"),
            )
    return found


def _answers(lines: Sequence[reader.Line], columns: Mapping[str, int]) -> Iterator[Answer]:
    for line, row in lines:
        if any(map(str.strip, row)):
            cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
            sent: dict[str, str | Texts] = {name: cells[name] for name in SENT if name in cells}
            yield Answer(line, sent, **{name: cells[name] for name in _ANSWERED if name in cells})
