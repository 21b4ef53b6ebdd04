"""The vCards of `epn export vcard`: whole contacts, and as other programs read them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epncli.formats.vcard import write
from epncli.formats.writing import Export
from epncli.model.structure import Structure

FULL = Structure(
    id="croix-vaise", nom="Croix; Vaise, l’annexe\\", commune="Lyon", code_postal="69009", code_insee="69389",
    adresse="3, rue\nRoquette", complement_adresse="Bât. B; 2e étage",
    latitude="45.7700", longitude="-0.00001", pivot="00000000000000", typologie=("ASSO",),
    telephones=("04 78 83 40 01", "3949"),
    courriels=("a@epn.fr", "pas un courriel"), site_web=("https://epn.fr/a;b", "javascript:alert(1)"),
    horaires="Mo-Fr 09:00-12:00", presentation_resume="Salle de 8 postes,\nouverte à tous ; prêt de matériel",
    presentation_detail="détail", services=("Utilisation sécurisée du numérique", "A, b"),
    formations_labels=("Fabriques de Territoire",), autres_formations_labels=("NetPublic",), source="Hub",
    identifiants_externes=("angers:115",), notes="privé", date_maj="2026-01-31",
)  # fmt: skip
LINES = [
    "BEGIN:VCARD",
    "VERSION:4.0",
    "KIND:org",
    "FN:Croix\\; Vaise\\, l’annexe\\\\",
    "ORG:Croix\\; Vaise\\, l’annexe\\\\",
    "ADR:;;3\\, rue Roquette,Bât. B\\; 2e étage;Lyon;;69009;",
    "TEL;VALUE=uri:tel:+33478834001",
    "TEL;VALUE=text:3949",
    "EMAIL:a@epn.fr",
    "URL:https://epn.fr/a;b",
    "GEO:geo:45.77,-0.00001",
    "CATEGORIES:Utilisation sécurisée du numérique,A\\, b,Fabriques de Territo",
    " ire,NetPublic",
    "NOTE:lundi–vendredi 9\xa0h–12\xa0h\\nSalle de 8 postes\\,\\nouverte à tous \\;",
    "  prêt de matériel",
    "UID;VALUE=text:croix-vaise",
    "REV:20260131T000000Z",
    "END:VCARD",
    "",
]


def cards(*structures: Structure) -> str:
    return write(Export(structures)).data.decode()


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def vobject_read(text: str) -> list[Any]:
    import vobject

    return list(vobject.readComponents(text))


def test_a_structure_with_all_fields_is_a_contact() -> None:
    assert cards(FULL) == "\r\n".join(LINES)


def test_a_structure_without_a_value_has_a_name() -> None:
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:org", "FN:x", "ORG:x", "UID;VALUE=text:x", "END:VCARD", ""]
    assert cards(Structure(id="x")) == "\r\n".join(lines)


def test_closed_structures_are_left_out() -> None:
    closed = Structure(id="c", nom="C", statut="fermé")
    written = write(Export((closed, Structure(id="o", nom="O"))))
    assert [one.id for one, _reason in written.left_out] == ["c"]
    assert unfolded(written.data.decode()).count("BEGIN:VCARD") == 1


@pytest.mark.parametrize("day", ["2026", "2026-01", "2026-02-30", "20260131", "hier"])
def test_a_date_that_is_no_day_is_no_revision(day: str) -> None:
    assert "REV" not in cards(Structure(id="x", nom="X", date_maj=day))


@pytest.mark.parametrize("length", range(60, 80))
def test_a_line_is_folded_at_75_octets_between_two_characters(length: int) -> None:
    name = "x" * length + "👍é" * 50
    data = write(Export((Structure(id="x", nom=name),))).data
    parts = data.split(b"\r\n")
    assert max(map(len, parts)) <= 75
    assert "\ufffd" not in "".join(part.decode(errors="replace") for part in parts)
    assert f"FN:{name}" in unfolded(data.decode())


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_value_ends_its_line_or_begins_another(nom: str, resume: str) -> None:
    structure = Structure(id="x", nom=nom, adresse=nom, presentation_resume=resume, services=(nom, resume))
    data = write(Export((structure,))).data
    lines = unfolded(data.decode())
    names = [re.split("[:;]", line)[0] for line in lines]
    assert [name for name in names if name not in ("ADR", "CATEGORIES", "NOTE")] == [
        "BEGIN", "VERSION", "KIND", "FN", "ORG", "UID", "END", "",
    ]  # fmt: skip
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", "".join(lines))
    assert max(map(len, data.split(b"\r\n"))) <= 75


HOSTILE = (
    FULL,
    Structure(id="n", nom="Un\nDeux", commune="Paris", code_postal="75001"),
    Structure(id="e", nom="x" * 70 + "👩‍💻" * 3, telephones=("01 40 18 04 41",)),
    Structure(id="l", nom="L", presentation_resume="mot " * 1_250),
    Structure(id="b", nom="BEGIN:VCARD\r\nEND:VCARD", commune=";;;", adresse="\\n,\\;"),
)
NAMES = ["Croix; Vaise, l’annexe\\", "Un Deux", "x" * 70 + "👩‍💻" * 3, "L", "BEGIN:VCARD END:VCARD"]


@pytest.mark.needs("vobject")
def test_vobject_reads_what_was_written() -> None:
    found = vobject_read(cards(*HOSTILE))
    assert [card.fn.value for card in found] == NAMES
    full = found[0]
    assert [tel.value for tel in full.tel_list] == ["tel:+33478834001", "3949"]
    assert (full.adr.value.street, full.adr.value.city, full.adr.value.code) == (
        ["3, rue Roquette", "Bât. B; 2e étage"], "Lyon", "69009",
    )  # fmt: skip
    assert (full.email.value, full.url.value, full.geo.value) == (
        "a@epn.fr", "https://epn.fr/a;b", "geo:45.77,-0.00001",
    )  # fmt: skip
    assert full.categories.value[1:] == ["A, b", "Fabriques de Territoire", "NetPublic"]
    assert found[3].note.value == ("mot " * 1_250).strip()
    assert (found[4].adr.value.city, found[4].adr.value.street) == (";;;", "\\n,\\;")


@pytest.mark.needs("khard")
def test_khard_lists_and_shows_what_was_written(tmp_path: Path) -> None:
    book = tmp_path / "cards"
    book.mkdir()
    parts = cards(*HOSTILE).split("BEGIN:VCARD\r\nVERSION")[1:]
    for number, part in enumerate(parts):
        (book / f"{number}.vcf").write_bytes(f"BEGIN:VCARD\r\nVERSION{part}".encode())
    configuration = tmp_path / "khard.conf"
    configuration.write_text(f"[addressbooks]\n[[epn]]\npath = {book}\n")

    def khard(*args: str) -> str:
        command = [sys.executable, "-m", "khard", "-c", str(configuration), *args]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
        assert done.stderr == ""
        return done.stdout

    listed = khard("list", "--parsable", "--fields", "name")
    assert sorted(listed.splitlines()) == sorted(NAMES)
    shown = khard("show", "uid:croix-vaise")
    for value in (
        "3, rue Roquette",
        "69009 Lyon",
        "+33478834001",
        "3949",
        "a@epn.fr",
        "https://epn.fr/a;b",
    ):
        assert value in shown
