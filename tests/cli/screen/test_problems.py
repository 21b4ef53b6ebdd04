"""The lines of a check: each names its place, and what many structures share is counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Invoke = Callable[..., Any]


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ("{id: b, nom: Médiathèque du Bachut, code_postal: '7'}", "Médiathèque du Bachut: "),
        ("{id: b, nom: '', code_postal: '7'}", "b: "),  # without a name, by its id
        ('{id: "b", nom: "\\e[31m\\nB", code_postal: "7"}', "\\u001b[31m\\u000aB: "),
    ],
)
def test_each_message_names_the_place(invoke: Invoke, registry_file: Any, record: str, place: str) -> None:
    registry_file(f"structures:\n  - {record}\n")
    said = [line for line in invoke("check").out.splitlines() if line.startswith("registry.yaml")]
    levels = ("error: ", "warning: ")
    assert len(said) > 1
    assert all(line.split(": ", 1)[1].startswith(tuple(f"{one}{place}" for one in levels)) for line in said)


@pytest.mark.parametrize("many", [False, True])
def test_more_than_twenty_places_that_nobody_can_contact_are_counted(
    invoke: Invoke, registry_file: Any, many: bool
) -> None:
    places = [
        f"  - {{id: s{n}, nom: N{n}, commune: Paris, code_postal: '75012', code_insee: '75112'}}\n"
        for n in range(20 + many)
    ]
    registry_file("structures:\n" + "".join(places) + "    # the end\n")
    run = invoke("check")
    listed = [line for line in run.out.splitlines() if "this structure cannot be contacted" in line]
    assert run.err == f"{len(places)} structures: no error, {len(places)} warnings\n"
    assert len(json.loads(invoke("check", "--format", "json").out)) == len(places)
    if not many:
        assert len(listed) == 20
        return
    assert run.out == (
        "registry.yaml: warning: 21 structures cannot be contacted: they have no phone number, "
        "e-mail address or website\n"
        "  ‘epn check --format json’ lists them one by one\n"
    )
