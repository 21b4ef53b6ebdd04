"""Checks across the fields of one structure: missing required fields, fields that contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Final

from epncli.i18n import _
from epncli.model.structure import CLOSING, FIELDS, Structure
from epncli.problems import Problem, error, warning

Found = Iterator[tuple[str, Problem]]
"""Problems with their field, or "" for a problem of the whole structure."""


def check(structure: Structure, names: Collection[str] | None = None) -> Iterator[Problem]:
    """Problems of missing required fields and contradictory fields; with `names`, only of these fields.

    Source: the registry's own schema for required fields and for the fields of a closed place; the national
    schema (v1.0.2) for the rest. The fields must be in their normal form.
    """
    # A command that changes the name must not fail because the postal code was missing before.
    for name in _REQUIRED:
        if (names is None or name in names) and not getattr(structure, name).strip():
            missing = error(_("this field is required"), _what_to_write(name))
            yield placed(missing, name, structure)
    for fields, rule in _RULES:
        if names is None or not fields.isdisjoint(names):
            for name, problem in rule(structure):
                yield placed(problem, name, structure)


def placed(problem: Problem, name: str, structure: Structure) -> Problem:
    """The problem with its field and the structure it was found in."""
    return problem.of(name, structure.id, structure.nom)


def _what_to_write(name: str) -> str:
    return {
        "id": _("write an id that no other structure has, such as ‘centre-d-animation-daviel’"),
        "nom": _("write the usual name of the place"),
        "commune": _("write the commune, such as ‘Paris’"),
        "code_postal": _("write its five digits, such as 75012"),
    }[name]


def _closing(structure: Structure) -> Found:
    """The warning about a closing date, a reason or a successor without `statut: fermé`."""
    if structure.is_closed or structure.statut not in ("", "ouvert"):
        return
    if structure.date_fermeture:
        name = "date_fermeture"
        message = _("the structure has a closing date, but it is not marked as closed")
    elif structure.motif_fermeture:
        name = "motif_fermeture"
        message = _("the structure has a reason for closing, but it is not marked as closed")
    elif structure.remplace_par:
        name = "remplace_par"
        message = _("the structure has a successor, but it is not marked as closed")
    else:
        return
    hint = _("write ‘fermé’ in the field ‘statut’, or remove ‘{name}’").format(name=name)
    yield name, warning(message, hint)


def _reachable(structure: Structure) -> Found:
    if structure.is_closed or structure.telephones or structure.courriels or structure.site_web:
        return
    yield "", unreachable()


@cache
def unreachable() -> Problem:
    """The warning about an open structure that nobody can contact."""
    return warning(
        _("this structure cannot be contacted: it has no phone number, e-mail address or website"),
        _(
            "add a phone number, an e-mail address or a website, or close the structure if it no "
            "longer exists"
        ),
    )


def _coordinates(structure: Structure) -> Found:
    latitude, longitude = structure.latitude.strip(), structure.longitude.strip()
    if not latitude and not longitude:
        return
    if latitude and longitude:
        from epncli.rules import coordonnees

        for problem in coordonnees.validate_pair(latitude, longitude, structure.code_postal):
            yield "latitude", problem
        return
    there, missing = ("latitude", "longitude") if latitude else ("longitude", "latitude")
    message = _("the {there} is given without the {missing}").format(there=there, missing=missing)
    hint = _("add the {missing}, or remove the {there}").format(missing=missing, there=there)
    yield there, warning(message, hint)


_REQUIRED: Final = tuple(name for name, field in FIELDS.items() if field.required)
_RULES: Final[tuple[tuple[frozenset[str], Callable[[Structure], Found]], ...]] = (
    (frozenset(CLOSING), _closing),
    (frozenset({"statut", "telephones", "courriels", "site_web"}), _reachable),
    (frozenset({"latitude", "longitude", "code_postal"}), _coordinates),
)
"""The rules, each with the fields that it reads."""
