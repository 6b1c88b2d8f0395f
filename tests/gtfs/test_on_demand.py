"""On-demand zones (GTFS-Flex): where, when and how a vehicle is called."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.outlines import outlines
from gtfs.snapshot import BookingRule, FeedSnapshot, FeedSource, OnDemandZone, RideTime
from tests.gtfs import tiny

CORNERS = [[-3.42, 47.69], [-3.38, 47.69], [-3.38, 47.71], [-3.42, 47.71], [-3.42, 47.69]]
SQUARE = {"type": "Polygon", "coordinates": [CORNERS]}
FLEX = """
    # routes.txt
    route_id,agency_id,route_short_name,route_type
    R,S,1,3
    F,S,Taxibus,3

    # calendar.txt
    service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
    ALL,1,1,1,1,1,1,1,20300101,20301231
    WEEK,1,1,1,1,1,0,0,20300101,20301231
    SAT,0,0,0,0,0,1,0,20300101,20301231

    # trips.txt
    route_id,service_id,trip_id
    R,ALL,T
    F,WEEK,F1
    F,SAT,F2

    # location_groups.txt
    location_group_id,location_group_name
    G,Stops

    # location_group_stops.txt
    location_group_id,stop_id
    G,C

    # booking_rules.txt
    booking_rule_id,booking_type,prior_notice_duration_min,prior_notice_last_day,prior_notice_last_time,message,phone_number
    B,2,,1,17:00:00,Appelez la centrale,02 61 91 00 00

    # stop_times.txt
    trip_id,stop_id,location_id,location_group_id,stop_sequence,arrival_time,departure_time,start_pickup_drop_off_window,end_pickup_drop_off_window,pickup_booking_rule_id
    T,A,,,1,8:00:00,8:00:00,,,
    T,B,,,2,8:10:00,8:10:00,,,
    F1,,Z,,1,,,07:00:00,19:00:00,B
    F1,,,G,2,,,07:00:00,19:00:00,B
    F2,,Z,,1,,,09:00:00,12:30:00,B
    F2,,,G,2,,,09:00:00,12:30:00,B
    """


def zones(tmp_path: Path, locations: str, feed: str = FLEX) -> tuple[OnDemandZone, ...]:
    contents = tiny.files(feed) | {"locations.geojson": locations.encode()}
    return frozen(tiny.packed(contents, tmp_path / "flex.zip")).zones


def frozen(path: Path) -> FeedSnapshot:
    return accept(path, FeedSource("f", "test"), ReadLimits(), date(2030, 5, 1))[0]


def features(*found: tuple[str, object]) -> str:
    rows = [{"type": "Feature", "id": id, "properties": {}, "geometry": shape} for id, shape in found]
    return json.dumps({"type": "FeatureCollection", "features": rows})


def test_a_zone_has_its_area_its_hours_and_its_booking(tmp_path: Path) -> None:
    (zone,) = zones(tmp_path, features(("Z", SQUARE)))
    assert zone.hours == "Mo-Fr 07:00-19:00; Sa 09:00-12:30"
    assert zone.booking == BookingRule("Appelez la centrale", "02 61 91 00 00", "", None, 1, 17 * 3600)
    area = shapely.from_wkt(zone.area)
    assert area.covers(shapely.Point(-3.40, 47.70))
    assert area.covers(shapely.Point(-3.40, 47.72)), "the stop of the group"
    assert not area.covers(shapely.Point(-3.40, 47.715))


@pytest.mark.parametrize(
    "locations", ["", "[]", "{", '{"features": 3}', features(("Z", None)), features(("Z", {"type": "Polygon"}))]
)
def test_a_zone_that_cannot_be_read_leaves_the_corners_where_it_waits(tmp_path: Path, locations: str) -> None:
    (zone,) = zones(tmp_path, locations)
    assert shapely.from_wkt(zone.area).area < 1e-5


def star(corners: int) -> dict[str, object]:
    """From a circle's corner to the one nearly opposite, and so on: every side crosses nearly every other."""
    turns = [np.pi * number * (corners - 1) / corners for number in range(corners)]
    ring = [[-3.4 + 0.02 * np.cos(turn), 47.69 + 0.02 * np.sin(turn)] for turn in turns]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def test_an_outline_that_crosses_itself_is_put_right(tmp_path: Path) -> None:
    (zone,) = zones(tmp_path, features(("Z", star(5))))
    assert shapely.from_wkt(zone.area).area > 1e-4


def test_an_outline_that_crosses_itself_too_often_is_left_out_and_told(tmp_path: Path) -> None:
    contents = tiny.files(FLEX) | {"locations.geojson": features(("Y", SQUARE), ("Z", star(501))).encode()}
    snapshot, report = accept(
        tiny.packed(contents, tmp_path / "flex.zip"), FeedSource("f", "test"), ReadLimits(), date(2030, 5, 1)
    )
    (finding,) = report.of("outline_crosses_itself_too_often")
    assert (finding.file, finding.field, finding.value) == ("locations.geojson", "geometry", "Z")
    assert shapely.from_wkt(snapshot.zones[0].area).area < 1e-5, "what is left is the stop of the group"


def test_outlines_that_cross_themselves_are_put_right_in_a_moment_however_many_there_are() -> None:
    text = features(*((f"{number}", star(21)) for number in range(60))).encode()
    found = [area is not None for _, area in outlines(text)]
    assert found == sorted(found, reverse=True)
    assert {*found} == {True, False}


def trips(columns: str, *values: str) -> str:
    """FLEX with more columns in trips.txt, of F1 and F2."""
    feed = FLEX.replace("route_id,service_id,trip_id\n", f"route_id,service_id,trip_id,{columns}\n")
    for trip, value in zip(("WEEK,F1", "SAT,F2"), values, strict=True):
        feed = feed.replace(f"{trip}\n", f"{trip},{value}\n")
    return feed


def calls(columns: str, value: str) -> str:
    """FLEX with more columns in stop_times.txt, in all calls within a window."""
    feed = FLEX.replace("pickup_booking_rule_id\n", f"pickup_booking_rule_id,{columns}\n")
    return feed.replace(":00,B\n", f":00,B,{value}\n")


SAFE, DRAFT = "safe_duration_factor,safe_duration_offset", "mean_duration_factor,mean_duration_offset"


def test_a_trip_says_how_much_longer_than_a_car_nearly_all_rides_take(tmp_path: Path) -> None:
    (zone,) = zones(tmp_path, "", trips(SAFE, "1.5,300", "1.5,300"))
    assert (zone.usual, zone.safe) == (RideTime(), RideTime(1.5, 300))


def test_calls_say_it_as_in_the_drafts_and_what_is_usual_too(tmp_path: Path) -> None:
    (zone,) = zones(tmp_path, "", calls(f"{DRAFT},{SAFE}", "1.2,60,2,600"))
    assert (zone.usual, zone.safe) == (RideTime(1.2, 60), RideTime(2, 600))


def test_what_a_trip_says_goes_before_what_its_calls_say(tmp_path: Path) -> None:
    feed = calls(SAFE, "2,600")
    both = feed.replace("trip_id\n    R,ALL", f"trip_id,{SAFE}\n    R,ALL").replace("WEEK,F1\n", "WEEK,F1,1.5,\n")
    (zone,) = zones(tmp_path, "", both.replace("SAT,F2\n", "SAT,F2,1.5,\n"))
    assert zone.safe == RideTime(1.5, 600)


def test_of_several_trips_of_a_zone_most_have_their_way(tmp_path: Path) -> None:
    (zone,) = zones(tmp_path, "", trips(SAFE, "1.5,300", "3,0").replace("    F2,,Z,,1,,,09:00:00,12:30:00,B\n", ""))
    assert zone.safe == RideTime(1.5, 300)


@pytest.mark.parametrize("value", [",", "x,y"])
def test_a_feed_that_says_nothing_of_it_leaves_it_unknown(tmp_path: Path, value: str) -> None:
    (zone,) = zones(tmp_path, "", trips(SAFE, value, value))
    assert zone.safe == RideTime()


def test_the_zones_of_a_real_feed_are_read() -> None:
    folder = os.environ.get("HENT_REFERENCE_DATA")
    if not folder:
        pytest.skip("HENT_REFERENCE_DATA is not set")
    found = accept(Path(folder) / "gtfs/ctran_flex.zip", FeedSource("c", "test"), ReadLimits(), date(2025, 12, 1))[0]
    names = [found.routes[zone.route].long_name for zone in found.zones]
    assert len(names) == len(set(names)) == 6
    assert {zone.booking.notice_min for zone in found.zones} == {0}
    assert {(zone.usual, zone.safe) for zone in found.zones} == {(RideTime(1.3, 1200), RideTime(1, 0))}
    assert found.zones[0].hours == "Mo-Fr 05:30-19:00; Sa-Su 08:00-18:00"
