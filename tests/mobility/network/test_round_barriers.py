"""A quay behind a basin is reached from both sides as people reach it: by the walk from the stop beside it."""

import pytest
import shapely

from mobility.feeds.build.network import build
from mobility.geo import Point
from mobility.network.straight_line import StraightLine
from mobility.network.terrain import Terrain
from tests.mobility.feeds import tiny

BUS = tiny.in_a_row("B")
DOOR, QUAY = tiny.metres_north(BUS, -199.9, "D"), tiny.metres_north(BUS, 200, "Q")
HERE, BESIDE, THERE = (Point(one.lat, one.lon) for one in (DOOR, BUS, QUAY))
BASIN = shapely.box(BUS.lon - 0.1, BUS.lat + 80 / 111_195, BUS.lon + 0.1, BUS.lat + 120 / 111_195)
ROUND = "B > Q 2 400\nQ > B 2 500"


def streets(transfers: str = ROUND, **known: float) -> StraightLine:
    """From a bus stop to a quay of which only transfers.txt knows a way."""
    terrain = Terrain(barriers=(BASIN,), quay_m=20, speed_mps=1.0, detour_factor=1.0, **known)
    feed = tiny.feed("1 a: B 8:00 > Q 9:00", stops=[BUS, QUAY], transfers=transfers)
    return StraightLine(build([feed], terrain))


def reached(router: StraightLine, longest_s: int = 900, speed_mps: float = 1.0, **rest: object) -> dict[str, int]:
    """Seconds by stop."""
    reach = router.access(HERE, longest_s, speed_mps, **rest)  # type: ignore[arg-type]
    assert reach.estimated.all()
    return dict(zip(("BQ"[stop] for stop in reach.stop.tolist()), reach.seconds.tolist(), strict=True))


def test_a_quay_behind_a_basin_is_reached_by_the_walk_from_the_stop_beside_it() -> None:
    assert reached(streets()) == {"B": 200, "Q": 600}


def test_the_way_back_takes_as_long_as_the_walk_in_that_direction() -> None:
    assert reached(streets(), inward=True) == {"B": 200, "Q": 700}


def test_without_a_known_walk_nobody_is_sent_over_the_water() -> None:
    assert reached(streets(transfers="")) == {"B": 200}


def test_a_walk_that_is_known_one_way_only_leads_one_way_only() -> None:
    router = streets(transfers="B > Q 2 400")
    assert (reached(router), reached(router, inward=True)) == ({"B": 200, "Q": 600}, {"B": 200})


def test_what_takes_longer_than_one_walks_is_not_reached() -> None:
    assert reached(streets(), longest_s=599) == {"B": 200}


def test_who_walks_slowly_needs_longer_round_the_basin_too() -> None:
    assert reached(streets(), longest_s=1800, speed_mps=0.5) == {"B": 400, "Q": 1200}


def test_no_car_is_driven_over_a_footpath() -> None:
    assert reached(streets(), mode="CAR") == {"B": 200}
    assert streets().way(HERE, THERE, 900, 1.0, "CAR") is None


def test_a_stop_that_is_open_keeps_its_straight_line() -> None:
    terrain = Terrain(speed_mps=1.0, detour_factor=1.0)
    feed = tiny.feed("1 a: B 8:00 > Q 9:00", stops=[BUS, QUAY], transfers=ROUND)
    assert reached(StraightLine(build([feed], terrain))) == {"B": 200, "Q": 400}


@pytest.mark.parametrize(("start", "end", "seconds"), [(HERE, THERE, 600), (THERE, HERE, 700)], ids=["to", "from"])
def test_the_way_round_is_drawn_through_the_stop_and_is_a_guess(start: Point, end: Point, seconds: int) -> None:
    way = streets().way(start, end, 900, 1.0)
    assert way is not None
    assert (way.seconds, way.metres, way.estimated) == (seconds, 400, True)
    assert way.line == (start, BESIDE, end)


def test_no_way_leads_round_to_a_place_that_is_no_stop() -> None:
    assert streets().way(HERE, Point(THERE.lat, THERE.lon + 0.001), 900, 1.0) is None


def by_the_door(transfers: str) -> StraightLine:
    """With a stop at the door, and one on the other shore, a hundred metres beyond the quay."""
    beyond = tiny.metres_north(BUS, 299.9, "X")
    terrain = Terrain(barriers=(BASIN,), quay_m=20, speed_mps=1.0, detour_factor=1.0)
    lines = "1 a: D 7:50 > B 8:00 > Q 9:00 > X 9:10"
    return StraightLine(build([tiny.feed(lines, stops=[DOOR, BUS, QUAY, beyond], transfers=transfers)], terrain))


@pytest.mark.parametrize(("inward", "seconds"), [(False, (0, 500, 700)), (True, (0, 400, 600))], ids=["from", "to"])
def test_from_the_quay_one_gets_to_where_one_gets_to_it_from(inward: bool, seconds: tuple[int, ...]) -> None:
    reach = by_the_door(ROUND).access(THERE, 900, 1.0, inward=inward)
    found = dict(zip(("DBQX"[stop] for stop in reach.stop.tolist()), reach.seconds.tolist(), strict=True))
    assert (found["Q"], found["B"], found["D"]) == seconds


def test_of_two_ways_round_the_quicker_one_is_told() -> None:
    """By the stop beside the door 200 + 400 s, by the one beyond the quay 300 + 100."""
    router = by_the_door(f"{ROUND}\nD > X 2 300")
    way = router.way(HERE, THERE, 900, 1.0)
    assert way is not None
    assert (way.seconds, way.line[1].lat) == (400, pytest.approx(BUS.lat + 300 / 111_195, abs=1e-6))
    reach = router.access(HERE, 900, 1.0)
    assert reach.seconds[reach.stop.tolist().index(2)] == 400
