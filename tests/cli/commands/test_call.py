"""`epn call` in a script; on a terminal, it is tested in tests/cli/call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.mark.usefixtures("registry")
def test_in_a_script_the_commands_that_do_the_same_are_named(invoke: Command) -> None:
    run = invoke("call")
    assert (run.code, run.out, run.err) == (
        2,
        "",
        (
            "error: a phone round needs a terminal\n"
            "  in a script, ‘epn list --to-call’ prints the structures to call; ‘epn verify’, ‘epn edit’ and "
            "‘epn close’ write the answers\n"
        ),
    )


def ids(run: Any) -> list[str]:
    return [line.split("\t")[0] for line in run.out.splitlines()]


@pytest.mark.usefixtures("registry")
def test_a_list_has_the_structures_to_call_in_their_order(invoke: Command) -> None:
    run = invoke("list", "--to-call")
    assert ids(run) == ["relais-du-16e", "epn-de-bourg"]
    assert run.err == "2 structures out of 4\n"
    assert ids(invoke("list", "--to-call", "--stale", "1")) == ["relais-du-16e", "epn-de-bourg", "alternord"]
    assert ids(invoke("list", "--to-call", "--limit", "1")) == ["relais-du-16e"]
    assert ids(invoke("list", "--to-call", "--commune", "bourg en bresse")) == ["epn-de-bourg"]
    assert ids(invoke("list", "--to-call", "--closed")) == []
