"""What a map is told first, and what may be kept of it."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from mobility.routing.territory import Territory
from mobility.streets.router import router_of
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.mobility.streets import tiny

INITIAL = "/api/v1/map/initial"


def test_without_a_map_of_streets_none_is_promised(client: CheckedClient) -> None:
    can_do = client.ask(INITIAL)["serverConfig"]
    assert (can_do["hasStreetRouting"], can_do["hasRoutedTransfers"]) == (False, False)


def test_where_streets_are_in_service_they_are_promised(territory: Territory) -> None:
    streets = tiny.streets("A 0 0, B 100 0\nA B | highway=residential")
    on_streets = replace(territory, streets=router_of(streets, territory.network))
    can_do = app_of(on_streets).test_client().get(INITIAL).json["serverConfig"]
    assert (can_do["hasStreetRouting"], can_do["hasRoutedTransfers"]) == (True, True)


def test_a_map_begins_where_the_config_says_if_the_network_lies_there(client: CheckedClient) -> None:
    view = client.ask(INITIAL)
    assert (view["lat"], view["lon"]) == (47.745, -3.366)


def test_a_map_of_a_foreign_city_begins_in_the_middle_of_its_network(ask_town: Any) -> None:
    stops = """
        stop_id,stop_name,stop_lat,stop_lon
        A,Duomo,45.40,9.10
        B,Centrale,45.50,9.30
        """
    view = ask_town("A 0 0", "Bus1\nA B\n8:00 8:10", more={"stops": stops}).ask(INITIAL)
    assert (view["lat"], view["lon"]) == (45.45, 9.2)
    assert 10 < view["zoom"] < 12


def test_nothing_is_known_of_the_inside_of_buildings(client: CheckedClient) -> None:
    assert client.ask("/api/v1/map/levels", min="47,-4", max="48,-3") == []


def test_shared_vehicles_are_found_under_their_former_path(client: CheckedClient) -> None:
    assert client.ask("/api/v1/map/rentals") == client.ask("/api/v1/rentals")


@pytest.mark.parametrize(
    "path", [INITIAL, "/api/v1/map/levels", "/api/v6/stop?stopId=t_A", "/api/v6/map/stops?min=47,-4&max=48,-3"]
)
def test_what_holds_nobodys_place_may_be_kept(client: CheckedClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"].startswith("public, max-age=")


@pytest.mark.parametrize(
    "path",
    ["/api/v6/plan?fromPlace=t_A&toPlace=t_C", "/api/v6/one-to-all?one=t_A&maxTravelTime=10", "/api/v1/geocode?text=A"],
)
def test_what_holds_somebodys_place_is_not(client: CheckedClient, path: str) -> None:
    assert client.get(f"/api/{path}").headers["Cache-Control"] == "no-store"


def test_an_answer_is_compressed_for_who_takes_it(client: CheckedClient) -> None:
    path = "/api/v6/plan?fromPlace=t_A&toPlace=t_C&time=2026-06-03T06:00:00Z"
    as_sent = FlaskClient(client.application)
    plain, small = as_sent.get(path), as_sent.get(path, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 2
    assert gzip.decompress(small.data)[:20] == plain.data[:20]


def test_who_is_signed_in_gets_no_answer_whose_size_could_tell_a_secret(client: CheckedClient) -> None:
    path = "/api/v6/plan?fromPlace=t_A&toPlace=t_C&time=2026-06-03T06:00:00Z"
    answer = client.get(path, headers={"Accept-Encoding": "gzip", "Authorization": "Bearer x"})
    assert "Content-Encoding" not in answer.headers


def test_the_first_link_of_an_answer_names_the_licences(client: CheckedClient) -> None:
    assert client.get(INITIAL).headers.getlist("Link")[0] == '</data/>; rel="license"'
