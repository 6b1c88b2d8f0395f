"""`geocode` and `reverse-geocode` on the demo territory, as schema Match of the MOTIS API."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from api.app import create_app
from api.config import read_config
from demo.build import TERRITORY
from demo.build import build as build_demo
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.network.straight_line import StraightLine
from mobility.places.build import build as build_places
from mobility.places.files import read_places
from mobility.routing.territory import Territory
from mobility.search.days import Days

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 6, 1)
FILES = {"commune": "communes.csv", "counter": "counters.csv", "third_place": "third_places.csv"}


class Fixed:
    def __init__(self, territory: Territory) -> None:
        self._territory = territory

    def territory(self) -> Territory:
        return self._territory


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    feed, _ = accept(
        build_demo(tmp_path_factory.mktemp("demo"), TODAY), FeedSource("lorient", "x"), ReadLimits(), TODAY
    )
    places = [place for kind, file in FILES.items() for place in read_places(kind, TERRITORY / file)]
    network = build([feed], zone="Europe/Paris", places=tuple(places))
    territory = Territory(network, StraightLine(network), Days(network), build_places(network))
    with create_app(read_config(ROOT / "config.toml"), Fixed(territory)).test_client() as client:
        yield client


def geocode(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/geocode", query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json  # type: ignore[return-value]


def reverse(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/reverse-geocode", query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json  # type: ignore[return-value]


def refused(client: FlaskClient, path: str, **query: Any) -> str:
    answer = client.get(f"/api/v1/{path}", query_string=query)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    return str(answer.json["parameter"])  # type: ignore[index]


@pytest.mark.parametrize("typed", ["Gare d'Échanges", "gare d'echanges", "gare dechange", "gare echan"])
def test_the_interchange_is_found_however_it_is_written(client: FlaskClient, typed: str) -> None:
    first = geocode(client, text=typed)[0]
    assert (first["type"], first["name"], first["id"]) == ("STOP", "Gare d'Échanges", "lorient_gare")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("port louis", "Port-Louis"), ("groix", "Groix"), ("locmikelic", "Locmiquélic"), ("st guenael", "Saint-Guénaël")],
)
def test_communes_and_stops_are_found_in_spite_of_typing_errors(client: FlaskClient, typed: str, name: str) -> None:
    assert geocode(client, text=typed)[0]["name"] == name


def test_a_match_tells_the_commune_the_zone_and_the_modes(client: FlaskClient) -> None:
    match = geocode(client, text="kernével quai", type="STOP")[0]
    assert (match["areas"], match["tz"], match["modes"]) == (
        [{"name": "Larmor-Plage", "adminLevel": 8, "matched": False, "default": True}],
        "Europe/Paris",
        ["FERRY"],
    )


def test_a_match_tells_what_was_recognised(client: FlaskClient) -> None:
    assert geocode(client, text="gare ech")[0]["tokens"] == [[0, 4], [7, 3]]


def test_only_the_types_asked_for_are_found(client: FlaskClient) -> None:
    assert {match["type"] for match in geocode(client, text="port louis", type="STOP")} == {"STOP"}
    assert {match["type"] for match in geocode(client, text="port louis", type="PLACE,ADDRESS")} == {"PLACE"}
    assert geocode(client, text="port louis", type="ADDRESS") == []


def test_only_stops_of_the_mode_asked_for_are_found(client: FlaskClient) -> None:
    stops = geocode(client, text="port louis", type="STOP", mode="FERRY")
    assert {tuple(stop["modes"]) for stop in stops} == {("FERRY",)}


def test_as_many_as_asked_for_are_found_and_ten_by_default(client: FlaskClient) -> None:
    assert [len(geocode(client, text="e", **limit)) for limit in ({}, {"numResults": 3})] == [10, 3]


def test_more_than_the_operators_limit_is_refused_by_its_name(client: FlaskClient) -> None:
    assert len(reverse(client, place="47.7553,-3.3637", numResults=50)) == 50
    answer = client.get("/api/v1/geocode", query_string={"text": "e", "numResults": 51})
    assert (answer.status_code, (answer.json or {})["parameter"]) == (400, "numResults")


def test_places_near_the_bias_come_first(client: FlaskClient) -> None:
    first = geocode(client, text="mairie", type="STOP", place="47.7072,-3.3550", placeBias=3)[0]
    assert first["name"] == "Port-Louis Mairie"


def test_only_places_in_the_box_are_found(client: FlaskClient) -> None:
    island = geocode(client, text="port", min="47.61,-3.41", max="47.66,-3.53")
    assert {match["areas"][0]["name"] for match in island} == {"Groix"}


def test_a_position_is_a_place(client: FlaskClient) -> None:
    (match,) = geocode(client, text="47.7453, -3.3637")
    assert (match["type"], match["id"], match["lat"], match["areas"][0]["name"]) == (
        "PLACE",
        "47.7453,-3.3637",
        47.7453,
        "Lorient",
    )


def test_nothing_typed_yet_finds_nothing(client: FlaskClient) -> None:
    assert geocode(client, text="") == []


def test_the_nearest_stops_of_a_position_come_first(client: FlaskClient) -> None:
    stops = reverse(client, place="47.7553,-3.3637", type="STOP", numResults=2)
    assert (stops[0]["name"], len(stops)) == ("Gare d'Échanges", 2)


def test_far_from_the_territory_nothing_is_near(client: FlaskClient) -> None:
    assert reverse(client, place="60.17,24.93") == []


def test_newer_paths_answer_alike_with_their_own_names_of_modes(client: FlaskClient) -> None:
    one, six = (client.get(f"/api/v{version}/geocode?text=groix").json for version in (1, 6))
    assert one == six != []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({}, "text"),
        ({"text": "a", "type": "HOUSE"}, "type"),
        ({"text": "a", "mode": "ROCKET"}, "mode"),
        ({"text": "a", "place": "Lorient"}, "place"),
        ({"text": "a", "numResults": "0"}, "numResults"),
        ({"text": "a", "placeBias": "much"}, "placeBias"),
        ({"text": "a", "min": "47,-3"}, "max"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(client: FlaskClient, query: dict[str, str], parameter: str) -> None:
    assert refused(client, "geocode", **query) == parameter


@pytest.mark.parametrize("query", [{}, {"place": "Lorient"}, {"place": "91,0"}])
def test_a_reverse_search_needs_a_position(client: FlaskClient, query: dict[str, str]) -> None:
    assert refused(client, "reverse-geocode", **query) == "place"


@pytest.mark.parametrize("text", ["Gare d'Échanges", "Port-Louis", "Boutique mobilité"])
def test_what_openstreetmap_has_no_value_for_has_no_category(client: FlaskClient, text: str) -> None:
    """A stop, a commune, a counter: clients choose a picture by it and show none for a word of ours."""
    assert "category" not in geocode(client, text=text)[0]


@pytest.mark.skipif("HENT_SPECS" not in os.environ, reason="HENT_SPECS does not name the folder of the specifications")
def test_every_match_has_the_shape_of_the_specification(client: FlaskClient) -> None:
    specification = yaml.safe_load((Path(os.environ["HENT_SPECS"]) / "motis_openapi.yaml").read_text("utf-8"))
    schema = {"type": "array", "items": {"$ref": "#/components/schemas/Match"}}
    validator = Draft202012Validator(schema | {"components": specification["components"]})
    for text in ("gare", "port louis", "covoiturage", "47.7,-3.4"):
        validator.validate(geocode(client, text=text))
    validator.validate(reverse(client, place="47.75,-3.36"))
