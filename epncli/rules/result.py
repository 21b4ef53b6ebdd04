"""What a rule answers: the value in its normal form, and the problems it found on the way."""

from __future__ import annotations

from dataclasses import dataclass

from epncli.problems import Level, Problem


@dataclass(frozen=True, slots=True)
class RuleResult:
    """The answer of a rule to one text.

    `values` holds the normal form: one value, or several where one text names several (two phones in
    a cell). Where `problems` has an error, `values` is the text as it came. A normal form that differs
    from the text is how the rule says that the text is understood but would be written otherwise.
    """

    values: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def value(self) -> str:
        """The one value, for rules that never give several."""
        return self.values[0]

    @property
    def refused(self) -> bool:
        """True when an error was found: the text must not be written."""
        return any(problem.level is Level.ERROR for problem in self.problems)


def accepted(*values: str, problems: tuple[Problem, ...] = ()) -> RuleResult:
    """A text that may be written as `values`, perhaps with warnings."""
    return RuleResult(values, problems)


def refused(text: str, *problems: Problem) -> RuleResult:
    """A text that must not be written, and why."""
    return RuleResult((text,), problems)
