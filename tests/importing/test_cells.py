"""What the cells of partners' files mean. The forms are those of real files, the persons are not."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linear import assert_linear

from epncli.importing.cells import clean_id, read_cell
from epncli.importing.corrections import Treatment
from epncli.model.structure import FIELDS
from epncli.validation.structure_check import Context, check_value

HERE = Context("2026-01-31", "49000", "Angers")


def reading(field: str, text: str) -> tuple[tuple[str, ...], Treatment]:
    found = read_cell(FIELDS[field], text, HERE)
    return found.values, found.treatment


KEPT, LEFT_OUT, UNKNOWN, EXTRACTED = (
    Treatment.KEPT,
    Treatment.LEFT_OUT,
    Treatment.UNKNOWN,
    Treatment.VALUES_EXTRACTED,
)
BLANK, SCHEME, DATE = Treatment.READ_AS_BLANK, Treatment.SCHEME_ADDED, Treatment.DATE_CONVERTED


@pytest.mark.parametrize(
    ("text", "values", "treatment"),
    [
        ("https://www.exemple.fr", ("https://www.exemple.fr",), KEPT),
        ("www.exemple.fr", ("https://www.exemple.fr",), SCHEME),
        ("exemple.fr", ("https://exemple.fr",), SCHEME),
        ("exemple.fr/a,b", ("https://exemple.fr/a,b",), SCHEME),
        ("htp://exemple.fr", ("https://exemple.fr",), SCHEME),
        ("https//exemple.fr", ("https://exemple.fr",), SCHEME),
        ("https ://www.exemple.fr", ("https://www.exemple.fr",), SCHEME),
        ("http://https://exemple.fr", ("https://exemple.fr",), SCHEME),
        ("a.fr et www.b.fr", ("https://a.fr", "https://www.b.fr"), EXTRACTED),
        ("https://a.fr / http://b.fr", ("https://a.fr", "http://b.fr"), EXTRACTED),
        ("https://www.a.fr https://b.fr", ("https://www.a.fr", "https://b.fr"), EXTRACTED),
        ("Site : https://a.fr", ("https://a.fr",), EXTRACTED),
        ("https://a.fr/ (refonte en cours)", ("https://a.fr/",), EXTRACTED),
        ("http://", (), BLANK),
        ("NEANT", (), BLANK),
        ("https://a.fr/mon fichier.pdf", (), LEFT_OUT),
        ("http://www.a-b.Mairie et services municipaux", (), LEFT_OUT),
        ("voir le site mairie.fr", (), LEFT_OUT),
        ("Facebook : Mairie", (), LEFT_OUT),
        ("contact@exemple.fr", (), LEFT_OUT),
    ],
)
def test_websites(text: str, values: tuple[str, ...], treatment: Treatment) -> None:
    assert reading("site_web", text) == (values, treatment)


def test_of_several_websites_none_is_the_one_of_a_field_that_holds_one() -> None:
    assert reading("prise_rdv", "https://a.fr et https://b.fr") == ((), LEFT_OUT)
    assert reading("prise_rdv", "sur https://a.fr https://a.fr") == (("https://a.fr",), EXTRACTED)


@pytest.mark.parametrize(
    ("text", "values", "treatment"),
    [
        ("contact@exemple.fr", ("contact@exemple.fr",), KEPT),
        ("a@exemple.fr et b@exemple.fr", ("a@exemple.fr", "b@exemple.fr"), EXTRACTED),
        ("a@exemple.fr ou b@exemple.fr", ("a@exemple.fr", "b@exemple.fr"), EXTRACTED),
        ("a@exemple.fr;b@exemple.fr", ("a@exemple.fr", "b@exemple.fr"), EXTRACTED),
        ("a@exemple.fr / b@exemple.fr", ("a@exemple.fr", "b@exemple.fr"), EXTRACTED),
        ("a @ exemple.fr", ("a@exemple.fr",), EXTRACTED),
        ("Accueil <a@exemple.fr>", ("a@exemple.fr",), EXTRACTED),
        ("a@exemple.fr%A0", ("a@exemple.fr",), EXTRACTED),
        ("mail : a@exemple.fr.", ("a@exemple.fr",), EXTRACTED),
        ("a@exemple.fr ou voir le site", ("a@exemple.fr",), EXTRACTED),
        ("-", (), BLANK),
        ("a@exemple.frb@exemple.fr", (), LEFT_OUT),
        ("accueil", (), LEFT_OUT),
        ("https://exemple.fr/contact", (), LEFT_OUT),
    ],
)
def test_addresses(text: str, values: tuple[str, ...], treatment: Treatment) -> None:
    assert reading("courriels", text) == (values, treatment)


@pytest.mark.parametrize(
    ("text", "values", "treatment"),
    [
        ("0241509006 / 0661000000", ("02 41 50 90 06", "06 61 00 00 00"), KEPT),
        ("02 41 50 90 06 et 07", ("02 41 50 90 06", "02 41 50 90 07"), KEPT),
        ("02 41 50 90 06 (mairie)", ("02 41 50 90 06",), EXTRACTED),
        ("Accueil : 02 41 50 90 06", ("02 41 50 90 06",), EXTRACTED),
        ("02 41 50 90 06 (poste 12)", ("02 41 50 90 06",), KEPT),
        ("02 41 50 90 06 (12)", ("02 41 50 90 06",), KEPT),
        ("02 41 50 90 06 (4512)", ("02 41 50 90 06",), KEPT),
        ("02 41 50 90 06 (p. 4512) ou 06 61 00 00 00", ("02 41 50 90 06", "06 61 00 00 00"), KEPT),
        ("02 41 50 90 06 / 07 (12)", ("02 41 50 90 06", "02 41 50 90 07"), KEPT),
        ("02 41 50 90 06 (accueil) ou 06 61 00 00 00", ("02 41 50 90 06", "06 61 00 00 00"), EXTRACTED),
        ('="0241509006"', ("02 41 50 90 06",), EXTRACTED),
        ("02 41 50 90 06 / fax 02 41 50 90 07", ("02 41 50 90 06",), EXTRACTED),
        ("02 41 50 90 06 (accueil) / 15", ("02 41 50 90 06",), EXTRACTED),
        ("3949", ("39 49",), KEPT),
        ("15", (), LEFT_OUT),
        ("17 ", (), LEFT_OUT),
        ("112", (), LEFT_OUT),
        ("Fax 02 41 50 90 06", (), LEFT_OUT),
        ("02 41 50 90", (), LEFT_OUT),
        ("N/A", (), BLANK),
        ("+33", (), BLANK),
        (" +687 ", (), BLANK),
        ("+33 (0)", (), BLANK),
        ("00 33", (), BLANK),
        ("+3368", (), LEFT_OUT),
        ("#N/A", (), UNKNOWN),
    ],
)
def test_phones(text: str, values: tuple[str, ...], treatment: Treatment) -> None:
    assert reading("telephones", text) == (values, treatment)


@pytest.mark.parametrize(
    ("text", "values", "treatment"),
    [
        ("12/01/2021", ("2021-01-12",), KEPT),
        ("2021-01-12T14:05:48Z", ("2021-01-12",), KEPT),
        ("2021/01/12 14:05:48.159", ("2021-01-12",), DATE),
        ("12/01/2021 14:05", ("2021-01-12",), DATE),
        ("12/01/2021 à 14h05", ("2021-01-12",), DATE),
        ("12 janvier 2021 à 14h", ("2021-01-12",), DATE),
        ("15/01/24", ("2024-01-15",), DATE),
        ("15/01/24 08:30", ("2024-01-15",), DATE),
        ("15/01/99", ("1999-01-15",), DATE),
        ("44208", ("2021-01-12",), DATE),
        ("44208.587", ("2021-01-12",), DATE),
        ("44208,5", ("2021-01-12",), DATE),
        ("1610460348", ("2021-01-12",), DATE),
        ("1610460348159", ("2021-01-12",), DATE),
        ("00/00/0000", (), BLANK),
        ("non renseigné", (), BLANK),
        ("1/15/2024", (), LEFT_OUT),
        ("31/02/24", (), LEFT_OUT),
        ("60000", (), LEFT_OUT),
        ("15/01/2027 10:00", (), LEFT_OUT),
        ("courant 2023", (), LEFT_OUT),
        ("#REF!", (), UNKNOWN),
    ],
)
def test_dates(text: str, values: tuple[str, ...], treatment: Treatment) -> None:
    assert reading("date_maj", text) == (values, treatment)


@pytest.mark.parametrize(
    ("field", "text", "values", "treatment"),
    [
        ("date_fermeture", "2014-09", ("2014-09",), KEPT),
        ("date_fermeture", "44208", ("2021-01-12",), DATE),
        ("id", "2.0", ("2",), Treatment.DECIMALS_REMOVED),
        ("id", "2.5", ("2.5",), KEPT),
        ("id", "a\nb", ("a b",), Treatment.SPACES_REDUCED),
        ("nom", "Espace  numérique", ("Espace numérique",), Treatment.SPACES_REDUCED),
        ("nom", "L&#039;&eacute;cole", ("L'école",), Treatment.MARKUP_REMOVED),
        ("nom", "Caf&amp;eacute;", ("Café",), Treatment.MARKUP_REMOVED),
        ("complement_adresse", "BÃ¢t. NÂ° 3", ("Bât. N° 3",), Treatment.DECODED_AGAIN),
        ("presentation_detail", "<p>Un</p><p>Deux</p>", ("Un\n\nDeux",), Treatment.MARKUP_REMOVED),
        ("complement_adresse", "-", (), BLANK),
        ("structure_parente", "#NOM?", (), UNKNOWN),
        ("notes", "=RECHERCHEV(A2;Feuil2!A:C;3;FAUX)", (), UNKNOWN),
        ("notes", "=1+1", ("=1+1",), KEPT),
        ("statut", "Fermée définitivement", ("fermé",), Treatment.TERM_REPLACED),
        ("statut", "ACTIF", ("ouvert",), Treatment.TERM_REPLACED),
        ("statut", "en activité", ("ouvert",), Treatment.TERM_REPLACED),
        ("statut", "INACTIF", ("fermé",), Treatment.TERM_REPLACED),
        ("statut", "inactive ", ("fermé",), Treatment.TERM_REPLACED),
        ("statut", "N’est plus en activité", ("fermé",), Treatment.TERM_REPLACED),
        ("statut", "fermé temporairement", (), LEFT_OUT),
        ("statut", "activités en ligne", (), LEFT_OUT),
        ("statut", "Public", (), LEFT_OUT),
        ("typologie", "bib", ("BIB",), KEPT),
        ("typologie", "BIB, MUNI, Tiers-lieu", ("BIB", "MUNI"), EXTRACTED),
        ("itinerance", "Non", (), LEFT_OUT),
        ("code_postal", "49000 ANGERS", ("49000",), EXTRACTED),
        ("telephones", "02&nbsp;41&nbsp;50&nbsp;90&nbsp;06", ("02 41 50 90 06",), Treatment.MARKUP_REMOVED),
        ("courriels", '<a href="x">a@exemple.fr</a>', ("a@exemple.fr",), Treatment.MARKUP_REMOVED),
        ("typologie", "BIB&nbsp;", ("BIB",), Treatment.MARKUP_REMOVED),
        ("code_postal", '="01000"', ("01000",), EXTRACTED),
        ("code_postal", "10115x", (), LEFT_OUT),
        ("pivot", "123", (), LEFT_OUT),
        ("horaires", "selon la saison", (), LEFT_OUT),
        ("horaires", "Mo 09:00-12:00", ("Mo 09:00-12:00",), KEPT),
        ("latitude", "47,47", ("47.47",), KEPT),
        ("latitude", "Angers", (), LEFT_OUT),
    ],
)  # fmt: skip
def test_other_fields(field: str, text: str, values: tuple[str, ...], treatment: Treatment) -> None:
    assert reading(field, text) == (values, treatment)


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("site_web", "www.exemple.fr", "‘www.exemple.fr’ has no http:// or https://"),
        ("telephones", "15", "‘15’ is the number of an emergency service, not of a place"),
        ("notes", "néant", "the cell says that there is no value"),
        ("notes", "#VALEUR!", "the cell has a spreadsheet error or a formula"),
        ("nom", "A  B", "the text has several spaces in a row"),
        ("nom", "A", ""),
    ],
)
def test_each_has_its_reason(field: str, text: str, reason: str) -> None:
    assert read_cell(FIELDS[field], text, HERE).reason == reason


_WORDS = st.sampled_from(
    ["02 41 50 90 06", "a@exemple.fr", "www.exemple.fr", "https://a.fr", "44208", "15/01/24", "#N/A", "-",
     "et", "ou", "/", ";", "(12)", "fax", "BIB", "75012", "Paris", "&eacute;", "<b>", "Ã©", "  ",
     "\x00", "fermée"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=30), st.lists(_WORDS, max_size=6).map(" ".join))
NAMES = st.sampled_from(sorted(FIELDS))


@given(NAMES, TEXTS)
def test_what_is_taken_the_rule_takes_and_leaves_as_it_is(name: str, text: str) -> None:
    found = read_cell(FIELDS[name], text, HERE)
    for value in found.values:
        result = check_value(value, FIELDS[name], HERE)
        assert (result.refused, result.values) == (False, (value,))
    if not FIELDS[name].many:
        assert len(found.values) <= 1
    assert found.reason if found.treatment is not Treatment.KEPT else not found.reason


@pytest.mark.parametrize(
    ("text", "treatment"), [("=\x1fA", Treatment.UNKNOWN), ("-\x1f", Treatment.READ_AS_BLANK)]
)
def test_what_is_left_after_cleaning_is_read_as_any_cell(text: str, treatment: Treatment) -> None:
    found = read_cell(FIELDS["adresse"], text, HERE)
    assert (found.values, found.treatment) == ((), treatment)


@given(NAMES, TEXTS)
def test_a_meaning_means_itself(name: str, text: str) -> None:
    for value in read_cell(FIELDS[name], text, HERE).values:
        again: Any = read_cell(FIELDS[name], value, HERE)
        assert (again.values, again.treatment) == ((value,), Treatment.KEPT)


@pytest.mark.parametrize(
    "piece", ["a@b.fr ", "0", "01 ", "(12)", "<p ", "&", "=A(", "Ã", "www.", "a.fr ", "https://", " "]
)
def test_no_cell_takes_more_time_than_its_length_allows(piece: str) -> None:
    for field in {field.kind: field for field in FIELDS.values()}.values():
        read = partial(read_cell, field, context=HERE)
        assert_linear(read, lambda count: piece * count, 30_000 // len(piece))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("  a ", "a"), ("2.0", "2"), ("a &amp; b", "a &amp; b"), ("a\x1b", "a"), ("\x1b", ""),
        ("a\nb", "a b"), ("N/A", ""), ("#REF!", ""), (" ", ""), ("\U00012544", "\U00012544"),
    ],
)  # fmt: skip
def test_the_id_of_a_cell_is_the_one_that_is_imported(cell: str, expected: str) -> None:
    assert clean_id(cell) == expected
    assert "".join(read_cell(FIELDS["id"], cell, HERE).values) == expected
