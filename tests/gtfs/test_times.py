"""Times of calls: read, interpolated, refused."""

import numpy as np
import pytest

from gtfs.table import Column
from gtfs.values import MISSING, integers, time_s
from tests.gtfs import tiny


def calls(*rows: str, columns: str = "arrival_time,departure_time") -> str:
    lines = [f"T,{row}" for row in rows]
    return "\n".join(["# stop_times.txt", f"trip_id,stop_id,stop_sequence,{columns}", *lines])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("08:00:00", 28800),
        ("8:00:00", 28800),
        ("25:10:30", 90630),
        ("100:00:00", 360000),
        ("06:45", 24300),
        ("00:00:00", 0),
        ("8:60:00", None),
        ("08:00:60", None),
        ("-1:00:00", None),
        ("8h00", None),
        ("08:00:000", None),
        ("٠٨:٠٠:٠٠", None),
    ],
)
def test_a_time_is_whole_seconds_of_the_service_day(text: str, seconds: int | None) -> None:
    assert time_s(text) == seconds


def test_many_times_are_read_as_each_of_them() -> None:
    texts = ["08:00:00", "8:00:00", "25:10:30", "", "08:61:00", "123:00:00", "0800:000", "12:34:56 pm", "23:59:59"]
    column = Column(np.arange(len(texts), dtype=np.int32), np.array(texts, object))
    assert integers(column, "time").tolist() == [MISSING if (s := time_s(text)) is None else s for text in texts]


def test_hours_over_24_belong_to_the_day_before() -> None:
    text = calls("A,1,23:50:00,23:50:00", "B,2,24:10:00,24:10:00", "C,3,25:10:00,25:10:00")
    assert tiny.ride(tiny.accepted(text)) == "A 23:50 > B 24:10 > C 25:10"


def test_calls_are_put_in_order_of_stop_sequence() -> None:
    text = calls("C,30,8:20:00,8:20:00", "A,4,8:00:00,8:00:00", "B,7,8:10:00,8:10:00")
    assert tiny.ride(tiny.accepted(text)) == "A 8:00 > B 8:10 > C 8:20"


def test_trips_need_not_stand_in_order() -> None:
    text = """
    # trips.txt
    route_id,service_id,trip_id
    R,ALL,T
    R,ALL,U

    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time,departure_time
    U,B,1,9:00:00,9:00:00
    T,A,1,8:00:00,8:00:00
    U,C,2,9:10:00,9:10:00
    T,B,2,8:10:00,8:10:00
    """
    snapshot = tiny.accepted(text)
    assert tiny.ride(snapshot, "T") == "A 8:00 > B 8:10"
    assert tiny.ride(snapshot, "U") == "B 9:00 > C 9:10"


def test_one_of_arrival_and_departure_stands_for_both() -> None:
    text = calls("A,1,,8:00:00", "B,2,8:10:00,8:12:00", "C,3,8:20:00,")
    assert tiny.ride(tiny.accepted(text)) == "A 8:00 > B 8:10-8:12 > C 8:20"


def test_a_blank_time_is_interpolated_by_the_distance_travelled() -> None:
    text = calls("A,1,8:00:00,8:00:00,0", "B,2,,,7.5", "C,3,8:20:00,8:20:00,10", columns=DISTANCE)
    assert tiny.ride(tiny.accepted(text)) == "A 8:00 > B 8:15 > C 8:20"


def test_without_distances_it_is_interpolated_along_the_straight_line() -> None:
    text = """
    # stops.txt
    stop_id,stop_name,stop_lat,stop_lon
    A,Alpha,47.70,-3.40
    B,Beta,47.71,-3.40
    C,Gamma,47.74,-3.40

    """ + calls("A,1,8:00:00,8:00:00", "B,2,,", "C,3,8:20:00,8:20:00")
    assert tiny.ride(tiny.accepted(text)) == "A 8:00 > B 8:05 > C 8:20"


def test_with_a_stop_of_unknown_position_it_is_interpolated_evenly() -> None:
    text = """
    # stops.txt
    stop_id,stop_name,stop_lat,stop_lon
    A,Alpha,47.70,-3.40
    B,Beta,,
    C,Gamma,47.74,-3.40

    """ + calls("A,1,8:00:00,8:00:00", "B,2,,", "C,3,8:20:00,8:20:00")
    assert tiny.ride(tiny.accepted(text)) == "A 8:00 > B 8:10 > C 8:20"


def test_distances_that_shrink_are_not_believed() -> None:
    text = calls("A,1,8:00:00,8:00:00,9", "B,2,,,7", "C,3,8:20:00,8:20:00,10", columns=DISTANCE)
    assert tiny.ride(tiny.accepted(text)) == "A 8:00 > B 8:10 > C 8:20"


def test_an_interpolated_or_approximate_time_is_not_exact() -> None:
    text = calls(
        "A,1,8:00:00,8:00:00,1", "B,2,,,", "C,3,8:20:00,8:20:00,0", columns="arrival_time,departure_time,timepoint"
    )
    assert tiny.accepted(text).stop_times.exact.tolist() == [True, False, False]


def test_untimed_calls_at_the_ends_are_left_out_and_told() -> None:
    text = calls("A,1,,", "B,2,8:10:00,8:10:00", "C,3,8:20:00,8:20:00")
    assert tiny.ride(tiny.accepted(text)) == "B 8:10 > C 8:20"
    assert [notice.value for notice in tiny.report(text).of("missing_trip_edge")] == ["T"]


TWO_TRIPS = """
    # trips.txt
    route_id,service_id,trip_id
    R,ALL,T
    R,ALL,U

    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time,departure_time
    T,A,1,8:00:00,8:00:00
    T,B,2,8:10:00,8:10:00
    """


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("", "no call"),
        ("U,A,1,9:00:00,9:00:00", "a single call with a time"),
        ("U,A,1,9:00:00,9:00:00\nU,B,2,8:50:00,8:50:00", "time runs backwards"),
        ("U,A,1,9:00:00,8:59:00\nU,B,2,9:10:00,9:10:00", "time runs backwards"),
        ("U,A,1,9:00:00,9:00:00\nU,B,2,soon,9:10:00", "a time or stop_sequence that cannot be read"),
        ("U,A,first,9:00:00,9:00:00\nU,B,2,9:10:00,9:10:00", "a time or stop_sequence that cannot be read"),
    ],
)
def test_a_trip_that_nobody_can_ride_is_left_out_and_told(rows: str, why: str) -> None:
    text = TWO_TRIPS + rows
    assert tiny.accepted(text).trips.ids.tolist() == ["T"]
    assert [(notice.line, notice.value, notice.message) for notice in tiny.report(text).of("unusable_trip")] == [
        (3, "U", why)
    ]


DISTANCE = "arrival_time,departure_time,shape_dist_traveled"
