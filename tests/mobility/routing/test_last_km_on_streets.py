"""The last kilometre where a map of streets is known: real ways, and real knowledge of steps."""

from __future__ import annotations

from dataclasses import replace

from mobility.network.graph import with_place_ways
from mobility.network.place import TerritoryPlace
from mobility.planning.planner import plan
from mobility.ranking.costs import RankingSettings
from mobility.ranking.options import choose
from mobility.routing.last_kilometre.both_ends import last_kilometres
from mobility.routing.last_kilometre.option import USUAL_RULES
from mobility.routing.query import Walking
from mobility.routing.territory import Territory
from mobility.streets.router import OnStreets
from tests.mobility.routing.surroundings import FACTORS, at_end, options, place, told
from tests.mobility.streets.tiny import streets
from tests.town import ask, at, town

STOPS = "Port 5 0, Hill 0.5 0.2, Isle 9 0"
LINES = """
    Bus2
    Port  Hill  Isle
    8:20  8:30  8:50
    """
MAP = """
    A 0 0, B 500 0, C 500 200, D 0 200
    A B | highway=residential name=Rue_du_Port
    A D C | highway=residential name=Rue_de_la_Colline
    B C | highway=steps name=Escalier
    """
PACE = Walking(speed_mps=1.0, access_s=1800, egress_s=1800)


def hillside(*places: TerritoryPlace) -> Territory:
    without = town(STOPS, LINES)
    placed = replace(without.network, places=places)
    router = OnStreets(streets(MAP), placed)
    return Territory(with_place_ways(placed, router), router, without.days)


def egress(territory: Territory, goal: str) -> list[str]:
    return at_end("egress", told(territory, "Port", goal, when="2026-06-03 8:00", walking=PACE))


def test_the_way_without_steps_goes_round_the_stairs() -> None:
    found = egress(hillside(), "0.5 0")
    assert found[0].split(",")[0] == "walk 7 min 200 m"
    assert found[1].split(",")[0] == "step_free_walk 21 min 1200 m"


def test_where_only_stairs_lead_to_the_goal_there_is_no_way_without_steps() -> None:
    open_ground = hillside()
    stairs = MAP.replace("A D C |", "D C |")
    only = replace(open_ground, streets=OnStreets(streets(stairs), open_ground.network))
    assert [line.split()[0] for line in egress(only, "0.5 0")] == ["walk"]


def test_off_the_map_nobody_knows_of_steps() -> None:
    found = egress(hillside(), "9 0.1")
    assert [line.split(",")[-1] for line in found[:2]] == [" unknown: stepFree", " unknown: stepFree"]


def test_a_place_at_a_stop_is_as_far_as_the_streets_go() -> None:
    territory = hillside(place("taxi_rank", "Station", "0.4 0.2"))
    stop = territory.network.stop("t_Hill")
    assert [(one.metres, one.estimated) for one in territory.neighbourhood.at_stop(stop)] == [(100, False)]


def test_taxis_go_along_the_streets_and_not_up_the_stairs() -> None:
    territory = hillside()
    query = ask(territory, "0.48 0", "0.48 0.2", "2026-06-03 8:00", walking=PACE)
    drive = last_kilometres(territory, query, FACTORS, query.at_s).setting.drive(at("0.48 0"), at("0.48 0.2"))
    assert drive is not None
    assert (drive.metres, drive.estimated) == (1160, False)


def test_transport_on_demand_takes_as_much_longer_than_a_car_on_the_streets_as_it_says() -> None:
    zone = place("on_demand", "Taxibus", "0.5 0", "-1 -1, 1 -1, 1 1, -1 1", mean_duration_factor="2")
    territory = replace(hillside(zone), last_km=replace(USUAL_RULES, worth_m=0))
    found = options(territory, "Port", "0.5 0", when="2026-06-03 8:00", walking=PACE)
    (way,) = [one for one in found if one.kind == "on_demand"]
    query = ask(territory, "0.5 0.2", "0.5 0", "2026-06-03 8:00", walking=PACE)
    drive = last_kilometres(territory, query, FACTORS, query.at_s).setting.drive(at("0.5 0.2"), at("0.5 0"))
    assert drive is not None
    assert (way.duration_s, way.distance_m, way.estimated) == (2 * drive.seconds, 1200, False)


def test_the_car_that_is_compared_with_goes_along_the_streets() -> None:
    territory = hillside()
    query = ask(territory, "0.02 0", "0.48 0.2", "2026-06-03 8:00", walking=PACE)
    choice = choose(territory, plan(territory, query), RankingSettings(), handful=False)
    assert (choice.car_m, choice.car_estimated) == (700, False)
