"""Zones of shared vehicles from a server on loopback to the answer: in `rentals`, and in the last kilometre."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from mobility.polyline import decode
from mobility.rentals.current import FollowedRentals
from mobility.rentals.gbfs_fetch import RentalSource
from tests.api.conftest import NOW, app_of
from tests.api.motis import CheckedClient
from tests.mobility.feeds.following import served, start_of
from tests.town import at, moment, town

Json = Any
GOAL = "3 0.65"
DOORS, MARKET = ("2 0.5", "4 1"), ("8 8", "9 9")
KIND = {"vehicle_type_id": "s", "form_factor": "scooter_standing", "propulsion_type": "electric"}


def corners(west_south: str, east_north: str) -> list[list[float]]:
    """Clockwise."""
    a, b = at(west_south), at(east_north)
    return [[a.lon, a.lat], [a.lon, b.lat], [b.lon, b.lat], [b.lon, a.lat], [a.lon, a.lat]]


def feature(name: Json, area: tuple[str, str], rule: Json) -> Json:
    shape = {"type": "MultiPolygon", "coordinates": [[corners(*area)]]}
    return {"type": "Feature", "geometry": shape, "properties": {"name": name, "rules": [rule]}}


def files(version: str, kind: str, vehicle: Json, features: list[Json], **more: Json) -> dict[str, bytes]:
    place = {"lat": at("3 0.1").lat, "lon": at("3 0.1").lon, "vehicle_type_id": "s"}
    documents = {
        kind: {"last_updated": moment(NOW) - 40, "data": {vehicle[0]: [place | vehicle[1]]}},
        "vehicle_types": {"data": {"vehicle_types": [KIND]}},
        "geofencing_zones": {
            "version": version,
            "data": {"geofencing_zones": {"type": "FeatureCollection", "features": features}, **more},
        },
    }
    return {name: json.dumps(told).encode() for name, told in documents.items()} | {"gbfs.json": start_of(*documents)}


def version_2(*more: Json) -> dict[str, bytes]:
    no_ride = {"vehicle_type_id": ["s"], "ride_allowed": False, "ride_through_allowed": True, "maximum_speed_kph": 8}
    return files("2.3", "free_bike_status", ("bikes", {"bike_id": "v"}), [*more, feature("Mairie", DOORS, no_ride)])


def version_3(*more: Json) -> dict[str, bytes]:
    all_but_the_end = {"ride_start_allowed": True, "ride_end_allowed": False, "ride_through_allowed": True}
    name = [{"text": "Ti-kêr", "language": "br"}, {"text": "Mairie", "language": "fr"}]
    features = [*more, feature(name, DOORS, all_but_the_end | {"maximum_speed_kph": 8})]
    anywhere = {"ride_start_allowed": True, "ride_end_allowed": True, "ride_through_allowed": True}
    return files("3.0", "vehicle_status", ("vehicles", {"vehicle_id": "v"}), features, global_rules=[anywhere])


@contextmanager
def hire(found: dict[str, bytes]) -> Iterator[CheckedClient]:
    network = town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10")
    with served(found) as base:
        board = FollowedRentals((RentalSource("trott", f"{base}/gbfs.json"),), patience_s=5)
        client = app_of(replace(network, rentals=board)).test_client()
        assert isinstance(client, CheckedClient)
        yield client


def scooter(client: CheckedClient, **more: str) -> Json:
    asked = {"fromPlace": "t_A", "toPlace": f"{at(GOAL).lat},{at(GOAL).lon}", "time": "2026-06-03T07:55"}
    answer = client.ask("/api/v6/plan", **asked, **more)
    ways = answer["itineraries"][0]["hent"]["lastKilometre"]
    return next((one for one in ways if one["kind"] == "shared_vehicle"), None)


BOTH = pytest.mark.parametrize("published", [version_2, version_3], ids=["2.3", "3.0"])


@BOTH
def test_a_scooter_is_left_outside_the_zone_in_which_none_may_stay(published: Any) -> None:
    with hire(published()) as client:
        way = scooter(client, language="en")
    assert (way["parking"], way["until"]["kind"]) == ("no", "parking")
    assert at("3 0.4").lat < way["until"]["lat"] < at("3 0.5").lat
    assert way["how"].startswith(
        "Take it here: in the street, where trott shows it. "
        "You cannot leave it at the door: leave it 220 m before, then walk."
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("1 disponible, compté", "Prenez-le ici : dans la rue, là où trott le montre.")),
        ("br", ("1 da gaout, kontet", "Kemerit anezhañ amañ : er straed, el lec’h ma tiskouez trott anezhañ.")),
        ("en", ("1 available, counted", "Take it here: in the street, where trott shows it.")),
    ],
)
def test_a_single_scooter_in_the_street_is_told_as_one_without_a_station(language: str, said: tuple[str, str]) -> None:
    with hire(version_2()) as client:
        way = scooter(client, language=language)
    assert said[0] in way["sentence"]
    assert said[1] in way["how"]


def test_two_people_are_not_offered_one_scooter() -> None:
    with hire(version_2()) as client:
        assert scooter(client, passengers="2") is None


@BOTH
def test_zones_are_told_with_the_first_one_on_top(published: Any) -> None:
    free = {"ride_allowed": True, "ride_start_allowed": True, "ride_end_allowed": True, "ride_through_allowed": True}
    with hire(published(feature("Halles", MARKET, free))) as client:
        answer = client.ask("/api/v1/rentals", providers="trott")
    first, second = answer["zones"]
    assert [(zone["name"], zone["z"]) for zone in (first, second)] == [("Halles", 2), ("Mairie", 1)]
    (rule,) = second["rules"]
    assert (rule["rideEndAllowed"], rule["rideThroughAllowed"]) == (False, True)
    assert rule["hent"] == {"maxSpeed": 8, "unknown": []}
    assert answer["providers"][0]["hent"]["zones"] == {"known": 2, "whole": True, "findings": []}


def test_version_3_tells_its_general_rules() -> None:
    with hire(version_3()) as client:
        (provider,) = client.ask("/api/v1/rentals")["providers"]
    assert [rule["rideEndAllowed"] for rule in provider["globalGeofencingRules"]] == [True]


def test_an_outline_is_a_line_of_six_decimals() -> None:
    with hire(version_2()) as client:
        (zone,) = client.ask("/api/v1/rentals", providers="trott")["zones"]
    (((ring),),) = zone["area"]
    assert (ring["precision"], ring["length"]) == (6, 5)
    lat, lon = decode(ring["points"], 6)
    assert sorted(zip(lon, lat, strict=True)) == [pytest.approx(corner, abs=1e-6) for corner in sorted(corners(*DOORS))]
    assert zone["bbox"] == pytest.approx([at("2 0.5").lon, at("2 0.5").lat, at("4 1").lon, at("4 1").lat])


@pytest.mark.parametrize(
    ("question", "seen"),
    [
        ({"min": "2.5 0.6", "max": "2.6 0.7"}, 1),
        ({"min": "5 5", "max": "6 6"}, 0),
        ({"point": "3 0.3", "radius": "300"}, 1),
        ({"point": "3 0.3", "radius": "100"}, 0),
        ({"min": "2.5 0.6", "max": "2.6 0.7", "withZones": "false"}, 0),
    ],
)
def test_zones_are_told_of_the_part_that_is_looked_at(question: dict[str, str], seen: int) -> None:
    places = {"min", "max", "point"}
    asked = {key: f"{at(value).lat},{at(value).lon}" if key in places else value for key, value in question.items()}
    with hire(version_2()) as client:
        assert len(client.ask("/api/v1/rentals", providers="trott", **asked)["zones"]) == seen


def test_a_zone_that_cannot_be_read_is_told_as_a_finding_and_parking_as_unknown() -> None:
    broken = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": "x"}, "properties": {}}
    published = version_2()
    published["geofencing_zones"] = json.dumps({"data": {"geofencing_zones": {"features": [broken]}}}).encode()
    with hire(published) as client:
        (provider,) = client.ask("/api/v1/rentals")["providers"]
        way = scooter(client)
    assert provider["hent"]["zones"]["findings"] == ["geofencing_zones: features[0].geometry: no polygon"]
    assert (way["parking"], "parking" in way["unknown"]) == ("unknown", True)


def test_a_rule_about_vehicles_that_there_are_not_is_not_told_as_one_about_all() -> None:
    mopeds = {"vehicle_type_id": ["moped"], "ride_allowed": False, "ride_through_allowed": False}
    with hire(version_2(feature("Quai", MARKET, mopeds))) as client:
        first, _ = client.ask("/api/v1/rentals", providers="trott")["zones"]
    assert first["rules"] == []
