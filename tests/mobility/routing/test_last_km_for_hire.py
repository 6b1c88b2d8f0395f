"""Vehicles for hire between the door and the stop: where they are, what may be done with them, what is not known."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mobility.planning.planner import plan
from mobility.rentals.systems import PricingPlan, Rate, RentalSystem, RentalVehicle, VehicleType
from mobility.routing.last_kilometre.both_ends import last_kilometres
from mobility.routing.last_kilometre.option import VehiclePrice
from mobility.travellers.profiles import Profile
from tests.mobility.routing.surroundings import FACTORS, NOW, at_end, bikes, options, surrounded, told
from tests.town import ask, at, moment

VELO = bikes(("Gare", "6 0.1", 3, 4), ("Mairie", "6 0.5", 2, 5))


def test_a_shared_bike_is_taken_near_the_stop_and_given_back_near_the_door() -> None:
    found = at_end("egress", told(surrounded(systems=(VELO,)), "A", "6 0.65"))
    assert 'shared_vehicle 7 min 845 m "Gare" > "Mairie", unknown: price local' in found


def test_counts_are_told_with_their_age() -> None:
    (found,) = [one for one in options(surrounded(systems=(VELO,)), "A", "6 0.65") if one.kind == "shared_vehicle"]
    assert found.counted is not None
    assert (found.counted.vehicles, found.counted.docks, found.counted.age_s) == (3, 5, 40)


def test_a_station_without_a_bike_is_passed_by() -> None:
    empty = bikes(("Gare", "6 0.1", 0, 4), ("Port", "6 -0.2", 1, 4), ("Mairie", "6 0.5", 2, 5))
    found = told(surrounded(systems=(empty,)), "A", "6 0.65")
    assert any('"Port" > "Mairie"' in line for line in found)


def test_a_station_without_a_free_dock_takes_nothing_back() -> None:
    full = bikes(("Gare", "6 0.1", 3, 4), ("Mairie", "6 0.5", 2, 0))
    assert not any("shared" in line for line in told(surrounded(systems=(full,)), "A", "6 0.65"))


def test_nobody_gives_a_bike_back_where_it_was_taken() -> None:
    alone = bikes(("Gare", "6 0.3", 3, 4))
    assert not any("shared" in line for line in told(surrounded(systems=(alone,)), "A", "6 0.65"))


def test_what_is_free_for_hire_tomorrow_is_not_known() -> None:
    found = told(surrounded(systems=(VELO,)), "A", "6 0.65", when="2026-06-04 7:50")
    assert any("shared_vehicle" in line and "available" in line for line in found)


def test_counts_are_of_the_bus_that_is_there_within_the_hour_and_not_of_the_next_ones() -> None:
    lines = """
        Bus1
        A      B
        8:00   8:15
        11:00  11:15
        """
    territory = surrounded(lines=lines, systems=(VELO,))
    found = plan(territory, ask(territory, "A", "6 0.65", NOW, window_s=4 * 3600))
    ends = last_kilometres(territory, found.query, FACTORS, moment(NOW))
    hired = [next(way for way in ends.of(one)[1] if way.kind == "shared_vehicle") for one in found.itineraries]
    assert ["available" in one.unknown for one in hired] == [False, True]


def test_a_scooter_that_stands_free_is_left_at_the_door() -> None:
    scooter = VehicleType("s", "SCOOTER_STANDING", "ELECTRIC", "NONE")
    plan = PricingPlan("p", "p", "EUR", Decimal(1), (Rate(0, Decimal("0.2"), 1),))
    free = replace(VELO, stations=(), types=(scooter,), plans=(plan,), vehicles=(RentalVehicle("v", at("6 0.1"), "s"),))
    found = at_end("egress", told(surrounded(systems=(free,)), "A", "6 0.6"))
    assert 'shared_vehicle 5 min 780 m "Velo" 1.80 EUR, unknown: co2e local parking' in found


def shared(*systems: RentalSystem, **rest: object) -> list[str]:
    found = told(surrounded(systems=systems), "A", "6 0.65", **rest)
    return [line for line in at_end("egress", found) if "shared" in line]


def test_a_bike_of_a_station_is_never_left_at_the_door_where_nobody_says_that_it_may() -> None:
    """motis#731: before GBFS 2.3 no operator can say where a vehicle is given back."""
    silent = replace(VELO, types=(VehicleType("b", returned="NONE", guessed=True),))
    assert shared(silent) == ['shared_vehicle 7 min 845 m "Gare" > "Mairie", unknown: price local']


def test_vehicles_and_docks_are_counted_by_kind() -> None:
    kinds = VehicleType("bike", guessed=False), VehicleType("cargo", guessed=False)
    gare = replace(VELO.stations[0], by_type=(("bike", 0), ("cargo", 3)))
    mairie = replace(VELO.stations[1], docks_by_type=(("bike", 5),))
    assert shared(replace(VELO, types=kinds, stations=(gare, mairie))) == []
    both = replace(mairie, docks_by_type=(("bike", 4), ("cargo", 1)))
    assert len(shared(replace(VELO, types=kinds, stations=(gare, both)))) == 1


def test_a_closed_station_neither_rents_nor_takes_back() -> None:
    gare, mairie = VELO.stations
    weekend = "Sa-Su 08:00-18:00"
    assert shared(replace(VELO, stations=(replace(gare, hours=weekend), mairie))) == []
    assert shared(replace(VELO, stations=(gare, replace(mairie, hours=weekend)))) == []
    assert shared(replace(VELO, hours=weekend)) == []
    always = tuple(replace(one, hours="24/7") for one in VELO.stations)
    assert len(shared(replace(VELO, hours=weekend, stations=always))) == 1


def test_a_vehicle_goes_no_farther_than_its_range_and_is_back_in_time() -> None:
    far = scooters("6 0.1")
    (vehicle,) = far.vehicles
    assert len(shared(far)) == 1
    assert shared(replace(far, vehicles=(replace(vehicle, range_m=300.0),))) == []
    (kind,) = far.types
    nearly_empty = replace(far, types=(replace(kind, range_m=10_000.0),), vehicles=(replace(vehicle, fuel=0.01),))
    assert shared(nearly_empty) == []
    assert shared(replace(far, vehicles=(replace(vehicle, until_s=moment("2026-06-03 7:51")),))) == []


def test_the_price_of_the_vehicle_itself_goes_before_that_of_its_kind() -> None:
    plans = tuple(PricingPlan(id, id, "EUR", Decimal(base), taxed=base == 1) for id, base in (("p", 1), ("q", 2)))
    (kind,), (vehicle,) = scooters("6 0.1").types, scooters("6 0.1").vehicles
    own = replace(
        VELO, stations=(), types=(replace(kind, plan="p"),), plans=plans, vehicles=(replace(vehicle, plan="q"),)
    )
    (found,) = [one for one in options(surrounded(systems=(own,)), "A", "6 0.65") if one.kind == "shared_vehicle"]
    assert found.price == VehiclePrice(200, "EUR", taxed=False)


def scooters(*where: str) -> RentalSystem:
    scooter = VehicleType("s", "SCOOTER_STANDING", "ELECTRIC", "NONE")
    vehicles = tuple(RentalVehicle(f"v{number}", at(point), "s") for number, point in enumerate(where))
    return replace(VELO, stations=(), types=(scooter,), vehicles=vehicles)


@pytest.mark.parametrize(
    ("system", "offered"),
    [
        (scooters("6 0.1"), []),
        (scooters("6 0.1", "6 0.5"), []),
        (scooters("6 0.1", "6 0.12"), [2]),
        (bikes(("Gare", "6 0.1", 1, 4), ("Mairie", "6 0.5", 2, 5)), []),
        (bikes(("Gare", "6 0.1", 3, 4), ("Mairie", "6 0.5", 2, 1)), []),
        (VELO, [3]),
    ],
)
def test_two_are_offered_two_vehicles_or_none(system: RentalSystem, offered: list[int]) -> None:
    found = options(surrounded(systems=(system,)), "A", "6 0.65", profile=Profile(party=2))
    assert [one.counted.vehicles for one in found if one.kind == "shared_vehicle" and one.counted] == offered
