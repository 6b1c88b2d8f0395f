"""Trips and their calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from gtfs.calls import Calls, Fault, backward_calls
from gtfs.counted import counted
from gtfs.equal_trips import numbers_of_equal
from gtfs.feed import Feed
from gtfs.interpolate import EARTH_RADIUS_M
from gtfs.notice import Severity
from gtfs.rules.registry import Place, at_rows, rule
from gtfs.table import Table
from gtfs.values import MISSING, floats, integers, rows_of

Float64s = NDArray[np.float64]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

WHY = {
    Fault.NO_CALLS: "no call",
    Fault.ONE_CALL: "a single call with a time",
    Fault.BAD_VALUE: "a time or stop_sequence that cannot be read",
    Fault.BACKWARDS: "time runs backwards",
    Fault.TOO_LONG: "ends too long after its service day began (limits.trip_h)",
    Fault.NEVER: "frequencies.txt names it, and no row of it makes a run",
}
FASTEST_KMH = {0: 100, 1: 150, 2: 500, 3: 150, 4: 80, 5: 50, 6: 50, 7: 50, 11: 150, 12: 150}
"""By route type. Source: canonical validator, fast_travel_between_consecutive_stops."""
OTHERWISE_KMH = 500
ROUNDING_S = 60
"""Many feeds round to whole minutes: a hop may in truth take this much longer. Source: the same."""
HOPS_AT_ONCE = 250_000
LEAST_HEADWAY_S = 30
POSITION = (("stop_lat", "latitude"), ("stop_lon", "longitude"))
SHORT_TIME = re.compile(r"\d{1,3}:\d\d")


def _at_calls(feed: Feed, calls: Int64s, field: str, message: str) -> Iterator[Place]:
    table = feed.tables["stop_times"]
    wrong = np.zeros(len(table), bool)
    wrong[feed.calls.row[calls]] = True
    yield from at_rows(table, wrong, field, message)


@rule(Severity.ERROR)
def unusable_trip(feed: Feed, today: date) -> Iterator[Place]:
    """A trip that nobody can ride is left out; the message says why. Source: canonical validator, unusable_trip."""
    table = feed.tables["trips"]
    for fault, why in WHY.items():
        yield from at_rows(table, feed.calls.fault == fault, "trip_id", why)


@rule(Severity.ERROR)
def stop_time_with_arrival_before_previous_departure_time(feed: Feed, today: date) -> Iterator[Place]:
    """A call arrives before the one before departs, or departs before it arrives.

    Source: canonical validator, stop_time_with_arrival_before_previous_departure_time.
    """
    yield from _at_calls(feed, backward_calls(feed.calls), "arrival_time", "earlier than the time before it")


@rule(Severity.ERROR)
def missing_trip_edge(feed: Feed, today: date) -> Iterator[Place]:
    """No time at the first or last call of a trip: the calls beyond the timed ones are left out.

    Source: canonical validator, missing_trip_edge.
    """
    yield from at_rows(feed.tables["trips"], feed.calls.cut, "trip_id")


@rule(Severity.INFO)
def interpolated_times(feed: Feed, today: date) -> Iterator[Place]:
    """Calls without a time, between calls that have one: it is estimated (one notice). Source: GTFS, arrival_time."""
    blank = int((feed.calls.arrival_s == MISSING).sum())
    if blank:
        yield Place("stop_times.txt", 0, "arrival_time", message=f"{blank} of {len(feed.calls.row)} calls")


@rule(Severity.INFO)
def time_without_seconds(feed: Feed, today: date) -> Iterator[Place]:
    """Times written HH:MM are read as full minutes (one notice a column). Source: GTFS reference, Time."""
    table = feed.tables["stop_times"]
    for field in ("arrival_time", "departure_time"):
        short = [text for text in table[field].values if text.count(":") == 1 and SHORT_TIME.fullmatch(text)]
        if short:
            yield Place(table.file, 0, field, short[0], f"{len(short)} different times")


@rule(Severity.WARNING)
def duplicate_trip(feed: Feed, today: date) -> Iterator[Place]:
    """A trip that runs on a day on which another of its line calls at the same stops at the same times: every departure
    is there twice. Source: canonical validator, duplicate_trip; Hent."""
    table, seen = feed.tables["trips"], dict[int, list[int]]()
    service = rows_of(feed.keys("services"), table["service_id"])
    again, with_which = np.zeros(len(table), bool), dict[int, str]()
    candidates, number = _alike(feed)
    for trip in candidates.tolist():
        alike = seen.setdefault(int(number[trip]), [])
        days = feed.services.active[service[trip]]
        twin = next((other for other in alike if (days & feed.services.active[service[other]]).any()), None)
        if twin is not None:
            again[trip], with_which[trip] = True, str(table["trip_id"].values[table["trip_id"].codes[twin]])
        alike.append(trip)
    for trip, place in zip(with_which, at_rows(table, again, "trip_id"), strict=True):
        yield replace(place, message=f"as {with_which[trip]}, on the same days")


def _alike(feed: Feed) -> tuple[Int64s, Int32s]:
    """Trips that are not alone of their line to call at these stops at these times, and a number for those that do;
    frequencies.txt tells when its trips run."""
    calls, asked = feed.calls, feed.ridden.copy()
    repeated = rows_of(feed.keys("trips"), feed.tables["frequencies"]["trip_id"])
    asked[repeated[repeated >= 0]] = False
    route = feed.tables["trips"]["route_id"].codes
    number = numbers_of_equal(calls.first, route, (calls.stop, calls.arrival_s, calls.departure_s))
    trips = np.flatnonzero(asked)
    return trips[np.bincount(number[trips], minlength=1)[number[trips]] > 1], number


@rule(Severity.WARNING)
def fast_travel_between_consecutive_stops(feed: Feed, today: date) -> Iterator[Place]:
    """A hop faster than its kind of vehicle can be. Source: canonical, fast_travel_between_consecutive_stops."""
    calls = feed.calls
    hops = np.flatnonzero((calls.trip[1:] == calls.trip[:-1]) & (calls.arrival_s[1:] != MISSING))
    hops = hops[calls.departure_s[hops] != MISSING]
    allowed_kmh, stops = _allowed_kmh(feed), feed.tables["stops"]
    lat, lon = (np.radians(floats(stops[name], kind)) for name, kind in POSITION)
    for part in np.array_split(hops, len(hops) // HOPS_AT_ONCE + 1):
        hop_s = np.maximum(calls.arrival_s[part + 1] - calls.departure_s[part], 0) + ROUNDING_S
        fast = _hop_m(calls, part, lat, lon) * 3.6 > hop_s * allowed_kmh[calls.trip[part]]
        yield from _at_calls(feed, part[fast] + 1, "arrival_time", "the stop before is too far away")


def _hop_m(calls: Calls, hops: Int64s, lat: Float64s, lon: Float64s) -> Float64s:
    """Metres from these calls to the next; NaN where a position is unknown. On a local plane: right to a percent.

    lat, lon: of the stops, in radians.
    """
    start, end = calls.stop[hops], calls.stop[hops + 1]
    east = (lon[end] - lon[start]) * np.cos(lat)[start]
    return np.asarray(EARTH_RADIUS_M * np.hypot(lat[end] - lat[start], east))


def _allowed_kmh(feed: Feed) -> Float64s:
    """By trip."""
    routes = feed.tables["routes"]
    kinds = integers(routes["route_type"], "whole").tolist()
    by_route = np.array([*(FASTEST_KMH.get(kind, OTHERWISE_KMH) for kind in kinds), OTHERWISE_KMH], np.float64)
    return np.asarray(by_route[rows_of(feed.keys("routes"), feed.tables["trips"]["route_id"])])


@rule(Severity.WARNING)
def only_flexible_trips(feed: Feed, today: date) -> Iterator[Place]:
    """On-demand trips only: the feed loads, with no ride in it. Source: Hent."""
    if feed.calls.flexible and not feed.ridden.any():
        yield Place("stop_times.txt", message=counted(feed.calls.flexible, "on-demand call"))


@rule(Severity.INFO)
def flexible_trips(feed: Feed, today: date) -> Iterator[Place]:
    """Calls of on-demand trips are kept apart and counted (one notice). Source: GTFS-Flex."""
    if feed.calls.flexible and feed.ridden.any():
        yield Place("stop_times.txt", message=counted(feed.calls.flexible, "on-demand call"))


@rule(Severity.WARNING)
def safe_duration_below_usual(feed: Feed, today: date) -> Iterator[Place]:
    """Nearly all on-demand rides would be shorter than usual: the longest time is not told (one notice a file).

    Source: GTFS reference, trips.safe_duration_factor.
    """
    for name in ("trips", "stop_times"):
        table = _with_ride_times(feed.tables[name])
        (usual, usual_s, says_usual), (safe, safe_s, says_safe) = (_ride_time(table, kind) for kind in ("mean", "safe"))
        below = (safe <= usual) & (safe_s <= usual_s) & ((safe < usual) | (safe_s < usual_s))
        if count := int((says_usual & says_safe & below).sum()):
            yield Place(table.file, field="safe_duration_factor", message=counted(count, "row"))


def _with_ride_times(table: Table) -> Table:
    """The rows that may say both; most files of millions of calls have none."""
    columns = (
        [~table[f"{kind}_duration_{part}"].blank() for part in ("factor", "offset")] for kind in ("mean", "safe")
    )
    usual, safe = (factor | offset for factor, offset in columns)
    return table.take(np.flatnonzero(usual & safe))


def _ride_time(table: Table, kind: str) -> tuple[Float64s, Float64s, NDArray[np.bool_]]:
    """Factor, seconds on top, and whether a row says either."""
    factor, offset_s = floats(table[f"{kind}_duration_factor"]), floats(table[f"{kind}_duration_offset"])
    said = ~np.isnan(factor) | ~np.isnan(offset_s)
    return np.nan_to_num(factor, nan=1.0), np.nan_to_num(offset_s), said


@rule(Severity.ERROR)
def bad_frequency(feed: Feed, today: date) -> Iterator[Place]:
    """A frequency that ends before it starts or has no headway is left out; a trip without another does not run.

    Source: canonical validator, start_and_end_range_out_of_order.
    """
    table = feed.tables["frequencies"]
    start, end = integers(table["start_time"], "time"), integers(table["end_time"], "time")
    backward = (end <= start) & (end != MISSING)
    yield from at_rows(table, backward, "end_time", "not after start_time")
    yield from at_rows(table, integers(table["headway_secs"], "whole") == 0, "headway_secs", "no headway")


@rule(Severity.WARNING)
def headway_too_small(feed: Feed, today: date) -> Iterator[Place]:
    """Less than half a minute from one run to the next: perhaps minutes are meant. Source: Hent."""
    headway = integers(feed.tables["frequencies"]["headway_secs"], "whole")
    small = (headway > 0) & (headway < LEAST_HEADWAY_S)
    yield from at_rows(feed.tables["frequencies"], small, "headway_secs", "seconds from one run to the next")


@rule(Severity.WARNING)
def overlapping_frequency(feed: Feed, today: date) -> Iterator[Place]:
    """A frequency of a trip starts before the one before ends. Source: canonical validator, overlapping_frequency."""
    table = feed.tables["frequencies"]
    trip, start, end = (
        table["trip_id"].codes,
        integers(table["start_time"], "time"),
        integers(table["end_time"], "time"),
    )
    order = np.lexsort((start, trip))
    again = (trip[order][1:] == trip[order][:-1]) & (start[order][1:] < end[order][:-1])
    overlaps = np.zeros(len(table), bool)
    overlaps[order[1:][again]] = True
    yield from at_rows(table, overlaps, "start_time")


@rule(Severity.WARNING)
def incomplete_transfer(feed: Feed, today: date) -> Iterator[Place]:
    """Types 0 to 3 name two stops, 4 and 5 two trips; else it is left out. Source: GTFS reference, transfers.txt."""
    table = feed.tables["transfers"]
    kind = integers(table["transfer_type"], "0-5", 0)
    no_stops = table["from_stop_id"].blank() | table["to_stop_id"].blank()
    no_trips = table["from_trip_id"].blank() | table["to_trip_id"].blank()
    yield from at_rows(table, np.where(kind <= 3, no_stops, no_trips), "transfer_type")


@rule(Severity.INFO)
def transfer_without_time(feed: Feed, today: date) -> Iterator[Place]:
    """Type 2 promises a min_transfer_time. Source: canonical validator, missing_required_field."""
    table = feed.tables["transfers"]
    kind = integers(table["transfer_type"], "0-5", 0)
    yield from at_rows(table, (kind == 2) & table["min_transfer_time"].blank(), "min_transfer_time")


@rule(Severity.INFO)
def unused_shape(feed: Feed, today: date) -> Iterator[Place]:
    """No trip follows the shape (one notice). Source: canonical validator, unused_shape."""
    used = set(feed.tables["trips"]["shape_id"].values)
    unused = [str(text) for text in feed.tables["shapes"]["shape_id"].values if text and text not in used]
    if unused and len(feed.tables["shapes"]):
        yield Place("shapes.txt", 0, "shape_id", unused[0], counted(len(unused), "shape"))
