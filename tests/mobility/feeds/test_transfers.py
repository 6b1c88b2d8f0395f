"""What transfers.txt makes of the walks and changes, from whole stations down to single trips."""

from dataclasses import replace

import numpy as np

from gtfs.snapshot import FeedSnapshot, Stop
from mobility.feeds.build.network import build
from mobility.network.footpaths import FORBIDDEN_S
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.network.terrain import OPEN_GROUND, Terrain
from tests.mobility.feeds import tiny

BUS_AND_TRAM = """
    bus b1: A 8:00 > B 8:10
    bus b2: A 9:00 > B 9:10
    tram t1: B 8:12 > C 8:20
    tram t2: B 9:12 > C 9:20
    night n1: B 8:14 > C 8:30
    """


def network_with(transfers: str, terrain: Terrain = OPEN_GROUND, stops: tuple[Stop, ...] = ()) -> Network:
    return build([tiny.feed(BUS_AND_TRAM, transfers=transfers, stops=stops)], terrain)


def walks(network: Network) -> dict[str, int]:
    """Seconds of each walk between stops, by `A > B`."""
    walk, name = network.footpaths, [network.stops.name[stop] for stop in network.node_stop]
    return {
        f"{name[start]} > {name[walk.to_stop[row]]}": int(walk.duration_s[row])
        for start in range(len(name))
        for row in walk.of(start)
    }


def change_s(network: Network, leaves: str, takes: str, stop: str = "t_B") -> int | None:
    """Seconds between getting out of one trip at the stop and getting into the other, None where one may not."""
    out, into = node(network, leaves, stop), node(network, takes, stop)
    if out == into:
        seconds = int(network.footpaths.change_s[out])
        return None if seconds == FORBIDDEN_S else seconds
    walk = network.footpaths
    found = [int(walk.duration_s[row]) for row in walk.of(out) if walk.to_stop[row] == into]
    return found[0] if found else None


def node(network: Network, trip: str, stop: str) -> int:
    pattern = network.trips.pattern[network.trips.id_row.tolist().index(network.trips.id.find(f"t_{trip}"))]
    first = network.patterns.first_position
    positions = range(first[pattern], first[pattern + 1])
    (found,) = [int(network.patterns.node[i]) for i in positions if network.patterns.stop[i] == network.stop(stop)]
    return found


def test_without_rules_no_stop_is_split() -> None:
    network = network_with("")
    assert network.node_stop.tolist() == [0, 1, 2]
    assert network.patterns.node.tolist() == network.patterns.stop.tolist()


def test_a_minimum_time_is_the_time_of_the_walk() -> None:
    assert walks(network_with("A > C 2 500")) == {"A > C": 500}


def test_a_minimum_time_at_one_stop_is_its_change_time() -> None:
    assert network_with("B > B 2 300").footpaths.change_s.tolist() == [60, 300, 60]


def test_a_vehicle_that_waits_is_caught_at_once() -> None:
    assert network_with("B > B 1").footpaths.change_s.tolist() == [60, 0, 60]


def test_a_forbidden_change_is_none() -> None:
    assert change_s(network_with("B > B 3"), "b1", "t1") is None


def test_a_forbidden_walk_is_not_walked() -> None:
    near = (tiny.in_a_row("A"), tiny.metres_north(tiny.in_a_row("A"), 100, "B"))
    assert set(walks(network_with("", stops=near))) == {"A > B", "B > A"}
    assert set(walks(network_with("A > B 3", stops=near))) == {"B > A"}


def test_a_recommended_transfer_is_a_walk_where_the_stops_are_near() -> None:
    far_walker = Terrain(longest_m=500.5)
    assert walks(network_with("A > B 0\nA > C 0", far_walker)) == {"A > B": 978}


def test_a_rule_of_a_station_holds_for_its_stops_and_yields_to_theirs() -> None:
    station = Stop("S", "S", 47.0, -3.0, location_type=1)
    platforms = tuple(Stop(name, name, 47.0, -3.0, parent=0) for name in "AB")
    network = network_with("S > S 2 240\nA > B 2 30", stops=(station, *platforms))
    assert walks(network) == {"A > B": 30, "B > A": 240}
    assert network.footpaths.change_s.tolist() == [60, 240, 240, 60]


def test_stops_of_a_station_are_linked_however_far_apart() -> None:
    station = Stop("S", "S", 47.0, -3.0, location_type=1)
    platforms = (Stop("A", "A", 47.0, -3.0, parent=0), tiny.metres_north(tiny.in_a_row("A"), 1000, "B", parent=0))
    assert walks(network_with("", stops=(station, *platforms))) == {"A > B": 978, "B > A": 978}


def test_transfers_can_be_the_whole_transfer_graph() -> None:
    near = (tiny.in_a_row("A"), tiny.metres_north(tiny.in_a_row("A"), 100, "B"))
    network = network_with("A > C 2 90\nB > B 2 0", Terrain(only_transfers=True, change_s=0), near)
    assert walks(network) == {"A > C": 90}
    assert network.footpaths.change_s.tolist() == [0, 0, 0]


def test_a_rule_between_two_lines_holds_for_them_alone() -> None:
    network = network_with("B/bus > B/tram 2 180")
    assert change_s(network, "b1", "t1") == change_s(network, "b2", "t2") == 180
    assert change_s(network, "b1", "n1") == change_s(network, "t1", "b1") == 60


def test_a_rule_between_two_trips_outranks_one_between_their_lines() -> None:
    network = network_with("B/bus > B/tram 3\nB/b1 > B/t1 1")
    assert change_s(network, "b1", "t1") == 0
    assert change_s(network, "b1", "t2") is None
    assert change_s(network, "b2", "t1") is None


def test_a_rule_for_whoever_leaves_a_line_holds_for_every_line_taken() -> None:
    network = network_with("B/bus > B 2 200\nB > B 2 20")
    assert change_s(network, "b1", "t1") == change_s(network, "b1", "n1") == 200
    assert change_s(network, "n1", "t1") == 20


def test_nodes_of_a_stop_are_found_from_it_and_lead_back() -> None:
    network = network_with("B/bus > B/tram 2 180")
    b = network.stop("t_B")
    assert [int(network.node_stop[node]) for node in network.nodes(b)] == [b, b, b]
    assert network.nodes(network.stop("t_A")) == [network.stop("t_A")]


def test_a_split_stop_keeps_its_walks_for_all_its_nodes() -> None:
    near = (tiny.in_a_row("B"), tiny.metres_north(tiny.in_a_row("B"), 100, "C"))
    network = network_with("B/bus > B/tram 2 180", stops=near)
    assert len(network.nodes(0)) == 3
    assert all(len(network.footpaths.of(node)) == 3 for node in network.nodes(0))
    assert network.footpaths.of(1).stop - network.footpaths.of(1).start == 3


def feed_of_three_parts(services: dict[str, str], transfers: str) -> FeedSnapshot:
    return tiny.feed(
        "1 a @all: A 8:00 > B 8:10\n2 b @week: B 8:15 > C 8:20\n3 c @end: B 8:15 > D 8:30",
        services=services,
        transfers=transfers,
    )


def stays(network: Network) -> list[str]:
    trips, active = network.trips, network.services.active
    name = [trips.id[row] for row in trips.id_row.tolist()]
    return [
        f"{name[t]} {''.join(map(str, active[trips.service[t]]))} > {name[on] if on >= 0 else 'end'}"
        for t, on in enumerate(trips.stays_as.tolist())
    ]


def test_a_trip_goes_on_as_another_on_the_days_of_both() -> None:
    services = {"all": "111", "week": "110", "end": "001"}
    network = build([feed_of_three_parts(services, "/a > /b 4\n/a > /c 4")])
    assert stays(network) == ["t_a 110 > t_b", "t_a 001 > t_c", "t_b 110 > end", "t_c 001 > end"]


def test_on_other_days_the_trip_ends() -> None:
    network = build([feed_of_three_parts({"all": "111", "week": "110", "end": "001"}, "/a > /b 4")])
    assert stays(network) == ["t_a 110 > t_b", "t_a 001 > end", "t_b 110 > end", "t_c 001 > end"]


def test_a_trip_that_left_before_the_other_arrives_is_not_stayed_on() -> None:
    feed = tiny.feed("1 a: A 8:00 > B 8:10\n2 b: B 8:09 > C 8:20", transfers="/a > /b 4")
    assert build([feed]).trips.stays_as.tolist() == [-1, -1]


def test_type_five_keeps_nobody_seated() -> None:
    feed = tiny.feed("1 a: A 8:00 > B 8:10\n2 b: B 8:15 > C 8:20", transfers="/a > /b 5")
    assert build([feed]).trips.stays_as.tolist() == [-1, -1]


BLOCK = "1 a: A 8:00 > B 8:10\n2 b: B 8:15 > C 8:20"


def test_a_vehicle_that_leaves_the_same_stop_soon_as_another_trip_of_its_block_goes_on() -> None:
    assert stays(build([tiny.feed(BLOCK, blocks={"a": 1, "b": 1})]))[0].endswith("> t_b")
    assert stays(build([tiny.feed(BLOCK, blocks={"a": 1, "b": 2})]))[0].endswith("> end")


def test_nobody_stays_where_the_block_goes_on_elsewhere_or_late_or_a_rule_forbids_it() -> None:
    late = "1 a: A 8:00 > B 8:10\n2 b: B 8:21 > C 8:30"
    elsewhere = "1 a: A 8:00 > B 8:10\n2 b: C 8:15 > D 8:20"
    between = "1 a: A 8:00 > B 8:10\n2 c: D 8:12 > B 8:14\n3 b: B 8:15 > C 8:20"
    for text, rules in ((late, ""), (elsewhere, ""), (between, ""), (BLOCK, "/a > /b 5")):
        assert stays(build([tiny.feed(text, transfers=rules, blocks=dict.fromkeys("abc", 1))]))[0].endswith("> end")


def test_a_block_whose_trips_run_at_the_same_time_is_no_vehicle() -> None:
    twice = "1 a: A 8:00 > B 8:10\n2 b: B 8:15 > C 8:20\n3 c: B 8:15 > D 8:30"
    overlapping = "1 a: A 8:00 > B 8:10\n2 b: B 8:15 > C 8:20\n3 c: A 7:55 > B 8:05"
    for text in (twice, overlapping):
        assert stays(build([tiny.feed(text, blocks=dict.fromkeys("abc", 1))]))[0].endswith("> end")


def test_a_block_goes_on_as_another_trip_on_other_days() -> None:
    services = {"all": "111", "week": "110", "end": "001"}
    feed = feed_of_three_parts(services, "")
    feed = replace(feed, trips=replace(feed.trips, block=np.array([1, 1, 1], np.int32)))
    assert stays(build([feed])) == ["t_a 110 > t_b", "t_a 001 > t_c", "t_b 110 > end", "t_c 001 > end"]


def test_a_rule_of_a_trip_outranks_its_block() -> None:
    three = "1 a: A 8:00 > B 8:10\n2 b: B 8:12 > C 8:20\n3 c: B 8:15 > D 8:30"
    network = build([tiny.feed(three, transfers="/a > /c 4", blocks=dict.fromkeys("abc", 1))])
    assert stays(network)[0].endswith("> t_c")


STATIONS = Terrain(
    station_change_s=tuple(300 if mode == "REGIONAL_RAIL" else 60 for mode in MODES),
    stop_change_s=tuple(240 if mode == "REGIONAL_RAIL" else 60 for mode in MODES),
)


def platforms(transfers: str = "", terrain: Terrain = STATIONS) -> dict[str, int]:
    """P and Q for trains, R for buses, 15 m apart at one station; at the halt H trains call, at I a bus, too."""
    rows = (
        Stop("S", "S", 52.0, 11.0, location_type=1),
        *(Stop(name, name, 52.0, 11.0 + number * 0.0002, parent=0) for number, name in enumerate("PQR")),
        Stop("H", "H", 52.1, 11.0),
        Stop("I", "I", 52.1, 11.0002),
    )
    calls = """
        rail r1: P 8:00 > H 8:10
        rail r2: Q 8:05 > I 8:20
        bus b1: R 8:13 > I 8:30
        """
    feed = tiny.feed(calls, transfers=transfers, stops=rows)
    rails = tuple(replace(route, type=2 if route.id == "rail" else 3) for route in feed.routes)
    network = build([replace(feed, routes=rails)], terrain)
    changes = {network.stops.name[stop]: int(s) for stop, s in enumerate(network.footpaths.change_s)}
    return walks(network) | changes


def test_trains_of_one_station_are_changed_between_in_no_less_than_five_minutes() -> None:
    found = platforms()
    assert (found["P > Q"], found["Q > P"], found["P"], found["Q"]) == (300, 300, 300, 300)


def test_between_a_train_and_a_bus_the_usual_time_holds() -> None:
    found = platforms()
    assert (found["P > R"], found["R > P"], found["R"]) == (60, 60, 60)


def test_at_a_halt_its_own_time_holds_and_where_a_bus_calls_too_the_least() -> None:
    found = platforms()
    assert (found["H"], found["I"], found["H > I"]) == (240, 60, 60)


def test_no_station_is_slower_than_transfers_say() -> None:
    found = platforms("P > Q 2 120\nP > P 2 0\nQ > P 0")
    assert (found["P > Q"], found["P"], found["Q > P"]) == (120, 0, 300)


def test_without_a_word_in_the_config_all_stations_are_alike() -> None:
    assert set(platforms(terrain=OPEN_GROUND).values()) == {60}
