"""Random registries as people write them, and two branches of each, changed by hand and by commands.

A registry is a list of blocks of lines: each record with its fields, headings, comments and blank lines. A
branch changes some of these, and is written again.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from random import Random

COMMUNES = (("Paris", "75020"), ("Paris", "75011"), ("Lyon", "69003"), ("Bourg-en-Bresse", "01000"))
WORDS = ("Relais", "Maison", "Espace", "École", "L’Atelier", "Médiathèque", "Centre 59", "Salle n° 3")
TEXTS = {
    "adresse": ("3 rue de l'Élan", "12 place du Marché", "1 bis, rue X"),
    "horaires": ("Mo-Fr 09:00-12:00", "24/7"),
    "motif_fermeture": ("association fermée", "fin du bail"),
    "date_fermeture": ("2014-09", "2025", "2026-01-31"),
    "statut": ("fermé", "ouvert"),
    "notes": ("vu: oui", "# pas un commentaire", "deux\nlignes", "deux\nlignes\n", "- liste"),
    "wifi": ("oui", "non"),
    "site_interne": ("a", "b"),
}
ITEMS = {
    "telephones": ("01 40 01 02 03", "01 46 36 70 13", "01 53 16 14 82", "04 74 22 10 10"),
    "courriels": ("a@exemple.fr", "b@exemple.fr", "c@exemple.fr"),
    "services": ("Aide aux démarches administratives", "Loisirs et créations numériques"),
}
REQUIRED = ("id", "nom", "commune", "code_postal")
CHANGES = (
    "edit", "edit", "edit", "edit", "drop", "close", "confirm", "add", "add", "remove", "move", "comment",
    "comment", "uncomment", "titre",
)  # fmt: skip
DAYS = ("2025-01-01", "2025-06-30", "2026-02-01", "2026-03-05")


@dataclass
class Entry:
    """A field of a record, as it is written."""

    name: str
    value: str | list[str]
    style: str
    comment: str = ""
    above: list[str] = field(default_factory=list)
    """Comment lines and blank lines above it."""


@dataclass
class Record:
    """A record with the lines around it."""

    entries: list[Entry]
    above: list[str] = field(default_factory=list)
    """Headings, comments and blank lines above it."""
    below: list[str] = field(default_factory=list)
    """Comments below its fields, indented like them."""
    in_braces: bool = False

    @property
    def id(self) -> str:
        return next((str(entry.value) for entry in self.entries if entry.name == "id"), "")


@dataclass
class Text:
    """A registry."""

    indent: int
    wide: int
    line_end: str
    head: list[str]
    records: list[Record]
    tail: list[str]
    in_brackets: bool = False
    ends_line: bool = True
    """The last line has a line break."""

    def written(self) -> str:
        if self.in_brackets:
            return self.line_end.join([*self.head, *_in_brackets(self.records), *self.tail, ""])
        lines = [*self.head, "structures:" if self.records else "structures: []"]
        for record in self.records:
            lines += [*record.above, *_record(record, self.indent, self.wide)]
        return self.line_end.join([*lines, *self.tail, *[""] * self.ends_line])


def _record(record: Record, indent: int, wide: int) -> list[str]:
    dash, space = " " * indent + "-" + " " * (wide - 1), " " * (indent + wide)
    if record.in_braces:
        pairs = (f"{entry.name}: {_flow(entry.value)}" for entry in record.entries)
        return [f"{dash}{{{', '.join(pairs)}}}", *(space + line for line in record.below)]
    lines = []
    for number, entry in enumerate(record.entries):
        first, *rest = _field(entry)
        lines += [space + line if line else line for line in entry.above if number]
        lines += [(space if number else dash) + first, *(space + line if line else line for line in rest)]
    return lines + [space + line for line in record.below]


def _in_brackets(records: list[Record]) -> list[str]:
    braces = [
        "{" + ", ".join(f"{one.name}: {_flow(one.value)}" for one in record.entries) + "}"
        for record in records
    ]
    comments = [[line.strip() for line in record.above if "#" in line] for record in records]
    lines = [line for above, text in zip(comments, braces, strict=True) for line in (*above, f"  {text},")]
    return ["structures: [", *(line if line.startswith("  ") else f"  {line}" for line in lines), "]"]


def _flow(value: str | list[str]) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _field(entry: Entry) -> list[str]:
    comment = f"  # {entry.comment}" if entry.comment else ""
    value = entry.value
    if isinstance(value, list):
        if entry.style == "lines" and value:
            return [f"{entry.name}:{comment}", *(f"  - {_flow(item)}" for item in value)]
        return [f"{entry.name}: {_flow(value)}{comment}"]
    if "\n" in value:
        mark = "|" if value.endswith("\n") else "|-"
        return [f"{entry.name}: {mark}{comment}", *("  " + line for line in value.splitlines())]
    if entry.style == "single" and "\n" not in value:
        return [f"{entry.name}: '{value.replace(chr(39), chr(39) * 2)}'{comment}"]
    if entry.style == "plain" and value.replace(" ", "").isalpha():
        return [f"{entry.name}: {value}{comment}"]
    return [f"{entry.name}: {_flow(value)}{comment}"]


class Scribe:
    """Writes registries and changes them at random."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.count = 0
        self.in_branch = False

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def comment(self) -> str:
        self.count += 1
        # A text that two branches add, and one removes elsewhere, cannot be told from one that is lost.
        again = f"encore {self.count}" if self.in_branch else "à rappeler"
        return self.random.choice([f"remarque {self.count}", f"vu sur place {self.count}", again])

    def entry(self, name: str, value: str | list[str]) -> Entry:
        style = self.random.choice(["double", "single", "plain", "lines"])
        return Entry(name, value, style, self.comment() if self.chance(0.1) else "")

    def record(self, identifier: str) -> Record:
        record = Record(self.entries(identifier), in_braces=self.chance(0.05))
        for entry in record.entries[1:]:
            if self.chance(0.05):
                entry.above = [f"# {self.comment()}"]
        if record.in_braces:
            for entry in record.entries:
                entry.comment, entry.above = "", []
        if self.chance(0.1):
            record.below = [f"# {self.comment()}"]
        return record

    def entries(self, identifier: str) -> list[Entry]:
        random = self.random
        commune, code = random.choice(COMMUNES)
        nom = f"{random.choice(WORDS)} {identifier}"
        pairs = (("id", identifier), ("nom", nom), ("commune", commune), ("code_postal", code))
        entries = [self.entry(*pair) for pair in pairs]
        for name, values in TEXTS.items():
            if self.chance(0.25):
                entries.append(self.entry(name, random.choice(values)))
        for name, values in ITEMS.items():
            if self.chance(0.4):
                entries.append(self.entry(name, random.sample(values, random.randint(1, len(values)))))
        if self.chance(0.5):
            entries.append(self.entry("date_maj", random.choice(DAYS)))
        if self.chance(0.1):
            random.shuffle(entries)
        return entries

    def text(self) -> Text:
        random = self.random
        blank = self.chance(0.6)
        records = [self.record(f"lieu-{number}") for number in range(random.randint(0, 7))]
        if records and self.chance(0.05):
            records.insert(random.randint(0, len(records)), self.record(records[0].id))
        if self.chance(0.5):
            records.sort(key=lambda one: str(one.entries[3].value))
        indent = random.choice([0, 2, 2, 2, 4])
        for number, record in enumerate(records):
            if blank and number:
                record.above.append("")
            if self.chance(0.15):
                record.above += [f"{' ' * indent}# Titre {number}", ""]
            if self.chance(0.2):
                record.above.append(f"{' ' * indent}# {self.comment()}")
        head = ["# Le registre"] * self.chance(0.5) + ["titre: Essai"] * self.chance(0.5)
        tail = random.choice([[], [], [], ["# fin"], ["contact: a@exemple.fr"]])
        line_end = random.choice(["\n", "\n", "\n", "\r\n"])
        wide = random.choice([2, 2, 2, 4])
        in_brackets, ends_line = self.chance(0.03), self.chance(0.9)
        return Text(indent, wide, line_end, head, records, tail, in_brackets, ends_line)

    def branch(self, text: Text, name: str) -> Text:
        """A copy with a few random changes."""
        copy = deepcopy(text)
        self.in_branch = True
        for _ in range(self.random.randint(0, 4)):
            self.change(copy, name)
        if self.chance(0.03):
            self.indent(copy)
        copy.ends_line = copy.ends_line or self.chance(0.5)
        return copy

    def indent(self, text: Text) -> None:
        """Give the list another indent, with the comments and headings in it."""
        before, text.indent = text.indent, self.random.choice([0, 2, 4, 6])
        for record in text.records:
            record.above = [line and " " * text.indent + line[before:] for line in record.above]

    def change(self, text: Text, name: str) -> None:
        record = self.random.choice(text.records) if text.records else None
        what = self.random.choice(CHANGES)
        if what == "add" or record is None:
            self.add(text, name)
        elif what == "titre":
            text.head = [line for line in text.head if not line.startswith("titre")] + ["titre: Autre"]
        elif what == "comment":
            self.add_comment(text, record)
        elif what in ("remove", "move"):
            if what == "move" or len(text.records) > 1:
                text.records.remove(record)
            if what == "move":
                text.records.insert(self.random.randint(0, len(text.records)), record)
        else:
            self.change_record(record, what)

    def add(self, text: Text, name: str) -> None:
        random, records = self.random, text.records
        self.count += 1
        new = self.record("commun" if self.chance(0.05) else f"neuf-{name}-{self.count}")
        place = random.choice([len(records), random.randint(0, len(records))])
        above = records[place - 1].above[:1] if place else []
        new.above = [line for line in above if not line]
        if self.chance(0.2):
            new.above.append(f"{' ' * text.indent}# {self.comment()}")
        records.insert(place, new)

    def change_record(self, record: Record, what: str) -> None:
        random = self.random
        if what == "close":
            self.set(record, "statut", "fermé")
            self.set(record, "date_fermeture", random.choice(TEXTS["date_fermeture"]))
        if what in ("close", "confirm"):
            self.set(record, "date_maj", random.choice(DAYS))
        elif what == "drop":
            names = [entry.name for entry in record.entries if entry.name not in REQUIRED]
            gone = random.choice(names) if names else ""
            record.entries = [entry for entry in record.entries if entry.name != gone]
        elif what == "uncomment":
            self.remove_comment(record)
        elif self.chance(0.4):
            chosen = random.choice(list(ITEMS))
            self.set(record, chosen, random.sample(ITEMS[chosen], random.randint(1, len(ITEMS[chosen]))))
        else:
            chosen = random.choice([*TEXTS, "nom"])
            self.set(record, chosen, random.choice(TEXTS.get(chosen) or WORDS))

    def set(self, record: Record, name: str, value: str | list[str]) -> None:
        for entry in record.entries:
            if entry.name == name:
                entry.value = value
                return
        new = self.entry(name, value)
        if record.in_braces:
            new.comment = ""
        record.entries.insert(self.random.randint(1, len(record.entries)), new)

    def add_comment(self, text: Text, record: Record) -> None:
        kind = self.random.choice(["above", "below", "behind", "between", "head"])
        if kind == "above":
            record.above.append(f"{' ' * text.indent}# {self.comment()}")
        elif kind == "below":
            record.below.append(f"# {self.comment()}")
        elif kind == "head":
            text.head.append(f"# {self.comment()}")
        elif not record.in_braces:
            entry = self.random.choice(record.entries)
            if kind == "behind":
                entry.comment = self.comment()
            elif entry is not record.entries[0]:
                entry.above.append(f"# {self.comment()}")

    def remove_comment(self, record: Record) -> None:
        kept = [line for line in record.above if "#" not in line]
        if kept != record.above and self.chance(0.5):
            record.above = kept
        elif record.below:
            record.below = []
        else:
            for entry in record.entries:
                entry.comment = ""
