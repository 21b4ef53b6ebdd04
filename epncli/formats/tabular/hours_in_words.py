"""The column with the opening hours in words that `epn export xlsx` writes beside `horaires`.

`horaires` counts; the words only where it is empty, as in a row that someone has added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from epncli.display.hours import in_words_to_paste
from epncli.folding import fold
from epncli.formats.reading import shown_lines
from epncli.formats.tabular import columns
from epncli.formats.tabular.columns import Assignment
from epncli.i18n import ngettext, number
from epncli.rules import horaires

HEADER: Final = "horaires_en_clair"


def is_header(title: str) -> bool:
    """True for the header of the column."""
    return fold(title) == fold(HEADER)


def disagreements(
    titles: Sequence[str],
    lines: Iterable[tuple[int, Sequence[str]]],
    assignments: Sequence[Assignment],
    *,
    guarded: bool,
) -> list[str]:
    """The warning about rows in which the words do not mean what `horaires` says, if there are any."""
    of_hours = [one for one in assignments if one.fields == ("horaires",)]
    words_only = [one for one in of_hours if is_header(titles[one.columns[0]])]
    others = [one for one in of_hours if one not in words_only]
    if not words_only or not others:
        return []
    found = []
    for line, row in lines:
        hours, words = (
            " ".join(str(columns.values(row, ones, "", guarded=guarded).get("horaires", "")).split())
            for ones in (others, words_only)
        )
        if hours and words and not _mean_the_same(hours, words):
            found.append(line)
    return [_about(found)] if found else []


def _mean_the_same(hours: str, words: str) -> bool:
    if words in (hours, in_words_to_paste(hours, "fr")):
        return True
    read, of_words = horaires.validate(hours), horaires.validate(words)
    return not read.refused and not of_words.refused and read.value == of_words.value


def _about(lines: Sequence[int]) -> str:
    words = ngettext(
        "{count} row has other hours in ‘{header}’ than in ‘horaires’, which counts: row {rows}; to change "
        "the hours, write them in ‘horaires’, in words if you like",
        "{count} rows have other hours in ‘{header}’ than in ‘horaires’, which counts: rows {rows}; to "
        "change the hours, write them in ‘horaires’, in words if you like",
        len(lines),
    )
    return words.format(count=number(len(lines)), header=HEADER, rows=shown_lines(lines))
