"""What must not be in a web page, whatever the values are."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_page import Page, data_of

from epncli.display.state import States
from epncli.display.words import one_line
from epncli.formats import page as module
from epncli.formats.page import write
from epncli.formats.writing import Export
from epncli.model.structure import PUBLISHED, Structure


def test_no_private_field_is_in_the_page() -> None:
    places = [
        Structure(
            id=f"a{one}", nom="A", notes="SECRET", rappeler_le="SECRET", identifiants_externes=("SECRET",)
        )
        for one in range(501)
    ]
    assert b"SECRET" not in write(Export(places[:1])).data
    assert b"SECRET" not in write(Export(places)).data
    assert not {"notes", "rappeler_le", "identifiants_externes"} & set(PUBLISHED)


def test_the_policy_lets_only_the_pages_own_style_and_script_run(registry: Sequence[Structure]) -> None:
    data = write(Export(registry)).data.decode()
    [style], [script] = (
        re.findall("(?s)<style>(.*?)</style>", data),
        re.findall("(?s)<script>(.*?)</script>", data),
    )
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    page = Page(data.encode())
    [policy] = [
        meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{hashes[0]}'; "
        f"script-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import", style)
    assert set(re.findall(r"https?://[^/\"'`$]+", script)) == {"https://www.openstreetmap.org"}
    assert not [tag for tag, attributes in page.tags if "style" in attributes]


@pytest.mark.parametrize("whole", [500, 0], ids=["short list", "long list"])
def test_nothing_hostile_becomes_markup_or_runs(
    hostile: str, whole: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("epncli.formats.page._WHOLE", whole)
    monkeypatch.setattr("epncli.formats.page._FIRST", 0)

    def places(text: str) -> list[Structure]:
        place = Structure(
            id="a", nom=text, commune=text, code_postal="75020", adresse=text, telephones=(text,),
            site_web=(text,), courriels=(text,), autres_formations_labels=(text,), services=(text,),
            horaires=text, source=text, date_maj=text,
            fermetures_temporaires=(f"2026-01-01/.. {text}",),
        )  # fmt: skip
        return [place]

    given = places(hostile[:200])
    data = write(Export(given, titre=hostile, contact=hostile, states=States(given, "2026-02-01"))).data
    page = Page(data)
    assert page.rows[1][0].startswith(one_line(hostile[:200]))
    plain = places("a")
    export = Export(plain, titre="a", contact="a", states=States(plain, "2026-02-01"))
    usual = {tag for tag, _ in Page(write(export).data).tags}
    assert {tag for tag, _ in page.tags} <= usual | {"a", "wbr"}
    names = {name for _, attributes in page.tags for name in attributes}
    assert not {name for name in names if name.startswith("on")}
    targets = [link["href"] for link in page.all("a") if "href" in link]
    assert all(target.startswith(("http", "tel:", "mailto:")) for target in targets)
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", data.decode())


@given(data=st.data())
@pytest.mark.parametrize("whole", [500, 0], ids=["short list", "long list"])
def test_any_values_in_any_fields_give_a_row_for_each_place(
    structures: st.SearchStrategy[list[Structure]], data: st.DataObject, whole: int
) -> None:
    places = data.draw(structures)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WHOLE", whole)
        patch.setattr(module, "_FIRST", 0)
        written = write(Export(places, states=States(places, "2026-02-01"))).data
    page, read = Page(written), data_of(written)
    names = [one_line(one.nom) for one in sorted(places, key=lambda one: one.is_closed)]
    rows = page.rows[1:]
    assert len(rows) == len(names)
    assert all(row[0].startswith(name) for row, name in zip(rows, names, strict=True))
    assert {len(row) for row in page.rows} == {len(read["columns"])}
    assert all(len(choice["rows"].split(",")) == len(places) for choice in read["choices"].values())
    targets = [link["href"] for link in page.all("a") if "href" in link]
    assert all(re.match("(?i)https?://|tel:[+]|mailto:|#lieu-[0-9]+$", target) for target in targets)
