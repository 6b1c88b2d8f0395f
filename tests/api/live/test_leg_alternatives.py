"""`alternatives` of legs as the description of MOTIS has them, by timetable, as things are now, and of a kept trip."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.api.conftest import app_of
from tests.api.live.conftest import LiveTown, shown
from tests.api.motis import CheckedClient
from tests.mobility.live.now import update
from tests.town import town

Json = Any
Make = Callable[..., LiveTown]
LINES = """
    Bus1
    A     B     C
    8:00  8:10  8:20
    8:15  8:25  8:35
    9:00  9:10  9:20
    """
ASKED = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T07:58:00+02:00", "numItineraries": 1}


def first(of: LiveTown, **more: object) -> Json:
    return of.client.ask("/api/v6/plan", **ASKED, **more)["itineraries"][0]


def told(leg: Json) -> list[str]:
    """`WALK A, BUS A 8:15 > C 8:35, WALK C`."""
    return [", ".join(map(one_leg, legs)) for legs in leg["alternatives"]]


def one_leg(leg: Json) -> str:
    start, end = leg["from"]["name"], leg["to"]["name"]
    if start == end:
        return f"{leg['mode']} {start}"
    return f"{leg['mode']} {start} {shown(leg['startTime'])} > {end} {shown(leg['endTime'])}"


ONE_DAY = ("20260603", "20260603")
NEXT, LAST = "WALK A, BUS A 8:15 > C 8:35, WALK C", "WALK A, BUS A 9:00 > C 9:20, WALK C"


def test_each_is_a_way_a_ride_and_a_way_and_no_more_than_asked_for(live_town: Make) -> None:
    of = live_town(lines=LINES, days=ONE_DAY)
    assert told(first(of, numLegAlternatives=5)["legs"][0]) == [NEXT, LAST]
    assert told(first(of, numLegAlternatives=1)["legs"][0]) == [NEXT]


def test_where_nobody_asks_for_them_no_leg_has_the_member(live_town: Make) -> None:
    of = live_town(lines=LINES, days=ONE_DAY)
    assert "alternatives" not in first(of)["legs"][0]
    assert "alternatives" not in first(of, numLegAlternatives=0)["legs"][0]


def test_a_ride_that_nothing_can_replace_has_an_empty_list(live_town: Make) -> None:
    assert (
        first(live_town(lines="Bus1\nA C\n8:00 8:20", days=ONE_DAY), numLegAlternatives=3)["legs"][0]["alternatives"]
        == []
    )


def test_a_walk_all_the_way_has_none(live_town: Make) -> None:
    """From C to D it is 300 m."""
    of = live_town(stops="A 0 0, B 3 0, C 6 0, D 6.3 0", lines="Bus1\nC D\n8:00 8:01")
    answer = of.client.ask("/api/v6/plan", **ASKED | {"fromPlace": "t_C", "toPlace": "t_D"}, numLegAlternatives=3)
    assert [leg["mode"] for one in answer["direct"] for leg in one["legs"]] == ["WALK"]
    assert not any("alternatives" in leg for one in answer["direct"] for leg in one["legs"])


def test_what_is_cancelled_takes_no_place_and_what_is_late_is_told_with_both_times(live_town: Make) -> None:
    of = live_town(lines=LINES, days=ONE_DAY)
    of.say(
        update("Bus1-2 start_date:20260603 schedule_relationship:CANCELED"),
        update("Bus1-3 start_date:20260603", "A dep+240"),
    )
    (other,) = first(of, numLegAlternatives=5)["legs"][0]["alternatives"]
    ride = other[1]
    assert (shown(ride["startTime"]), shown(ride["scheduledStartTime"]), ride["realTime"]) == ("9:04", "9:00", True)
    planned = first(of, numLegAlternatives=5, realtimeMode="OFF")["legs"][0]
    assert told(planned) == [NEXT, LAST]
    annotated = first(of, numLegAlternatives=5, realtimeMode="REALTIME_ANNOTATION_ONLY")["legs"][0]["alternatives"]
    assert [legs[1]["cancelled"] for legs in annotated] == [True, False]


def test_a_kept_trip_has_them_as_things_are_now(live_town: Make) -> None:
    of = live_town(lines=LINES, days=ONE_DAY)
    name = first(of)["id"]
    again = of.client.ask("/api/v6/refresh-itinerary", itineraryId=name, numLegAlternatives=3)
    assert told(again["legs"][0]) == [NEXT, LAST]
    of.say(update("Bus1-2 start_date:20260603 schedule_relationship:CANCELED"))
    again = of.client.ask("/api/v6/refresh-itinerary", itineraryId=name, numLegAlternatives=3)
    assert told(again["legs"][0]) == [LAST]


def test_of_more_than_ten_it_is_said_that_there_are_no_more(live_town: Make) -> None:
    client = live_town(lines=LINES, days=ONE_DAY).client
    answer = client.ask("/api/v6/plan", **ASKED, numLegAlternatives=11)
    assert answer["hent"]["limited"] == ["numLegAlternatives"]
    name = answer["itineraries"][0]["id"]
    again = client.ask("/api/v6/refresh-itinerary", itineraryId=name, numLegAlternatives=11, maxPreTransitTime=86_400)
    assert again["hent"]["limited"] == ["numLegAlternatives", "maxPreTransitTime"]


def seated() -> CheckedClient:
    """Bus1 goes on as Bus2; Bus9 as Bus10 leads all the way, too."""
    lines = "Bus1\nA B\n8:00 8:15\n\nBus2\nB C\n8:16 8:30\n\nBus9\nA B\n8:10 8:20\n\nBus10\nB C\n8:21 8:40"
    pairs = "from_trip_id,to_trip_id,transfer_type\nBus1-1,Bus2-1,4\nBus9-1,Bus10-1,4"
    found = app_of(town("A 0 0, B 3 0, C 6 0", lines, {"transfers": pairs}, days=ONE_DAY)).test_client()
    assert isinstance(found, CheckedClient)
    return found


def test_where_one_stays_seated_the_first_leg_has_those_of_the_whole_ride() -> None:
    apart = seated().ask("/api/v6/plan", **ASKED, numLegAlternatives=3, joinInterlinedLegs="false")["itineraries"][0]
    one, two = apart["legs"]
    assert "alternatives" not in two
    (other,) = one["alternatives"]
    assert [leg["mode"] for leg in other] == ["WALK", "BUS", "BUS", "WALK"]
    assert [leg["displayName"] for leg in other[1:3]] == ["Bus9", "Bus10"]
    assert [leg["interlineWithPreviousLeg"] for leg in other[1:3]] == [False, True]


def test_joined_with_the_ride_before_they_are_three_legs() -> None:
    joined = seated().ask("/api/v6/plan", **ASKED, numLegAlternatives=3)["itineraries"][0]
    (ride,) = joined["legs"]
    assert told(ride) == ["WALK A, BUS A 8:10 > C 8:40, WALK C"]
