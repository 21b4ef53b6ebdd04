"""Random changes of a random registry, and the verification of their result."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml
from handwriting import COMMENT, FIELDS, ORDER, VALUES, Handwritten

from epncli.yamlfile.commit import Plan, prepare
from epncli.yamlfile.edit.new_records import FIRST, insert_items
from epncli.yamlfile.edit.records import change_item, remove_item
from epncli.yamlfile.layout import BREAKS, Splice
from epncli.yamlfile.reader import Document, read_document
from epncli.yamlfile.source import decode

KEY = "structures"


def judge(text: str) -> Any:
    """What plain PyYAML reads: no code of ours."""
    return yaml.load(text, yaml.CBaseLoader)  # noqa: S506  every scalar stays text, and nothing is built


def read(handwritten: Handwritten) -> Document:
    return read_document(decode(Path("registry.yaml"), handwritten.data))


def read_text(text: str) -> Document:
    return read_document(decode(Path("registry.yaml"), text.encode()))


def written(document: Document, splices: list[Splice], structures: Any) -> str:
    """The text after the splices, which must hold these structures."""
    return prepare(document, Plan(splices, {**document.root, KEY: structures})).text


@dataclass
class Change:
    """What is asked of a file, what it is to hold then, and what may go with it."""

    splices: list[Splice] = field(default_factory=list)
    expected: dict[str, Any] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    """The records in whose own lines something changes."""
    doomed: set[str] = field(default_factory=set)
    """Where comments stand that may go: in a field, at an item, in a record that goes."""

    def plan(self) -> Plan:
        return Plan(self.splices, self.expected)


def change_fields(random: Random, document: Document, change: Change, index: int, count: int = 0) -> None:
    """Set, add and take some fields of one record."""
    record = change.expected[KEY][index]
    changes: dict[str, str | list[str] | None] = {}
    present = [name for name in record if name != "id"]
    for _ in range(count or random.choice((1, 1, 1, 2, 3, 5))):
        if present and random.random() < 0.7:
            name = random.choice(present)
            changes[name] = random.choice(
                (None, _new_value(random, record[name]), _new_value(random, record[name]))
            )
        else:
            name = random.choice(FIELDS)
            changes[name] = _new_value(random, record.get(name, ""))
    if random.random() < 0.02:
        changes["id"] = None
    changes = {name: value for name, value in changes.items() if value is not None or name in record}
    if all(name in changes and changes[name] is None for name in record):
        return  # a record is never left without a field
    for name, value in changes.items():
        change.doomed |= _may_go(f"{index}.{name}", record.get(name), value)
        if value is None:
            del record[name]
        else:
            record[name] = value
    change.steps.append(f"change_item({index}, {changes!r})")
    change.splices += change_item(document, KEY, index, deepcopy(changes), ORDER)
    change.touched.add(index)


def _new_value(random: Random, old: Any) -> str | list[str]:
    if isinstance(old, list) and all(isinstance(item, str) for item in old) and random.random() < 0.9:
        return _other_list(random, old)
    if random.random() < (0.1 if isinstance(old, str) else 0.5):
        return [random.choice(VALUES) for _ in range(random.choice((1, 2, 3, 8)))]
    return random.choice(VALUES)


def _other_list(random: Random, old: list[str]) -> list[str]:
    new = list(old)
    for _ in range(random.choice((1, 1, 2, 3))):
        what = random.choice(("insert", "take", "replace"))
        if what == "insert" or not new:
            new.insert(random.randint(0, len(new)), random.choice(VALUES))
        elif what == "take" and len(new) > 1:
            del new[random.randrange(len(new))]
        else:
            new[random.randrange(len(new))] = random.choice(VALUES)
    return new


def _may_go(where: str, old: Any, new: Any) -> set[str]:
    if new is None or not isinstance(new, type(old)) or isinstance(old, dict):
        return {where} | {f"{where}.{index}" for index in range(9)}
    if isinstance(old, list) and any(not isinstance(item, str) for item in old):
        return {where} | {f"{where}.{index}" for index in range(9)}
    if isinstance(old, list):
        return {
            f"{where}.{index}" for index, item in enumerate(old) if item not in new or old.count(item) > 1
        }
    return set()


def change_randomly(random: Random, document: Document) -> Change:
    """One or several changes of any kind."""
    change = Change(expected=deepcopy(document.root))
    records = change.expected.get(KEY)
    count = len(records) if isinstance(records, list) else 0
    what = random.choice(("one", "one", "one", "several", "remove", "insert", "insert", "all"))
    everyone = random.sample(range(count), random.randint(1, count)) if count else []
    gone: set[int] = set()
    if what in ("remove", "all"):
        gone = set(everyone[:1] if random.random() < 0.7 else everyone)
    if what in ("one", "several", "all"):
        for index in everyone[:1] if what == "one" else everyone:
            if index not in gone:
                change_fields(random, document, change, index)
    for index in sorted(gone):
        splices, text = remove_item(document, KEY, index)
        change.steps.append(f"remove_item({index}): {text!r}")
        change.splices += splices
        change.touched.add(index)
        change.doomed.add(str(index))
        change.doomed |= {f"{index}.{name}" for name in ORDER + FIELDS}
        change.doomed |= {f"{index}.{name}.{item}" for name in ORDER + FIELDS for item in range(9)}
    groups: dict[int, list[dict[str, Any]]] = {}
    if what == "insert" or (what == "all" and random.random() < 0.4) or not count:
        groups = _new_records(random, [index for index in range(count) if index not in gone])
        change.steps.append(f"insert_items({groups!r})")
        change.splices += insert_items(document, KEY, deepcopy(groups), removed=gone)
    if gone or groups:
        in_flow = document.text[document.start(KEY) :][:1] == "["
        present = [[record] * (index not in gone) for index, record in enumerate(records or ())]
        merged = [[*one, *groups.get(index, ())] for index, one in enumerate(present)]
        found = [*groups.get(FIRST, ()), *(record for group in merged for record in group)]
        change.expected[KEY] = found or ([] if in_flow else "")
    return change


def _new_records(random: Random, kept: list[int]) -> dict[int, list[dict[str, Any]]]:
    """New records for one or several places: the last one most often, as when nothing tells another."""
    last = max(kept, default=FIRST)
    chosen = (
        [last] if random.random() < 0.4 else random.sample([FIRST, *kept], random.randint(1, len(kept) + 1))
    )
    return {
        index: [_new_record(random, number * 10 + more) for more in range(random.choice((1, 1, 2)))]
        for number, index in enumerate(chosen)
    }


def _new_record(random: Random, number: int) -> dict[str, Any]:
    record: dict[str, Any] = {"id": f"neuf-{number}"}
    for name in random.sample(FIELDS, random.randint(0, 4)):
        record[name] = _new_value(random, [] if name == "telephones" else "")
        if record[name] == []:
            record[name] = "x"
    return record


def faults(handwritten: Handwritten, document: Document, change: Change) -> list[str]:
    """Every promise about the file that a change breaks. Raises `Unwritable` where epn declines."""
    old = document.text
    changed = prepare(document, change.plan())
    new = changed.text
    found = []
    if judge(new) != change.expected:
        found.append("the judge reads other data")
    if changed is document and judge(old) != change.expected:
        found.append("nothing was done")
    if not changed.source.data.startswith(document.source.bom) or changed.source.bom != document.source.bom:
        found.append("the byte order mark is lost")
    found += _outside_faults(_outside(handwritten, document, change), new)
    kept = [match[0] for match in COMMENT.finditer(old) if match[1] not in change.doomed]
    now = [match[0] for match in COMMENT.finditer(new)]
    gone = [comment for comment in kept if comment not in now]
    if change.doomed and any(step.startswith("remove_item") for step in change.steps):
        went = "".join(step for step in change.steps if step.startswith("remove_item"))
        gone = [comment for comment in gone if comment not in went]
    if gone:
        found.append(f"comments are lost: {gone}")
    if [comment for comment in now if comment in kept] != [comment for comment in kept if comment in now]:
        found.append("comments have changed places")
    return found


def _outside_faults(outside: list[str], new: str) -> list[str]:
    at = 0
    for part in outside:
        here = new.find(part, at)
        if here < 0:
            return [f"what stands outside the record has changed: {part!r}"]
        at = here + len(part)
    if not new.startswith(outside[0]):
        return ["what stands above the record has changed"]
    return [] if new.endswith(outside[-1]) else ["what stands below the record has changed"]


def _parts_of_record(document: Document, index: int, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a record, less a `|` that becomes `|-` when lines come below a last one without an end."""
    node = document.item(KEY, index)
    while node.children:
        node = node.children[-1]
    header = re.match("[|>][-+0-9]*", document.text[node.start : node.end])
    if header and end == len(document.text) and document.text[-1] not in BREAKS:
        return [(start, node.start), (node.start + header.end(), end)]
    return [(start, end)]


def _outside(handwritten: Handwritten, document: Document, change: Change) -> list[str]:
    """What must stand in the new text as in the old, in this order; the first and the last at its ends.

    Where records come or go, comments at their edges may go or come to stand elsewhere: then it is the
    lines of the other records, and the file up to the list and from the next field on.
    """
    text = document.text
    edges_move = any(step.startswith(("remove_item", "insert")) for step in change.steps)
    fields = document.root_node().fields()
    name, structures = fields[KEY]
    below = [key.start for key, _ in fields.values() if key.start > structures.end]
    parts, at = [text[: name.end]] if edges_move else [], 0
    for index, (start, end) in enumerate(handwritten.lines):
        if edges_move and index not in change.touched:
            for part_start, part_end in _parts_of_record(document, index, start, end):
                parts.append(text[part_start:part_end].rstrip(" \t" + BREAKS))
        elif not edges_move and index in change.touched:
            parts.append(text[at:start])
            at = end
            if any("None" in step for step in change.steps):  # blanks must not become text of the field above
                at = end + len(re.match(f"(?:[ ]*[{BREAKS}])*", text[end:])[0])  # type: ignore[index]
    if edges_move:
        return [*parts, text[min(below) :] if below else ""]
    return [*parts, text[at:]]
