"""What is said of a line at a headway whose vehicles are heard of: frequency-based trips of GTFS-Realtime."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.live.conftest import LiveTown
from tests.api.live.told import Make, departures, shown, text
from tests.mobility.live.now import update

STOPS = "A 0 0, B 3 0, C 6 0"
LINES = """
    Bus2
    A     B     C
    8:00  8:10  8:20
    """
EVERY_EIGHT = {"frequencies": "trip_id,start_time,end_time,headway_secs,exact_times\nBus2-1,07:02:00,09:00:00,480,0"}
"""From A at 7:50, 7:58, 8:06 and so on, from B ten minutes later, or thereabouts."""
RUN = "Bus2-1 start_date:20260603"
CANCELLED = update(f"{RUN} start_time:07:50:00 schedule_relationship:CANCELED")


def shuttle(make: Make) -> LiveTown:
    return make(STOPS, LINES, more=EVERY_EIGHT)


def board(town: LiveTown) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = town.client.ask("/api/v6/stoptimes", stopId="t_B", n=3)["stopTimes"]
    return rows


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "prochain vers 8:08"),
        ("br", "an hini da-heul war-dro 8:08"),
        ("en", "next about 8:08"),
        ("fr-x-falc", "Le prochain part vers 8:08"),
    ],
)
def test_beside_a_cancelled_run_the_next_one_is_about_then(live_town: Make, language: str, said: str) -> None:
    town = shuttle(live_town)
    town.say(CANCELLED)
    assert said in departures(town, language)[0]
    (states,) = re.findall(r'<tr class="screen now">.*?</tr>', shown(town, "/lines/t_Bus2", language), re.DOTALL)
    assert said.replace("8:08", "7:58") in text(states), "there by when they begin"
    first = board(town)[0]
    assert (first["hent"]["next"], first["hent"]["nextApproximate"]) == ("2026-06-03T06:08:00Z", True)
