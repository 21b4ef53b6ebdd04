"""One of the versions of a merge: where its records stand in its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from epncli.registry.merging import version
from epncli.registry.merging.pieces import NotMergeable
from epncli.registry.merging.version import Version
from epncli.registry.registry import Registry
from epncli.yamlfile.source import decode


def version_of(text: str) -> Version:
    registry = Registry.read_text(decode(Path("registry.yaml"), text.encode()))
    return Version(registry, {index: index for index in range(len(registry.structures))})


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("structures:\n- {id: a}\n\n# b\n-   id: b\n", [12, 27]),
        ("structures: [\n  {id: a},  # a\n\n  {id: b}\n]\n", [14, 31]),
        ("structures: []\n", []),
    ],
)
def test_each_record_starts_with_its_line(text: str, starts: list[int]) -> None:
    assert version_of(text).starts == starts


@pytest.mark.parametrize(
    "text",
    [
        "structures: [{id: a},\n  {id: b}]\n",
        "structures: [\n  {id: a}, {id: b}]\n",
        "structures: [\n  {id: a}, # a\n  {id: b}, {id: c}]\n",
        "structures: [\n  {id: a\n  }, {id: b}]\n",
    ],
)
def test_a_record_that_shares_its_line_cannot_be_merged(text: str) -> None:
    with pytest.raises(NotMergeable):
        _ = version_of(text).starts


def test_the_lines_are_looked_for_until_a_record_has_none_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def line_start(_text: str, place: int) -> int:
        asked.append(place)
        return 0

    one = version_of("structures: [" + ", ".join(f"{{id: s{number}}}" for number in range(100)) + "]\n")
    monkeypatch.setattr(version, "line_start", line_start)
    with pytest.raises(NotMergeable):
        _ = one.starts
    assert asked == [13]
