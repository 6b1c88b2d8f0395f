"""realtimeMode on boards, as the MOTIS API describes it: REALTIME by the times that are expected, ANNOTATION_ONLY by
those of the timetable with what is known beside them, OFF by the timetable alone."""

from __future__ import annotations

import pytest

from tests.api.live.conftest import LiveTown, shown
from tests.api.live.test_live import Make
from tests.api.live.test_paging import LATE, LINES, STOPS
from tests.mobility.live.now import update

CANCELLED = update("Bus1-4 start_date:20260603 schedule_relationship:CANCELED")


@pytest.fixture
def town(live_town: Make) -> LiveTown:
    """Of buses every ten minutes from 8:00 on, the second leaves at 8:25, the fourth not at all."""
    town = live_town(stops=STOPS, lines=LINES)
    town.say(LATE, CANCELLED)
    return town


def board(town: LiveTown, clock: str, **more: object) -> list[str]:
    """`8:10/8:25 known`: planned and told."""
    asked = {"stopId": "t_A", "time": f"2026-06-03T{clock}:00+02:00", "n": 3} | more
    rows = town.client.ask("/api/v6/stoptimes", **asked)["stopTimes"]
    return [
        f"{shown(row['place']['scheduledDeparture'])}/{shown(row['place']['departure'])}"
        + " known" * row["realTime"]
        + " cancelled" * row["tripCancelled"]
        for row in rows
    ]


@pytest.mark.parametrize(
    ("mode", "from_8_05", "from_8_12"),
    [
        (
            "REALTIME",
            ["8:20/8:20", "8:10/8:25 known", "8:30/8:30 known cancelled"],
            ["8:20/8:20", "8:10/8:25 known", "8:30/8:30 known cancelled"],
        ),
        (
            "REALTIME_ANNOTATION_ONLY",
            ["8:10/8:25 known", "8:20/8:20", "8:30/8:30 known cancelled"],
            ["8:20/8:20", "8:30/8:30 known cancelled", "8:40/8:40"],
        ),
        ("OFF", ["8:10/8:10", "8:20/8:20", "8:30/8:30"], ["8:20/8:20", "8:30/8:30", "8:40/8:40"]),
    ],
)
def test_a_board_is_ordered_and_cut_as_its_mode_says(
    town: LiveTown, mode: str, from_8_05: list[str], from_8_12: list[str]
) -> None:
    assert board(town, "08:05", realtimeMode=mode) == from_8_05
    assert board(town, "08:12", realtimeMode=mode) == from_8_12


def test_a_board_that_is_asked_for_no_mode_tells_what_is_known(town: LiveTown) -> None:
    assert board(town, "08:05") == board(town, "08:05", realtimeMode="REALTIME")
