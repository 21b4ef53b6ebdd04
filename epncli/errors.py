"""What can stop a command. Each error owns its message, its hint and its exit code."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a run ended, for the shell."""

    DONE = 0
    NEGATIVE = 1
    """A negative answer: not found, ambiguous, problems found, declined."""
    USAGE = 2
    UNREADABLE = 3
    """The registry could not be read or understood."""
    UNWRITABLE = 4
    """What was asked could not be written; the file is as it was."""
    INTERNAL = 70
    """A fault of epn itself; the registry is whole."""
    INTERRUPTED = 130
    TERMINATED = 143


class EpnError(Exception):
    """An error that a person can act on: what is wrong, where, and what to do.

    `line` and `column` count from 1, as editors do; 0 means no place in the file.
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
    """Nothing broke, but the answer is no: not found, ambiguous, declined."""


class BadUsage(EpnError):
    """What was typed cannot be done as typed."""

    exit_code = ExitCode.USAGE


class Unreadable(EpnError):
    """A file cannot be read or understood."""

    exit_code = ExitCode.UNREADABLE


class Unwritable(EpnError):
    """A file cannot be written; it stays as it was."""

    exit_code = ExitCode.UNWRITABLE
