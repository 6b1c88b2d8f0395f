"""Where a trip ends in a town centre: what is local there, local first; and a place to work that is much nearer."""

from datetime import UTC, datetime

from shapely import box

from mobility.network.place import TerritoryPlace
from mobility.network.terrain import Terrain
from mobility.routing.last_kilometre.option import USUAL_RULES, LastKilometreRules
from mobility.routing.telework import nearer_place
from mobility.routing.town_centre import Item, town_centre
from tests.mobility.routing.surroundings import place, surrounded
from tests.town import at

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)

CENTRE = place("town_centre", "Bourg", "6 0", radius_m="500")
STOPS = "A 0 0, B 6 0, C 6 0.4, D 6.9 0"
LINES = """
    Bus1
    A     B
    8:00  8:15

    Shuttle
    C     B     D
    8:00  8:05  8:10
    """


def items(*places: TerritoryPlace, where: str = "6 0.1", rules: LastKilometreRules = USUAL_RULES) -> list[Item]:
    found = town_centre(surrounded(CENTRE, *places, stops=STOPS, lines=LINES, rules=rules).neighbourhood, at(where))
    assert found is not None
    return list(found.items)


def test_outside_every_town_centre_there_is_nothing_to_say() -> None:
    assert town_centre(surrounded(CENTRE).neighbourhood, at("6 0.6")) is None


def test_a_town_centre_may_be_an_outline() -> None:
    outline = place("town_centre", "Bourg", "6 0", "5 -1, 7 -1, 7 0.2, 5 0.2")
    around = surrounded(outline).neighbourhood
    assert town_centre(around, at("6.9 -0.9")) is not None
    assert town_centre(around, at("6 0.3")) is None


def test_a_line_that_never_leaves_the_town_is_local_to_it() -> None:
    assert [(one.name, one.local, one.operator) for one in items()] == [("Shuttle", True, "Town")]


def test_how_far_a_local_line_may_go_is_a_rule() -> None:
    assert items(rules=LastKilometreRules(centre_line_m=500.0)) == []


def test_car_parks_are_named_round_the_centre_and_not_in_it() -> None:
    found = items(place("car_park", "Inside", "6 0.2"), place("car_park", "Outside", "6 0.8", local="yes"))
    assert [(one.name, one.outside, one.distance_m) for one in found if one.kind == "car_park"] == [
        ("Outside", True, 910)
    ]


def test_a_counter_says_what_it_sells_and_when() -> None:
    counter = place("counter", "Boutique", "6 0.2", sells="tickets;korrigo_card", opening_hours="Mo-Fr 08:00-18:00")
    (found,) = [one for one in items(counter) if one.kind == "counter"]
    assert (found.offers, found.contact.hours, found.local) == (
        ("tickets", "korrigo_card"),
        "Mo-Fr 08:00-18:00",
        True,
    )


def test_what_is_local_comes_first() -> None:
    found = items(
        place("taxi_rank", "Far company", "6 0.1", local="no"),
        place("taxi_rank", "Unknown company", "6 0.1"),
        place("car_park", "Parking", "6 0.8", local="yes"),
        place("counter", "Boutique", "6 0.2"),
    )
    assert [one.name for one in found] == ["Shuttle", "Boutique", "Parking", "Unknown company", "Far company"]


def test_the_three_nearest_of_a_kind_are_enough() -> None:
    found = items(*(place("bike_shelter", f"Abri {n}", f"6 0.{n}") for n in range(1, 5)))
    assert [one.name for one in found if one.kind == "bike_shelter"] == ["Abri 1", "Abri 2", "Abri 3"]


WORK = place("third_place", "Halle", "1 0", opening_hours="Mo-Fr 09:00-18:00")


def test_a_place_to_work_much_nearer_than_the_destination_is_named() -> None:
    found = nearer_place(surrounded(WORK).neighbourhood, at("0 0"), at("10 0"), NOON)
    assert found is not None
    assert (found.where.name, found.distance_m, found.trip_m) == ("Halle", 1300, 13001)


def test_of_several_the_nearest_is_named() -> None:
    nearer = place("third_place", "Quai", "0.5 0")
    found = nearer_place(surrounded(WORK, nearer).neighbourhood, at("0 0"), at("10 0"), NOON)
    assert found is not None and found.where.name == "Quai"


def test_a_short_trip_needs_no_such_place() -> None:
    assert nearer_place(surrounded(WORK).neighbourhood, at("0 0"), at("4 0"), NOON) is None


def test_a_place_that_is_hardly_nearer_is_not_named() -> None:
    assert (
        nearer_place(surrounded(place("third_place", "Loin", "4 0")).neighbourhood, at("0 0"), at("10 0"), NOON) is None
    )


def test_who_goes_to_a_place_to_work_is_not_sent_to_another() -> None:
    there = place("third_place", "Là-bas", "10 0")
    assert nearer_place(surrounded(WORK, there).neighbourhood, at("0 0"), at("10 0"), NOON) is None


def test_a_place_to_work_across_the_water_is_not_near() -> None:
    rade = Terrain(barriers=(box(at("0.4 -9").lon, at("0.4 -9").lat, at("0.6 9").lon, at("0.6 9").lat),))
    assert nearer_place(surrounded(WORK, terrain=rade).neighbourhood, at("0 0"), at("10 0"), NOON) is None
