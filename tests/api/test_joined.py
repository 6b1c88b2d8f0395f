"""A vehicle that goes on as another trip: one leg or several, as wished."""

from typing import Any

import pytest

from tests.api.motis import CheckedClient

STAYS = {"transfers": "from_stop_id,to_stop_id,from_trip_id,to_trip_id,transfer_type\n,,Bus1-1,Bus2-1,4"}
MORNING = "2026-06-03T07:55"


BLOCK = {"trips": "route_id,service_id,trip_id,block_id\nBus1,S,Bus1-1,v\nBus2,S,Bus2-1,v"}


@pytest.fixture(params=(STAYS, BLOCK), ids=("by a rule", "by its block"))
def through(ask_town: Any, request: pytest.FixtureRequest) -> CheckedClient:
    lines = "Bus1\nA B\n8:00 8:10\n\nBus2\nB C D\n8:10 8:20 8:30"
    found = ask_town("A 0 0, B 3 0, C 6 0, D 9 0", lines, more=request.param)
    assert isinstance(found, CheckedClient)
    return found


def plan(client: CheckedClient, **more: str) -> Any:
    return client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_D", time=MORNING, **more)["itineraries"][0]


def test_one_seat_is_one_leg(through: CheckedClient) -> None:
    found = plan(through)
    (leg,) = found["legs"]
    assert [stop["name"] for stop in leg["intermediateStops"]] == ["B", "C"]
    assert (leg["displayName"], leg["to"]["name"], found["transfers"]) == ("Bus1", "D", 0)
    assert leg["legGeometry"]["length"] == 5


def test_two_trips_are_two_legs_where_wished(through: CheckedClient) -> None:
    found = plan(through, joinInterlinedLegs="false")
    assert [leg["displayName"] for leg in found["legs"]] == ["Bus1", "Bus2"]
    assert [leg["interlineWithPreviousLeg"] for leg in found["legs"]] == [False, True]
    assert found["transfers"] == 0


def test_a_trip_is_told_to_where_its_vehicle_goes(through: CheckedClient) -> None:
    trip = through.ask("/api/v6/trip", tripId="20260603_08:00_t_Bus1-1")
    assert [stop["name"] for stop in trip["legs"][0]["intermediateStops"]] == ["B", "C"]


def test_a_seat_is_kept_when_an_itinerary_is_told_again(through: CheckedClient) -> None:
    found = plan(through)
    assert through.ask("/api/v6/refresh-itinerary", itineraryId=found["id"])["legs"] == found["legs"]
