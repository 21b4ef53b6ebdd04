"""What the user is told about the columns of a table that are not read, or that share a field.

Of many columns, such as the answers to a survey, a few are named and the others counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from epncli.formats.tabular import headers
from epncli.formats.tabular.cells import letters
from epncli.formats.tabular.columns import LISTS, Assignment
from epncli.i18n import _, listed, ngettext, number
from epncli.model.structure import FIELDS
from epncli.rules import statut
from epncli.rules.texte import quoted

_NAMED: Final = 5
"""Largest number of columns of one kind that are named."""


def unknown(columns: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """The warnings about columns with unknown headers; each header with the filled cells below it.

    Columns that say which places are closed come first: without them, those come in as open ones.
    """
    columns = sorted(columns, key=lambda one: not _tells_status(one[1]))
    warnings = [_unknown(title, column) for title, column in columns[:_NAMED]]
    if more := len(columns) - len(warnings):
        words = ngettext(
            "{count} other unknown column is ignored", "{count} other unknown columns are ignored", more
        )
        warnings.append(words.format(count=number(more)))
    return warnings


def _unknown(title: str, column: Sequence[str]) -> str:
    title = headers.shown(title)
    words = _("the column ‘{header}’ is unknown and ignored").format(header=title)
    example = "statut" if _tells_status(column) else headers.nearest(title, column) or _("FIELD")
    return words + _('; to import it: --map "{header}={field}"').format(header=title, field=example)


def _tells_status(column: Sequence[str]) -> bool:
    """True if each cell of a column is a word for open or for closed, and not all places are open."""
    return {"fermé"} <= {statut.of_words(cell) for cell in column} <= {"ouvert", "fermé"}


def misfit(title: str, name: str, value: str) -> str:
    """The warning about a column whose values, such as `value`, are not those of the field of its header."""
    title = headers.shown(title)
    words = _("the column ‘{header}’ is ignored: most of its values do not fit ‘{field}’, such as ‘{value}’")
    return words.format(header=title, field=name, value=quoted(value)) + _(
        '; to import it: --map "{header}={field}"'
    ).format(header=title, field="notes")


def shared(titles: Sequence[str], assignments: Iterable[Assignment]) -> list[str]:
    """The warnings about several columns of one field that is not a list."""
    columns: defaultdict[str, list[int]] = defaultdict(list)
    for one in assignments:
        name = one.fields[0]
        if name in FIELDS and name not in LISTS:
            columns[name].append(one.columns[0])
    words = _("‘{field}’ is in several columns: {headers}; in each row, the first filled one counts")
    return [
        words.format(field=name, headers=listed(headers.shown(titles[at]) for at in places))
        for name, places in columns.items()
        if len(places) > 1
    ]


def without_header(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The warnings about values in columns whose header is empty."""
    places = [at for at, title in enumerate(titles) if not title.strip()]
    counts = [(at, sum(at < len(row) and bool(row[at].strip()) for row in rows)) for at in places]
    filled = [(at, count) for at, count in counts if count]
    warnings = [
        ngettext(
            "column {column} has no header: its {count} value is ignored; to import it, write a header "
            "above it",
            "column {column} has no header: its {count} values are ignored; to import them, write a header "
            "above them",
            count,
        ).format(column=letters(at), count=number(count))
        for at, count in filled[:_NAMED]
    ]
    if more := len(filled) - len(warnings):
        words = ngettext(
            "{count} other column without a header is ignored",
            "{count} other columns without a header are ignored",
            more,
        )
        warnings.append(words.format(count=number(more)))
    return warnings
