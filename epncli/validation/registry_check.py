"""Check of a whole registry: all its problems, each with its line and column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from epncli.errors import EpnError
from epncli.i18n import _
from epncli.model.fields import nearest_field
from epncli.model.structure import FIELDS, Structure, Value
from epncli.problems import Level, Problem, error, warning
from epncli.registry.registry import STRUCTURES
from epncli.rules import courriel, telephone, url
from epncli.rules.texte import quoted
from epncli.validation import (
    cross_fields,
    distances,
    duplicates,
    shared_identifiers,
    successors,
    unquoted_numbers,
)
from epncli.validation.partial_registry import PartialRegistry, Record, places
from epncli.validation.structure_check import CheckedStructure, check_structure
from epncli.yamlfile.likely_mistakes import LikelyMistake
from epncli.yamlfile.source import Lines

Progress = Callable[[Sequence[Record]], Iterable[Record]]
"""A function that yields the records one by one and may show a progress bar."""

_TEXTS = ("titre", "contact")
"""The keys of a registry that have a single value."""
_TOP_LEVEL = (*_TEXTS, STRUCTURES)


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of a check."""

    problems: list[Problem]
    """The problems, in the order of the file."""
    not_normalised: list[Record]
    """Records with values that are not in their normal form."""
    unquoted: dict[int, list[unquoted_numbers.UnquotedNumber]]
    """The numbers without quotes of the records that have any, by the `id` of the `Record`."""


class _OfField(NamedTuple):
    """A problem of a record; `key` is True if it is about the name of its field."""

    problem: Problem
    key: bool = False


@dataclass(slots=True)
class _OfRecord:
    """The problems of one record: in it alone, and together with other records."""

    structure: Structure
    alone: list[_OfField] = field(default_factory=list)
    together: list[Problem] = field(default_factory=list)


def check(
    reading: PartialRegistry,
    today: str,
    only: Collection[str] | None = None,
    progress: Progress = iter,
) -> Findings:
    """The problems of a registry; with `only`, those of the structures with these ids.

    `today` is ISO 8601.
    """
    not_normalised: list[Record] = []
    found: dict[int, _OfRecord] = {}
    validated: list[Structure] = []
    records = reading.records
    asked = {at for at, record in enumerate(records) if only is None or record.structure.id in only}
    for position, record in enumerate(progress(records)):
        checked = check_structure(record.structure, today)
        validated.append(checked.structure)
        if position in asked:
            own = list(_of_record(record, checked))
            if own or unquoted_numbers.may_have_some(record):
                found[position] = _OfRecord(checked.structure, own)
            if checked.structure is not record.structure:
                not_normalised.append(record)
    together = None if only is None else asked
    for position, problem in (
        *_same_ids(records, asked),
        *duplicates.find(validated, together),
        *distances.find(validated, together),
        *shared_identifiers.find(validated, together),
        *successors.find(validated, together),
    ):
        if position not in found:
            found[position] = _OfRecord(validated[position])
        found[position].together.append(problem)
    placed, unquoted = _placed(records, found)
    if only is None:
        placed += _of_file(reading)
    return Findings(_in_order(reading, placed, asked), not_normalised, unquoted)


def _of_record(record: Record, checked: CheckedStructure) -> Iterator[_OfField]:
    """The problems of one record, except the numbers without quotes."""
    misshapen_fields = record.misshapen_fields
    for problem in checked.problems:
        if problem.field not in misshapen_fields:
            yield _OfField(problem)
    for name in misshapen_fields:
        yield _OfField(cross_fields.placed(_misshapen(name, record.values[name]), name, record.structure))
    for name in record.structure.unknown_fields:
        yield _OfField(cross_fields.placed(_unknown_field(name), name, record.structure), key=True)


def _placed(
    records: Sequence[Record], found: Mapping[int, _OfRecord]
) -> tuple[list[tuple[int, Problem]], dict[int, list[unquoted_numbers.UnquotedNumber]]]:
    """The problems of the records, each with its offset in the file, and the numbers without quotes.

    Each record is parsed again once, however many problems it has.
    """
    placed: list[tuple[int, Problem]] = []
    unquoted: dict[int, list[unquoted_numbers.UnquotedNumber]] = {}
    in_order = sorted(found)
    together = places(records[position] for position in in_order)
    for position, (record, place) in zip(in_order, together, strict=True):
        of_record = found[position]
        placed += [
            (record.offset(place, one.problem.field, one.problem.item, key=one.key), one.problem)
            for one in of_record.alone
        ]
        if numbers := unquoted_numbers.find(record, place):
            unquoted[id(record)] = numbers
            placed += [
                (number.start, unquoted_numbers.problem(number, record.structure))
                for number in numbers
                if number.text in of_record.structure.texts(number.name)  # else --fix writes another text
            ]
        placed += [
            (record.offset(place, problem.field, problem.item), problem) for problem in of_record.together
        ]
    return placed, unquoted


def _misshapen(name: str, value: Value) -> Problem:
    """The error for a list or a mapping in a field that does not allow it."""
    if FIELDS[name].many:
        message = _("‘{name}’ must be one value or a list of values").format(name=name)
        return error(message, _("write ‘{name}: [one, another]’").format(name=name))
    if isinstance(value, dict):
        hint = _("if the value contains a colon followed by a space, put it between double quotes")
    else:
        hint = _("write one value, on the same line as its name")
    return error(_("‘{name}’ must be a single value").format(name=name), hint)


@lru_cache(maxsize=1000)
def _unknown_field(name: str) -> Problem:
    message = _("‘{name}’ is not a field of the schema").format(name=name)
    if near := nearest_field(name):
        return warning(message, _("did you mean ‘{name}’?").format(name=near))
    return warning(
        message, _("it is kept as it is, but does not appear in tables; free text can go in ‘notes’")
    )


def _same_ids(records: Sequence[Record], asked: Collection[int]) -> Iterator[tuple[int, Problem]]:
    """Errors for ids that are not unique, each with the index of its record."""
    first: dict[str, int] = {}
    for position, record in enumerate(records):
        own = record.structure.id
        earlier = first.setdefault(own, position)
        if own and earlier != position and (position in asked or earlier in asked):
            message = _("another structure already has the id ‘{id}’").format(id=own)
            hint = _("give one of the two another id, or remove it if it is the same place")
            yield position, cross_fields.placed(error(message, hint), "id", record.structure)


def _of_file(reading: PartialRegistry) -> Iterator[tuple[int, Problem]]:
    """The problems outside the records, each with its offset in the file."""
    if reading.registry is None:
        return
    document = reading.registry.document
    strange = [name for name in document.root if name not in _TOP_LEVEL]
    if strange:
        fields = document.root_node().fields()
        for name in strange:
            message = _("‘{name}’ is not a known key; it is kept as it is").format(name=name)
            hint = _("the structures go below ‘structures:’, each starting with a dash")
            yield fields[name][0].start, warning(message, hint)
    for name in _TEXTS:
        value = document.root.get(name, "")
        if type(value) is not str:
            message = _("‘{name}’ must be a single value").format(name=name)
            hint = _("if the value contains a colon followed by a space, put it between double quotes")
            yield document.start(name), error(message, hint)
        elif name == "contact" and value and not is_contact(value):
            message = _("‘{value}’ is not an e-mail address, a phone number or a URL")
            hint = _("write one of these, so that it becomes a link on the page")
            yield document.start(name), warning(message.format(value=quoted(value)), hint)


def is_contact(text: str) -> bool:
    """True if the text is an e-mail address, a phone number or a URL."""
    rules = (courriel.validate, telephone.validate, url.validate)
    return any(not result.refused and len(result.values) == 1 for result in (rule(text) for rule in rules))


def _in_order(
    reading: PartialRegistry, found: list[tuple[int, Problem]], asked: Collection[int]
) -> list[Problem]:
    """The problems with their lines and columns, in the order of the file."""
    problems = [_refusal(refused) for refused in reading.refusals]
    if found or reading.likely_mistakes:
        lines = Lines(reading.source.text)
        likely_mistakes = [(lines.index(one.line, one.column), one) for one in reading.likely_mistakes]
        # A key with a no-break space is also an unknown field: only the likely mistake is reported.
        said = {index for index, _mistake in likely_mistakes}
        found = [(index, problem) for index, problem in found if index not in said]
        for index, problem in [*found, *_of_likely_mistakes(reading, likely_mistakes, asked)]:
            problems.append(problem.at(*lines.place(index)))
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


def _of_likely_mistakes(
    reading: PartialRegistry, likely_mistakes: list[tuple[int, LikelyMistake]], asked: Collection[int]
) -> Iterator[tuple[int, Problem]]:
    """Warnings for the likely mistakes in the records `asked`; in other places only if all are asked for."""
    if not likely_mistakes:
        return
    starts = [record.start for record in reading.records]
    for index, mistake in likely_mistakes:
        owner = bisect_right(starts, index) - 1
        if owner in asked:
            found = warning(mistake.message, mistake.hint)
            yield index, cross_fields.placed(found, "", reading.records[owner].structure)
        elif len(asked) == len(starts):
            yield index, warning(mistake.message, mistake.hint)


def _refusal(refused: EpnError) -> Problem:
    return Problem(Level.ERROR, refused.message, refused.hint, line=refused.line, column=refused.column)
