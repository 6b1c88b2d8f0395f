"""`map/trips`: which vehicles are between which calls at a time, by timetable and as they really run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.api.live.conftest import LiveTown, shown
from tests.crossing import STOPS
from tests.mobility.live.now import update
from tests.town import at, moment

LATE = update("Bus1-1 start_date:20260603", "A dep+0", "B dep+420")
CANCELLED = update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED")
CUT_SHORT = update("Bus1-1 start_date:20260603", "C SKIPPED")
WEST, EAST = at("-1 -1"), at("10 1")
WHOLE = {"min": f"{WEST.lat},{EAST.lon}", "max": f"{EAST.lat},{WEST.lon}", "zoom": 12}
Make = Callable[..., LiveTown]


def asked(clocks: str, day: str = "2026-06-03") -> dict[str, str]:
    """`8:05 8:07`, in the town's zone."""
    start, end = (f"{day}T{clock.rjust(5, '0')}:00+02:00" for clock in clocks.split())
    return {"startTime": start, "endTime": end}


def under_way(town: LiveTown, clocks: str, **more: object) -> list[str]:
    """`Bus1 A 8:00 > B 8:10`, with a star where the times are live."""
    found = town.client.ask("/api/v6/map/trips", **(WHOLE | asked(clocks) | more))
    return [
        f"{one['trips'][0]['displayName']} {one['from']['name']} {shown(one['departure'])} > {one['to']['name']} "
        f"{shown(one['arrival'])}" + ("*" if one["realTime"] else "")
        for one in found
    ]


def test_by_timetable_a_vehicle_is_between_two_calls(live_town: Make) -> None:
    town = live_town()
    assert under_way(town, "8:05 8:07") == ["Bus1 A 8:00 > B 8:10"]
    assert under_way(town, "8:09 8:31") == ["Bus1 A 8:00 > B 8:10", "Bus1 B 8:10 > C 8:20", "Boat2 D 8:30 > E 8:50"]
    assert under_way(town, "8:21 8:29") == []


def test_a_late_bus_is_where_it_is_and_not_where_it_was_to_be(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    assert under_way(town, "8:18 8:26") == ["Bus1 B 8:17 > C 8:27*"]
    (one,) = town.client.ask("/api/v6/map/trips", **WHOLE, **asked("8:18 8:26"))
    assert (shown(one["scheduledDeparture"]), shown(one["scheduledArrival"])) == ("8:10", "8:20")
    assert one["trips"] == [{"tripId": "20260603_08:00_t_Bus1-1", "displayName": "Bus1"}]


def test_a_cancelled_bus_is_nowhere_and_one_that_ends_early_goes_no_farther(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED)
    assert under_way(town, "8:00 8:20") == []
    town.say(CUT_SHORT)
    assert under_way(town, "8:00 8:20") == ["Bus1 A 8:00 > B 8:10"]


def test_the_way_is_drawn_from_call_to_call_and_its_length_is_told(live_town: Make) -> None:
    """The code of Google's algorithm for A (47.75, -3.36) and B, three kilometres east: by hand."""
    (one,) = live_town().client.ask("/api/v6/map/trips", **WHOLE, **asked("8:05 8:07"))
    a, b = at("0 0"), at("3 0")
    assert one["polyline"] == f"{coded(a.lat)}{coded(a.lon)}{coded(0)}{coded(b.lon - a.lon)}"
    assert one["distance"] == pytest.approx(3000, rel=0.01)


def coded(degrees: float, precision: int = 5) -> str:
    value = round(degrees * 10**precision)
    value = ~(value << 1) if value < 0 else value << 1
    letters = ""
    while value >= 32:
        letters, value = letters + chr((32 | value & 31) + 63), value >> 5
    return letters + chr(value + 63)


def test_a_vehicle_that_tells_its_place_is_there(live_town: Make) -> None:
    town, here = live_town(), at("1 0")
    place = f"position {{ latitude: {here.lat} longitude: {here.lon} bearing: 90 }}"
    told = 'trip { trip_id: "Bus1-1" start_date: "20260603" }'
    town.say(f"vehicle {{ {told} {place} timestamp: {moment('2026-06-03 7:54')} }}")
    (one,) = town.client.ask("/api/v6/map/trips", **WHOLE, **asked("8:05 8:07"))
    vehicle = one["hent"]["vehicle"]
    assert (vehicle["lat"], vehicle["lon"]) == pytest.approx((here.lat, here.lon), abs=1e-5)
    assert (vehicle["bearing"], shown(vehicle["at"])) == (90, "7:54")
    (tomorrow,) = town.client.ask("/api/v6/map/trips", **WHOLE, **asked("8:05 8:07", "2026-06-04"))
    assert "hent" not in tomorrow


def test_a_night_bus_is_under_way_on_the_day_after_its_own(live_town: Make) -> None:
    night = "Night\nA B C\n23:50 24:10 24:30"
    town = live_town(STOPS, night)
    assert under_way(town, "0:20 0:25") == ["Night B 24:10 > C 24:30"]
    (one,) = town.client.ask("/api/v6/map/trips", **WHOLE, **asked("0:20 0:25"))
    assert one["trips"][0]["tripId"] == "20260602_23:50_t_Night-1"


def test_what_lies_elsewhere_is_not_told_and_buses_are_not_seen_from_afar(live_town: Make) -> None:
    town = live_town()
    far = at("20 20")
    assert under_way(town, "8:05 8:07", min=f"{far.lat},{far.lon}", max=f"{far.lat + 1},{far.lon + 1}") == []
    assert under_way(town, "8:05 8:07", zoom=9) == []
    assert under_way(town, "8:05 8:07", zoom=10) == ["Bus1 A 8:00 > B 8:10"]


@pytest.mark.parametrize(
    ("wrong", "parameter"),
    [
        ({"zoom": ""}, "zoom"),
        ({"endTime": ""}, "endTime"),
        ({"min": "47"}, "min"),
        ({"endTime": "2026-06-03T07:00:00+02:00"}, "endTime"),
        ({"endTime": "2026-06-05T08:00:00+02:00"}, "endTime"),
        ({"precision": "9"}, "precision"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(live_town: Make, wrong: dict[str, str], parameter: str) -> None:
    asking = WHOLE | asked("8:05 8:07") | wrong
    status, told = live_town().client.refused("/api/v6/map/trips", **asking)
    assert (status, told["parameter"]) == (400, parameter)
