"""The columns that the state's geocoder adds to a table: only answers of which it is sure are used.

Source: Géoplateforme (IGN), service de géocodage, `search/csv`: `latitude`, `longitude`, `result_score` from
0 to 1, `result_postcode`, `result_city`, `result_citycode`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from epncli.folding import fold
from epncli.formats.tabular.columns import Assignment
from epncli.i18n import ngettext, number

SURE: Final = 0.9
"""The lowest score that is used. Below it, the answer is often another place."""
_SCORE: Final = "result score"
_ANSWERS: Final = frozenset(("latitude", "longitude", "result postcode", "result city", "result citycode"))
_LONGEST: Final = 25


def score_column(titles: Sequence[str]) -> int | None:
    """The index of the column with the scores, or None if the table does not come from the geocoder."""
    return next((at for at, title in enumerate(titles) if fold(title) == _SCORE), None)


def is_answer(title: str) -> bool:
    """True for the header of a column that the geocoder fills."""
    return fold(title) in _ANSWERS


def assignment(at: int, score_at: int, name: str) -> Assignment:
    """The column at `at` as the field of that name, in the rows with a sufficient score."""
    return Assignment((at, score_at), (name,), _if_sure)


def _if_sure(cells: Sequence[str]) -> Sequence[str]:
    return (cells[0] if _score(cells[1]) >= SURE else "",)


def _score(text: str) -> float:
    try:
        return float(text.strip().replace(",", ".")) if len(text) <= _LONGEST else 0.0
    except ValueError:
        return 0.0


def left_out(rows: Sequence[Sequence[str]], score_at: int) -> list[str]:
    """The warning about rows whose answer is not used; empty if there are none."""
    count = sum(score_at >= len(row) or not _score(row[score_at]) >= SURE for row in rows)
    if not count:
        return []
    words = ngettext(
        "the answer of the geocoder is ignored in {count} row, whose result_score is below 0.9",
        "the answer of the geocoder is ignored in {count} rows, whose result_score is below 0.9",
        count,
    )
    return [words.format(count=number(count))]
