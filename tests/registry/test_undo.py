"""Taking changes back: which one is the last of a file, and what it was before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from epncli.errors import NegativeAnswer
from epncli.model.structure import Structure
from epncli.registry import undo as module
from epncli.registry.changes import Change, ChangeOutcome, commit
from epncli.registry.registry import Registry
from epncli.registry.undo import leading_to, preview_undo, step_of, undo, undoable
from epncli.registry.undo_log import Beside, Step, UndoLog
from epncli.yamlfile.layout import Splice

TEXT = "\ufeffstructures:\r\n  - id: a\r\n    nom: Â  # vu\r\n"
WHEN = "2026-03-05T14:02:11"


@pytest.fixture
def path(registry_file: Callable[..., Path]) -> Path:
    return registry_file(TEXT)


def change(path: Path, make: Callable[[Registry], Change], command: str = "edit") -> None:
    """Make a change, as a command does."""
    registry = Registry.read(path)

    def note(outcome: ChangeOutcome) -> None:
        UndoLog(path).add(step_of(outcome, command, WHEN, None))

    commit(registry, [make(registry)], before_writing=note)


def named(name: str) -> Callable[[Registry], Change]:
    def make(registry: Registry) -> Change:
        first = registry.structures[0]
        return Change(first, first.changed(nom=name))

    return make


def refusal(action: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(NegativeAnswer) as caught:
        action()
    return caught.value.message, caught.value.hint


NOTHING = ("there is no change by epn to undo", "")
OTHER = (
    "the file was changed by something else since the last change by epn; nothing was undone",
    "to undo it all the same, first take back the other change, in a text editor or with git",
)
DAMAGED = ("nothing to undo: what was kept about the last change cannot be read or is damaged", "")


def test_changes_are_taken_back_one_after_the_other_to_the_byte(path: Path) -> None:
    texts = [path.read_bytes()]
    for make in (named("B"), lambda _now: Change(None, Structure(nom="C")), named("D")):
        change(path, make)
        texts.append(path.read_bytes())
    assert preview_undo(path).after == texts[2].decode("utf-8-sig")
    assert path.read_bytes() == texts.pop()
    while texts:
        undo(path)
        assert path.read_bytes() == texts.pop()
    assert refusal(lambda: undo(path)) == refusal(lambda: preview_undo(path)) == NOTHING


def test_what_a_change_did_is_kept_in_words(path: Path) -> None:
    change(path, named("B"), "edit")
    change(path, lambda _now: Change(None, Structure(nom="C")), "add")
    change(path, lambda now: Change(now.structures[1], None), "remove")
    found = undoable(path)
    assert found.complete
    assert [
        (step.command, step.when, step.added, step.changed, step.removed, step.name, step.fields)
        for step in found.steps
    ] == [
        ("remove", WHEN, 0, 0, 1, "C", ()),
        ("add", WHEN, 1, 0, 0, "C", ()),
        ("edit", WHEN, 0, 1, 0, "B", ("nom",)),
    ]


def test_a_file_that_something_else_has_changed_is_left_alone(path: Path) -> None:
    change(path, named("B"))
    ours = path.read_bytes()
    path.write_bytes(ours + b"# lu\n")
    assert refusal(lambda: undo(path)) == OTHER
    assert path.read_bytes() == ours + b"# lu\n"
    assert undoable(path) == module.Undoable([], complete=False)
    change(path, named("C"))
    assert [step.name for step in undoable(path).steps] == ["C"]
    assert not undoable(path).complete
    undo(path)
    assert path.read_bytes() == ours + b"# lu\n"


def test_what_was_never_written_is_passed_over(path: Path) -> None:
    change(path, named("B"))
    ours = path.read_bytes()
    change(path, named("C"))
    path.write_bytes(ours)  # as if the process had been killed just before it wrote
    undo(path)
    assert path.read_bytes() == TEXT.encode()
    assert list(UndoLog(path).steps()) == []


def test_what_cannot_be_read_is_passed_over_only_if_the_one_before_fits(path: Path) -> None:
    change(path, named("B"))
    ours = path.read_bytes()
    change(path, named("C"))
    for file in UndoLog(path)._folder().glob("2.json"):
        file.write_bytes(b"")
    assert refusal(lambda: undo(path)) == DAMAGED
    path.write_bytes(ours)
    undo(path)
    assert path.read_bytes() == TEXT.encode()


@pytest.mark.parametrize("text", ["autre", "\ud800", "x" * 9])
def test_bytes_other_than_those_from_before_are_never_written(path: Path, text: str) -> None:
    change(path, named("B"))
    [step] = UndoLog(path).steps()
    assert step is not None
    UndoLog(path).drop(step)
    UndoLog(path).add(replace(step, splices=(Splice(0, 3, text),)))
    ours = path.read_bytes()
    assert refusal(lambda: undo(path)) == refusal(lambda: preview_undo(path)) == DAMAGED
    assert path.read_bytes() == ours


def test_a_file_beside_is_kept_whole(path: Path, tmp_path: Path) -> None:
    beside = tmp_path / "angers.last.csv"
    outcome = commit(Registry.read(path), [named("B")(Registry.read(path))])
    assert step_of(outcome, "import", WHEN, beside).beside == Beside(str(beside), None)
    beside.write_bytes("\ufeffé\r\n".encode() + b"\xff")
    assert step_of(outcome, "import", WHEN, beside).beside == Beside(str(beside), "\ufeffé\r\n\udcff")


def step(before: str, after: str) -> Step:
    return Step(WHEN, "edit", 0, 1, 0, "", (), before, after, (), None)


@pytest.mark.parametrize(
    ("chain", "now", "found"),
    [
        ("BC AB", "C", "BC AB"),
        ("BC AB", "B", "AB"),  # the last one was taken back, or never written
        ("BC AB", "A", ""),  # something else went back further
        ("BC AB", "D", ""),
        ("BA AB", "A", "BA AB"),  # the same state twice
        ("BX AB", "B", "AB"),
        ("BY BX AB", "Y", "BY AB"),
        ("?? BC AB", "C", "BC AB"),
        ("BC ?? AB", "C", "BC AB"),
        ("CD ?? AB", "D", "CD"),
        ("AA", "A", "AA"),
        ("", "A", ""),
    ],
)
def test_the_changes_that_lead_from_the_file_as_it_is_are_found(chain: str, now: str, found: str) -> None:
    steps = [None if one == "??" else step(*one) for one in chain.split()]
    assert " ".join(one.before + one.after for one in leading_to(steps, now)) == found
