"""The shop that a feed names for its rides (Google Transit ticketing extensions): `ticketUrls`, the door `hand_over`.

Expected addresses are written by the extensions' page: values as JSON lists, ids of the shop before those of the feed.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from api.config.people import OperatorSection
from tests.api.conftest import app_of
from tests.api.test_ride_tickets import settings
from tests.town import town

LINKS = (
    "ticketing_deep_link_id,web_url,android_intent_uri,ios_universal_link_url\n"
    "L,https://shop.example/go?src=gtfs,intent://shop.example/go#Intent;scheme=https;end,javascript:alert(1)\n"
    "M,https://other.example/,,"
)
CALLS = (
    "trip_id,arrival_time,departure_time,stop_id,stop_sequence,ticketing_type\n"
    "Bus1-1,8:00:00,8:00:00,A,0,\nBus1-1,8:10:00,8:10:00,B,1,"
)
FEED = {
    "agency": "agency_id,agency_name,agency_url,agency_timezone,agency_fare_url,ticketing_deep_link_id\n"
    "T,Town,https://town.example,Europe/Paris,https://town.example/fares,M",
    "routes": "route_id,agency_id,route_short_name,route_type,ticketing_deep_link_id\nBus1,T,Bus1,3,L",
    "trips": "route_id,service_id,trip_id,ticketing_trip_id,ticketing_type\nBus1,S,Bus1-1,T42,",
    "stop_times": CALLS,
    "ticketing_deep_links": LINKS,
    "ticketing_identifiers": "ticketing_stop_id,stop_id,agency_id\nQUAY-A,A,T",
}
RIDE = {
    "service_date": ["20260603"],
    "ticketing_trip_id": ["T42"],
    "from_ticketing_stop_time_id": ["QUAY-A"],
    "to_ticketing_stop_time_id": ["B"],
    "boarding_time": ["2026-06-03T08:00:00+02:00"],
    "arrival_time": ["2026-06-03T08:10:00+02:00"],
}


def answered(door: str = "inform", **tables: str) -> Any:
    found = town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", more=FEED | tables)
    shop = settings(OperatorSection(agency="T", door="hand_over" if door == "hand_over" else "inform"))
    client = app_of(found, "2026-06-02 8:00", shop).test_client()
    query = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-06-03T05:50:00Z", "language": "fr"}
    return client.ask("/api/v6/plan", **query)["itineraries"][0]


def asked_by(address: str) -> dict[str, Any]:
    return {name: json.loads(value) for name, (value,) in parse_qs(urlsplit(address).query).items() if name in RIDE}


def test_a_leg_leads_to_the_ride_in_its_operators_shop() -> None:
    urls = answered()["legs"][0]["ticketUrls"]
    assert urls["web"].startswith("https://shop.example/go?src=gtfs&service_date=%5B%2220260603%22%5D&")
    assert asked_by(urls["web"]) == RIDE
    assert urls["android"].startswith("intent://shop.example/go?") and urls["android"].endswith(
        "#Intent;scheme=https;end"
    )
    assert asked_by(urls["android"].partition("#")[0].replace("intent:", "https:")) == RIDE
    assert "ios" not in urls, "a script is no address"


@pytest.mark.parametrize(
    "tables",
    [
        {"trips": FEED["trips"] + "1"},
        {"stop_times": CALLS + "1"},
        {"ticketing_deep_links": "ticketing_deep_link_id,web_url\nX,https://shop.example/"},
    ],
    ids=["trip not sold", "stop not sold", "no link of that name"],
)
def test_what_is_not_sold_there_has_no_address(tables: dict[str, str]) -> None:
    assert "ticketUrls" not in answered(**tables)["legs"][0]
    ride = answered("hand_over", **tables)["hent"]["ticket"]["rides"][0]
    assert (ride["door"], ride["link"], ride["linkTells"]) == ("inform", "https://town.example/fares", [])


def test_an_operators_shop_sells_the_lines_that_name_none() -> None:
    bare = {"routes": FEED["routes"].removesuffix(",L"), "trips": "route_id,service_id,trip_id\nBus1,S,Bus1-1"}
    web = answered(**bare)["legs"][0]["ticketUrls"]["web"]
    assert web.startswith("https://other.example/?")
    assert asked_by(web)["ticketing_trip_id"] == ["Bus1-1"]


def test_the_door_of_the_config_says_whether_people_are_handed_over() -> None:
    ride = answered("hand_over")["hent"]["ticket"]["rides"][0]
    assert (ride["door"], asked_by(ride["link"])) == ("hand_over", RIDE)
    assert ride["linkTells"] == ["trip", "from", "to"]
    assert ride["linkSentence"] == (
        "Le lien dit à la boutique : le trajet, son jour et son heure, l’arrêt de départ, l’arrêt d’arrivée. "
        "Il ne dit rien de vous."
    )
    ride = answered("inform")["hent"]["ticket"]["rides"][0]
    assert (ride["door"], ride["link"]) == ("inform", "https://town.example/fares")
