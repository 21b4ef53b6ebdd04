from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


def _changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, where nothing was moved."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(
    ("args", "said", "gone", "come"),
    [
        (
            ["--set", "adresse=12 rue Ordener"],
            "address",
            ['    date_maj: "2026-01-31"'],
            ["    adresse: 12 rue Ordener", '    date_maj: "2026-03-05"'],
        ),
        (
            ["--set", "telephones-=01.53.16.14.82"],
            "phone numbers",
            ["      - 01 53 16 14 82", '    date_maj: "2026-01-31"'],
            ['    date_maj: "2026-03-05"'],
        ),
        (
            ["--set", "telephones+=0153161484"],
            "phone numbers",
            ['    date_maj: "2026-01-31"'],
            ["      - 01 53 16 14 84", '    date_maj: "2026-03-05"'],
        ),
        (
            ["--set", "courriels=a@epn.fr | b@epn.fr", "--set", "courriels-=a@epn.fr"],
            "e-mail addresses",
            ['    date_maj: "2026-01-31"'],
            ["    courriels: [b@epn.fr]", '    date_maj: "2026-03-05"'],
        ),
        (
            ["--unset", "autres_formations_labels"],
            "other training and labels",
            ["    autres_formations_labels: [NetPublic]", '    date_maj: "2026-01-31"'],
            ['    date_maj: "2026-03-05"'],
        ),
        (
            ["--set", "date_maj=2026-02-02"],
            "last confirmation",
            ['    date_maj: "2026-01-31"'],
            ['    date_maj: "2026-02-02"'],
        ),
        (
            ["--set", 'nom=L’«Alter»: nord # "1"'],
            "name",
            ['    nom: "Alternord"', '    date_maj: "2026-01-31"'],
            ['    nom: "L’«Alter»: nord # \\"1\\""', '    date_maj: "2026-03-05"'],
        ),
    ],
)
def test_only_the_lines_of_what_changes_are_touched_and_it_can_be_taken_back(
    invoke: Command, registry: Path, args: list[str], said: str, gone: list[str], come: list[str]
) -> None:
    before = registry.read_text()
    run = invoke("edit", "alternord", *args)
    assert (run.code, run.out) == (0, "")
    first, second = run.err.splitlines()
    assert first.endswith(f": changed {said}")
    assert _changed_lines(before, registry.read_text()) == (gone, come)
    assert second == "  to undo: epn undo"
    assert invoke("undo").code == 0
    assert registry.read_text() == before


@pytest.mark.parametrize(
    ("args", "code", "err"),
    [
        (["alternord", "--set", "nom=Alternord"], 0, "Alternord: nothing to change\n"),
        (["alternord", "--set", "telephones=0153161482|+33153161483"], 0, "Alternord: nothing to change\n"),
        (["alternord", "--unset", "adresse"], 0, "Alternord: nothing to change\n"),
        (
            ["alternord", "--set", "nom="],
            2,
            "error: nom: this field is required\n  write the usual name of the place\n",
        ),
        (
            ["alternord", "--unset", "id"],
            2,
            (
                "error: id: this field is required\n"
                "  write an id that no other structure has, such as ‘centre-d-animation-daviel’\n"
            ),
        ),
        (
            ["alternord", "--set", "code_postal=99999", "--set", "telephones=123"],
            2,
            (
                "error: code_postal: ‘99999’ is not a postal code: none starts with 99\n"
                "  they start with 01 to 95, 970 to 978, 980, 984, 986, 987 or 988\n"
                "error: telephones: 7 digits are missing: ‘123’\n"
                "  a French number has 10 digits and starts with 0, such as ‘01 46 36 70 13’\n"
            ),
        ),
        (
            ["alternord", "--set", "telephones+=0153161484|0153161485"],
            2,
            (
                "error: ‘telephones+=’ takes one value, but ‘0153161484|0153161485’ has 2\n"
                "  repeat the option for each value: --set telephones+=A --set telephones+=B\n"
            ),
        ),
        (
            ["alternord", "--set", "telephones-=0153161499"],
            2,
            (
                "error: ‘telephones’ does not contain ‘0153161499’\n"
                "  it contains: 01 53 16 14 82, 01 53 16 14 83\n"
            ),
        ),
        (
            ["alternord", "--set", "nom+=x"],
            2,
            "error: ‘nom’ has a single value: += and -= are only for lists\n  use --set nom=VALUE\n",
        ),
        (
            ["alternord", "--set", "nom"],
            2,
            (
                "error: ‘nom’ is not of the form FIELD=VALUE\n"
                '  for example: --set "adresse=3 rue de la Paix"\n'
            ),
        ),
        (
            ["alternord", "--unset", "telefone"],
            2,
            "error: unknown field ‘telefone’\n  did you mean ‘telephones’?\n",
        ),
        (
            ["alternord", "--set", "date_maj=2026-03-06"],
            2,
            (
                "error: date_maj: ‘2026-03-06’ is in the future: today is 5 March 2026\n"
                "  write a date that is not in the future, in the form 2014-09-30\n"
            ),
        ),
        (
            ["alternord", "microlithe"],
            2,
            (
                "error: only one structure can be edited at a time in the text editor\n"
                "  give one id, or say with --set what to change in all of them\n"
            ),
        ),
        (
            ["alternord", "--set", "id=microlithe"],
            1,
            (
                "registry.yaml:5: error: another structure already has the id ‘microlithe’\n"
                "  choose another one with --set id=…, or omit it: epn then derives one from the name\n"
            ),
        ),
        (["--set", "nom=x"], 2, "error: no structure was given\n  give an id or a name\n"),
    ],
)
def test_what_changes_nothing_or_is_refused_leaves_the_file_as_it_was(
    invoke: Command, registry: Path, args: list[str], code: int, err: str
) -> None:
    before = registry.read_bytes()
    run = invoke("edit", *args)
    assert (run.code, run.out, run.err, registry.read_bytes()) == (code, "", err, before)


@pytest.mark.parametrize(
    ("args", "date"),
    [
        (["--set", "notes=code 4412B"], "2026-01-31"),
        (["--set", "rappeler_le=2026-12-03", "--set", "identifiants_externes=angers:115"], "2026-01-31"),
        (["--set", "notes=code 4412B", "--set", "adresse=12 rue Ordener"], "2026-03-05"),
        (["--set", "adresse=12 rue Ordener", "--unconfirmed"], "2026-01-31"),
        (["--set", "date_maj=2026-02-02", "--unconfirmed"], "2026-02-02"),
    ],
)
def test_only_a_published_field_confirms_the_record_and_not_with_unconfirmed(
    invoke: Command, registry: Path, args: list[str], date: str
) -> None:
    assert invoke("edit", "alternord", *args).code == 0
    assert f'date_maj: "{date}"' in registry.read_text()


def test_another_registry_is_named_in_what_takes_a_change_back(
    invoke: Command, registry: Path, quoted: Callable[[str], str]
) -> None:
    other = registry.rename(registry.with_name("mes lieux.yaml"))
    before = other.read_bytes()
    run = invoke("edit", "-r", other.name, "alternord", "--set", "notes=un\ndeux d'un $x \\ trait")
    back = f"  to undo: epn undo -r {quoted(other.name)}\n"
    assert (run.code, run.err) == (0, "Alternord: changed notes\n" + back)
    assert invoke("undo", "-r", other.name).code == 0
    assert other.read_bytes() == before


def test_an_id_may_look_like_an_option(invoke: Command, registry_file: Callable[..., Path]) -> None:
    registry_file("structures:\n  - {id: -r, nom: Trait, commune: Paris, code_postal: '75009'}\n")
    run = invoke("close", "--date", "2014", "--", "-r")
    assert (run.code, run.err) == (0, "Trait: closed in 2014\n  to undo: epn undo\n")


def test_it_takes_the_field_options_of_add(invoke: Command, registry: Path) -> None:
    run = invoke(
        "edit", "alternord", "--nom", "Alter Nord", "--commune", "Bourg-en-Bresse", "--code-postal", "01000",
        "--adresse", "1 rue X", "--telephone", "0474221011", "--telephone", "0474221012",
    )  # fmt: skip
    assert (run.code, run.out, run.err) == (
        0,
        "",
        "Alter Nord: changed name, commune, postal code, address, phone numbers\n  to undo: epn undo\n",
    )
    assert (
        "  - id: alternord  # vu sur place\n"
        '    nom: "Alter Nord"\n'
        "    commune: Bourg-en-Bresse\n"
        "    code_postal: '01000'\n"
        "    adresse: 1 rue X\n"
        "    telephones:\n"
        "      - 04 74 22 10 11\n"
        "      - 04 74 22 10 12"
    ) in registry.read_text()


def test_several_structures_are_changed_and_undone_together(invoke: Command, registry: Path) -> None:
    before = registry.read_bytes()
    run = invoke("edit", "alternord", "relais-du-16e", "epn-de-bourg", "--set", "source=Hub")
    assert (run.code, run.err) == (
        0,
        (
            "Alternord: changed source\nRelais du 16e – Émile: changed source\nEPN de Bourg: changed source\n"
            "  to undo: epn undo\n"
        ),
    )
    assert registry.read_text().count("    source: Hub\n") == 3
    again = invoke("edit", "alternord", "microlithe", "--set", "source=Hub")
    assert (again.code, again.err) == (
        0,
        "Alternord: nothing to change\nMicrolithe: changed source\n  to undo: epn undo\n",
    )
    invoke("undo")
    invoke("undo")
    assert registry.read_bytes() == before


@pytest.mark.parametrize(
    ("settings", "code", "err"),
    [
        ("telephones=0146", 2, "error: Alternord: telephones: "),
        ("id=neuf", 2, "error: an id belongs to one structure only\n  change the id of one structure"),
        ("telephones-=01 53 16 14 82", 2, "error: ‘telephones’ does not contain ‘01 53 16 14 82’"),
    ],
)
def test_of_several_structures_all_are_changed_or_none(
    invoke: Command, registry: Path, settings: str, code: int, err: str
) -> None:
    before = registry.read_bytes()
    run = invoke("edit", "alternord", "epn-de-bourg", "--set", settings)
    assert (run.code, run.err[: len(err)]) == (code, err)
    assert registry.read_bytes() == before


def test_a_warning_names_its_structure_where_there_are_several(invoke: Command, registry: Path) -> None:
    assert registry.exists()
    run = invoke("edit", "alternord", "epn-de-bourg", "--code-postal", "01000", "-q")
    assert (run.code, run.err) == (
        0,
        (
            "warning: Alternord: code_postal: ‘01000’ is the postal code of Bourg-en-Bresse, "
            "Saint-Denis-lès-Bourg, not of ‘Paris’\n"
            "  postal codes of Paris: 75001, 75002, 75003, 75004, 75005, 75006 and 15 more; correct the code "
            "or the commune\n"
        ),
    )


@pytest.mark.parametrize("first", ["=2030-02-01/2030-02-03|2030-02-01/2030-02-03", "+=2030-02-01/2030-02-03"])
def test_an_item_that_is_there_is_not_added_again(invoke: Command, registry: Path, first: str) -> None:
    field = "fermetures_temporaires"
    run = invoke("edit", "alternord", "--set", f"{field}{first}", "--set", f"{field}+=2030-02-01/2030-02-03")
    assert (run.code, run.err) == (0, "Alternord: changed closed for a time\n  to undo: epn undo\n")
    assert f"{field}: [2030-02-01/2030-02-03]\n" in registry.read_text(encoding="utf-8")
    run = invoke("edit", "alternord", "--set", f"{field}+=2030-02-01/2030-02-03")
    assert (run.code, run.err) == (0, "Alternord: nothing to change\n")
