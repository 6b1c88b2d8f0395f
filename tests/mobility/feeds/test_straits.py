"""A harbour of which no map shows the water: only the boats tell that it is there."""

import pytest
from shapely import box

from mobility.feeds.build.straits import unmapped_boats
from mobility.network.straight_line import StraightLine
from mobility.network.terrain import Terrain
from mobility.planning.planner import plan
from tests.town import ask, at, told, town

NORTH, SOUTH, EAST = "0 0.4", "0 -0.4", "0.5 0"
QUAYS = f"N {NORTH}, S {SOUTH}, E {EAST}, T 0 0.55, B 0 -0.55, L -0.3 0.4, R 0.3 0.4"
LINES = """
    Boat
    N     E     S
    8:00  8:10  8:20
    8:30  8:40  8:50

    Bus1
    T     L
    7:00  7:10

    Bus2
    B     R
    7:00  7:10
    """
PACE_MPS = 1.33


@pytest.fixture(scope="module")
def harbour():
    return town(QUAYS, LINES)


@pytest.mark.parametrize("start", [NORTH, SOUTH, EAST])
@pytest.mark.parametrize("end", [NORTH, SOUTH, EAST])
def test_nobody_is_sent_on_foot_between_two_quays_of_a_line(harbour, start: str, end: str) -> None:
    way = harbour.streets.way(at(start), at(end), 3600, PACE_MPS)
    assert (way is not None) == (start == end)


def test_nobody_is_sent_on_foot_from_the_street_behind_one_quay_to_the_street_behind_another(harbour) -> None:
    assert harbour.streets.direct(at("0.1 0.55"), at("0.6 -0.1")) is None


def test_nobody_is_sent_across_the_way_of_a_boat(harbour) -> None:
    assert harbour.streets.direct(at("0.1 0.1"), at("0.45 0.3")) is None


def test_along_the_shore_one_walks_as_before(harbour) -> None:
    assert harbour.streets.direct(at("-0.3 0.42"), at("0.3 0.42")) == pytest.approx(600 * 1.3, rel=0.01)


def test_no_change_leads_over_the_harbour_on_foot(harbour) -> None:
    network = harbour.network
    north, south = network.stop("t_N"), network.stop("t_S")
    walks = network.footpaths
    assert south not in walks.to_stop[walks.first[north] : walks.first[north + 1]].tolist()


@pytest.mark.parametrize(("start", "end"), [("N", "E"), ("N", "S"), ("E", "S")])
def test_the_boat_is_shown_where_a_straight_line_would_be_quicker_on_foot(harbour, start: str, end: str) -> None:
    answer = plan(harbour, ask(harbour, start, end, "2026-06-03 7:55", results=2))
    assert len(told(answer)) == 2
    assert {ride.mode for trip in answer.itineraries for ride in trip.rides} == {"FERRY"}


def test_the_load_names_the_boat_whose_water_nobody_drew(harbour) -> None:
    assert unmapped_boats(harbour.network, harbour.streets) == ("Boat",)


def test_water_that_is_drawn_is_believed() -> None:
    basin = Terrain(barriers=(box(at("-0.1 -0.35").lon, at("0 -0.35").lat, at("0.45 0").lon, at("0 0.35").lat),))
    drawn = town(QUAYS, LINES, terrain=basin)
    assert drawn.network.terrain.straits == ()
    assert unmapped_boats(drawn.network, drawn.streets) == ()


def test_where_only_published_transfers_count_no_strait_is_guessed() -> None:
    assert town(QUAYS, LINES, terrain=Terrain(only_transfers=True)).network.terrain.straits == ()


def test_two_landings_of_one_quay_are_no_strait() -> None:
    beside = town("P 0 0, Q 0.2 0, F 3 0", LINES.replace("N     E     S", "P     Q     F").split("Bus1")[0])
    assert StraightLine(beside.network).direct(at("0 0"), at("0.2 0")) == pytest.approx(260, rel=0.01)


def test_what_is_reached_from_a_stop_is_reached_from_the_other_end_as_soon(harbour) -> None:
    """So walks can be looked for from either side."""
    stops, seconds = harbour.network.stops, {}
    for inward in (False, True):
        for here in range(len(stops)):
            reach = harbour.streets.access(stops.point(here), 1800, PACE_MPS, inward=inward)
            ends = [(there, here) if inward else (here, there) for there in reach.stop.tolist()]
            seconds[inward] = seconds.get(inward, {}) | dict(zip(ends, reach.seconds.tolist(), strict=True))
    assert seconds[False] == seconds[True]
