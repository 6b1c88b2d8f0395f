"""Real feeds load, with the counts that their description states; broken ones give a report or a typed error."""

import os
from datetime import date
from pathlib import Path

import pytest

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.errors import FeedError, RejectedFeed, UnreadableFeed
from gtfs.load import load
from gtfs.notice import Report
from gtfs.rules.structure import dangling_reference
from gtfs.snapshot import FeedSnapshot
from gtfs.validate import validate
from tests.gtfs import tiny

DATA = Path(os.environ.get("HENT_REFERENCE_DATA", ""))
TODAY = date(2026, 1, 1)

pytestmark = pytest.mark.skipif(not DATA.name, reason="HENT_REFERENCE_DATA is not set: no reference feeds")

# stops, routes, trips, stop_times of the files; rides of the snapshot
COUNTS = {
    "gtfs/helsinki.zip": (1388, 200, 3195, 62485, 3187),
    "gtfs/perigueux.zip": (1329, 80, 2374, 33408, 2374),
    "gtfs/milano.zip": (516, 15, 10608, 248555, 10608),
    "gtfs/porto_alegre.zip": (3986, 115, 2374, 130019, 2374),
    "gtfs/tampa_2018.zip": (2349, 45, 14718, 435507, 14718),
    "gtfs/tampa_2020.zip": (2349, 37, 13217, 438421, 13217),
    "gtfs/faroe.zip": (75, 31, 986, 3180, 986),
    "gtfs/sailcoop.zip": (3, 1, 24, 48, 24),
    "gtfs/ctran_flex.zip": (293, 6, 1389, 2778, 0),
    "reference/cairns/gtfs.zip": (416, 20, 870, 23754, 870),
    "reference/helsinki/gtfs.zip": (1359, 196, 12788, 226011, 12788),
}


def accepted(path: Path) -> tuple[FeedSnapshot, Report]:
    return accept(path, tiny.SOURCE, ReadLimits(), TODAY)


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_feed_loads_with_all_its_rows(name: str) -> None:
    stops, routes, trips, calls, rides = COUNTS[name]
    feed = load(DATA / name, tiny.SOURCE, ReadLimits())
    tables = [len(feed.tables[table]) for table in ("stops", "routes", "trips", "stop_times")]
    assert tables == [stops, routes, trips, calls]
    snapshot = accepted(DATA / name)[0]
    assert (len(snapshot.stops), len(snapshot.routes), len(snapshot.trips.ids)) == (stops, routes, rides)


def test_on_demand_zones_load_as_calls_kept_apart() -> None:
    snapshot, report = accepted(DATA / "gtfs" / "ctran_flex.zip")
    assert (len(snapshot.trips.ids), snapshot.flexible_calls) == (0, 2778)
    assert report.counts["only_flexible_trips"] == 1
    assert [fare.name for fare in snapshot.fares] != []


def test_blank_times_of_a_real_feed_are_filled_in_order() -> None:
    calls = accepted(DATA / "gtfs" / "porto_alegre.zip")[0].stop_times
    assert int((~calls.exact).sum()) == 125_271
    for first, last in zip(calls.first_call[:-1], calls.first_call[1:], strict=True):
        assert (calls.arrival_s[first + 1 : last] >= calls.departure_s[first : last - 1]).all()


def test_trips_of_one_call_are_told() -> None:
    report = accepted(DATA / "gtfs" / "helsinki.zip")[1]
    assert {notice.message for notice in report.of("unusable_trip")} == {"a single call with a time"}
    assert report.counts["unusable_trip"] == 8


def test_dangling_references_are_told_one_by_one() -> None:
    feed = load(DATA / "bad_feeds" / "broken_helsinki.zip", tiny.SOURCE, ReadLimits())
    places = list(dangling_reference(feed, TODAY))
    calls = [place for place in places if place.file == "stop_times.txt"]
    assert len(calls) == 1432
    assert {place.field for place in calls} == {"stop_id"}
    assert validate(feed, TODAY).counts["dangling_reference"] == len(places)


# what each broken feed gives: the finding it was made for, or the reason why it cannot be read
FINDINGS = {
    "bad_date_format": "bad_value",
    "bad_eol.zip": "missing_feed_info",
    "bad_utf8": "not_utf8",
    "duplicate_stop": "short_row",
    "extra_row_cells": "long_row",
    "filter_unusual_trips": "missing_feed_info",
    "flatten_feed": "unusable_trip",
    "good_feed": "missing_feed_info",
    "good_feed.zip": "missing_feed_info",
    "googletransit": "unknown_column",
    "invalid_agency_ids": "route_without_agency",
    "missing_departure_time": "unused_stop",
    "missing_endpoint_times": "missing_end_time",
    "missing_row_cells": "short_row",
    "negative_stop_sequence": "bad_value",
    "only_calendar_dates": "expired_feed",
    "repeated_route_name": "repeated_route_name",
    "same_short_long_name": "same_short_and_long_name",
    "unknown_file": "unknown_file",
    "unrecognized_columns": "unknown_column",
    "unused_stop": "unused_stop",
    "utf8bom": "missing_feed_info",
}
REFUSED = {
    "au-sydney-entrances": "missing_required_table",
    "duplicate_schedule_id": "duplicate_key",
    "duplicate_stop_sequence": "duplicate_key",
    "empty_file": "missing_required_column",
    "invalid_route_agency": "dangling_reference",
    "missing_agency": "missing_required_table",
    "missing_calendar": "missing_required_table",
    "missing_column": "missing_required_column",
    "missing_routes": "missing_required_table",
    "missing_stop_times": "missing_required_table",
    "missing_stops": "missing_required_table",
    "missing_trips": "missing_required_table",
    "missing_weekday_column": "missing_required_column",
    "undefined_stop": "dangling_reference",
}
UNREADABLE = {
    "contains_null": "stops.txt:9:stop_name: a zero byte: no text file",
    "one_line.kml": "one_line.kml: no zip file",
    "one_stop.kml": "one_stop.kml: no zip file",
    "unknown_format.zip": "unknown_format.zip: no zip file",
    "upgrade_translations": "upgrade_translations: several feeds in it: new-feed, old-feed",
    "utf16": "agency.txt:1: is UTF-16, not UTF-8",
}


@pytest.mark.parametrize(("name", "code"), FINDINGS.items(), ids=FINDINGS)
def test_a_flawed_feed_loads_with_a_finding(name: str, code: str) -> None:
    snapshot, report = accepted(DATA / "bad_feeds" / "transitfeed" / name)
    assert len(snapshot.trips.ids)
    assert code in report.counts


@pytest.mark.parametrize(("name", "code"), REFUSED.items(), ids=REFUSED)
def test_a_broken_feed_is_refused_with_its_fault(name: str, code: str) -> None:
    with pytest.raises(RejectedFeed) as caught:
        accepted(DATA / "bad_feeds" / "transitfeed" / name)
    assert code in {fault.code for fault in caught.value.report.faults}


@pytest.mark.parametrize(("name", "reason"), UNREADABLE.items(), ids=UNREADABLE)
def test_what_cannot_be_read_says_where(name: str, reason: str) -> None:
    with pytest.raises(UnreadableFeed) as caught:
        accepted(DATA / "bad_feeds" / "transitfeed" / name)
    assert str(caught.value).startswith(reason)


def test_no_case_is_forgotten() -> None:
    cases = {path.name for path in (DATA / "bad_feeds" / "transitfeed").iterdir()}
    assert cases == set(FINDINGS) | set(REFUSED) | set(UNREADABLE)


STRUCTURES = {
    "basic": "dangling_reference",
    "fares_v1": "missing_required_table",
    "fares_v2": "missing_required_table",
    "interpolated_stop_times": "dangling_reference",
    "missing_feed_date": "duplicate_key",
    "only_required_fields": "dangling_reference",
    "subdirectory": "dangling_reference",
    "zips/gtfs.zip": "dangling_reference",
    "zips/gtfs_with_bom.zip": "dangling_reference",
    "zips/macosx.zip": "../agency.txt: a name that leaves the archive",
    "zips/metra.zip": "unusable_trip",
    "zips/subdirectory.zip": "dangling_reference",
}


@pytest.mark.parametrize(("name", "found"), STRUCTURES.items(), ids=STRUCTURES)
def test_odd_layouts_end_in_a_report_or_a_typed_error(name: str, found: str) -> None:
    try:
        report = accepted(DATA / "bad_feeds" / "gtfs_structure" / name)[1]
    except RejectedFeed as error:
        report = error.report
    except FeedError as error:
        assert str(error) == found
        return
    assert found in report.counts
