"""Searches that epn and its web page must answer alike: the places, what is typed, and what is found."""

from __future__ import annotations

from epncli.model.structure import Structure

PLACES = (
    Structure(
        id="microlithe", nom="Microlithe", commune="Paris", code_postal="75020", adresse="26 rue Vitruve",
        telephones=("01 46 36 70 13", "3949"), courriels=("contact@microlithe.fr",), statut="fermé",
        date_fermeture="2014-09", motif_fermeture="association fermée",
    ),
    Structure(
        id="elan", nom="Élan, cœur d’Œuvre – Étoile", commune="Paris", code_postal="75012",
        telephones=("01 40 18 04 41", "01 40 28 18 50"), formations_labels=("ORDI 3.0",),
        services=("Utilisation sécurisée du numérique",),
    ),
    Structure(
        id="evry", nom="Médiathèque de l'Agora", commune="Évry-Courcouronnes", code_postal="91000",
        adresse="3 allée de l’Agora", complement_adresse="bâtiment B", telephones=("+33 1 69 91 59 59",),
        site_web=("https://agora.example/lieux",),
    ),
    Structure(
        id="strasse", nom="Großstraße 12 & Søn", commune="Strasbourg", code_postal="67000",
        adresse="12 rue du 22-Novembre", telephones=("03 88 10 20 30",),
    ),
    Structure(
        id="mamoudzou", nom="Le Pari’s", commune="Mamoudzou", code_postal="97600",
        telephones=("0269 61 00 00",), autres_formations_labels=("Espace numérique",),
    ),
)  # fmt: skip

SEARCHES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    # words, accents, case, ligatures, apostrophes, dashes
    (("MICROLITHE",), ("microlithe",)),
    (("elan", "COEUR"), ("elan",)),
    (("d'oeuvre",), ("elan",)),
    (("d’œuvre",), ("elan",)),
    (("œuvre", "etoile"), ("elan",)),
    (("mediatheque",), ("evry",)),
    (("l’agora",), ("evry",)),
    (("evry courcouronnes",), ("evry",)),
    (("evry-courcouronnes",), ("evry",)),
    (("agora", "evry"), ("evry",)),
    (("evry", "vitruve"), ()),
    (("grossstrasse",), ("strasse",)),
    (("GROẞSTRASSE",), ("strasse",)),
    (("son",), ("strasse",)),
    (("22 novembre",), ("strasse",)),
    (("pari's",), ("mamoudzou",)),
    (("paris",), ("microlithe", "elan")),
    # phrases stand in one value
    (("rue vitruve",), ("microlithe",)),
    (("vitruve rue",), ()),
    (("paris 75020",), ()),
    (("agora batiment",), ()),
    # labels, services, closures, addresses of mail
    (("ordi 3.0",), ("elan",)),
    (("espace numerique",), ("mamoudzou",)),
    (("securisee",), ("elan",)),
    (("association fermee",), ("microlithe",)),
    (("contact@microlithe.fr",), ("microlithe",)),
    (("agora.example",), ("evry",)),
    # postal codes are not in phones
    (("75012",), ("elan",)),
    (("01463",), ()),
    (("97600",), ("mamoudzou",)),
    # phones, however they are parted
    (("0146367013",), ("microlithe",)),
    (("01 46 36 70 13",), ("microlithe",)),
    (("01.46.36.70.13",), ("microlithe",)),
    (("01-46-36-70-13",), ("microlithe",)),
    (("01\u00a046\u00a036\u00a070\u00a013",), ("microlithe",)),
    (("+33146367013",), ("microlithe",)),
    (("+33140281850",), ("elan",)),
    (("+33 1 40 28 18 50",), ("elan",)),
    (("+33 (0)1 40 28 18 50",), ("elan",)),
    (("0033140281850",), ("elan",)),
    (("01 402",), ("elan",)),
    (("281850",), ("elan",)),
    (("0169915959",), ("evry",)),
    (("+33169915959",), ("evry",)),
    (("3949",), ("microlithe",)),
    (("0269610000",), ("mamoudzou",)),
    (("+262269610000",), ("mamoudzou",)),
    (("01 40 18 04 41", "elan"), ("elan",)),
    (("04410140",), ()),
    # nothing, and what is nowhere
    ((), ("microlithe", "elan", "evry", "strasse", "mamoudzou")),
    (("???",), ()),
    (("rien de tel",), ()),
)
"""Terms, as they are given to `epn search`, and the ids that are found, in the order of the places."""


def typed(terms: tuple[str, ...]) -> str:
    """The terms as a reader types them: phrases in quotes, phones without."""
    from epncli.query.search import is_phone

    return " ".join(f'"{term}"' if " " in term and not is_phone(term) else term for term in terms)
