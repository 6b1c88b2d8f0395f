"""Real feeds load, with the counts that their description states; broken ones give a report or a typed error."""

import os
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.canonical import UNFINISHED, Engine, canonical, no_engine
from gtfs.errors import FeedError, RejectedFeed, UnreadableFeed
from gtfs.load import load
from gtfs.notice import Report
from gtfs.rules.structure import foreign_key_violation
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


def accepted(path: Path, engine: Engine = no_engine) -> tuple[FeedSnapshot, Report]:
    return accept(path, tiny.SOURCE, ReadLimits(), TODAY, engine=engine)


Checked = Callable[[str], tuple[FeedSnapshot, Report]]
TOWNS = [name for name in COUNTS if name.startswith("gtfs/")]


@pytest.fixture(scope="module")
def checked() -> Checked:
    """Each feed once for two tests, which leave it as it is: those of towns by the canonical rules, too."""
    return cache(lambda name: accepted(DATA / name, canonical if name in TOWNS else no_engine))


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_feed_loads_with_all_its_rows(name: str, checked: Checked) -> None:
    stops, routes, trips, calls, rides = COUNTS[name]
    feed = load(DATA / name, tiny.SOURCE, ReadLimits())
    tables = [len(feed.tables[table]) for table in ("stops", "routes", "trips", "stop_times")]
    assert tables == [stops, routes, trips, calls]
    snapshot = checked(name)[0]
    assert (len(snapshot.stops), len(snapshot.routes), len(snapshot.trips.ids)) == (stops, routes, rides)


def test_on_demand_zones_load_as_calls_kept_apart() -> None:
    snapshot, report = accepted(DATA / "gtfs" / "ctran_flex.zip")
    assert (len(snapshot.trips.ids), snapshot.flexible_calls) == (0, 2778)
    assert report.counts["only_flexible_trips"] == 1
    assert (snapshot.fares.version, snapshot.fares.doubts) == (2, ())


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
    places = list(foreign_key_violation(feed, TODAY))
    calls = [place for place in places if place.file == "stop_times.txt"]
    assert len(calls) == 1432
    assert {place.field for place in calls} == {"stop_id"}
    assert validate(feed, TODAY).counts["foreign_key_violation"] == len(places)


# what each broken feed gives: the codes of the fault it was made for, or why it cannot be read; a case without a fault
# (good_feed, utf8bom) what else is odd about it
FINDINGS = {
    "bad_date_format": "invalid_date service_never_active",
    "bad_eol.zip": "missing_recommended_file",
    "bad_utf8": "invalid_character",
    "duplicate_stop": "stops_at_one_place invalid_row_length",
    "extra_row_cells": "invalid_row_length",
    "filter_unusual_trips": "missing_recommended_file",
    "flatten_feed": "unusable_trip unused_trip stop_too_far_from_shape",
    "good_feed": "missing_recommended_file",
    "good_feed.zip": "missing_recommended_file",
    "googletransit": "unknown_column",
    "invalid_agency_ids": "missing_required_agency_id",
    "missing_departure_time": "stop_time_with_only_arrival_or_departure_time",
    "missing_endpoint_times": "missing_trip_edge unusable_trip",
    "missing_row_cells": "invalid_row_length",
    "negative_stop_sequence": "number_out_of_range unusable_trip",
    "only_calendar_dates": "expired_feed",
    "repeated_route_name": "duplicate_route_name",
    "same_short_long_name": "route_long_name_contains_short_name",
    "unknown_file": "unknown_file",
    "unrecognized_columns": "unknown_column",
    "unused_stop": "unused_stop",
    "utf8bom": "missing_recommended_file",
}
REFUSED = {
    "au-sydney-entrances": "missing_required_file",
    "duplicate_schedule_id": "duplicate_key",
    "duplicate_stop_sequence": "duplicate_key",
    "empty_file": "empty_file missing_required_column",
    "invalid_route_agency": "foreign_key_violation",
    "missing_agency": "missing_required_file",
    "missing_calendar": "missing_calendar_and_calendar_date_files no_usable_trip",
    "missing_column": "missing_required_column",
    "missing_routes": "missing_required_file",
    "missing_stop_times": "missing_required_file no_usable_trip",
    "missing_stops": "missing_required_file",
    "missing_trips": "missing_required_file",
    "missing_weekday_column": "missing_required_column",
    "undefined_stop": "foreign_key_violation",
}
UNREADABLE = {
    "contains_null": "stops.txt:9:stop_name: a zero byte: no text file",
    "one_line.kml": "one_line.kml: no zip file",
    "one_stop.kml": "one_stop.kml: no zip file",
    "unknown_format.zip": "unknown_format.zip: no zip file",
    "upgrade_translations": "upgrade_translations: several feeds in it: new-feed, old-feed",
    "utf16": "agency.txt:1: is UTF-16, not UTF-8",
}


@pytest.mark.parametrize(("name", "codes"), FINDINGS.items(), ids=FINDINGS)
def test_a_flawed_feed_loads_with_a_finding(name: str, codes: str) -> None:
    snapshot, report = accepted(DATA / "bad_feeds" / "transitfeed" / name, canonical)
    assert len(snapshot.trips.ids)
    assert set(codes.split()) <= set(report.counts)


@pytest.mark.parametrize(("name", "codes"), REFUSED.items(), ids=REFUSED)
def test_a_broken_feed_is_refused_with_its_fault(name: str, codes: str) -> None:
    with pytest.raises(RejectedFeed) as caught:
        accepted(DATA / "bad_feeds" / "transitfeed" / name)
    assert set(codes.split()) <= set(caught.value.report.counts)
    assert codes.split()[-1] in {fault.code for fault in caught.value.report.faults}


@pytest.mark.parametrize(("name", "reason"), UNREADABLE.items(), ids=UNREADABLE)
def test_what_cannot_be_read_says_where(name: str, reason: str) -> None:
    with pytest.raises(UnreadableFeed) as caught:
        accepted(DATA / "bad_feeds" / "transitfeed" / name)
    assert str(caught.value).startswith(reason)


def test_no_case_is_forgotten() -> None:
    cases = {path.name for path in (DATA / "bad_feeds" / "transitfeed").iterdir()}
    assert cases == set(FINDINGS) | set(REFUSED) | set(UNREADABLE)


STRUCTURES = {
    "../broken_helsinki.zip": "foreign_key_violation leading_or_trailing_whitespaces",
    "basic": "foreign_key_violation pathway_to_wrong_location_type",
    "fares_v1": "missing_calendar_and_calendar_date_files foreign_key_violation stop_without_location",
    "fares_v2": "missing_calendar_and_calendar_date_files invalid_currency_amount",
    "interpolated_stop_times": "foreign_key_violation interpolated_times",
    "missing_feed_date": "duplicate_key",
    "only_required_fields": "foreign_key_violation single_shape_point",
    "subdirectory": "foreign_key_violation",
    "zips/gtfs.zip": "foreign_key_violation",
    "zips/gtfs_with_bom.zip": "foreign_key_violation",
    "zips/macosx.zip": "../agency.txt: a name that leaves the archive",
    "zips/metra.zip": "unusable_trip",
    "zips/subdirectory.zip": "foreign_key_violation",
}


@pytest.mark.parametrize(("name", "found"), STRUCTURES.items(), ids=STRUCTURES)
def test_odd_layouts_end_in_a_report_or_a_typed_error(name: str, found: str) -> None:
    try:
        report = accepted(DATA / "bad_feeds" / "gtfs_structure" / name, canonical)[1]
    except RejectedFeed as error:
        report = error.report
    except FeedError as error:
        assert str(error) == found
        return
    assert set(found.split()) <= set(report.counts)


@pytest.mark.parametrize("name", TOWNS)
def test_no_canonical_check_of_a_real_feed_is_left_unfinished(name: str, checked: Checked) -> None:
    _, report = checked(name)
    assert report.accepted
    assert UNFINISHED not in report.counts
