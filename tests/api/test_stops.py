"""Stops, the stops of a map, and what can be reached."""

from typing import Any

import pytest

from tests.api.motis import CheckedClient
from tests.town import at


def test_a_stop_tells_its_lines(client: CheckedClient) -> None:
    stop = client.ask("/api/v6/stop", stopId="t_B")
    assert (stop["place"]["name"], stop["place"]["modes"]) == ("B", ["BUS"])
    assert [line["routeShortName"] for line in stop["routes"]] == ["Bus1", "Night"]


def test_a_map_shows_the_stops_in_its_box_whichever_corners_name_it(client: CheckedClient) -> None:
    names = {place["name"] for place in client.ask("/api/v6/map/stops", min="47.74,-3.37", max="47.76,-3.30")}
    assert names == {"A", "B"}
    turned = client.ask("/api/v6/map/stops", min="47.76,-3.37", max="47.74,-3.30")
    assert {place["name"] for place in turned} == names


def test_a_map_of_boats_shows_where_boats_call(client: CheckedClient) -> None:
    boats = client.ask("/api/v6/map/stops", min="47,-4", max="48,-3", modes="FERRY")
    assert {place["name"] for place in boats} == {"D", "E"}


def test_a_grouped_map_shows_a_station_once(ask_town: Any) -> None:
    stops = """
        stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
        S,Gare,47.75,-3.36,1,
        A,Gare,47.7501,-3.36,0,S
        C,Port,47.75,-3.30,0,
        """
    client = ask_town("A 0 0", "Bus1\nA C\n8:00 8:10", more={"stops": stops})
    box = {"min": "47,-4", "max": "48,-3"}
    assert {place["stopId"] for place in client.ask("/api/v6/map/stops", **box)} == {"t_S", "t_A", "t_C"}
    assert {place["stopId"] for place in client.ask("/api/v6/map/stops", **box, grouped="true")} == {"t_S", "t_C"}


def reached(client: CheckedClient, **parameters: Any) -> dict[str, tuple[int, int]]:
    answer = client.ask("/api/v6/one-to-all", **{"time": "2026-06-03T08:00"} | parameters)
    return {one["place"]["name"]: (one["duration"], one["k"]) for one in answer["all"]}


def test_everything_within_reach(client: CheckedClient) -> None:
    assert reached(client, one="t_A", maxTravelTime=20) == {"A": (0, 0), "B": (10, 1), "C": (20, 1)}


def test_one_may_walk_on_and_change(client: CheckedClient) -> None:
    assert reached(client, one="t_A", maxTravelTime=60)["E"] == (50, 2)
    assert "E" not in reached(client, one="t_A", maxTravelTime=60, maxTransfers=0)


def test_everything_from_where_one_arrives_in_time(client: CheckedClient) -> None:
    found = reached(client, one="t_C", time="2026-06-03T08:25", maxTravelTime=30, arriveBy="true")
    assert found["A"] == (25, 1)
    assert found["B"] == (15, 1)


@pytest.mark.parametrize("missing", ["one", "maxTravelTime"])
def test_what_is_required_is_named(client: CheckedClient, missing: str) -> None:
    parameters = {"one": "t_A", "maxTravelTime": "30"}
    del parameters[missing]
    status, problem = client.refused("/api/v6/one-to-all", **parameters)
    assert (status, problem["parameter"]) == (400, missing)


def test_a_longer_time_than_the_server_looks_at_is_refused_and_the_longest_named(client: CheckedClient) -> None:
    most = client.ask("/api/v1/map/initial")["serverConfig"]["maxOneToAllTravelTimeLimit"]
    assert reached(client, one="t_A", maxTravelTime=most)["E"] == (50, 2)
    status, problem = client.refused("/api/v6/one-to-all", one="t_A", maxTravelTime=most + 1)
    assert (status, problem["parameter"], problem["reason"]) == (400, "maxTravelTime", "vaut au plus 90")


ALONG = "A 0 0, B 3 0, C 9 0"
BUS = "Bus1\nB C\n8:20 8:40"


def test_who_cycles_to_the_first_stop_gets_farther(ask_town: Any) -> None:
    """3 km at 4.2 metres a second, times the detour, and the bike is locked: there before the bus leaves."""
    client = ask_town(ALONG, BUS)
    here = f"{at('0 0').lat},{at('0 0').lon}"
    by_bike = reached(client, one=here, maxTravelTime=60, preTransitModes="BIKE", maxPreTransitTime=1800)
    assert by_bike["C"] == (40, 1)
    assert "C" not in reached(client, one=here, maxTravelTime=60)


@pytest.mark.parametrize("mode", ["CAR_DROPOFF", "WALK,CAR_DROPOFF"])
def test_who_is_driven_to_the_first_stop_gets_farther(ask_town: Any, mode: str) -> None:
    here = f"{at('0 0').lat},{at('0 0').lon}"
    assert reached(ask_town(ALONG, BUS), one=here, maxTravelTime=60, preTransitModes=mode)["C"] == (40, 1)


def test_the_place_itself_has_its_time(client: CheckedClient) -> None:
    asked = {"one": "t_A", "maxTravelTime": 20, "time": "2026-06-03T08:00"}
    assert client.ask("/api/v6/one-to-all", **asked)["one"]["departure"] == "2026-06-03T06:00:00Z"
    assert client.ask("/api/v6/one-to-all", **asked, arriveBy="true")["one"]["arrival"] == "2026-06-03T06:00:00Z"


def test_the_former_path_of_one_to_all_answers(client: CheckedClient) -> None:
    asked = {"one": "t_A", "maxTravelTime": 20, "time": "2026-06-03T08:00"}
    former = client.get("/api/experimental/one-to-all", query_string=asked)
    assert [one["duration"] for one in former.json["all"]] == [0, 10, 20]
