"""A network on streets: access, egress, direct ways, walks between stops, and guesses where there are no streets."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import box

from gtfs.snapshot import Stop
from mobility.feeds.build.network import build
from mobility.network.network import Network
from mobility.network.terrain import Terrain
from mobility.streets.graph import Mode, Streets
from mobility.streets.router import OnStreets
from mobility.streets.transfers import StreetWalks
from tests.mobility.feeds import tiny
from tests.mobility.streets.tiny import CENTRE, M_LON, at, streets

ROUND_THE_BLOCK = "A 0 0, B 400 0, C 400 300, D 0 300\nA B C D | highway=residential name=Rue_Longue"


def network(terrain: Terrain | None = None, **places: str) -> Network:
    stops = [Stop(name, name, at(plan).lat, at(plan).lon) for name, plan in places.items()]
    calls = " > ".join(f"{name} {8 + hour}:00" for hour, name in enumerate(places))
    return build([tiny.feed(f"1 a: {calls}", stops=stops)], terrain or Terrain())


def reached(router: OnStreets, point: str, seconds: int, speed_mps: float = 1.0, **rest) -> dict[str, tuple[int, bool]]:
    found, stops = router.access(at(point), seconds, speed_mps, **rest), router.network.stops
    return {
        stops.name[stop]: (metres, estimated)
        for stop, metres, estimated in zip(found.stop, found.metres.tolist(), found.estimated.tolist(), strict=True)
    }


@pytest.fixture(scope="module")
def block() -> Streets:
    return streets(ROUND_THE_BLOCK)


def test_stops_are_as_far_as_the_streets_are_long(block: Streets) -> None:
    router = OnStreets(block, network(P="100 0", Q="0 300", R="400 100"))
    assert reached(router, "0 0", 1100) == {"P": (100, False), "Q": (1100, False), "R": (500, False)}
    assert reached(router, "0 0", 1099) == {"P": (100, False), "R": (500, False)}


def test_who_walks_faster_comes_farther(block: Streets) -> None:
    router = OnStreets(block, network(P="100 0", Q="0 300"))
    assert set(reached(router, "0 0", 600, 1.0)) == {"P"}
    assert set(reached(router, "0 0", 600, 2.0)) == {"P", "Q"}


def test_access_and_egress_by_bike_differ_where_streets_are_one_way() -> None:
    town = streets("""
        A 0 0, B 400 0, C 400 300, D 0 300
        A B | highway=residential oneway=yes
        B C D A | highway=residential
        """)
    router = OnStreets(town, network(P="300 0", Q="350 0"))
    assert reached(router, "0 0", 2000, mode=Mode.BIKE) == {"P": (300, False), "Q": (350, False)}
    assert reached(router, "0 0", 2000, mode=Mode.BIKE, inward=True) == {"P": (1100, False), "Q": (1050, False)}


def test_a_car_goes_at_the_speed_of_the_street_not_of_the_traveller(block: Streets) -> None:
    router = OnStreets(block, network(P="0 0", Q="0 300"))
    found = router.access(at("0 0"), 3600, 1.33, mode=Mode.CAR)
    assert sorted(found.seconds.tolist()) == [0, round(1100 / (25 / 3.6)) + 1]


def test_step_free_one_is_told_how_much_is_unknown(block: Streets) -> None:
    router = OnStreets(block, network(P="100 0", Q="400 100"))
    assert sorted(router.access(at("0 0"), 900, 1.0, Mode.STEP_FREE).unknown_m.tolist()) == [100, 500]
    assert len(router.access(at("0 0"), 900, 1.0).unknown_m) == 0


def test_a_stop_off_the_streets_is_reached_by_the_straight_line_and_says_so(block: Streets) -> None:
    router = OnStreets(block, network(P="100 0", FAR="0 -500"))
    assert reached(router, "0 0", 900) == {"P": (100, False), "FAR": (650, True)}


def test_a_point_off_the_streets_is_left_by_the_straight_line(block: Streets) -> None:
    router = OnStreets(block, network(P="0 0", Q="100 0"))
    assert reached(router, "0 -400", 600) == {"P": (520, True), "Q": (536, True)}
    assert router.way(at("0 -400"), at("0 0"), 900, 1.0).estimated


def test_nobody_is_guessed_across_the_water() -> None:
    west, east = CENTRE.lon + 600 * M_LON, CENTRE.lon + 800 * M_LON
    terrain = Terrain(barriers=(box(west, 47.7, east, 47.8),))
    router = OnStreets(streets(ROUND_THE_BLOCK), network(terrain, P="100 0", ISLE="1000 0"))
    assert set(reached(router, "0 0", 3600)) == {"P"}


def harbour() -> Terrain:
    """Water north of the quay, which is the street from A to B; it lies over its edge."""
    return Terrain(barriers=(box(CENTRE.lon - 0.01, at("0 10").lat, CENTRE.lon + 0.02, at("0 290").lat),), quay_m=20)


def test_from_the_middle_of_the_harbour_no_street_is_reached(block: Streets) -> None:
    router = OnStreets(block, network(harbour(), P="100 0", Q="350 0"))
    assert reached(router, "100 -100", 900)
    assert reached(router, "100 100", 900) == {}
    assert router.way(at("100 100"), at("350 0"), 900, 1.0) is None
    assert len(router.towards(at("100 100"), (at("350 0"),), 900, 1.0, Mode.WALK).stop) == 0


def test_a_stop_out_on_a_pontoon_is_reached_and_drawn(block: Streets) -> None:
    router = OnStreets(block, network(harbour(), P="100 60", Q="350 0"))
    assert reached(router, "350 0", 900) == {"Q": (0, False), "P": (310, False)}
    way = router.way(at("350 0"), at("100 60"), 900, 1.0)
    assert way is not None
    assert (way.metres, way.estimated) == (310, False)


def test_the_direct_way_has_line_and_steps(block: Streets) -> None:
    found = OnStreets(block, network(P="100 0", Q="0 300")).way(at("50 0"), at("400 200"), 900, 1.0)
    assert (found.metres, found.seconds, found.estimated, len(found.line)) == (550, 550, False, 3)
    assert [(step.turn, step.street, step.distance_m) for step in found.steps] == [("DEPART", "Rue Longue", 550)]


def test_a_way_that_takes_too_long_is_none(block: Streets) -> None:
    router = OnStreets(block, network(P="100 0", Q="0 300"))
    assert router.way(at("0 0"), at("0 300"), 1099, 1.0) is None
    assert router.direct(at("0 0"), at("0 300")) == 1100


def test_walks_between_stops_follow_streets(block: Streets) -> None:
    stops = network(P="0 0", Q="100 0", R="0 300").stops
    walks = StreetWalks(block, stops, Terrain(speed_mps=1.0, longest_m=700.0)).near()
    assert sorted(zip(walks.start.tolist(), walks.end.tolist(), walks.distance_m.tolist(), strict=True)) == [
        (0, 1, 100),
        (1, 0, 100),
    ], "R is 300 m away as the gull flies and 1100 m as one walks"


def test_walks_to_stops_off_the_streets_are_guessed(block: Streets) -> None:
    stops = network(P="0 0", Q="0 -400").stops
    walks = StreetWalks(block, stops, Terrain(speed_mps=1.0)).near()
    assert walks.distance_m.tolist() == [520, 520]


def test_between_platforms_one_walks_indoors(block: Streets) -> None:
    station = Stop("S", "Gare", at("0 150").lat, at("0 150").lon, location_type=1)
    plans = {"A": "0 0", "B": "0 300"}
    platforms = [Stop(name, name, at(plan).lat, at(plan).lon, parent=0) for name, plan in plans.items()]
    feed = tiny.feed("1 a: A 8:00 > B 9:00", stops=[station, *platforms])
    walks = StreetWalks(block, build([feed]).stops, Terrain(speed_mps=1.0)).near()
    assert np.unique(walks.distance_m).tolist() == [390]
