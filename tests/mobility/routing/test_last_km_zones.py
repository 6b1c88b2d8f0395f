"""A shared vehicle is taken, ridden and left where its operator allows it; the option says where it is not."""

from __future__ import annotations

import pytest
import shapely

from api.present.last_kilometre import option as presented
from api.web.sentences import EASY, LANGUAGES, sentences
from api.web.spaces import NO_BREAK, spaced
from mobility.rentals.systems import RentalStation, RentalSystem, RentalVehicle, VehicleType
from mobility.rentals.zones import FREE, RentalZone, RentalZones, ZoneRule
from mobility.routing.last_kilometre.option import Option
from tests.mobility.routing.surroundings import NOW, line, options, surrounded
from tests.town import at, moment

NO_RIDE, NO_PARKING, NO_WAY = ZoneRule(False, False, True), ZoneRule(True, False, True), ZoneRule(True, True, False)
GOAL = "6 0.6"
DOOR, BETWEEN, ALL = "5 0.5, 7 1", "5.9 0.2, 6.1 0.4", "5 -5, 7 5"


def zone(corners: str, *rules: ZoneRule, until: str = "") -> RentalZone:
    a, b = map(at, corners.split(", "))
    return RentalZone("", shapely.box(a.lon, a.lat, b.lon, b.lat), rules, end_s=moment(until) if until else None)


def scooters(*zones: RentalZone, at_stations: tuple[str, ...] = (), **more: object) -> RentalSystem:
    """One scooter, 100 m from the last stop."""
    kind = VehicleType("s", "SCOOTER_STANDING", "ELECTRIC", "NONE")
    stations = tuple(RentalStation(name, name, at(name), 0, 5, True, True) for name in at_stations)
    vehicle = RentalVehicle("v", at("6 0.1"), "s", reported_s=moment(NOW))
    return RentalSystem(
        "t", "Trott", types=(kind,), stations=stations, vehicles=(vehicle,), zones=RentalZones(zones, **more)
    )


def scooter(system: RentalSystem) -> Option | None:
    found = [one for one in options(surrounded(systems=(system,)), "A", GOAL) if one.kind == "shared_vehicle"]
    return found[0] if found else None


def told(system: RentalSystem) -> str:
    found = scooter(system)
    return line(found).removeprefix("egress shared_vehicle ").split(", unknown")[0] if found else ""


def test_where_parking_is_allowed_it_is_left_at_the_door() -> None:
    found = scooter(scooters())
    assert found is not None
    assert (found.parking, found.until, "parking" in found.unknown) == (True, None, False)


def test_where_parking_at_the_door_is_forbidden_it_is_left_at_the_edge_of_the_zone_and_one_walks_on() -> None:
    system = scooters(zone(DOOR, NO_PARKING))
    found = scooter(system)
    assert told(system) == '6 min 780 m "Trott" > "parking"'
    assert found is not None and found.until is not None and system.zones is not None
    assert (found.parking, found.last_m) == (False, 150)
    assert system.zones.rule(found.until.point, "s", 0).parking is True


def test_where_no_allowed_place_is_near_it_is_said_and_no_time_is_promised() -> None:
    found = scooter(scooters(zone(ALL, NO_PARKING)))
    assert found is not None
    assert (found.duration_s, found.distance_m, found.parking, found.until) == (None, None, False, None)


def test_an_edge_that_is_hardly_nearer_than_the_stop_saves_nothing() -> None:
    assert told(scooters(zone("5 0.11, 7 5", NO_PARKING))) == ""


def test_who_may_start_nowhere_is_offered_nothing() -> None:
    assert told(scooters(zone("5 -1, 7 0.2", NO_RIDE))) == ""


def test_a_zone_that_is_over_forbids_nothing() -> None:
    assert told(scooters(zone(ALL, NO_RIDE, until="2026-06-03 7:00"))) == '5 min 780 m "Trott"'


def test_rules_about_other_vehicles_forbid_nothing() -> None:
    mopeds = ZoneRule(False, False, False, types=frozenset({"moped"}))
    assert told(scooters(zone(ALL, mopeds))) == '5 min 780 m "Trott"'


def test_general_rules_forbid_what_no_zone_allows() -> None:
    system = scooters(zone("5 -1, 7 0.5", FREE), general=(ZoneRule(False, False, False),))
    found = scooter(system)
    assert found is not None
    assert (found.parking, found.until is not None) == (False, True)


def test_zones_that_could_not_be_read_leave_parking_unknown() -> None:
    found = scooter(scooters(whole=False))
    assert found is not None
    assert "parking" in found.unknown


def test_where_only_stations_are_allowed_it_is_given_back_to_one() -> None:
    stations_only = ZoneRule(True, True, True, at_stations=True)
    system = scooters(zone(ALL, stations_only), at_stations=("6 0.55",))
    assert told(system) == '6 min 780 m "Trott" > "6 0.55"'


def test_rules_on_where_rides_end_are_none_for_stations() -> None:
    kind = VehicleType("b", returned="ANY_STATION")
    stations = tuple(RentalStation(name, name, at(name), 3, 5, True, True) for name in ("6 0.1", "6 0.55"))
    docked = RentalSystem("v", "Velo", types=(kind,), stations=stations, zones=RentalZones((zone(ALL, NO_RIDE),)))
    assert told(docked) == '6 min 780 m "6 0.1" > "6 0.55"'


def test_where_riding_is_forbidden_the_way_counts_as_walked() -> None:
    found, free = scooter(scooters(zone(BETWEEN, NO_WAY))), scooter(scooters())
    assert found is not None and free is not None
    assert found.no_riding_m == 260
    assert found.duration_s == free.duration_s + round(260 / 1.33 - 260 / (4.2 * 0.8))


def test_where_one_must_go_slowly_it_takes_longer() -> None:
    slow, free = scooter(scooters(zone(BETWEEN, ZoneRule(True, True, True, most_kph=6)))), scooter(scooters())
    assert slow is not None and free is not None
    assert slow.duration_s == free.duration_s + round(260 / (6 / 3.6) - 260 / (4.2 * 0.8))


def test_a_detour_by_forbidden_ground_is_not_taken_where_another_vehicle_has_none() -> None:
    far = RentalVehicle("far", at("6.25 0.1"), "s", reported_s=moment(NOW))
    system = scooters(zone("5.9 0.15, 6.05 0.55", NO_WAY))
    both = RentalSystem("t", "Trott", types=system.types, vehicles=(*system.vehicles, far), zones=system.zones)
    found = scooter(both)
    assert found is not None and found.place is not None
    assert found.place.id == "far"


SENTENCES = {
    "fr": ("à laisser à 150 m de l’arrivée", "Vous ne pouvez pas le laisser devant la porte : laissez-le 150 m avant"),
    "br": ("da lezel 150 m diouzh al lec’h erruout", "Ne c’hallit ket lezel anezhañ dirak an nor"),
    "en": ("to be left 150 m from where you arrive", "You cannot leave it at the door: leave it 150 m before"),
    EASY: ("il faut le laisser à 150 m", "C’est interdit de le laisser devant la porte. Laissez-le avant."),
}


@pytest.mark.parametrize("language", [*LANGUAGES, EASY])
def test_the_option_says_that_it_cannot_be_left_at_the_door(language: str) -> None:
    found = scooter(scooters(zone(DOOR, NO_PARKING)))
    assert found is not None
    shown = presented(found, sentences(language))
    sentence, how = SENTENCES[language]
    assert sentence in shown["sentence"].replace(NO_BREAK, " ")
    assert how in shown["how"].replace(NO_BREAK, " ")
    assert (shown["parking"], shown["parkingDistance"], shown["until"]["kind"]) == ("no", 150, "parking")


@pytest.mark.parametrize("language", [*LANGUAGES, EASY])
def test_what_is_unknown_forbidden_and_allowed_is_said_in_different_words(language: str) -> None:
    said = sentences(language)
    systems = scooters(), scooters(whole=False), scooters(zone(DOOR, NO_PARKING)), scooters(zone(ALL, NO_PARKING))
    ways = [presented(found, said)["how"] for system in systems if (found := scooter(system))]
    assert len(set(ways)) == 4


def test_forbidden_ground_on_the_way_is_said() -> None:
    found = scooter(scooters(zone(BETWEEN, NO_WAY)))
    assert found is not None
    shown = presented(found, sentences("fr"))
    told = "Rouler est interdit sur 260 m du chemin direct : faites le tour, ou marchez à côté."
    assert shown["how"].endswith(spaced(told, "fr"))
    assert shown["noRiding"] == 260
