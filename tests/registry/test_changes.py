from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from epncli.errors import NegativeAnswer, Unwritable
from epncli.model.structure import Structure
from epncli.registry.changes import Change, Edited, commit, preview
from epncli.registry.record_change import ChangedMeanwhile
from epncli.registry.record_text import RecordText
from epncli.registry.registry import Registry

TEXT = """\
structures:
  - id: a
    nom: A
    telephones: 01 40 28 18 48  # nu
    autre: [gardé]

  - id: b
    nom: B
"""


@pytest.fixture
def registry(registry_file: Callable[..., Path]) -> Registry:
    return Registry.read(registry_file(TEXT))


def test_a_preview_writes_nothing(registry: Registry) -> None:
    a = registry.structures[0]
    outcome = preview(registry, [Change(a, a.changed(nom="Â"))])
    assert outcome.after.document.text == TEXT.replace("nom: A", "nom: Â")
    assert registry.path.read_text() == TEXT
    assert sorted(path.name for path in registry.path.parent.iterdir()) == ["registry.yaml"]


def test_changes_additions_and_removals_go_together(registry: Registry) -> None:
    a, b = registry.structures
    outcome = commit(
        registry, [Change(b, None), Change(a, a.changed(nom="Â")), Change(None, Structure(nom="A"))]
    )
    assert registry.path.read_text() == (
        "structures:\n  - id: a\n    nom: Â\n    telephones: 01 40 28 18 48  # nu\n    autre: [gardé]\n"
        "\n  - id: a-2\n    nom: A\n"
    )
    assert outcome.removed == ("  - id: b\n    nom: B\n",)
    assert [change.after and change.after.id for change in outcome.changes] == [None, "a", "a-2"]
    assert not outcome.nothing_done


FLOW = "structures: [{id: a, nom: A}\n\t]\n"
JSON = '{\n\t"titre": "x",\n\t"structures": [\n\t\t{"id": "a", "nom": "A"}\n\t]\n}\n'


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("titre: x\nstructures:", "titre: x\nstructures:\n  - id: z\n    nom: Z"),
        ("structures:", "structures:\n  - id: z\n    nom: Z"),
        ("structures: ", "structures: \n  - id: z\n    nom: Z"),
        ("structures: # rien", "structures: # rien\n  - id: z\n    nom: Z"),
        ("{structures}", "{structures: [{id: z, nom: Z}]}"),
        ("{'structures'  :}", "{'structures'  : [{id: z, nom: Z}]}"),
        (FLOW, FLOW.replace("}", "}, {id: z, nom: Z}")),
        (JSON, JSON.replace('A"}', 'A"},\n\t\t{id: z, nom: Z}')),
    ],
)
def test_a_structure_is_added_however_the_list_is_written(
    registry_file: Callable[..., Path], text: str, new: str
) -> None:
    registry = Registry.read(registry_file(text))
    assert preview(registry, [Change(None, Structure(id="z", nom="Z"))]).written.text == new


@pytest.mark.parametrize(
    ("text", "changed", "removed"),
    [
        (FLOW, FLOW.replace("nom: A", "nom: B"), "structures: [\n\t]\n"),
        (JSON, JSON.replace('"A"', '"B"'), JSON.replace('\t\t{"id": "a", "nom": "A"}\n', "\t\t\n")),
        ("structures:\n- {id: a, nom: 'A'\n\t}", "structures:\n- {id: a, nom: 'B'\n\t}", "structures:"),
    ],
)
def test_a_structure_between_tabs_is_changed_and_removed(
    registry_file: Callable[..., Path], text: str, changed: str, removed: str
) -> None:
    registry = Registry.read(registry_file(text))
    a = registry.structures[0]
    assert preview(registry, [Change(a, a.changed(nom="B"))]).written.text == changed
    assert preview(registry, [Change(a, None)]).written.text == removed


def test_added_ones_get_ids_of_their_own(registry: Registry) -> None:
    outcome = commit(registry, [Change(None, Structure(nom="B")), Change(None, Structure(nom="B"))])
    assert [structure.id for structure in outcome.after.structures] == ["a", "b", "b-2", "b-3"]


def test_a_bare_value_stays_bare_until_there_are_two(registry: Registry) -> None:
    a = registry.structures[0]
    one = commit(registry, [Change(a, a.changed(telephones=("01 40 28 18 49",)))])
    assert "    telephones: 01 40 28 18 49  # nu\n" in registry.path.read_text()
    a = one.after.structures[0]
    commit(one.after, [Change(a, a.changed(telephones=("01 40 28 18 49", "01 40 28 18 50")))])
    assert "    telephones: [01 40 28 18 49, 01 40 28 18 50]  # nu\n" in registry.path.read_text()


def test_nothing_to_do_writes_nothing(registry: Registry) -> None:
    before = registry.path.stat()
    a = registry.structures[0]
    outcome = commit(registry, [Change(a, a)])
    assert outcome.nothing_done
    assert (registry.path.stat().st_ino, registry.path.stat().st_mtime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
    )
    assert commit(registry, []).nothing_done


def test_a_backup_holds_the_previous_bytes(registry: Registry) -> None:
    a = registry.structures[0]
    commit(registry, [Change(a, a.changed(nom="Â"))], backup=True)
    assert registry.path.with_name("registry.yaml~").read_text() == TEXT
    commit(registry, [Change(a, a.changed(nom="Â"))], backup=True)
    assert registry.path.with_name("registry.yaml~").read_text() == TEXT


def test_the_same_change_twice_is_done_once(registry: Registry) -> None:
    a = registry.structures[0]
    assert not commit(registry, [Change(a, a.changed(nom="Â"))]).nothing_done
    assert commit(registry, [Change(a, a.changed(nom="Â"))]).nothing_done


def test_what_others_wrote_in_other_fields_and_places_is_kept(registry: Registry) -> None:
    a = registry.structures[0]
    theirs = "# à eux\n" + TEXT.replace("  - id: b\n    nom: B\n", "").replace("gardé", "changé") + (
        "  - id: c\n"
    )  # fmt: skip
    registry.path.write_text(theirs)
    commit(registry, [Change(a, a.changed(nom="Â"))])
    assert registry.path.read_text() == theirs.replace("nom: A", "nom: Â")


@pytest.mark.parametrize(
    ("theirs", "change", "error", "message"),
    [
        (
            "nom: Z",
            {"nom": "Â"},
            Unwritable,
            "‘a’ was changed by someone else in the meantime; nothing was written",
        ),
        (
            "id: z",
            {"nom": "Â"},
            Unwritable,
            "‘a’ was removed by someone else in the meantime; nothing was written",
        ),
        ("nom: A", {"id": "b"}, NegativeAnswer, "another structure already has the id ‘b’"),
    ],
)
def test_a_conflict_stops_all_changes(
    registry: Registry, theirs: str, change: dict[str, str], error: type[Exception], message: str
) -> None:
    a, b = registry.structures
    old = theirs.partition(":")[0] + (": a" if theirs.startswith("id") else ": A")
    registry.path.write_text(TEXT.replace(old, theirs, 1))
    before = registry.path.read_bytes()
    with pytest.raises(error, match=message):
        commit(registry, [Change(b, b.changed(nom="B2")), Change(a, a.changed(**change))])
    assert registry.path.read_bytes() == before


def test_an_id_that_two_have_is_never_changed(registry_file: Callable[..., Path]) -> None:
    registry = Registry.read(registry_file("structures:\n  - id: a\n  - {nom: x, id: a}\n"))
    a = registry.structures[0]
    with pytest.raises(NegativeAnswer, match=r"several structures have the id ‘a’ \(lines 2, 3\)"):
        commit(registry, [Change(a, None)])


def test_an_added_id_must_be_free(registry: Registry) -> None:
    with pytest.raises(NegativeAnswer, match="another structure already has the id ‘a’"):
        commit(registry, [Change(None, Structure(id="a", nom="Autre"))])
    with pytest.raises(NegativeAnswer, match="another structure already has the id ‘n’"):
        commit(registry, [Change(None, Structure(id="n")), Change(None, Structure(id="n"))])


def test_an_edited_text_takes_the_place_of_the_old_one(registry: Registry) -> None:
    a = registry.structures[0]
    shown = RecordText.of(registry.document, 0).shown
    edited = Edited(shown, "id: a\nnom: Â  # vu\nautre: [gardé]\n")
    commit(registry, [Change(a, a.changed(nom="Â", telephones=()), edited)])
    assert registry.path.read_text() == (
        "structures:\n  - id: a\n    nom: Â  # vu\n    autre: [gardé]\n\n  - id: b\n    nom: B\n"
    )


@pytest.mark.parametrize("text", ["titre: x\nstructures:", "structures:", "structures: # vide"])
def test_a_structure_is_added_to_a_file_that_ends_without_a_line_end(
    registry_file: Callable[..., Path], text: str
) -> None:
    registry = Registry.read(registry_file(text))
    commit(registry, [Change(None, Structure(nom="N"))])
    assert Registry.read(registry.path).structures == [Structure(id="n", nom="N")]
    assert registry.path.read_text().startswith(text)


def test_a_structure_that_others_have_changed_meanwhile_is_not_removed(registry: Registry) -> None:
    theirs = TEXT.replace("nom: B", "nom: Bé")
    registry.path.write_text(theirs)
    with pytest.raises(ChangedMeanwhile, match="‘b’ was changed by someone else in the meantime"):
        commit(registry, [Change(registry.structures[1], None)])
    assert registry.path.read_text() == theirs


def test_an_edited_text_never_overwrites_what_others_wrote(registry: Registry) -> None:
    a = registry.structures[0]
    theirs = TEXT.replace("gardé", "changé")
    registry.path.write_text(theirs)
    edited = Edited(RecordText.of(registry.document, 0).shown, "id: a\nnom: Â\n")
    with pytest.raises(ChangedMeanwhile, match="‘a’ was changed by someone else in the meantime"):
        commit(registry, [Change(a, a.changed(nom="Â"), edited)])
    assert registry.path.read_text() == theirs


def test_an_edited_text_cannot_take_the_id_of_another_structure(registry: Registry) -> None:
    a = registry.structures[0]
    edited = Edited(RecordText.of(registry.document, 0).shown, "id: b\nnom: A\n")
    with pytest.raises(NegativeAnswer, match="another structure already has the id ‘b’") as caught:
        commit(registry, [Change(a, Structure(id="b", nom="A"), edited)])
    assert caught.value.line == 7
    assert registry.path.read_text() == TEXT


def test_a_text_at_the_end_of_a_file_changes_while_a_field_is_added_below_it(tmp_path: Path) -> None:
    path = tmp_path / "registry.yaml"
    start = "structures:\n  - id: a\n    nom: A\n    commune: Paris\n    code_postal: '75012'\n    notes: "
    path.write_text(start + "|\n      un\n      deux", encoding="utf-8")
    registry = Registry.read(path)
    [before] = registry.structures
    commit(registry, [Change(before, before.changed(notes="un\ndeux\ntrois", rappeler_le="2026-12-03"))])
    assert path.read_text(encoding="utf-8") == (start + '"un\\ndeux\\ntrois"\n    rappeler_le: "2026-12-03"')
