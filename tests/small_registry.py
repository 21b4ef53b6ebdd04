"""The small registry of the tests of the command line."""

from __future__ import annotations

REGISTRY = """\
# Le registre des tests
titre: EPN d’essai

structures:
  - id: microlithe
    nom: Microlithe
    commune: Paris
    code_postal: "75020"
    telephones: [01 46 36 70 13]
    courriels: [contact@microlithe.fr]
    site_web: [http://www.microlithe.fr]
    statut: fermé
    date_fermeture: 2014-09
    motif_fermeture: association fermée

  # Rappeler en septembre
  - id: alternord  # vu sur place
    nom: "Alternord"
    commune: Paris
    code_postal: '75009'
    telephones:
      - 01 53 16 14 82
      - 01 53 16 14 83  # le soir
    autres_formations_labels: [NetPublic]
    date_maj: "2026-01-31"

  - id: relais-du-16e
    nom: Relais du 16e – Émile
    commune: Paris
    code_postal: "75116"
    telephones: [01 40 28 18 48]

  - id: epn-de-bourg
    nom: EPN de Bourg
    commune: Bourg-en-Bresse
    code_postal: "01000"
    adresse: 3 place du Marché
    telephones: [04 74 22 10 10]
"""
