"""Registries whose places have every field of the national schema, always the same, of any size."""

from __future__ import annotations

from random import Random

from epncli.model import enums
from epncli.model.structure import Structure

TOWNS = (
    ("Paris", "750", 48.86, 2.35),
    ("Lyon", "690", 45.76, 4.84),
    ("Marseille", "130", 43.3, 5.4),
    ("Saint-Étienne", "421", 45.43, 4.39),
    ("Bourg-en-Bresse", "010", 46.2, 5.22),
    ("Châlons-en-Champagne", "510", 48.95, 4.36),
    ("L’Haÿ-les-Roses", "942", 48.78, 2.33),
)
KINDS = (
    "Médiathèque", "Centre social", "Espace numérique", "Maison France Services", "Cyber-base",
    "Point d’accès", "Atelier",
)  # fmt: skip
NAMES = (
    "Émile-Zola", "Jean-Jaurès", "Louise-Michel", "du Parc", "de la Gare", "Simone-Veil", "des Tilleuls",
    "de l’Œuvre sociale", "Marguerite-Yourcenar", "de l’Hôtel-de-Ville",
)  # fmt: skip
STREETS = (
    "rue de la Paix", "avenue Jean-Jaurès", "place du Marché", "boulevard de l’Hôpital", "rue des Écoles",
    "impasse des Vieilles-Tanneries",
)  # fmt: skip
HOURS = (
    "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00",
    "Tu-Sa 10:00-18:30; PH off",
    "Mo,We,Fr 14:00-17:30; PH off",
    "Mo-Fr 09:00-12:30; Aug off",
    "Tu,Th 09:30-12:00,13:30-17:00; PH off",
    '"sur rendez-vous"',
)
LABELS = (("France Services",), ("France Services", "Aidants Connect"), ())


def full_registry(count: int) -> list[Structure]:
    """`count` places; one in eleven has closed, one in nine is closed for a time."""
    random = Random(count)  # noqa: S311  no secret: the same places every time
    return [_place(random, number) for number in range(count)]


def _place(random: Random, number: int) -> Structure:
    commune, code, latitude, longitude = random.choice(TOWNS)
    digits = " ".join(f"{random.randrange(10, 100)}" for _ in range(4))
    fields = {
        "id": f"lieu-{number:05}",
        "nom": f"{random.choice(KINDS)} {random.choice(NAMES)}",
        "commune": commune,
        "code_postal": f"{code}{random.randrange(1, 10):02}",
        "code_insee": "75101",
        "adresse": f"{random.randrange(1, 200)} {random.choice(STREETS)}",
        "complement_adresse": "bâtiment B" if number % 3 == 0 else "",
        "latitude": f"{latitude + random.uniform(-0.1, 0.1):.5f}",
        "longitude": f"{longitude + random.uniform(-0.1, 0.1):.5f}",
        "pivot": "43493312300029",
        "typologie": ("BIB",),
        "telephones": (f"0{random.randrange(1, 6)} {digits}",),
        "courriels": (f"contact{number}@exemple.fr",),
        "site_web": (f"https://www.exemple.fr/lieux/{number}",),
        "horaires": random.choice(HOURS),
        "presentation_resume": "Accueil et conseil, ouvert à tous.",
        "presentation_detail": "Un lieu pour apprendre.\nSur place, quatre postes.",
        "itinerance": ("Fixe",),
        "structure_parente": f"Ville de {commune}",
        "services": tuple(random.sample(enums.SERVICES, random.randrange(1, 5))),
        "publics_specifiquement_adresses": ("Seniors",),
        "prise_en_charge_specifique": ("Illettrisme",),
        "frais_a_charge": ("Gratuit",),
        "dispositif_programmes_nationaux": random.choice(LABELS),
        "formations_labels": ("ORDI 3.0",) if number % 5 == 0 else (),
        "autres_formations_labels": ("Espace public numérique",) if number % 4 == 0 else (),
        "modalites_acces": ("Se présenter",),
        "modalites_accompagnement": ("En autonomie",),
        "fiche_acces_libre": f"https://acceslibre.exemple.fr/{number}",
        "prise_rdv": f"https://rdv.exemple.fr/{number}",
        "source": "Hub régional",
        "date_maj": f"2026-{random.randrange(1, 12):02}-15",
    }
    if number % 11 == 5:
        fields |= {
            "statut": "fermé", "date_fermeture": "2024-06", "motif_fermeture": "association dissoute",
            "remplace_par": f"lieu-{number - 1:05}",
        }  # fmt: skip
    if number % 9 == 2:
        fields["fermetures_temporaires"] = ("2026-11-20/2026-12-24 travaux",)
    return Structure(**{name: value for name, value in fields.items() if value})
