"""Recognition of the columns of a table by their headers, unless their cells contradict these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from epncli.folding import fold
from epncli.formats import national as national_map
from epncli.formats.tabular import column_fit, headers
from epncli.formats.tabular.columns import LISTS, Assignment
from epncli.i18n import _, listed
from epncli.model.structure import FIELDS
from epncli.rules.texte import quoted

Rows = Sequence[Sequence[str]]


def assign(
    titles: Sequence[str], fields: Sequence[str], rows: Rows, mapping: Mapping[str, str], *, national: bool
) -> tuple[list[Assignment], list[str]]:
    """The assignments of columns to fields, and warnings about the columns that are left out.

    `titles` are the headers of the columns, `fields` the fields that they name, "" for none. Of several
    columns of one field, those that count first come first.
    """
    found: list[tuple[int, Assignment]] = []
    warnings: list[str] = []
    for at, (title, known) in enumerate(zip(titles, fields, strict=True)):
        bare = title.strip()
        name = bare if national and bare in national_map.OLD_COLUMNS else known
        is_mapped = headers.mapped(title, mapping) is not None
        if not bare or (is_mapped and not name):  # left out by --map "Header="
            continue
        column = column_fit.filled(rows, at)
        if not name:
            warnings.append(_unknown(title, column))
        elif not is_mapped and (value := column_fit.misfit(national_map.current_name(name), column)):
            warnings.append(_misfit(title, name, value))
        else:
            found.append((_rank(title, name, is_mapped=is_mapped), Assignment((at,), (name,))))
    found.sort(key=lambda ranked: ranked[0])
    assignments = [one for _rank, one in found]
    return assignments, warnings + _shared(titles, assignments)


def _rank(title: str, name: str, *, is_mapped: bool) -> int:
    """What counts first of several columns of one field: what --map says, then the name of the field."""
    if is_mapped:
        return 0
    return 1 if fold(title) == fold(name) else 2


def _unknown(title: str, column: Sequence[str]) -> str:
    title = headers.shown(title)
    words = _("the column ‘{header}’ is unknown and ignored").format(header=title)
    example = headers.nearest(title, column) or _("FIELD")
    return words + _('; to import it: --map "{header}={field}"').format(header=title, field=example)


def _misfit(title: str, name: str, value: str) -> str:
    title = headers.shown(title)
    words = _("the column ‘{header}’ is ignored: most of its values do not fit ‘{field}’, such as ‘{value}’")
    return words.format(header=title, field=name, value=quoted(value)) + _(
        '; to import it: --map "{header}={field}"'
    ).format(header=title, field="notes")


def _shared(titles: Sequence[str], assignments: Sequence[Assignment]) -> list[str]:
    """What the user must know about several columns of one field that is not a list."""
    columns: defaultdict[str, list[int]] = defaultdict(list)
    for one in assignments:
        for name in one.fields:
            if name in FIELDS and name not in LISTS:
                columns[name].append(one.columns[0])
    words = _("‘{field}’ is in several columns: {headers}; in each row, the first filled one counts")
    return [
        words.format(field=name, headers=listed(headers.shown(titles[at]) for at in places))
        for name, places in columns.items()
        if len(places) > 1
    ]
