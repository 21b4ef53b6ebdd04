"""Check of one structure: every field validated by its rule, then the fields checked against each other.

Problems that need the whole registry (a duplicate id, a shared phone number) are in `registry_check`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib import import_module
from typing import Any, Final, NamedTuple

from epncli.i18n import _, language
from epncli.model.structure import FIELDS, Field, Kind, Structure, Texts
from epncli.problems import Level, Problem, warning
from epncli.rules import communes
from epncli.rules.result import RuleResult
from epncli.validation import cross_fields


@dataclass(frozen=True, slots=True)
class CheckedStructure:
    """A structure with the validated fields in their normal form, and the problems found.

    Each problem has its `field` ("" for a problem of the whole structure), its `id` and, in a list, its
    `item`. A value with an error is unchanged.
    """

    structure: Structure
    problems: list[Problem]

    @property
    def errors(self) -> list[Problem]:
        """The problems that are errors."""
        return [problem for problem in self.problems if problem.level is Level.ERROR]

    @property
    def refused(self) -> bool:
        """True if `problems` contains an error: the structure must not be written."""
        return any(problem.level is Level.ERROR for problem in self.problems)

    @property
    def refused_fields(self) -> set[str]:
        """The fields with an error."""
        return {problem.field for problem in self.errors}


class Context(NamedTuple):
    """What the rule of a field may need to know: today's date and other fields of the structure."""

    today: str
    """ISO 8601."""
    code_postal: str
    """In its normal form, or unchanged if it is not valid."""
    commune: str


class Rule(NamedTuple):
    """The rule of a field, for one text. It remembers its last results."""

    check: Callable[..., RuleResult]
    about: Callable[[Context], tuple[str, ...]] | None = None
    """What else `check` gets; None for a rule that needs only the text."""


DEPENDENT_FIELDS: Final = {
    "code_postal": ("code_insee", "telephones"),
    "commune": ("code_postal", "code_insee"),
}
"""The fields whose rules use another field, by that field: they are validated again when it changes."""


def check_structure(
    structure: Structure, today: str, names: Collection[str] | None = None
) -> CheckedStructure:
    """The structure, after each field is validated by its rule and the fields are checked together.

    With `names`, the fields that a command changes, only these are validated and put into their normal
    form; problems that the change causes in other fields are warnings. For a structure that has no id yet,
    leave `id` out of `names`. `today` is ISO 8601.
    """
    return check_together(check_fields(structure, today, names), today, names)


def check_fields(structure: Structure, today: str, names: Collection[str] | None = None) -> CheckedStructure:
    """The first half of `check_structure`: each field is validated by its rule."""
    context = context_of(structure, today)
    normal: dict[str, str | Texts] = {}
    problems: list[Problem] = []
    found: Sequence[Problem]
    rules = _rules(language())
    for name, value in vars(structure).items():
        if not value or (names is not None and name not in names) or name not in FIELDS:
            continue
        check, about = rules[name]
        if type(value) is tuple:
            values, found = _check_list(value, check, () if about is None else about(context))
            if values != value:
                normal[name] = values
        else:
            result = check(value) if about is None else check(value, *about(context))
            found = result.problems
            if result.values[0] != value:
                normal[name] = result.values[0]
        if found:
            problems += [cross_fields.placed(problem, name, structure) for problem in found]
    if structure.fermetures_temporaires and (names is None or "fermetures_temporaires" in names):
        from epncli.validation import temporary_closings  # few structures have any

        problems += [
            cross_fields.placed(problem, problem.field, structure)
            for problem in temporary_closings.check(structure, today)
        ]
    return CheckedStructure(structure.changed(**normal) if normal else structure, problems)


def check_together(
    checked: CheckedStructure, today: str, names: Collection[str] | None = None
) -> CheckedStructure:
    """The second half of `check_structure`: the fields, in their normal form, are checked together."""
    structure = checked.structure
    problems = [*checked.problems, *cross_fields.check(structure, names)]
    if names is not None and (others := _dependent_fields(names)):
        context = context_of(structure, today)
        problems += [problem for name in others for problem in _warnings(name, structure, context)]
    return CheckedStructure(structure, problems)


def complete(structure: Structure) -> Structure:
    """The structure with a missing `code_insee` filled in, if its postal code and commune determine it."""
    if structure.code_insee.strip() or not structure.code_postal or not structure.commune:
        return structure
    from epncli.rules import code_insee

    found = code_insee.insee_of(structure.code_postal, structure.commune)
    return structure.changed(code_insee=found) if found else structure


def context_of(structure: Structure, today: str) -> Context:
    """The context for the rules of the fields of this structure."""
    code = structure.code_postal
    if code and not communes.is_code(code):
        from epncli.rules import code_postal

        code = code_postal.validate(code, structure.commune).value
    return Context(today, code, structure.commune)


def check_value(text: str, field: Field, context: Context) -> RuleResult:
    """The result of the rule of a field for one value. A blank value or a YAML null is no value."""
    check, about = _rules(language())[field.name]
    return check(text) if about is None else check(text, *about(context))


_BLANK: Final = RuleResult(("",))
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""Texts that mean no value to YAML (YAML 1.2.2, section 10.3.2) and in exports of databases."""


@cache
def _null(text: str) -> RuleResult:
    message = _("‘{text}’ means ‘no value’ in YAML and in databases").format(text=text)
    return RuleResult(("",), (warning(message, _("remove the field"), fix=""),))


def _check_list(
    values: Texts, check: Callable[..., RuleResult], about: tuple[str, ...]
) -> tuple[Texts, Sequence[Problem]]:
    if len(values) == 1:  # as most lists
        result = check(values[0], *about)
        if result.values == values and not result.problems:
            return values, ()
    normal: dict[str, None] = {}
    problems: list[Problem] = []
    for item, text in enumerate(values):
        result = check(text, *about)
        for value in result.values:
            if value:
                normal[value] = None
        if result.problems:
            problems += [one._replace(item=item) for one in result.problems]
    return tuple(normal), problems


def _dependent_fields(names: Collection[str]) -> list[str]:
    """The fields that are not in `names`, but whose rules use one of these."""
    others = (other for name, uses in DEPENDENT_FIELDS.items() if name in names for other in uses)
    return sorted(set(others).difference(names))


def _warnings(name: str, structure: Structure, context: Context) -> Iterator[Problem]:
    for item, text in enumerate(structure.texts(name)):
        for problem in check_value(text, FIELDS[name], context).problems:
            said = problem._replace(level=Level.WARNING, item=item)
            yield cross_fields.placed(said, name, structure)


class _Rules(dict[str, Rule]):
    """The rules by field. The module of a rule is imported when the first value of its kind is validated."""

    def __missing__(self, name: str) -> Rule:
        field = FIELDS[name]
        module, rule = _RULES[field.kind]
        made = self[name] = rule(import_module(f"epncli.rules.{module}"), field)
        return made


@cache
def _rules(_language: str) -> _Rules:
    """The rules, which remember their results with their messages: there are some for each language."""
    return _Rules()


def _remembered(validate: Callable[..., RuleResult]) -> Callable[..., RuleResult]:
    """The rule for any text, which remembers its last results.

    A registry repeats most of its values: communes, services, opening hours.
    """

    def check(text: str, *about: str) -> RuleResult:
        if (bare := text.strip()) in _NULLS:
            return _null(bare) if bare else _BLANK
        return validate(text, *about)

    return lru_cache(maxsize=4096)(check)


def _simple(rule: Any, _field: Field) -> Rule:
    """The rule of most kinds, which needs only the text."""
    return Rule(_remembered(rule.validate))


def _text(rule: Any, field: Field) -> Rule:
    multiline = field.kind is Kind.LONG_TEXT
    return Rule(_remembered(partial(rule.validate, max_length=field.max_length, multiline=multiline)))


def _enumeration(rule: Any, field: Field) -> Rule:
    return Rule(_remembered(partial(rule.validate, values=field.values)))


def _code_insee(rule: Any, _field: Field) -> Rule:
    return Rule(_remembered(rule.validate), lambda about: (about.code_postal, about.commune))


def _code_postal(rule: Any, _field: Field) -> Rule:
    return Rule(_remembered(rule.validate), lambda about: (about.commune,))


def _telephone(rule: Any, _field: Field) -> Rule:
    return Rule(_remembered(rule.validate), lambda about: (about.code_postal,))


def _date(rule: Any, field: Field) -> Rule:
    def validate(text: str, today: str) -> RuleResult:
        kind = field.kind
        result: RuleResult = rule.validate(
            text, today=today, partial=kind is Kind.PARTIAL_DATE, future=kind is Kind.PLANNED_DATE
        )
        return result

    return Rule(_remembered(validate), lambda about: (about.today,))


# For each kind: the module in `rules`, and a function that makes a `Rule` of it.
_RULES: Final[dict[Kind, tuple[str, Callable[[Any, Field], Rule]]]] = {
    Kind.ID: ("identifiant", _simple),
    Kind.TEXT: ("texte", _text),
    Kind.LONG_TEXT: ("texte", _text),
    Kind.ENUM: ("enumeration", _enumeration),
    Kind.CODE_POSTAL: ("code_postal", _code_postal),
    Kind.CODE_INSEE: ("code_insee", _code_insee),
    Kind.TELEPHONE: ("telephone", _telephone),
    Kind.COURRIEL: ("courriel", _simple),
    Kind.URL: ("url", _simple),
    Kind.PIVOT: ("pivot", _simple),
    Kind.HORAIRES: ("horaires", _simple),
    Kind.LATITUDE: ("coordonnees", lambda rule, _field: Rule(_remembered(rule.validate_latitude))),
    Kind.LONGITUDE: ("coordonnees", lambda rule, _field: Rule(_remembered(rule.validate_longitude))),
    Kind.DATE: ("dates", _date),
    Kind.PLANNED_DATE: ("dates", _date),
    Kind.PARTIAL_DATE: ("dates", _date),
    Kind.INTERVAL: ("fermetures", _simple),
    Kind.REFERENCE: ("identifiant", _simple),
}
