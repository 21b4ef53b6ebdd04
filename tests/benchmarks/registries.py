"""Generates realistic registries of any size, with all fields, comments and blank lines, always the same."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from epncli.model import enums

COMMUNES = (
    ("Paris", "750", "751"),
    ("Lyon", "690", "693"),
    ("Marseille", "130", "132"),
    ("Saint-Étienne", "420", "422"),
    ("Bourg-en-Bresse", "010", "010"),
    ("Saint-Denis", "974", "974"),
    ("L’Haÿ-les-Roses", "942", "940"),
    ("Châlons-en-Champagne", "510", "511"),
)
WORDS = (
    "Centre",
    "numérique",
    "Médiathèque",
    "Espace",
    "Maison",
    "quartier",
    "Étoile",
    "Cyber",
    "Relais",
    "Point",
    "d’accès",
    "Atelier",
    "Jean Jaurès",
    "Émile Zola",
    "social",
    "culturel",
    "Association",
    "Emmaüs",
    "Daviel",
    "bibliothèque",
    "France",
    "services",
    "Œuvre",
    "du Parc",
    "de la Gare",
)
STREETS = (
    "rue de la Paix",
    "avenue Jean Jaurès",
    "place du Marché",
    "boulevard de l’Hôpital",
    "rue des Écoles",
)
HOURS = (
    "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00",
    "Tu-Sa 10:00-18:30",
    "Mo,We,Fr 14:00-17:30; PH off",
)
COMMENTS = ("à rappeler en janvier", "fermé l’été", "vu avec la mairie", "le standard ne répond plus")


def registry_text(count: int) -> str:
    """The text of a registry of `count` structures."""
    random = Random(count)  # noqa: S311  no secret: the same file every time
    lines = [
        "# Registre des lieux de médiation numérique",
        "titre: Lieux de médiation numérique",
        "structures:",
    ]
    for number in range(count):
        if number and random.random() < 0.3:
            lines.append("")
        if random.random() < 0.05:
            lines.append(f"  # {random.choice(COMMENTS)}")
        dash = "  - "
        for field in _fields(random, number):
            lines.append(dash + field)
            dash = "    "
        if random.random() < 0.05:
            lines[-1] += f"  # {random.choice(COMMENTS)}"
    return "\n".join(lines) + "\n"


def _fields(random: Random, number: int) -> Iterator[str]:
    commune, code, insee = random.choice(COMMUNES)
    nom = " ".join(random.sample(WORDS, 3))
    yield f"id: lieu-{number:05}"
    yield f"nom: {nom}"
    yield f"commune: {commune}"
    yield f'code_postal: "{code}{random.randrange(1, 21):02}"'
    fields = {
        "code_insee": (0.5, f'"{insee}{random.randrange(1, 21):02}"'),
        "adresse": (0.9, f"{random.randrange(1, 200)} {random.choice(STREETS)}"),
        "complement_adresse": (0.1, "bâtiment B, 2e étage"),
        "latitude": (0.5, f"{random.uniform(42, 51):.6f}"),
        "longitude": (0.5, f"{random.uniform(-4, 8):.6f}"),
        "pivot": (0.4, f'"{random.randrange(10**13, 10**14)}"'),
        "typologie": (0.3, _some(random, enums.TYPOLOGIE, 2)),
        "telephones": (0.8, "[" + ", ".join(_phones(random)) + "]"),
        "courriels": (0.4, f"[contact{number}@exemple.fr]"),
        "site_web": (0.4, f"https://www.exemple.fr/lieux/{number}"),
        "horaires": (0.4, f'"{random.choice(HOURS)}"'),
        "statut": (0.1, "fermé"),
        "presentation_resume": (0.1, f'"{nom} : accueil et conseil, ouvert à tous"'),
        "presentation_detail": (0.05, "|\n      Un lieu pour apprendre.\n\n      Sur place, quatre postes."),
        "itinerance": (0.2, "Fixe"),
        "structure_parente": (0.1, "Ville de " + commune),
        "services": (0.4, "\n" + "\n".join(f"      - {one}" for one in random.sample(enums.SERVICES, 2))),
        "publics_specifiquement_adresses": (0.1, _some(random, enums.PUBLICS_SPECIFIQUEMENT_ADRESSES, 2)),
        "prise_en_charge_specifique": (0.1, "[Illettrisme]"),
        "frais_a_charge": (0.2, "Gratuit"),
        "dispositif_programmes_nationaux": (0.2, "[France Services]"),
        "formations_labels": (0.05, "[ORDI 3.0]"),
        "autres_formations_labels": (0.05, "[Netpublic, Espace public numérique]"),
        "modalites_acces": (0.2, _some(random, enums.MODALITES_ACCES[:4], 2)),
        "modalites_accompagnement": (0.2, _some(random, enums.MODALITES_ACCOMPAGNEMENT, 2)),
        "fiche_acces_libre": (0.05, f"https://acceslibre.exemple.fr/{number}"),
        "prise_rdv": (0.05, f"https://rdv.exemple.fr/{number}"),
        "source": (0.2, "Hub régional"),
        "notes": (0.1, "'demander l''animateur'"),
        "date_maj": (0.9, f"{random.randrange(2019, 2026)}-{random.randrange(1, 13):02}-15"),
    }
    for name, (share, value) in fields.items():
        if number == 0 or random.random() < share:
            yield f"{name}:{value}" if value.startswith("\n") else f"{name}: {value}"
            if name == "statut":
                yield "date_fermeture: 2014-09"
                yield "motif_fermeture: association fermée"


def _some(random: Random, values: tuple[str, ...], count: int) -> str:
    return "[" + ", ".join(random.sample(values, count)) + "]"


def _phones(random: Random) -> Iterator[str]:
    for _ in range(random.choice((1, 1, 1, 2))):
        yield "01 " + " ".join(f"{random.randrange(100):02}" for _ in range(4))
