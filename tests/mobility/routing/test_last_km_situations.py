"""Situations that people complained of, or asked for: a small territory, a question, the lines that they should read.

`about` says what it is about. A line stands for one way, see surroundings.py; there may be others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from shapely import box

from mobility.network.place import TerritoryPlace
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.rentals.systems import RentalSystem
from mobility.routing.telework import nearer_place
from mobility.routing.town_centre import town_centre
from mobility.travellers.profiles import Profile, StepFree
from tests.mobility.routing.surroundings import at_end, bikes, place, surrounded, told
from tests.town import at

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)


def water(west_south: str, east_north: str) -> Terrain:
    a, b = at(west_south), at(east_north)
    return Terrain(barriers=(box(a.lon, a.lat, b.lon, b.lat),))


STEPS = """
    stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding
    A,A,{a.lat},{a.lon},1
    B,B,{b.lat},{b.lon},{known}
    """
TAXI = place(
    "taxi_rank",
    "Station",
    "6 0.1",
    local="yes",
    step_free="yes",
    operator="T",
    pickup_price="3",
    km_price="2",
    currency="EUR",
)
BUS_OF_ONE_KILOMETRE = "Bus1\nA     B\n8:00  8:03"
WHEELCHAIR = Profile(step_free=StepFree.NEEDED)


def with_steps(known: int) -> dict[str, str]:
    return {"stops": STEPS.format(a=at("0 0"), b=at("6 0"), known=known)}


@dataclass(frozen=True)
class Situation:
    """sees: lines of one end that must be there, in this order; not_seen: kinds that must not be."""

    about: str
    start: str
    goal: str
    end: str
    sees: tuple[str, ...]
    not_seen: tuple[str, ...] = ()
    places: tuple[TerritoryPlace, ...] = ()
    systems: tuple[RentalSystem, ...] = ()
    terrain: Terrain = OPEN_GROUND
    town: dict[str, Any] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)


SITUATIONS = (
    Situation(
        "a bike is not hired and given back at the same station (MOTIS 986)",
        "A",
        "6 0.65",
        "egress",
        sees=("walk 11 min 845 m, unknown: stepFree",),
        not_seen=("shared_vehicle",),
        systems=(bikes(("Gare", "6 0.3", 3, 4)),),
    ),
    Situation(
        "a bike that is ridden to the stop is left somewhere (MOTIS 1262)",
        "0 0.6",
        "B",
        "access",
        sees=("walk 10 min 780 m, unknown: stepFree", 'own_bike 4 min 780 m "Abri"'),
        places=(place("bike_shelter", "Abri", "0 0.1"),),
    ),
    Situation(
        "the last kilometre by bike is thought of (Cartes 396)",
        "A",
        "6 0.65",
        "egress",
        sees=('shared_vehicle 7 min 845 m "Gare" > "Mairie", unknown: price local',),
        systems=(bikes(("Gare", "6 0.1", 3, 4), ("Mairie", "6 0.5", 2, 5)),),
    ),
    Situation(
        "nobody drives almost all the way to take the bus for the rest (OpenTripPlanner 5337)",
        "0 -0.65",
        "B",
        "access",
        sees=("walk 11 min 845 m, unknown: stepFree",),
        not_seen=("park_and_ride",),
        places=(place("car_park", "Relais", "0 0.1"),),
        town={"stops": "A 0 0, B 1 0", "lines": BUS_OF_ONE_KILOMETRE},
    ),
    Situation(
        "a car park at the edge of the town is of use for a long trip",
        "0 -0.65",
        "B",
        "access",
        sees=('park_and_ride 4 min 1105 m "Relais" 195 g, unknown: price operator local stepFree',),
        places=(place("car_park", "Relais", "0 0.1"),),
    ),
    Situation(
        "a bike on the other bank is not near (MOTIS 966)",
        "A",
        "6 -0.65",
        "egress",
        sees=("walk 11 min 845 m, unknown: stepFree",),
        not_seen=("shared_vehicle", "taxi"),
        places=(place("taxi_rank", "Station", "6 0.3"),),
        systems=(bikes(("Autre rive", "6 0.4", 3, 4), ("Ici", "6 -0.6", 2, 5)),),
        terrain=water("4 0.1", "8 0.2"),
    ),
    Situation(
        "a stop of which nobody knows whether it has steps is told as unknown, not left out (OpenTripPlanner 4045)",
        "A",
        "6 0.2",
        "egress",
        sees=("step_free_walk 5 min 260 m, unknown: stepFree",),
        town={"more": with_steps(0)},
        profile=WHEELCHAIR,
    ),
    Situation(
        "who would rather meet no steps and gets off at a stop that has some is shown the taxi first",
        "A",
        "6 0.2",
        "egress",
        sees=('taxi 2 min 260 m "Station" 3.26 EUR 26 g, unknown: waiting', "walk 4 min 260 m"),
        not_seen=("step_free_walk",),
        places=(TAXI,),
        town={"more": with_steps(2)},
        profile=Profile(step_free=StepFree.PREFERRED),
    ),
    Situation(
        "a service without a published price has an unknown one, not an absurd one (stadtnavi 1029)",
        "A",
        "6 0.6",
        "egress",
        sees=('taxi 4 min 780 m "Station" 130 g, unknown: waiting price operator local stepFree',),
        places=(place("taxi_rank", "Station", "6 0.1"),),
    ),
    Situation(
        "a minute on foot is no reason for a car (Navitia's shortest heavy mode)",
        "A",
        "6 0.05",
        "egress",
        sees=("walk 1 min 65 m, unknown: stepFree",),
        not_seen=("taxi", "shared_vehicle", "on_demand"),
        places=(TAXI, place("on_demand", "Taxibus", "6 0", "5 -1, 7 -1, 7 1, 5 1")),
    ),
    Situation(
        "on demand and meeting points are offered in the country, with what is not known of them",
        "0 0.6",
        "B",
        "access",
        sees=(
            'on_demand 780 m "Taxibus" 1.60 EUR, unknown: duration waiting co2e operator stepFree',
            'carpool 130 m "Aire", unknown: duration waiting price co2e operator stepFree',
        ),
        places=(
            place("on_demand", "Taxibus", "0 0", "-1 -1, 1 -1, 1 1, -1 1", price="1.6", currency="EUR", local="yes"),
            place("carpool_point", "Aire", "0 0.5"),
        ),
    ),
    Situation(
        "what is run here comes before what is not, even if it takes longer",
        "A",
        "6 0.65",
        "egress",
        sees=(
            'taxi 4 min 845 m "Station" 4.43 EUR 143 g, unknown: waiting',
            'shared_vehicle 7 min 845 m "Gare" > "Mairie", unknown: price',
        ),
        places=(TAXI,),
        systems=(bikes(("Gare", "6 0.1", 3, 4), ("Mairie", "6 0.5", 2, 5), local=False),),
    ),
)


@pytest.mark.parametrize("case", SITUATIONS, ids=[case.about for case in SITUATIONS])
def test_situation(case: Situation) -> None:
    territory = surrounded(*case.places, systems=case.systems, terrain=case.terrain, **case.town)
    wanted = {"profile": case.profile, "step_free": case.profile.step_free.excludes_steps}
    found = at_end(case.end, told(territory, case.start, case.goal, **wanted))
    assert [line for line in found if line in case.sees] == list(case.sees), found
    assert not {line.split()[0] for line in found} & set(case.not_seen), found


def test_an_island_town_names_its_own_bus_and_not_the_boat_that_leaves_it() -> None:
    lines = "Bus1\nA B\n8:00 8:05\n\nBoat2\nA Z\n8:10 9:00"
    bourg = place("town_centre", "Bourg", "0 0", radius_m="400")
    island = surrounded(bourg, stops="A 0 0, B 0.8 0, Z 15 0", lines=lines)
    centre = town_centre(island.neighbourhood, at("0 0.1"))
    assert centre is not None and [item.name for item in centre.items] == ["Bus1"]


def test_a_commuter_across_the_harbour_learns_of_the_desk_round_the_corner() -> None:
    desks = place("third_place", "Les Deux Rives", "0.4 0"), place("third_place", "En face", "-1 0")
    found = nearer_place(
        surrounded(*desks, terrain=water("-0.6 -5", "-0.4 5")).neighbourhood, at("0 0"), at("9 0"), NOON
    )
    assert found is not None and found.where.name == "Les Deux Rives"
