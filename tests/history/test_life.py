from __future__ import annotations

import datetime
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repositories import Repository

from epncli.history.life import life
from epncli.history.versions import History, Version
from epncli.registry.compare import Group, changed_fields, match
from epncli.registry.registry import Registry
from epncli.yamlfile.source import decode


def registry_of(text: str) -> Registry:
    return Registry.read_text(decode(SimpleNamespace(name="registry.yaml"), text.encode()))  # type: ignore[arg-type]


def history_of(texts: Sequence[str]) -> Any:
    """A history with these texts, oldest first, on consecutive days."""
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    versions = [
        Version(str(number), day, day, "Claire", "", str(number), "registry.yaml")
        for number in range(len(texts))
    ]
    return SimpleNamespace(
        versions=versions[::-1],
        git=SimpleNamespace(contents=lambda blobs: (texts[int(blob)].encode() for blob in blobs)),
    )


def told(texts: Sequence[str], now: str, wanted: int = 0) -> list[tuple[str, str, tuple[str, ...]]]:
    """Version, group and fields of each event of a structure."""
    registry = registry_of(now)
    return [
        (event.version.commit if event.version else "-", event.change.group.value, event.change.fields)
        for event in life(history_of(texts), registry, registry.structures[wanted])
    ]


A = "structures:\n  - id: a\n    nom: A\n    commune: Paris\n    code_postal: '75020'\n"
B = "  - id: b\n    nom: B\n"
ALL = ("id", "nom", "commune", "code_postal")


@pytest.mark.parametrize(
    ("texts", "now", "events"),
    [
        ([A], A, [("0", "added", ALL)]),
        ([A, A + B], A + B, [("0", "added", ALL)]),
        (["structures: []\n", A, A], A, [("1", "added", ALL)]),
        (
            [A, A + "    notes: vu\n"],
            A,
            [("-", "other", ("notes",)), ("1", "other", ("notes",)), ("0", "added", ALL)],
        ),
        # An older version has the lines of a record in a text, or in another list.
        (["structures:\n  - id: b\n    notes: |\n      - id: a\n        nom: X\n"], A, [("-", "added", ALL)]),
        (["structures:\n  - id: b\nautres:\n  - id: a\n    nom: X\n"], A, [("-", "added", ALL)]),
        (["autres:\n  - id: a\n    nom: X\nstructures:\n  - id: b\n"], A, [("-", "added", ALL)]),
        # The record stands in the older version too, but with more below it.
        (
            [A + "    # vu\n\n    notes: vu\n", A],
            A,
            [("1", "other", ("notes",)), ("0", "added", (*ALL, "notes"))],
        ),
        ([A.replace("nom: A", "nom: B"), A], A, [("1", "renamed", ("nom",)), ("0", "added", ALL)]),
        ([A.replace("id: a", "id: 'b'"), A], A, [("1", "other", ("id",)), ("0", "added", ALL)]),
        ([A, "structures: [\n", A.replace("nom: A", "nom: B")], A, [
            ("-", "renamed", ("nom",)), ("2", "renamed", ("nom",)), ("0", "added", ALL),
        ]),
        ([A.replace("\n", "\r\n")], A, [("0", "added", ALL)]),
        (
            ["structures: [{id: a, nom: A, commune: Paris}]"],
            A,
            [("-", "other", ("code_postal",)), ("0", "added", ALL[:3])],
        ),
    ],
)  # fmt: skip
def test_each_version_that_changed_the_structure_is_an_event(
    texts: list[str], now: str, events: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    assert told(texts, now) == events


RECORD = st.fixed_dictionaries(
    {
        "style": st.sampled_from(["block", "braces", "name first", "quoted"]),
        "nom": st.sampled_from(["A", "B", "id: a"]),
        "notes": st.sampled_from(["", "vu", "id: a", "|\n        - id: a\n        # b\n"]),
        "comment": st.sampled_from(["", "    # id: a\n", "\n\n"]),
    }
)
VERSION = st.lists(st.tuples(st.sampled_from("abc"), RECORD), max_size=3, unique_by=lambda one: one[0])
ENDS = st.sampled_from(["\n", "\r\n"])


def written(records: list[tuple[str, dict[str, str]]], line_end: str) -> str:
    """A registry as different people write it."""
    text = "structures:\n"
    for name, record in records:
        nom, notes = f'"{record["nom"]}"', record["notes"]
        lines = [f"nom: {nom}", f"commune: {name}"]
        if record["style"] == "braces":
            text += f"  - {{id: {name}, {', '.join(lines)}}}\n"
            continue
        identifier = f"id: '{name}'" if record["style"] == "quoted" else f"id: {name}"
        lines.insert(1 if record["style"] == "name first" else 0, identifier)
        lines += [f"notes: {notes if notes.startswith('|') else repr(notes)}".rstrip("\n")] if notes else []
        text += "  - " + "\n    ".join(lines) + "\n" + record["comment"]
    return (text if records else "structures: []\n").replace("\n", line_end)


@given(versions=st.lists(st.tuples(VERSION, ENDS), min_size=1, max_size=5), now=VERSION.filter(bool))
def test_the_life_is_that_of_all_versions_parsed(versions: Any, now: Any) -> None:
    texts = [written(*version) for version in versions]
    last = written(now, "\n")
    expected = []
    later, version = registry_of(last).structures[0], "-"
    for number in reversed(range(len(texts))):
        structures = registry_of(texts[number]).structures
        found = match(structures, [later])[0].before
        if found is None:
            break
        if names := changed_fields(structures[found], later):
            expected.append((version, names))
        later, version = structures[found], str(number)
    *events, first = told(texts, last)
    assert [(commit, fields) for commit, _group, fields in events] == expected
    assert first[:2] == (version, "added")


@pytest.mark.needs("git")
def test_the_life_is_read_out_of_git(repository: Repository) -> None:
    repository.commit(A, "2026-01-01", author="Zoé")
    repository.commit(A + B, "2026-01-02")
    repository.commit(A.replace("nom: A", "nom: Autre") + B, "2026-01-03", author="Léo")
    file = repository.folder / "registry.yaml"
    registry = Registry.read(file)
    events = [
        (event.version.author, event.version.written.date().isoformat(), event.change.group)
        for event in life(History.of(file), registry, registry.structures[0])
        if event.version
    ]
    assert events == [("Léo", "2026-01-03", Group.RENAMED), ("Zoé", "2026-01-01", Group.ADDED)]
