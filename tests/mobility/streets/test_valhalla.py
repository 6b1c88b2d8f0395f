"""Ways by a Valhalla server on loopback; and what is answered when it is slow, broken, or knows no street."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from shapely.geometry import box

from gtfs.snapshot import Stop
from mobility.feeds.build.network import build
from mobility.geo import Point
from mobility.network.network import Network
from mobility.network.straight_line import StraightLine
from mobility.network.terrain import Terrain
from mobility.network.ways import Turn
from mobility.polyline import points_of
from mobility.streets.on_valhalla import OnValhalla
from mobility.streets.valhalla import ServerLimits, ValhallaServer
from tests.mobility.feeds import tiny
from tests.mobility.streets.loopback_valhalla import Town, dripping, polyline6, serving
from tests.mobility.streets.tiny import CENTRE, M_LON, at


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def network(terrain: Terrain | None = None, **places: str) -> Network:
    stops = [Stop(name, name, at(plan).lat, at(plan).lon) for name, plan in places.items()]
    calls = " > ".join(f"{name} {8 + hour}:00" for hour, name in enumerate(places))
    return build([tiny.feed(f"1 a: {calls}", stops=stops)], terrain or Terrain())


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def url(town: Town) -> Iterator[str]:
    with serving(town) as address:
        yield address


def router(url: str, known: Network, limits: ServerLimits | None = None, clock: Clock | None = None) -> OnValhalla:
    return OnValhalla(ValhallaServer(url, limits or ServerLimits(), clock or Clock()), known, StraightLine(known))


def reached(router: OnValhalla, known: Network, seconds: int, **rest) -> dict[str, tuple[int, bool]]:
    found = router.access(at("0 0"), seconds, 1.0, **rest)
    columns = zip(found.stop.tolist(), found.metres.tolist(), found.estimated.tolist(), strict=True)
    return {known.stops.name[stop]: (metres, estimated) for stop, metres, estimated in columns}


def test_stops_are_as_far_as_the_server_says(url: str) -> None:
    known = network(P="300 400", Q="0 500", R="600 700")
    assert reached(router(url, known), known, 1000) == {"P": (700, False), "Q": (500, False)}
    assert reached(router(url, known), known, 1000, inward=True) == {"P": (700, False), "Q": (500, False)}


def test_places_are_asked_in_the_body_at_the_traveller_s_speed_without_ferries(url: str, town: Town) -> None:
    known = network(P="300 400", Q="0 500")
    router(url, known).access(at("0 0"), 900, 1.5, "STEP_FREE", inward=True)
    (asked,) = town.asked
    assert (asked["action"], len(asked["sources"]), len(asked["targets"])) == ("/sources_to_targets", 2, 1)
    options = asked["costing_options"]["pedestrian"]
    assert (options["type"], options["walking_speed"], options["exclude_ferries"]) == ("wheelchair", 5.4, True)


def test_what_valhalla_does_not_say_of_steps_is_unknown(url: str) -> None:
    known = network(P="300 400", Q="0 500")
    found = router(url, known).access(at("0 0"), 900, 1.0, "STEP_FREE")
    assert found.unknown_m.tolist() == found.metres.tolist() == [700, 500]
    way = router(url, known).way(at("0 0"), at("30 40"), 900, 1.0, "STEP_FREE")
    assert way is not None and (way.metres, way.unknown_m) == (70, 70)


def test_a_way_has_a_line_and_steps(url: str) -> None:
    way = router(url, network(P="0 0", Q="0 500")).way(at("0 0"), at("300 400"), 900, 1.0)
    assert way is not None
    assert (way.seconds, way.metres, way.estimated, len(way.line)) == (700, 700, False, 3)
    told = [(step.turn, step.street, step.distance_m, step.first_point, step.last_point) for step in way.steps]
    assert told == [(Turn.DEPART, "Rue Haute", 300, 0, 1), (Turn.LEFT, "", 400, 1, 2)]


def test_a_way_that_takes_too_long_is_none(url: str) -> None:
    assert router(url, network(P="0 0", Q="0 500")).way(at("0 0"), at("300 400"), 600, 1.0) is None


def test_the_piece_between_a_door_and_its_street_counts(url: str, town: Town) -> None:
    town.shift_m = 100
    known = network(P="300 400", Q="0 500")
    assert reached(router(url, known), known, 1000) == {"P": (900, False), "Q": (700, False)}


def test_a_place_far_from_every_street_is_guessed(url: str, town: Town) -> None:
    town.shift_m = 400
    known = network(P="300 400", Q="0 500")
    assert reached(router(url, known), known, 1000) == {"P": (650, True), "Q": (650, True)}


def test_nobody_takes_a_ferry_for_a_road(url: str, town: Town) -> None:
    water = box(CENTRE.lon + 100 * M_LON, CENTRE.lat - 1, CENTRE.lon + 400 * M_LON, CENTRE.lat + 1)
    known = network(Terrain(barriers=(water,)), P="50 0", ISLE="500 0")
    on_valhalla = router(url, known)
    assert set(reached(on_valhalla, known, 900)) == {"P", "ISLE"}, "the server was told to shut ferries out: a bridge"
    town.has_ferry = town.ignores_exclusions = True
    assert set(reached(on_valhalla, known, 900)) == {"P"}
    assert on_valhalla.way(at("0 0"), at("500 0"), 900, 1.0) is None


def test_a_stop_that_no_way_leads_to_is_not_reached(url: str, town: Town) -> None:
    town.unreachable = {1}
    known = network(P="300 400", Q="0 500")
    assert set(reached(router(url, known), known, 1000)) == {"P"}


@pytest.mark.parametrize(
    "refusal",
    [
        (500, b"{}"),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"sources_to_targets": [[{"time": "soon", "distance": 1}]], "sources": [], "targets": [{}]}'),
        (302, b""),
        (400, b'{"error_code": 150, "error": "Exceeded max locations"}'),
    ],
)
def test_a_broken_server_is_left_alone_for_a_while(url: str, town: Town, refusal: tuple[int, bytes]) -> None:
    known, clock = network(P="300 400", Q="0 500"), Clock()
    on_valhalla = router(url, known, clock=clock)
    town.refusal = refusal
    assert reached(on_valhalla, known, 1000) == {"P": (650, True), "Q": (650, True)}
    town.refusal = None
    guessed = on_valhalla.way(at("0 0"), at("300 400"), 900, 1.0)
    assert (guessed is not None and guessed.estimated, town.asked) == (True, [])
    clock.now_s = 31.0
    assert reached(on_valhalla, known, 1000)["P"] == (700, False)


def test_a_slow_server_is_not_waited_for(url: str, town: Town) -> None:
    town.answers_at_once.clear()
    known = network(P="300 400", Q="0 500")
    on_valhalla = router(url, known, ServerLimits(whole_s=0.05))
    assert reached(on_valhalla, known, 1000)["P"] == (650, True)


@pytest.mark.parametrize("begun", ["HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"])
def test_a_server_whose_head_or_body_drips_is_not_listened_to_for_longer_than_the_whole(begun: str) -> None:
    """No byte is late, but all of them are."""
    known, began_s = network(P="300 400", Q="0 500"), time.monotonic()
    with dripping(begun.encode()) as address:
        assert reached(router(address, known, ServerLimits(whole_s=0.3)), known, 1000)["P"] == (650, True)
        assert time.monotonic() - began_s < 5


def test_a_server_that_is_not_there_is_no_fault_of_the_traveller() -> None:
    known = network(P="300 400", Q="0 500")
    on_valhalla = router("http://127.0.0.1:9", known)
    assert reached(on_valhalla, known, 1000)["P"] == (650, True)
    way = on_valhalla.way(at("0 0"), at("300 400"), 900, 1.0)
    assert way is not None and way.estimated


def test_a_place_beyond_the_server_s_map_does_not_silence_it(url: str, town: Town) -> None:
    known = network(P="300 400", Q="0 500")
    on_valhalla = router(url, known)
    town.refusal = (400, b'{"error_code": 171, "error": "No suitable edges near location"}')
    assert reached(on_valhalla, known, 1000)["P"] == (650, True)
    town.refusal = (400, b'{"error_code": 442, "error": "No path could be found for input"}')
    assert on_valhalla.way(at("0 0"), at("300 400"), 900, 1.0) is None
    town.refusal = None
    assert reached(on_valhalla, known, 1000)["P"] == (700, False)


def test_a_line_is_read_as_it_was_written() -> None:
    line = [Point(45.464155, 9.190017), Point(45.5, -9.2), Point(-45.5, 9.2)]
    assert list(points_of(polyline6([{"lat": one.lat, "lon": one.lon} for one in line]), 6)) == line
    with pytest.raises(ValueError, match="no polyline"):
        points_of(" ", 6)
