"""Unsupported YAML is refused, with a specific message, position and hint."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from linear import assert_linear

from epncli import limits
from epncli.errors import ExitCode, Unreadable
from epncli.system import os_errors
from epncli.yamlfile.reader import read_document
from epncli.yamlfile.source import decode, read_source

R = "structures:\n- id: a\n  nom: A\n"

NO_MAPPING = (
    "the file is not a registry: it should start with keys such as ‘structures:’",
    "put the line ‘structures:’ above the list, or give another file with --registry",
)
EMPTY = ("the file is empty", "write the line ‘structures:’ in it, then use ‘epn add’")
COMPLEX_KEY = (
    "a list or a mapping cannot be the name of a field",
    "put the value between quotes if it starts with [ or {",
)
TOO_DEEP = (
    "lists and mappings are nested more than 20 levels deep",
    "look for brackets or dashes that were typed or pasted by mistake",
)
TAG = ("tags (!) are not allowed in a registry", "put a value that starts with ! between quotes")
TWICE = (
    "‘nom’ appears twice in the same record",
    "keep one of the two; if a new record starts here, its line ‘- id: …’ is missing",
)
SECOND = ("a second YAML document starts here", "a registry is one document: remove the line ‘---’ or ‘...’")
TAB = ("there is a tab where YAML requires spaces", "indent with spaces: two for each level")
UNCLOSED = (
    "the quote opened here is never closed",
    "close it; an apostrophe inside single quotes is written twice: 'l''annexe'",
)
UNCLOSED_DOUBLE = ("the quote opened here is never closed", "close it where its text ends")
CLOSED_BELOW = "the quote opened here is closed only by the next quote, on line {}"
AFTER_QUOTE = (
    "text follows the closing quote",
    "an apostrophe inside single quotes is written twice: 'l''annexe'",
)
AFTER_DOUBLE_QUOTE = (
    "text follows the closing quote",
    "put a value that contains double quotes between single quotes: 'le \"Local\"'",
)
OPEN_BRACKET = ("the bracket opened here is never closed", "close it with ]")
BRACKETS = (
    "a list or a mapping in brackets is not closed, or a comma is missing in it",
    "write ‘[01 40 28 18 48, 01 42 61 27 74]’",
)
NO_COLON = (
    "this line has no colon followed by a space",
    "write ‘nom: Le nom’, with a space after the colon; close every quote and bracket",
)
ONE_COLON = ("there is an extra colon here", "put a value that contains ‘: ’ between double quotes")
GLUED_DASH = ("the dash that starts a record must be followed by a space", "write ‘- id: …’")
RECORDS = (
    "the line is not aligned with the other records",
    "every record starts with ‘- ’ in the same column, and its fields start two columns further",
)
BACKSLASH = (
    "the text between these double quotes contains a backslash that is not valid in YAML",
    "use single quotes, or write the backslash twice",
)
AFTER_PIPE = (
    "there is text after the | or > that starts a block of text",
    "start the text on the next line, indented, or put the value between double quotes",
)
PERCENT = (
    "a line that starts with % is an instruction for YAML, and this one is not understood",
    "delete the line, or put the value between quotes",
)
WIDE = (
    "the file is in UTF-16 or UTF-32, or is not a text file",
    "save it as UTF-8 in your text editor, then try again",
)
NOT_UTF8 = ("the file is not in UTF-8", "save it as UTF-8 in your text editor, then try again")


def conflict(mark: str) -> tuple[str, str]:
    return (
        f"the file contains git conflict markers ({mark})",
        "‘epn resolve’ shows both versions of each, and writes the one you choose",
    )


def anchor(name: str) -> tuple[str, str]:
    return (
        f"‘{name}’: anchors and aliases (& and *) are not allowed in a registry",
        "write the value itself; put a value that starts with & or * between quotes",
    )


def tag(name: str) -> tuple[str, str]:
    return (
        f"‘{name}’: tags (!) are not allowed in a registry",
        "remove the tag; put a value that starts with ! between quotes",
    )


def control(code: str) -> tuple[str, str]:
    return (
        f"there is a control character here (U+{code}), which YAML forbids",
        "delete it; it may be invisible in your editor",
    )


def start(character: str) -> tuple[str, str]:
    return f"a value cannot start with {character}", "put the value between double quotes"


FILES = {
    "100,000 brackets": ("[" * 100_000, 1, 1, NO_MAPPING),
    "100,000 braces": ("{" * 100_000, 1, 2, COMPLEX_KEY),
    "100,000 dashes": ("- " * 100_000, 1, 1, NO_MAPPING),
    "100,000 question marks": ("? " * 100_000, 1, 3, COMPLEX_KEY),
    "100,000 brackets in a value": (R + "  notes: " + "[" * 100_000, 4, 27, TOO_DEEP),
    "100,000 dashes in a value": (R + "  notes:\n   " + "- " * 100_000, 5, 38, TOO_DEEP),
    "100,000 mappings in a line": ("{a: " * 100_000, 1, 81, TOO_DEEP),
    "deep mapping": ("".join(" " * i + "a:\n" for i in range(300)), 21, 21, TOO_DEEP),
    "10 MB in an open quote": (R + '  x: "' + "a" * 10_000_000, 4, 6, UNCLOSED_DOUBLE),
    "alias bomb": ('a: &a ["x","x"]\nb: &b [*a,*a]\nc: [*b,*b]\n', 1, 4, anchor("&a")),
    "anchor on a list": ("structures: &x\n- id: a\n", 1, 13, anchor("&x")),
    "anchor on a name": ("&k structures:\n- id: a\n", 1, 1, anchor("&k")),
    "anchor on an item": ("structures:\n- &x {id: a}\n", 2, 3, anchor("&x")),
    "alias": (R + "  x: *y\n", 4, 6, anchor("*y")),
    "alias as a name": ("*a : b\n", 1, 1, anchor("*a")),
    "a long alias": (R + f"  x: *{'y' * 50}\n", 4, 6, anchor(f"*{'y' * 39}")),
    "stars around a word": (R + "  x: *gras*\n", 4, 6, anchor("*gras*")),
    "an ampersand alone": (R + "  x: &\n", 4, 6, anchor("&")),
    "python object": (
        R + "  x: !!python/object/apply:os.system [ls]\n", 4, 6, tag("!!python/object/apply:os.system"),
    ),
    "tag": (R + "  x: !foo bar\n", 4, 6, tag("!foo")),
    "tag on a list": ("structures: !!omap\n- id: a\n", 1, 13, tag("!!omap")),
    "tag on a name": ("!!str structures:\n", 1, 1, tag("!!str")),
    "exclamation mark alone": (R + "  x: ! y\n", 4, 6, tag("!")),
    "undefined tag": (R + "  x: !u!x y\n", 4, 6, TAG),
    "merge key": (
        R + "  <<: {b: c}\n", 4, 3,
        ("merge keys (<<) are not allowed in a registry", "write the fields themselves"),
    ),
    "duplicate key": (R + "  nom: B\n", 4, 3, TWICE),
    "duplicate key in quotes": (R + '  "nom": B\n', 4, 3, TWICE),
    "duplicate key in braces": ("structures: [{nom: a, nom: b}]\n", 1, 23, TWICE),
    "duplicate top key": (
        R + "structures: []\n", 4, 1,
        ("‘structures’ appears twice at the top level of the file", "keep one of the two"),
    ),
    "a name of 40 characters twice": (
        R + f"  {'n' * 40}: a\n  {'n' * 40}: b\n", 5, 3,
        (f"‘{'n' * 40}’ appears twice in the same record", TWICE[1]),
    ),
    "a long name twice": (
        R + f"  {'n' * 99}: a\n  {'n' * 99}: b\n", 5, 3,
        (f"‘{'n' * 39}…’ appears twice in the same record", TWICE[1]),
    ),
    "second document": (R + "---\na: b\n", 4, 1, SECOND),
    "second document after an end": (R + "...\n---\na: b\n", 5, 1, SECOND),
    "text after the end": (R + "...\na: b\n", 5, 1, SECOND),
    "root list": ("- id: a\n", 1, 1, NO_MAPPING),
    "root text": ("bonjour\n", 1, 1, NO_MAPPING),
    "empty": ("", 1, 1, EMPTY),
    "blank": ("  \n\n", 1, 1, EMPTY),
    "nothing but comments": ("# rien\n", 1, 1, EMPTY),
    "nothing but a start": ("---\n", 1, 1, EMPTY),
    "conflict": (
        "structures:\n<<<<<<< HEAD\n- id: a\n=======\n- id: b\n>>>>>>> x\n", 2, 1, conflict("<<<<<<<"),
    ),
    "conflict on the first line": (
        "<<<<<<< HEAD\ntitre: A\n=======\ntitre: B\n>>>>>>> x\nstructures:\n", 1, 1, conflict("<<<<<<<"),
    ),
    "a title that is underlined": ("Lieux\n=======\n", 1, 1, NO_MAPPING),
    "conflict on the first line alone": ("<<<<<<< HEAD\n\n", 1, 1, conflict("<<<<<<<")),
    "conflict in a record": (
        R + "<<<<<<< HEAD\r\n  commune: Paris\n=======\n  commune: Lyon\n>>>>>>> x\n",
        4, 1, conflict("<<<<<<<"),
    ),
    "conflict half resolved": (R + "=======\n  commune: Lyon\n", 4, 1, conflict("=======")),
    "tab before a dash": ("structures:\n\t- id: a\n", 2, 1, TAB),
    "tab before a field": ("structures:\n- id: a\n\tnom: A\n", 3, 1, TAB),
    "unclosed double quote": (R + '  adresse: "12 rue\n- id: b\n  nom: B\n', 4, 12, UNCLOSED_DOUBLE),
    "double quote closed by the next one": (
        R + '  adresse: "12 rue\n- id: b\n  nom: B\n  code_postal: "75020"\n',
        4, 12, (CLOSED_BELOW.format(7), "close it where its text ends"),
    ),
    "double quote closed on the next line": (
        'structures:\n- id: "a\n  nom: "A"\n', 2, 7, (CLOSED_BELOW.format(3), "close it where its text ends"),
    ),
    "double quote closed in brackets": (
        R + '  t: ["01 40, 01 42]\n  nom2: "B"\n', 4, 7, (CLOSED_BELOW.format(5), UNCLOSED_DOUBLE[1]),
    ),
    "single quote closed by an apostrophe": (
        R + "  adresse: 'abc\n- id: b\n  nom: l'annexe\n", 4, 12, (CLOSED_BELOW.format(6), UNCLOSED[1]),
    ),
    "text after a quote of two lines": (R + '  x: "a\n    b" c\n', 5, 8, AFTER_DOUBLE_QUOTE),
    "unclosed single quote": (R + "  adresse: 'abc\n- id: b\n", 4, 12, UNCLOSED),
    "apostrophe in single quotes": (R + "  adresse: 'l'annexe'\n- id: b\n", 4, 15, AFTER_QUOTE),
    "text after a quote": (R + '  x: "a" b\n', 4, 10, AFTER_DOUBLE_QUOTE),
    "unclosed bracket": (R + "  t: [01 40\n  nom2: B\n", 4, 6, BRACKETS),
    "unclosed brace": (R + "  t: {a: b\n", 4, 6, (OPEN_BRACKET[0], "close it with }")),
    "nothing but an unclosed bracket": ("structures: [\n", 1, 13, OPEN_BRACKET),
    "unclosed bracket before a list": ("structures: [\n- id: a\n  nom: A\n", 1, 13, OPEN_BRACKET),
    "unclosed bracket after a comma": (R + "  t: [a, [b],\n# fin\n", 4, 6, OPEN_BRACKET),
    "one of two brackets unclosed": (R + "  t: [[a]\n", 4, 6, OPEN_BRACKET),
    "no comma": (R + '  t: ["a" "b"]\n', 4, 11, BRACKETS),
    "a bracket too many": (
        R + "  t: [a]]\n", 4, 9,
        ("there is an extra bracket here", "delete it, or add the opening bracket"),
    ),
    "two commas": (
        R + "  t: [a,,b]\n", 4, 9,
        ("a value is missing between these brackets", "delete the extra comma or bracket"),
    ),
    "nom:Foo": ("structures:\n- id: a\n  nom:Foo\n  commune: x\n", 3, 3, NO_COLON),
    "nom:Foo at the end": (R + "- id: b\n  nom:Foo\n", 5, 3, NO_COLON),
    "id:a first": ("structures:\n- id:a\n  nom: x\n", 2, 3, NO_COLON),
    "a colon in a value": (R + "  notes: Tél : 01\n", 4, 14, ONE_COLON),
    "-id: first": ("structures:\n-id: a\n nom: b\n", 2, 1, GLUED_DASH),
    "-id: above a blank line": ("structures:\n-id: a\n\n nom: b\n", 2, 1, GLUED_DASH),
    "-id: at the left edge": (R + "-id: b\n  nom: B\n", 4, 1, GLUED_DASH),
    "-id: below a record": ("structures:\n  - id: a\n    nom: A\n  -id: b\n    nom: B\n", 4, 3, GLUED_DASH),
    "indented too far": (
        R + "   commune: Paris\n", 4, 4,
        ("the line is indented too far", "align the names of the fields"),
    ),
    "a colon behind a brace, below a comment": (
        R + "  x: {\n  # voir b\n  b}: c\n", 6, 3,
        ("the line is indented too far", "align the names of the fields"),
    ),
    "indented too far below a comment": (
        R + "  # vu\n\n   commune: Paris\n", 6, 4,
        ("the line is not aligned with the fields above it", "align the names of the fields"),
    ),
    "not indented enough": (
        R + " commune: Paris\n", 4, 2,
        ("the line is not aligned with the fields above it", "align the names of the fields"),
    ),
    "dash not aligned": ("structures:\n  - id: a\n - id: b\n", 3, 2, RECORDS),
    "dash among the fields": (R + "  - id: b\n", 4, 3, RECORDS),
    "dash in a value": (
        R + "  x: - a\n", 4, 6,
        ("there is a dash where a list cannot start",
         "put the list on its own lines, or the value between double quotes"),
    ),
    "left of everything": (
        "  structures:\n  - id: a\nnom: b\n", 3, 1,
        ("the line does not fit with the lines above it", "align it with the others, or delete it"),
    ),
    "at sign": (R + "  x: @foo\n", 4, 6, start("@")),
    "at sign behind a tab": (R + "  x: \t@foo\n", 4, 7, start("@")),
    "backtick": (R + "  x: `a`\n", 4, 6, start("`")),
    "percent": (R + "  x: %a\n", 4, 6, start("%")),
    "directive": ("%FOO\n" + R, 1, 1, PERCENT),
    "YAML 2.0": ("%YAML 2.0\n---\n" + R, 1, 1, PERCENT),
    "directive at the end": (
        R + "%YAML 1.1\n", 4, 9,
        ("the line does not fit with the lines above it", "align it with the others, or delete it"),
    ),
    "backslash": (R + '  x: "C:\\docs"\n', 4, 6, BACKSLASH),
    "backslash x": (R + '  x: "\\xZZ"\n', 4, 6, BACKSLASH),
    "text behind a pipe": (R + "  x: | texte\n", 4, 6, AFTER_PIPE),
    "text behind a >": (R + "  x: >texte\n", 4, 6, AFTER_PIPE),
    "list as a name": (R + "  [a]: b\n", 4, 3, COMPLEX_KEY),
    "mapping as a name": (R + "  ? {a: b}\n  : c\n", 4, 5, COMPLEX_KEY),
    "a name of 2,000 characters": (R + f"  {'k' * 2000}: a\n", 4, 3, NO_COLON),
    "braces of 2,000 characters as a name on the first line": ("{" + "k" * 2000 + "}: a\n", 1, 1, NO_COLON),
    "NUL": (R + "  x: a\0b\n", 4, 7, control("0000")),
    "bell": (R + "  x: é\x07\n", 4, 7, control("0007")),
    "delete": (R + "  x: a\x7f\n", 4, 7, control("007F")),
    "C1": (R + "  x: a\x80\n", 4, 7, control("0080")),
    "escape": (R + "  x: \x1b[31m\n", 4, 6, control("001B")),
    "no character": (R + "  x: a\ufffe\n", 4, 7, control("FFFE")),
    "UTF-16": (R.encode("utf-16"), 0, 0, WIDE),
    "UTF-16 without a mark": (R.encode("utf-16-be"), 0, 0, WIDE),
    "UTF-16 without a mark, the other way": (R.encode("utf-16-le"), 0, 0, WIDE),
    "UTF-32": (R.encode("utf-32"), 0, 0, WIDE),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 0, 0, WIDE),
    "Latin-1": ((R + "  x: é\n").encode("latin-1"), 4, 6, NOT_UTF8),
    "half a character": (R.encode() + b"  x: \xed\xa0\x80\n", 4, 6, NOT_UTF8),
    "cut within a character": (R.encode() + "  é: ".encode() + b"\xe2\x82", 4, 6, NOT_UTF8),
}  # fmt: skip


@pytest.mark.parametrize(("content", "line", "column", "words"), FILES.values(), ids=FILES.keys())
def test_a_hostile_file_is_refused_in_its_own_words(
    content: str | bytes, line: int, column: int, words: tuple[str, str]
) -> None:
    path = Path("registry.yaml")
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(Unreadable) as caught:
        read_document(decode(path, data))
    found = caught.value
    assert (found.line, found.column, (found.message, found.hint)) == (line, column, words)
    assert (found.path, found.exit_code) == ("registry.yaml", ExitCode.UNREADABLE)


PIECES = {
    "brackets": ("", "["),
    "brackets below a key": ("structures: ", "["),
    "braces": ("structures: ", "{a: "),
    "dashes": ("", "- "),
    "questions": ("", "? "),
    "documents": ("", "--- {}\n"),
    "blank lines": ("", "\n"),
    "a comment without end": ("", "#"),
    "a key without end": ("", "a"),
    "a key without end in a record": (R + "  ", "b"),
    "a key without end in braces": ("{", "k"),
    "a double quote without end": (R + '  x: "', "a"),
    "a single quote without end": (R + "  x: '", "a"),
    "a quote over many lines": (R + '  x: "', "a\n"),
    "quotes on one line": (R + "  x: '", "a' "),
    "a quote on each line": (R, "  x: 'l'a\n"),
    "colons on one line": (R + "  x: ", "a: "),
    "tabs": (R, "\t"),
    "closing brackets": (R + "  x: ", "]"),
    "conflict markers": (R, "<<<<<<< HEAD\n"),
    "lines without a colon": (R, "  nom\n"),
    "lines indented too far": (R, "   x: a\n"),
}
"""How a file starts, and what then stands in it without end."""


@pytest.mark.parametrize(("start", "piece"), PIECES.values(), ids=PIECES.keys())
def test_the_refusal_takes_no_more_time_than_the_length_of_the_file_allows(start: str, piece: str) -> None:
    def refuse(data: bytes) -> None:
        with pytest.raises(Unreadable):
            read_document(decode(Path("registry.yaml"), data))

    assert_linear(refuse, lambda count: (start + piece * count).encode(), 500_000 // len(piece))


def refusal_of(path: Path) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        read_source(path)
    assert (caught.value.path, caught.value.line) == (str(path), 0)
    return caught.value.message, caught.value.hint


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("lieux.yaml", "‘epn init lieux.yaml’ creates a registry"),
        ("mes lieux.yaml", "‘epn init {quoted}’ creates a registry"),
        ("-r.yaml", "‘epn init ./-r.yaml’ creates a registry"),
        pytest.param("a\tb.yaml", "check its path", marks=pytest.mark.needs("odd names")),
        ("nulle/part.yaml", "its folder does not exist either: check the path"),
    ],
)
def test_a_file_that_is_not_there_is_refused(
    name: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quoted: Callable[[str], str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refusal_of(Path(name)) == ("there is no such file", hint.format(quoted=quoted(name)))


@pytest.mark.needs("symlinks")
def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lien.yaml").symlink_to("rien.yaml")
    assert refusal_of(tmp_path / "lien.yaml") == (
        "there is no such file",
        "it is a broken link: restore its target, or delete the link",
    )


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path) == (
        "this is not a regular file",
        "give the path of a YAML file with --registry",
    )


@pytest.mark.needs("fifo")
def test_a_fifo_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert refusal_of(tmp_path / "fifo") == (
        "this is not a regular file",
        "give the path of a YAML file with --registry",
    )


def test_a_device_is_refused() -> None:
    assert refusal_of(Path(os.devnull))[0] == "this is not a regular file"


def test_a_path_that_no_file_can_have_is_refused() -> None:
    assert refusal_of(Path("a\0b")) == (
        "the file cannot be read: a name cannot contain a null character",
        "check its path and its permissions",
    )


@pytest.mark.needs("symlinks")
def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "a")
    assert refusal_of(tmp_path / "a") == (
        "the file cannot be read: Too many levels of symbolic links",
        "check its path and its permissions",
    )


def test_more_than_64_mb_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(limits.MAX_BYTES + 1)
    monkeypatch.setattr(os, "read", pytest.fail)
    assert refusal_of(path) == (
        "the file is larger than 64 MB",
        "a registry is a list of places: is this the right file?",
    )


def test_64_mb_are_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(limits.MAX_BYTES)
    with pytest.raises(Unreadable, match="UTF-16"):
        read_source(path)


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "grows.yaml"
    path.write_bytes(b"a" * 20)
    monkeypatch.setattr(limits, "MAX_BYTES", 10)
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result((0o100644, *[0] * 9)))
    assert refusal_of(path)[0] == "the file is larger than 0 MB"


@pytest.mark.parametrize(
    ("windows", "hint"),
    [
        (False, "check its path and its permissions"),
        (True, "close it in any program that has it open, or check its permissions"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows: bool, hint: str
) -> None:
    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)
    monkeypatch.setattr(os_errors, "WINDOWS", windows)
    assert refusal_of(tmp_path / "x") == ("the file cannot be read: Permission denied", hint)


def test_without_libyaml_epn_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml

    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    with pytest.raises(Unreadable) as caught:
        read_document(decode(Path("registry.yaml"), R.encode()))
    assert (caught.value.message, caught.value.hint) == (
        "PyYAML was installed without libyaml, which epn needs",
        "reinstall it from its wheel: pip install --force-reinstall --only-binary :all: PyYAML",
    )


def test_the_garbage_collector_is_left_as_it_was() -> None:
    import gc

    assert gc.isenabled()
    with pytest.raises(Unreadable):
        read_document(decode(Path("registry.yaml"), b"["))
    assert gc.isenabled()


NO_LIST_OF_PLACES = "a registry is a list of places: is this the right file?"


@pytest.mark.parametrize(
    ("name", "most", "text", "message", "place"),
    [
        ("MAX_ROWS", 2, "structures:\n- a: b\n- a: b\n- a: b\n", "a list has more than 2 items", (4, 3)),
        ("MAX_ITEMS", 2, "structures:\n- x: [a, b, c]\n", "a list has more than 2 items", (2, 13)),
        ("MAX_ITEMS", 2, "x: {y: [{}, {}, {}]}\n", "a list has more than 2 items", (1, 17)),
        (
            "MAX_FIELDS",
            2,
            "structures:\n- a: 1\n  b: 2\n  c: 3\n",
            "there are more than 2 fields here",
            (4, 3),
        ),
        ("MAX_FIELDS", 2, "a: 1\nb: 2\nc: 3\n", "there are more than 2 fields here", (3, 1)),
        (
            "MAX_VALUES",
            13,
            "structures:\n- a: [1, 2]\n- a: [3]\n",
            "the file has more than 13 values",
            (4, 1),
        ),
    ],
)
def test_what_no_list_of_places_has_is_refused_where_it_begins(
    monkeypatch: pytest.MonkeyPatch, name: str, most: int, text: str, message: str, place: tuple[int, int]
) -> None:
    monkeypatch.setattr(limits, name, most + 1)
    read_document(decode(Path("registry.yaml"), text.encode()))
    monkeypatch.setattr(limits, name, most)
    with pytest.raises(Unreadable) as refused:
        read_document(decode(Path("registry.yaml"), text.encode()))
    error = refused.value
    assert (error.message, error.hint, (error.line, error.column)) == (message, NO_LIST_OF_PLACES, place)
