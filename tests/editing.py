"""Random edits of a record as an editor shows it, and what is promised of them."""

from __future__ import annotations

import re
import sys
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "yamlfile"))  # for the two modules there that are no tests

from changing import KEY, judge, read
from handwriting import BREAKS, write_registry

from epncli.errors import Unreadable, Unwritable
from epncli.recordtext import RecordText
from epncli.yamlfile.commit import Plan, prepare
from epncli.yamlfile.layout import Splice, line_start
from epncli.yamlfile.reader import Document

LINE_END = re.compile("\r\n|[\n\r]")


@dataclass
class Edit:
    """What a person makes of the lines that are shown."""

    lines: list[tuple[str, int]]
    """Each with the place that it had before; -1 for a new one."""
    values: dict[str, Any] | None
    """What the record is then to hold; None where that is for the text to say."""
    steps: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        return "\n".join(line for line, _place in self.lines) + "\n"


def faults(random: Random) -> tuple[str, list[str]]:
    """How a random edit of a random record ended (done, declined, no record), and each broken promise."""
    handwritten = write_registry(random)
    document = read(handwritten)
    records = document.root.get(KEY)
    if not records:
        return "no record", []
    index = random.randrange(len(records))
    original = RecordText.of(document, index)
    edit = edit_randomly(random, document, index, original)
    about = [f"{handwritten.text!r} {edit.steps}"]
    edited = original.edited(edit.shown)
    if not edit.steps and edited != original:
        return "done", ["what nobody touched has changed", *about]
    if found := _changed_lines(original, edited, edit):
        return "done", [*found, *about]
    try:
        values = edited.values()
        if values and random.random() < 0.3:  # as epn itself sets a date
            edited = edited.with_values({"date_maj": "2026-01-31"})
            values = {**values, "date_maj": "2026-01-31"}
            edit.values = edit.values and {**edit.values, "date_maj": "2026-01-31"}
        meant = deepcopy(document.root)
        meant[KEY][index] = values  # type: ignore[index,call-overload]
        changed = prepare(document, Plan([Splice(original.start, original.end, edited.text)], meant))
    except (Unreadable, Unwritable):
        if edit.values is not None:
            return "declined", [] if handwritten.explicit else about
        return "declined", []
    if judge(changed.text) != meant:
        return "done", ["the judge reads other data", *about]
    if edit.values is not None and values != edit.values:
        return "done", [f"the record holds {values}, and not {edit.values}", *about]
    return "done", []


def edit_randomly(random: Random, document: Document, index: int, original: RecordText) -> Edit:
    """Up to three changes: a value, a field more or less, a comment, a blank line."""
    shown = original.shown[:-1].split("\n")
    values = deepcopy(document.item(KEY, index).value)
    assert isinstance(values, dict)
    fields = _fields_of_one_line(document, index, original)
    edit = Edit([(line, place) for place, line in enumerate(shown)], dict(values))
    for number in range(random.choice((0, 1, 1, 1, 2, 3))):
        what = random.choice(("set", "add", "delete", "note", "comment", "blank", "swap", "any"))
        left = [place for _line, place in edit.lines if place in fields]
        if what in ("comment", "blank", "swap", "any") or not left:
            _change_any_line(random, edit, what, number)
            continue
        place = random.choice(left)
        at = next(at for at, (_line, old) in enumerate(edit.lines) if old == place)
        name, key = fields[place]
        if what == "set":
            _replace(edit, at, f"{key}: neuf {number}", {name: f"neuf {number}"})
        elif what == "note":
            _replace(edit, at, f"{edit.lines[at][0].rstrip()}  # ¤ {number}", {})
        elif what == "add":
            edit.lines.insert(at + 1, (f"champ-{number}: neuf", -1))
            _mean(edit, {f"champ-{number}": "neuf"})
        elif len(edit.lines) > 1:
            del edit.lines[at]
            _mean(edit, {name: None})
        edit.steps.append(f"{what} {name}")
        if any("|" in line or ">" in line for line in shown):
            edit.values = None  # a comment may come to stand in the text above it
    return edit


def _change_any_line(random: Random, edit: Edit, what: str, number: int) -> None:
    """A change that may be made inside of a value: the text alone says what it means."""
    at = random.randint(0, len(edit.lines) - 1)
    if what == "blank":
        edit.lines.insert(at, ("", -1))
    elif what == "swap" and at:
        edit.lines[at - 1 : at + 1] = reversed(edit.lines[at - 1 : at + 1])
    elif what == "any":
        edit.lines[at] = (random.choice(("x: 1", "  deux mots", "- un", "]", "'", "\t", "nom: 'é'")), -1)
    else:
        edit.lines.insert(at, (f"{' ' * random.choice((0, 0, 2, 6))}# ¤ {number}", -1))
    edit.values = None
    edit.steps.append(f"{what} at {at}")


def _replace(edit: Edit, at: int, line: str, changes: dict[str, Any]) -> None:
    edit.lines[at] = (line, -1)
    _mean(edit, changes)


def _mean(edit: Edit, changes: dict[str, Any]) -> None:
    if edit.values is None:
        return
    merged = {**edit.values, **changes}
    edit.values = {name: value for name, value in merged.items() if value is not None} or None


def _fields_of_one_line(document: Document, index: int, original: RecordText) -> dict[int, tuple[str, str]]:
    """The place of the line, the name and the written key of each field that has a line to itself."""
    node, text = document.item(KEY, index), document.text
    if text[node.start] == "{" or text[document.start(KEY)] == "[":
        return {}
    found = {}
    lines = [content for content, _end in _lines(original.text)]
    for name, (key, value) in node.fields().items():
        before = text[line_start(text, key.start) : key.start]
        inside = text[key.start : value.end]
        place = len(LINE_END.findall(text[original.start : key.start]))
        own = key.start == node.start or not before.strip(" ")
        if own and not any(char in inside + lines[place] for char in BREAKS):
            found[place] = (name, text[key.start : key.end])
    return found


def _changed_lines(original: RecordText, edited: RecordText, edit: Edit) -> list[str]:
    """The lines that were not edited and have other bytes now."""
    old, new = _lines(original.text), _lines(edited.text)
    lines = [(line.rstrip(), place) for line, place in edit.lines]
    while lines and not lines[-1][0]:
        lines.pop()
    if len(new) < len(lines):
        return [f"lines are missing: {edited.text!r}"]
    # Of several lines that look the same, any may be the one that is new or gone.
    times = Counter([line.rstrip() for line in original.shown.split("\n")]) + Counter(dict(lines).keys())
    found = []
    for at, ((line, place), (content, _end)) in enumerate(zip(lines, new, strict=False)):
        if place >= 0 and times[line] <= 2 and (at == 0) == (place == 0) and content != old[place][0]:
            found.append(f"line {place} was {old[place][0]!r} and is {content!r}")
    return found


def _lines(text: str) -> list[tuple[str, str]]:
    ends = [*LINE_END.finditer(text)]
    starts = [0, *(end.end() for end in ends)]
    lines = [(text[start : end.start()], end[0]) for start, end in zip(starts, ends, strict=False)]
    return lines if starts[-1] == len(text) and lines else [*lines, (text[starts[-1] :], "")]
