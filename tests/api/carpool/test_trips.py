"""Trips with a ride in a driver's car, as the API tells them."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from re import findall
from typing import Any

import pytest

from mobility.geo import distance_m
from mobility.places.build import build as build_places
from mobility.polyline import encode, points_of
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.mobility.carpool.rides import offer, shared
from tests.town import at

Json = dict[str, Any]
ROW = "A 0 0, B 10 0, C 20 0"
BUS = """
    Bus1
    A     B
    7:50  8:50

    Boat1
    B     C
    8:10  8:30
    9:10  9:30
    """
NOW = "2026-06-03 5:00"
ASKED = {
    "fromPlace": "t_A",
    "toPlace": "t_C",
    "time": "2026-06-03T05:30:00Z",
    "searchWindow": 3600,
    "transitModes": "TRANSIT,RIDE_SHARING",
}


@pytest.fixture(scope="module")
def client() -> CheckedClient:
    made = offer("Anna", "A 7:45 > B 8:00", seats=2, price_cents=150, flexible_s=600, languages=("fr", "br"))
    territory, _ = shared([made], ROW, BUS)
    found = app_of(replace(territory, places=build_places(territory.network)), NOW).test_client()
    assert isinstance(found, CheckedClient)
    return found


def shared_trip(client: CheckedClient, **other: Any) -> Json:
    itineraries: list[Json] = client.get("/api/v6/plan", query_string=ASKED | other).json["itineraries"]
    (found,) = [one for one in itineraries if any(leg["mode"] == "RIDE_SHARING" for leg in one["legs"])]
    return found


def test_the_carpool_leg_says_all_that_asking_for_a_seat_needs(client: CheckedClient) -> None:
    leg = shared_trip(client)["legs"][0]
    assert leg["mode"] == "RIDE_SHARING"
    ours = leg["hent"]
    asked = {name: ours[name] for name in ("offer", "date", "pickup", "dropOff", "wait")}
    assert asked == {"offer": "Anna", "date": "2026-06-03", "pickup": "t_A", "dropOff": "t_B", "wait": 0}
    assert ours["ask"] == {"method": "POST", "path": "/api/carpool/bookings", "body": asked}
    assert (ours["seatsLeft"], ours["price"]) == (2, {"minor": 150, "currency": "EUR"})


def test_the_car_is_drawn_along_its_road_and_not_straight_over_what_lies_between() -> None:
    """From A eastwards to B; the road goes round by the north."""
    round_by_north = [at(where) for where in ("0 0", "0 3", "10 3", "10 0")]
    made = replace(offer("Anna", "A 7:45 > B 8:00"), line=encode(round_by_north, 5))
    territory, _ = shared([made], ROW, BUS)
    drawn = shared_trip(CheckedClient(app_of(territory, NOW)))["legs"][0]["legGeometry"]
    road = points_of(drawn["points"], drawn["precision"])
    assert drawn["length"] == len(road)
    assert all(min(distance_m(corner, point) for point in road) < 5 for corner in round_by_north)


def test_the_page_draws_the_road_of_the_car_too() -> None:
    """Round by the north, three kilometres above both ends; north is up, so that y grows to the south."""
    round_by_north = [at(where) for where in ("0 0", "0 3", "10 3", "10 0")]
    made = replace(offer("Anna", "A 7:45 > B 8:00"), line=encode(round_by_north, 5))
    client = CheckedClient(app_of(shared([made], ROW, BUS)[0], NOW))
    page = client.post("/", data={"from": "t_A", "to": "t_C", "when": "leave", "moment": "2026-06-03T07:30"}).text
    (drawn,) = set(findall(r'<path class="ride driven[^>]* d="M([^"]+)"', page))
    start, corner, other, end = [tuple(map(int, point.split())) for point in drawn.split("L")]
    assert start[1] == end[1] > corner[1] == other[1]
    assert (corner[0], other[0]) == (start[0], end[0])
    assert 10 * (start[1] - corner[1]) == pytest.approx(3 * (end[0] - start[0]), rel=0.05)


def test_the_uncertainty_the_price_and_how_to_ask_are_said(client: CheckedClient) -> None:
    assert shared_trip(client, language="en")["legs"][0]["hent"]["notes"] == [
        "The time is approximate: the car may come up to 10 min later.",
        "Be at the meeting point 5 min before.",
        "2 free seats.",
        "€1.50 a seat, to share the costs.",
        "Ask for a seat: the driver accepts or refuses. Until they accept, have another way in mind.",
    ]


def test_who_makes_the_driver_wait_asks_for_the_time_that_the_answer_tells(client: CheckedClient) -> None:
    """At the stop at 7:47, when Anna leaves at 7:45 and waits until 7:55."""
    leg = shared_trip(client, toPlace="t_B", time="2026-06-03T05:47:00Z", language="en")["legs"][0]
    assert (leg["startTime"], leg["hent"]["ask"]["body"]["wait"]) == ("2026-06-03T05:47:00Z", 120)
    assert leg["hent"]["notes"][:2] == [
        "The time is approximate: the car may come up to 8 min later.",
        "The car would wait 2 min for you: the driver is asked for this time.",
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "covoiturage à 7:45 de A à B, puis bateau Boat1"),
        ("br", "kenweturiñ da 7:45 eus A da B"),
        ("en", "carpool at 7:45 from A to B, then boat Boat1"),
    ],
)
def test_the_itinerary_is_a_sentence(client: CheckedClient, language: str, words: str) -> None:
    assert words in shared_trip(client, language=language)["hent"]["sentence"]


def test_it_has_its_label_and_a_share_of_the_car_as_its_impact(client: CheckedClient) -> None:
    found = shared_trip(client)
    assert "with_carpool" in found["hent"]["labels"]
    alone, two = found["hent"]["impact"]["car"], found["legs"][0]["hent"]["impact"]
    assert two["co2e_g"] == pytest.approx(alone["co2e_g"] * 15 / alone["distance"] * 1000 / 2, rel=0.02)


def test_it_has_no_name_to_be_told_again_by_as_the_offer_may_be_gone(client: CheckedClient) -> None:
    itineraries = client.ask("/api/v6/plan", **ASKED)["itineraries"]
    for one in itineraries:
        carpooled = any(leg["mode"] == "RIDE_SHARING" for leg in one["legs"])
        assert bool(one["id"]) is not carpooled


def test_every_link_of_the_answer_leads_to_a_trip(client: CheckedClient) -> None:
    form = {"from": "t_A", "to": "t_C", "when": "leave", "moment": "2026-06-03T07:30"}
    page = client.post("/?lang=fr", data=form).text
    assert "voiture partagée" in page or "covoiturage" in page
    links = [unescape(link).partition("?")[0] for link in findall(r'href="(/trips/[^"]+)"', page)]
    assert links and "/trips//calendar.ics" not in links
    assert {client.get(link).status_code for link in links} == {200}


@pytest.fixture(scope="module")
def evening_client() -> CheckedClient:
    """The last bus is gone at 20:05, and Anna drives at 20:15."""
    territory, _ = shared([offer("Anna", "A 20:15 > B 20:30")], "A 0 0, B 10 0", "Bus1\nA B\n6:33 7:20\n20:01 20:40")
    return CheckedClient(app_of(replace(territory, places=build_places(territory.network)), "2026-06-03 18:00"))


@pytest.mark.parametrize(
    ("language", "notice", "refused"),
    [
        ("fr", "Prochain départ : demain à 6:33 (ligne Bus1).", "En cas de refus : le trajet 6:33 → 7:20 (demain)."),
        ("br", "An hini da-heul a vo warc’hoazh da 6:33", "Mar bez nac’het : ar veaj 6:33 → 7:20 (warc’hoazh)."),
        ("en", "The next one is tomorrow at 6:33 (line Bus1).", "If refused: the trip 6:33 → 7:20 (tomorrow)."),
        ("fr-x-falc", "Le suivant part demain à 6:33 (ligne Bus1).", "prenez : le trajet 6:33 → 7:20 (demain)."),
    ],
)
def test_who_may_be_refused_in_the_evening_reads_that_the_next_bus_is_of_the_morning(
    evening_client: CheckedClient, language: str, notice: str, refused: str
) -> None:
    asked = ASKED | {"toPlace": "t_B", "time": "2026-06-03T18:05:00Z", "language": language, "profile": "adult"}
    answer = evening_client.get("/api/v6/plan", query_string=asked).json
    shared_one, morning = answer["itineraries"]
    assert (shared_one["legs"][0]["mode"], morning["legs"][0]["mode"]) == ("RIDE_SHARING", "BUS")
    assert notice in plain(answer["hent"]["lastDeparture"]["sentence"])
    assert refused in plain(shared_one["hent"]["reason"])


def test_the_page_says_above_a_carpool_that_the_last_bus_is_gone(evening_client: CheckedClient) -> None:
    form = {"from": "t_A", "to": "t_B", "when": "leave", "moment": "2026-06-03T20:05"}
    page = plain(evening_client.post("/?lang=fr", data=form).text)
    notice = page.index("il n’y a plus de départ pour ce trajet : le dernier est à 20:01 (ligne Bus1)")
    assert notice < page.index("Demander une place")


def plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")


def test_the_answer_has_ways_without_a_carpool(client: CheckedClient) -> None:
    itineraries = client.get("/api/v6/plan", query_string=ASKED).json["itineraries"]
    assert any(all(leg["mode"] != "RIDE_SHARING" for leg in one["legs"]) for one in itineraries)


def test_who_wants_buses_and_boats_gets_no_carpool(client: CheckedClient) -> None:
    found = client.get("/api/v6/plan", query_string=ASKED | {"transitModes": "BUS,FERRY"}).json["itineraries"]
    assert found and not any(leg["mode"] == "RIDE_SHARING" for one in found for leg in one["legs"])


def test_a_handful_has_it_beside_the_others(client: CheckedClient) -> None:
    assert shared_trip(client, profile="adult")["transfers"] == 1


def test_the_page_shows_it(client: CheckedClient) -> None:
    asked = {"from": "A", "to": "C", "date": "2026-06-03", "time": "07:30"}
    answer = client.get("/", query_string=asked)
    assert (answer.status_code, "covoiturage à 7:45 de A à B" in answer.text) == (200, True)


def test_a_client_that_does_not_ask_for_drivers_cars_by_name_gets_none(client: CheckedClient) -> None:
    asked = {name: value for name, value in ASKED.items() if name != "transitModes"}
    for modes in ({}, {"transitModes": "TRANSIT"}):
        found = client.ask("/api/v6/plan", **asked, **modes)["itineraries"]
        assert found and not any(leg["mode"] == "RIDE_SHARING" for one in found for leg in one["legs"])
    own = client.post("/api/trips", json=asked).json["itineraries"]
    assert any(leg["mode"] == "RIDE_SHARING" for one in own for leg in one["legs"])


@pytest.mark.parametrize("name", ["directModes", "preTransitModes", "postTransitModes"])
def test_every_list_of_modes_may_name_it(client: CheckedClient, name: str) -> None:
    asked = {key: value for key, value in ASKED.items() if key != "transitModes"}
    found = client.ask("/api/v6/plan", **asked, **{name: "WALK,RIDE_SHARING"})["itineraries"]
    assert any(leg["mode"] == "RIDE_SHARING" for one in found for leg in one["legs"])


@pytest.mark.parametrize(
    ("language", "asked", "refused"),
    [
        ("fr", "à demander", "En cas de refus : le trajet 7:50 → 9:30."),
        ("br", "da c’houlenn", "ar veaj 7:50 → 9:30"),
        ("en", "you have to ask", "If refused: the trip 7:50 → 9:30."),
        ("fr-x-falc", "à demander", "Si elle dit non, prenez : le trajet 7:50 → 9:30."),
    ],
)
def test_what_nobody_has_accepted_is_no_best_and_says_what_to_take_if_not(
    client: CheckedClient, language: str, asked: str, refused: str
) -> None:
    """An hour shorter than the bus, and yet it wins nothing: one must ask."""
    ours = shared_trip(client, profile="adult", language=language)["hent"]
    assert ours["labels"] == ["by_boat", "with_carpool"]
    assert asked in ours["reason"]
    assert refused in ours["reason"]


LATER = "Bus1\nA M\n9:15 9:30\n\nBus2\nM B\n9:40 10:05"
"""Longer than with the driver, with a change: for who is refused it is all there is."""


def test_what_is_sure_stands_before_a_driver_who_may_refuse_and_is_named_for_that_case() -> None:
    assert of_a_driver(LATER) == "En cas de refus : le trajet 9:15 → 10:05."


def test_that_there_is_no_other_trip_is_said_of_that_hour() -> None:
    assert of_a_driver("Bus1\nB A\n9:15 10:05").endswith("et nous ne trouvons pas d’autre trajet à cette heure-là.")


def of_a_driver(bus: str) -> str:
    """What is said of a driver's no beside all that is listed, by the page as by the API."""
    territory, _ = shared([offer("Anna", "A 7:45 > B 8:00")], "A 0 0, M 5 0, B 10 0", bus)
    client = CheckedClient(app_of(territory, NOW))
    asked = ASKED | {"toPlace": "t_B", "profile": "adult", "language": "fr"}
    form = {"from": "t_A", "to": "t_B", "when": "leave", "moment": "2026-06-03T07:30"}
    told = shared_trip(client, **asked)["hent"]["reason"].replace("\u202f", " ")
    assert told in unescape(client.post("/?lang=fr", data=form).text).replace("\u202f", " ")
    return str(told.partition("personne n’a encore dit oui")[2].lstrip("., "))
