"""Reasons of errors of the system and of libraries, in the language of the user, or none."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from epncli.system.os_errors import reason


def said(language: str, failure: str) -> str:
    code = (
        "import errno\n"
        "from epncli import i18n\n"
        f"i18n.install({{'EPN_LANG': {language!r}}})\n"
        "from epncli.system.os_errors import because, reason\n"
        f"failure = {failure}\n"
        "print(reason(failure) + '\\n' + because('no', failure))"
    )
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    return run.stdout


@pytest.mark.parametrize(
    ("failure", "english", "french"),
    [
        (
            "OSError(13, 'x')",
            "Permission denied\nno: Permission denied\n",
            "accès refusé\nno\xa0: accès refusé\n",
        ),
        ("OSError(errno.EMLINK, 'x')", "EMLINK\nno: EMLINK\n", "EMLINK\nno\xa0: EMLINK\n"),
        (
            "UnicodeDecodeError('utf-8', b'a\\nb\\xe9', 3, 4, 'x')",
            "the byte E9 on line 2 is not valid\nno: the byte E9 on line 2 is not valid\n",
            (
                "l’octet E9 de la ligne 2 n’est pas valide\n"
                "no\xa0: l’octet E9 de la ligne 2 n’est pas valide\n"
            ),
        ),
        (
            "ValueError('a library speaks')",
            "a library speaks\nno: a library speaks\n",
            "la raison n’est pas connue\nno\n",
        ),
        *(
            (
                f"ValueError({words!r})",
                "a name cannot contain a null character\nno: a name cannot contain a null character\n",
                (
                    "un nom ne peut pas contenir de caractère nul\n"
                    "no\xa0: un nom ne peut pas contenir de caractère nul\n"
                ),
            )
            for words in ("embedded null byte", "open: embedded null character in path")
        ),
        ("ValueError()", "the reason is not known\nno\n", "la raison n’est pas connue\nno\n"),
    ],
)
def test_a_reason_is_in_words_or_left_out(failure: str, english: str, french: str) -> None:
    assert said("en", failure) == english
    assert said("fr", failure) == french


def test_a_folder_that_windows_refuses_to_open_is_called_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert reason(PermissionError(errno.EACCES, "x", str(tmp_path))) == "Is a directory"
    assert reason(PermissionError(errno.EACCES, "x", str(tmp_path / "file"))) == "Permission denied"


@pytest.mark.parametrize("number", [32, 33])
def test_a_file_that_another_program_holds_is_told_by_the_number_of_windows(number: int) -> None:
    failure = PermissionError(errno.EACCES, "x", "file")
    failure.winerror = number
    assert reason(failure) == "another program has the file open"
