from __future__ import annotations

import pytest

from epncli.errors import Unreadable
from epncli.formats.detection import read
from epncli.formats.reading import InputFile, Row


def test_the_records_of_a_registry_are_rows_with_their_lines() -> None:
    text = (
        "# x\ntitre: T\nstructures:\n\n  - id: a\n    telephones: 3949\n\n  # b\n  - id: b\n    wifi: oui\n"
    )
    found = read(InputFile("autre.yaml", text.encode()))
    assert found.rows == [Row(5, {"id": "a", "telephones": ("3949",)}), Row(9, {"id": "b"})]
    assert found.warnings == ("unknown field ignored: ‘wifi’",)


def test_what_is_no_registry_is_refused_with_its_place() -> None:
    with pytest.raises(Unreadable) as refused:
        read(InputFile("autre.yaml", b"structures:\n  - id: a\n    id: b\n"))
    assert (refused.value.path, refused.value.line) == ("autre.yaml", 3)
