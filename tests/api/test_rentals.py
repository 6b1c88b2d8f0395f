"""Vehicles for hire over HTTP, and in the last kilometre of a trip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mobility.rentals.systems import FixedBoard, RentalStation, RentalSystem, RentalVehicle, VehicleType
from mobility.routing.territory import Territory
from tests.api.conftest import NOW, app_of
from tests.api.motis import CheckedClient
from tests.town import at, moment, town

STATIONS = (
    RentalStation(
        "1", "Gare", at("3 0.1"), 3, 4, True, True, reported_s=moment(NOW) - 40, web="https://velo.example/1"
    ),
    RentalStation("2", "Mairie", at("3 0.55"), None, None),
)
VELO = RentalSystem("velo", "Vélo", operator="Ville", types=(VehicleType("b"),), stations=STATIONS, local=True)
SCOOTER = VehicleType("s", "SCOOTER_STANDING", "ELECTRIC", "NONE", guessed=False)
TROTT = RentalSystem("trott", "Trott", types=(SCOOTER,), vehicles=(RentalVehicle("v", at("6 0"), "s"),))


@pytest.fixture(scope="module")
def hire() -> CheckedClient:
    network = town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10")
    territory: Territory = replace(network, rentals=FixedBoard((VELO, TROTT)))
    client = app_of(territory).test_client()
    assert isinstance(client, CheckedClient)
    return client


def near(where: str) -> str:
    return f"{at(where).lat},{at(where).lon}"


def test_without_a_place_only_the_systems_are_told(hire: CheckedClient) -> None:
    answer = hire.ask("/api/v1/rentals")
    assert [one["id"] for one in answer["providers"]] == ["velo", "trott"]
    assert (answer["stations"], answer["vehicles"]) == ([], [])


def test_round_a_point_stations_come_with_their_counts_and_their_age(hire: CheckedClient) -> None:
    answer = hire.ask("/api/v1/rentals", point=near("3 0"), radius=1000)
    assert [(one["name"], one["numVehiclesAvailable"], one["isRenting"]) for one in answer["stations"]] == [
        ("Gare", 3, True),
        ("Mairie", 0, False),
    ]
    assert answer["stations"][0]["hent"] == {"vehicles": 3, "docks": 4, "capacity": None, "age": 40}
    assert answer["stations"][1]["hent"]["vehicles"] is None
    assert [one["id"] for one in answer["providers"]] == ["velo"]


@pytest.mark.parametrize(
    ("systems", "known"),
    [
        ((VELO,), True),
        ((TROTT,), True),
        ((replace(VELO, stations=STATIONS[1:]),), False),
        ((), False),
    ],
)
def test_health_says_whether_what_is_for_hire_is_known(systems: tuple[RentalSystem, ...], known: bool) -> None:
    territory = replace(town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10"), rentals=FixedBoard(systems))
    assert app_of(territory).test_client().get("/api/v1/health").json == {"rt": False, "gbfs": known}


def test_in_a_map_section_free_vehicles_are_told(hire: CheckedClient) -> None:
    answer = hire.ask("/api/v1/rentals", min=near("5 -1"), max=near("7 1"))
    assert [(one["id"], one["formFactor"]) for one in answer["vehicles"]] == [("v", "SCOOTER_STANDING")]


def test_a_provider_may_be_asked_for_by_name(hire: CheckedClient) -> None:
    answer = hire.ask("/api/v1/rentals", providers="velo", withStations="false")
    assert ([one["id"] for one in answer["providers"]], answer["stations"]) == (["velo"], [])


def test_a_stop_is_a_point_too(hire: CheckedClient) -> None:
    assert len(hire.ask("/api/v1/rentals", point="t_B", radius=200)["stations"]) == 1


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ({"point": "t_B"}, "radius"),
        ({"min": "x"}, "min"),
        ({"point": "1000,1", "radius": 1}, "point"),
        ({"point": "nowhere", "radius": 1}, "point"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(hire: CheckedClient, parameters: dict[str, str], wrong: str) -> None:
    assert hire.refused("/api/v1/rentals", **parameters)[1]["parameter"] == wrong


def test_a_shared_bike_stands_in_the_last_kilometre(hire: CheckedClient) -> None:
    answer = hire.ask("/api/v6/plan", fromPlace="t_A", toPlace=near("3 0.65"), time="2026-06-03T07:55")
    ways = answer["itineraries"][0]["hent"]["lastKilometre"]
    (bike,) = [one for one in ways if one["kind"] == "shared_vehicle"]
    assert (bike["place"]["name"], bike["until"]["name"], bike["local"]) == ("Gare", "Mairie", "yes")
    assert bike["available"] == {"vehicles": 3, "docks": None, "age": 40}
    assert bike["unknown"] == ["price"]
    assert "3 disponibles, comptés il y a 1 min" in bike["sentence"]
