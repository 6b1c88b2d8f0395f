"""To the first stop and from the last one by own bike or car: small towns, a question, and the answer in lines.

Each option stands with its labels, a direct way begins with `or`; an empty answer says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from shapely import box

from mobility.impact import Factor, Factors
from mobility.network.graph import with_place_ways
from mobility.network.place import TerritoryPlace
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.planning.planner import plan
from mobility.ranking.codes import Code
from mobility.ranking.costs import RankingSettings
from mobility.ranking.options import choose
from mobility.routing.query import Walking
from mobility.streets.router import OnStreets
from tests.mobility.routing.surroundings import place, surrounded
from tests.mobility.streets.tiny import streets
from tests.town import ask, at

DAY = "2026-06-03"
FACTORS = Factors({"BUS": Factor(100.0), "FERRY": Factor(None), "CAR": Factor(200.0)})
PARK = place("car_park", "Park", "4 0")
CITY_PARK = place("car_park", "Centre", "11.8 0")
RIVER = Terrain(barriers=(box(at("2.9 0").lon, at("0 -9").lat, at("3.1 0").lon, at("0 9").lat),), quay_m=20)
WALK, BIKE, PARKED, DRIVEN = "WALK", "BIKE", "CAR_PARKING", "CAR_DROPOFF"
EXPRESS = "Bus1\nP C\n8:30 8:45\n9:00 9:15"
ROAD_ROUND = """
    A 0 0, E 8000 0, F 0 -3000, G 3000 -3000, H 3000 -1000
    A E | highway=primary
    A F G H | highway=primary
    """
ISLAND = """
    A 0 0, B 4000 0, C 4100 0, X 9000 0, Y 9500 0
    A B C | highway=primary
    C X | route=ferry
    X Y | highway=residential
    """


@dataclass(frozen=True)
class Situation:
    """question: `0 0 > 12 0 8:00`, kilometres on the plan or stops; `by 9:00` to be there by then."""

    name: str
    stops: str
    lines: str
    question: str
    answer: str
    access: tuple[str, ...] = (WALK,)
    egress: tuple[str, ...] = (WALK,)
    places: tuple[TerritoryPlace, ...] = (PARK,)
    terrain: Terrain = OPEN_GROUND
    streets: str = ""
    more: dict[str, str] | None = None
    asked: dict[str, Any] | None = None


SITUATIONS = (
    Situation(
        "who lives far from every stop drives to a car park and rides on",
        "P 4.1 0, C 12 0", EXPRESS, "0 0 > 12 0 8:00",
        "car 13m > Park | walk 2m > P | Bus1 P 8:30 > C 8:45 | walk 1m > X (1830 g)",
        access=(WALK, PARKED),
    ),
    Situation(
        "the same to be there by nine",
        "P 4.1 0, C 12 0", EXPRESS, "0 0 > 12 0 by 9:00",
        "car 13m > Park | walk 2m > P | Bus1 P 8:30 > C 8:45 | walk 1m > X (1830 g)",
        access=(WALK, PARKED),
    ),
    Situation(
        "nobody is told of a car who did not speak of one",
        "P 4.1 0, C 12 0", EXPRESS, "0 0 > 12 0 8:00",
        "nothing: no_stop_near_origin",
    ),
    Situation(
        "a car park beside the destination is no park and ride",
        "P 11.9 0, C 12 0.6", "Bus1\nP C\n8:30 8:35", "0 0 > 12 0.6 8:00",
        "nothing: no_stop_near_origin",
        access=(WALK, PARKED), places=(CITY_PARK,), asked={"walking": {"drive_s": 3600}},
    ),
    Situation(
        "nobody drives past the destination to ride back",
        "P -4.1 0, C 3 0", "Bus1\nP C\n8:30 8:45", "0 0 > 3 0 8:00",
        "nothing: no_stop_near_origin",
        access=(WALK, PARKED), places=(place("car_park", "Beyond", "-4 0"),),
    ),
    Situation(
        "nobody drives longer to the park than all the way",
        "P 3.1 -1, C 8 0", "Bus1\nP C\n8:30 8:45", "0 0 > 8 0 8:00",
        "nothing: no_stop_near_origin",
        access=(WALK, PARKED), places=(place("car_park", "Round", "3 -1"),), streets=ROAD_ROUND,
    ),
    Situation(
        "nobody drives most of the way to ride the rest",
        "P 5.6 0, C 8 0", "Bus1\nP C\n8:30 8:45", "0 0 > 8 0 8:00",
        "nothing: no_stop_near_origin",
        access=(WALK, PARKED), places=(place("car_park", "Late", "5.5 0"),), streets=ROAD_ROUND,
    ),
    Situation(
        "a car that saves two minutes on the walk to the same bus stays at home",
        "P 0.5 0, C 12 0", "Bus1\nP C\n8:30 8:45", "0 0 > 12 0 8:00",
        "walk 9m > P | Bus1 P 8:30 > C 8:45 | walk 1m > X (1150 g)\n"
        "not car 2m > Near | walk 1m > P | Bus1 P 8:30 > C 8:45 | walk 1m > X: vehicle_gains_little",
        access=(WALK, PARKED), places=(place("car_park", "Near", "0.45 0"),),
    ),
    Situation(
        "walking stays among the options beside the car",
        "P 4.1 0, A 0.5 0, C 12 0", "Bus1\nP C\n8:30 8:45\n\nBus2\nA C\n8:10 9:00", "0 0 > 12 0 8:00",
        "car 13m > Park | walk 2m > P | Bus1 P 8:30 > C 8:45 | walk 1m > X (1830 g)\n"
        "walk 9m > A | Bus2 A 8:10 > C 9:00 | walk 1m > X (1150 g)",
        access=(WALK, PARKED),
    ),
    Situation(
        "to an island one drives to the quay: the ferry is never a road",
        "P 4.1 0, C 9.4 0", "Boat1\nP C\n8:30 9:00", "0 0 > 9.5 0 8:00",
        "car 5m > Park | walk 2m > P | Boat1 P 8:30 > C 9:00 | walk 2m > X",
        access=(WALK, PARKED), streets=ISLAND,
    ),
    Situation(
        "a car is not parked on the island",
        "Q 9 0.1, P 9.5 0, C 12 0", "Bus1\nP C\n8:30 8:45", "0 0 > 12 0 8:00",
        "nothing: no_stop_near_origin",
        access=(WALK, PARKED), streets=ISLAND, places=(place("car_park", "Isle", "9.4 0"),),
        asked={"walking": {"drive_s": 3600}},
    ),
    Situation(
        "driven to the stop",
        "P 4.1 0, C 12 0", EXPRESS, "0 0 > 12 0 8:00",
        "car 13m > P | Bus1 P 8:30 > C 8:45 | walk 1m > X (2922 g)",
        access=(WALK, DRIVEN),
    ),
    Situation(
        "fetched at the last stop",
        "P 4.1 0, C 12 0", "Bus1\nC P\n8:30 8:45", "12 0 > 0 0 by 9:30",
        "walk 1m > C | Bus1 C 8:30 > P 8:45 | car 13m > X (2922 g)",
        egress=(WALK, DRIVEN),
    ),
    Situation(
        "own bike to the station, where a shelter has a name",
        "S 2 0, C 12 0", "Bus1\nS C\n8:30 8:45", "0 0 > 12 0 8:00",
        "bike 11m > S | Bus1 S 8:30 > C 8:45 | walk 1m > X (1000 g)",
        access=(WALK, BIKE),
    ),
    Situation(
        "own bike to the station to be there by nine",
        "S 2 0, C 12 0", "Bus1\nS C\n8:30 8:45\n9:00 9:15", "0 0 > 12 0 by 9:00",
        "bike 11m > S | Bus1 S 8:30 > C 8:45 | walk 1m > X (1000 g)",
        access=(WALK, BIKE),
    ),
    Situation(
        "a bike does not cross the water",
        "S 3.5 0, C 12 0", "Bus1\nS C\n8:30 8:45", "2 0 > 12 0 8:00",
        "nothing: no_stop_near_origin",
        access=(WALK, BIKE), terrain=RIVER,
    ),
    Situation(
        "a bike is not at the other end unless the query says so",
        "S 2 0, C 12 0", "Bus1\nS C\n8:30 8:45", "0 0 > 14 0 8:00",
        "nothing: no_stop_near_destination",
        access=(WALK, BIKE),
    ),
    Situation(
        "a bike that waits at the other end is asked for",
        "S 2 0, C 12 0", "Bus1\nS C\n8:30 8:45", "S > 14 0 8:00",
        "Bus1 S 8:30 > C 8:45 | bike 11m > X (1000 g)",
        egress=(WALK, BIKE),
    ),
    Situation(
        "taken aboard, a bike serves at both ends",
        "S 2 0, C 12 0", "Bus1\nS C\n8:30 8:45", "0 0 > 14 0 8:00",
        "bike 11m > S | Bus1 S 8:30 > C 8:45 | bike 11m > X (1000 g)",
        access=(WALK, BIKE), egress=(WALK, BIKE), asked={"with_bike": True},
        more={"trips": "route_id,service_id,trip_id,bikes_allowed\nBus1,S,Bus1-1,1"},
    ),
    Situation(
        "a vehicle that refuses bikes is not ridden with one",
        "S 2 0, C 12 0", "Bus1\nS C\n8:30 8:45", "0 0 > 14 0 8:00",
        "nothing: nothing_in_window",
        access=(WALK, BIKE), egress=(WALK, BIKE), asked={"with_bike": True},
        more={"trips": "route_id,service_id,trip_id,bikes_allowed\nBus1,S,Bus1-1,2"},
    ),
    Situation(
        "where cycling all the way is as fast, no bus is ridden after a bike",
        "S 2 0, C 4 0", "Bus1\nS C\n8:30 8:42", "0 0 > 4 0 8:00",
        "nothing: nothing_in_window\n"
        "or bike 21m > X (0 g)\n"
        "not bike 11m > S | Bus1 S 8:30 > C 8:42 | walk 1m > X: cycling_is_as_fast",
        access=(WALK, BIKE), asked={"direct_modes": ("WALK", "BIKE")},
    ),
    Situation(
        "who must not meet steps may still ask for a bike",
        "S 2 0, C 12 0", "Bus1\nS C\n8:30 8:45", "0 0 > 12 0 8:00",
        "bike 11m > S | Bus1 S 8:30 > C 8:45 | walk 1m > X (1000 g)",
        access=(WALK, BIKE), asked={"step_free": True},
    ),
)  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.name)
def test_the_situation_is_answered(situation: Situation) -> None:
    assert answered(situation) == situation.answer


def answered(one: Situation) -> str:
    territory = surrounded(*one.places, stops=one.stops, lines=one.lines, terrain=one.terrain, more=one.more)
    if one.streets:
        router = OnStreets(streets(one.streets), territory.network)
        territory = replace(territory, streets=router, network=with_place_ways(territory.network, router))
    start, _, rest = one.question.partition(" > ")
    end, clock = rest.rsplit(" ", 1)
    asked = dict(one.asked or {})
    walking = Walking(access_modes=one.access, egress_modes=one.egress, **asked.pop("walking", {}))
    by = end.endswith(" by")
    query = ask(
        territory, start, end.removesuffix(" by"), f"{DAY} {clock}",
        arrive_by=by, window_s=3600, walking=walking, results=1, **asked,
    )  # fmt: skip
    found = plan(territory, query)
    choice = choose(territory, found, RankingSettings(FACTORS), handful=True)
    shown = [told(option) for option in choice.shown] or [f"nothing: {found.reason}"]
    lost = [one for loss in found.removed for one in loss.told() if one.code is not Code.DOMINATED]
    removed = [f"not {one.itinerary}: {one.code}" for one in lost]
    return "\n".join([*shown, *(f"or {told(option)}" for option in choice.direct), *removed])


def told(option: Any) -> str:
    emitted = "" if option.impact.co2e_g is None else f" ({option.impact.co2e_g} g)"
    return f"{option.itinerary}{emitted}"
