"""What the network makes of feeds: patterns, runs, calendars, stops."""

from dataclasses import replace
from datetime import date

import numpy as np

from gtfs.snapshot import FeedSnapshot, Stop
from mobility.feeds.build.network import build
from mobility.network.modes import MODES
from mobility.network.network import Network
from tests.mobility.feeds import tiny

TWO_BUSES = """
    1 early: A 8:00 > B 8:10 > C 8:20
    1 late:  A 9:00 > B 9:10 > C 9:20
    1 short: A 8:30 > B 8:40
    2 back:  C 8:00 > B 8:10
    """


def runs(network: Network) -> list[str]:
    """Each trip as `pattern id first_departure`, in the network's order."""
    trips, departure = network.trips, network.calls.departure
    return [
        f"{trips.pattern[t]} {trips.id[trips.id_row[t]]} {departure[trips.first_call[t]] // 60}"
        for t in range(len(trips))
    ]


def test_trips_of_one_line_with_equal_stops_are_one_pattern_in_order_of_time() -> None:
    network = build([tiny.feed(TWO_BUSES)])
    assert runs(network) == ["0 t_early 480", "0 t_late 540", "1 t_short 510", "2 t_back 480"]


def test_another_rule_of_getting_in_is_another_pattern() -> None:
    feed = tiny.feed("1 a: A 8:00 > B 8:10\n1 b: A 9:00 > B 9:10")
    pickup = feed.stop_times.pickup.copy()
    pickup[2] = 2
    network = build([replace(feed, stop_times=replace(feed.stop_times, pickup=pickup))])
    assert network.patterns.pickup.tolist() == [0, 0, 2, 0]


def test_ids_carry_the_name_of_their_feed() -> None:
    network = build([tiny.feed(TWO_BUSES, id="bus"), tiny.feed("F x: A 8:00 > Z 9:00", id="boat", route_type=4)])
    assert list(network.stops.id) == ["bus_A", "bus_B", "bus_C", "boat_A", "boat_Z"]
    assert list(network.lines.id) == ["bus_1", "bus_2", "boat_F"]
    assert network.patterns.stop[-2:].tolist() == [network.stop("boat_A"), network.stop("boat_Z")]
    assert [feed.id for feed in network.feeds] == ["bus", "boat"]


def test_a_frequency_is_one_run_for_each_start_before_its_end() -> None:
    feed = tiny.feed("1 f: A 0:00 > B 0:10", frequencies=[("f", "8:00", "9:00", 1200, False)])
    network = build([feed])
    assert runs(network) == ["0 t_f 480", "0 t_f 500", "0 t_f 520"]
    assert network.trips.headway_s.tolist() == [1200] * 3
    assert network.calls.exact.tolist() == [0] * 6


def test_the_runs_of_an_exact_frequency_are_a_timetable() -> None:
    network = build([tiny.feed("1 f: A 7:00 > B 7:10", frequencies=[("f", "8:00", "8:30", 900, True)])])
    assert runs(network) == ["0 t_f 480", "0 t_f 495"]
    assert network.trips.headway_s.tolist() == [0, 0]
    assert network.calls.arrival.tolist() == [28800, 29400, 29700, 30300]


def test_a_trip_with_one_call_has_no_run() -> None:
    assert runs(build([tiny.feed("1 stub: A 8:00\n1 real: A 8:00 > B 8:05")])) == ["1 t_real 480"]


def test_calendars_of_all_feeds_share_one_matrix() -> None:
    first = tiny.feed("1 a: A 8:00 > B 8:10", services={"s": "110"})
    second = tiny.feed("1 a: A 8:00 > B 8:10", id="u", services={"s": "01"}, first_day=date(2026, 6, 17))
    services = build([first, second]).services
    assert services.first_day == tiny.MONDAY
    assert services.active.tolist() == [[1, 1, 0, 0], [0, 0, 0, 1]]


def test_each_feed_keeps_its_zone_and_the_territory_is_the_first() -> None:
    feeds = [tiny.feed("1 a: A 8:00 > B 8:10", zone="Europe/London"), tiny.feed("1 a: A 8:00 > B 9:00", id="u")]
    network = build(feeds, zone="Europe/Paris")
    assert network.zones == ("Europe/Paris", "Europe/London", "UTC")
    assert network.services.zone.tolist() == [1, 2]
    assert network.stops.zone.tolist() == [1, 1, 2, 2]


def test_a_station_has_the_modes_and_calls_of_its_stops() -> None:
    quay = Stop("Q", "Quay", 47.0, -3.0, parent=1)
    station = Stop("S", "Station", 47.0, -3.0, location_type=1)
    stops = build([tiny.feed("F x: Q 8:00 > B 8:10", stops=[quay, station], route_type=4)]).stops
    assert stops.children(1) == [0]
    assert [[m for i, m in enumerate(MODES) if mask >> i & 1] for mask in stops.modes.tolist()] == [["FERRY"]] * 3
    assert stops.importance[0] == stops.importance[1] == 1


def test_a_stop_without_position_stands_where_its_station_stands() -> None:
    entrance = Stop("E", "Entrance", np.nan, np.nan, location_type=2, parent=1)
    station = Stop("S", "Station", 47.5, -3.5, location_type=1)
    stops = build([tiny.feed("1 a: A 8:00 > B 8:10", stops=[entrance, station])]).stops
    assert (stops.lat[0], stops.lon[0]) == (47.5, -3.5)


def test_the_headsign_of_a_call_is_kept_where_a_feed_has_them() -> None:
    feed = tiny.feed("1 a: A 8:00 > B 8:10")
    with_headsigns = replace(feed.stop_times, headsign=np.array(["via harbour", ""], object))
    network = build([replace(feed, stop_times=with_headsigns), tiny.feed("2 b: A 8:00 > B 8:10", id="u")])
    assert [network.texts[row] for row in network.calls.headsign.tolist()] == ["via harbour", "", "", ""]
    assert [network.texts[row] for row in network.trips.headsign.tolist()] == ["to B", "to B"]


def test_a_fare_names_the_lines_of_its_feed() -> None:
    feeds = [tiny.feed(TWO_BUSES), tiny.fare(tiny.feed("F x: A 8:00 > B 9:00", id="boat"), "Crossing", 170, (0,))]
    bus, boat = build(feeds).fares
    assert (bus.version, [(fare.id, fare.minor, [row.route for row in fare.rows]) for fare in boat.fares]) == (
        0,
        [("Crossing", 170, [2])],
    )


def test_equal_feeds_make_a_network_of_equal_version() -> None:
    def version(feed: FeedSnapshot) -> str:
        return build([feed]).version

    assert version(tiny.feed(TWO_BUSES)) == version(tiny.feed(TWO_BUSES))
    assert version(tiny.feed(TWO_BUSES)) != version(tiny.feed(TWO_BUSES.replace("9:20", "9:21")))


def test_no_feed_at_all_is_an_empty_network() -> None:
    network = build([], zone="Europe/Paris")
    assert (len(network.stops), len(network.trips), network.zones) == (0, 0, ("Europe/Paris",))
