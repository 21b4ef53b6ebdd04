"""Two branches of a registry are merged: no invalid file, no lost record or comment, no needless conflict."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from branches import Scribe
from repositories import Repository

from epncli.history.git import git_in
from epncli.history.merge_driver import Merged, merge_lines, merge_versions
from epncli.model.structure import Structure
from epncli.registry.merging.tokens import kept_texts
from epncli.registry.merging.values import all_comments
from epncli.registry.registry import Registry
from epncli.registry.three_way import Side, merge_registries
from epncli.yamlfile.source import decode

pytestmark = pytest.mark.needs("git")
FILE = Path("registry.yaml")


def registry_of(data: bytes) -> Registry:
    return Registry.read_text(decode(FILE, data))


def merged(base: str, ours: str, theirs: str) -> Merged:
    return merge_versions(git_in(Path.cwd()), base.encode(), ours.encode(), theirs.encode(), FILE)


def text_of(base: str, ours: str, theirs: str) -> str:
    found = merged(base, ours, theirs)
    assert not found.in_conflict, found.data.decode()
    return found.data.decode()


def git_fails(base: str, ours: str, theirs: str) -> bool:
    """True if git's own merge of the lines is a conflict."""
    return merge_lines(git_in(Path.cwd()), base.encode(), ours.encode(), theirs.encode()).in_conflict


BASE = """\
titre: Essai  # le titre
structures:
  - id: a
    nom: A  # vu
    telephones: [01 40 01 02 03]
    date_maj: "2026-01-01"

  # Les autres
  - id: b
    nom: B
"""
NEW_C, NEW_D = "\n  - id: c\n    nom: C\n", "\n  - id: d\n    nom: D\n"


def test_what_two_people_added_is_both_there() -> None:
    assert git_fails(BASE, BASE + NEW_C, BASE + NEW_D)
    assert text_of(BASE, BASE + NEW_C, BASE + NEW_D) == BASE + NEW_C + NEW_D


def test_of_two_confirmations_the_later_day_stays() -> None:
    ours, theirs = BASE.replace("2026-01-01", "2026-02-01"), BASE.replace("2026-01-01", "2026-03-01")
    assert git_fails(BASE, ours, theirs)
    assert text_of(BASE, ours, theirs) == text_of(BASE, theirs, ours) == theirs


def test_different_fields_of_one_record_are_both_changed_and_comments_of_both_are_kept() -> None:
    ours = BASE.replace("nom: A  # vu", "nom: Autre  # vu").replace('date_maj: "2026-01-01"', "statut: fermé")
    theirs = BASE.replace("[01 40 01 02 03]", "[01 40 01 02 03, 01 40 01 02 04]  # le soir").replace(
        "# vu", "# revu"
    )
    assert git_fails(BASE, ours, theirs)
    assert text_of(BASE, ours, theirs) == BASE.replace(
        '    nom: A  # vu\n    telephones: [01 40 01 02 03]\n    date_maj: "2026-01-01"\n',
        "    nom: Autre  # revu\n    telephones: [01 40 01 02 03, 01 40 01 02 04]  # le soir\n"
        "    statut: fermé\n",
    )  # fmt: skip


def test_a_field_that_got_two_values_is_marked_and_everything_else_is_merged() -> None:
    ours = BASE.replace("nom: A ", "nom: Ours ").replace("nom: B", "nom: B\n    adresse: 1 rue X")
    theirs = BASE.replace("nom: A ", "nom: Theirs ").replace("2026-01-01", "2026-02-01") + NEW_C
    found = merged(BASE, ours, theirs)
    assert found.in_conflict
    assert (
        found.data.decode()
        == """\
titre: Essai  # le titre
structures:
  - id: a
<<<<<<< ours
    nom: Ours  # vu
=======
    nom: Theirs  # vu
>>>>>>> theirs
    telephones: [01 40 01 02 03]
    date_maj: "2026-02-01"

  # Les autres
  - id: b
    nom: B
    adresse: 1 rue X

  - id: c
    nom: C
"""
    )


def test_a_record_removed_here_and_changed_there_is_a_conflict_of_the_record() -> None:
    ours = BASE.replace("  # Les autres\n  - id: b\n    nom: B\n", "  # Les autres\n")
    theirs = BASE.replace("nom: B", "nom: Autre")
    assert merged(BASE, ours, theirs).data.decode() == BASE.replace(
        "  - id: b\n    nom: B\n",
        "<<<<<<< ours\n=======\n  - id: b\n    nom: Autre\n>>>>>>> theirs\n",
    )


def test_one_place_that_both_added_is_there_once_if_it_is_equal() -> None:
    assert text_of(BASE, BASE + NEW_C, BASE + NEW_C + NEW_D) == BASE + NEW_C + NEW_D
    other = merged(BASE, BASE + NEW_C, BASE + NEW_C.replace("nom: C", "nom: Autre")).data.decode()
    assert other.endswith("  - id: c\n<<<<<<< ours\n    nom: C\n=======\n    nom: Autre\n>>>>>>> theirs\n")


def test_new_places_stand_in_the_order_of_postal_codes() -> None:
    base = "structures:\n" + "".join(
        f"  - id: p{code}\n    code_postal: '{code}'\n" for code in ("75001", "75010")
    )
    new = "  - id: n{0}\n    code_postal: '{0}'\n".format
    assert text_of(base, base + new("75020"), base + new("75012")) == base + new("75012") + new("75020")


def test_records_in_braces_and_lists_in_brackets_are_merged_too() -> None:
    base = "structures: [{id: a, nom: A, wifi: non}, {id: b, nom: B}]\n"
    ours, theirs = (
        base.replace("nom: A", "nom: X"),
        base.replace("wifi: non", "wifi: oui").replace("}]", "}, {id: c}]"),
    )
    assert (
        text_of(base, ours, theirs) == "structures: [{id: a, nom: X, wifi: oui}, {id: b, nom: B}, {id: c}]\n"
    )


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        pytest.param(
            "  - id: a\n    nom: A\n  - id: a\n    nom: B\n",
            "  - id: a\n    nom: B\n",
            "  - id: a\n    nom: A\n  - id: a\n    nom: B\n    notes: y\n",
            "  - id: a\n    nom: B\n    notes: y\n",
            id="of two places with one id, the same one is meant on both sides",
        ),
        pytest.param(
            "  - adresse: 1 rue X\n", "  - adresse: 1 rue X  # vu\n", "  - adresse: 1 rue X\n  - id: c\n",
            "  - adresse: 1 rue X  # vu\n  - id: c\n",
            id="a place without id and name is there once",
        ),
        pytest.param(
            "  - id: a\n    nom: A\n", "  - id: a\n    nom: A  # vu\n",
            '  - id: a\n    nom: AA\n    notes: "a # vu b"  # vu sur place\n',
            '  - id: a\n    nom: AA  # vu\n    notes: "a # vu b"  # vu sur place\n',
            id="a comment is kept though its text is in another comment and in a value",
        ),
        pytest.param(
            "  - id: a\n    adresse: 1 rue  # vu\n", "  - id: a\n    adresse: 1 rue\n",
            "  - id: a\n    adresse: 2 rue  # vu\n", "  - id: a\n    adresse: 2 rue\n",
            id="a removed comment does not come back with a new value",
        ),
        pytest.param(
            "  - id: a\n    adresse: 1 rue  # vu\n", "  - id: a\n    adresse: 2 rue  # vu\n",
            "  - id: a\n    adresse: 1 rue  # revu\n", "  - id: a\n    adresse: 2 rue  # revu\n",
            id="a replaced comment stands after the new value",
        ),
        pytest.param(
            "  - id: a\n    services:\n      - A  # a\n",
            "  - id: a\n    services:\n      - A  # a\n      - B  # b\n",
            "  - id: a\n    nom: A\n    services:\n      # pas le soir\n      - A\n      - C  # c\n",
            "  - id: a\n    nom: A\n    services:\n      # pas le soir\n      - A\n      - B  # b\n"
            "      - C  # c\n",
            id="items that both sides have added keep their comments",
        ),
        pytest.param(
            "  - id: a\n    nom: A\n",
            "  - id: a\n    nom: A\n    telephones: [01 40 01 02 03]\n    wifi: oui\n",
            "  - id: a\n    nom: A\n    telephones: [01.40.01.02.03]\n    notes: N\n",
            None,
            id="a number that both sides have written is not there twice",
        ),
        pytest.param(
            "  - id: a\n\n  # Titre\n  - id: b\n\n  - id: c\n\n  - id: d\n",
            "  - id: a\n\n  - id: c\n\n  # Titre\n  - id: b\n\n  - id: d\n",
            "  - id: a\n\n  - id: c\n\n  - id: d\n\n  # Titre\n  - id: b\n",
            "  - id: a\n\n  - id: c\n\n  # Titre\n  - id: b\n\n  - id: d\n",
            id="a heading that both sides have moved stays above its place, once",
        ),
        pytest.param(
            "  - id: a\n    nom: A\n", "- id: a\n  nom: A\n", "  - id: a\n    nom: A\n  # vu\n  - id: c\n",
            "- id: a\n  nom: A\n# vu\n- id: c\n",
            id="one side has another indent",
        ),
        pytest.param(
            "  - id: a\n    nom: A\n", "  - id: a\n    nom: A\n  - id: d\n",
            "      - id: a\n        nom: A\n      # vu\n      - id: c\n",
            "      - id: a\n        nom: A\n      - id: d\n      # vu\n      - id: c\n",
            id="the other side has another indent",
        ),
        pytest.param(
            "  - id: a\n    nom: A\n", "  - id: a\n    nom: A\n  - id: d\n",
            "  - id: a\r\n    nom: AA\r\n",
            "  - id: a\r\n    nom: AA\r\n  - id: d\r\n",
            id="the other side has other line ends",
        ),
        pytest.param(
            "  - id: a\n    notes: |\n      x", "  - id: a\n    notes: |\n      x\n\n  # Titre\n  - id: c\n",
            "  - id: a\n    notes: |\n      x\n\n  - id: d\n",
            "  - id: a\n    notes: |\n      x\n\n  # Titre\n  - id: c\n\n  - id: d\n",
            id="a block of lines ends the file without a line break",
        ),
        pytest.param(
            "  - id: a\n", "  - id: a\n  # a\u2028  # b\n  - id: c\n", "  - id: a\n  - id: d\n",
            "  - id: a\n  # a\u2028  # b\n  - id: c\n  - id: d\n",
            id="a comment with a line separator of Unicode",
        ),
    ],
)  # fmt: skip
def test_what_differs_in_form_or_in_place_is_merged(
    base: str, ours: str, theirs: str, result: str | None
) -> None:
    texts = [
        ("structures:\r\n" if "\r" in one else "structures:\n") + one
        for one in (base, ours, theirs, result or "")
    ]
    found = text_of(*texts[:3])
    assert found == texts[3] if result else found.count("01 40 01 02 03") + found.count("01.40") == 1


TITLES = (
    "titre: A\ncontact: a@exemple.fr\nhub:\n  a: 1\n  x: 1\n  y: 1\n  z: 1\n  b: 1\n"
    + BASE[BASE.index("structures") :]
)


def test_a_title_that_got_two_values_is_the_only_conflict() -> None:
    ours, theirs = (
        TITLES.replace("titre: A", "titre: B") + NEW_C,
        TITLES.replace("titre: A", "titre: C") + NEW_D,
    )
    assert (
        merged(TITLES, ours, theirs).data.decode()
        == TITLES.replace("titre: A\n", "<<<<<<< ours\ntitre: B\n=======\ntitre: C\n>>>>>>> theirs\n")
        + NEW_C
        + NEW_D
    )


def test_keys_around_the_list_are_merged_key_by_key_in_whatever_order() -> None:
    ours = TITLES.replace("titre: A\ncontact: a@exemple.fr\n", "contact: a@exemple.fr\ntitre: A\n") + NEW_C
    theirs = TITLES.replace("titre: A", "titre: B") + NEW_D
    assert text_of(TITLES, ours, theirs) == ours.replace("titre: A", "titre: B") + NEW_D


def test_a_mapping_beside_the_structures_is_merged_as_git_merges_it() -> None:
    ours, theirs = TITLES.replace("  a: 1", "  a: 2"), TITLES.replace("  b: 1", "  b: 2")
    assert text_of(TITLES, ours, theirs) == ours.replace("  b: 1", "  b: 2")


def test_two_new_places_with_one_id_in_two_communes_are_a_conflict_of_the_whole_records() -> None:
    ours, theirs = (
        f"  - id: m\n    nom: M\n    commune: {commune}\n    {field}\n"
        for commune, field in (("Lyon", "telephones: [04 74 22 10 10]"), ("Paris", "adresse: 1 rue B"))
    )
    found = merged(BASE, BASE + ours, BASE + theirs).data.decode()
    assert found == f"{BASE}<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"


def test_a_mapping_in_place_of_a_list_is_never_turned_into_text() -> None:
    base = BASE.replace("[01 40 01 02 03]", '{accueil: "01 40 01 02 03"}')
    ours, theirs = (
        base.replace("02 03", "02 04"),
        base.replace("02 03", "02 05").replace("nom: B", "nom: Autre"),
    )
    mine, its = (f'    telephones: {{accueil: "01 40 01 02 {end}"}}\n' for end in ("04", "05"))
    assert merged(base, ours, theirs).data.decode() == ours.replace("nom: B", "nom: Autre").replace(
        mine, f"<<<<<<< ours\n{mine}=======\n{its}>>>>>>> theirs\n"
    )


POSITION = BASE.replace("    date_maj", "    latitude: 1.0\n    longitude: 2.0\n    date_maj")


def test_the_latitude_of_one_side_is_never_merged_with_the_longitude_of_the_other() -> None:
    ours = POSITION.replace("1.0", "1.1").replace("2.0", "2.1")
    assert merged(POSITION, ours, POSITION.replace("2.0", "2.2")).data.decode() == POSITION.replace(
        "    latitude: 1.0\n    longitude: 2.0\n",
        "<<<<<<< ours\n    latitude: 1.1\n    longitude: 2.1\n"
        "=======\n    latitude: 1.0\n    longitude: 2.2\n>>>>>>> theirs\n",
    )


def test_a_place_that_one_side_reopened_gets_no_reason_of_closing_from_the_other() -> None:
    base = BASE.replace("    date_maj", "    statut: fermé\n    date_maj")
    theirs = base.replace("statut: fermé", "statut: fermé\n    motif_fermeture: fin du bail")
    assert merged(base, BASE, theirs).data.decode() == base.replace(
        "    statut: fermé\n",
        "<<<<<<< ours\n=======\n    statut: fermé\n    motif_fermeture: fin du bail\n>>>>>>> theirs\n",
    )


@pytest.mark.parametrize("first", ["nom", "id"])
def test_a_base_with_conflicts_does_not_decide_for_one_side(first: str) -> None:
    base = BASE.replace("- id: a\n    nom: A", "- nom: A\n    id: a") if first == "nom" else BASE
    line = next(line for line in base.splitlines(keepends=True) if "nom: A" in line)
    ours, theirs = (
        base.replace("nom: A", "nom: X"),
        base.replace("nom: A", "nom: Y").replace("nom: B", "nom: C"),
    )
    marked = f"<<<<<<< ours\n{line}=======\n{line.replace('A', 'Z')}>>>>>>> theirs\n"
    mine, its = line.replace("nom: A", "nom: X"), line.replace("nom: A", "nom: Y")
    assert merged(base.replace(line, marked), ours, theirs).data.decode() == ours.replace(
        mine, f"<<<<<<< ours\n{mine}=======\n{its}>>>>>>> theirs\n"
    ).replace("nom: B", "nom: C")
    assert not merged(base.replace(line, marked), ours, ours.replace("nom: B", "nom: C")).in_conflict


@pytest.mark.parametrize("broken", ["structures: [\n", "- a\n- b\n", "", "structures:\n  - a\n"])
def test_a_file_that_is_no_registry_is_merged_by_git_alone(broken: str) -> None:
    for texts in ((broken, BASE, BASE + NEW_C), (BASE, broken, BASE + NEW_C), (BASE, BASE + NEW_C, broken)):
        own = merge_lines(git_in(Path.cwd()), *(text.encode() for text in texts))
        found = merged(*texts)
        assert found == own or (texts[0] == "" and found.data.decode() == BASE + NEW_C)


def faults(seed: int) -> list[str]:
    """What is wrong with the merge of a random registry and two random branches."""
    scribe = Scribe(Random(seed))  # noqa: S311  the same each time
    base = scribe.text()
    texts = [one.written().encode() for one in (base, scribe.branch(base, "o"), scribe.branch(base, "t"))]
    before, ours, theirs = map(registry_of, texts)
    model = merge_registries(before.structures, ours.structures, theirs.structures)
    found = merge_versions(git_in(Path.cwd()), *texts, FILE)
    if found.in_conflict != any(one.in_conflict for one in model):
        return [f"conflict: {found.in_conflict}"]
    if found.in_conflict and found.found is None:
        return ["the conflict is not around the fields"]
    versions = [found.found.text_of(side).encode() for side in Side] if found.found else [found.data]
    registries = [registry_of(data) for data in versions]
    comments = Counter[str]()
    for one in registries:
        comments |= all_comments(one.document)
    lost = kept_texts(*(all_comments(one.document) for one in (before, ours, theirs))) - comments
    wrong = [f"lost: {comment}" for comment in lost]
    expected = Counter(_key(one.structure) for one in model if one.structure is not None)
    if not found.in_conflict and Counter(map(_key, registries[0].structures)) != expected:
        wrong.append("values")
    return wrong


def _key(structure: Structure) -> str:
    return repr((structure.values(), sorted(structure.unknown_fields.items())))


def test_random_branches_are_merged_as_their_values_are() -> None:
    assert {seed: found for seed in range(300) if (found := faults(seed))} == {}


@pytest.mark.long
def test_ten_thousand_random_branches_are_merged_as_their_values_are() -> None:
    assert {seed: found for seed in range(300, 10_300) if (found := faults(seed))} == {}


@pytest.mark.parametrize("seed", range(6))
def test_git_itself_merges_with_the_driver(repository: Repository, seed: int) -> None:
    scribe = Scribe(Random(seed))  # noqa: S311  the same each time
    base = scribe.text()
    texts = [one.written() for one in (base, scribe.branch(base, "o"), scribe.branch(base, "t"))]
    driver = f"{shlex.quote(sys.executable)} -m epncli merge-driver %O %A %B --path %P"
    repository.git("config", "merge.epn.driver", driver)
    (repository.folder / ".gitattributes").write_text("/registry.yaml merge=epn\n")
    repository.git("config", "core.autocrlf", "false")
    repository.commit(texts[0])
    repository.git("checkout", "-q", "-b", "theirs")
    repository.commit(texts[2])
    repository.git("checkout", "-q", "main")
    repository.commit(texts[1])
    expected = merged(*texts)
    try:
        repository.git("merge", "-m", "fusion", "theirs")
        in_conflict = False
    except subprocess.CalledProcessError:
        in_conflict = True
    assert in_conflict == expected.in_conflict
    assert (repository.folder / "registry.yaml").read_bytes() == expected.data
