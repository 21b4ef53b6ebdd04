"""The plan of the web page, as SVG: which places it has, where, and with what words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_page import Page

from epncli.display.words import one_line
from epncli.formats.page import plan, write
from epncli.formats.writing import Export
from epncli.model.structure import Structure


def place(nom: str, latitude: float | str, longitude: float | str, **fields: Any) -> Structure:
    values = {"id": nom, "nom": nom, "commune": "Paris", "code_postal": "75020"}
    return Structure(**{**values, "latitude": str(latitude), "longitude": str(longitude), **fields})


PARIS = (place("Nord", 48.89, 2.35), place("Sud", 48.83, 2.35))
MARTINIQUE = [place(str(one), 14.6 + one / 50, -61.0, code_postal="97200") for one in range(3)]


def names(*places: Structure) -> list[str]:
    return [one.nom for one in plan.drawn(places)]


def test_the_whole_plan_of_two_places(monkeypatch: pytest.MonkeyPatch) -> None:
    square = [(48.9, 2.25), (48.9, 2.45), (48.8, 2.45), (48.8, 2.25), (48.9, 2.25)]
    monkeypatch.setattr(plan, "_outlines", lambda: {"75": [square], "69": [square]})
    assert plan.svg(PARIS, {"Nord": "lieu-1", "Sud": "lieu-2"}, "Plan") == (
        '<svg role="group" aria-label="Plan" viewBox="0 0 640 506">\n'
        '<path class="land" d="M40 40l560 0 0 426-560 0z"/>\n'
        '<path class="bar" d="M16 484v6h77v-6"/>'
        '<text class="scale" aria-hidden="true" x="103" y="490">2\u00a0km</text>\n'
        '<a href="#lieu-1" aria-label="Nord, Paris"><title>Nord, Paris</title>'
        '<circle class="target" cx="320" cy="83" r="25"/><circle class="dot" cx="320" cy="83" r="9"/></a>\n'
        '<a href="#lieu-2" aria-label="Sud, Paris"><title>Sud, Paris</title>'
        '<circle class="target" cx="320" cy="338" r="25"/><circle class="dot" cx="320" cy="338" r="9"/></a>\n'
        "</svg>"
    )


def test_the_page_has_the_plan_with_the_rows_that_it_leads_to_and_its_source() -> None:
    data = write(Export([*PARIS, place("Nulle part", "", ""), place("Fin", 48.86, 2.3, statut="fermé")])).data
    page = Page(data)
    assert page.links()[:2] == ["#lieu-1", "#lieu-2"]
    assert [row.get("id") for row in page.all("tr")] == [None, "lieu-1", "lieu-2", None, None]
    assert [one["id"] for one in page.all("details") if "open" not in one][-1:] == ["plan"]
    assert re.findall(r"<summary>Plan</summary>|<p>1 structure.*?</p>", data.decode()) == [
        "<summary>Plan</summary>",
        "<p>1 structure n’est pas sur le plan. Contours\u00a0: Natural Earth</p>",
    ]
    assert b"<p>Outlines: Natural Earth</p>" in write(Export(PARIS, lang="en")).data


@pytest.mark.parametrize(
    ("places", "drawn"),
    [
        (PARIS, ["Nord", "Sud"]),
        (PARIS[:1], []),
        ((PARIS[0], PARIS[1].changed(statut="fermé")), []),
        ((PARIS[0], PARIS[1].changed(longitude="2,x")), []),
        ((*PARIS, place("Mer", 0, 0)), ["Nord", "Sud"]),
        ((*PARIS, place(" ", 48.85, 2.3)), ["Nord", "Sud"]),
        ((*PARIS, *MARTINIQUE), ["0", "1", "2"]),
        ((*PARIS, place("Twin", 48.85, 2.3, id="t"), place("Other", 48.86, 2.3, id="t")), ["Nord", "Sud"]),
        ([one.changed(code_postal="98800") for one in PARIS], []),
        ([place(str(one), -22.27, 166.4, code_postal="98800") for one in range(3)], []),
        ([one.changed(code_postal="97200") for one in PARIS], []),
    ],
    ids=[
        "two", "one", "a closed one", "a bad coordinate", "in no territory", "without a name", "most abroad",
        "the same id twice", "a code without outline", "no outlines", "the code of another territory",
    ],
)  # fmt: skip
def test_the_plan_has_the_open_places_of_one_territory(places: list[Structure], drawn: list[str]) -> None:
    assert names(*places) == drawn
    assert (b'<details id="plan">' in write(Export(places)).data) == bool(drawn)


def test_the_plan_has_at_most_500_places() -> None:
    places = [place(str(one), 48.8 + one / 10_000, 2.3) for one in range(501)]
    assert len(names(*places[:500])) == 500
    assert names(*places) == []
    assert names(*places[1:500], *(one.changed(id=f"m{one.id}") for one in MARTINIQUE[:2])) == []


def test_far_larger_outlines_are_cut_off_and_the_points_fill_the_plan() -> None:
    near = [place("a", 45.43, 4.36, code_postal="42000"), place("b", 45.44, 4.46, code_postal="42000")]
    written = plan.svg(near, {"a": "a", "b": "b"}, "")
    assert re.findall(r'"dot" cx="(\d+)"', written) == ["40", "600"]


def test_a_target_reaches_at_most_halfway_to_the_next_point() -> None:
    assert plan._targets([(0, 0), (40, 0), (40, 2), (400, 0)]) == [20, 9, 9, 25]


def test_departments_have_their_numbers_if_there_are_several_and_room() -> None:
    both = (place("a", 47.2, -1.5, code_postal="44000"), place("b", 48.1, -1.6, code_postal="35000"))
    anchors = {"a": "a", "b": "b"}
    assert re.findall(r'class="number".*?>(\d+)<', plan.svg(both, anchors, "")) == ["35", "44"]
    near = (both[0], place("b", 48.86, 2.35))
    assert re.findall(r'class="number".*?>(\d+)<', plan.svg(near, anchors, "")) == ["44"]
    assert "number" not in plan.svg(both[:1], anchors, "")


def test_a_number_stands_where_its_department_has_most_room(monkeypatch: pytest.MonkeyPatch) -> None:
    corner = [(48.9, 2.2), (48.9, 2.4), (48.8, 2.4), (48.8, 2.3), (48.85, 2.3), (48.85, 2.2), (48.9, 2.2)]
    tiny = [(48.9, 2.4), (48.9, 2.402), (48.899, 2.4), (48.9, 2.4)]
    monkeypatch.setattr(plan, "_outlines", lambda: {"75": [tiny, corner], "93": [tiny]})
    places = [place("a", 48.82, 2.38), place("b", 48.88, 2.32, code_postal="93000")]
    written = plan.svg(places, {"a": "a", "b": "b"}, "")
    assert re.findall(r'class="number" aria-hidden="true" (.*?)</', written) == ['x="225" y="110">75']


def test_no_name_becomes_markup(hostile: str) -> None:
    places = [one.changed(nom=hostile[:200], commune=hostile[:200]) for one in PARIS]
    data = write(Export([one.changed(id=str(at)) for at, one in enumerate(places)])).data
    usual = Page(write(Export(PARIS)).data)
    page = Page(data)
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in usual.tags} | {"select", "option", "label"}
    label = f"{one_line(hostile[:200])}, {one_line(hostile[:200])}"
    assert [one["aria-label"] for one in page.all("a") if "aria-label" in one] == (
        [label, label] if one_line(hostile[:200]) else []
    )
    assert not [tag for tag, attributes in page.tags if "style" in attributes]
    assert not {name for _, attributes in page.tags for name in attributes if name.startswith("on")}


@given(
    st.lists(
        st.tuples(st.floats(-90, 90), st.floats(-180, 180))
        | st.tuples(st.floats(41.2, 51.2), st.floats(-5.3, 9.7)),
        max_size=8,
    ),
    st.sampled_from(["75001", "20000", "42000", "97200", "98000", "x", ""]),
)
def test_every_point_that_is_drawn_is_inside_the_plan(
    points: list[tuple[float, float]], code_postal: str
) -> None:
    places = [
        place(str(at), *point, code_postal=code_postal if at else "69001") for at, point in enumerate(points)
    ]
    drawn = plan.drawn(places)
    if not drawn:
        return
    written = plan.svg(drawn, {one.id: f"lieu-{one.id}" for one in drawn}, "")
    [height] = re.findall(r'viewBox="0 0 640 (\d+)"', written)
    centres = re.findall(r'"dot" cx="(-?\d+)" cy="(-?\d+)"', written)
    assert len(centres) == len(drawn)
    assert 320 <= int(height) <= 800
    assert all(39 <= int(x) <= 601 and 39 <= int(y) <= int(height) - 39 for x, y in centres)
