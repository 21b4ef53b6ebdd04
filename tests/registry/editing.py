"""Random edits of the text of a record, and the properties that they must have."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "yamlfile"))  # for the two modules there that are no tests

from changing import KEY, judge, read
from handwriting import BREAKS, write_registry

from epncli.errors import EpnError, Unreadable, Unwritable
from epncli.registry.changes import Change, Edited, preview
from epncli.registry.record_text import RecordText
from epncli.registry.registry import Registry

LINE = re.compile(f"[^{''.join(BREAKS)}]*(?:\r\n|[{''.join(BREAKS)}])|[^{''.join(BREAKS)}]+")
DONE, INVALID, DECLINED, NO_RECORD = "done", "invalid", "declined", "no record"
NEW = (
    "champ: neuf", "notes: |\n  un\n\n  deux", "x: 'l''un'", "y: [a, b]", "# ¤ vu", "  # ¤ plus loin", "",
    "   ", "z:", "telephones:\n- 01 46 36 70 13", "  suite", "\tx", "- a", "]", "'", "notes: |+\n  un\n\n",
    ", p: q",
)  # fmt: skip


@dataclass
class Edit:
    """What a person makes of the lines that are shown."""

    lines: list[tuple[str, int]]
    """Each with the place that it had before; -1 for one that was typed."""
    steps: list[str] = field(default_factory=list)
    is_stripped: bool = False
    """True when the editor has taken the blanks off the ends of all lines."""

    @property
    def shown(self) -> list[str]:
        return [line for line, _place in self.lines]


def faults(random: Random) -> tuple[str, list[str]]:
    """How a random edit of a random record ended, and every promise that it broke."""
    handwritten = write_registry(random)
    document = read(handwritten)
    records = document.root.get(KEY)
    if not records:
        return NO_RECORD, []
    index = random.randrange(len(records))
    record = RecordText.of(document, index)
    edit = edit_randomly(random, LINE.findall(record.shown))
    saved = _saved(random, edit)
    about = [f"{handwritten.text!r} {index} {edit.steps} {saved!r}"]
    meanings = _meanings(edit.shown, unended=record.is_unended)
    try:
        values = record.values(record.edited(saved))
    except Unreadable:  # epn refuses more than YAML does
        return INVALID, [] if edit.steps else ["what nobody touched is refused", *about]
    if not values:
        return INVALID, [] if None in meanings else ["what was typed is read as nothing", *about]
    if values not in meanings:
        return DONE, [f"what was typed means {meanings}, and is read as {values}", *about]
    registry = Registry.of(document)
    before = registry.structures[index]
    after = type(before).from_values(values)
    dated = bool(edit.steps) and random.random() < 0.3
    if dated:  # as epn itself sets the day
        after, values = after.changed(date_maj="2026-01-31"), {**values, "date_maj": "2026-01-31"}
    try:
        outcome = preview(registry, [Change(before, after, Edited(record.shown, saved))])
    except EpnError as error:
        if isinstance(error, Unwritable):
            return DECLINED, [] if edit.steps else ["what nobody touched is declined", *about]
        return INVALID, []  # an id that another record has
    new = outcome.written.text
    expected = deepcopy(document.root)
    expected[KEY][index] = values  # type: ignore[index,call-overload]
    found = [] if judge(new) == expected else [f"the judge reads {judge(new)[KEY][index]}"]
    found += [] if dated else _touched(document.text, new, record, edit)
    return DONE, [*found, *about] if found else []


def edit_randomly(random: Random, lines: list[str]) -> Edit:
    """Up to three changes of lines: other words, more, fewer, comments, blank lines, another order."""
    edit = Edit([(line, place) for place, line in enumerate(lines)])
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        if not edit.lines:
            break
        at = random.randrange(len(edit.lines))
        what: Callable[[Random, Edit, int], str] = random.choice(_WAYS)
        edit.steps.append(f"{what.__name__} {at}: {what(random, edit, at)}")
    return edit


def _words(random: Random, edit: Edit, at: int) -> str:
    line = edit.lines[at][0]
    key = re.match(r"([^:#]*:[ \t]+)[^\s].*?(\s*)\Z", line, re.DOTALL)
    word = random.choice(("neuf", "'neuf'", "0142", "a: b", "[a, b]", "{p: q}", '"é', "|", "-"))
    edit.lines[at] = (f"{key[1]}{word}{key[2]}" if key else word + _end_of(line), -1)
    return edit.lines[at][0]


def _letter(random: Random, edit: Edit, at: int) -> str:
    line = edit.lines[at][0]
    place = random.randint(0, len(line.rstrip("".join(BREAKS))))
    edit.lines[at] = (line[:place] + random.choice("xé #'\"") + line[place:], -1)
    return edit.lines[at][0]


def _more(random: Random, edit: Edit, at: int) -> str:
    new = random.choice(NEW)
    at += random.randint(0, 1)
    if at == len(edit.lines) and edit.lines[-1][0][-1:] not in BREAKS:
        edit.lines[-1] = (edit.lines[-1][0] + "\n", edit.lines[-1][1])
    edit.lines[at:at] = [(line + "\n", -1) for line in new.split("\n")]
    return new


def _fewer(_random: Random, edit: Edit, at: int) -> str:
    return edit.lines.pop(at)[0]


def _no_comment(_random: Random, edit: Edit, at: int) -> str:
    line, place = edit.lines[at]
    without = re.sub(r"[ \t]*#[^\r\n\x85\u2028\u2029]*", "", line)
    edit.lines[at] = (without, place if without == line else -1)
    return line


def _comment(random: Random, edit: Edit, at: int) -> str:
    line = edit.lines[at][0]
    words = line[: len(line) - len(_end_of(line))]
    edit.lines[at] = (f"{words}{random.choice(('  ', ' '))}# ¤ {at}{_end_of(line)}", -1)
    return edit.lines[at][0]


def _swap(_random: Random, edit: Edit, at: int) -> str:
    if at:
        edit.lines[at - 1 : at + 1] = [(edit.lines[at][0], -1), (edit.lines[at - 1][0], -1)]
    return ""


_WAYS = (_words, _words, _letter, _more, _more, _fewer, _no_comment, _comment, _swap)


def _end_of(line: str) -> str:
    return line[len(line.rstrip("".join(BREAKS))) :]


def _saved(random: Random, edit: Edit) -> str:
    """What an editor saves of it: other line ends perhaps, no last one, no blanks at line ends."""
    text = "".join(edit.shown)
    if random.random() < 0.1 and not any(_is_blank_ended(line) for line, place in edit.lines if place < 0):
        text = re.sub(r"[ \t]+(?=\n|\Z)", "", text)
        edit.is_stripped = True
    if random.random() < 0.1:
        text = text.replace("\n", "\r\n")
    if random.random() < 0.1 and edit.lines and edit.shown[-1].strip():
        text = text.removesuffix("\n").removesuffix("\r")
    return text


def _is_blank_ended(line: str) -> bool:
    return line.removesuffix("\n").endswith((" ", "\t"))


def _meanings(lines: list[str], *, unended: bool) -> list[Any]:
    """What plain PyYAML reads in the lines standing alone; None where it is no record.

    Where the last line has no end, blank lines below it may be what an editor has added.
    """
    texts = ["".join(f"  {line}" if line.strip("\n") else line for line in lines)]
    texts[0] = f"{KEY}:\n- {texts[0].removeprefix('  ')}"
    if texts[0][-1:] not in BREAKS:
        texts[0] += "\n"
    if unended:
        texts = [texts[0].removesuffix("\n"), texts[0].rstrip(" \t\n")]
    return [_record_in(text) for text in texts]


def _record_in(text: str) -> Any:
    try:
        found = judge(text)[KEY]
    except (yaml.YAMLError, TypeError):
        return None
    return found[0] if isinstance(found, list) and isinstance(found[0], dict) else None


def _touched(old: str, new: str, record: RecordText, edit: Edit) -> list[str]:
    """The lines that nobody has edited and that have other bytes now."""
    start, end = record.places[0].start, record.places[-1].end + len(record.places[-1].line_end)
    if not new.startswith(old[:start]) or not new.endswith(old[end:]):
        return ["what stands around the record has changed"]
    was, now = LINE.findall(old[start:end]), LINE.findall(new[start : len(new) - len(old) + end])
    shown = LINE.findall(record.shown)
    if record.in_brackets and not now[-1].strip():  # what follows cannot stand after a comment
        now.pop()
    lines = edit.lines[: len(now)]
    if len(now) != len(lines) or any(line.strip() for line in edit.shown[len(now) :]):
        return [f"{len(edit.lines)} lines are {len(now)} now"]
    found = []
    for at, (line, place) in enumerate(lines):
        if place < 0 or any(other < 0 and _look(same, edit) == _look(line, edit) for same, other in lines):
            continue
        # Of several lines that look the same, any may be the one that is new or gone.
        look = _look(line, edit)
        bytes_of_it = [was[other] for other, same in enumerate(shown) if _look(same, edit) == look]
        is_now = now[at]
        if at == 0 or place == 0:  # only one of them stands after the dash
            is_now, bytes_of_it = is_now.lstrip(" \t"), [one.lstrip(" \t") for one in bytes_of_it]
        if at == len(lines) - 1 or place == len(shown) - 1:  # only one of them may have no end
            ends = "".join(BREAKS)
            is_now, bytes_of_it = is_now.rstrip(ends), [one.rstrip(ends) for one in bytes_of_it]
        ends_anew = is_now.endswith("\r\n") and is_now[:-1] in bytes_of_it  # above a line that begins with \n
        if is_now not in bytes_of_it and not ends_anew:
            found.append(f"line {place} was {was[place]!r} and is {now[at]!r}")
    return found


def _look(line: str, edit: Edit) -> str:
    return line.rstrip() if edit.is_stripped else line
