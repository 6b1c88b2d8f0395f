"""What travellers are told of late and cancelled buses, over HTTP: plan, boards, trip and refresh say the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.api.live.conftest import LiveTown, shown
from tests.mobility.live.now import update

LATE = update("Bus1-1 start_date:20260603", "B dep+420")
CANCELLED = update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED")
Make = Callable[..., LiveTown]


def test_a_late_bus_misses_the_boat_and_the_plan_knows(live_town: Make) -> None:
    town = live_town()
    assert town.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 D 8:30 > E 8:50"
    town.say(LATE)
    assert town.plan()[0] == "Bus1 A 9:00 > C 9:20 | Boat2 D 9:30 > E 9:50"
    assert town.plan(realtimeMode="OFF")[0] == "Bus1 A 8:00 > C 8:20 | Boat2 D 8:30 > E 8:50"


def test_live_times_stand_beside_planned_ones(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    (leg,) = town.client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", time="2026-06-03T07:58:00+02:00")[
        "itineraries"
    ][0]["legs"]
    assert (shown(leg["endTime"]), shown(leg["scheduledEndTime"]), leg["realTime"]) == ("8:27", "8:20", True)
    assert (shown(leg["startTime"]), shown(leg["to"]["arrival"]), leg["cancelled"]) == ("8:00", "8:27", False)
    assert leg["tripId"] == "20260603_08:00_t_Bus1-1"


def test_the_timetable_may_be_searched_and_live_times_told(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    planned = {"realtimeMode": "REALTIME_ANNOTATION_ONLY"}
    assert town.plan(**planned)[0] == "Bus1 A 8:00 > C 8:27 | Boat2 D 8:30 > E 8:50"


def board(town: LiveTown, **more: object) -> list[str]:
    asked = {"stopId": "t_B", "time": "2026-06-03T07:55:00+02:00", "n": 2} | more
    return [
        f"{row['displayName']} {shown(row['place']['scheduledDeparture'])} {shown(row['place']['departure'])}"
        + (" cancelled" if row["tripCancelled"] else "")
        for row in town.client.ask("/api/v6/stoptimes", **asked)["stopTimes"]
    ]


def test_a_board_keeps_a_cancelled_departure_in_its_place(live_town: Make) -> None:
    """OTP#3119, #3989."""
    town = live_town()
    town.say(CANCELLED)
    assert board(town) == ["Bus1 8:10 8:10 cancelled", "Bus1 9:10 9:10"]
    assert board(town, realtimeMode="OFF") == ["Bus1 8:10 8:10", "Bus1 9:10 9:10"]
    assert town.plan()[0] == "Bus1 A 9:00 > C 9:20 | Boat2 D 9:30 > E 9:50"


def test_a_deleted_departure_is_on_no_board(live_town: Make) -> None:
    """It was replaced: nobody is told of it."""
    town = live_town()
    town.say(update("Bus1-1 start_date:20260603 schedule_relationship:DELETED"))
    assert board(town) == ["Bus1 9:10 9:10", "Bus1 8:10 8:10"], "the second is of the next day"
    assert town.plan()[0] == "Bus1 A 9:00 > C 9:20 | Boat2 D 9:30 > E 9:50"


@pytest.mark.parametrize(
    ("said", "told"),
    [("B SKIPPED", "B 8:10 8:10 struck"), ("B > D arr+60", "D 8:10 8:11"), ("B arr+60", "B 8:10 8:11")],
)
def test_between_both_ends_each_call_is_told_as_it_is_now(live_town: Make, said: str, told: str) -> None:
    town = live_town()
    town.say(update("Bus1-1 start_date:20260603", said))
    leg = town.client.ask("/api/v6/trip", tripId="20260603_08:00_t_Bus1-1")["legs"][0]
    assert [
        f"{one['name']} {shown(one['scheduledArrival'])} {shown(one['arrival'])}" + " struck" * one["cancelled"]
        for one in leg["intermediateStops"]
    ] == [told]


def test_a_skipped_call_is_not_boarded_after_the_next_file_either(live_town: Make) -> None:
    """OTP#3914. The second file differs from the first in times alone."""
    town = live_town()
    for late_s in (60, 120):
        town.say(update("Bus1-1 start_date:20260603", "B SKIPPED", f"C arr+{late_s}"))
        assert ways_from_b(town)[0] == "9:10"


def ways_from_b(town: LiveTown) -> list[str]:
    asked = {"fromPlace": "t_B", "toPlace": "t_C", "time": "2026-06-03T07:55:00+02:00"}
    return [shown(one["startTime"]) for one in town.client.ask("/api/v6/plan", **asked)["itineraries"]]


def test_board_plan_and_trip_tell_the_same_times(live_town: Make) -> None:
    """OTP#2918, #4341."""
    town = live_town()
    town.say(LATE)
    assert board(town)[0] == "Bus1 8:10 8:17"
    leg = town.client.ask("/api/v6/trip", tripId="20260603_08:00_t_Bus1-1")["legs"][0]
    assert [shown(one["departure"]) for one in leg["intermediateStops"]] == ["8:17"]
    assert (shown(leg["endTime"]), leg["realTime"]) == ("8:27", True)


def test_what_is_taken_back_leaves_the_plan_as_it_was(live_town: Make) -> None:
    """OTP#5726, #6197."""
    town = live_town()
    town.say(LATE, update("Bus1-2 start_date:20260603", "A dep+60"))
    town.say(update("Bus1-1 start_date:20260603", "A dep+0"), update("Bus1-2 start_date:20260603", "A dep+0"))
    assert town.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 D 8:30 > E 8:50"


def test_a_trip_that_ends_early_names_its_new_terminus(live_town: Make) -> None:
    """motis#1454."""
    town = live_town()
    town.say(update("Bus1-1 start_date:20260603", "C SKIPPED"))
    row = town.client.ask("/api/v6/stoptimes", stopId="t_A", time="2026-06-03T07:55:00+02:00", n=1)["stopTimes"][0]
    assert (row["tripTo"]["name"], row["headsign"]) == ("B", "B")


def test_news_stand_at_the_line_and_at_the_stop_that_they_are_about(live_town: Make) -> None:
    town = live_town()
    said = 'header_text { translation { text: "Travaux" } }'
    line = f'alert {{ informed_entity {{ route_id: "Bus1" }} {said} }}'
    stop = f'alert {{ informed_entity {{ stop_id: "E" }} {said.replace("Travaux", "Quai fermé")} }}'
    town.say(line, stop)
    bus, _, boat = town.client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_E", time="2026-06-03T07:58:00+02:00")[
        "itineraries"
    ][0]["legs"]
    assert [alert["headerText"] for alert in bus["alerts"]] == ["Travaux"]
    assert "alerts" not in boat
    assert [alert["headerText"] for alert in boat["to"]["alerts"]] == ["Quai fermé"]


def test_where_nothing_is_known_nothing_is_said(live_town: Make) -> None:
    town = live_town()
    before = town.client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_E", time="2026-06-05T07:58:00+02:00")
    town.say(LATE)
    after = town.client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_E", time="2026-06-05T07:58:00+02:00")
    assert before["itineraries"] == after["itineraries"]
    assert not any(leg["realTime"] for one in after["itineraries"] for leg in one["legs"])


def test_what_is_too_old_is_no_longer_told(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    town.now = "2026-06-03 8:03"
    town.writer.look()
    assert town.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 D 8:30 > E 8:50"


STRIKE = """alert { informed_entity { route_id: "Bus1" } cause: STRIKE severity_level: SEVERE
    impact_period { start: 1780459200 end: 1780502400 }
    header_text { translation { text: "Grève aujourd'hui" } } }"""
WORKS = """alert { informed_entity { route_id: "Bus1" } severity_level: INFO
    header_text { translation { text: "Travaux" } } }"""


def test_news_that_are_felt_on_the_ride_come_first_and_are_named(live_town: Make) -> None:
    """The strike is felt on 3 June from 6:00 to 18:00. MOTIS tells it on every day; a bus of the 4th is not struck."""
    town = live_town()
    town.say(STRIKE, WORKS)

    def bus(day: int) -> tuple[list[str], object]:
        asked = {"fromPlace": "t_A", "toPlace": "t_C", "time": f"2026-06-0{day}T07:58:00+02:00"}
        (leg,) = town.client.ask("/api/v6/plan", **asked)["itineraries"][0]["legs"]
        felt = {one["code"]: one["headerText"] for one in leg["alerts"]}
        return [one["headerText"] for one in leg["alerts"]], [felt[one] for one in leg["hent"].get("felt", felt)]

    assert bus(3) == (["Grève aujourd'hui", "Travaux"], ["Grève aujourd'hui", "Travaux"])
    assert bus(4) == (["Travaux", "Grève aujourd'hui"], ["Travaux"])


def test_a_trip_that_is_cancelled_says_why_and_when_the_next_one_leaves(live_town: Make) -> None:
    """As a leg and a row of a board do."""
    town = live_town()
    weather = """alert { informed_entity { route_id: "Bus1" } cause: WEATHER effect: NO_SERVICE
        header_text { translation { text: "Tempête" } } }"""
    town.say(CANCELLED, weather)
    leg = town.client.ask("/api/v6/trip", tripId="20260603_08:00_t_Bus1-1", language="en")["legs"][0]
    assert leg["cancelled"] is True
    assert (leg["hent"]["reason"], shown(leg["hent"]["next"])) == ("weather", "9:00")
    runs = town.client.ask("/api/v6/trip", tripId="20260603_09:00_t_Bus1-2", language="en")["legs"][0]
    assert not {"reason", "next"} & runs["hent"].keys()


def test_where_nobody_says_why_a_cancelled_trip_has_no_reason(live_town: Make) -> None:
    town = live_town(days=("20260603", "20260603"))
    town.say(update("Bus1-2 start_date:20260603 schedule_relationship:CANCELED"))
    leg = town.client.ask("/api/v6/trip", tripId="20260603_09:00_t_Bus1-2")["legs"][0]
    assert (leg["cancelled"], leg["hent"]["reason"], leg["hent"]["next"]) == (True, None, None)


def test_how_full_a_bus_is_is_told_at_the_calls_that_it_is_said_of(live_town: Make) -> None:
    """The state that is said, as it is said: it is no scale."""
    town = live_town()
    said = 'stop_time_update { stop_id: "B" departure { delay: 60 } departure_occupancy_status: FEW_SEATS_AVAILABLE }'
    town.say(f'trip_update {{ trip {{ trip_id: "Bus1-1" start_date: "20260603" }} {said} }}')
    asked = {"stopId": "t_B", "time": "2026-06-03T07:55:00+02:00", "n": 2}
    first, second = (row["hent"] for row in town.client.ask("/api/v6/stoptimes", **asked)["stopTimes"])
    assert (first["occupancy"], second.get("occupancy")) == ("FEW_SEATS_AVAILABLE", None)
