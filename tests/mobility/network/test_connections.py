"""What cannot be reached, and what one closed stop or line cuts off, on timetables small enough to see it."""

from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtfs.snapshot import Stop
from mobility.feeds.build.network import BuildPlace, build, build_looked_at
from mobility.network.connections import structure_of
from mobility.network.cut_off import cut_by_lines, cut_by_stops
from mobility.network.graph import graph_of
from mobility.network.place import TerritoryPlace
from mobility.network.stop_groups import number_of_groups
from mobility.network.straight_line import StraightLine
from mobility.network.structure import Structure, read_structure, write_structure
from tests.mobility.feeds import tiny

ISLAND = """
    1 out:    A 8:00 > B 8:10 > C 8:20
    1 home:   C 9:00 > B 9:10 > A 9:20
    2 out:    A 8:00 > C 8:30
    2 home:   C 9:00 > A 9:30
    boat out: C 8:30 > X 9:00
    boat in:  X 9:30 > C 10:00
    isle to:  X 9:00 > Y 9:10
    isle fro: Y 9:20 > X 9:30
    """


def commune(name: str, letter: str, people: int) -> TerritoryPlace:
    here = tiny.in_a_row(letter)
    return TerritoryPlace("commune", name, name, here.lat, here.lon, {"population": str(people)})


def looked_at(timetable: str, *places: TerritoryPlace, **more: object) -> Structure:
    network = build([tiny.feed(timetable, **more)], places=places)  # type: ignore[arg-type]
    return structure_of(graph_of(network, StraightLine(network)))


def cuts(found: Structure) -> dict[str, str]:
    return {f"{one.closed} {one.id}": " ".join((*one.stops, *one.communes, str(one.people))) for one in found.cut_off}


def test_the_quay_and_the_line_of_an_island_cut_off_the_island_and_its_people() -> None:
    found = cuts(looked_at(ISLAND, commune("Isle", "Y", 300), commune("Town", "A", 9000)))
    assert found["stop t_X"] == "t_Y Isle 300"
    assert found["line t_boat"] == "t_X t_Y Isle 300"
    assert found["stop t_C"] == "t_X t_Y Isle 300"


def test_where_another_line_runs_too_a_closed_line_cuts_off_only_what_it_alone_serves() -> None:
    found = cuts(looked_at(ISLAND))
    assert found["line t_1"] == "t_B 0"
    assert "line t_2" not in found


def test_where_one_can_walk_nothing_is_cut_off() -> None:
    near_c = tiny.metres_north(tiny.in_a_row("C"), 200, "X")
    found = cuts(looked_at("1 a: A 8:00 > C 8:20\n2 b: X 8:00 > A 8:40", stops=[near_c]))
    assert found == {}


def test_a_station_with_its_parts_is_one_stop() -> None:
    station = Stop("S", "Station", 46.0, -3.0, location_type=1)
    platforms = [Stop(name, name, 46.0, -3.0 + n / 50, parent=0) for n, name in enumerate("PQ")]
    lines = (
        "1 a: A 8:00 > P 8:10\n1 b: P 9:00 > A 9:10\n2 c: Q 8:00 > M 8:10\n2 d: M 9:00 > Q 9:10\n3 e: M 8:00 > N 8:05"
    )
    found = cuts(looked_at(lines, stops=[station, *platforms]))
    assert found["stop t_S"] == "t_A 0"


def test_a_line_that_runs_on_no_day_reaches_nothing() -> None:
    found = looked_at(
        "1 a: A 8:00 > B 8:10\n1 b: B 9:00 > A 9:10\n9 n@never: B 8:00 > Z 8:10",
        services={"daily": "1" * 14, "never": "0" * 14},
    )
    assert (found.cannot_be_reached, found.cannot_be_left, found.one_way_only) == (("t_Z",), ("t_Z",), ())


def test_what_one_only_leaves_or_only_reaches_is_named() -> None:
    found = looked_at("1 a: A 8:00 > B 8:10\n1 b: B 9:00 > A 9:10\n2 c: X 8:00 > A 8:30\n3 d: B 8:00 > Y 8:30")
    assert (found.cannot_be_reached, found.cannot_be_left) == (("t_X",), ("t_Y",))
    assert found.one_way_only == ("t_X", "t_Y")


def test_a_place_without_a_stop_near_cannot_be_reached() -> None:
    here = tiny.in_a_row("M")
    found = looked_at(ISLAND, TerritoryPlace("counter", "far", "Far", here.lat, here.lon))
    assert (found.cannot_be_reached, found.cannot_be_left) == (("counter/far",), ("counter/far",))


def test_a_place_to_which_one_only_drives_is_not_reached() -> None:
    """Four kilometres from its stop: within the drive that the graph knows, beyond every walk."""
    stop = tiny.in_a_row("A")
    found = looked_at(ISLAND, TerritoryPlace("commune", "far", "Far", stop.lat + 0.036, stop.lon))
    assert (found.cannot_be_reached, found.cannot_be_left) == (("commune/far",), ("commune/far",))


def zone(letter: str, half_degrees: float) -> TerritoryPlace:
    """A zone on demand round a stop."""
    at = tiny.in_a_row(letter)
    west, south, east, north = (
        at.lon - half_degrees,
        at.lat - half_degrees,
        at.lon + half_degrees,
        at.lat + half_degrees,
    )
    area = f"POLYGON (({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))"
    return TerritoryPlace("on_demand", "taxibus", "Taxibus", at.lat, at.lon, area=area)


def test_a_commune_that_a_service_on_demand_fetches_is_reached() -> None:
    """Four kilometres from the stop, in the zone of it."""
    stop = tiny.in_a_row("A")
    far = TerritoryPlace("commune", "far", "Far", stop.lat + 0.036, stop.lon, {"population": "70"})
    found = looked_at(ISLAND, far, zone("A", 0.04))
    assert (found.cannot_be_reached, found.cannot_be_left) == ((), ())
    assert looked_at(ISLAND, far, zone("A", 0.03)).cannot_be_reached == ("commune/far",)


def test_people_whom_a_zone_alone_serves_are_cut_off_with_its_stop() -> None:
    isle = tiny.in_a_row("Y")
    far = TerritoryPlace("commune", "far", "Far", isle.lat + 0.1, isle.lon, {"population": "70"})
    more = "    3 out: A 8:00 > D 8:10\n    3 home: D 9:00 > A 9:10"
    assert cuts(looked_at(ISLAND + more, far, zone("Y", 0.11)))["line t_boat"] == "t_X t_Y Far 70"


def test_a_commune_far_from_every_stop_is_cut_off_by_none() -> None:
    """Eleven kilometres: its people lose nothing with the stop that happens to be the nearest."""
    isle = tiny.in_a_row("Y")
    far = TerritoryPlace("commune", "far", "Far", isle.lat + 0.1, isle.lon, {"population": "70"})
    found = looked_at(ISLAND, far)
    assert cuts(found)["line t_boat"] == "t_X t_Y 0"
    assert found.cannot_be_reached == ("commune/far",)


def test_who_takes_no_steps_reaches_what_is_known_to_be_free_of_them() -> None:
    station = Stop("S", "Station", 46.0, -3.0, location_type=1)
    stops = [Stop("P", "P", 46.0, -3.0, parent=0, wheelchair=1)]
    stops += [Stop(name, name, 46.0, -3.1 - n / 10, wheelchair=n) for n, name in enumerate("UYN")]
    found = looked_at("1 a: P 8:00 > U 8:10 > Y 8:20 > N 8:30", stops=[station, *stops])
    (one,) = found.step_free
    assert (one.station, one.yes, one.not_known, one.no) == ("t_S", 0, 2, 1)  # no trip says that it takes wheelchairs


def test_what_was_found_is_read_back(tmp_path: Path) -> None:
    found = looked_at(ISLAND, commune("Isle", "Y", 300))
    assert read_structure(tmp_path) is None
    write_structure(tmp_path, found)
    assert read_structure(tmp_path) == found


EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]), max_size=16)


@settings(max_examples=200, deadline=None)
@given(EDGES)
def test_stops_that_cut_are_those_without_which_there_are_more_parts(edges: list[tuple[int, int]]) -> None:
    """By removing each in turn: the greatest part stays, all else is cut off."""
    whole: nx.Graph[str] = nx.Graph([(str(a), str(b)) for a, b in edges])
    found = dict(cut_by_stops(whole))
    for stop in whole:
        part = nx.node_connected_component(whole, stop) - {stop}
        sizes = sorted(map(len, nx.connected_components(whole.subgraph(part))))
        assert len(found.get(stop, ())) == sum(sizes[:-1])
        rest = nx.connected_components(whole.subgraph(part - found.get(stop, set())))
        assert stop not in found or [len(one) for one in rest] == sizes[-1:]


@settings(max_examples=200, deadline=None)
@given(EDGES, st.lists(st.integers(0, 3), min_size=16, max_size=16))
def test_lines_that_cut_are_those_without_which_there_are_more_parts(
    edges: list[tuple[int, int]], lines: list[int]
) -> None:
    """Line 0 is a walk, which never closes."""
    by_pair: dict[tuple[str, str], set[str]] = {}
    always = []
    for (a, b), line in zip(edges, lines, strict=False):
        if line:
            by_pair.setdefault((str(a), str(b)), set()).add(str(line))
        else:
            always.append((str(a), str(b)))
    found = dict(cut_by_lines(by_pair, always))
    whole: nx.Graph[str] = nx.Graph([*by_pair, *always])
    for line in "123":
        without: nx.Graph[str] = nx.Graph([*always, *(pair for pair, of in by_pair.items() if of != {line})])
        without.add_nodes_from(whole)
        expected = 0
        for part in nx.connected_components(whole):
            sizes = sorted(map(len, nx.connected_components(without.subgraph(part))))
            expected += sum(sizes[:-1])
        assert len(found.get(line, ())) == expected


def test_a_network_that_is_too_large_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mobility.network.connections.MOST_STOPS", 4)
    found = looked_at(ISLAND)
    assert (found.is_known, found.stops, found.cut_off) == (False, 5, ())


STATION = [
    Stop("S", "Station", 46.0, -3.0, location_type=1),
    Stop("P", "Platform", 46.0, -3.0, parent=0),
    Stop("Q", "Platform", 46.0, -3.01, parent=0),
    Stop("E", "Entrance of nothing", 46.0, -3.02, location_type=2),
    Stop("N", "Never served", 46.0, -3.03),
    Stop("U", "Up the street", 46.1, -3.0),
]


@pytest.mark.parametrize(
    ("timetable", "more", "groups"),
    [
        (ISLAND, {}, 5),
        ("1 a: P 8:00 > U 8:10\n1 b: U 8:30 > Q 8:40", {"stops": STATION}, 3),  # the station, N and U
        ("1 a: E 8:00 > U 8:10", {"stops": STATION}, 4),  # where a line calls it counts, whatever it is
    ],
)
def test_stops_are_counted_without_the_graph_as_in_it(timetable: str, more: dict[str, object], groups: int) -> None:
    network = build([tiny.feed(timetable, **more)])  # type: ignore[arg-type]
    assert number_of_groups(network) == structure_of(graph_of(network, StraightLine(network))).stops == groups


def test_of_a_network_that_is_too_large_only_the_ways_to_places_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    here = tiny.in_a_row("Y")
    feeds, where = (
        [tiny.feed(ISLAND)],
        BuildPlace(places=(TerritoryPlace("counter", "c", "Sales", here.lat, here.lon),)),
    )
    network, _ = build_looked_at(feeds, where)
    monkeypatch.setattr("mobility.network.connections.MOST_STOPS", 4)
    monkeypatch.setattr("mobility.feeds.build.network.completed", None)
    large, found = build_looked_at(feeds, where)
    assert (large.version, found) == (network.version, Structure(stops=5, is_known=False))
    assert len(large.place_ways.stop) > 0
