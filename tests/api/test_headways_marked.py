"""What programs read of a run at a headway: each time that no timetable promises is marked as approximate."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.motis import CheckedClient
from tests.api.pages.test_headways import EVERY_EIGHT, STOPS, shuttle
from tests.api.test_headways_told import NOW, answer, at_a_headway
from tests.harbour import LINES as HARBOUR
from tests.harbour import STOPS as QUAYS

CALENDAR = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date"


@pytest.mark.parametrize("exact", [0, 1])
def test_what_a_change_leaves_before_and_after_a_run_at_a_headway_is_only_about_that(ask_town: Any, exact: int) -> None:
    first, run, then = (leg["hent"] for leg in answer(shuttle(ask_town, exact), "D")["itineraries"][0]["legs"])
    assert (run["marginApproximate"], then["marginApproximate"]) == (not exact, not exact)
    assert "marginApproximate" not in first, "nobody changes there"


def test_what_is_left_before_a_bus_after_another_bus_is_told_to_the_second(ask_town: Any) -> None:
    lines = "Bus1\nA B\n8:00 8:10\n\nBus2\nC D\n8:00 8:10\n\nBus3\nB C\n8:20 8:30"
    client = ask_town(STOPS, lines, more={"frequencies": EVERY_EIGHT["frequencies"].format(exact=0)}, now=NOW)
    _, bus, run = (leg["hent"] for leg in answer(client, "D")["itineraries"][0]["legs"])
    assert (bus["margin"], bus["marginApproximate"], run["marginApproximate"]) == (600, False, True)


@pytest.mark.parametrize("exact", [0, 1])
def test_when_one_is_there_who_missed_a_run_at_a_headway_is_about_then(ask_town: Any, exact: int) -> None:
    bus, run, then = (
        leg["hent"]["ifMissed"]
        for leg in answer(shuttle(ask_town, exact), "D", ifMissed=True)["itineraries"][0]["legs"]
    )
    assert bus["arrivalApproximate"] is False, "by the bus of the day after"
    assert run["arrivalApproximate"] is False, "by a bus, after the next shuttle"
    assert then["arrivalApproximate"] is False
    (alone,) = answer(shuttle(ask_town, exact), "C", fromPlace="t_B", ifMissed=True)["itineraries"][0]["legs"]
    assert alone["hent"]["ifMissed"]["arrivalApproximate"] is (not exact)


@pytest.mark.parametrize(("headway", "about"), [(True, True), (False, False)])
def test_both_times_of_what_a_longer_walk_leads_to_are_marked(ask_town: Any, headway: bool, about: bool) -> None:
    asked = {"fromPlace": "t_Q", "toPlace": "t_L", "time": "2026-06-03T19:46:00+02:00", "language": "fr"}
    more = at_a_headway("Boat2-1", "20:15:00", "20:20:00") if headway else {}
    client = ask_town(QUAYS, HARBOUR, more=more, now="2026-06-03 19:46")
    farther = client.ask("/api/v6/plan", **asked)["hent"]["lastDeparture"]["farther"]
    assert (farther["departureApproximate"], farther["arrivalApproximate"]) == (about, about)


@pytest.mark.parametrize("exact", [0, 1])
def test_the_next_departure_of_an_empty_day_is_marked(ask_town: Any, exact: int) -> None:
    """7:02 on Monday the 8th; the shuttle runs on working days."""
    more = {
        "calendar": f"{CALENDAR}\nS,1,1,1,1,1,0,0,20260601,20260630",
        "frequencies": EVERY_EIGHT["frequencies"].format(exact=exact),
    }
    client = ask_town(STOPS, "Bus2\nB C\n8:00 8:10", more=more, now="2026-06-05 12:00")
    reason = answer(client, "C", fromPlace="t_B", time="2026-06-06T10:00:00+02:00")["hent"]["reason"]
    assert reason["nextDeparture"] == "2026-06-08T07:02:00+02:00"
    assert reason["nextDepartureApproximate"] is (not exact)


def test_where_nothing_is_known_to_leave_nothing_is_about_then(ask_town: Any) -> None:
    client: CheckedClient = ask_town(STOPS, "Bus2\nB C\n8:00 8:10", now="2026-12-30 12:00")
    reason = answer(client, "B", fromPlace="t_C", time="2026-12-30T10:00:00+01:00")["hent"]["reason"]
    assert (reason["nextDeparture"], reason["nextDepartureApproximate"]) == (None, False)


@pytest.mark.parametrize(
    ("shape", "member"),
    [
        ("LegNotes", "marginApproximate"),
        ("LegNotes", "nextApproximate"),
        ("BoardNotes", "nextApproximate"),
        ("CancelledRide", "nextApproximate"),
        ("IfMissed", "arrivalApproximate"),
        ("Reason", "nextDepartureApproximate"),
        ("FartherDeparture", "departureApproximate"),
        ("FartherDeparture", "arrivalApproximate"),
    ],
)
def test_the_description_declares_the_marks(ask_town: Any, shape: str, member: str) -> None:
    described = shuttle(ask_town).get("/openapi.json").json["components"]["schemas"][shape]
    assert "boolean" in str(described["properties"][member])
    assert member in str(described["description"]) or "pproximate" in str(described["description"])
