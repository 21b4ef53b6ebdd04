from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epncli.display.state import States
from epncli.formats.mednum import COLUMNS, write
from epncli.formats.writing import Export, Written
from epncli.model import enums
from epncli.model.structure import FIELDS, Kind, Structure

SCHEMA_FILE = Path(__file__).parent.parent / "data" / "table-schema.json"
SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))

COMPLETE = Structure(
    id="microlithe",
    nom="Microlithe",
    commune="Paris",
    code_postal="75020",
    adresse="26 rue Vitruve",
    date_maj="2025-01-31",
)
FILLED = COMPLETE.changed(
    id="filled",
    code_insee="75120",
    complement_adresse="Bâtiment B",
    latitude="48.8566",
    longitude="2.4",
    pivot="13002526500013",
    typologie=("EPN", "ASSO"),
    telephones=("3949", "01 46 36 70 13", "06 99 93 14 51"),
    courriels=("a@b.fr", "c@d.fr"),
    site_web=("https://a.fr",),
    horaires="Mo-Fr 10:00-12:00",
    presentation_resume="é" * 280,
    presentation_detail='Deux\nlignes, et "des guillemets"',
    itinerance=enums.ITINERANCE,
    structure_parente="Hub",
    services=enums.SERVICES,
    publics_specifiquement_adresses=enums.PUBLICS_SPECIFIQUEMENT_ADRESSES,
    prise_en_charge_specifique=enums.PRISE_EN_CHARGE_SPECIFIQUE,
    frais_a_charge=enums.FRAIS_A_CHARGE,
    dispositif_programmes_nationaux=enums.DISPOSITIF_PROGRAMMES_NATIONAUX,
    formations_labels=enums.FORMATIONS_LABELS,
    autres_formations_labels=("NetPublic", "PARVI"),
    modalites_acces=enums.MODALITES_ACCES,
    modalites_accompagnement=enums.MODALITES_ACCOMPAGNEMENT,
    fiche_acces_libre="https://acceslibre.example/a",
    prise_rdv="https://rdv.example/",
    source="Hub",
    notes="not for the map",
)


def _rows(written: Written) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.data.decode("utf-8"), newline="")))


def _faults(data: bytes) -> list[str]:
    """What frictionless has against a national CSV."""
    from frictionless import Dialect, Resource, Schema, formats

    resource = Resource(
        data,
        format="csv",
        encoding="utf-8",
        schema=Schema.from_descriptor(SCHEMA),
        dialect=Dialect(controls=[formats.CsvControl(delimiter=",")]),
    )
    return [error.message for task in resource.validate().tasks for error in task.errors]


def test_the_columns_are_those_of_the_schema_in_its_order() -> None:
    assert list(COLUMNS) == [field["name"] for field in SCHEMA["fields"]]


def test_every_column_but_one_has_the_name_of_a_field() -> None:
    assert [name for name in COLUMNS if name not in FIELDS] == ["telephone"]


def test_every_field_has_its_cell() -> None:
    [row] = _rows(write(Export([FILLED], fields=("id",))))
    own = {name: FILLED.value(name) for name in COLUMNS if name in FIELDS}
    assert row == {
        **{name: "|".join(one) if isinstance(one, tuple) else one for name, one in own.items()},
        "telephone": "+33146367013",
    }
    assert "" not in row.values()


def test_what_is_not_known_is_empty_but_the_pivot() -> None:
    [row] = _rows(write(Export([COMPLETE])))
    assert {name: cell for name, cell in row.items() if cell} == {
        **COMPLETE.values(),
        "pivot": "00000000000000",
    }


@pytest.mark.parametrize(
    ("code_postal", "telephones", "telephone"),
    [
        ("75020", (), ""),
        ("75020", ("3949",), ""),
        ("97200", ("0596 60 00 00",), "+596596600000"),
        ("97400", ("0262 40 00 00",), "+262262400000"),
        ("98800", ("27 00 00",), "+687270000"),
        ("75020", ("0000", "01 46 36 70 13"), "+33146367013"),
    ],
)
def test_the_telephone_is_the_first_that_can_be_called_from_abroad(
    code_postal: str, telephones: tuple[str, ...], telephone: str
) -> None:
    structure = COMPLETE.changed(code_postal=code_postal, telephones=telephones)
    assert [row["telephone"] for row in _rows(write(Export([structure])))] == [telephone]


def test_phone_numbers_that_are_not_in_the_file_are_reported() -> None:
    written = write(
        Export([FILLED, COMPLETE, COMPLETE.changed(id="closed", statut="fermé", telephones=("3949",))])
    )
    assert written.omitted_phones == (
        (FILLED, "3949", "without an international form, as short numbers are"),
        (FILLED, "06 99 93 14 51", "the schema has only one for each place"),
    )


def test_a_number_written_twice_is_not_reported() -> None:
    twice = COMPLETE.changed(telephones=("01 46 36 70 13", "+33146367013"))
    assert write(Export([twice])).omitted_phones == ()


@pytest.mark.parametrize(
    ("own", "written"),
    [
        (("Étapes numériques (La Poste)",), "Étapes numériques(La Poste)"),
        (("Étapes numériques(La Poste)",), "Étapes numériques(La Poste)"),
        (("etapes numeriques (la poste)", "Étapes numériques(La Poste)", " "), "Étapes numériques(La Poste)"),
    ],
)
def test_a_value_is_written_as_the_schema_spells_it(own: tuple[str, ...], written: str) -> None:
    result = write(Export([COMPLETE.changed(formations_labels=own)]))
    assert [row["formations_labels"] for row in _rows(result)] == [written]
    assert _faults(result.data) == []


def test_a_closed_place_is_left_out_and_nothing_lacks() -> None:
    closed = COMPLETE.changed(id="closed", statut="fermé", adresse="")
    written = write(Export([closed, COMPLETE]))
    assert written.left_out == ((closed, "closed structure"),)
    assert written.incomplete == ()
    assert [row["id"] for row in _rows(written)] == ["microlithe"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"adresse": ""}, "missing: address"),
        ({"adresse": " ", "date_maj": ""}, "missing: address, last confirmation"),
        ({"code_postal": "7502"}, "not allowed by the schema: postal code ‘7502’"),
        ({"pivot": "123"}, "not allowed by the schema: SIRET or RNA ‘123’"),
        ({"code_insee": "99138x"}, "not allowed by the schema: INSEE code ‘99138x’"),
        ({"date_maj": "2025-02-30"}, "not allowed by the schema: last confirmation ‘2025-02-30’"),
        ({"date_maj": "20250228"}, "not allowed by the schema: last confirmation ‘20250228’"),
        ({"latitude": "48,85"}, "not allowed by the schema: latitude ‘48,85’"),
        (
            {"presentation_resume": "a" * 281},
            f"not allowed by the schema: summary ‘{'a' * 281}’",
        ),
        (
            {"adresse": "", "services": ("Café", "Thé")},
            "missing: address; not allowed by the schema: services ‘Café’, services ‘Thé’",
        ),
    ],
)
def test_what_would_make_the_file_invalid_is_named(
    fields: dict[str, str | tuple[str, ...]], reason: str
) -> None:
    structure = COMPLETE.changed(id="other", **fields)
    written = write(Export([structure, COMPLETE]))
    assert written.incomplete == ((structure, reason),)
    assert written.left_out == ()
    assert [row["id"] for row in _rows(written)] == ["microlithe"]


def test_an_id_is_written_once() -> None:
    again = COMPLETE.changed(nom="Microlithe, annexe")
    written = write(Export([COMPLETE, again]))
    assert written.incomplete == ((again, "id already used: ‘microlithe’"),)


def test_frictionless_accepts_what_is_written() -> None:
    structures = [
        FILLED,
        COMPLETE,
        COMPLETE.changed(id="martinique", code_postal="97200", telephones=("0596 60 00 00",)),
        COMPLETE.changed(id="réunion", code_postal="97400", telephones=("0692 85 00 00",)),
        COMPLETE.changed(id="nouméa", code_postal="98800", telephones=("27 00 00",)),
        COMPLETE.changed(id="corse", code_postal="20000", code_insee="2A004"),
        COMPLETE.changed(id="short", telephones=("36 46",)),
        COMPLETE.changed(id="closed", statut="fermé"),
    ]
    written = write(Export(structures))
    assert _faults(written.data) == []
    assert len(_rows(written)) == 7


def test_a_place_that_is_closed_for_a_time_stays_with_the_interval_in_its_hours() -> None:
    away = FILLED.changed(fermetures_temporaires=("2025-07-01/2025-07-31", "2026-07-20/2026-08-24 congés"))
    unknown = COMPLETE.changed(id="b", fermetures_temporaires=("2026-11-02/..", "bientôt"))
    past = COMPLETE.changed(id="c", fermetures_temporaires=("2025-07-01/2025-07-31",))
    written = write(Export([away, unknown, past], states=States(today="2026-08-01")))
    assert [row["horaires"] for row in _rows(written)] == [
        'Mo-Fr 10:00-12:00; 2026 Jul 20-2026 Aug 24 off "congés"', "24/7 unknown; 2026 Nov 02+ off", "",
    ]  # fmt: skip
    assert _faults(written.data) == []


def test_frictionless_would_refuse_what_the_schema_refuses() -> None:
    data = write(Export([COMPLETE])).data.replace(b"75020", b"7502")
    assert len(_faults(data)) == 1


@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_every_file_is_valid(structures: st.SearchStrategy[list[Structure]], data: st.DataObject) -> None:
    plain = st.sampled_from([COMPLETE, FILLED])
    drawn: Sequence[Structure] = data.draw(structures)
    mixed = [_repaired(one, data.draw(plain), f"s{index}") for index, one in enumerate(drawn)]
    written = write(Export([*drawn, *mixed, COMPLETE]))
    assert _faults(written.data) == []
    assert len(_rows(written)) + len(written.left_out) + len(written.incomplete) == 2 * len(drawn) + 1


def _repaired(drawn: Structure, valid: Structure, id_: str) -> Structure:
    """A structure of any texts, where the schema asks for nothing but text."""
    free = {
        name: drawn.value(name)
        for name, field in FIELDS.items()
        if field.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.TELEPHONE, Kind.HORAIRES)
        and not field.max_length
        and drawn.value(name)
    }
    return valid.changed(id=id_, **free)
