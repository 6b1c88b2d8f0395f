"""Walks between stops that a network is built with: on streets, without steps where the map has a way round."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gtfs.snapshot import Stop
from mobility.feeds.build.network import build
from mobility.network.network import Network
from mobility.network.storage import open_network, save
from mobility.network.terrain import Terrain
from mobility.planning.planner import plan
from mobility.ranking.accessibility import Known, way_state
from mobility.routing.itinerary import stop_spot
from mobility.routing.query import Query, Walking
from mobility.routing.territory import Territory
from mobility.search.days import Days
from mobility.streets.router import OnStreets
from tests.mobility.feeds import tiny
from tests.mobility.streets.tiny import at, streets

STAIRS_OR_ROUND = """
    A 0 0, B 100 0, C 100 40, D 300 0, E 300 40
    A B | highway=footway surface=asphalt
    B C | highway=steps
    B D E C | highway=footway surface=asphalt
    """
LONG_STAIRS = """
    A 0 0, B 100 0, C 100 300, D 400 300
    A B | highway=footway surface=asphalt
    B C | highway=steps
    C D | highway=footway surface=asphalt
    """
LINES = "1 a: HOME 8:00 > LOW 8:10\n2 b: TOP 8:13 > GOAL 8:20\n2 c: TOP 8:20 > GOAL 8:27"
PLACES = {"HOME": "0 9000", "LOW": "90 0", "TOP": "100 41", "GOAL": "0 -9000"}


def hill(transfers: str = "", longest_m: float = 600, drawing: str = STAIRS_OR_ROUND, top: str = "100 41") -> Network:
    """drawing: empty where there is no map."""
    places = PLACES | {"TOP": top}
    stops = [Stop(name, name, at(plan).lat, at(plan).lon) for name, plan in places.items()]
    feed = tiny.feed(LINES, stops=stops, transfers=transfers)
    terrain = Terrain(speed_mps=1.0, longest_m=longest_m)
    return build([feed], terrain, streets=streets(drawing) if drawing else None)


def walk(network: Network, step_free: bool = False) -> tuple[int, int] | None:
    """Metres and seconds from LOW to TOP."""
    low, top, paths = network.stop("t_LOW"), network.stop("t_TOP"), network.footpaths_of(step_free)
    found = [row for row in paths.of(low) if paths.to_stop[row] == top]
    return (int(paths.distance_m[found[0]]), int(paths.duration_s[found[0]])) if found else None


def test_the_walk_without_steps_goes_round_the_stairs() -> None:
    assert walk(hill()) == (51, 91), "40 m of stairs take as long as 80 m"
    assert walk(hill(), step_free=True) == (451, 451)


def test_where_only_stairs_lead_on_wheels_do_not_change() -> None:
    only_stairs = hill(drawing=LONG_STAIRS, top="100 301")
    assert (walk(only_stairs), walk(only_stairs, step_free=True)) == ((311, 611), None)


def test_without_a_map_nobody_knows_of_steps() -> None:
    network = hill(drawing="")
    assert (network.knows_steps, walk(network)) == (False, walk(network, step_free=True))


def test_a_transfer_without_a_time_takes_as_long_as_the_way_on_streets() -> None:
    beyond = hill("LOW > TOP 0", longest_m=40)
    assert walk(hill(longest_m=40)) is None
    assert (walk(beyond), walk(beyond, step_free=True)) == ((51, 91), None), "450 m is too far where 40 m is the limit"


def test_a_transfer_with_a_time_keeps_it() -> None:
    network = hill("LOW > TOP 2 120")
    assert [seconds for _, seconds in filter(None, (walk(network), walk(network, True)))] == [120, 120]


def test_a_network_written_before_steps_were_known_is_read(tmp_path: Path) -> None:
    save(hill(), tmp_path / "n")
    assert open_network(tmp_path / "n").knows_steps
    for column in (tmp_path / "n").glob("step_free_footpaths.*"):
        column.unlink()
    assert not open_network(tmp_path / "n").knows_steps


def test_who_needs_ways_without_steps_takes_the_bus_after(tmp_path: Path) -> None:
    network = hill()
    territory = Territory(network, OnStreets(streets(STAIRS_OR_ROUND), network), Days(network, tmp_path / "days"))
    start, end = (stop_spot(network, network.stop(f"t_{name}")) for name in ("HOME", "GOAL"))
    at_s = territory.days.on(tiny.MONDAY).timetable.anchor_s + tiny.clock("7:59")
    asked = Query(start, end, at_s, results=1, walking=Walking(1.0), widen=False)
    on_foot, on_wheels = (plan(territory, replace(asked, step_free=needs)).itineraries[0] for needs in (False, True))
    assert str(on_foot) == "1 HOME 8:00 > LOW 8:10 | walk 1m > TOP | 2 TOP 8:13 > GOAL 8:20"
    assert str(on_wheels) == "1 HOME 8:00 > LOW 8:10 | walk 8m > TOP | 2 TOP 8:20 > GOAL 8:27"
    assert [way_state(one.legs[1], looked_at=True) for one in (on_foot, on_wheels)] == [Known.NO, Known.YES]
