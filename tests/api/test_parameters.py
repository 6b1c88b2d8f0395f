"""Each parameter of `plan` does what its description says; a bad value is named."""

from dataclasses import replace
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from api.parse import plan as parse
from api.parse.context import Asking
from api.parse.values import Values
from api.web.dialect import Dialect
from mobility.errors import InvalidQuery
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.search.pace import Change
from tests.api.conftest import config
from tests.api.motis import CheckedClient
from tests.town import moment

NOW_S = moment("2026-06-03 7:55")


def asked(territory: Territory, version: int = 6, **parameters: Any) -> Query:
    values = Values(MultiDict({"fromPlace": "t_A", "toPlace": "t_C"} | parameters))
    return parse.query(values, Asking(territory, config(), Dialect(version), NOW_S))


def test_what_is_not_said_is_as_the_description_says(territory: Territory) -> None:
    query = asked(territory)
    assert (query.at_s, query.arrive_by, query.window_s, query.results) == (NOW_S, False, 900, 5)
    assert (query.walking.access_s, query.walking.egress_s, query.walking.direct_s) == (900, 900, 1800)
    assert (query.modes, query.direct_modes, query.change) == (None, ("WALK",), Change())


def test_changes_are_asked_for_in_minutes(territory: Territory) -> None:
    query = asked(territory, minTransferTime="5", additionalTransferTime="2", transferTimeFactor="1.5")
    assert query.change == Change(minimum_s=300, additional_s=120, factor=1.5)


def test_walks_are_limited_in_seconds(territory: Territory) -> None:
    walking = asked(territory, maxPreTransitTime="60", maxPostTransitTime="120", maxDirectTime="180").walking
    assert (walking.access_s, walking.egress_s, walking.direct_s) == (60, 120, 180)


def test_a_radius_is_as_long_a_walk(territory: Territory) -> None:
    walking = asked(territory, radius="500", pedestrianSpeed="1.25").walking
    assert (walking.access_s, walking.egress_s) == (400, 400)


def test_without_walking_to_it_only_the_stop_itself_is_boarded(territory: Territory) -> None:
    walking = asked(territory, preTransitModes="RENTAL").walking
    assert (walking.access_modes, walking.egress_modes) == ((), ("WALK",))


def test_a_car_is_left_at_a_car_park_and_a_bike_taken_along_waits_at_the_other_end(territory: Territory) -> None:
    by_car = asked(territory, preTransitModes="CAR,WALK", postTransitModes="CAR_PARKING,WALK").walking
    by_bike = asked(territory, preTransitModes="BIKE", requireBikeTransport="true").walking
    assert (by_car.access_modes, by_car.egress_modes) == (("WALK", "CAR_PARKING"), ("WALK",))
    assert (by_bike.access_modes, by_bike.egress_modes) == (("BIKE",), ("WALK", "BIKE"))


def test_whose_bike_is_at_hand_comes_by_it_unless_steps_are_in_the_way(territory: Territory) -> None:
    cycling = asked(territory, profile="cyclist").walking.access_modes
    rolling = asked(territory, profile="cyclist", stepFree="needed").walking.access_modes
    assert (cycling, rolling) == (("WALK", "BIKE"), ("WALK",))


def test_a_wheelchair_is_step_free_and_slower(territory: Territory) -> None:
    query = asked(territory, pedestrianProfile="WHEELCHAIR")
    assert query.step_free
    assert query.walking.speed_mps == 1.0


@pytest.mark.parametrize(
    ("modes", "ridden"),
    [
        ("TRANSIT", None),
        ("", frozenset()),
        ("WALK", frozenset()),
        ("FERRY,BUS", frozenset({"FERRY", "BUS"})),
        ("METRO", frozenset({"SUBURBAN"})),
        ("AREAL_LIFT", frozenset({"AERIAL_LIFT"})),
        (
            "RAIL",
            frozenset({"HIGHSPEED_RAIL", "LONG_DISTANCE", "NIGHT_RAIL", "REGIONAL_RAIL", "SUBURBAN", "SUBWAY"}),
        ),
    ],
)
def test_modes_may_be_groups_and_former_names(territory: Territory, modes: str, ridden: frozenset[str] | None) -> None:
    assert asked(territory, transitModes=modes).modes == ridden


def test_only_boats_are_ridden_where_only_boats_are_wanted(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_E", transitModes="FERRY")
    assert answer["itineraries"] == []


def test_no_transfer_is_one_ride(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_E", maxTransfers=0)
    assert answer["itineraries"] == []
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_E", maxTransfers=1, numItineraries=1)
    assert [one["transfers"] for one in answer["itineraries"]] == [1]


def test_more_than_the_server_gives_is_limited_and_said(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", searchWindow=10**9, maxItineraries=10**6)
    assert answer["hent"]["limited"] == ["searchWindow", "maxItineraries"]


def test_without_details_no_line_is_drawn(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="47.751,-3.359", toPlace="t_C", detailedLegs="false")
    lines = [leg["legGeometry"] for leg in answer["itineraries"][0]["legs"]]
    assert lines == [{"points": "", "precision": 6, "length": 0}] * 2


def test_fares_are_told_where_wanted(ask_town: Any) -> None:
    fares = {
        "fare_attributes": "fare_id,price,currency_type,payment_method,transfers\nticket,1.70,EUR,0,0",
    }
    client = ask_town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", more=fares)
    first = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_B", withFares="true")["itineraries"][0]
    (price,) = first["fareTransfers"][0]["effectiveFareLegProducts"][0][0]
    assert (price["amount"], price["currency"]) == (1.7, "EUR")
    assert (first["legs"][0]["fareTransferIndex"], first["legs"][0]["effectiveFareLegIndex"]) == (0, 0)


def test_a_paper_ticket_is_no_card(ask_town: Any) -> None:
    fares = {
        "fare_media": "fare_media_id,fare_media_name,fare_media_type\npaper,Ticket papier,1\ncard,KorriGo,2",
        "fare_products": """
            fare_product_id,fare_product_name,fare_media_id,amount,currency
            one,Ticket,paper,2.00,EUR
            one,Ticket,card,2.00,EUR""",
        "fare_leg_rules": "fare_product_id\none",
    }
    client = ask_town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", more=fares)
    first = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_B", withFares="true")["itineraries"][0]
    products = first["fareTransfers"][0]["effectiveFareLegProducts"][0]
    assert [product["media"] for (product,) in products] == [
        {"fareMediaName": "Ticket papier", "fareMediaType": "PAPER_TICKET"},
        {"fareMediaName": "KorriGo", "fareMediaType": "TRANSIT_CARD"},
    ]


def test_a_price_that_depends_on_zones_is_not_told_for_each_ride(ask_town: Any) -> None:
    fares = {
        "fare_attributes": "fare_id,price,currency_type,payment_method,transfers\nfar,4.10,EUR,0,",
        "fare_rules": "fare_id,route_id,contains_id\nfar,,A\nfar,,B",
    }
    client = ask_town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", more=fares)
    first = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_B", withFares="true")["itineraries"][0]
    assert first["fareTransfers"] == [{"effectiveFareLegProducts": []}]


def test_what_was_understood_is_echoed_and_nothing_else(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", algorithm="TB", fashion="new")
    assert answer["requestParameters"] == {"fromPlace": "t_A", "toPlace": "t_C"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("time", "tomorrow"),
        ("time", "2026-02-30T08:00:00Z"),
        ("time", "2026-06-03T08:00:00+99:00"),
        ("arriveBy", "perhaps"),
        ("searchWindow", "long"),
        ("searchWindow", "-1"),
        ("maxTransfers", "-1"),
        ("transferTimeFactor", "0.5"),
        ("transferTimeFactor", "nan"),
        ("pedestrianSpeed", "0"),
        ("pedestrianProfile", "HORSE"),
        ("transitModes", "HORSE"),
        ("pageCursor", "LATER|t_A"),
        ("fromPlace", "95,200"),
        ("fromPlace", ""),
        ("via", "t_B"),
        ("requireCarTransport", "true"),
        ("passengers", "0"),
        ("passengers", "51"),
        ("passengers", "400"),
        ("adults", "0"),
        ("adults", "26"),
        ("adults", "two"),
        ("children", "-1"),
        ("children", "26"),
    ],
)
def test_a_bad_value_is_refused_by_its_name(client: CheckedClient, name: str, value: str) -> None:
    parameters = {"fromPlace": "t_A", "toPlace": "t_C"} | {name: value}
    status, problem = client.refused("/api/v6/plan", **parameters)
    assert (status, problem["type"], problem["parameter"]) == (400, "/problems/invalid-query", name)
    assert problem["error"] == problem["detail"]
    assert value not in problem["detail"] or len(value) < 3


def test_a_query_is_the_same_for_lists_with_commas_and_repeated_names(territory: Territory) -> None:
    once = Values(MultiDict([("fromPlace", "t_A"), ("toPlace", "t_C"), ("transitModes", "BUS,FERRY")]))
    twice = Values(
        MultiDict([("fromPlace", "t_A"), ("toPlace", "t_C"), ("transitModes", "BUS"), ("transitModes", "FERRY")])
    )
    asking = Asking(territory, config(), Dialect(), NOW_S)
    assert parse.query(once, asking) == parse.query(twice, asking)


def test_a_cursor_keeps_the_question(territory: Territory) -> None:
    page = asked(territory, pageCursor=f"EARLIER|{NOW_S - 1}")
    assert page == replace(asked(territory), at_s=NOW_S - 1, earlier=True, continues=True, direct_modes=())


def test_a_zero_character_is_no_part_of_any_place() -> None:
    with pytest.raises(InvalidQuery):
        Values(MultiDict({"fromPlace": "a\0b"})).text("fromPlace")
