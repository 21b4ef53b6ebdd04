"""`epn schema`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from epncli.model.structure import FIELDS

Command = Callable[..., Any]


def test_the_fields_with_what_they_hold(invoke: Command) -> None:
    run = invoke("schema", "--fields")
    assert (run.code, run.err) == (0, "")
    rows = [line.split("\t") for line in run.out.splitlines()]
    assert [row[0] for row in rows] == [*FIELDS]
    assert {len(row) for row in rows} == {4}
    about = {row[0]: row[1:] for row in rows}
    assert about["code_postal"] == ["Postal code", 'Required. Five digits between quotes: "75012".', ""]
    assert about["statut"] == ["Status", "One of the values of the list.", "ouvert|fermé"]
    assert about["presentation_resume"] == ["Summary", "At most 280 characters.", ""]
    assert about["adresse"] == ["Address", "", ""]
    assert "Private: exported only if --fields names it." in about["identifiants_externes"][1]


def test_the_fields_fit_the_terminal(terminal: Any) -> None:
    screen = terminal.run("schema", "--fields", columns=40, rows=600)
    assert screen.code == 0
    assert screen.lines[:4] == [
        "id  Identifier",
        "    Required. A unique id that never",
        "    changes, such as",
        "    ‘centre-d-animation-daviel’.",
    ]
    assert max(map(len, screen.lines)) <= 40


def test_without_an_option_it_is_the_schema(invoke: Command) -> None:
    assert json.loads(invoke("schema").out)["required"] == ["structures"]
    run = invoke("schema", "--fields", "--recipe")
    assert (run.code, run.err) == (
        2,
        "error: --fields and --recipe cannot be used together\n  remove --recipe\n",
    )
