"""Midnight, the days on which clocks change, days without service: over HTTP, to the minute."""

from typing import Any

import pytest

from tests.api.motis import CheckedClient

NIGHT = ("A 0 0, B 3 0, C 6 0", "Night\nA B\n23:50 24:10\n\nDay\nB C\n0:15 0:25")
SUNDAYS_OFF = {
    "calendar": """
        service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        S,1,1,1,1,1,1,0,20260101,20261231
        """
}


def plan(client: CheckedClient, start: str, end: str, **more: Any) -> list[str]:
    answer = client.ask("/api/v6/plan", **{"fromPlace": start, "toPlace": end, "numItineraries": 1} | more)
    return [f"{one['startTime'][:16]} > {one['endTime'][:16]}" for one in answer["itineraries"]]


def test_a_bus_over_midnight_is_changed_for_one_of_the_new_day(ask_town: Any) -> None:
    client = ask_town(*NIGHT)
    assert plan(client, "t_A", "t_C", time="2026-06-03T23:45") == ["2026-06-03T21:50 > 2026-06-03T22:25"]


def test_after_midnight_the_night_bus_of_the_day_before_is_boarded(ask_town: Any) -> None:
    client = ask_town("A 0 0, B 3 0, C 6 0", "Night\nA B C\n23:50 24:10 24:30")
    assert plan(client, "t_B", "t_C", time="2026-06-04T00:05") == ["2026-06-03T22:10 > 2026-06-03T22:30"]


def test_an_arrival_after_midnight_is_never_too_late(ask_town: Any) -> None:
    client = ask_town("A 0 0, B 3 0", "Night\nA B\n22:50 23:10\n23:50 24:10")
    asked = {"time": "2026-06-04T00:05", "arriveBy": "true"}
    assert plan(client, "t_A", "t_B", **asked) == ["2026-06-03T20:50 > 2026-06-03T21:10"]


@pytest.mark.parametrize(
    ("day", "times"),
    [
        ("2026-03-28", "2026-03-28T07:00 > 2026-03-28T07:10"),
        ("2026-03-29", "2026-03-29T06:00 > 2026-03-29T06:10"),
        ("2026-10-25", "2026-10-25T07:00 > 2026-10-25T07:10"),
    ],
)
def test_a_bus_leaves_at_eight_whatever_the_clocks_do(ask_town: Any, day: str, times: str) -> None:
    client = ask_town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10")
    assert plan(client, "t_A", "t_B", time=f"{day}T07:30") == [times]


def test_a_day_without_service_says_so(ask_town: Any) -> None:
    client = ask_town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", more=SUNDAYS_OFF)
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_B", time="2026-06-07T07:30", searchWindow=3600)
    assert answer["itineraries"] == []
    assert answer["hent"]["reason"]["code"] == "no_service_on_day"
