"""A full disk, or a limit of file size: exit code 4, one message, and the file is unchanged."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from children import leftovers, registry_text, run

TEXT = registry_text(200)


@pytest.mark.needs("fork")
def test_a_file_that_may_not_grow_any_further_stays_as_it_was(folder: Path) -> None:
    import resource

    registry = folder / "registry.yaml"
    registry.write_text(TEXT, encoding="utf-8")
    limit = len(TEXT.encode()) // 2
    ended = run(
        folder, "close", "lieu-1",
        prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert ended.code == 4
    assert ended.err.splitlines()[0].endswith(
        "registry.yaml: error: the limit on the size of files is reached"
    )
    assert registry.read_text(encoding="utf-8") == TEXT
    assert leftovers(folder) == []


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 64 KB, where the machine allows to mount one."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip("no disk may be mounted here")
    yield folder
    umount = ["umount", "-l", str(folder)]
    subprocess.run(umount, capture_output=True, check=True)


@pytest.mark.needs("fork")
def test_a_full_disk_costs_nothing(small_disk: Path) -> None:
    registry = small_disk / "registry.yaml"
    registry.write_text(TEXT, encoding="utf-8")
    (small_disk / "ballast").write_bytes(b"x" * (60_000 - len(TEXT.encode())))
    ended = run(small_disk, "close", "lieu-1")
    assert ended.code == 4
    assert ended.err.splitlines()[0].endswith("registry.yaml: error: the disk is full")
    assert registry.read_text(encoding="utf-8") == TEXT
    assert leftovers(small_disk) == ["ballast"]
    (small_disk / "ballast").unlink()
    assert run(small_disk, "close", "lieu-1").code == 0


@pytest.mark.needs("full device")
def test_a_listing_that_cannot_be_written_is_said(folder: Path) -> None:
    (folder / "registry.yaml").write_text(TEXT, encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "epncli", "list"],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 4
    assert (
        done.stderr.decode().splitlines()[0] == "error: the system reported an error: No space left on device"
    )
