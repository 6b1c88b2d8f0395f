"""Whole trips on streets: real ways to stops, guesses where there are none, lines only for what is shown."""

from __future__ import annotations

from dataclasses import replace

from mobility.network.straight_line import StraightLine
from mobility.planning.planner import plan
from mobility.routing.itinerary import WalkLeg
from mobility.routing.query import Walking
from mobility.routing.territory import Territory
from mobility.streets.router import OnStreets
from tests.mobility.streets.tiny import streets
from tests.town import ask, told, town

PACE = Walking(speed_mps=1.0, access_s=1200, egress_s=1200, direct_s=3600)
STOPS = "Quay 0.5 0, Hill 0.5 0.2, Port 5 0, Isle 9 0"
LINES = """
    Bus1
    Quay  Port
    8:20  8:30

    Bus2
    Hill  Port
    8:20  8:30

    Boat
    Port  Isle
    8:40  9:00
    """
MAP = """
    A 0 0, B 500 0, C 500 200, D 0 200, P 4800 0, Q 5200 0
    A B | highway=residential name=Rue_du_Port
    A D C | highway=residential name=Rue_de_la_Colline
    B C | highway=steps name=Escalier
    P Q | highway=residential name=Quai
    """


def seaside() -> Territory:
    without = town(STOPS, LINES)
    assert isinstance(without.streets, StraightLine)
    return replace(without, streets=OnStreets(streets(MAP), without.network))


def walks(answer) -> list[WalkLeg]:
    return [leg for one in answer.itineraries for leg in one.legs if isinstance(leg, WalkLeg)]


def test_the_stop_at_the_top_of_the_stairs_is_farther_than_it_looks() -> None:
    territory = seaside()
    answer = plan(territory, ask(territory, "0.5 0", "Port", "2026-06-03 8:00", walking=PACE, results=1))
    assert told(answer) == ["walk 1m > Quay | Bus1 Quay 8:20 > Port 8:30"]
    reach = territory.streets.access(answer.query.origin.point, 1200, 1.0)
    names = {
        territory.network.stops.name[stop]: seconds for stop, seconds in zip(reach.stop, reach.seconds, strict=True)
    }
    assert names == {"Quay": 1, "Hill": 401}, "200 m of stairs take as long as 400 m"


def test_step_free_one_goes_round_the_stairs() -> None:
    territory = seaside()
    query = ask(territory, "0.5 0", "0.5 0.2", "2026-06-03 8:00", walking=PACE)
    on_foot, step_free = plan(territory, query).direct, plan(territory, replace(query, step_free=True)).direct
    assert [one.legs[0].distance_m for one in (*on_foot, *step_free)] == [200, 1200]


def test_each_walk_says_whether_it_is_a_guess() -> None:
    territory = seaside()
    answer = plan(territory, ask(territory, "0.1 0", "9.1 0", "2026-06-03 8:00", walking=PACE, results=1))
    assert told(answer) == ["walk 7m > Quay | Bus1 Quay 8:20 > Port 8:30 | Boat Port 8:40 > Isle 9:00 | walk 3m > X"]
    assert [walk.estimated for walk in walks(answer)] == [False, True], "the map ends before the island"


def test_walks_are_drawn_along_the_streets() -> None:
    territory = seaside()
    answer = plan(territory, ask(territory, "0 0.1", "5.1 0", "2026-06-03 8:00", walking=PACE, results=1))
    first, last = walks(answer)
    assert [(step.turn, step.street, step.distance_m) for step in first.steps] == [
        ("DEPART", "Rue de la Colline", 100),
        ("LEFT", "Rue du Port", 500),
    ]
    assert (first.distance_m, last.distance_m, len(first.line)) == (600, 100, 3)


def test_without_streets_nothing_is_drawn() -> None:
    territory = town(STOPS, LINES)
    answer = plan(territory, ask(territory, "0.1 0", "Port", "2026-06-03 8:00", walking=PACE))
    assert all(walk.estimated and not walk.line for walk in walks(answer))
