"""Each feature can be switched off, and the rest goes on."""

import pytest

from api.config import Config, parse_config
from api.config.pages import FeaturesSection
from api.config.surroundings import last_kilometre_rules
from mobility.routing.territory import Territory
from tests.api.conftest import ROOT, app_of
from tests.api.motis import CheckedClient
from tests.api.pages.test_trip import FORM
from tests.api.resources import resources_of_ours

PROFILE = "/api/v1/carpool/account"


def config(more: str) -> Config:
    return parse_config((ROOT / "config.toml").read_text("utf-8") + more, ROOT)


def without(territory: Territory, feature: str) -> CheckedClient:
    client = app_of(territory, settings=config(f"\n[features]\n{feature} = false\n")).test_client()
    assert isinstance(client, CheckedClient)
    return client


@pytest.mark.parametrize("feature", FeaturesSection.model_fields)
def test_trips_are_found_without(territory: Territory, feature: str) -> None:
    client = without(territory, feature)
    assert "8:00 → 8:50" in client.post("/", data=FORM).text
    for path in ("/", "/lines", "/lines/t_Bus1", "/stops/t_A", "/counters", "/ranking"):
        assert client.get(path).status_code == 200, path


def test_nobody_signs_in_where_there_are_no_accounts_or_no_carpools(
    territory: Territory, client: CheckedClient
) -> None:
    paths = ["/api/carpool/codes", "/api/carpool/offers"]
    for feature in ("accounts", "carpool"):
        answers = [without(territory, feature).post(path, json={}).status_code for path in paths]
        assert answers == [404, 404]
    assert 404 not in [client.post(path, json={}).status_code for path in paths]


def test_the_pages_of_carpooling_go_with_what_they_need(territory: Territory, client: CheckedClient) -> None:
    assert 'href="/carpool"' in client.get("/").text
    for feature in ("accounts", "carpool"):
        off = without(territory, feature)
        assert 'href="/carpool"' not in off.get("/").text
        assert off.get("/carpool").status_code == 404


def test_no_map_is_drawn_where_it_is_off(territory: Territory, client: CheckedClient) -> None:
    assert "data-map" in client.get("/lines").text
    for path in ("/", "/lines", "/lines/t_Bus1"):
        assert "data-map" not in without(territory, "map").get(path).text


def test_shared_vehicles_are_not_even_fetched_where_they_are_off() -> None:
    rentals = '[[rentals]]\nid = "velo"\nurl = "https://velo.example/gbfs.json"\n'
    assert len(config(rentals).rentals) == 1
    assert config(rentals + "[features]\nrentals = false\n").rentals == ()


def test_carpools_are_off_in_every_search() -> None:
    off = config("[features]\ncarpool = false\n")
    assert not off.carpool.search
    assert off.covoiturage.operator is None
    assert not last_kilometre_rules(off).carpool


@pytest.mark.parametrize("feature", FeaturesSection.model_fields)
def test_the_description_tells_just_what_is_there_whatever_is_off(territory: Territory, feature: str) -> None:
    off = without(territory, feature)
    assert set(off.get("/openapi.json").get_json()["paths"]) == resources_of_ours(off.application)


@pytest.mark.parametrize("feature", ["accounts", "carpool"])
def test_nothing_of_carpooling_is_described_where_it_is_off(
    territory: Territory, client: CheckedClient, feature: str
) -> None:
    on, off = (one.get("/openapi.json").get_json()["paths"] for one in (client, without(territory, feature)))
    gone = set(on) - set(off)
    assert {"/api/carpool/offers", "/api/me", "/data/carpool.gtfs.zip"} <= gone
    assert {without(territory, feature).get(path).status_code for path in gone if "{" not in path} == {404}
    assert "/api/trips" in off
