"""The zip: the same bytes in the same week, whole references, accepted by our own rules."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest

import demo
from demo.feed import text_colour
from demo.records import TableError
from demo.tables import read
from demo.timetable import trips
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.notice import Severity
from gtfs.snapshot import FeedSource
from tests.demo.conftest import TODAY, Feed

REFERENCES = [
    ("stop_times", "trip_id", "trips", "trip_id"),
    ("stop_times", "stop_id", "stops", "stop_id"),
    ("stops", "parent_station", "stops", "stop_id"),
    ("trips", "route_id", "routes", "route_id"),
    ("trips", "shape_id", "shapes", "shape_id"),
    ("frequencies", "trip_id", "trips", "trip_id"),
    ("routes", "agency_id", "agency", "agency_id"),
    ("transfers", "from_stop_id", "stops", "stop_id"),
    ("transfers", "to_stop_id", "stops", "stop_id"),
    ("fare_rules", "fare_id", "fare_attributes", "fare_id"),
    ("fare_rules", "route_id", "routes", "route_id"),
    ("fare_products", "fare_media_id", "fare_media", "fare_media_id"),
    ("fare_leg_rules", "fare_product_id", "fare_products", "fare_product_id"),
    ("fare_leg_rules", "network_id", "networks", "network_id"),
    ("route_networks", "network_id", "networks", "network_id"),
    ("route_networks", "route_id", "routes", "route_id"),
]

KEYS = [("stops", "stop_id"), ("routes", "route_id"), ("trips", "trip_id"), ("calendar", "service_id")]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_week_gives_the_same_bytes_in_any_folder(tmp_path: Path, zip_path: Path) -> None:
    sunday_of_that_week = date(2026, 11, 29)
    assert sha256(demo.build(tmp_path / "new" / "folder", sunday_of_that_week)) == sha256(zip_path)


def test_another_week_gives_another_feed(tmp_path: Path, zip_path: Path) -> None:
    assert sha256(demo.build(tmp_path, date(2026, 11, 30))) != sha256(zip_path)


def test_nothing_but_the_zip_is_left_in_the_folder(zip_path: Path) -> None:
    assert [path.name for path in zip_path.parent.iterdir()] == ["lorient.zip"]


@pytest.mark.parametrize(("table", "field", "other", "key"), REFERENCES)
def test_every_reference_is_met(feed: Feed, table: str, field: str, other: str, key: str) -> None:
    assert {row[field] for row in feed[table]} - {""} <= {row[key] for row in feed[other]}


def test_every_trip_has_a_service_with_days(feed: Feed) -> None:
    weekly = {row["service_id"] for row in feed["calendar"]}
    by_day = {row["service_id"] for row in feed["calendar_dates"] if row["exception_type"] == "1"}
    assert {trip["service_id"] for trip in feed["trips"]} == weekly | by_day


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_no_key_comes_twice(feed: Feed, table: str, key: str) -> None:
    keys = [row[key] for row in feed[table]]
    assert len(keys) == len(set(keys))


def test_every_stop_is_served_or_is_a_station(feed: Feed) -> None:
    served = {row["stop_id"] for row in feed["stop_times"]}
    assert {stop["stop_id"] for stop in feed["stops"] if stop["location_type"] == "0"} == served


def test_a_headsign_is_the_last_stop(feed: Feed) -> None:
    headsigns = {trip["trip_headsign"] for trip in feed["trips"] if trip["route_id"] == "B1"}
    assert headsigns == {"Port-Louis La Pointe", "Embarcadère Quai des Indes"}


@pytest.mark.parametrize(("background", "text"), [("FFFFFF", "000000"), ("000000", "FFFFFF"), ("F9A825", "000000")])
def test_text_is_black_or_white_whichever_reads_better(background: str, text: str) -> None:
    assert text_colour(background) == text


def test_the_feed_is_accepted_without_a_finding_that_matters(zip_path: Path) -> None:
    snapshot, report = accept(zip_path, FeedSource("lorient", "EUPL-1.2"), ReadLimits(), TODAY)
    assert [str(notice) for notice in report.notices if notice.severity >= Severity.WARNING] == []
    assert len(snapshot.stops) >= 150


FAULTS = [
    ("stops.csv", "47.7500,-3.3620", "north,-3.3620", r"stops\.csv, row \d+: lat = 'north'"),
    ("stops.csv", ",quay,embarcadere,", ",quay,gare-a,", r"stops\.csv, row embarcadere-1: station = 'gare-a'"),
    ("lines.toml", '"port-tudy"]', '"atlantis"]', r"lines\.toml, row GX: stops = 'atlantis'"),
    ("lines.toml", "[0, 12]", "[0, 12, 20]", r"lines\.toml, row B1: minutes = \(0, 12, 20\)"),
    ("lines.toml", '"05:35"', '"5h35"', r"lines\.toml, row T1: at = '5h35'"),
    ("services.csv", "no,only,year", "no,never,year", r"services\.csv, row 7: school = 'never'"),
    ("school_holidays.csv", "2026-12-19", "19/12/2026", r"school_holidays\.csv, row \d+: first_day = '19/12/2026'"),
    ("transfers.csv", "gare,gare,", "gare,quimper,", r"transfers\.csv, row gare: to_stop_id = 'quimper'"),
    ("fares.csv", ",korrigo", ",oyster", r"fares\.csv, row ticket: medium = 'oyster'"),
]


@pytest.mark.parametrize(("table", "before", "after", "message"), FAULTS)
def test_a_value_that_cannot_be_used_is_named(
    tmp_path: Path, table: str, before: str, after: str, message: str
) -> None:
    path = Path(shutil.copytree(demo.TERRITORY, tmp_path / "lorient")) / table
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(TableError, match=message):
        list(trips(read(path.parent)))
