"""The result of a rule: the value in its normal form, and the problems found."""

from __future__ import annotations

from typing import NamedTuple

from epncli.problems import Level, Problem


class RuleResult(NamedTuple):
    """The result of validating one text.

    `values` holds the normal form: one value, or several if the text has several (two phone numbers in a
    cell). If `problems` contains an error, `values` holds the text unchanged. If the normal form differs
    from the text, the text is valid, but should be written differently.
    """

    values: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def value(self) -> str:
        """The first value: the only one, for rules that never return several."""
        return self.values[0]

    @property
    def refused(self) -> bool:
        """True if `problems` contains an error: the text must not be written."""
        return any(problem.level is Level.ERROR for problem in self.problems)


def accepted(*values: str, problems: tuple[Problem, ...] = ()) -> RuleResult:
    """The result for a text that can be written as `values`, perhaps with warnings."""
    return RuleResult(values, problems)


def refused(text: str, *problems: Problem) -> RuleResult:
    """The result for a text that must not be written. `problems` contains an error."""
    return RuleResult((text,), problems)
