"""gtfs_kit gets what our reader made of a feed: typed, and without its stumbling blocks."""

import subprocess
import sys

import gtfs_kit

from gtfs.kit import kit_feed
from tests.gtfs import tiny


def kit(text: str = "", without: str = "") -> gtfs_kit.Feed:
    return kit_feed(tiny.feed(text, without))


def test_gtfs_kit_gets_clean_tables() -> None:
    found = kit()
    assert found.stop_times.stop_sequence.tolist() == [1, 2, 3]
    assert found.get_trips("20300501").trip_id.tolist() == ["T"]
    assert found.shapes is None


def test_a_long_transfer_time_is_no_reason_to_lose_a_feed() -> None:
    text = """
    # transfers.txt
    from_stop_id,to_stop_id,transfer_type,min_transfer_time
    A,B,2,40000
    B,C,2,soon
    """
    times = kit(text).transfers.min_transfer_time
    assert times[0] == 40000
    assert times.isna().tolist() == [False, True]


def test_a_trip_that_cannot_be_ridden_and_a_day_that_is_none_are_left_out() -> None:
    text = """
    # trips.txt
    route_id,service_id,trip_id
    R,ALL,T
    R,ALL,BACK
    R,NOBODY,U

    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time,departure_time
    T,A,1,8:00:00,8:00:00
    T,B,5,,
    T,C,9,8:20:00,8:20:00
    BACK,A,1,9:00:00,9:00:00
    BACK,B,2,8:00:00,8:00:00
    U,A,1,9:00:00,9:00:00
    U,B,2,9:10:00,9:10:00

    # calendar_dates.txt
    service_id,date,exception_type
    ALL,20300230,1
    ALL,20300501,2
    """
    found = kit(text)
    assert found.trips.trip_id.tolist() == ["T"]
    assert found.stop_times.departure_time.tolist() == ["08:00:00", "08:10:00", "08:20:00"]
    assert found.get_active_services("20300501") == []
    assert found.get_dates()[0] == "20300101"


def test_loading_a_feed_does_not_import_gtfs_kit() -> None:
    program = "import sys, gtfs.accept; sys.exit('gtfs_kit' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
