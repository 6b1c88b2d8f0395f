"""Walks on the ground: how long they are, and that nobody walks over the water."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import orjson
import pytest
import shapely

from demo.build import build as build_demo
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource, Stop
from mobility.feeds.build.network import build
from mobility.geo import Point
from mobility.network.footpaths import at_pace
from mobility.network.network import Network
from mobility.network.straight_line import StraightLine
from mobility.network.terrain import OPEN_GROUND, Terrain
from tests.mobility.feeds import tiny

DEMO = Path(__file__).parents[3] / "demo" / "lorient"
HERE = tiny.in_a_row("A")


def link(metres: float, terrain: Terrain = OPEN_GROUND) -> list[tuple[int, int]]:
    """(seconds, metres) of the walks from A to a stop so far north of it."""
    network = build([tiny.feed("1 a: A 8:00 > B 9:00", stops=[HERE, tiny.metres_north(HERE, metres, "B")])], terrain)
    walks = network.footpaths
    return [(int(walks.duration_s[row]), int(walks.distance_m[row])) for row in walks.of(0)]


def water(south_m: float, north_m: float) -> shapely.Polygon:
    """A canal from west to east, so far north of A."""
    south, north = (HERE.lat + metres / 1000 * tiny.DEGREES_PER_KM for metres in (south_m, north_m))
    return shapely.box(HERE.lon - 0.1, south, HERE.lon + 0.1, north)


def test_a_walk_is_the_straight_line_times_the_detour_at_walking_speed() -> None:
    assert link(400) == [(391, 520)]


def test_no_walk_is_shorter_than_a_change() -> None:
    assert link(10) == [(60, 13)]


def test_stops_beyond_the_limit_are_not_linked() -> None:
    assert link(599) != []
    assert link(601) == []


@pytest.mark.parametrize(
    ("south_m", "north_m", "passes"),
    [
        (100, 200, False),  # a river between
        (-500, 30, True),  # A stands in the drawn water, 30 m from its edge
        (-500, 80, False),  # too far out to be a quay
        (20, 45, True),  # a corner of the basin close to A
        (280, 900, True),  # B stands over the edge
        (100, 101, False),  # however narrow, in the middle it is a barrier
    ],
)
def test_a_barrier_may_only_be_touched_close_to_an_end(south_m: float, north_m: float, passes: bool) -> None:
    assert bool(link(300, Terrain(barriers=(water(south_m, north_m),)))) == passes


@pytest.mark.parametrize(("south_m", "north_m", "passes"), [(10, 70, False), (10, 40, True), (-50, 10, True)])
def test_between_near_stops_a_channel_is_a_barrier_and_a_quay_is_none(
    south_m: float, north_m: float, passes: bool
) -> None:
    assert bool(link(80, Terrain(barriers=(water(south_m, north_m),)))) == passes


def test_stops_of_different_feeds_are_linked() -> None:
    boat = tiny.feed("F x: A 8:00 > Z 9:00", id="boat", stops=[tiny.metres_north(HERE, 100, "A")])
    walks = build([tiny.feed("1 a: A 8:00 > B 9:00"), boat]).footpaths
    assert walks.to_stop[walks.of(0).start] == 2


def test_walks_of_a_stop_are_sorted_by_time() -> None:
    stops = [HERE, *(tiny.metres_north(HERE, metres, f"S{metres}") for metres in (500, 100, 300))]
    walks = build([tiny.feed("1 a: A 8:00 > B 9:00", stops=stops)]).footpaths
    assert walks.to_stop[walks.of(0).start : walks.of(0).stop].tolist() == [2, 3, 1]


def test_a_node_without_position_is_linked_to_nothing() -> None:
    nowhere = Stop("N", "N", float("nan"), float("nan"))
    assert len(build([tiny.feed("1 a: A 8:00 > N 8:10", stops=[HERE, nowhere])]).footpaths.to_stop) == 0


def test_who_walks_slower_needs_longer_and_rules_grow_with_it() -> None:
    stops = [HERE, tiny.metres_north(HERE, 400, "B"), tiny.metres_north(HERE, 500, "C")]
    network = build([tiny.feed("1 a: A 8:00 > B 9:00 > C 9:10", stops=stops, transfers="A > C 2 600")])

    def seconds(speed_mps: float) -> list[int]:
        walks = at_pace(network.footpaths, network.terrain, speed_mps)
        return walks.duration_s[: walks.first[1]].tolist()

    assert [seconds(1.33), seconds(0.665), seconds(2.66)] == [[391, 600], [782, 1200], [196, 600]]


def streets(*stops: Stop, terrain: Terrain = OPEN_GROUND) -> StraightLine:
    calls = " > ".join(f"{stop.id} {8 + hour}:00" for hour, stop in enumerate(stops))
    return StraightLine(build([tiny.feed(f"1 a: {calls}", stops=stops)], terrain))


def test_access_reaches_the_stops_within_the_time_at_the_traveller_s_speed() -> None:
    router = streets(HERE, tiny.metres_north(HERE, 300, "B"), tiny.metres_north(HERE, 900, "C"))
    reach = router.access(Point(HERE.lat, HERE.lon), longest_s=400, speed_mps=1.0)
    assert sorted(zip(reach.stop.tolist(), reach.seconds.tolist(), reach.metres.tolist(), strict=True)) == [
        (0, 0, 0),
        (1, 391, 390),
    ]
    assert reach.estimated.all()


def test_nobody_is_sent_over_the_water_to_a_stop_or_a_door() -> None:
    far = tiny.metres_north(HERE, 300, "B")
    router = streets(HERE, far, terrain=Terrain(barriers=(water(100, 200),)))
    assert router.access(Point(HERE.lat, HERE.lon), 900, 1.33).stop.tolist() == [0]
    assert router.direct(Point(HERE.lat, HERE.lon), Point(far.lat, far.lon)) is None


def test_the_direct_way_is_as_long_as_a_footpath() -> None:
    far = tiny.metres_north(HERE, 300, "B")
    metres = streets(HERE, far).direct(Point(HERE.lat, HERE.lon), Point(far.lat, far.lon))
    assert metres == pytest.approx(390, abs=0.1)


def test_a_stop_that_nothing_serves_is_not_reached() -> None:
    idle = tiny.metres_north(HERE, 50, "X")
    network = build([tiny.feed("1 a: A 8:00 > B 9:00", stops=[HERE, idle])])
    assert StraightLine(network).access(Point(HERE.lat, HERE.lon), 900, 1.33).stop.tolist() == [0]


def harbour() -> Terrain:
    features = orjson.loads((DEMO / "water.geojson").read_bytes())["features"]
    return Terrain(barriers=tuple(shapely.from_geojson(orjson.dumps(f["geometry"]).decode()) for f in features))


LORIENT, LARMOR = Point(47.7440, -3.3530), Point(47.7060, -3.3780)
PORT_LOUIS, LOCMIQUELIC, GAVRES = Point(47.7089, -3.3573), Point(47.7248, -3.3440), Point(47.6970, -3.3510)


@pytest.mark.parametrize(
    ("here", "there"),
    [(LORIENT, PORT_LOUIS), (LORIENT, LOCMIQUELIC), (GAVRES, PORT_LOUIS), (LARMOR, PORT_LOUIS)],
    ids=["Lorient–Port-Louis", "Lorient–Locmiquélic", "Gâvres–Port-Louis", "Larmor–Port-Louis"],
)
def test_nobody_walks_over_the_harbour(here: Point, there: Point) -> None:
    a, b = Stop("A", "A", here.lat, here.lon), Stop("B", "B", there.lat, there.lon)
    router = streets(a, b, terrain=harbour())
    assert router.direct(here, there) is None
    assert router.access(here, 7200, 1.33).stop.tolist() == [0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """The demo territory, where people walk up to two kilometres between vehicles."""
    today = date(2026, 6, 15)
    zipped = build_demo(tmp_path_factory.mktemp("demo"), today)
    feed, _ = accept(zipped, FeedSource("lorient", "test"), ReadLimits(), today)
    return build([feed], replace(harbour(), longest_m=2000.0), "Europe/Paris")


def linked(network: Network, shore: set[str], other: set[str]) -> list[tuple[str, str]]:
    """Walks between stops of one shore and the other, by the first words of their names."""
    name = list(network.stops.name)

    def on(stop: int, names: set[str]) -> bool:
        return any(name[stop].startswith(start) for start in names)

    walks = network.footpaths
    starts = np.repeat(np.arange(len(name)), np.diff(walks.first)).tolist()
    pairs = zip(starts, walks.to_stop.tolist(), strict=True)
    return [(name[a], name[b]) for a, b in pairs if on(a, shore) and on(b, other)]


def test_no_walk_of_the_demo_crosses_the_harbour(demo: Network) -> None:
    assert linked(demo, {"Port-Louis"}, {"Gâvres", "Kernével", "Gare Maritime", "Locmiquélic"}) == []
    assert linked(demo, {"Embarcadère", "Gare Maritime", "Quai des Indes"}, {"Locmiquélic", "Port-Louis"}) == []


def test_quays_of_the_demo_are_within_a_walk_of_their_bus_stops(demo: Network) -> None:
    assert linked(demo, {"Embarcadère"}, {"Quai des Indes"})
    for landing in ("embarcadere-1", "gare-maritime-quai", "port-tudy"):
        assert len(demo.footpaths.of(demo.stop(f"lorient_{landing}"))) > 0, landing
