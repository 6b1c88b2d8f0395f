"""Entries of an answer fold the departures as they are: late ones where they are now, cancelled ones not at all."""

from __future__ import annotations

from tests.api.live.conftest import LiveTown
from tests.api.live.test_live import Make
from tests.api.live.test_modes import CANCELLED
from tests.api.live.test_paging import LATE, LINES, STOPS


def entries(town: LiveTown, **more: object) -> list[str]:
    asked = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-06-03T07:58:00+02:00", "searchWindow": 3600}
    answer = town.client.ask("/api/v6/plan", **asked | {"profile": "adult", "language": "en"} | more)
    return [entry["sentence"] for entry in answer["hent"]["entries"]]


def test_departures_of_one_way_are_folded_as_they_are_now(live_town: Make) -> None:
    town = live_town(stops=STOPS, lines=LINES)
    town.say(LATE, CANCELLED)
    assert entries(town) == ["Bus1: 8:00, 8:20, 8:25, 8:40"]
    assert entries(town, realtimeMode="OFF") == ["Bus1 every 10 min: 8:00, 8:10, 8:20, 8:30, 8:40"]
