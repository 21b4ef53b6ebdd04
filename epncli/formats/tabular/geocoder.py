"""The columns that the state's geocoder adds to a table: only answers of which it is sure are used.

Source: Géoplateforme (IGN), service de géocodage, `search/csv`: `latitude`, `longitude`, `result_score` from
0 to 1, `result_postcode`, `result_city`, `result_citycode`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from epncli.folding import fold
from epncli.formats.tabular.columns import Assignment
from epncli.i18n import _, ngettext, number

SURE: Final = 0.9
"""The lowest score that is used. Below it, the answer is often another place."""
_HEADER: Final = "result score"
_PREFIX: Final = "result "
_ANSWERS: Final = frozenset(("latitude", "longitude", "result postcode", "result city", "result citycode"))
_SCORE: Final = re.compile(r"(?:0(?:[.,][0-9]{1,30})?|1(?:[.,]0{1,30})?)")


def score_column(titles: Sequence[str]) -> int | None:
    """The index of the column with the scores, or None if the table does not come from the geocoder."""
    return next((at for at, title in enumerate(titles) if fold(title) == _HEADER), None)


def is_answer(title: str) -> bool:
    """True for the header of a column that the geocoder fills."""
    return fold(title) in _ANSWERS


def is_detail(title: str) -> bool:
    """True for the header of a column with what the geocoder says of its answer, such as `result_label`."""
    return fold(title).startswith(_PREFIX) and not is_answer(title)


def assignment(at: int, score_at: int, name: str) -> Assignment:
    """The column at `at` as the field of that name, in the rows with a sufficient score."""
    return Assignment((at, score_at), (name,), _if_sure)


def _if_sure(cells: Sequence[str]) -> Sequence[str]:
    return (cells[0] if certainty(cells[1]) >= SURE else "",)


def certainty(score: str) -> float:
    """The score of an answer, from 0 to 1; 0 for any other text."""
    score = score.strip()
    return float(score.replace(",", ".")) if _SCORE.fullmatch(score) else 0.0


def warnings(rows: Sequence[Sequence[str]], score_at: int, *, named: bool) -> list[str]:
    """What to say of rows whose answer is not used, and of a table without names: it is the answer alone."""
    found = []
    if count := sum(score_at >= len(row) or certainty(row[score_at]) < SURE for row in rows):
        words = ngettext(
            "the answer of the geocoder is ignored in {count} row, whose result_score is below 0.9",
            "the answer of the geocoder is ignored in {count} rows, whose result_score is below 0.9",
            count,
        )
        found.append(words.format(count=number(count)))
    if not named:
        found.append(_("this is an answer of the address service: import it with --format ban"))
    return found
