"""A record's own YAML, taken out of its file for an editor and put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from epncli.structure import CHAMPS
from epncli.yamlfile.edit import change_item
from epncli.yamlfile.layout import BREAKS, Splice, apply, column, newline, next_line
from epncli.yamlfile.reader import Document, Value, read_document
from epncli.yamlfile.source import Source

_HEAD = "structures:\n- "
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class RecordText:
    """The lines of one record, moved to the left edge, and where they stand in the file."""

    text: str
    record: dict[str, Value]
    start: int = 0
    end: int = 0
    indent: int = 0
    line_break: str = "\n"

    @staticmethod
    def of(document: Document, index: int) -> RecordText:
        """The text of a record of a file, with the comment behind its last value."""
        node = document.item("structures", index)
        text = document.text
        indent = column(text, node.start)
        in_flow = text[node.start] == "{"
        end = node.end if in_flow else _end_of_line(text, node.end)
        line_break = newline(text)
        lines = text[node.start : end].replace(line_break, "\n").split("\n")
        shown = [lines[0], *(_without_indent(line, indent) for line in lines[1:])]
        values = node.value
        assert isinstance(values, dict)
        return RecordText("\n".join(shown) + "\n", values, node.start, end, indent, line_break)

    def edited(self, text: str) -> RecordText:
        """The record that an edited text describes; raise `Unreadable` where it is none."""
        return RecordText(text, read_record(text))

    def splice(self, text: str) -> Splice:
        """What puts an edited text into the file, in the place of this one."""
        first, *rest = text.rstrip("\n").split("\n")
        lines = [first, *(" " * self.indent + line if line else "" for line in rest)]
        return Splice(self.start, self.end, self.line_break.join(lines))


def read_record(text: str) -> dict[str, Value]:
    """The fields of a record that stands alone; raise `Unreadable`, with its line in that text."""
    document = _alone(text)
    found = document.root["structures"]
    record = found[0] if isinstance(found, list) and found else ""
    return record if isinstance(record, dict) else {}


def with_values(text: str, values: Mapping[str, str | list[str] | None]) -> str:
    """The text of a record with some of its fields set."""
    document = _alone(text)
    changed = apply(document.text, change_item(document, "structures", 0, values, tuple(CHAMPS)))
    lines = changed.removeprefix(_HEAD).split("\n")
    return "\n".join([lines[0], *(line.removeprefix(_INDENT) for line in lines[1:])])


def _alone(text: str) -> Document:
    first, *rest = text.rstrip("\n").split("\n")
    lines = [first, *(_INDENT + line if line else "" for line in rest)]
    return read_document(Source(Path(), b"", b"", _HEAD + "\n".join(lines) + "\n"))


def _end_of_line(text: str, end: int) -> int:
    if text[end - 1 : end] in BREAKS:
        return end
    stop = next_line(text, end)
    while stop > end and text[stop - 1] in BREAKS:
        stop -= 1
    return stop


def _without_indent(line: str, indent: int) -> str:
    blanks = len(line) - len(line.lstrip(" "))
    return line[min(blanks, indent) :]
