"""Recognition of the field of a spreadsheet column by its header, in the words that people use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from epncli.folding import fold
from epncli.model.structure import FIELDS

_SYNONYMS: Final = {
    "id": "identifiant, ident, id structure, id lieu, identifiant unique, ref, reference",
    "nom": "structure, lieu, epn, espace, denomination, raison sociale, intitule, libelle, name, "
    "nom lieu, nom epn, nom usuel, etablissement, fiche descriptive",
    "commune": "ville, localite, city, nom commune, municipality",
    "code_postal": "cp, codepostal, code post, c p, zip, postcode, postal code",
    "code_insee": "insee, code commune, codeinsee, code commune insee",
    "adresse": "adresse postale, rue, voie, adresse 1, adresse1, address, numero et voie, adresse voie",
    "complement_adresse": "complement, complement adresse, adresse 2, adresse2, batiment",
    "latitude": "lat, coord y, coordonnee y",
    "longitude": "long, lon, lng, coord x, coordonnee x",
    "pivot": "siret, rna, siret ou rna, numero siret, n siret, siret rna",
    "typologie": "type, type lieu, type structure, categorie",
    "telephones": "tel, tels, telephone, telephones, numero telephone, n telephone, num tel, phone, "
    "numero, tel fixe, tel portable, tel mobile, telephone fixe, telephone portable, telephone mobile, "
    "fixe, portable, mobile, tel 1, tel 2, tel1, tel2, telephone 1, telephone 2, n tel",
    "courriels": "mail, mails, email, emails, e mail, e mails, courriel, courriels, adresse mail, "
    "adresse email, adresse e mail, adresse courriel, adresse electronique, mel, mail contact, "
    "email contact, courriel contact, adresses mail",
    "site_web": "site, site internet, web, url, website, page web, site web url, adresse site, sites",
    "horaires": "horaire, heures ouverture, horaires ouverture, ouverture, jours et horaires",
    "statut": "etat, status, situation",
    "date_fermeture": "date fermeture, ferme le, fermeture, fermee le",
    "motif_fermeture": "motif, motif fermeture, raison fermeture, cause fermeture",
    "presentation_resume": "resume, presentation, presentation courte",
    "presentation_detail": "detail, description, presentation detaillee, presentation longue",
    "itinerance": "itinerant, fixe ou itinerant",
    "structure_parente": "parente, organisme, gestionnaire, reseau, porteur, structure porteuse",
    "services": "service, services proposes, offre, activites",
    "publics_specifiquement_adresses": "publics, public, publics cibles, public cible",
    "prise_en_charge_specifique": "prise en charge, handicap, handicaps",
    "frais_a_charge": "frais, tarif, tarifs, prix, cout",
    "dispositif_programmes_nationaux": "dispositifs, dispositif, programmes nationaux, programmes",
    "formations_labels": "labels nationaux reconnus, formations",
    "autres_formations_labels": "label, labels, autres labels, labels autres, autre label",
    "modalites_acces": "acces, modalites acces, modalite acces",
    "modalites_accompagnement": "accompagnement, modalite accompagnement",
    "fiche_acces_libre": "acces libre, acceslibre, accessibilite, fiche acceslibre",
    "prise_rdv": "rdv, rendez vous, prise rendez vous, prise de rendez vous, url rdv",
    "source": "origine, source donnee",
    "notes": "note, commentaire, commentaires, remarque, remarques, observations, observation",
    "date_maj": "maj, mise a jour, date mise a jour, derniere mise a jour, date derniere mise a jour, "
    "mis a jour le, verifie le, date verification, modifie le, confirme le, confirmee le",
}
"""Other headers of each field, folded, without articles and prepositions."""

_SAYING_NOTHING: Final = frozenset(["d", "de", "des", "du", "l", "la", "le", "les", "un", "une"])
_SUBJECTS: Final = frozenset(["structure", "lieu", "epn", "etablissement"])
"""Words that are ignored in a header, since every row is one: `Nom de la structure`, `Adresse du lieu`."""
_BRACKET: Final = re.compile(r"[(\[][^()\[\]]*[)\]]")
_LONGEST: Final = 100


def shown(header: str) -> str:
    """A header on one line, for a message, shortened to `_LONGEST` characters."""
    header = " ".join(header.split())
    return header if len(header) <= _LONGEST else header[: _LONGEST - 1] + "…"


def field_of(header: str, mapping: Mapping[str, str]) -> str:
    """The field of a header, or "" if it is unknown. `mapping`, from header to field, takes precedence."""
    if not header.strip() or len(header) > _LONGEST:
        return ""
    for known, name in mapping.items():
        if fold(known) == fold(header):
            return name
    return _field_of(header)


@cache
def _field_of(header: str) -> str:
    known = _known()
    for text in (header, _BRACKET.sub(" ", header)):
        words = [word for word in fold(text).split() if word not in _SAYING_NOTHING]
        bare = [word for word in words if word not in _SUBJECTS]
        if found := known.get(" ".join(words)) or known.get(" ".join(bare)):
            return found
    return ""


@cache
def _known() -> dict[str, str]:
    """The field of each known header, folded. Names of the schema take precedence over synonyms."""
    names: dict[str, str] = {}
    for name in FIELDS:
        names[_plain(name)] = name
    for name, field in FIELDS.items():
        for text in (field.label, field.label_id, *_SYNONYMS.get(name, "").split(",")):
            names.setdefault(_plain(text), name)
    names.pop("", None)
    return names


def _plain(text: str) -> str:
    return " ".join(word for word in fold(text).split() if word not in _SAYING_NOTHING)


def nearest(header: str) -> str:
    """The field with the most similar header, to suggest for an unknown header, or ""."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        fold(header[:_LONGEST]), _known().keys(), scorer=fuzz.token_set_ratio, score_cutoff=75
    )
    return _known()[found[0]] if found else ""


def recognised(cells: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    """The field of each column, "" for an unknown one; empty if the cells are not a header.

    A header has `id` or `nom`, and at least one other field.
    """
    fields = [field_of(cell, mapping) for cell in cells]
    distinct = set(fields) - {""}
    return fields if len(distinct) > 1 and distinct & {"id", "nom"} else []
