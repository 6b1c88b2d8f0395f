"""How the older versions of the API differ, each difference once; the test client holds all against version 6."""

from typing import Any

import pytest

from api.present.polyline import encode
from tests.api.motis import CheckedClient
from tests.town import at

NOON = "2026-06-03T07:55:00"
EVERY = range(1, 7)


def plan(client: CheckedClient, version: int, **parameters: Any) -> Any:
    return client.ask(f"/api/v{version}/plan", **{"fromPlace": "t_A", "toPlace": "t_C", "time": NOON} | parameters)


@pytest.mark.parametrize("version", EVERY)
def test_lines_are_drawn_with_seven_digits_at_first_with_six_since(client: CheckedClient, version: int) -> None:
    precision = 7 if version == 1 else 6
    geometry = plan(client, version)["itineraries"][0]["legs"][0]["legGeometry"]
    points = encode([at("0 0"), at("3 0"), at("6 0")], precision)
    assert (geometry["precision"], len(geometry["points"])) == (precision, len(points))
    assert geometry["length"] == 3


@pytest.mark.parametrize("version", EVERY)
def test_before_version_3_transfers_were_rides(client: CheckedClient, version: int) -> None:
    found = plan(client, version, maxTransfers=0)["itineraries"]
    assert bool(found) == (version >= 3)
    assert plan(client, version, maxTransfers=1)["itineraries"]


@pytest.mark.parametrize("version", EVERY)
def test_before_version_4_the_short_name_was_the_name_to_show(ask_town: Any, version: int) -> None:
    routes = "route_id,agency_id,route_short_name,route_long_name,route_type\nBus1,T,,Harbour line,3"
    client = ask_town("A 0 0, C 3 0", "Bus1\nA C\n8:00 8:10", more={"routes": routes})
    leg = plan(client, version)["itineraries"][0]["legs"][0]
    assert leg["displayName"] == "Harbour line"
    assert leg["routeShortName"] == ("Harbour line" if version < 4 else "")


@pytest.mark.parametrize("version", EVERY)
@pytest.mark.parametrize(
    ("route_type", "before", "since"), [(109, "METRO", "SUBURBAN"), (6, "AREAL_LIFT", "AERIAL_LIFT")]
)
def test_before_version_5_two_modes_had_other_names(
    ask_town: Any, version: int, route_type: int, before: str, since: str
) -> None:
    routes = f"route_id,agency_id,route_short_name,route_long_name,route_type\nBus1,T,S1,,{route_type}"
    client = ask_town("A 0 0, C 3 0", "Bus1\nA C\n8:00 8:10", more={"routes": routes})
    mode = before if version < 5 else since
    assert plan(client, version)["itineraries"][0]["legs"][0]["mode"] == mode
    assert client.ask(f"/api/v{version}/stoptimes", stopId="t_A", time=NOON)["stopTimes"][0]["mode"] == mode
    assert client.ask(f"/api/v{version}/stop", stopId="t_A")["place"]["modes"] == [mode]
    assert plan(client, version, transitModes=mode)["itineraries"]


@pytest.mark.parametrize("version", EVERY)
def test_before_version_6_every_place_had_a_level(client: CheckedClient, version: int) -> None:
    answer = plan(client, version, fromPlace="47.751,-3.359")
    board = client.ask(f"/api/v{version}/stoptimes", stopId="t_B", time=NOON)
    places = [answer["from"], answer["to"], answer["itineraries"][0]["legs"][1]["intermediateStops"][0], board["place"]]
    assert ["level" in place for place in places] == [version < 6] * 4


@pytest.mark.parametrize("version", EVERY)
@pytest.mark.parametrize("name", ["map/initial", "rentals", "health"])
def test_resources_of_version_1_answer_under_every_version(client: CheckedClient, name: str, version: int) -> None:
    assert client.ask(f"/api/v{version}/{name}") == client.ask(f"/api/v1/{name}")


def test_there_is_no_version_7_yet(client: CheckedClient) -> None:
    status, problem = client.refused("/api/v7/plan")
    assert (status, problem["type"]) == (404, "/problems/no-such-page")
