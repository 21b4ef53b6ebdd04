from __future__ import annotations

import json
from typing import Any

import pytest

from epncli.errors import Unreadable
from epncli.formats.tabular.recipe import Choice, Join, Recipe, Split
from epncli.importing.mednum_config import parse_config


def parsed(**entries: Any) -> Recipe:
    return parse_config("a.config.json", json.dumps(entries).encode())


def test_every_form_of_an_entry() -> None:
    assert parsed(
        id={"colonne": "gid"},
        nom={"colonne": "Nom"},
        telephone={"colonne": ["Fixe", "Mobile"]},
        adresse={"joindre": {"colonnes": ["N°", "Voie"], "séparateur": " ", "ou": {"colonne": "Adresse"}}},
        latitude={"dissocier": {"colonne": "point", "séparateur": ",", "partie": 0}},
        typologies=[{"cible": "RFS"}],
        frais_a_charge=[
            {"colonnes": ["Tarif"], "termes": ["Gratuit"], "sauf": ["sous condition"], "cible": "Gratuit"},
            {"colonnes": ["Prix"], "cible": "Payant"},
        ],
        autres_formations_labels=[{"colonnes": ["labels"]}],
        date_maj={"valeur": "2024-01-01"},
        commune={"colonne": ""},
        horaires={"osm": "heures", "semaine": "heures"},
    ) == Recipe(
        identifiant="gid",
        columns={
            "Nom": ("nom",), "Fixe": ("telephones",), "Mobile": ("telephones",), "Adresse": ("adresse",),
            "labels": ("autres_formations_labels",), "heures": ("horaires",),
        },
        joins={"adresse": Join(("N°", "Voie"), " ")},
        splits={"latitude": Split(("point",), ",", 0)},
        choices={
            "frais_a_charge": (
                Choice("Gratuit", ("Tarif",), ("Gratuit",), ("sous condition",)),
                Choice("Payant", ("Prix",)),
            )
        },
        constants={"typologie": ("RFS",), "date_maj": "2024-01-01"},
        recognised=(),
    )  # fmt: skip


def test_fields_may_have_the_names_of_earlier_versions() -> None:
    recipe = parsed(telephone={"colonne": "a"}, accessibilite={"colonne": "b"})
    assert recipe.columns == {"a": ("telephones",), "b": ("fiche_acces_libre",)}


def test_one_column_may_be_several_fields() -> None:
    recipe = parsed(presentation_resume={"colonne": "Texte"}, presentation_detail={"colonne": "Texte"})
    assert recipe.columns == {"Texte": ("presentation_resume", "presentation_detail")}


def test_the_columns_of_the_days_are_recognised_by_their_headers() -> None:
    days = [{"colonne": "lundi", "osm": "Mo"}, {"colonne": ["mardi matin", "mardi après-midi"], "osm": "Tu"}]
    assert parsed(horaires={"jours": days}) == Recipe(recognised=("lundi", "mardi matin", "mardi après-midi"))


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"prive": {"colonne": "x"}}, ("prive",)),
        ({"nom": {"colonnee": "x"}}, ("nom",)),
        ({"nom": {"colonne": 3}}, ("nom",)),
        ({"nom": "x"}, ("nom",)),
        ({"adresse": {"joindre": {"colonnes": []}}}, ("adresse",)),
        ({"adresse": {"joindre": "x"}}, ("adresse",)),
        ({"latitude": {"dissocier": {"colonne": "x", "séparateur": "", "partie": 0}}}, ("latitude",)),
        ({"latitude": {"dissocier": ["x"]}}, ("latitude",)),
        ({"horaires": {"jours": ["lundi"]}}, ("horaires",)),
        ({"horaires": "x"}, ("horaires",)),
        ({"nom": [{}, {}]}, ("nom",)),
    ],
)
def test_what_epn_does_not_do_is_named_once(entries: dict[str, Any], said: tuple[str, ...]) -> None:
    assert parsed(**entries) == Recipe(recognised=(), not_supported=said)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b'"x"', b"[" * 100_000, b'{"a": ' * 5_000])
def test_what_is_no_object_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_config("a.config.json", data)
    assert (caught.value.path, bool(caught.value.hint)) == ("a.config.json", True)
