"""The answers of the process that reads a workbook, and the text of a cell."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import python_calamine
from xlsxwriter import Workbook

from epncli.formats.tabular.workbook_process import _serve, as_text


class NobodyAsks(Exception):
    pass


@pytest.fixture
def answers(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., list[Any]]:
    """What the process says to these requests, of a workbook with these rows in its second sheet."""

    class Requests:
        def __init__(self, *lines: bytes) -> None:
            self.lines = iter(lines)

        def get(self) -> bytes:
            for line in self.lines:
                return line
            raise NobodyAsks

    def ask(rows: list[list[Any]], *lines: bytes) -> list[Any]:
        data = io.BytesIO()
        with Workbook(data, {"in_memory": True}) as book:
            for sheet in (book.add_worksheet("Lisez-moi"), book.add_worksheet("Lieux")):
                for number, row in enumerate(rows if sheet.name == "Lieux" else []):
                    sheet.write_row(number, 0, row)
        with pytest.raises(NobodyAsks):
            _serve(python_calamine, data.getvalue(), Requests(*lines))  # type: ignore[arg-type]
        return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]

    return ask


SHEETS = [["Lisez-moi", False], ["Lieux", False]]


def test_it_says_the_sheets_and_then_what_it_is_asked_for(answers: Callable[..., list[Any]]) -> None:
    rows = [[], ["", "nom"], ["", "é"], [], ["", 3.0], [], ["", " "], ["", True]]
    assert answers(rows) == [SHEETS]
    assert answers(rows, b"0 30\n", b"\n") == [SHEETS, None, None]
    assert answers(rows, b"1 4\n") == [
        SHEETS, [1, [], False, []], [2, ["", "nom"], False, []], [3, ["", "é"], False, []],
        [4, [], False, []], None,
    ]  # fmt: skip
    assert [answer and answer[:2] for answer in answers(rows, b"1 4\n", b"\n")[6:]] == [
        [5, ["", "3"]], [8, ["", "VRAI"]], None,
    ]  # fmt: skip
    assert [answer and answer[:2] for answer in answers(rows, b"1 1\n", b"0 1\n", b"1 2\n")[4:]] == [
        [1, []], [2, ["", "nom"]], None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (True, "VRAI"),
        (False, "FAUX"),
        (1e22, "1e+22"),
        (-3.0, "-3"),
        (7, "7"),
        (64.1, "64.1"),
        (48.856600000000001, "48.8566"),
        (-61.55088499999999, "-61.55088499999999"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (date(2014, 9, 30), "2014-09-30"),
        (datetime(2014, 9, 30), "2014-09-30"),  # noqa: DTZ001
        (datetime(2014, 9, 30, 14, 5), "2014-09-30 14:05:00"),  # noqa: DTZ001
        (time(9, 30), "09:30:00"),
        (timedelta(days=1), "1 day, 0:00:00"),
    ],
)
def test_a_value_is_text_as_a_person_would_have_typed_it(value: Any, text: str) -> None:
    assert as_text(value) == text
