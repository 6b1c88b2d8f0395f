"""How much service a feed gives, counted by hand on small feeds and with the csv module on real ones."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import gtfs_kit
import numpy as np
import pytest

import demo
from gtfs import indicators as module
from gtfs.archive import ReadLimits
from gtfs.errors import NoIndicators
from gtfs.feed import Feed
from gtfs.indicators import Indicators, indicators, week
from gtfs.load import load
from tests.gtfs import tiny

DATA = Path(os.environ.get("HENT_REFERENCE_DATA", ""))
WEDNESDAY = date(2030, 5, 1)
BOTH_WAYS = """
    # trips.txt
    route_id,service_id,trip_id,direction_id
    R,ALL,T1,0
    R,ALL,T2,0
    R,ALL,T3,0
    R,ALL,T4,1

    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time,departure_time,pickup_type
    T1,A,1,8:00:00,8:00:00,
    T1,C,2,8:20:00,8:20:00,
    T2,A,1,8:30:00,8:30:00,
    T2,B,2,8:40:00,8:40:00,1
    T2,C,3,8:50:00,8:50:00,
    T3,A,1,9:30:00,9:30:00,
    T3,C,2,9:50:00,9:50:00,
    T4,C,1,24:10:00,24:10:00,
    T4,A,2,24:30:00,24:30:00,
    """
WEEKDAYS = """
    # calendar.txt
    service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
    ALL,1,1,1,1,1,0,0,20300101,20301231
    """


def found(text: str = "", day: date = WEDNESDAY) -> Indicators:
    told = indicators(tiny.feed(text), day)
    assert told
    return told


def lines(told: Indicators) -> list[str]:
    """`05-01 R: 4 trips 8:00-24:10, 1.33 h, every 45 min`"""
    return [
        f"{one.day:%m-%d} {one.line}: {one.trips} trips {tiny.clock(one.first_s)}-{tiny.clock(one.last_s)}, "
        f"{one.hours:.2f} h, every {one.headway_min} min"
        for one in told.lines
    ]


def stops(told: Indicators, day: date = WEDNESDAY) -> list[str]:
    return [
        f"{one.stop}: {one.departures} {tiny.clock(one.first_s)}-{tiny.clock(one.last_s)}"
        for one in told.stops
        if one.day == day
    ]


def test_a_line_is_counted_by_day() -> None:
    told = lines(found(BOTH_WAYS + WEEKDAYS))
    assert told[0] == "05-01 R: 4 trips 8:00-24:10, 1.33 h, every 45.0 min"
    assert [one[:5] for one in told] == ["05-01", "05-02", "05-03", "05-06", "05-07"]


def test_departures_are_those_at_which_one_may_get_in() -> None:
    assert stops(found(BOTH_WAYS)) == ["A: 3 8:00-9:30", "C: 1 24:10-24:10"]


def test_the_speed_is_that_along_the_stops_where_no_shape_is() -> None:
    """A to C: 0.02 degrees of latitude, 2.224 km on the sphere, in 20 minutes."""
    (one,) = {round(line.speed_kmh or 0, 1) for line in found().lines}
    assert one == pytest.approx(3 * 2.224, abs=0.05)


def test_the_speed_is_that_along_the_shape() -> None:
    """By 0.02 degrees of longitude to the east: sqrt(1.112² + 1.496²) km, twice, 3.73 km in all."""
    text = """
    # trips.txt
    route_id,service_id,trip_id,shape_id
    R,ALL,T,S

    # shapes.txt
    shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
    S,47.70,-3.40,1
    S,47.71,-3.38,2
    S,47.72,-3.40,3
    """
    assert found(text).lines[0].speed_kmh == pytest.approx(3 * 3.73, abs=0.05)


def test_directions_that_a_feed_does_not_name_are_told_apart() -> None:
    assert lines(found(BOTH_WAYS.replace(",direction_id", "").replace(",0\n", "\n").replace(",1\n\n", "\n\n")))[
        0
    ].endswith("every 45.0 min")


def test_runs_at_a_headway_count_one_by_one() -> None:
    text = """
    # frequencies.txt
    trip_id,start_time,end_time,headway_secs
    T,8:00:00,10:00:00,1200
    """
    told = found(text)
    assert lines(told)[0] == "05-01 R: 6 trips 8:00-9:40, 2.00 h, every 20.0 min"
    assert told.description.trips == 6


def test_a_trip_that_takes_no_time_on_paper_counts() -> None:
    text = """
    # stop_times.txt
    trip_id,stop_id,stop_sequence,arrival_time,departure_time
    T,A,1,8:00:00,8:00:00
    T,B,2,8:00:00,8:00:00
    """
    assert found(text).lines[0].trips == 1


def test_a_feed_is_described() -> None:
    told = found(BOTH_WAYS + WEEKDAYS).description
    assert told.agencies == ("Ship and Bus",)
    assert (told.first_day, told.last_day) == (date(2030, 1, 1), date(2030, 12, 31))
    assert (told.lines, told.trips, told.stops, told.shapes) == (1, 4, 3, 0)
    assert (told.lines_that_day, told.trips_that_day, told.stops_that_day) == (1, 4, 3)


def test_the_week_moves_into_the_days_of_the_feed() -> None:
    feed = tiny.feed()
    assert week(feed, date(2029, 1, 1))[0] == date(2030, 1, 1)
    assert week(feed, date(2030, 12, 30))[-1] == week(feed, date(2031, 5, 1))[-1] == date(2030, 12, 31)
    assert len(week(feed, WEDNESDAY)) == 7


def test_a_week_without_a_trip_and_a_feed_without_a_day_are_no_faults() -> None:
    spring = "# calendar_dates.txt\nservice_id,date,exception_type\nALL,20300101,1\nALL,20300601,1"
    assert indicators(tiny.feed(spring, without="calendar.txt"), date(2030, 3, 1)).lines == ()  # type: ignore[union-attr]
    never = WEEKDAYS.replace("1,1,1,1,1,0,0", "0,0,0,0,0,0,0")
    assert indicators(tiny.feed(never), WEDNESDAY) is None


def test_what_gtfs_kit_cannot_take_has_no_indicators(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Feed) -> None:
        raise KeyError("agency_id")

    monkeypatch.setattr(module, "kit_feed", fails)
    with pytest.raises(NoIndicators, match=r"^KeyError$"):
        indicators(tiny.feed(), WEDNESDAY)


needs_data = pytest.mark.skipif(not DATA.name, reason="HENT_REFERENCE_DATA is not set: no reference feeds")
Row = dict[str, str]


def rows(path: Path, name: str) -> list[Row]:
    with zipfile.ZipFile(path) as archive:
        if name not in archive.namelist():
            return []
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def seconds(clock: str) -> int:
    hours, minutes, *rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest[0] if rest else 0)


def running(path: Path, day: date) -> set[str]:
    """Services by the rules of the GTFS reference."""
    told, name = f"{day:%Y%m%d}", f"{day:%A}".lower()
    services = {
        row["service_id"]
        for row in rows(path, "calendar.txt")
        if row[name] == "1" and row["start_date"] <= told <= row["end_date"]
    }
    for row in rows(path, "calendar_dates.txt"):
        if row["date"] == told:
            (services.add if row["exception_type"] == "1" else services.discard)(row["service_id"])
    return services


@needs_data
@pytest.mark.parametrize(
    ("name", "day"), [("perigueux", date(2026, 1, 13)), ("faroe", date(2025, 6, 4)), ("sailcoop", date(2025, 6, 8))]
)
def test_a_real_feed_counts_as_its_csv_files_do(name: str, day: date) -> None:
    path = DATA / "gtfs" / f"{name}.zip"
    services = running(path, day)
    trips = {row["trip_id"]: row["route_id"] for row in rows(path, "trips.txt") if row["service_id"] in services}
    calls: dict[str, list[Row]] = defaultdict(list)
    for row in rows(path, "stop_times.txt"):
        if row["trip_id"] in trips:
            calls[row["trip_id"]].append(row)
    starts, spans, departures = defaultdict(list), defaultdict(int), defaultdict(list)
    for trip, its in calls.items():
        its.sort(key=lambda row: int(row["stop_sequence"]))
        starts[trips[trip]].append(seconds(its[0]["departure_time"]))
        spans[trips[trip]] += seconds(its[-1]["departure_time"]) - seconds(its[0]["departure_time"])
        for row in its[:-1]:
            if row.get("pickup_type") != "1" and row["departure_time"]:
                departures[row["stop_id"]].append(seconds(row["departure_time"]))

    told = indicators(load(path, tiny.SOURCE, ReadLimits()), day)
    assert told
    assert {
        one.line: (one.trips, one.first_s, one.last_s, round(one.hours * 3600)) for one in told.lines if one.day == day
    } == {line: (len(at), min(at), max(at), spans[line]) for line, at in starts.items()}
    assert {one.stop: (one.departures, one.first_s, one.last_s) for one in told.stops if one.day == day} == {
        stop: (len(at), min(at), max(at)) for stop, at in departures.items()
    }


def test_gtfs_kit_agrees_on_which_services_run_in_the_demo(tmp_path: Path) -> None:
    assert days_read_otherwise(demo.build(tmp_path, date(2026, 11, 24)), tmp_path) == []


def reference_feeds() -> list[Path]:
    return [*sorted((DATA / "gtfs").glob("*.zip")), *sorted((DATA / "reference").glob("*/gtfs.zip"))]


def calendars_of(path: Path, copy: Path) -> Path:
    """Without the tables that gtfs_kit stops at: 40 000 s in transfers.txt are too many for it."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w") as kept:
        for name in {"calendar.txt", "calendar_dates.txt", "trips.txt"} & set(archive.namelist()):
            kept.writestr(name, archive.read(name))
    return copy


@needs_data
@pytest.mark.parametrize("path", reference_feeds() if DATA.name else [], ids=lambda path: path.parent.name + path.stem)
def test_gtfs_kit_agrees_on_which_services_run(path: Path, tmp_path: Path) -> None:
    assert days_read_otherwise(path, tmp_path) == []


def days_read_otherwise(path: Path, tmp_path: Path) -> list[str]:
    """A second opinion: gtfs_kit reads the calendars by itself."""
    kit = gtfs_kit.read_feed(calendars_of(path, tmp_path / "calendars.zip"), dist_units="km")
    services = load(path, tiny.SOURCE, ReadLimits()).services
    days = [services.first_day + timedelta(days=one) for one in range(services.active.shape[1])]
    ids = np.array(services.ids, object)
    rows = sorted({*range(min(len(days), 60)), *range(0, len(days), 11)})
    ours = {f"{days[row]:%Y%m%d}": set(ids[services.active[:, row]]) for row in rows}
    ours |= {day: set() for day in set(kit.get_dates()) - {f"{day:%Y%m%d}" for day in days}}
    assert ours
    return [day for day, running in ours.items() if running != set(kit.get_active_services(day))]
