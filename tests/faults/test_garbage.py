"""Files that are not a registry: one message within 100 MB, no traceback, no crash, no hang."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from children import Ended, registry_text, run

pytestmark = pytest.mark.needs("fork")
HEAD = b"structures:\n  - id: "
MB = 1 << 20
GARBAGE = {
    "nothing": b"",
    "zeros": b"\x00" * 1000,
    "UTF-16": registry_text(2).encode("utf-16"),
    "Latin-1": registry_text(2).encode("latin-1"),
    "brackets": b"[" * 100_000,
    "brackets below a key": b"structures: " + b"[" * 100_000,
    "braces": b"structures: " + b"{a: " * 100_000,
    "dashes": b"- " * 100_000,
    "questions": b"? " * 100_000,
    "keys": b"a:\n" + b"".join(b" " * depth + b"a:\n" for depth in range(1, 2000)),
    "aliases": b"a: &a [x,x,x]\n" + b"".join(b"b%d: &b%d [*a,*a]\n" % (n, n) for n in range(1000)),
    "tags": HEAD + b"!!python/object/apply:os.system [ls]\n",
    "documents": b"--- {}\n" * 10_000,
    "no registry": b"titre: rien\n",
    "a list": b"- a\n- b\n",
    "a text": b"bonjour",
    "a list of texts": b"structures: [a, b]\n",
    "control characters": HEAD + bytes(range(1, 32)) + b"\n",
    "half a character": HEAD + b"\xe2\x82\n",
    "a surrogate": HEAD + b"\xed\xa0\x80\n",
    "a comment without end": b"#" * (8 * MB),
    "a quote without end": HEAD + b'"' + b"a" * (8 * MB),
    "a key without end": b"a" * (8 * MB),
    "a key without end in a record": HEAD + b"a\n    " + b"b" * (8 * MB) + b": c\n",
}


def is_a_sentence(ended: Ended) -> bool:
    """Refused with words of one to a few lines; an internal error has another code."""
    lines = ended.err.splitlines()
    return ended.code == 3 and 1 <= len(lines) <= 3 and "error: " in lines[0]


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_refused_in_a_sentence(folder: Path, name: str) -> None:
    (folder / "registry.yaml").write_bytes(GARBAGE[name])
    ended = run(folder, "list")
    assert is_a_sentence(ended), (ended.code, ended.err[:500])
    assert ended.peak < 100 * MB


@pytest.mark.parametrize("what", [b"a", b'"', b"'", b"|\n      "])
def test_one_value_of_a_hundred_megabytes_is_refused_before_it_is_read(folder: Path, what: bytes) -> None:
    (folder / "registry.yaml").write_bytes(HEAD + what + b"a" * (100 * MB))
    ended = run(folder, "list")
    assert is_a_sentence(ended), ended.err[:500]
    assert "larger than 64 MB" in ended.err
    assert ended.peak < 100 * MB


@pytest.mark.parametrize("times", [15, pytest.param(3000, marks=pytest.mark.long)])
def test_random_bytes_and_cut_or_mangled_files_never_end_in_a_traceback(folder: Path, times: int) -> None:
    random = Random(times)  # noqa: S311  no secret: the same files every time
    registry = folder / "registry.yaml"
    whole = registry_text(20).encode()
    for number in range(times):
        cut = random.randrange(len(whole))
        registry.write_bytes(
            [
                random.randbytes(random.randrange(1, 2000)),
                whole[:cut],
                whole[:cut] + random.randbytes(random.randrange(1, 5)) + whole[cut:],
                whole[:cut] + "".join(chr(random.choice((random.randrange(256), random.randrange(0xD800))))
                                      for _ in range(3)).encode() + whole[cut:],
            ][number % 4]
        )  # fmt: skip
        for command in (("list",), ("search", "lieu"), ("close", "lieu-1"), ("check",)):
            ended = run(folder, *command)
            assert ended.code in (0, 1, 3, 4), (command, ended)
            assert "Traceback" not in ended.err, ended.err
