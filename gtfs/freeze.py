"""A checked feed becomes the snapshot that the rest of Hent sees: rows instead of ids, seconds instead of texts.

Never fails on a feed without blocking faults; trips that cannot be ridden are left out (gtfs/calls.py says which).
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from gtfs.calls import Calls
from gtfs.fares.reading import fares
from gtfs.feed import Feed
from gtfs.frequencies import repetitions
from gtfs.headsigns import call_headsigns
from gtfs.interpolate import interpolated
from gtfs.on_demand import booking_rules, on_demand_zones
from gtfs.places import agencies, routes, stops
from gtfs.snapshot import FeedSnapshot, Frequency, Services, Shapes, Stop, StopTimes, Transfers, Trips
from gtfs.table import Table
from gtfs.ticketing.shops import ticketing
from gtfs.translations import Records, translated
from gtfs.values import MISSING, floats, integers, rows_of

Int32s = NDArray[np.int32]


def snapshot(feed: Feed) -> FeedSnapshot:
    ridden = feed.ridden
    row_of_trip = np.where(ridden, np.cumsum(ridden) - 1, -1).astype(np.int32)
    shapes, shape_row = _shapes(feed.tables["shapes"])
    places, lines, operators, bookings = stops(feed), routes(feed), agencies(feed), booking_rules(feed)
    first_day, last_day = _validity(feed)
    info = feed.tables["feed_info"]
    prices, publisher = fares(feed), _only(info, "feed_publisher_name")
    return FeedSnapshot(
        source=feed.source,
        sha256=feed.sha256,
        agencies=operators,
        stops=places,
        routes=lines,
        services=feed.services,
        trips=_trips(feed, np.flatnonzero(ridden), shape_row),
        stop_times=_stop_times(feed, ridden, places),
        frequencies=_frequencies(feed, row_of_trip),
        transfers=_transfers(feed, row_of_trip),
        shapes=shapes,
        fares=prices,
        publisher_name=publisher,
        version=_only(info, "feed_version"),
        first_day=first_day,
        last_day=last_day,
        flexible_calls=feed.calls.flexible,
        zones=on_demand_zones(feed),
        bookings=bookings,
        translations=translated(feed, Records(places, lines, operators, bookings, prices, publisher)),
        ticketing=ticketing(feed),
    )


def _only(table: Table, column: str) -> str:
    texts = table[column].texts()
    return str(texts[0]) if len(texts) else ""


def _trips(feed: Feed, rows: NDArray[np.int64], shape_row: dict[str, int]) -> Trips:
    trips = feed.tables["trips"]
    shape = trips["shape_id"]
    shape_of = np.array([shape_row.get(text, -1) for text in shape.values], np.int32)
    return Trips(
        ids=trips["trip_id"].texts()[rows],
        route=rows_of(feed.keys("routes"), trips["route_id"])[rows],
        service=rows_of(feed.keys("services"), trips["service_id"])[rows],
        headsign=trips["trip_headsign"].texts()[rows],
        short_name=trips["trip_short_name"].texts()[rows],
        direction=integers(trips["direction_id"], "0-1").astype(np.int8)[rows],
        wheelchair=integers(trips["wheelchair_accessible"], "0-2", 0).astype(np.int8)[rows],
        bikes=integers(trips["bikes_allowed"], "0-2", 0).astype(np.int8)[rows],
        shape=shape_of[shape.codes[rows]],
        block=_blocks(trips["block_id"].texts()[rows]),
    )


def _blocks(ids: NDArray[np.object_]) -> Int32s:
    names, number = np.unique(ids.astype(str), return_inverse=True)
    if not any(names):
        return np.empty(0, np.int32)
    return np.where(names[number] == "", -1, number).astype(np.int32)


def _stop_times(feed: Feed, ridden: NDArray[np.bool_], places: tuple[Stop, ...]) -> StopTimes:
    calls, table = feed.calls.keep(ridden[feed.calls.trip]), feed.tables["stop_times"]
    arrival, departure = _times(calls, table, places)
    first_call = np.concatenate(([0], np.cumsum(np.diff(calls.first)[ridden]))).astype(np.int64)
    return StopTimes(
        first_call=first_call,
        stop=calls.stop,
        arrival_s=arrival,
        departure_s=departure,
        pickup=integers(table["pickup_type"].take(calls.row), "0-3", 0).astype(np.int8),
        drop_off=integers(table["drop_off_type"].take(calls.row), "0-3", 0).astype(np.int8),
        exact=(calls.arrival_s != MISSING) & (integers(table["timepoint"].take(calls.row), "0-1") != 0),
        headsign=call_headsigns(calls, table["stop_headsign"], places),
        pickup_booking=_booked(feed, calls, "pickup"),
        drop_off_booking=_booked(feed, calls, "drop_off"),
        sequence=_sequence(integers(table["stop_sequence"], "whole")[calls.row], first_call),
    )


def _sequence(published: Int32s, first_call: NDArray[np.int64]) -> Int32s:
    """Nothing where they only count."""
    counted = np.arange(len(published)) - np.repeat(first_call[:-1], np.diff(first_call)) + 1
    return np.empty(0, np.int32) if np.array_equal(published, counted) else published


def _booked(feed: Feed, calls: Calls, end: str) -> Int32s:
    rules, column = feed.tables["booking_rules"], feed.tables["stop_times"][f"{end}_booking_rule_id"]
    if not len(rules) or column.blank().all():
        return np.empty(0, np.int32)
    return rows_of(rules["booking_rule_id"], column.take(calls.row))


def _times(calls: Calls, table: Table, places: tuple[Stop, ...]) -> tuple[Int32s, Int32s]:
    if np.all(calls.arrival_s != MISSING):
        return calls.arrival_s, calls.departure_s
    travelled = floats(table["shape_dist_traveled"])[calls.row]
    lat, lon = (np.array([getattr(stop, name) for stop in places], np.float64) for name in ("lat", "lon"))
    return interpolated(calls, travelled, lat, lon)


def _frequencies(feed: Feed, row_of_trip: Int32s) -> tuple[Frequency, ...]:
    """Only runs that can be ridden: a known trip, a headway, an end after the start."""
    found = repetitions(feed.tables)
    kept = np.flatnonzero((_at(row_of_trip, found.trip) >= 0) & (found.runs > 0))
    columns = _at(row_of_trip, found.trip), found.start_s, found.end_s, found.headway_s, found.exact
    return tuple(
        dict.fromkeys(Frequency(*row) for row in zip(*(column[kept].tolist() for column in columns), strict=True))
    )


def _transfers(feed: Feed, row_of_trip: Int32s) -> Transfers:
    """Rules that name a stop, route or trip that is not in the snapshot are left out."""
    table = feed.tables["transfers"]
    stop, route, trip = feed.keys("stops"), feed.keys("routes"), feed.keys("trips")
    columns = {
        "from_stop": rows_of(stop, table["from_stop_id"]),
        "to_stop": rows_of(stop, table["to_stop_id"]),
        "from_route": rows_of(route, table["from_route_id"]),
        "to_route": rows_of(route, table["to_route_id"]),
        "from_trip": _at(row_of_trip, rows_of(trip, table["from_trip_id"])),
        "to_trip": _at(row_of_trip, rows_of(trip, table["to_trip_id"])),
    }
    known = np.ones(len(table), bool)
    for name, rows in columns.items():
        known &= (rows >= 0) | table[f"{name}_id"].blank()
    kind = integers(table["transfer_type"], "0-5", 0).astype(np.int8)
    known &= ((columns["from_stop"] >= 0) & (columns["to_stop"] >= 0)) | (kind >= 4)
    least = integers(table["min_transfer_time"], "whole")
    return Transfers(**{name: rows[known] for name, rows in columns.items()}, type=kind[known], min_time_s=least[known])


def _shapes(table: Table) -> tuple[Shapes, dict[str, int]]:
    """Points without a position are left out; a shape of one point is none."""
    lat, lon = floats(table["shape_pt_lat"], "latitude"), floats(table["shape_pt_lon"], "longitude")
    shape, sequence = table["shape_id"], integers(table["shape_pt_sequence"], "whole")
    rows = np.flatnonzero(np.isfinite(lat) & np.isfinite(lon) & (sequence >= 0) & ~shape.blank())
    key = (shape.codes[rows].astype(np.int64) << 32) + sequence[rows]
    if np.any(key[1:] < key[:-1]):
        rows = rows[np.argsort(key, kind="stable")]
    counts = np.bincount(shape.codes[rows], minlength=len(shape.values))
    drawn = counts > 1
    rows = rows[drawn[shape.codes[rows]]]
    row_of = {str(text): row for row, text in enumerate(shape.values[drawn])}
    first = np.concatenate(([0], np.cumsum(counts[drawn]))).astype(np.int64)
    return Shapes(first, lat[rows], lon[rows]), row_of


def _validity(feed: Feed) -> tuple[date | None, date | None]:
    """As feed_info says, else the first and last day on which a service runs."""
    info, services = feed.tables["feed_info"], feed.services
    first, last = (integers(info[name], "date") for name in ("feed_start_date", "feed_end_date"))
    return (_day(first) or _running(services, 0), _day(last) or _running(services, services.active.shape[1] - 1))


def _day(column: Int32s) -> date | None:
    return date.fromordinal(int(column[0])) if len(column) and column[0] != MISSING else None


def _running(services: Services, offset: int) -> date | None:
    runs = services.active.shape[1] > 0
    return date.fromordinal(services.first_day.toordinal() + offset) if runs else None


def _at(values: Int32s, rows: Int32s) -> Int32s:
    """values[rows], -1 where the row is -1."""
    if not len(values):
        return rows
    return np.where(rows >= 0, values[rows], -1).astype(np.int32)
