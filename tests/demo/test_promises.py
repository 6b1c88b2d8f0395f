"""What the demo territory promises to contain."""

from collections import Counter
from itertools import pairwise

import pytest

from tests.demo.conftest import Feed

TOWNS = [
    "Lorient",
    "Lanester",
    "Larmor-Plage",
    "Ploemeur",
    "Quéven",
    "Hennebont",
    "Port-Louis",
    "Locmiquélic",
    "Riantec",
    "Gâvres",
    "Guidel",
    "Groix",
]


def seconds(clock: str) -> int:
    hours, minutes, rest = map(int, clock.split(":"))
    return 3600 * hours + 60 * minutes + rest


def departures(feed: Feed, line: str, service: str, direction: str) -> list[int]:
    """Departures from the first stop, in seconds, sorted."""
    first = {row["trip_id"]: row for row in feed["stop_times"] if row["stop_sequence"] == "0"}
    wanted = {"route_id": line, "service_id": service, "direction_id": direction}
    trips = [trip for trip in feed["trips"] if wanted.items() <= trip.items()]
    return sorted(seconds(first[trip["trip_id"]]["departure_time"]) for trip in trips)


def test_there_are_150_stops_and_more(feed: Feed) -> None:
    assert sum(stop["location_type"] == "0" for stop in feed["stops"]) >= 150


@pytest.mark.parametrize("town", TOWNS)
def test_every_town_has_stops(feed: Feed, town: str) -> None:
    assert sum(stop["stop_desc"].startswith(f"{town} ;") for stop in feed["stops"]) >= 3


def test_there_are_twelve_bus_lines_and_more(feed: Feed) -> None:
    assert sum(route["route_type"] == "3" for route in feed["routes"]) >= 12


@pytest.mark.parametrize("direction", ["0", "1"])
@pytest.mark.parametrize("line", ["T1", "T2", "T3", "T4"])
def test_four_lines_run_every_10_to_15_minutes_all_day(feed: Feed, line: str, direction: str) -> None:
    by_day = [t for t in departures(feed, line, "weekday", direction) if 7 * 3600 <= t <= 19 * 3600]
    assert by_day[0] <= 7.25 * 3600
    assert by_day[-1] >= 18.75 * 3600
    assert {600 <= later - earlier <= 900 for earlier, later in pairwise(by_day)} == {True}


def test_four_boat_lines_cross_the_harbour_and_one_goes_to_groix(feed: Feed) -> None:
    boats = {route["route_id"]: route["agency_id"] for route in feed["routes"] if route["route_type"] == "4"}
    assert boats == {"B1": "rade", "B2": "rade", "B3": "rade", "B4": "rade", "GX": "groix"}


def test_a_train_of_its_own_operator_stops_at_the_station(feed: Feed) -> None:
    trains = {route["route_id"]: route["agency_id"] for route in feed["routes"] if route["route_type"] == "2"}
    assert trains == {"TER": "ter"}
    platform = next(stop for stop in feed["stops"] if stop["stop_id"] == "gare-voie-1")
    assert (platform["parent_station"], platform["platform_code"]) == ("gare", "Voie 1")


@pytest.mark.parametrize(
    ("line", "service"), [("T1", "evening"), ("T4", "evening"), ("T1", "sunday"), ("B1", "sunday"), ("S1", "school")]
)
def test_evenings_sundays_and_school_days_are_served(feed: Feed, line: str, service: str) -> None:
    assert departures(feed, line, service, "0")


def test_night_buses_leave_after_midnight_of_their_service_day(feed: Feed) -> None:
    assert seconds("25:10:00") in departures(feed, "N1", "night", "0")


def test_one_line_is_published_as_a_headway(feed: Feed) -> None:
    line_of = {trip["trip_id"]: trip["route_id"] for trip in feed["trips"]}
    assert {line_of[row["trip_id"]] for row in feed["frequencies"]} == {"N"}
    assert {row["exact_times"] for row in feed["frequencies"]} == {"0", "1"}


def test_step_free_information_is_mixed(feed: Feed) -> None:
    known = Counter(stop["wheelchair_boarding"] for stop in feed["stops"])
    assert min(known["0"], known["1"], known["2"]) >= 30
    assert {trip["wheelchair_accessible"] for trip in feed["trips"]} == {"0", "1", "2"}


def test_bicycles_may_board_every_boat(feed: Feed) -> None:
    boats = {route["route_id"] for route in feed["routes"] if route["route_type"] == "4"}
    assert {trip["bikes_allowed"] for trip in feed["trips"] if trip["route_id"] in boats} == {"1"}


def test_korrigo_carries_the_ticket_and_groix_costs_more(feed: Feed) -> None:
    medium = {row["fare_media_id"]: row["fare_media_name"] for row in feed["fare_media"]}
    product = {row["fare_product_id"]: row for row in feed["fare_products"]}
    assert medium[product["ticket"]["fare_media_id"]] == "KorriGo"
    assert float(product["groix-traversee"]["amount"]) > float(product["ticket"]["amount"])


def test_the_feed_says_that_it_is_illustrative(feed: Feed) -> None:
    assert "illustratif" in feed["feed_info"][0]["feed_publisher_name"]
    assert {"illustrati" in agency["agency_name"] for agency in feed["agency"]} == {True}
    assert {"illustratif" in route["route_desc"] for route in feed["routes"]} == {True}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_line_colour_can_be_read_on(feed: Feed) -> None:
    for route in feed["routes"]:
        dark, light = sorted((luminance(route["route_color"]), luminance(route["route_text_color"])))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, route["route_id"]


def test_what_is_said_of_a_stop_is_told_in_each_language(feed: Feed) -> None:
    told = {(row["field_value"], row["language"]): row["translation"] for row in feed["translations"]}
    for stop in feed["stops"]:
        commune = stop["stop_desc"].partition(" ;")[0]
        assert told[stop["stop_desc"], "en"] == f"{commune}; approximate position"
        assert told[stop["stop_desc"], "br"].startswith(f"{commune} ; ")
