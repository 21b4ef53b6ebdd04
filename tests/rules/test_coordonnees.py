from __future__ import annotations

import pytest
from hypothesis import given
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


@pytest.mark.parametrize("text", ["48.85, 2.35", "1e1", "nan", "inf", "٤٨", "4.8.8", ".5", "\ud800"])
def test_what_is_no_number_is_refused(text: str) -> None:
    shown = "\\ud800" if text == "\ud800" else text
    message = f"‘{shown}’ is not a number of degrees"
    assert validate_latitude(text) == refused(text, error(message, "write it in degrees, such as 48.8566"))
    assert validate_longitude(text) == refused(text, error(message, "write it in degrees, such as 2.3522"))


@pytest.mark.parametrize(
    ("latitude", "longitude", "y", "x"),
    [
        ("48°51'24\"N", "2°21'07\"E", "48.856667", "2.351944"),
        ("48° 51′ 24″ N", "2° 21′ 07″ E", "48.856667", "2.351944"),
        ("48º51’24’’ n", "2º21’07,5” est", "48.856667", "2.352083"),
        ("N 48°51.4'", "W 1°30'", "48.856667", "-1.5"),
        ("22°16'16\"S", "166°26'30\"E", "-22.271111", "166.441667"),
        ("-22°16'16\"", "+166°26'30", "-22.271111", "166.441667"),
        ("22°16 Sud", "61°30 Ouest", "-22.266667", "-61.5"),
        ("48.856614° N", "4.4860 O", "48.856614", "-4.4860"),
        ("0°0'0\"", "0°0'0\"", "0", "0"),
    ],
)
def test_degrees_minutes_and_seconds_become_decimal_degrees(
    latitude: str, longitude: str, y: str, x: str
) -> None:
    assert (validate_latitude(latitude), validate_longitude(longitude)) == (accepted(y), accepted(x))


@pytest.mark.parametrize(
    "text",
    [
        "48°60'00\"N", "48°51'60\"N", "48.5°30'N", "48°51.5'24\"N", "48°51\"N", "48 51 24 N", "48'51°24\"N",
        "-48°51'24\"S", "N48°51'24\"N", "48°51'24\"E", "48°51'24\"X", "1000°N", "N", "N°", "48°'\"",
    ],
)  # fmt: skip
def test_minutes_and_seconds_that_have_no_single_meaning_are_refused(text: str) -> None:
    message = f"‘{text}’ is not a number of degrees"
    assert validate_latitude(text) == refused(text, error(message, "write it in degrees, such as 48.8566"))


def test_a_pair_in_degrees_minutes_and_seconds_is_compared_with_its_territory() -> None:
    assert validate_pair("22°16'16\"S", "166°26'30\"E", "98800") == ()
    assert [one.message for one in validate_pair("48°51'24\"N", "2°21'07\"O", "98800")] == [
        "the coordinates are not in New Caledonia, where 98800 is"
    ]


def test_a_figure_out_of_range_is_refused() -> None:
    assert validate_latitude("166.44") == refused(
        "166.44", error("‘166.44’ is not between -90 and 90 degrees", "write it in degrees, such as 48.8566")
    )
    assert validate_longitude("166.44") == accepted("166.44")
    assert validate_longitude("488566") == refused(
        "488566", error("‘488566’ is not between -180 and 180 degrees", "write it in degrees, such as 2.3522")
    )


def test_a_number_has_at_most_9_digits_before_the_point_and_20_behind_it() -> None:
    longest = "48." + "1" * 20
    assert validate_latitude(longest) == accepted(longest)
    messages = [validate_latitude(text).problems[0].message for text in (f"{longest}1", "9" * 9, "9" * 10)]
    assert messages == [
        "‘48.111111111111111111111’ is not a number of degrees",
        "‘999999999’ is not between -90 and 90 degrees",
        "‘9999999999’ is not a number of degrees",
    ]


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
         "the latitude is 48.8566 and the longitude 2.3522"),
        ("166.4416", "-22.2711", "98800", "latitude and longitude are swapped",
         "the latitude is -22.2711 and the longitude 166.4416"),
        ("0", "0.0", "75020", "the coordinates are 0, 0: a point in the Gulf of Guinea",
         "remove both, or write the coordinates of the place"),
        ("0", "0", "", "the coordinates are 0, 0: a point in the Gulf of Guinea",
         "remove both, or write the coordinates of the place"),
        ("20.88", "55.45", "97400", "the coordinates have the wrong sign: they are not in Réunion",
         "southern latitudes and western longitudes have a minus sign, the others do not"),
        ("16.0", "61.7", "97100", "the coordinates have the wrong sign: they are not in Guadeloupe",
         "southern latitudes and western longitudes have a minus sign, the others do not"),
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


@pytest.mark.parametrize(
    ("latitude", "longitude", "code_postal", "distance", "departement"),
    [
        ("45.7640", "4.8357", "75012", 367, "75"),  # Lyon
        ("48.8566", "2.3522", "69001", 306, "69"),
        ("43.6961", "7.2718", "20000", 113, "20"),  # Nice: the box of Corsica begins at 8.4
        ("48.8566", "3.43", "75012", 61, "75"),
    ],
)
def test_a_place_more_than_sixty_kilometres_outside_its_department_is_a_mistake(
    latitude: str, longitude: str, code_postal: str, distance: int, departement: str
) -> None:
    assert validate_pair(latitude, longitude, code_postal) == (
        warning(
            f"the coordinates are {distance} km outside department {departement}, where {code_postal} is",
            "correct the coordinates, or the postal code",
        ),
    )


@pytest.mark.parametrize(
    ("latitude", "longitude", "code_postal"),
    [
        ("48.8566", "3.42", "75012"),  # 59.99 km
        ("45.5146", "-1.1249", "33123"),  # Le Verdon-sur-Mer, at the end of its department
        ("50.0148", "4.0386", "59132"),
    ],
)
def test_a_place_in_its_department_or_near_it_is_none(
    latitude: str, longitude: str, code_postal: str
) -> None:
    assert validate_pair(latitude, longitude, code_postal) == ()


NOT_THERE = warning(
    "the coordinates are not in metropolitan France, where 75020 is",
    "correct the coordinates, or the postal code",
)


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_there"),
    [
        ("41.2", "0", True),
        ("51.2", "0", True),
        ("45", "-5.3", True),
        ("45", "9.7", True),
        ("41.1", "0", False),
        ("51.3", "0", False),
        ("45", "-9.8", False),
        ("45", "9.8", False),
    ],
)
def test_the_edges_of_a_territory_belong_to_it(latitude: str, longitude: str, is_there: bool) -> None:
    assert (NOT_THERE not in validate_pair(latitude, longitude, "75020")) == is_there


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_on_earth"),
    [
        ("0", "180", True),
        ("0", "181", False),
        ("90", "91", True),
        ("91", "90", True),
        ("91", "91", False),
    ],
)
def test_a_pair_is_judged_where_it_is_on_earth_at_least_when_it_is_swapped(
    latitude: str, longitude: str, is_on_earth: bool
) -> None:
    assert validate_pair(latitude, longitude, "75020") == ((NOT_THERE,) if is_on_earth else ())


def test_the_last_degree_is_accepted() -> None:
    assert validate_longitude("-180") == accepted("-180")
    assert validate_latitude("90.1").refused
    assert validate_longitude("180.1").refused


@pytest.mark.parametrize(
    ("code_postal", "is_known"), [("01000", True), ("95880", True), ("00100", False), ("96000", False)]
)
def test_a_code_of_metropolitan_france_begins_with_01_to_95(code_postal: str, is_known: bool) -> None:
    outside = warning(
        f"the coordinates are not in metropolitan France, where {code_postal} is",
        "correct the coordinates, or the postal code",
    )
    assert validate_pair("-20.88", "55.45", code_postal) == ((outside,) if is_known else ())


ANY = (
    st.text(st.characters())
    | st.text(st.sampled_from("0123456789.,-+° "), max_size=8)
    | st.text(st.sampled_from("0123456789.°'\"NSEWO"), max_size=12)
    | st.from_regex(r"[0-9]{1,3}°[0-9]{1,2}'[0-9]{1,2}(\.[0-9]{1,3})?\"[NSEO]", fullmatch=True)
)


@given(ANY, ANY, ANY)
def test_no_text_breaks_the_rule_and_a_normal_form_is_final(a: str, b: str, code: str) -> None:
    validate_pair(a, b, code)
    for validate in (validate_latitude, validate_longitude):
        result = validate(a)
        assert result.refused or validate(result.value) == result
