"""What comes out of a feed is bounded as what goes in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gtfs.archive import ReadLimits
from gtfs.errors import UnreadableFeed
from gtfs.freeze import snapshot
from tests.gtfs import tiny

HEADER = "# frequencies.txt\ntrip_id,start_time,end_time,headway_secs\n"
EVERY_SECOND = HEADER + "T,0:00:00,1:00:00,1800\nT,1:00:00,999:00:00,1"
DAYS_LONG = """
    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time,departure_time
    T,A,1,8:00:00,8:00:00
    T,B,2,8:10:00,8:10:00
    L,A,1,8:00:00,8:00:00
    L,B,2,999:00:00,999:00:00

    # trips.txt
    route_id,service_id,trip_id
    R,ALL,T
    R,ALL,L
    """


def test_runs_without_end_are_refused_at_their_row() -> None:
    with pytest.raises(UnreadableFeed) as refused:
        tiny.accepted(EVERY_SECOND)
    assert str(refused.value) == "frequencies.txt:3:headway_secs: more than 1000000 runs in all (value '1')"


def test_the_calls_of_runs_count_too() -> None:
    """Two runs of three calls each, and five are allowed."""
    few = replace(ReadLimits(), max_run_calls=5)
    with pytest.raises(UnreadableFeed, match="more than 5 calls of runs in all"):
        tiny.feed_of(tiny.files(HEADER + "T,8:00:00,9:00:00,1800"), few)
    assert len(snapshot(tiny.feed_of(tiny.files(HEADER + "T,8:00:00,8:30:00,1800"), few)).frequencies) == 1


def test_a_trip_that_ends_after_more_than_a_week_is_left_out_and_told() -> None:
    (found,) = tiny.report(DAYS_LONG).of("unusable_trip")
    assert (found.line, found.value) == (3, "L")
    assert found.message == "ends too long after its service day began (limits.trip_h)"
    assert tiny.accepted(DAYS_LONG).trips.ids.tolist() == ["T"]


@pytest.mark.parametrize("row", ["T,9:00:00,8:00:00,600", "T,8:00:00,9:00:00,0", "T,8:00:00,,600"])
def test_a_trip_whose_frequencies_cannot_be_used_does_not_run_once_as_printed(row: str) -> None:
    other = "# trips.txt\nroute_id,service_id,trip_id\nR,ALL,T\nR,ALL,U\n"
    calls = "# stop_times.txt\ntrip_id,stop_id,stop_sequence,arrival_time\nT,A,1,8:00:00\nT,B,2,8:10:00\n"
    feed = other + calls + "U,A,1,8:00:00\nU,B,2,8:10:00\n" + HEADER + row
    assert tiny.accepted(feed).trips.ids.tolist() == ["U"]
    assert "unusable_trip" in tiny.report(feed).counts
