"""Exceptions that stop a command, each with its message, hint and exit code."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the `epn` command."""

    DONE = 0
    NEGATIVE = 1
    """A negative answer: not found, ambiguous, problems found, declined."""
    USAGE = 2
    UNREADABLE = 3
    """The registry could not be read or understood."""
    UNWRITABLE = 4
    """The change could not be written; the file is unchanged."""
    INTERNAL = 70
    """A bug in epn; the registry is intact."""
    INTERRUPTED = 130
    TERMINATED = 143


class EpnError(Exception):
    """Base class of the errors shown to the user: what is wrong (`message`), what to do (`hint`), where.

    `line` and `column` count from 1, as editors do; 0 means that the error has no position in a file.
    """

    exit_code: ExitCode = ExitCode.NEGATIVE

    def __init__(
        self, message: str, hint: str = "", *, path: str = "", line: int = 0, column: int = 0
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line
        self.column = column


class NegativeAnswer(EpnError):
    """The command worked, but its answer is negative: not found, ambiguous, problems found, declined."""


class BadUsage(EpnError):
    """The arguments of the command are wrong."""

    exit_code = ExitCode.USAGE


class Unreadable(EpnError):
    """A file cannot be read or understood."""

    exit_code = ExitCode.UNREADABLE


class Unwritable(EpnError):
    """A file cannot be written; it is unchanged."""

    exit_code = ExitCode.UNWRITABLE
