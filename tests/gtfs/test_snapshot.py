"""What the rest of Hent gets to see of a feed."""

import math
from datetime import date

from gtfs.snapshot import Frequency
from tests.gtfs import tiny


def test_a_plain_feed_is_read_as_it_stands() -> None:
    snapshot = tiny.accepted()
    assert tiny.ride(snapshot) == "A 8:00 > B 8:10 > C 8:20"
    assert [stop.name for stop in snapshot.stops] == ["Alpha", "Beta", "Gamma"]
    assert (snapshot.first_day, snapshot.last_day) == (date(2030, 1, 1), date(2030, 12, 31))
    assert (snapshot.publisher_name, snapshot.version) == ("Hent", "1")


def test_a_stop_takes_name_and_wheelchair_access_from_its_station() -> None:
    text = """
    # stops.txt
    stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding,platform_code
    A,,47.70,-3.40,,G,,1
    B,Quay,47.70,-3.40,0,G,2,2
    C,Gamma,47.72,-3.40,0,,,
    G,Station,47.70,-3.40,1,,1,
    """
    a, b, c, station = tiny.accepted(text).stops
    assert (a.name, a.wheelchair, a.parent, a.platform_code) == ("Station", 1, 3, "1")
    assert (b.name, b.wheelchair) == ("Quay", 2)
    assert (c.wheelchair, c.parent) == (0, -1)
    assert (station.location_type, station.parent) == (1, -1)


def test_a_position_in_the_gulf_of_guinea_is_none() -> None:
    text = """
    # stops.txt
    stop_id,stop_name,stop_lat,stop_lon
    A,Alpha,0,0
    B,Beta,47.71,
    C,Gamma,47.72,-3.40
    """
    snapshot = tiny.accepted(text)
    assert [math.isnan(stop.lat) and math.isnan(stop.lon) for stop in snapshot.stops] == [True, True, False]


def test_a_route_without_agency_belongs_to_the_only_one() -> None:
    text = """
    # agency.txt
    agency_name,agency_url,agency_timezone
    Ship and Bus,https://example.org,Europe/Paris

    # routes.txt
    route_id,route_short_name,route_long_name,route_type,route_color,route_sort_order
    R,B1,Harbour,1012,00aa00,7
    """
    route = tiny.accepted(text).routes[0]
    assert (route.agency, route.type, route.color, route.sort_order) == (0, 1012, "00aa00", 7)


def test_agencies_may_be_many_and_their_zone_be_misspelt() -> None:
    text = """
    # agency.txt
    agency_id,agency_name,agency_url,agency_timezone
    Q,Quay,https://example.org,Europe/Lorient
    S,Ship,https://example.org,Europe/Paris
    """
    snapshot = tiny.accepted(text)
    assert [agency.timezone for agency in snapshot.agencies] == ["Europe/Paris", "Europe/Paris"]
    assert snapshot.routes[0].agency == 1


def test_a_trip_carries_its_words_and_options() -> None:
    text = """
    # trips.txt
    route_id,service_id,trip_id,trip_headsign,trip_short_name,direction_id,wheelchair_accessible,bikes_allowed,shape_id
    R,ALL,T,Port,12,1,2,1,L

    # shapes.txt
    shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
    L,47.72,-3.4,2
    L,47.70,-3.4,1
    """
    snapshot = tiny.accepted(text)
    trips, shapes = snapshot.trips, snapshot.shapes
    assert (trips.headsign[0], trips.short_name[0]) == ("Port", "12")
    assert (trips.direction[0], trips.wheelchair[0], trips.bikes[0], trips.shape[0]) == (1, 2, 1, 0)
    assert (shapes.first_point.tolist(), shapes.lat.tolist()) == ([0, 2], [47.70, 47.72])


def test_a_trip_says_nothing_where_the_feed_does_not() -> None:
    trips = tiny.accepted("# trips.txt\ntrip_id,route_id,service_id\nT,R,ALL").trips
    assert (trips.direction[0], trips.wheelchair[0], trips.bikes[0], trips.shape[0]) == (-1, 0, 0, -1)


def test_where_one_may_get_in_and_out() -> None:
    text = """
    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time,departure_time,pickup_type,drop_off_type,stop_headsign
    T,A,1,8:00:00,8:00:00,,1,
    T,B,2,8:10:00,8:10:00,2,3,Port
    T,C,3,8:20:00,8:20:00,1,9,
    """
    calls = tiny.accepted(text).stop_times
    assert (calls.pickup.tolist(), calls.drop_off.tolist()) == ([0, 2, 1], [1, 3, 0])
    assert calls.headsign.tolist() == ["", "Port", ""]


def test_frequencies_may_be_exact_or_not() -> None:
    text = """
    # frequencies.txt
    trip_id,start_time,end_time,headway_secs,exact_times
    T,6:00:00,9:00:00,600,
    T,9:00:00,25:00:00,40000,1
    """
    assert tiny.accepted(text).frequencies == (
        Frequency(0, 21600, 32400, 600, exact=False),
        Frequency(0, 32400, 90000, 40000, exact=True),
    )


def test_transfers_name_stops_routes_or_trips() -> None:
    text = """
    # transfers.txt
    from_stop_id,to_stop_id,from_route_id,to_route_id,from_trip_id,to_trip_id,transfer_type,min_transfer_time
    A,B,,,,,2,40000
    A,B,R,R,,,1,
    B,C,,,T,,3,
    ,,,,T,T,4,
    B,C,,,,,,
    """
    rules = tiny.accepted(text).transfers
    assert rules.type.tolist() == [2, 1, 3, 4, 0]
    assert rules.min_time_s.tolist() == [40000, -1, -1, -1, -1]
    assert rules.from_stop.tolist() == [0, 0, 1, -1, 1]
    assert rules.to_route.tolist() == [-1, 0, -1, -1, -1]
    assert rules.from_trip.tolist() == [-1, -1, 0, 0, -1]


def test_rules_about_a_trip_that_was_left_out_go_with_it() -> None:
    text = """
    # trips.txt
    route_id,service_id,trip_id
    R,ALL,LONELY
    R,ALL,T

    # transfers.txt
    from_trip_id,to_trip_id,transfer_type
    LONELY,T,4
    T,T,5

    # frequencies.txt
    trip_id,start_time,end_time,headway_secs
    LONELY,6:00:00,9:00:00,600
    T,6:00:00,9:00:00,600
    """
    snapshot = tiny.accepted(text)
    assert snapshot.transfers.type.tolist() == [5]
    assert [frequency.trip for frequency in snapshot.frequencies] == [0]


def test_on_demand_calls_are_counted_and_kept_apart() -> None:
    text = """
    # stop_times.txt
    trip_id,stop_id,location_id,stop_sequence,arrival_time,departure_time,start_pickup_drop_off_window
    T,A,,1,8:00:00,8:00:00,
    T,,zone,2,,,8:00:00
    T,B,,3,8:10:00,8:10:00,
    """
    snapshot = tiny.accepted(text)
    assert snapshot.flexible_calls == 1
    assert tiny.ride(snapshot) == "A 8:00 > B 8:10"


def test_a_feed_of_on_demand_trips_only_loads_without_a_ride() -> None:
    text = """
    # stop_times.txt
    trip_id,location_id,stop_sequence,start_pickup_drop_off_window,end_pickup_drop_off_window
    T,zone,1,8:00:00,18:00:00
    T,zone,2,8:00:00,18:00:00

    # locations.geojson
    {}
    """
    snapshot = tiny.accepted(text, without="stops.txt")
    assert (len(snapshot.trips.ids), snapshot.flexible_calls) == (0, 2)
    assert tiny.report(text, without="stops.txt").counts["only_flexible_trips"] == 1


def test_feed_info_says_how_long_the_feed_holds() -> None:
    text = """
    # feed_info.txt
    feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date
    Hent,https://example.org,fr,20300301,20300901
    """
    snapshot = tiny.accepted(text)
    assert (snapshot.first_day, snapshot.last_day) == (date(2030, 3, 1), date(2030, 9, 1))
