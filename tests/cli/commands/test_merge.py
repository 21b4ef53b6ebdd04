"""`epn merge`: one place that stands twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Invoke = Callable[..., Any]

REGISTRY = """\
titre: EPN

structures:
  # tenue par Anne
  - id: rancy
    nom: "Salle des Rancy"  # le nom d’usage
    commune: Lyon
    code_postal: '69003'
    telephones: ["0478606401"]
    notes: rappeler Anne
    rappeler_le: "2026-12-01"
    date_maj: "2026-01-31"

  # ajoutée par la Ville
  - id: rancy-2
    nom: Salle Rancy
    commune: Lyon
    code_postal: "69003"
    adresse: 249 rue Vendôme
    telephones: [04 78 60 64 01, 04 78 60 64 02]
    identifiants_externes: ["lyon:2"]
    notes: demander Paul
    rappeler_le: "2026-11-01"
    date_maj: "2026-02-01"

  - id: ancienne
    nom: Ancienne salle
    commune: Lyon
    code_postal: "69003"
    statut: fermé
    date_fermeture: "2020"
    remplace_par: rancy-2
    date_maj: "2025-01-01"
"""
OTHER = REGISTRY[REGISTRY.index("  # ajoutée") : REGISTRY.index("  - id: ancienne")]
KEPT = """\
  # tenue par Anne
  - id: rancy
    nom: "Salle des Rancy"  # le nom d’usage
    commune: Lyon
    code_postal: '69003'
    adresse: 249 rue Vendôme
    telephones: ["04 78 60 64 01", 04 78 60 64 02]
    identifiants_externes: ["lyon:2"]
    notes: |-
      rappeler Anne
      demander Paul
    rappeler_le: "2026-11-01"
    date_maj: "2026-02-01"

"""
MERGED = (
    REGISTRY[: REGISTRY.index("  # tenue")]
    + KEPT
    + REGISTRY[REGISTRY.index("  - id: ancienne") :].replace("rancy-2", "rancy")
)
CHANGED = "changed address, phone numbers, external identifiers, notes, call back on"
DIFFERS = """\
error: 1 field of Salle des Rancy differs, but there is no terminal to ask on
  choose with --prefer keep or --prefer other:
  nom: ‘Salle des Rancy’, or ‘Salle Rancy’ of ‘rancy-2’
"""


@pytest.fixture
def twice(registry_file: Callable[..., Path]) -> Path:
    """A registry in which one place stands twice."""
    return registry_file(REGISTRY)


def test_one_structure_gets_what_the_other_has_and_the_other_goes(invoke: Invoke, twice: Path) -> None:
    run = invoke("merge", "rancy", "rancy-2", "--prefer", "keep", "--yes")
    assert (run.code, run.out, run.err) == (
        0,
        OTHER.removesuffix("\n"),
        (
            f"Salle des Rancy: merged with rancy-2; {CHANGED}\n"
            "Ancienne salle: closed in 2020, see Salle des Rancy\n"
            "  to undo: epn undo\n"
        ),
    )
    assert twice.read_text() == MERGED
    assert invoke("check").code == 0
    assert invoke("undo").err == "undone: epn merge (2 changes, 1 removal)\n"
    assert twice.read_text() == REGISTRY


def test_the_values_of_the_other_one_count_if_it_is_preferred(invoke: Invoke, twice: Path) -> None:
    assert invoke("merge", "rancy", "rancy-2", "--prefer", "other", "--yes").code == 0
    assert twice.read_text() == MERGED.replace('nom: "Salle des Rancy"', 'nom: "Salle Rancy"')


def test_a_script_without_a_preference_is_told_what_differs(invoke: Invoke, twice: Path) -> None:
    for options in ([], ["--yes"], ["--dry-run"], ["--close"]):
        run = invoke("merge", "rancy", "rancy-2", *options)
        assert (run.code, run.out, run.err) == (2, "", DIFFERS)
    assert twice.read_text() == REGISTRY


def test_a_script_needs_a_yes_for_a_removal_and_for_nothing_else(invoke: Invoke, twice: Path) -> None:
    run = invoke("merge", "rancy", "rancy-2", "--prefer", "keep")
    assert (run.code, run.out, run.err) == (
        2,
        "",
        (
            "error: there is no terminal to ask: Merge them into Salle des Rancy, and remove rancy-2?\n"
            "  add --yes\n"
        ),
    )
    run = invoke("merge", "rancy", "rancy-2", "--prefer", "keep", "--dry-run")
    assert (run.code, run.err) == (0, "")
    assert "-  - id: rancy-2\n" in run.out
    assert twice.read_text() == REGISTRY


def test_the_other_one_can_stay_closed_and_replaced(invoke: Invoke, twice: Path) -> None:
    run = invoke("merge", "rancy", "rancy-2", "--prefer", "keep", "--close")
    assert (run.code, run.out, run.err) == (
        0,
        "",
        (
            f"Salle des Rancy: merged with rancy-2; {CHANGED}\n"
            "Salle Rancy: closed on 5 March 2026, see Salle des Rancy\n"
            "  to undo: epn undo\n"
        ),
    )
    closed = OTHER.replace(
        '    identifiants_externes: ["lyon:2"]\n',
        '    statut: fermé\n    date_fermeture: "2026-03-05"\n    remplace_par: rancy\n',
    )
    closed = closed.replace('    rappeler_le: "2026-11-01"\n', "").replace("2026-02-01", "2026-03-05")
    start, _kept, _other, rest = (
        REGISTRY[: REGISTRY.index("  # tenue")], KEPT, OTHER, REGISTRY[REGISTRY.index("  - id: ancienne") :],
    )  # fmt: skip
    assert twice.read_text() == start + KEPT + closed + rest
    assert invoke("check").code == 0
    assert invoke("undo").code == 0
    assert twice.read_text() == REGISTRY


def test_several_are_merged_in_the_order_in_which_they_are_given(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    place = "  - {{id: {}, nom: A, commune: Lyon, code_postal: '69003', telephones: [{}]}}\n"
    numbers = ("04 78 60 64 01", "04 78 60 64 02", "04 78 60 64 03")
    text = "structures:\n" + "".join(map(place.format, "abc", numbers))
    path = registry_file(text)
    assert invoke("merge", "b", "c", "a", "--yes").code == 0
    assert path.read_text() == "structures:\n" + place.format(
        "b", "04 78 60 64 02, 04 78 60 64 03, 04 78 60 64 01"
    )


def test_a_closing_is_taken_as_a_whole_or_not_at_all(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    base = "    nom: A\n    commune: Lyon\n    code_postal: '69003'\n"
    closing = "    statut: fermé\n    date_fermeture: 2014-09\n    motif_fermeture: bail\n"
    path = registry_file(f"structures:\n  - id: a\n{base}  - id: b\n{base}{closing}")
    run = invoke("merge", "a", "b")
    assert run.err.splitlines()[-1] == "  statut: ‘open’, or ‘closed in September 2014: bail’ of ‘b’"
    assert invoke("merge", "a", "b", "--prefer", "keep", "--yes").code == 0
    assert path.read_text() == f"structures:\n  - id: a\n{base}"
    assert invoke("undo").code == 0
    assert invoke("merge", "a", "b", "--prefer", "other", "--yes").code == 0
    assert path.read_text() == f"structures:\n  - id: a\n{base}{closing}"


PLACE = "nom: A, commune: Lyon, code_postal: '69003'"
REPLACED_TWICE = (
    f"structures:\n  - {{id: a, {PLACE}, statut: fermé, remplace_par: b}}\n"
    f"  - {{id: b, {PLACE}, statut: fermé, remplace_par: c}}\n"
    f"  - {{id: c, {PLACE}}}\n"
)


@pytest.mark.parametrize("pair", [("a", "b"), ("b", "a")])
@pytest.mark.parametrize("options", [("--prefer", "keep"), ("--prefer", "other"), ()])
def test_the_successor_of_places_that_replace_each_other_is_the_one_of_both(
    invoke: Invoke, registry_file: Callable[..., Path], pair: tuple[str, str], options: tuple[str, ...]
) -> None:
    path = registry_file(REPLACED_TWICE)
    assert invoke("merge", *pair, "--yes", *options).code == 0
    assert path.read_text() == (
        f"structures:\n  - {{id: {pair[0]}, {PLACE}, statut: fermé, remplace_par: c}}\n"
        f"  - {{id: c, {PLACE}}}\n"
    )


def test_a_place_does_not_replace_itself_afterwards(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    path = registry_file(REPLACED_TWICE)
    before = path.read_text()
    run = invoke("merge", "a", "c", "--yes", "--prefer", "keep")
    assert (run.code, run.err) == (
        2,
        "error: A cannot replace itself\n  remove ‘remplace_par’ from the structure that is in use\n",
    )
    assert path.read_text() == before


@pytest.mark.parametrize(
    ("args", "code", "err"),
    [
        (
            ["rancy"], 2,
            ("error: two different structures are needed, and only Salle des Rancy was given\n"
            "  give the structure to keep, then the one that is the same place\n"),
        ),
        (
            ["rancy", "Salle des Rancy"], 2,
            ("error: two different structures are needed, and only Salle des Rancy was given\n"
            "  give the structure to keep, then the one that is the same place\n"),
        ),
        (
            ["rancy", "nulle part"], 1,
            ("error: no structure matches ‘nulle part’\n"
            "  search for one of these words with ‘epn search WORD’\n"),
        ),
        (
            ["ancienne", "salle"], 1,
            ("error: 3 structures match ‘salle’\n  give the id of one of them:\n"
            "  rancy · Salle des Rancy · 69003 Lyon · 0478606401\n"
            "  rancy-2 · Salle Rancy · 69003 Lyon · 249 rue Vendôme\n"
            "  ancienne · Ancienne salle · 69003 Lyon · closed\n"),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_what_cannot_be_merged_is_said(
    invoke: Invoke, twice: Path, args: list[str], code: int, err: str
) -> None:
    run = invoke("merge", *args, "--yes", "--prefer", "keep")
    assert (run.code, run.out, run.err) == (code, "", err)
    assert twice.read_text() == REGISTRY


def test_fields_that_epn_does_not_know_are_printed_and_said(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    registry_file(REGISTRY.replace("    adresse: 249", "    couleur: rouge\n    adresse: 249"))
    run = invoke("merge", "rancy", "rancy-2", "--prefer", "keep", "--yes")
    assert "    couleur: rouge\n" in run.out
    assert run.err.endswith(
        "warning: Salle Rancy: removed with the record: couleur, which epn does not know\n"
        "  copy them from the printed lines if they are needed\n"
    )


def test_a_check_names_the_command_for_a_duplicate(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    registry_file(REGISTRY.replace("0478606401", "04 78 60 64 01").replace("Salle des Rancy", "Salle Rancy"))
    run = invoke("check")
    assert (
        "possible duplicate of ‘rancy’: same phone number and nearly the same name\n"
        "  if they are the same place: epn merge rancy rancy-2; "
        "otherwise give them names that differ more\n"
    ) in run.out + run.err


def test_a_person_is_asked_for_each_value_and_before_the_removal(terminal: Any, twice: Path) -> None:
    screen = terminal.run(
        "merge", "rancy", "rancy-2", columns=100, env={"EPN_LANG": "en"},
        answers=[("[K/t]", "t\r"), ("[y/N]", "y\r")],
    )  # fmt: skip
    assert screen.code == 0
    assert screen.lines[:4] == [
        "to keep: rancy · Salle des Rancy · 69003 Lyon · 0478606401",
        "the same place: rancy-2 · Salle Rancy · 69003 Lyon · 249 rue Vendôme",
        "nom: keep ‘Salle des Rancy’, or take ‘Salle Rancy’? [K/t] t",
        "Merge them into Salle des Rancy, and remove rancy-2? [y/N] y",
    ]
    assert twice.read_text() == MERGED.replace('nom: "Salle des Rancy"', 'nom: "Salle Rancy"')


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        ([("[G/p]", "\r"), ("[o/N]", "\r")], 1, "rien n’a été modifié"),
        ([("[G/p]", "\x04")], 130, "interrompu"),
    ],
    ids=["no", "end of input"],
)
def test_a_person_who_declines_changes_nothing(
    terminal: Any, twice: Path, answers: list[tuple[str, str]], code: int, said: str
) -> None:
    screen = terminal.run("merge", "rancy", "rancy-2", env={"EPN_LANG": "fr"}, answers=answers)
    assert screen.code == code
    assert screen.lines[2].startswith(
        "nom\xa0: garder «\xa0Salle des Rancy\xa0», ou prendre «\xa0Salle Rancy\xa0»\xa0? [G/p]"
    )
    assert said in screen.text
    assert twice.read_text() == REGISTRY


def test_of_several_others_the_last_one_counts_if_they_are_preferred(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    place = "  - {{id: {0}, nom: {1}, commune: Lyon, code_postal: '69003'}}\n"
    path = registry_file("structures:\n" + "".join(place.format(one, one.upper()) for one in "abc"))
    run = invoke("merge", "a", "b", "c")
    assert run.err.splitlines()[2:] == ["  nom: ‘A’, or ‘B’ of ‘b’", "  nom: ‘A’, or ‘C’ of ‘c’"]
    assert invoke("merge", "a", "b", "c", "--prefer", "other", "--yes").code == 0
    assert path.read_text() == "structures:\n" + place.format("a", "C")


def test_a_structure_without_an_id_can_go_but_not_be_kept(
    invoke: Invoke, registry_file: Callable[..., Path]
) -> None:
    place = "nom: Salle {}, commune: Lyon, code_postal: '69003'"
    first = f"structures:\n  - {{id: a, {place.format('A')}}}\n"
    path = registry_file(f"{first}  - {{{place.format('B')}}}\n  - {{id: c, {place.format('C')}}}\n")
    run = invoke("merge", "salle b", "a", "--prefer", "keep", "--yes")
    assert (run.code, run.err) == (2, "error: Salle B has no id\n  give it one with ‘epn edit’ first\n")
    run = invoke("merge", "a", "salle b", "--prefer", "keep", "--yes")
    assert (run.code, run.err) == (0, "Salle A: merged with Salle B\n  to undo: epn undo\n")
    assert path.read_text() == f"{first}  - {{id: c, {place.format('C')}}}\n"


def test_an_id_of_two_structures_is_refused_before_any_question(terminal: Any, twice: Path) -> None:
    twice.write_text(REGISTRY.replace("id: ancienne", "id: rancy"), encoding="utf-8")
    screen = terminal.run("merge", "rancy", "rancy-2", columns=100, env={"EPN_LANG": "en"})
    assert (screen.code, screen.lines) == (
        1,
        [
            "registry.yaml:5: error: several structures have the id ‘rancy’ (lines 5, 26)",
            "  first give each of them its own id in a text editor",
        ],
    )
