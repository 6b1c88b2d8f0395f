"""POST refresh-itinerary: an itinerary that somebody kept, looked up in the timetable that came after it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import app_of
from tests.api.motis import CheckedClient, leg_ids
from tests.town import at, town

Json = Any
STOPS = "A 0 0, B 3 0, C 6 0"
LINES = """
    Bus1
    A     B
    8:00  8:10
    8:20  8:30

    Boat2
    B     C
    8:15  8:30
    8:45  9:00
    """


def client_of(lines: str = LINES, stops: str = STOPS, **more: Any) -> CheckedClient:
    found = app_of(town(stops, lines, **more)).test_client()
    assert isinstance(found, CheckedClient)
    return found


@pytest.fixture(scope="module")
def before() -> CheckedClient:
    return client_of()


def kept(client: CheckedClient, start: str = "t_A", goal: str = "t_C") -> list[Json]:
    """The legs of the first itinerary after 7:55, as a client of MOTIS keeps them."""
    answer = client.ask("/api/v6/plan", fromPlace=start, toPlace=goal, time="2026-06-03T07:55")
    return leg_ids(answer["itineraries"][0])


def refresh(client: CheckedClient, legs: list[Json], status: int = 200, **more: str) -> Json:
    answer = client.post("/api/v6/refresh-itinerary", json={"id": {"legs": legs}}, query_string=more)
    assert answer.status_code == status, answer.json
    return answer.json


def errors(client: CheckedClient, legs: list[Json]) -> list[Json]:
    return refresh(client, legs, status=400)["errors"]


def clocks(told: Json) -> list[str]:
    """In UTC, two hours before the clocks of the town."""
    return [f"{leg['startTime'][11:16]} {leg['endTime'][11:16]}" for leg in told["legs"]]


def test_in_the_same_timetable_it_is_the_same(before: CheckedClient) -> None:
    legs = kept(before)
    told = refresh(before, legs)
    assert clocks(told) == ["06:00 06:10", "06:15 06:30"]
    assert told["hent"]["changes"] == []


def test_a_trip_that_leaves_later_is_found_by_its_id_and_what_changed_is_said(before: CheckedClient) -> None:
    after = client_of(LINES.replace("8:00  8:10", "8:02  8:13"))
    told = refresh(after, kept(before), language="en")
    assert clocks(told) == ["06:02 06:13", "06:15 06:30"]
    assert told["hent"]["changes"] == [
        {
            "leg": 0,
            "departure": 120,
            "arrival": 180,
            "sameTrip": True,
            "sentence": "Bus1 now leaves at 8:02 and arrives at 8:13, instead of 8:00 and 8:10.",
        }
    ]


def test_where_trips_have_other_ids_the_nearest_run_of_the_line_is_taken(before: CheckedClient) -> None:
    legs = [leg | {"tripId": "20260603_08:00_t_gone"} for leg in kept(before)]
    told = refresh(before, legs, language="fr")
    assert clocks(told) == ["06:00 06:10", "06:15 06:30"]
    assert [change["sameTrip"] for change in told["hent"]["changes"]] == [False, False]
    assert told["hent"]["changes"][0]["sentence"] == "Bus1 : c’est un autre départ de la même ligne."


def test_a_run_that_is_cancelled_gives_way_to_the_next_of_the_line(before: CheckedClient) -> None:
    after = client_of(LINES.replace("8:15  8:30", "8:16  8:31").replace("8:00  8:10\n", ""))
    legs = [leg | {"tripId": ""} for leg in kept(before)[:1]]
    assert clocks(refresh(after, legs)) == ["06:20 06:30"]


def test_another_line_takes_no_place_unless_it_may(before: CheckedClient) -> None:
    after = client_of(LINES.replace("Bus1", "Bus9"))
    legs = kept(before)[:1]
    assert errors(after, legs) == [
        {"member": "id.legs.0", "reason": "n’est aucun départ des horaires en service à 60 minutes près"}
    ]
    assert clocks(refresh(after, legs, requireDisplayNameMatch="false")) == ["06:00 06:10"]


def test_a_stop_with_another_id_is_found_where_it_was(before: CheckedClient) -> None:
    after = client_of(LINES.replace("A     B", "A2    B"), STOPS.replace("A 0 0", "A2 0.1 0"))
    told = refresh(after, kept(before))
    assert (told["legs"][0]["from"]["stopId"], clocks(told)[0]) == ("t_A2", "06:00 06:10")


SQUARE_BEFORE_SQUARE = (("A", "A", "0 0"), ("Q", "Square", "3 0"), ("R", "Square", "3.2 0"))


def square(of_q: int, of_r: int) -> CheckedClient:
    """A bus to two stops of one name, with the drop_off_type of each."""
    rows = [f"{id},{name},{at(where).lat},{at(where).lon}" for id, name, where in SQUARE_BEFORE_SQUARE]
    calls = ("8:00:00,A,0,0", f"8:10:00,Q,1,{of_q}", f"8:12:00,R,2,{of_r}")
    more = {
        "stops": "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *rows]),
        "stop_times": "\n".join(
            ["trip_id,arrival_time,departure_time,stop_id,stop_sequence,drop_off_type"]
            + [f"Bus1-1,{call[:7]},{call}" for call in calls]
        ),
    }
    return client_of("Bus1\nA Q R\n8:00 8:10 8:12", "A 0 0, Q 3 0, R 3.2 0", more=more)


def test_of_two_stops_with_one_name_on_the_way_one_gets_out_at_that_which_was_kept() -> None:
    client = square(0, 0)
    told = refresh(client, kept(client, "t_A", "t_R"))
    assert (told["legs"][0]["to"]["stopId"], told["hent"]["changes"]) == ("t_R", [])


def test_where_nobody_may_get_out_any_more_the_other_stop_of_the_name_is_taken() -> None:
    told = refresh(square(0, 1), kept(square(0, 0), "t_A", "t_R"))
    assert (told["legs"][0]["to"]["stopId"], clocks(told)) == ("t_Q", ["06:00 06:10"])


def test_a_ride_to_where_nobody_may_get_out_any_more_is_gone() -> None:
    assert [error["member"] for error in errors(square(1, 1), kept(square(0, 0), "t_A", "t_R"))] == ["id.legs.0"]


def test_a_change_that_cannot_be_made_any_more_is_said_with_the_next_way(before: CheckedClient) -> None:
    after = client_of(LINES.replace("8:00  8:10", "8:00  8:20"))
    told = refresh(after, kept(before), language="en")
    assert clocks(told) == ["06:00 06:20", "06:15 06:30"]
    assert told["hent"]["lost"] == [
        {
            "leg": 1,
            "line": "Boat2",
            "stop": "B",
            "cancelled": False,
            "missing": 300,
            "sentence": "Missed change at B: Boat2 leaves at 8:15, 5 min too early for you.",
        }
    ]
    assert clocks(told["hent"]["instead"]) == ["06:00 06:20", "06:45 07:00"]


def test_where_no_other_way_leads_there_none_is_told_instead(before: CheckedClient) -> None:
    after = client_of(LINES.replace("8:00  8:10", "8:50  9:10"), days=("20260603", "20260603"))
    told = refresh(after, kept(before))
    assert (len(told["hent"]["lost"]), told["hent"]["instead"]) == (1, None)


def test_where_all_holds_nothing_is_lost(before: CheckedClient) -> None:
    told = refresh(before, kept(before))
    assert {"lost", "instead"}.isdisjoint(told["hent"])


def test_a_change_that_leaves_less_time_than_the_timetable_asks_for_is_said() -> None:
    lines = "Bus1\nA B\n8:00 8:10\n\nBus2\nB C\n8:15 8:30"
    four_minutes = {"transfers": "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nB,B,2,240"}
    legs = kept(client_of(lines, more=four_minutes))
    in_time, late = (client_of(lines.replace("8:10", then), more=four_minutes) for then in ("8:11", "8:12"))
    told = refresh(in_time, legs)
    assert (clocks(told), told["hent"]["tight"]) == (["06:00 06:11", "06:15 06:30"], [])
    told = refresh(late, legs, language="en")
    assert clocks(told) == ["06:00 06:12", "06:15 06:30"]
    said = "Tight change at B: 1 min too few to catch Bus2 at this pace."
    assert told["hent"]["tight"] == [{"stop": "B", "missing": 60, "sentence": said}]


def test_walks_at_both_ends_are_walked_again(before: CheckedClient) -> None:
    start, goal = (f"{at(place).lat},{at(place).lon}" for place in ("0 0.2", "6 0.1"))
    legs = kept(before, start, goal)
    assert [leg["mode"] for leg in legs] == ["WALK", "BUS", "FERRY", "WALK"]
    told = refresh(before, legs)
    assert [leg["mode"] for leg in told["legs"]] == ["WALK", "BUS", "FERRY", "WALK"]
    assert clocks(told) == ["05:56 06:00", "06:00 06:10", "06:15 06:30", "06:30 06:31"]
    assert (told["legs"][0]["distance"], told["legs"][-1]["distance"]) == (260, 130)


def test_before_a_boat_one_is_as_early_at_the_quay_as_in_the_plan() -> None:
    harbour = client_of("Boat2\nB C\n8:15 8:30", "B 3 0, C 6 0")
    legs = kept(harbour, f"{at('3 0.5').lat},{at('3 0.5').lon}")
    told = refresh(harbour, legs)
    assert clocks(told) == ["06:03 06:12", "06:15 06:30"]
    assert told["hent"]["changes"] == []


def test_who_walks_slowly_changes_as_slowly_as_in_the_plan() -> None:
    town = client_of("Bus1\nA B\n8:00 8:10\n\nBus2\nP C\n8:20 8:30", "A 0 0, B 3 0, P 3 0.2, C 6 0")
    answer = town.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", time="2026-06-03T07:55", pedestrianSpeed="0.6")
    told = refresh(town, leg_ids(answer["itineraries"][0]), pedestrianSpeed="0.6")
    assert clocks(told) == clocks(answer["itineraries"][0]) == ["06:00 06:10", "06:10 06:17", "06:20 06:30"]


def test_a_walk_that_is_too_long_is_refused(before: CheckedClient) -> None:
    start = f"{at('0 0.2').lat},{at('0 0.2').lon}"
    legs = kept(before, start)
    legs[0] |= {"fromLat": at("0 9").lat}
    assert errors(before, legs)[0]["reason"].startswith("aucun chemin ne mène à son premier arrêt ou depuis le dernier")


def test_a_vehicle_that_goes_on_as_another_trip_is_kept_as_one_ride() -> None:
    stays = {"transfers": "from_stop_id,to_stop_id,from_trip_id,to_trip_id,transfer_type\n,,Bus1-1,Bus2-1,4"}
    through = client_of("Bus1\nA B\n8:00 8:10\n\nBus2\nB C\n8:10 8:20", more=stays)
    legs = kept(through)
    assert len(legs) == 1
    told = refresh(through, legs)
    assert (clocks(told), told["hent"]["changes"]) == (["06:00 06:20"], [])


BROKEN: list[tuple[Json, str]] = [
    ({"mode": "BIKE"}, "id.legs.0.mode"),
    ({"mode": "RIDE_SHARING"}, "id.legs.0.mode"),
    ({"fromLat": 91}, "id.legs.0.fromLat"),
    ({"schedStart": -1}, "id.legs.0.schedStart"),
    ({"tripId": None}, "id.legs.0.tripId"),
]


@pytest.mark.parametrize(("wrong", "member"), BROKEN, ids=[row[1] for row in BROKEN])
def test_a_leg_that_cannot_be_read_is_named(before: CheckedClient, wrong: Json, member: str) -> None:
    legs = kept(before)
    legs[0] |= wrong
    assert [error["member"] for error in errors(before, legs)] == [member]


@pytest.mark.parametrize("mode", [[], ["WALK"]], ids=["no leg", "a walk"])
def test_what_has_no_ride_is_refused(before: CheckedClient, mode: list[str]) -> None:
    legs = [leg | {"mode": "WALK"} for leg in kept(before)[:1]] if mode else []
    assert errors(before, legs) == [{"member": "id.legs", "reason": "n’a aucun véhicule"}]
