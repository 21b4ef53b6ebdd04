"""What the answers of the address service change: coordinates and Insee codes of which it is sure.

`date_maj` stays: it is the day on which someone confirmed the record, and a computed point confirms nothing.
The address is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from epncli.folding import fold
from epncli.formats.ban import SENT, Answer
from epncli.formats.reading import Reading
from epncli.formats.tabular.geocoder import SURE
from epncli.i18n import _
from epncli.importing.matching import Match
from epncli.importing.merge_result import Merge, RowPlace, RowProblem
from epncli.model.structure import Structure
from epncli.problems import error, warning
from epncli.query.distance import position
from epncli.registry.compare import Difference
from epncli.rules import code_insee, coordonnees
from epncli.rules.code_postal import departement
from epncli.rules.communes import communes_known_as, same_commune
from epncli.rules.texte import quoted

_PRECISE: Final = ("housenumber", "street")
"""The types of answers that are used. A locality or a commune may be kilometres from the place."""
_ANSWERED: Final = ("", "ok")
"""The statuses of an answer; the older service had none."""


def merge_answers(structures: Sequence[Structure], readings: Sequence[Reading]) -> Merge:
    """The result of comparing answers with the registry. Structures with coordinates stay as they are.

    Of several usable answers about a structure, the first one counts.
    """
    merged = Merge()
    by_id: defaultdict[str, list[Structure]] = defaultdict(list)
    by_address: defaultdict[_Address, list[Structure]] = defaultdict(list)
    for structure in structures:
        by_id[structure.id.strip()].append(structure)
        by_address[_address(structure)].append(structure)
    given: dict[str, _Values] = {}
    for reading in readings:
        for row in reading.rows:
            assert isinstance(row, Answer)
            identifier = str(row.values["id"])
            # A spreadsheet program changes ids such as 00123 or 1e5; the point depends on the address alone.
            same_id = by_id.get(identifier, [])
            found = same_id or by_address.get(_sent_address(row), [])
            if len(found) == 1:
                _compare(merged, reading, row, found[0], given)
            else:
                merged.refuse(Match(reading, row), [error(_no_structure(identifier, len(same_id)))])
    return merged


_Values = dict[str, str]
"""Values by field."""
_Address = tuple[str, str, str]
"""The street, the postal code and the commune, to be compared."""


def _address(structure: Structure) -> _Address:
    return fold(structure.adresse), _code(structure.code_postal), fold(structure.commune)


def _sent_address(answer: Answer) -> _Address:
    street, code, commune = (str(answer.values.get(name, "")) for name in SENT[1:])
    return fold(street), _code(code), fold(commune)


def _no_structure(identifier: str, count: int) -> str:
    if count:
        model = _("several structures of the registry have the id ‘{id}’")
    else:
        model = _("no structure has the id ‘{id}’")
    return model.format(id=quoted(identifier))


def _compare(
    merged: Merge, reading: Reading, answer: Answer, before: Structure, given: dict[str, _Values]
) -> None:
    """Add what an answer changes. `given` has, by id, what earlier answers gave, and gets the new values."""
    earlier = given.get(before.id)
    values: _Values = {}
    if position(before):
        merged.same += earlier is None
        reason = ""
    elif not (reason := _reason(answer, before)):
        values = _values(answer, before)
        if earlier is None:
            names = tuple(name for name, value in values.items() if before.value(name) != value)
            merged.changed.append(Difference(before, before.changed(**values), names))
        elif values != earlier:
            reason = _("an earlier row gives other coordinates or another INSEE code")
    if reason:
        problem = warning(_with_answer(reason, answer)).of("", before.id, before.nom)
        merged.not_used.append(RowProblem(reading.name, answer.line, problem, ""))
    elif earlier is None:
        given[before.id] = values
    else:
        merged.repeated.append(RowPlace(reading.name, answer.line, before.nom))


def _values(answer: Answer, before: Structure) -> dict[str, str]:
    """The fields that the answer gives, in their normal forms and in the order of the schema."""
    found: dict[str, str] = {}
    if answer.citycode:
        code = code_insee.validate(answer.citycode, before.code_postal, before.commune)
        found |= {} if code.refused else {"code_insee": code.value}
    return found | {
        "latitude": coordonnees.validate_latitude(answer.latitude).value,
        "longitude": coordonnees.validate_longitude(answer.longitude).value,
    }


def _reason(answer: Answer, before: Structure) -> str:
    """Why the answer is not used, in the language of this process; "" if it is."""
    if answer.status not in _ANSWERED or not answer.latitude or not answer.longitude:
        return _("the service found no address")
    if _is_about_another_address(answer, before):
        return _("the address in the registry is no longer the one that was sent")
    if answer.certainty < SURE:
        return _("the score is below 0.9")
    if answer.type not in _PRECISE:
        return _("‘{type}’ is neither a house number nor a street").format(type=quoted(answer.type))
    if not (answer.citycode or answer.city):
        return _("the answer names no commune")
    if not _is_in_commune(answer, before):
        return _("the answer is in another commune or arrondissement")
    for result in (
        coordonnees.validate_latitude(answer.latitude),
        coordonnees.validate_longitude(answer.longitude),
    ):
        if result.refused:
            return result.problems[0].message
    pair = coordonnees.validate_pair(answer.latitude, answer.longitude, before.code_postal)
    return pair[0].message if pair else ""


def _with_answer(reason: str, answer: Answer) -> str:
    if not answer.label:
        return reason
    return _("{reason}; the service understood ‘{address}’ ({type}, score {score})").format(
        reason=reason,
        address=quoted(answer.label),
        type=quoted(answer.type),
        score=quoted(answer.score),
    )


def _is_about_another_address(answer: Answer, before: Structure) -> bool:
    """True if the address or the place in the registry has changed since it was sent."""
    sent = zip(SENT[1:], _sent_address(answer), _address(before), strict=True)
    return any(name in answer.values and then != now for name, then, now in sent)


def _code(text: str) -> str:
    """A code with the leading zero that a spreadsheet takes."""
    bare = text.strip()
    return f"0{bare}" if len(bare) == 4 and bare.isdecimal() else bare


def _is_in_commune(answer: Answer, before: Structure) -> bool:
    """True if the answer is in the commune, and in the arrondissement, of the structure.

    By the Insee code if the postal code and the commune are known, else by name and department.
    """
    known = {one.code_insee for one in communes_known_as(before.code_postal.strip(), before.commune)}
    if known and answer.citycode:
        return _code(answer.citycode).upper() in known
    named = any(same_commune(name, before.commune) for name in (answer.city, answer.old_city))
    return named and departement(_code(answer.postcode)) == departement(before.code_postal.strip())
