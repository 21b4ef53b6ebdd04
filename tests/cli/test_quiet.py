"""`--quiet`: counts and confirmations are left out, problems are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    "command",
    [
        "list",
        "search microlithe",
        "add Zoug --code-postal 75012",
        "edit microlithe --set adresse=x",
        "edit microlithe --set nom=Microlithe",
        "close alternord --date 2014",
        "close microlithe",
        "reopen microlithe",
        "reopen alternord",
        "verify alternord relais-du-16e",
        "remove alternord --yes",
        "merge alternord relais-du-16e --prefer keep --yes",
        "check --fix",
        "export csv",
        "export csv -o epn.csv",
        "init autre.yaml --schema",
        "undo --list",
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_nothing_is_said_where_all_is_well(invoke: Command, command: str, *, before: bool) -> None:
    name, *rest = command.split()
    run = invoke("-q", name, *rest) if before else invoke(name, *rest, "--quiet")
    assert (run.code, run.err) == (0, "")


def test_an_import_says_what_is_wrong(invoke: Command, registry: Path, tmp_path: Path) -> None:
    assert registry.exists()
    (tmp_path / "a.csv").write_text(
        "nom,commune,code_postal,telephones\nZoug,Lyon,69001,0478000000\nZag,Lyon,x,\n"
    )
    run = invoke("import", "a.csv", "--yes", "-q")
    assert (run.code, run.out, run.err) == (
        1,
        "",
        (
            "a.csv:3: error: Zag: code_postal: ‘x’ is not a postal code, which is five digits\n"
            "  write its five digits, such as 75012\n"
            "1 row refused\n"
        ),
    )
    assert invoke("undo", "-q").err == ""
    assert invoke("undo", "-q").err.startswith("registry.yaml: error: there is no change by epn to undo")


@pytest.mark.usefixtures("registry")
def test_warnings_errors_and_hints_stay(invoke: Command) -> None:
    run = invoke("-q", "edit", "alternord", "--set", "code_postal=69001")
    assert (run.code, run.err) == (
        0,
        (
            "warning: code_postal: ‘69001’ is the postal code of Lyon, not of ‘Paris’\n"
            "  postal codes of Paris: 75001, 75002, 75003, 75004, 75005, 75006 and 15 more; correct the code "
            "or the commune\n"
        ),
    )
    assert invoke("-q", "show", "nulle-part").err.startswith("error: no structure matches ‘nulle-part’\n")
    run = invoke("-q", "search", "microlite")
    assert (run.code, run.out, run.err) == (0, "", "closest names: Microlithe\n")
