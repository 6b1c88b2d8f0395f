"""Clocks show no seconds: what is told as 8:14 counts as 8:14, in comparisons and for who must be there by then."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.present.day_words import DayWords
from api.present.terminal import TerminalReader, told
from api.web.sentences import sentences
from api.web.spaces import NO_BREAK
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.town import at, moment, town

STOPS = "A 0 0, B 3 0, C 3 0.05"
LINES = "Bus1\nA B\n8:00 8:10\n\nBus2\nA C\n7:50 8:12"
DOOR = at("3 0.2")
ASKED = {"fromPlace": "t_A", "toPlace": f"{DOOR.lat},{DOOR.lon}", "profile": "adult", "language": "en"}
THERE = "2026-06-03T06:13:16Z"
"""From B it is 196 s on foot, from C 147 s: one is there at 8:13:16, or at 8:14:27."""


@pytest.fixture(scope="module")
def client() -> CheckedClient:
    found = app_of(town(STOPS, LINES), "2026-06-03 7:40").test_client()
    assert isinstance(found, CheckedClient)
    return found


def answer(client: CheckedClient, time: str, **rest: Any) -> list[Any]:
    return client.ask("/api/v6/plan", **ASKED, time=f"2026-06-03T{time}:00+02:00", searchWindow=1800, **rest)[
        "itineraries"
    ]


def test_an_arrival_is_told_by_the_minute_in_which_one_is_there(client: CheckedClient) -> None:
    (one,) = [one for one in answer(client, "7:55") if one["legs"][0]["displayName"] == "Bus1"]
    assert one["endTime"] == THERE
    assert one["hent"]["sentence"].startswith("8:00 → 8:14, 14 min")
    assert one["hent"]["reason"].startswith("Best choice: 14 min,")


@pytest.mark.parametrize(("by", "is_found"), [("8:14", True), ("8:13", False)])
def test_who_must_be_there_by_the_minute_told_is_given_that_trip(
    client: CheckedClient, by: str, is_found: bool
) -> None:
    ends = [one["endTime"] for one in answer(client, by, arriveBy="true", numItineraries=1)]
    assert (THERE in ends) is is_found


def test_a_page_shows_the_same_minute(client: CheckedClient) -> None:
    form = {"from": "t_A", "to": f"{DOOR.lat},{DOOR.lon}", "when": "leave", "moment": "2026-06-03T07:55"}
    page = client.post("/", data=form).text
    assert "8:00 → 8:14" in page
    assert "<b>8:14</b>" in page
    assert ">8:13<" not in page


def test_a_difference_is_that_of_the_minutes_shown() -> None:
    """7:50 → 8:13 is 23 minutes and 8:00 → 8:14 is 14: nine, though it is 9 min 14 s by the second."""
    stops, first = "A 0 0, B 3 0, C 3 0.17", "Bus1\nA B\n8:00 8:10"
    found = app_of(town(stops, f"{first}\n\nBus2\nA C\n7:50 8:12"), "2026-06-03 7:40").test_client()
    ours = {one["legs"][0]["displayName"]: one["hent"] for one in answer(found, "7:45")}
    assert "9 min longer" in ours["Bus2"]["reason"]


def test_how_much_later_one_is_there_is_the_difference_of_the_minutes_shown() -> None:
    """8:14 and 8:30 are 16 minutes apart, though it is 16 min 11 s by the second."""
    found = app_of(town(STOPS, "Bus1\nA B\n8:00 8:10\n\nBus2\nA C\n8:20 8:27"), "2026-06-03 7:40").test_client()
    (one, *_) = answer(found, "7:55", ifMissed="true")
    assert one["hent"]["sentence"].startswith("8:00 → 8:14")
    assert one["legs"][0]["hent"]["ifMissed"]["later"] == 16 * 60 + 11
    assert one["legs"][0]["hent"]["ifMissed"]["sentence"].endswith("arriving at 8:30 (16 min later).")


def test_the_minutes_on_foot_are_those_of_the_legs_together() -> None:
    """61 s to the bus and 61 s from it: two minutes each, and four together."""
    stops, foot = "A 0 0, B 3 0", 0.0624
    found = app_of(town(stops, "Bus1\nA B\n8:00 8:10"), "2026-06-03 7:40").test_client()
    ends = at(f"0 {foot}"), at(f"3 {foot}")
    form = {"from": f"{ends[0].lat},{ends[0].lon}", "to": f"{ends[1].lat},{ends[1].lon}", "when": "leave"}
    page = found.post("/?lang=fr", data=form | {"moment": "2026-06-03T07:50"}).text
    assert page.count("2 min à pied (80 m)") >= 2
    assert "4 min à pied (160 m)" in page


def test_a_walk_of_a_terminal_takes_a_minute_and_ends_a_minute_later() -> None:
    """60 m, 46 s: it leaves at 8:10 for the bus of 8:12."""
    stops = "A 0 0, B 3 0, C 3 0.046, D 6 0"
    found = app_of(town(stops, "Bus1\nA B\n8:00 8:10\n\nBus2\nC D\n8:12 8:20"), "2026-06-03 7:40").test_client()
    asked = {"fromPlace": "t_A", "toPlace": "t_D", "time": "2026-06-03T07:55:00+02:00", "profile": "adult"}
    reader = TerminalReader(DayWords(sentences("fr"), ZoneInfo("Europe/Paris"), moment("2026-06-03 7:40")))
    lines = list(told(found.post("/api/trips", json=asked | {"ifMissed": True}).json, ("A", "D"), reader))
    assert f"    8:10  1{NO_BREAK}min à pied (60{NO_BREAK}m) → C  8:11" in lines
