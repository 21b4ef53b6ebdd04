"""Changes valid files at random: their bytes, the XML in a workbook, the values of their fields."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from epncli.model.structure import FIELDS, Structure

TOKENS = (
    b"", b"\0", b"\r", b"\n", b"\r\n\r\n", b"\n" * 500, b"\t", b'"', b"'", b'""', b"\\",
    b",", b";", b"|", b"=", b":", b"- ", b"? ", b"#", b"[", b"]", b"{", b"}", b"((((",
    b"a," * 1100, b"b|" * 1100, b"[" * 50, b"{a: " * 30, b'{"a":' * 30,
    b"&a ", b"*a", b"!!str ", b"<<: ", b"---\n", b"...", b"%YAML 1.1\n",
    b"|+\n", b">-\n", b"null", b"true", b"NaN", b"1e999", b"-0", b"9" * 5000, b"0" * 300, b"1." * 50,
    b"\xff", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    b"\x1b[31m", b"\x7f", b"\\u0000", b"\\ud800", b"\\udc00", "\u202e".encode(), "\u2028".encode(),
    "\x85".encode(), "\xa0".encode(), "\ufffe".encode(), "ﬃ".encode(), "İ".encode(), "😀".encode(),
    "e\u0315\u0300".encode() * 200, "é".encode() * 300, b"a" * 3000, b" " * 3000,
    b"structures:", b"titre:", b"nom", b"id", b"telephones", b"PARIS 75012 ", b"NOUMEA 98800 ", b"24 " * 40,
    b"75012", b"01 40 01 02 03 / 04", b"+33 (0)1", b"a@b.fr", b"mailto:", b"http://", b"Mo-Fr 09:00-12:00; ",
    b"2014-09-31", b"31/02/2014", b"=cmd|' /C x'!A0",
    b"<!DOCTYPE x>", b"&amp;", b"&#0;", b"&#x10ffff;", b"]]>", b"<![CDATA[", b"<!--",
)  # fmt: skip
"""What means something to one of the readers, or to a rule."""

Mutation = Callable[[Random, bytes], bytes]


def _flipped(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 3, 20))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(random: Random, data: bytes) -> bytes:
    start, end = _part(random, data)
    return random.choice((data[:start], data[start:], data[:start] + data[end:]))


def _repeated(random: Random, data: bytes) -> bytes:
    start, end = _part(random, data, longest=400)
    return data[:end] + data[start:end] * random.choice((1, 1, 2, 10, 100)) + data[end:]


def _inserted(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    new = random.choice(TOKENS) if random.random() < 0.8 else random.randbytes(random.randrange(1, 30))
    return data[:at] + new + data[at:]


def _replaced(random: Random, data: bytes) -> bytes:
    start, end = _part(random, data, longest=30)
    return data[:start] + random.choice(TOKENS) + data[end:]


def _moved(random: Random, data: bytes) -> bytes:
    start, end = _part(random, data, longest=200)
    at = random.randrange(len(data) + 1)
    rest = data[:start] + data[end:]
    return rest[:at] + data[start:end] + rest[at:]


def _part(random: Random, data: bytes, longest: int = 0) -> tuple[int, int]:
    start = random.randrange(len(data))
    return start, min(len(data), start + random.randrange(1, (longest or len(data)) + 1))


_BYTES: Sequence[Mutation] = (
    _flipped, _cut, _repeated, _inserted, _inserted, _replaced, _replaced, _moved,
)  # fmt: skip


def mutated(random: Random, data: bytes) -> bytes:
    """The bytes with one to four changes."""
    for _ in range(random.choice((1, 1, 2, 4))):
        data = random.choice(_BYTES)(random, data) or b"x"
    return data


_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"""([\w:-]+)="([^"]*)\"""")
_NUMBERS = (
    "", "-1", "0", "1", "2", "7", "255", "1048576", "2147483648", "4294967295",
    "18446744073709551615", "9" * 30, "1.5", "1e9", "NaN", "x", "é",
)  # fmt: skip
_CELLS = (
    "", "A0", "A1", "B2", "Z9", "XFD1", "A1048576", "XFD1048576", "ZZZZ1", "AAAAAAAAA9", "A99999999999",
    "1A", "a1", "A1:B2", "$A$1", "A-1",
)  # fmt: skip
_KINDS = (
    "s",
    "str",
    "inlineStr",
    "n",
    "b",
    "d",
    "e",
    "x",
    "string",
    "float",
    "date",
    "time",
    "percentage",
    "boolean",
)
_ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


def mutated_workbook(random: Random, data: bytes) -> bytes:
    """The workbook with changes in the XML of its parts, in its list of parts, or in its bytes."""
    if random.random() < 0.15:
        return mutated(random, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(random.choice((1, 1, 2, 4))):
        at = _heaviest_first(random, parts)
        name, content = parts[at]
        kind = random.random()
        if kind < 0.08:
            parts[at : at + 1] = random.choice(
                ([], [(name, content)] * 2, [(_renamed(random, name), content)], [(name, b"")])
            )
        elif kind < 0.25:
            parts[at] = (name, mutated(random, content or b"x"))
        else:
            parts[at] = (name, _mutated_xml(random, content))
        if not parts:
            break
    return _packed(random, parts)


def _heaviest_first(random: Random, parts: list[tuple[str, bytes]]) -> int:
    """Most changes go where most is read: sheets, texts, the list of sheets."""
    read = [
        at for at, (name, _) in enumerate(parts) if re.search("sheet|content|sharedStrings|workbook", name)
    ]
    return random.choice(read) if read and random.random() < 0.85 else random.randrange(len(parts))


def _renamed(random: Random, name: str) -> str:
    return random.choice(
        (name.upper(), "../" + name, "/" + name, name.replace("/", "\\"), name + " ", "x", name * 30)
    )


def _mutated_xml(random: Random, content: bytes) -> bytes:
    xml = content.decode("utf-8", "replace")
    if random.random() < 0.03:
        return (_ENTITIES + xml.replace(">", ">&b;&c;", 3)).encode()
    if random.random() < 0.03:
        return xml.encode(random.choice(("utf-16", "utf-8-sig", "latin-1")), "replace")
    tags = list(_TAG.finditer(xml))
    if not tags:
        return mutated(random, content or b"x")
    tag = random.choice(tags)
    start, end = tag.span()
    return (xml[:start] + _other_tag(random, xml, tag[0], start) + xml[end:]).encode("utf-8", "replace")


def _other_tag(random: Random, xml: str, tag: str, start: int) -> str:
    attributes = _ATTRIBUTE.findall(tag)
    kind = random.randrange(10)
    if kind < 5 and attributes:
        name, value = random.choice(attributes)
        old = f'{name}="{value}"'
        new = random.choice(_NUMBERS if random.random() < 0.5 else _CELLS + _KINDS)
        return tag.replace(old, random.choice((
            f'{name}="{new}"', f'{name}="{new}"', f'{name}="{new}"', f"{name}='{new}'", f'{name} = "{new}"',
            "", name, f'{old} {name}="{new}"', f'x:{name}="{new}"', f'{name}="{"a" * 5000}"',
        )))  # fmt: skip
    if kind == 5:
        extra = f' table:number-{random.choice(("rows", "columns"))}-repeated="{random.choice(_NUMBERS)}"'
        return re.sub(r"(/?>)$", rf"{extra}\1", tag)
    if kind == 6:  # the element, or as much as follows, again
        return xml[start : start + random.choice((20, 100, 1000))] * random.choice((1, 5, 300)) + tag
    return random.choice((
        "", tag * 2, tag * 200, tag.replace("<", "<x:", 1), tag.replace("/>", ">"), tag.replace(">", "/>"),
        tag + "&" + tag, tag + "<!-- -- -->", tag + "<![CDATA[a]]>", tag + "<?x?>",
        tag + random.choice(_NUMBERS),
    ))  # fmt: skip


def _packed(random: Random, parts: list[tuple[str, bytes]]) -> bytes:
    data = io.BytesIO()
    method = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in parts:
            archive.NameToInfo.pop(name, None)  # a part may be there twice
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return data.getvalue()


_WORDS = [token.decode("utf-8", "replace") for token in TOKENS]
_OF_A_LINE = ("nom", "telephones", "notes")
_FIELDS = (*FIELDS, "telephone", "publics_accueillis", "labels_nationaux", "cle_ban", "wifi", "")


def odd_places(random: Random, valid: Sequence[Structure]) -> list[dict[str, object]]:
    """Places of which some fields hold what no one would write there, and fields that are none."""
    places = [dict[str, object](random.choice(valid).values()) for _ in range(random.choice((1, 1, 2, 5)))]
    for _ in range(random.choice((1, 2, 6))):
        random.choice(places)[random.choice(_FIELDS)] = _odd_value(random)
    return places


def _odd_value(random: Random, depth: int = 0) -> object:
    kind = random.random()
    if depth < 3 and kind < 0.1:
        return {random.choice(_WORDS): _odd_value(random, depth + 1) for _ in range(random.choice((0, 1, 3)))}
    if depth < 3 and kind < 0.3:
        return [_odd_value(random, depth + 1) for _ in range(random.choice((0, 1, 2, 30)))]
    if kind < 0.4:
        return random.choice((None, True, 0, -1, 1.5, 1e300, 10**400, "\ud800"))
    return "".join(random.choice(_WORDS) for _ in range(random.choice((1, 1, 2, 4))))


def written(random: Random, form: str, places: Sequence[dict[str, object]]) -> bytes:
    """The places as a file of that form, which is well-formed."""
    if form in ("json", "yaml"):
        text = json.dumps(places, ensure_ascii=random.random() < 0.5)
        return (f"structures: {text}" if form == "yaml" else text).encode("utf-8", "replace")
    if form == "json lines":
        return "\n".join(map(json.dumps, places)).encode()
    if form == "geojson":
        points = [{"type": "Point", "coordinates": _odd_value(random)} for _ in places]
        return json.dumps({"type": "FeatureCollection", "features": [
            {"type": "Feature", "geometry": point, "properties": place}
            for point, place in zip(points, places, strict=True)
        ]}).encode()  # fmt: skip
    separator = random.choice(",;\t" if form != "text" else "  \t|")
    names = list(dict.fromkeys(name for place in places for name in place))
    cells = [names, *([_cell(place.get(name, "")) for name in names] for place in places)]
    if form == "text":
        cells = [["PARIS", "75012", *(_cell(place.get(name, "")) for name in _OF_A_LINE)] for place in places]
        return "\n".join(separator.join(row) for row in cells).encode("utf-8", "replace")
    table = io.StringIO(newline="")
    csv.writer(table, delimiter=separator).writerows(cells)
    return table.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)
