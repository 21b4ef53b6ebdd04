"""What was read of a large file is what parsing it gives, whatever is in the cache folder."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.errors import Unreadable
from epncli.system import cache_folder
from epncli.yamlfile import commit, remembered
from epncli.yamlfile.commit import Plan
from epncli.yamlfile.events import event_starts
from epncli.yamlfile.layout import Splice
from epncli.yamlfile.reader import Document, libyaml, read_document
from epncli.yamlfile.remembered import (
    read_event_starts,
    read_remembered,
    remember_columns,
    remembered_columns,
)
from epncli.yamlfile.source import Source, decode

TEXT = """\
\ufefftitre: "Été \\x01 \\u2028 \U0001f600 <>"
autres: [a, {b: c}, [d]]
structures:
  - id: a
    nom: 'L’Œuvre'
    telephones: [01 40 01 02 03, ""]  # à rappeler
    notes: |
      Deux
      lignes
  - {id: b, horaires: {lundi: 9 h, mardi: }, z: ~}
  - id: a
fin:
"""
COLUMNS: dict[str, list[object]] = {
    "id": ["a", "b", "a"],
    "telephones": [["01", ""], [], []],
    "notes": ["", "\n", "\x85"],
}


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(remembered, "_GROWTH", 50)  # a small file may grow more


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Source]:
    """The sources that were parsed."""
    found: list[Source] = []

    def read(source: Source) -> Document:
        found.append(source)
        return read_document(source)

    monkeypatch.setattr(remembered, "read_document", read)
    return found


def source_of(text: str, name: str = "registry.yaml") -> Source:
    return decode(Path(name), text.encode())


def stored() -> list[Path]:
    try:
        return sorted(cache_folder.cache_folder().iterdir())
    except FileNotFoundError:
        return []


def in_order(value: object) -> object:
    """A value with its mappings as lists, which are equal only in the same order."""
    if isinstance(value, dict):
        return [[key, in_order(item)] for key, item in value.items()]
    return [in_order(item) for item in value] if isinstance(value, list) else value


def test_a_file_is_parsed_once_whatever_its_name(parsed: list[Source]) -> None:
    source, same = source_of(TEXT), source_of(TEXT, "other.yaml")
    first, second = read_remembered(source), read_remembered(same)
    assert parsed == [source]
    assert first == read_document(source)
    assert second == first._replace(source=same)
    assert in_order(second.root) == in_order(first.root)
    assert second.item("structures", 1) == first.item("structures", 1)


def test_another_content_is_parsed(parsed: list[Source]) -> None:
    for text in (TEXT, TEXT.replace("01", "02"), TEXT.removeprefix("\ufeff"), TEXT.replace("\n", "\r\n")):
        assert read_remembered(source_of(text)) == read_document(source_of(text))
    assert len(parsed) == 4


def test_other_versions_parse_the_file_again(monkeypatch: pytest.MonkeyPatch, parsed: list[Source]) -> None:
    import yaml
    import yaml._yaml

    source = source_of(TEXT)
    read_remembered(source)
    for where, name in ((remembered, "__version__"), (yaml, "__version__")):
        with monkeypatch.context() as patch:
            patch.setattr(where, name, "0")
            read_remembered(source)
    with monkeypatch.context() as patch:
        patch.setattr(yaml._yaml, "get_version_string", lambda: "0")
        read_remembered(source)
    assert len(parsed) == 4
    read_remembered(source)
    assert len(parsed) == 4


def test_a_file_that_cannot_be_read_is_not_remembered_and_always_the_same_error() -> None:
    source = source_of("structures: [&a b]\n")
    for _ in range(2):
        with pytest.raises(Unreadable, match="anchor"):
            read_remembered(source)
    assert stored() == []


def test_nothing_is_kept_or_read_where_the_user_wants_no_cache(
    monkeypatch: pytest.MonkeyPatch, parsed: list[Source]
) -> None:
    source = source_of(TEXT)
    monkeypatch.setenv("EPN_CACHE", "off")
    read_remembered(source)
    read_event_starts(source)
    remember_columns(source, COLUMNS)
    assert stored() == []
    monkeypatch.delenv("EPN_CACHE")
    read_remembered(source)
    read_event_starts(source)
    remember_columns(source, COLUMNS)
    assert len(stored()) == 3
    for file in stored():
        cache_folder.store(file.name, [b""], 1_000_000)  # nothing of it is used
    monkeypatch.setenv("EPN_CACHE", "off")
    read_remembered(source)
    assert read_event_starts(source) == event_starts(source, libyaml())
    assert remembered_columns(source, ["id"]) is None
    assert len(parsed) == 3


def test_what_is_much_larger_than_the_file_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_GROWTH", 0)
    read_remembered(source_of(TEXT))
    read_event_starts(source_of(TEXT))
    assert stored() == []


def test_the_starts_of_events_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    source, other = source_of(TEXT), source_of(TEXT.replace("Deux", "Douze"))
    expected = event_starts(source, libyaml())
    assert read_event_starts(source) == expected
    assert read_event_starts(other) == event_starts(other, libyaml()) != expected
    monkeypatch.setattr(remembered, "event_starts", None)
    assert read_event_starts(source) == expected


def test_the_starts_of_events_are_kept_in_the_same_form_on_every_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = source_of("a: b\n")
    expected = array("I", [0, 0, 0, 0, 3, 5, 5, 5])
    assert read_event_starts(source) == expected
    [file] = stored()
    content = cache_folder.load(file.name, 100)
    assert content is not None
    assert content.tobytes() == b"".join(start.to_bytes(4, "little") for start in expected)
    monkeypatch.setattr(sys, "byteorder", {"little": "big", "big": "little"}[sys.byteorder])
    swapped = array("I", expected)
    swapped.byteswap()
    assert read_event_starts(source) == swapped  # what this processor reads if it believes to be another one


def test_columns_are_read_as_they_were_kept() -> None:
    source = source_of(TEXT)
    assert remembered_columns(source, ["id"]) is None
    remember_columns(source, COLUMNS)
    assert remembered_columns(source, ["id"]) == {"id": ["a", "b", "a"]}
    assert remembered_columns(source, COLUMNS) == COLUMNS
    assert remembered_columns(source, []) == {}
    assert remembered_columns(source, ["id", "nom"]) is None
    assert remembered_columns(source_of(TEXT + "\n"), ["id"]) is None


scalars = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(scalars, inner, max_size=3),
    max_leaves=9,
)  # fmt: skip


@given(root=st.dictionaries(scalars, values, max_size=5))
def test_any_values_are_read_in_their_order_as_they_were_parsed(root: dict[str, object]) -> None:
    import yaml

    text = yaml.safe_dump(root, allow_unicode=True, sort_keys=False, default_style='"')
    source = source_of(text)
    try:
        document = read_document(source)
    except Unreadable:
        return
    name = f"{remembered._address(source)}.document"
    remembered._store_document(document, name)
    found = remembered._load_document(source, name)
    assert found == document
    assert found is not None and in_order(found.root) == in_order(document.root)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[", b"null", b"[1, 2, 3]", b"[[], {}, {}]", b"[{}, {}]", b"[{}, {}, {\"a\": [-1]}]",
        b'[{}, {}, {"a": ["x"]}]', b'[{}, {}, {"a": {"b": 1}}]', b"\xff", b"[" * 100_000,
        b'[{}, {}, {"a": [99999999999]}]', b"[{}, {}, {\"a\": [1.5]}]",
    ],
)  # fmt: skip
def test_content_of_another_form_is_not_used(content: bytes, parsed: list[Source]) -> None:
    source = source_of(TEXT)
    read_remembered(source)
    [file] = stored()
    cache_folder.store(file.name, [content], 1_000_000)
    assert read_remembered(source) == read_document(source)
    assert len(parsed) == 2
    assert read_remembered(source) == read_document(source)
    assert len(parsed) == 2  # it was kept again


@pytest.mark.parametrize(
    "content", [b"", b"id", b"id [", b"\xff\xfe", b"id 5", b"nom []", b"id " + b"[" * 100_000]
)
def test_columns_of_another_form_are_not_used(content: bytes) -> None:
    source = source_of(TEXT)
    cache_folder.store(f"{remembered._address(source)}.columns", [content], 1_000_000)
    assert remembered_columns(source, ["id"]) is None


def test_starts_of_events_of_another_form_are_not_used() -> None:
    source = source_of(TEXT)
    expected = read_event_starts(source)
    [file] = stored()
    cache_folder.store(file.name, [b"12345"], 1_000_000)
    assert read_event_starts(source) == expected


def mutated(random: Random, data: bytes, other: bytes) -> bytes:
    """The content of a file in the cache folder, damaged, or that of another one."""
    at = random.randrange(len(data))
    match random.randrange(6):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]
        case 2:
            return data[:at] + random.randbytes(random.randrange(9)) + data[at + random.randrange(9) :]
        case 3:
            return other
        case 4:
            return other[:at] + data[at:]
        case _:
            return data[:at] + data


@pytest.mark.parametrize("tries", [200, pytest.param(10_000, marks=pytest.mark.long)])
def test_no_damage_in_the_cache_folder_changes_an_answer(tries: int) -> None:
    random = Random(tries)  # noqa: S311  no secret
    source, other = source_of(TEXT), source_of(TEXT.replace("Deux", "Trois"))
    document = read_document(source)
    read_remembered(source), read_remembered(other)
    starts, _others = read_event_starts(source), read_event_starts(other)
    remember_columns(source, COLUMNS)
    remember_columns(other, {name: column[::-1] for name, column in COLUMNS.items()})
    files = {file: file.read_bytes() for file in stored()}
    address, elsewhere = remembered._address(source), remembered._address(other)
    for _ in range(tries):
        for kind in ("document", "columns", "events"):
            folder = cache_folder.cache_folder()
            file, foreign = folder / f"{address}.{kind}", folder / f"{elsewhere}.{kind}"
            damaged = mutated(random, files[file], files[foreign])
            file.write_bytes(damaged)
            assert read_remembered(source) == document
            assert read_event_starts(source) == starts
            assert remembered_columns(source, COLUMNS) in (None, COLUMNS)
            file.write_bytes(files[file])
    assert remembered_columns(source, COLUMNS) == COLUMNS


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bytes]:
    """Change a file that is remembered, and give its new content."""
    monkeypatch.setattr("epncli.limits.LARGE", 0)
    path = tmp_path / "registry.yaml"
    path.write_bytes(TEXT.encode())

    def change() -> bytes:
        document = read_remembered(decode(path, path.read_bytes()))
        at = document.text.index("Deux")
        expected = dict(document.root)
        expected["structures"] = [dict(record) for record in document.root["structures"]]  # type: ignore[call-overload]
        expected["structures"][0]["notes"] = "Trois\nlignes\n"  # type: ignore[index]
        commit.commit(document, lambda _document: Plan([Splice(at, at + 4, "Trois")], expected))
        return path.read_bytes()

    return change


def test_a_change_is_verified_by_parsing_whatever_is_remembered_of_the_new_text(
    changed: Callable[[], bytes], parsed: list[Source]
) -> None:
    new = source_of(TEXT.replace("Deux", "Trois"))
    name = f"{remembered._address(new)}.document"
    wrong = read_document(new)
    wrong.root["titre"] = "faux"
    remembered._store_document(wrong, name)
    assert changed() == new.data
    assert len(parsed) == 1  # the old text, before the change


def test_nothing_is_written_if_what_is_remembered_of_the_old_text_is_wrong(
    changed: Callable[[], bytes], tmp_path: Path
) -> None:
    old = source_of(TEXT)
    wrong = read_document(old)
    wrong.root["titre"] = "faux"
    remembered._store_document(wrong, f"{remembered._address(old)}.document")
    with pytest.raises(Exception, match="nothing was written"):
        changed()
    assert (tmp_path / "registry.yaml").read_bytes() == old.data
