"""What the answers of the address service change: coordinates and Insee codes of which it is sure.

`date_maj` stays: it is the day on which someone stood by the record, and a computed point confirms nothing.
The address is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from epncli.folding import fold
from epncli.formats.ban import Answer
from epncli.formats.reading import Reading
from epncli.formats.tabular.geocoder import SURE
from epncli.i18n import _
from epncli.importing.matching import Match
from epncli.importing.merge_result import Merge, RowProblem
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
    """The result of comparing answers with the registry. Structures with coordinates stay as they are."""
    merged = Merge()
    by_id: defaultdict[str, list[Structure]] = defaultdict(list)
    for structure in structures:
        by_id[structure.id.strip()].append(structure)
    seen: set[str] = set()
    for reading in readings:
        for row in reading.rows:
            assert isinstance(row, Answer)
            identifier = str(row.values["id"])
            found = by_id.get(identifier, []) if identifier else []
            if len(found) != 1:
                merged.refuse(Match(reading, row), [error(_no_structure(identifier, len(found)))])
            elif identifier in seen:
                merged.repeated += 1
            else:
                seen.add(identifier)
                _compare(merged, reading, row, found[0])
    return merged


def _no_structure(identifier: str, count: int) -> str:
    if count:
        model = _("several structures of the registry have the id ‘{id}’")
    else:
        model = _("no structure has the id ‘{id}’")
    return model.format(id=quoted(identifier))


def _compare(merged: Merge, reading: Reading, answer: Answer, before: Structure) -> None:
    if position(before):
        merged.same += 1
    elif reason := _reason(answer, before):
        problem = warning(_with_answer(reason, answer))._replace(id=before.id, nom=before.nom)
        merged.not_used.append(RowProblem(reading.name, answer.line, problem, ""))
    else:
        values = _values(answer, before)
        names = tuple(name for name, value in values.items() if before.value(name) != value)
        merged.changed.append(Difference(before, before.changed(**values), names))


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
    if not _is_in_commune(answer, before):
        return _("the answer is in another commune")
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
    sent = answer.values
    street, code, commune = (str(sent.get(name, "")) for name in ("adresse", "code_postal", "commune"))
    return (
        ("adresse" in sent and fold(street) != fold(before.adresse))
        or ("code_postal" in sent and _code(code) != _code(before.code_postal))
        or ("commune" in sent and fold(commune) != fold(before.commune))
    )


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
