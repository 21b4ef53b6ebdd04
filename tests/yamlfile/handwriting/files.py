"""Generates whole files: block style, flow style, JSON with tabs, with line breaks of any kind."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from handwriting.block import BlockScribe
from handwriting.flow import CLOSE, OPEN
from handwriting.words import PLAIN

BREAKS = ("\n", "\r\n", "\r", "\x85", "\u2028", "\u2029")


@dataclass(frozen=True)
class Handwritten:
    """A file as a person left it; `lines` are the start and the end of each record's own lines."""

    text: str
    bom: bool
    lines: tuple[tuple[int, int], ...]
    explicit: bool
    """True when something stands as `? key`, which epn leaves to a person."""

    @property
    def data(self) -> bytes:
        return b"\xef\xbb\xbf" * self.bom + self.text.encode()


class Scribe(BlockScribe):
    """Writes a registry."""

    def structures(self, root: int) -> None:
        if self.chance(0.15):
            self.gap(root)
            self.flow_records()
            self.put(self.trailing(glued=True), "\n")
            return
        self.put(self.trailing(), "\n")
        dash = root + self.random.choice((0, 2, 2, 2, 4))
        for number in range(self.random.choice((0, 1, 1, 2, 3))):
            self.between()
            self.token()
            self.block_record(number, dash)

    def registry(self) -> Handwritten:
        kind = self.random.choice(("braces", "tabs", *["block"] * 14))
        if kind == "braces":
            self.json_like()
        elif kind == "tabs":
            self.json_with_tabs()
        else:
            self.block_file()
        text = "".join(self.out)
        if self.chance(0.2):  # the last line has no end, or the file no blank lines there
            count = self.random.choice(("", "+"))
            text = re.sub(f"\n{count}({CLOSE}?)$", r"\1", text)
        text = self.line_breaks(text)
        return Handwritten(*_marked(text, self.chance(0.1)), self.explicit)

    def json_like(self) -> None:
        self.in_block = False
        self.between()
        self.sign("{")
        names = ["titre", "structures"] if self.chance(0.7) else ["structures"]
        self.random.shuffle(names)
        for index, name in enumerate(names):
            self.inside()
            self.put(self.random.choice((f'"{name}"', name)))
            self.sign(": ")
            self.inside()
            if name == "titre":
                self.scalar(self.one_line(flow=True))
            else:
                self.flow_records()
            self.inside()
            if index < len(names) - 1:
                self.sign(", ")
        self.sign("}", self.trailing(glued=True), "\n")
        self.between()

    def json_with_tabs(self) -> None:
        """As programs write JSON: a line for each object, or one for each field."""
        first, between, last = ("\n\t\t\t", ",\n\t\t\t", "\n\t\t") if self.chance(0.5) else ("", ", ", "")
        objects = []
        for number in range(self.random.choice((0, 1, 2, 3))):
            fields = [f'"{name}": {self.json_value(name, number)}' for name in self.names()]
            objects.append(OPEN + "{" + first + between.join(fields) + last + "}" + CLOSE)
        parts = [
            f'"titre": {self.json_value("titre", 0)}',
            '"structures": [' + ",".join("\n\t\t" + one for one in objects) + "\n\t]",
        ]
        self.random.shuffle(parts)
        self.put("{\n\t", ",\n\t".join(parts), "\n}\n")

    def json_value(self, name: str, number: int) -> str:
        if name == "id":
            return f'"s{number}"'
        values = self.random.sample(PLAIN, self.random.randint(0, 3))
        value = values if name in ("telephones", "courriels") else " ".join(values)
        return json.dumps(value, ensure_ascii=False)

    def block_file(self) -> None:
        if self.chance(0.1):
            self.between()
            self.put(self.random.choice(("---", "%YAML 1.1\n---")), self.trailing(), "\n")
        root = 2 if self.chance(0.05) else 0
        names = [name for name in ("titre", "autre", "liste") if self.chance(0.4)]
        names.insert(self.random.randint(0, len(names)), "structures")
        for name in names:
            self.between()
            self.token()
            self.put(" " * root, self.key(name), ":")
            if name == "structures":
                self.structures(root)
            elif name == "liste":
                self.list_value(root)
            elif name == "autre" and self.chance(0.5):
                self.mapping_value(root)
            else:
                self.scalar_value(root)
            self.where = ""
        self.between()
        if self.chance(0.05):
            self.put("...", self.trailing(), "\n")

    def line_breaks(self, text: str) -> str:
        kind = self.random.choice(("\n", "\n", "\n", "\r\n", "\r\n", "\r", "mixed", "any"))
        if kind == "mixed":
            return re.sub("\n", lambda _: self.random.choice(BREAKS[:2]), text)
        if kind == "any":
            return self.any_line_breaks(text)
        return text.replace("\n", kind)

    def any_line_breaks(self, text: str) -> str:
        parts, last = [], ""
        for char in text:
            this = self.random.choice(BREAKS) if char == "\n" else char
            if last == "\r" and this == "\n":  # together they would be one line break
                this = "\r\n"
            if char not in (OPEN, CLOSE):
                last = this
            parts.append(this)
        return "".join(parts)


def _marked(text: str, bom: bool) -> tuple[str, bool, tuple[tuple[int, int], ...]]:
    """The text without its private marks, and where these stood."""
    plain: list[str] = []
    at, starts, ends = 0, [], []
    for part in re.split(f"([{OPEN}{CLOSE}])", text):
        if part == OPEN:
            starts.append(at)
        elif part == CLOSE:
            ends.append(at)
        else:
            plain.append(part)
            at += len(part)
    return "".join(plain), bom, tuple(zip(starts, ends, strict=True))
