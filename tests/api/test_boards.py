"""Departure boards: what leaves when, each run once, over midnight and the days on which clocks change."""

from typing import Any

import pytest

from tests.api.motis import CheckedClient

ONE_BUS = ("A 0 0, B 3 0, C 6 0", "Bus1\nA B C\n8:00 8:10 8:20")
STATION = {
    "stops": """
        stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code
        S,Gare,47.75,-3.36,1,,
        A,Gare,47.7501,-3.36,0,S,1
        B,Gare,47.7502,-3.36,0,S,2
        C,Port,47.75,-3.30,0,,
        X,Port,47.7501,-3.30,0,,
        """,
}


def times(board: Any, event: str = "departure") -> list[str]:
    return [row["place"][event][11:16] for row in board["stopTimes"]]


def names(board: Any) -> list[str]:
    return [f"{row['displayName']} > {row['headsign']}" for row in board["stopTimes"]]


def test_a_board_shows_the_next_departures(client: CheckedClient) -> None:
    board = client.ask("/api/v6/stoptimes", stopId="t_B", time="2026-06-03T08:15", n=2)
    assert times(board) == ["06:40", "07:10"]
    row = board["stopTimes"][0]
    assert row["place"]["scheduledDeparture"] == row["place"]["departure"] == "2026-06-03T06:40:00Z"
    assert (row["mode"], row["headsign"], row["tripFrom"]["name"], row["tripTo"]["name"]) == ("BUS", "C", "A", "C")
    assert row["tripId"] == "20260603_08:30_t_Bus1-2"
    assert row["hent"]["wheelchair"] == "unknown"
    assert row["wheelchairAccessible"] == "NOT_ACCESSIBLE"


def test_the_last_stop_is_no_departure_and_the_first_no_arrival(client: CheckedClient) -> None:
    asked = {"time": "2026-06-03T08:00", "window": 7200}
    assert client.ask("/api/v6/stoptimes", stopId="t_E", **asked)["stopTimes"] == []
    assert client.ask("/api/v6/stoptimes", stopId="t_A", **asked, arriveBy="true", direction="LATER")["stopTimes"] == []


def test_arrivals_go_back_from_the_time(client: CheckedClient) -> None:
    board = client.ask("/api/v6/stoptimes", stopId="t_C", time="2026-06-03T09:00", arriveBy="true", n=2)
    assert times(board, "arrival") == ["06:20", "06:50"]


def test_both_shows_arrivals_and_departures(client: CheckedClient) -> None:
    board = client.ask("/api/v6/stoptimes", stopId="t_B", time="2026-06-03T08:00", both="true", n=2)
    assert [row["hent"]["event"] for row in board["stopTimes"]] == ["DEPARTURE", "ARRIVAL"]


def test_pages_of_a_board_follow_each_other(client: CheckedClient) -> None:
    first = client.ask("/api/v6/stoptimes", stopId="t_A", time="2026-06-03T08:00", n=1)
    second = client.ask("/api/v6/stoptimes", stopId="t_A", n=1, pageCursor=first["nextPageCursor"])
    back = client.ask("/api/v6/stoptimes", stopId="t_A", n=1, pageCursor=second["previousPageCursor"])
    assert [times(page) for page in (first, second, back)] == [["06:00"], ["06:30"], ["06:00"]]


def test_a_window_shows_all_within_it(client: CheckedClient) -> None:
    board = client.ask("/api/v6/stoptimes", stopId="t_A", time="2026-06-03T08:00", window=3600)
    assert times(board) == ["06:00", "06:30", "07:00"]


def test_after_midnight_the_bus_of_the_day_before_is_shown(client: CheckedClient) -> None:
    board = client.ask("/api/v6/stoptimes", stopId="t_B", time="2026-06-04T00:05", n=1)
    assert times(board) == ["22:10"]
    assert board["stopTimes"][0]["tripId"] == "20260603_23:50_t_Night-1"


def test_a_trip_after_midnight_has_an_hour_over_24_in_its_name(ask_town: Any) -> None:
    client = ask_town("A 0 0, B 3 0", "Night\nA B\n25:10 25:20")
    (row,) = client.ask("/api/v6/stoptimes", stopId="t_A", time="2026-06-04T01:00", n=1)["stopTimes"]
    assert row["tripId"] == "20260603_25:10_t_Night-1"
    assert row["place"]["departure"] == "2026-06-03T23:10:00Z"
    assert client.ask("/api/v6/trip", tripId=row["tripId"])["startTime"] == "2026-06-03T23:10:00Z"


@pytest.mark.parametrize(("day", "departure"), [("2026-03-29", "06:00"), ("2026-10-25", "07:00")])
def test_a_bus_leaves_at_eight_on_the_days_when_clocks_change(ask_town: Any, day: str, departure: str) -> None:
    board = ask_town(*ONE_BUS).ask("/api/v6/stoptimes", stopId="t_A", time=f"{day}T00:00", n=1)
    assert times(board) == [departure]


def test_a_bus_of_the_small_hours_is_counted_from_noon_less_twelve_hours(ask_town: Any) -> None:
    client = ask_town("A 0 0, B 3 0", "Bus1\nA B\n1:30 4:00")
    spring = client.ask("/api/v6/stoptimes", stopId="t_A", time="2026-03-28T22:00Z", n=1)
    autumn = client.ask("/api/v6/stoptimes", stopId="t_A", time="2026-10-24T22:00Z", n=1)
    assert spring["stopTimes"][0]["place"]["departure"] == "2026-03-28T23:30:00Z"
    assert autumn["stopTimes"][0]["place"]["departure"] == "2026-10-25T00:30:00Z"


def test_each_run_of_a_frequency_is_shown_once(ask_town: Any) -> None:
    every_ten = {"frequencies": "trip_id,start_time,end_time,headway_secs\nBus1-1,08:00:00,08:30:00,600"}
    client = ask_town(*ONE_BUS, more=every_ten)
    board = client.ask("/api/v6/stoptimes", stopId="t_B", time="2026-06-03T08:00", window=3600)
    assert times(board) == ["06:10", "06:20", "06:30"]
    assert len({row["tripId"] for row in board["stopTimes"]}) == 3
    assert board["stopTimes"][0]["hent"]["approximate"] is True
    assert board["stopTimes"][0]["hent"]["headway"] == 600


def test_a_station_shows_what_leaves_from_all_its_stops(ask_town: Any) -> None:
    client = ask_town("A 0 0", "Bus1\nA C\n8:00 8:10\n\nBus2\nB C\n8:05 8:15", more=STATION)
    for stop in ("t_S", "t_A"):
        board = client.ask("/api/v6/stoptimes", stopId=stop, time="2026-06-03T08:00", n=2)
        assert names(board) == ["Bus1 > Port", "Bus2 > Port"]
        assert [row["place"]["track"] for row in board["stopTimes"]] == ["1", "2"]
    alone = client.ask(
        "/api/v6/stoptimes", stopId="t_A", time="2026-06-03T08:00", window=3600, exactRadius="true", radius=0
    )
    assert names(alone) == ["Bus1 > Port"]


def test_the_stop_of_the_same_name_over_the_street_belongs_to_the_board(ask_town: Any) -> None:
    client = ask_town("A 0 0", "Bus1\nX A\n8:00 8:10\n\nBus2\nC A\n8:05 8:15", more=STATION)
    assert names(client.ask("/api/v6/stoptimes", stopId="t_C", time="2026-06-03T08:00", n=2)) == [
        "Bus1 > Gare",
        "Bus2 > Gare",
    ]


def test_a_board_round_a_point(client: CheckedClient) -> None:
    board = client.ask("/api/v6/stoptimes", center="47.75,-3.36", radius=200, time="2026-06-03T08:00", n=1)
    assert times(board) == ["06:00"]
    assert "stopId" not in board["place"]


def test_a_point_helps_where_the_stop_is_not_known(client: CheckedClient) -> None:
    board = client.ask("/api/v6/stoptimes", stopId="gone", center="47.75,-3.36", radius=200, n=1)
    assert len(board["stopTimes"]) == 1


def test_only_the_wanted_modes_are_shown(client: CheckedClient) -> None:
    board = client.ask("/api/v6/stoptimes", stopId="t_A", time="2026-06-03T08:00", mode="FERRY")
    assert board["stopTimes"] == []


def test_the_stops_to_come_are_told_where_wanted(client: CheckedClient) -> None:
    asked = {"stopId": "t_B", "time": "2026-06-03T08:05", "n": 1, "fetchStops": "true"}
    (row,) = client.ask("/api/v6/stoptimes", **asked)["stopTimes"]
    assert [stop["name"] for stop in row["nextStops"]] == ["C"]
    (row,) = client.ask("/api/v6/stoptimes", **asked, arriveBy="true", direction="LATER")["stopTimes"]
    assert [stop["name"] for stop in row["previousStops"]] == ["A"]


def test_where_nobody_may_get_in_no_departure_is_shown(ask_town: Any) -> None:
    calls = """
        trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type
        Bus1-1,08:00:00,08:00:00,A,0,0,0
        Bus1-1,08:10:00,08:10:00,B,1,1,0
        Bus1-1,08:20:00,08:20:00,C,2,0,0
        """
    client = ask_town(*ONE_BUS, more={"stop_times": calls})
    asked = {"stopId": "t_B", "time": "2026-06-03T08:00", "window": 3600}
    assert client.ask("/api/v6/stoptimes", **asked)["stopTimes"] == []
    (row,) = client.ask("/api/v6/stoptimes", **asked, withScheduledSkippedStops="true")["stopTimes"]
    assert row["pickupDropoffType"] == "NOT_ALLOWED"


def test_an_unknown_stop_is_not_found(client: CheckedClient) -> None:
    status, problem = client.refused("/api/v6/stoptimes", stopId="nowhere")
    assert (status, problem["type"], problem["parameter"]) == (404, "/problems/not-found", "stopId")


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({}, "stopId"),
        ({"center": "47.75,-3.36"}, "radius"),
        ({"stopId": "t_A", "n": "-1"}, "n"),
        ({"center": "x", "radius": "9"}, "center"),
    ],
)
def test_a_bad_board_query_names_the_parameter(client: CheckedClient, parameters: dict[str, str], name: str) -> None:
    status, problem = client.refused("/api/v6/stoptimes", **parameters)
    assert (status, problem["parameter"]) == (400, name)


def test_a_board_of_no_rows_says_which_stop_it_is(client: CheckedClient) -> None:
    """How motis-fptf-client looks a stop up."""
    board = client.ask("/api/v6/stoptimes", stopId="t_A", n=0)
    assert (board["place"]["name"], board["stopTimes"]) == ("A", [])
