"""What is said where a cancellation takes a trip: which ride, why, the next that runs; and of a trip that was kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mobility.carpool.overlay import Overlay
from mobility.planning.planner import plan
from mobility.routing.carpool.rules import CarpoolSearch
from mobility.routing.itinerary import clock
from tests.api.live.conftest import LiveTown, shown, told
from tests.api.live.told import answer as page_of
from tests.mobility.carpool.rides import PROMPT, Listed, offer, placed
from tests.mobility.live.now import update
from tests.town import ZONE, ask, moment

STORM = """alert { informed_entity { route_id: "Boat2" } cause: WEATHER effect: NO_SERVICE severity_level: SEVERE
    header_text { translation { text: "Avis de tempête" language: "fr" } } }"""
FIRST, SECOND = (f"Boat2-{n} start_date:20260603 schedule_relationship:CANCELED" for n in (1, 2))
Make = Callable[..., LiveTown]


def asked(town: LiveTown, **more: object) -> Any:
    question = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:58:00+02:00", "language": "en"}
    return town.client.ask("/api/v6/plan", **question | more)


def test_an_empty_answer_names_the_cancelled_boats_the_reason_and_the_next_that_runs(live_town: Make) -> None:
    town = live_town()
    town.say(update(FIRST), update(SECOND), STORM)
    answer = asked(town, searchWindow=3600)
    (one,) = answer["hent"]["cancelled"]
    assert (answer["itineraries"], one["line"], one["reason"], one["wholeDay"]) == ([], "Boat2", "weather", True)
    assert one["sentence"] == (
        "All departures of Boat2 (D → E) are cancelled today: weather. The next one that runs leaves tomorrow at 8:30."
    )


def test_a_boat_that_is_late_is_none_that_is_cancelled(live_town: Make) -> None:
    town = live_town()
    town.say(update("Bus1-1 start_date:20260603", "B dep+420"))
    assert "cancelled" not in asked(town)["hent"]


def test_where_the_next_is_soon_nothing_is_said(live_town: Make) -> None:
    town = live_town(lines="Bus1\nA B\n8:00 8:10\n8:15 8:25\n9:00 9:10")
    town.say(update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED"))
    assert "cancelled" not in asked(town, toPlace="t_B")["hent"]


def test_where_the_next_is_far_off_it_is_said_beside_it(live_town: Make) -> None:
    town = live_town(lines="Bus1\nA B\n8:00 8:10\n9:00 9:10")
    town.say(update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED"))
    (one,) = asked(town, toPlace="t_B")["hent"]["cancelled"]
    assert (one["sentence"], shown(one["next"])) == (
        "The 8:00 Bus1 from A is cancelled. The next one that runs leaves at 9:00.",
        "9:00",
    )


def test_beside_a_driver_who_may_refuse_it_is_said_too(live_town: Make) -> None:
    """Anna leaves at 8:05, the next bus an hour later."""
    town = live_town(lines="Bus1\nA B\n8:00 8:10\n9:00 9:10")
    town.say(update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED"))
    anna = placed(offer("Anna", "A 8:05 > B 8:12"), town.territory())
    drivers = CarpoolSearch(Overlay(Listed(anna), ZoneInfo(ZONE)), lambda: moment(town.now), PROMPT)
    territory = replace(town.territory(), carpooling=drivers)
    answer = plan(territory, ask(territory, "A", "B", "2026-06-03 7:58", results=1))
    assert [one.carpool is not None for one in answer.itineraries] == [True, False]
    (one,) = answer.cancelled
    assert clock(one.ride.departure_s, territory.zone) == "8:00"


BRANCHES = "Bus1\nA B C\n8:00 8:10 -\n" + "".join(f"8:{n} - 8:{n + 5}\n" for n in range(10, 20))


def test_the_next_is_the_one_that_goes_there_however_many_of_another_branch_leave_before(live_town: Make) -> None:
    town = live_town(lines=f"{BRANCHES}9:00 9:10 -")
    town.say(update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED"))
    (one,) = asked(town, toPlace="t_B")["hent"]["cancelled"]
    assert shown(one["next"]) == "9:00"


def test_a_vehicle_that_has_been_there_before_is_not_the_next(live_town: Make) -> None:
    """It comes from B, and goes on to C."""
    town = live_town(lines="Bus1\nB A B C\n- 8:00 8:10 8:20\n8:05 8:15 - 8:35\n8:55 9:00 9:10 9:20")
    town.say(update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED"))
    (one,) = asked(town, toPlace="t_B")["hent"]["cancelled"]
    assert shown(one["next"]) == "9:00"


def test_where_the_next_is_not_found_that_alone_is_said(live_town: Make) -> None:
    """The line goes there on no other day that a board looks at."""
    town = live_town(lines=ONE_DAY, days=("20260603", "20260603"))
    town.say(update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED"))
    (one,) = asked(town, toPlace="t_B")["hent"]["cancelled"]
    assert (one["next"], one["sentence"]) == (
        None,
        "The 8:00 Bus1 from A is cancelled. We did not find the next departure.",
    )


def test_by_timetable_alone_nothing_is_cancelled(live_town: Make) -> None:
    town = live_town()
    town.say(update(FIRST), update(SECOND))
    assert "cancelled" not in asked(town, realtimeMode="OFF")["hent"]


ONE_DAY = "Bus1\nA B\n8:00 8:10"


def test_where_nothing_else_leads_there_the_reason_is_the_cancellation(live_town: Make) -> None:
    """The bus of the next day is beyond the hours that are searched."""
    town = live_town(lines=ONE_DAY)
    town.say(update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED"))
    answer = asked(town, toPlace="t_B", time="2026-06-03T07:00:00+02:00")
    reason = answer["hent"]["reason"]
    assert (answer["itineraries"], reason["code"]) == ([], "cancelled")
    assert reason["sentence"] == (
        "The departures that lead there are cancelled. The 8:00 Bus1 from A is cancelled. "
        "The next one that runs leaves tomorrow at 8:00."
    )


def kept(town: LiveTown) -> str:
    return str(asked(town)["itineraries"][0]["id"])


def test_a_kept_trip_says_which_change_breaks_by_how_much_and_the_next_way(live_town: Make) -> None:
    """The bus is at C at 8:32, when the boat has left D at 8:30. It is 300 m by straight line from C to D."""
    town = live_town()
    name = kept(town)
    town.say(update("Bus1-1 start_date:20260603", "B dep+720"))
    again = town.client.ask("/api/v6/refresh-itinerary", itineraryId=name, language="en")
    (lost,) = again["hent"]["lost"]
    assert (lost["line"], lost["stop"], lost["cancelled"], again["hent"]["tight"]) == ("Boat2", "D", False, [])
    assert lost["missing"] == 2 * 60 + ceil(300 * 1.3 / 1.33)
    assert told(again["hent"]["instead"]) == "Bus1 A 8:00 > C 8:32 | Boat2 D 9:30 > E 9:50"


def test_of_a_change_that_is_tight_the_next_way_too(live_town: Make) -> None:
    """The bus is at C at 8:27, five minutes on foot from the boat of 8:30."""
    town = live_town()
    name = kept(town)
    town.say(update("Bus1-1 start_date:20260603", "B dep+420"))
    ours = town.client.ask("/api/v6/refresh-itinerary", itineraryId=name, language="en")["hent"]
    assert [one["stop"] for one in ours["tight"]] == ["D"]
    assert told(ours["instead"]) == "Bus1 A 8:00 > C 8:27 | Boat2 D 9:30 > E 9:50"


def test_of_a_kept_trip_whose_boat_is_cancelled_the_reason_and_the_next_way(live_town: Make) -> None:
    town = live_town()
    name = kept(town)
    town.say(update(FIRST), STORM)
    again = town.client.ask("/api/v6/refresh-itinerary", itineraryId=name, language="fr")
    (lost,) = again["hent"]["lost"]
    assert (lost["cancelled"], lost["sentence"]) == (True, "Le départ de 8:30 (Boat2, arrêt D) est supprimé : météo.")
    assert told(again["hent"]["instead"]) == "Bus1 A 8:00 > C 8:20 | Boat2 D 9:30 > E 9:50"


def test_each_ride_says_what_is_left_to_who_misses_it_where_that_is_asked(live_town: Make) -> None:
    town = live_town()
    plain = asked(town)["itineraries"][0]["legs"]
    assert not any("ifMissed" in leg["hent"] for leg in plain)
    bus, _, boat = asked(town, ifMissed="true")["itineraries"][0]["legs"]
    assert bus["hent"]["ifMissed"]["sentence"] == "If you miss it: Bus1 at 9:00, arriving at 9:50 (1 h 00 later)."
    missed = boat["hent"]["ifMissed"]
    assert (missed["next"]["line"], shown(missed["next"]["departure"]), missed["later"]) == ("Boat2", "9:30", 3600)
    town.say(update(SECOND))
    _, _, boat = asked(town, ifMissed="true")["itineraries"][0]["legs"]
    assert boat["hent"]["ifMissed"]["last"] is True
    assert boat["hent"]["ifMissed"]["sentence"] == (
        "It is the last one to get there today. If you miss it: Boat2 tomorrow at 8:30, arriving at 8:50."
    )


EARLY = "Boat2\nD E\n7:00 7:20\n8:30 8:50\n9:30 9:50"
LATER = [f"Boat2-{n} start_date:20260603 schedule_relationship:CANCELED" for n in (2, 3)]


def test_where_the_last_boats_of_the_day_are_cancelled_it_is_not_said_that_there_are_none(live_town: Make) -> None:
    town = live_town(lines=EARLY)
    there = {"fromPlace": "t_D", "toPlace": "t_E", "time": "2026-06-03T08:00:00+02:00"}
    town.say(update(LATER[0]))
    assert asked(town, **there)["hent"]["lastDeparture"] is None
    town.say(*map(update, LATER))
    gone = asked(town, **there)["hent"]["lastDeparture"]
    assert gone["sentence"] == (
        "The last boats are cancelled today. "
        "The next one that you can catch leaves tomorrow at 7:00 (line Boat2) from D."
    )
    assert (gone["last"], gone["boat"]) == ("2026-06-03T07:00:00+02:00", True)
    in_the_evening = asked(town, **there | {"time": "2026-06-03T20:00:00+02:00"})["hent"]["lastDeparture"]
    assert in_the_evening["sentence"] == gone["sentence"]


def test_of_the_last_departure_and_the_next_the_line_is_named(live_town: Make) -> None:
    town = live_town(lines="Bus1\nA E\n9:30 9:50\n\nBus2\nA E\n7:00 7:20")
    there = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T20:00:00+02:00"}
    assert asked(town, **there)["hent"]["lastDeparture"]["sentence"] == (
        "At that hour there are no more departures for this trip: the last one is at 9:30 (line Bus1). "
        "The next one is tomorrow at 7:00 (line Bus2)."
    )


def test_who_walks_to_the_stop_hears_when_the_line_leaves_and_not_when_they_would(live_town: Make) -> None:
    """From C it is 300 m to D, where the only line to E begins."""
    town = live_town(lines="Bus1\nD E\n7:00 7:20\n9:30 9:50")
    there = {"fromPlace": "t_C", "toPlace": "t_E", "time": "2026-06-03T20:00:00+02:00"}
    answer = asked(town, **there)
    assert told(answer["itineraries"][0]) == "Bus1 D 7:00 > E 7:20"
    gone = answer["hent"]["lastDeparture"]
    assert gone["sentence"] == (
        "At that hour there are no more departures for this trip: the last one is at 9:30 (line Bus1). "
        "The next one is tomorrow at 7:00 (line Bus1)."
    )
    assert (gone["last"], gone["next"]) == ("2026-06-03T09:30:00+02:00", "2026-06-04T07:00:00+02:00")


def test_by_timetable_the_last_boat_of_the_day_has_left(live_town: Make) -> None:
    town = live_town(lines=EARLY)
    town.say(*map(update, LATER))
    there = {"fromPlace": "t_D", "toPlace": "t_E", "time": "2026-06-03T20:00:00+02:00"}
    gone = asked(town, **there, realtimeMode="OFF")["hent"]["lastDeparture"]
    before = "At that hour there are no more boats for this trip: the last one leaves at 9:30 (line Boat2) from D."
    assert gone["sentence"] == f"{before} The next one that you can catch leaves tomorrow at 7:00."


def test_who_must_be_there_by_an_hour_hears_why_the_answer_is_an_earlier_one(live_town: Make) -> None:
    """By timetable one is there at 9:50, now at 8:50."""
    town = live_town()
    by_ten = {"time": "2026-06-03T10:00:00+02:00", "arriveBy": "true"}
    assert "cancelled" not in asked(town, **by_ten)["hent"]
    town.say(update(SECOND), STORM)
    answer = asked(town, **by_ten)
    assert shown(max(one["endTime"] for one in answer["itineraries"])) == "8:50"
    (one,) = answer["hent"]["cancelled"]
    assert (shown(one["departure"]), one["reason"]) == ("9:30", "weather")


def test_so_does_who_would_be_there_a_quarter_of_an_hour_earlier(live_town: Make) -> None:
    town = live_town(lines="Bus1\nA B\n8:00 8:10\n8:15 8:25\n8:30 8:40")
    by = {"toPlace": "t_B", "time": "2026-06-03T08:40:00+02:00", "arriveBy": "true"}
    town.say(update("Bus1-3 start_date:20260603 schedule_relationship:CANCELED"))
    answer = asked(town, **by)
    assert shown(max(one["endTime"] for one in answer["itineraries"])) == "8:25"
    (one,) = answer["hent"]["cancelled"]
    assert shown(one["departure"]) == "8:30"


NIGHT_AT_THE_QUAY = """
    N2
    A B
    25:26 25:34

    Bus1
    A B
    6:40 6:50
    9:40 9:50

    Boat2
    B C
    7:00 7:30
    10:00 10:30
    """
WHOLE_DAY = [update(f"Boat2-{n} start_date:20260603 schedule_relationship:CANCELED") for n in (1, 2)]
NO_EARLY_BUS = update("Bus1-1 start_date:20260604 schedule_relationship:CANCELED")
SAID = "Aujourd’hui, tous les départs de Boat2 (B → C) sont supprimés."


@pytest.mark.parametrize("clock", ["05:55", "06:30", "07:30", "09:00"])
def test_a_day_without_a_boat_is_said_at_every_hour_of_it_also_where_one_could_wait_a_night_at_the_quay(
    live_town: Make, clock: str
) -> None:
    """The next morning a night bus alone meets the boat of 7:00, and a bus the one of 10:00."""
    town = live_town(stops="A 0 0, B 3 0, C 6 0", lines=NIGHT_AT_THE_QUAY)
    town.now = "2026-06-03 5:50"
    town.say(*WHOLE_DAY, NO_EARLY_BUS)
    page = page_of(town, toId="t_C", to="C", moment=f"2026-06-03T{clock}")
    assert page.count(SAID) == 1
    assert "Le prochain que vous pouvez prendre part demain à 10:00 (ligne Boat2) de l’arrêt B." in page
    assert "Le prochain qui circule" not in page
    assert "9:40 → 10:30" in page
