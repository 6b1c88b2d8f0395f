"""Rules that hold a feed against what is round it: licence, holidays, water, the version before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import shapely

from gtfs.around import Around
from gtfs.freeze import snapshot
from gtfs.validate import validate
from tests.gtfs import tiny

HELD_AGAINST = {"licence_unknown", "same_in_school_holidays", "transfer_over_water", "connection_lost"}
EASTER = frozenset(date(2030, 4, day) for day in range(6, 22))
TWO_LINES = """
    # routes.txt
    route_id,agency_id,route_short_name,route_type
    R,S,Bus,3
    F,S,Boat,4

    # trips.txt
    route_id,service_id,trip_id,wheelchair_accessible
    R,ALL,T,1
    F,ALL,U,1

    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time,departure_time
    T,A,1,8:00:00,8:00:00
    T,B,2,8:10:00,8:10:00
    U,B,1,8:15:00,8:15:00
    U,C,2,8:30:00,8:30:00
    """
WALK = "# transfers.txt\nfrom_stop_id,to_stop_id,transfer_type,min_transfer_time\nA,B,2,600"


def found(code: str, text: str, around: Around) -> list[str]:
    report = validate(replace(tiny.feed(text), around=around), tiny.TODAY)
    return [str(notice).split(" ", 2)[2] for notice in report.of(code)]


@pytest.mark.parametrize(("licence", "count"), [("unknown", 1), ("", 1), ("ODbL-1.0", 0)])
def test_a_licence_that_nobody_stated_is_told(licence: str, count: int) -> None:
    feed = tiny.feed()
    report = validate(replace(feed, source=replace(feed.source, licence=licence)), tiny.TODAY)
    assert report.counts.get("licence_unknown", 0) == count


def test_school_holidays_like_every_other_week_are_told() -> None:
    assert found("same_in_school_holidays", "", Around(holidays=EASTER)) == ["calendar.txt (1 trip each Tuesday)"]
    assert found("same_in_school_holidays", "", Around()) == []


def test_a_walk_over_water_is_told_and_one_along_it_is_not() -> None:
    ford, shore = shapely.box(-3.41, 47.702, -3.39, 47.708), shapely.box(-3.39, 47.702, -3.38, 47.708)
    told = "transfers.txt:2:from_stop_id 'A' (→ B)"
    assert found("transfer_over_water", WALK, Around(water=(ford,))) == [told]
    assert found("transfer_over_water", WALK, Around(water=(shore,))) == []


@pytest.mark.parametrize("table", ["agency", "stops", "routes", "trips", "stop_times", "calendar"])
def test_a_feed_without_a_table_is_reported_and_breaks_no_rule(table: str) -> None:
    """With all that a config knows of the territory, which most rules need to look at all."""
    around = Around(water=(shapely.box(-4, 47, -3, 48),), holidays=EASTER)
    report = validate(replace(tiny.feed(WALK, without=f"{table}.txt"), around=around), tiny.TODAY)
    assert any(table in str(notice) for notice in report.notices)


def test_a_boat_that_no_longer_waits_for_the_bus_is_told() -> None:
    before = tiny.accepted(TWO_LINES)
    missed = TWO_LINES.replace("8:15:00", "8:09:00")
    told = "stop_times.txt:stop_id 'Bus > Boat' (at Beta, 1 time a day before)"
    assert found("connection_lost", missed, Around(before=before)) == [told]
    assert found("connection_lost", TWO_LINES, Around(before=before)) == []


def test_a_line_that_was_given_up_is_no_lost_connection() -> None:
    gone = TWO_LINES.replace("U,B,1,8:15:00,8:15:00", "U,A,1,8:15:00,8:15:00")
    assert found("connection_lost", gone, Around(before=tiny.accepted(TWO_LINES))) == []


def test_looking_for_lost_connections_freezes_the_feed_once_for_all() -> None:
    feed = replace(tiny.feed(TWO_LINES), around=Around(before=tiny.accepted(TWO_LINES)))
    validate(feed, tiny.TODAY)
    assert snapshot in vars(feed)["_made"]
    assert feed.once(snapshot) is feed.once(snapshot)
