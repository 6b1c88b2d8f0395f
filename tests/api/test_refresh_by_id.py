"""GET refresh-itinerary: an itinerary told again by its id, and what may be asked of one in either way."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from typing import Any

import pytest

from tests.api.motis import CheckedClient
from tests.api.test_refresh import client_of, clocks, kept, refresh
from tests.town import at

Json = Any


@pytest.fixture(scope="module")
def before() -> CheckedClient:
    return client_of()


def again(client: CheckedClient, name: str, **more: str) -> Json:
    return client.ask("/api/v6/refresh-itinerary", itineraryId=name, **more)


CHANGE_ON_FOOT = "Bus1\nA B\n8:00 8:10\n\nBoat2\nD C\n8:14 8:30"
D_NEAR_B = "A 0 0, B 3 0, D 3 0.2, C 6 0"


def test_a_change_that_a_slow_walker_misses_is_tight_and_the_trip_is_still_there() -> None:
    """What the page of MOTIS sends after `plan`: a pace of its own (CLIENTS, refresh and shared links)."""
    client = client_of(CHANGE_ON_FOOT, D_NEAR_B)
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", time="2026-06-03T07:55")
    name = answer["itineraries"][0]["id"]
    assert again(client, name)["hent"]["tight"] == []
    slow = again(client, name, pedestrianSpeed="0.5", language="en")
    assert [leg["mode"] for leg in slow["legs"]] == ["BUS", "WALK", "FERRY"]
    assert clocks(slow) == ["06:00 06:10", "06:10 06:14", "06:14 06:30"]
    (tight,) = slow["hent"]["tight"]
    assert (tight["stop"], tight["missing"] > 0) == ("D", True)


def test_an_itinerary_told_by_its_name_says_that_the_ways_to_the_doors_are_lost(before: CheckedClient) -> None:
    start, goal = (f"{at(place).lat},{at(place).lon}" for place in ("0 0.2", "6 0.1"))
    answer = before.ask("/api/v6/plan", fromPlace=start, toPlace=goal, time="2026-06-03T07:55")
    (one, *_) = answer["itineraries"]
    told = again(before, one["id"], language="en")
    assert [leg["mode"] for leg in told["legs"]] == ["BUS", "FERRY"]
    doors = told["hent"]["doors"]
    assert (doors["access"], doors["egress"]) == ("WALK", "WALK")
    assert doors["sentence"].startswith("The trip goes from the first stop to the last")
    assert again(before, kept_name(before, "t_A", "t_C"))["hent"]["doors"] is None


@pytest.mark.parametrize("name", ["requireCarTransport", "noCompulsoryReservation", "requireDisplayNameMatch"])
def test_no_word_of_a_parameter_is_ignored_with_legs_or_without(before: CheckedClient, name: str) -> None:
    by_id = {"itineraryId": kept_name(before, "t_A", "t_C"), name: "maybe"}
    assert before.get("/api/v6/refresh-itinerary", query_string=by_id).json["parameter"] == name
    assert refresh(before, kept(before), status=400, **{name: "maybe"})["parameter"] == name


def test_a_car_is_taken_along_on_no_kept_itinerary_either(before: CheckedClient) -> None:
    by_id = {"itineraryId": kept_name(before, "t_A", "t_C"), "requireCarTransport": "true"}
    refused = before.get("/api/v6/refresh-itinerary", query_string=by_id)
    assert (refused.status_code, refused.json["parameter"]) == (400, "requireCarTransport")
    assert refresh(before, kept(before), status=400, requireCarTransport="true")["parameter"] == "requireCarTransport"
    assert refresh(before, kept(before), requireCarTransport="false")["legs"]


def kept_name(client: CheckedClient, start: str, goal: str) -> str:
    answer = client.ask("/api/v6/plan", fromPlace=start, toPlace=goal, time="2026-06-03T07:55")
    return str(answer["itineraries"][0]["id"])


def test_the_name_of_an_itinerary_holds_no_place_of_who_asked(before: CheckedClient) -> None:
    start, goal = (f"{at(place).lat},{at(place).lon}" for place in ("0 0.2", "6 0.1"))
    text = urlsafe_b64decode(kept_name(before, start, goal)).decode()
    assert text.splitlines()[-1] == "WALK\tWALK"
    assert not re.search(r"\d\.\d{3}", text)
