"""The headers by which a spreadsheet column is recognised, besides the names and labels of the fields."""

from __future__ import annotations

from typing import Final

SYNONYMS: Final = {
    "id": "identifiant, ident, id structure, id lieu, identifiant unique, ref, reference, "
    "id fiche, identifiant fiche, n fiche, numero fiche",
    "nom": "structure, lieu, epn, espace, denomination, raison sociale, intitule, libelle, name, "
    "nom lieu, nom epn, nom usuel, etablissement, fiche descriptive, "
    "lib, titre, nom court, name structure",
    "commune": "ville, localite, city, nom commune, municipality, locality, address locality, "
    "lib com, nom com, nom comm, libelle commune, ville commune",
    "code_postal": "cp, codepostal, code post, c p, zip, postcode, postal code, "
    "zip code, zipcode, code postal commune, post code",
    "code_insee": "insee, code commune, codeinsee, code commune insee, "
    "insee com, com insee, inseecode, city insee code, insee code, num insee, num insee com, num insee comm, "
    "citycode, city code, code com, code insee commune, depcom",
    "adresse": "adresse postale, rue, voie, adresse 1, adresse1, address, numero et voie, adresse voie, "
    "adresse rue, nom voie, nom rue, libelle voie, numero nom voie, adresse numero nom voie, "
    "adresse complete, street, street address, streetaddress, adres, adresse voirie",
    "complement_adresse": "complement, complement adresse, adresse 2, adresse2, batiment, "
    "comp adresse, compl adresse, complement d adresse, adresse complement, adresse comp, adresse compl",
    "latitude": "lat, coord y, coordonnee y, "
    "lat84, lat wgs84, lat coor1, y wgs84, coordy, y coord, latitude wgs84, "
    "geo point lat, geo point 2d lat, y l93, y lambert93, y lambert 93, y lambert, lambert y",
    "longitude": "long, lon, lng, coord x, coordonnee x, "
    "long84, lng84, long wgs84, lon wgs84, long coor1, x wgs84, coordx, x coord, longitude wgs84, "
    "geo point lon, geo point 2d lon, x l93, x lambert93, x lambert 93, x lambert, lambert x",
    "pivot": "siret, rna, siret ou rna, numero siret, n siret, siret rna",
    "typologie": "type, type lieu, type structure, categorie",
    "telephones": "tel, tels, telephone, telephones, numero telephone, n telephone, num tel, phone, "
    "numero, tel fixe, tel portable, tel mobile, telephone fixe, telephone portable, telephone mobile, "
    "fixe, portable, mobile, tel 1, tel 2, tel1, tel2, telephone 1, telephone 2, n tel, "
    "contact tel, telephone contact, tel contact, tel lieu, num telephone",
    "courriels": "mail, mails, email, emails, e mail, e mails, courriel, courriels, adresse mail, "
    "adresse email, adresse e mail, adresse courriel, adresse electronique, mel, mail contact, "
    "email contact, courriel contact, adresses mail, "
    "contact mail, contact email, adressemail, mail lieu, courriel lieu",
    "site_web": "site, site internet, web, url, website, page web, site web url, adresse site, sites, "
    "contact web, siteweb, url site, lien site, site web lieu, site inter, web site",
    "horaires": "horaire, heures ouverture, horaires ouverture, ouverture, jours et horaires, "
    "horaire ouverture, jours horaires ouverture, horaires en clair",
    "statut": "etat, status, situation",
    "date_fermeture": "date fermeture, ferme le, fermeture, fermee le, closed on",
    "fermetures_temporaires": "fermeture temporaire, fermetures exceptionnelles, fermeture exceptionnelle",
    "motif_fermeture": "motif, motif fermeture, raison fermeture, cause fermeture",
    "presentation_resume": "resume, presentation courte, description courte",
    "presentation_detail": "detail, description, presentation detaillee, presentation longue, "
    "description longue, descriptif",
    "itinerance": "itinerant, fixe ou itinerant, fixe ou itinerante",
    "structure_parente": "parente, organisme, gestionnaire, reseau, porteur, structure porteuse",
    "services": "service, services proposes, offre, activites",
    "publics_specifiquement_adresses": "publics, public, publics cibles, public cible",
    "prise_en_charge_specifique": "prise en charge, handicap, handicaps",
    "frais_a_charge": "frais, tarif, tarifs, prix, cout",
    "dispositif_programmes_nationaux": "dispositifs, dispositif, programmes nationaux, programmes",
    "formations_labels": "labels nationaux reconnus, formations, formations et labels",
    "autres_formations_labels": "label, labels, autres labels, labels autres, autre label, "
    "autres formations et labels",
    "modalites_acces": "acces, modalites acces, modalite acces, ways in",
    "modalites_accompagnement": "accompagnement, modalite accompagnement",
    "fiche_acces_libre": "acces libre, acceslibre, accessibilite, fiche acceslibre",
    "prise_rdv": "rdv, rendez vous, prise rendez vous, prise de rendez vous, url rdv",
    "source": "origine, source donnee",
    "notes": "note, commentaire, commentaires, remarque, remarques, observations, observation",
    "date_maj": "maj, mise a jour, date mise a jour, derniere mise a jour, date derniere mise a jour, "
    "mis a jour le, verifie le, date verification, modifie le, confirme le, confirmee le, "
    "derniere confirmation, last confirmed on, "
    "dat maj, derniere maj, date derniere maj, derniere date mise a jour, date maj fiche, "
    "updated at, updatedat, updated, last updated, edit date, edit datemaj, "
    "record timestamp, date actualisation",
}
"""Other headers of each field, folded, without articles and prepositions. Among them, the labels of
earlier versions of epn, which stand in files that it exported."""
