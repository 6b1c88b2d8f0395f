"""The network on the map that one opens: three lines of a town, one of them a boat, and its seven stops."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from api.web import map_library
from mobility.network.columns import Texts
from mobility.network.place import TerritoryPlace
from mobility.places.aliases import Aliases
from mobility.places.build import build
from mobility.routing.territory import Territory
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient

PLACES = (
    TerritoryPlace("commune", "c", "Bourg", 47.0, -3.0, {"population": "1200"}),
    TerritoryPlace("counter", "g", "Guichet", 47.001, -3.001),
    TerritoryPlace("on_demand", "z", "Zone", 47.0, -3.0, area="POLYGON((-3 47, -3 47.1, -3.1 47, -3 47))"),
)


@pytest.fixture(scope="module")
def settled(territory: Territory) -> Territory:
    network = replace(territory.network, places=PLACES)
    return replace(territory, network=network, places=build(network))


@pytest.fixture(scope="module")
def features(settled: Territory) -> list[dict[str, Any]]:
    answer = app_of(settled).test_client().get(f"/map/network/{settled.network.version}.geojson")
    assert "immutable" in answer.headers["Cache-Control"]
    return list(answer.get_json()["features"])


def named(features: list[dict[str, Any]], kind: str) -> set[str]:
    return {one["properties"]["name"] for one in features if one["properties"]["kind"] == kind}


def test_lines_boats_and_stops_are_there_by_name(features: list[dict[str, Any]]) -> None:
    assert (named(features, "line"), named(features, "boat")) == ({"Bus1", "Night"}, {"Boat2"})
    assert named(features, "stop") == {"A", "B", "C", "D", "E", "N", "M"}


def test_a_line_goes_from_stop_to_stop_longitude_first(features: list[dict[str, Any]], settled: Territory) -> None:
    (bus,) = [one for one in features if one["properties"]["name"] == "Bus1"]
    stops = settled.network.stops
    (first,) = [row for row in range(len(stops.lat)) if stops.name[row] == "A"]
    assert bus["geometry"]["coordinates"][0] == pytest.approx([stops.lon[first], stops.lat[first]], abs=1e-5)


def test_of_a_station_and_its_quays_the_station_alone_is_shown(territory: Territory) -> None:
    """C and D, three hundred metres apart, as the quays of B."""
    network = territory.network
    row = {network.stops.id[one]: one for one in range(len(network.stops.lat))}
    parent = network.stops.parent.copy()
    parent[[row["t_C"], row["t_D"]]] = row["t_B"]
    station = replace(territory, network=replace(network, stops=replace(network.stops, parent=parent)))
    answer = app_of(station).test_client().get(f"/map/network/{network.version}.geojson").get_json()
    assert named(answer["features"], "stop") == {"A", "B", "E", "N", "M"}


def test_stops_of_one_name_beside_each_other_are_named_once(territory: Territory) -> None:
    """C and D, three hundred metres apart, as the two sides of Mairie; A, far away, bears that name, too."""
    network = territory.network
    names = Texts.of("Mairie" if name in "ACD" else name for name in network.stops.name)
    street = replace(territory, network=replace(network, stops=replace(network.stops, name=names)))
    answer = app_of(street).test_client().get(f"/map/network/{network.version}.geojson").get_json()
    sides = [one["properties"] for one in answer["features"] if one["properties"]["name"] == "Mairie"]
    assert sorted(side.get("again", False) for side in sides) == [False, False, True]


def test_a_stop_leads_to_its_departures(features: list[dict[str, Any]], settled: Territory) -> None:
    client = app_of(settled).test_client()
    for one in features:
        if one["properties"]["kind"] == "stop":
            assert one["properties"]["name"] in client.get(one["properties"]["href"]).text


def test_places_are_told_by_kind_communes_with_their_people_and_no_zone(features: list[dict[str, Any]]) -> None:
    told = [one["properties"] for one in features if one["geometry"]["type"] == "Point"]
    assert {"kind": "commune", "name": "Bourg", "people": 1200} in told
    assert {"kind": "counter", "name": "Guichet"} in told
    assert named(features, "on_demand") == set()


def test_what_a_language_calls_a_place_stands_beside_its_name_and_other_names_have_another_address(
    settled: Territory,
) -> None:
    aliases = Aliases(names={"br": {"Bourg": "Ar Vourch", "Nowhere": "Neblec’h"}})
    client = app_of(replace(settled, aliases=aliases)).test_client()
    address = re.findall(r'data-network="([^"]+)"', client.get("/").text)[0]
    told = [one["properties"] for one in client.get(address).get_json()["features"]]
    assert {"kind": "commune", "name": "Bourg", "name_br": "Ar Vourch", "people": 1200} in told
    assert "Neblec’h" not in str(told)
    assert client.get(f"/map/network/{settled.network.version}.geojson").status_code == 404, "which has no such names"


def test_another_network_is_not_there(client: CheckedClient) -> None:
    assert client.get("/map/network/0000.geojson").status_code == 404


def test_without_the_library_pages_name_nothing_of_it(territory: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_library, "is_there", lambda: False)
    assert "data-network" not in app_of(territory).test_client().get("/").text
    monkeypatch.setattr(map_library, "is_there", lambda: True)
    assert f"/map/network/{territory.network.version}.geojson" in app_of(territory).test_client().get("/").text
