from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.mark.parametrize("command", [("edit", "alternord"), ("add", "Neuf", "--code-postal", "75009")])
@pytest.mark.parametrize(
    ("option", "hint"),
    [
        ("--site-web", "--set site_web=VALUE"),
        ("--email", "--set courriels=VALUE"),
        ("--date_maj", "--set date_maj=VALUE"),
    ],
)
@pytest.mark.parametrize("glued", [False, True])
@pytest.mark.usefixtures("registry")
def test_a_field_that_is_no_option_is_told_how_to_set_it(
    invoke: Command, command: tuple[str, ...], option: str, hint: str, *, glued: bool
) -> None:
    run = invoke(*command, *([f"{option}=x"] if glued else [option, "x"]))
    error = f"error: there is no option {option}\n  to set this field: {hint}\n"
    assert (run.code, run.out, run.err) == (2, "", error)


@pytest.mark.parametrize(
    ("args", "name"),
    [
        (["edit", "alternord", "--adress", "x"], "--adress'. Did you mean '--adresse'?"),
        (["edit", "alternord", "--cp", "75012"], "--cp'. Did you mean '--code-postal'?"),
        (["add", "Neuf", "--telephones=x"], "--telephones'. Did you mean '--telephone'?"),
        (["list", "--cp", "75"], "--cp'. Did you mean '--code-postal'?"),
        (["list", "--département", "44"], "--département'. Did you mean '--code-postal'?"),
        (["list", "--fermés"], "--fermés'. Did you mean '--closed'?"),
        (["list", "--Aide"], "--Aide'. Did you mean '--help'?"),
        (["edit", "alternord", "--zzz", "x"], "--zzz'."),
        (["list", "--horaires"], "--horaires'."),
    ],
)
def test_another_option_that_does_not_exist_suggests_the_one_that_is_meant(
    invoke: Command, args: list[str], name: str
) -> None:
    run = invoke(*args)
    usage = {"edit": "[OPTIONS] [REF]...", "add": "[OPTIONS] NAME", "list": "[OPTIONS]"}[args[0]]
    assert (run.code, run.out, run.err) == (
        2,
        "",
        f"Usage: epn {args[0]} {usage}\nerror: No such option '{name}\nsee ‘epn {args[0]} --help’\n",
    )


def test_an_option_without_its_value_shows_the_usage_as_other_slips_do(invoke: Command) -> None:
    assert invoke("list", "--stale").err == (
        "Usage: epn list [OPTIONS]\nerror: Option '--stale' requires an argument.\nsee ‘epn list --help’\n"
    )


@pytest.mark.parametrize(
    ("args", "words", "hint"),
    [
        (["edit", "alternord", "adresse=3 rue x"], "adresse=3 rue x", "adresse=3 rue x"),
        (["edit", "alternord", "telephone+=3949"], "telephone+=3949", "telephone+=3949"),
        (["add", "Neuf", "cp=75012", "--code-postal", "75009"], "cp=75012", "cp=75012"),
    ],
)
@pytest.mark.usefixtures("registry")
def test_a_setting_without_its_option_is_no_name(
    invoke: Command, quoted: Callable[[str], str], args: list[str], words: str, hint: str
) -> None:
    run = invoke(*args)
    setting = quoted(hint) if " " in hint else hint
    error = f"error: ‘{words}’ is not the name of a structure\n  to set this field: --set {setting}\n"
    assert (run.code, run.out, run.err) == (2, "", error)


def test_a_name_and_an_id_may_have_an_equals_sign(invoke: Command, registry_file: Callable[..., Any]) -> None:
    registry_file('structures:\n  - {id: "nom=x", nom: X, commune: Paris, code_postal: "75012"}\n')
    assert invoke("edit", "nom=x", "--adresse", "1 rue x").err == (
        "X: changed address\n  to undo: epn undo\n"
    )
    assert invoke("add", "E=mc2", "--code-postal", "75009", "-q").code == 0


@pytest.mark.usefixtures("registry")
def test_words_after_list_are_told_how_to_search(invoke: Command, quoted: Callable[[str], str]) -> None:
    run = invoke("list", "--open", "emmaus", "la rue")
    command = f"epn search emmaus {quoted('la rue')}"
    error = f"error: ‘epn list’ takes no words\n  to search for them: {command}\n"
    assert (run.code, run.out, run.err) == (2, "", error)
