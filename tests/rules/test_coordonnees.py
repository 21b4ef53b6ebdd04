from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epncli.problems import error, warning
from epncli.rules.coordonnees import validate_latitude, validate_longitude, validate_pair
from epncli.rules.result import accepted, refused


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("48.8566", "48.8566"),
        ("48,8566", "48.8566"),
        (" +48.8566° ", "48.8566"),
        ("-21.1151", "-21.1151"),
        ("\u221221,1151", "-21.1151"),
        ("90", "90"),
        ("-90.0", "-90.0"),
        ("", ""),
        (" ", ""),
    ],
)
def test_degrees_are_written_with_a_point(text: str, value: str) -> None:
    assert validate_latitude(text) == accepted(value)
    assert validate_longitude(text) == accepted(value)


@pytest.mark.parametrize(
    "text", ["48.85, 2.35", "48°51'24\"N", "1e1", "nan", "inf", "٤٨", "4.8.8", ".5", "\ud800"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    shown = "\\ud800" if text == "\ud800" else text
    message = f"‘{shown}’ is no number of degrees"
    assert validate_latitude(text) == refused(text, error(message, "write it in degrees, as in 48.8566"))
    assert validate_longitude(text) == refused(text, error(message, "write it in degrees, as in 2.3522"))


def test_a_figure_out_of_range_is_refused() -> None:
    assert validate_latitude("166.44") == refused(
        "166.44", error("‘166.44’ is beyond 90 degrees", "write it in degrees, as in 48.8566")
    )
    assert validate_longitude("166.44", "98800") == accepted("166.44")
    assert validate_longitude("488566") == refused(
        "488566", error("‘488566’ is beyond 180 degrees", "write it in degrees, as in 2.3522")
    )


def test_a_figure_alone_is_compared_with_the_territory_of_the_postal_code() -> None:
    outside = warning("‘2.35’ is not in metropolitan France", "correct it, or the postal code")
    assert validate_latitude("2,35", "75020") == accepted("2.35", problems=(outside,))
    assert [one.message for one in validate_latitude("2.35", "97861").problems] == [
        "‘2.35’ is not in Réunion"
    ]
    assert validate_latitude("2.35", "7502") == accepted("2.35")
    assert validate_longitude("2.35", "75020") == accepted("2.35")


@pytest.mark.parametrize(
    ("latitude", "longitude", "code_postal"),
    [
        ("48.8566", "2.3522", "75020"),
        ("48.45", "-5.10", "29242"),
        ("41.39", "9.16", "20169"),
        ("43.7311", "7.4197", "98000"),
        ("15.9985", "-61.7252", "97100"),
        ("17.8962", "-62.8498", "97133"),
        ("18.0708", "-63.0501", "97150"),
        ("14.6161", "-61.0588", "97200"),
        ("4.9372", "-52.3260", "97300"),
        ("-20.8789", "55.4481", "97400"),
        ("46.7811", "-56.1764", "97500"),
        ("-12.7806", "45.2279", "97600"),
        ("-13.2825", "-176.1736", "98600"),
        ("-17.5350", "-149.5696", "98714"),
        ("-22.2711", "166.4416", "98800"),
        ("0,0", "10", ""),
        ("2.35", "48.85", ""),
        ("", "2.35", "75020"),
        ("abc", "2.35", "75020"),
        ("48.85", "1000", "75020"),
    ],
)
def test_there_is_nothing_to_say_of_a_place_in_its_territory_or_of_half_a_place(
    latitude: str, longitude: str, code_postal: str
) -> None:
    assert validate_pair(latitude, longitude, code_postal) == ()


@pytest.mark.parametrize(
    ("latitude", "longitude", "code_postal", "message", "hint"),
    [
        ("2,3522", "48,8566", "75020", "latitude and longitude are swapped",
         "latitude is 48,8566, longitude 2,3522"),
        ("166.4416", "-22.2711", "98800", "latitude and longitude are swapped",
         "latitude is -22.2711, longitude 166.4416"),
        ("0", "0.0", "75020", "the coordinates are 0, 0: a point in the Gulf of Guinea",
         "take both out, or write where the place is"),
        ("0", "0", "", "the coordinates are 0, 0: a point in the Gulf of Guinea",
         "take both out, or write where the place is"),
        ("20.88", "55.45", "97400", "the coordinates have a wrong sign: they are not in Réunion",
         "put a minus sign before what lies south or west, none before the rest"),
        ("16.0", "61.7", "97100", "the coordinates have a wrong sign: they are not in Guadeloupe",
         "put a minus sign before what lies south or west, none before the rest"),
        ("48.85", "2.35", "97400",
         "the coordinates are not in Réunion, where 97400 is",
         "correct the coordinates, or the postal code"),
        ("-20.88", "55.45", "75020",
         "the coordinates are not in metropolitan France, where 75020 is",
         "correct the coordinates, or the postal code"),
    ],
)  # fmt: skip
def test_what_is_odd_about_a_pair_is_said_once(
    latitude: str, longitude: str, code_postal: str, message: str, hint: str
) -> None:
    assert validate_pair(latitude, longitude, code_postal) == (warning(message, hint),)


ANY = st.text(st.characters()) | st.text(st.sampled_from("0123456789.,-+° "), max_size=8)


@given(ANY, ANY, ANY)
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_rule_and_a_normal_form_is_final(a: str, b: str, code: str) -> None:
    validate_pair(a, b, code)
    for validate in (validate_latitude, validate_longitude):
        result = validate(a, code)
        assert result.refused or validate(result.value, code) == result
