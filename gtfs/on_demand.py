"""On-demand services of a feed (GTFS-Flex): where a vehicle comes when it is called, when, and how it is called.

Places that a trip of a line leads from and to belong together: what is connected so is one zone. Stops of a group are
small discs of it. A zone whose outline cannot be read is left out. Source: GTFS reference, stop_times.txt (windows),
locations.geojson, location_groups.txt, booking_rules.txt, trips.txt (safe_duration_factor and _offset; drafts had them
in stop_times.txt, and mean_ ones, which feeds still give).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isnan

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gtfs.calls import Int32s, Int64s, flexible_rows
from gtfs.feed import Feed
from gtfs.opening_hours import ClockSpan, opening_hours, running_days
from gtfs.outlines import outlines
from gtfs.snapshot import BookingRule, OnDemandZone, RideTime
from gtfs.table import Table
from gtfs.values import MISSING, floats, integers, rows_of

STOP_RADIUS_DEG = 0.0005
"""About 50 metres: the corner where a vehicle waits."""
Place = tuple[str, str]
"""Kind and id: location, group or stop."""


@dataclass(frozen=True, slots=True)
class _Call:
    """A row of stop_times.txt with a window. trip, route: rows. times: usual and safe."""

    trip: int
    route: int
    place: Place
    rule: str
    window: ClockSpan
    times: tuple[RideTime, RideTime]


def on_demand_zones(feed: Feed) -> tuple[OnDemandZone, ...]:
    calls = list(_calls(feed))
    if not calls:
        return ()
    outlines, bookings, days = _outlines(feed), dict(_bookings(feed)), running_days(feed)
    found = []
    for number, together in enumerate(_connected(calls)):
        area = shapely.union_all([outlines[one] for one in {call.place for call in together} if one in outlines])
        if not area.is_empty:
            rule = Counter(call.rule for call in together if call.rule).most_common(1)
            booking = bookings.get(rule[0][0] if rule else "", BookingRule())
            hours = opening_hours((days[call.trip], call.window) for call in together)
            times = Counter(call.times for call in together).most_common(1)[0][0]
            found.append(OnDemandZone(f"{number}", together[0].route, area.wkt, hours, booking, *times))
    return tuple(found)


def _calls(feed: Feed) -> Iterator[_Call]:
    table, trips = feed.tables["stop_times"], feed.tables["trips"]
    row = np.flatnonzero(flexible_rows(table) & ~table["start_pickup_drop_off_window"].blank())
    trip = rows_of(trips["trip_id"], table["trip_id"])[row]
    route = rows_of(feed.keys("routes"), trips["route_id"])
    names = ("location_id", "location_group_id", "stop_id", "pickup_booking_rule_id", "drop_off_booking_rule_id")
    texts = zip(*(table[name].take(row).texts() for name in names), strict=True)
    ends = (table[f"{end}_pickup_drop_off_window"].take(row) for end in ("start", "end"))
    windows = zip(*(integers(end, "time").tolist() for end in ends), strict=True)
    times = _ride_times(trips, table, trip, row)
    for of_trip, (location, group, stop, pickup, drop_off), window, lasting in zip(
        trip.tolist(), texts, windows, times, strict=True
    ):
        if of_trip >= 0 and route[of_trip] >= 0:
            place = ("location", location) if location else ("group", group) if group else ("stop", stop)
            yield _Call(of_trip, int(route[of_trip]), place, pickup or drop_off, window, lasting)


def _ride_times(trips: Table, calls: Table, trip: Int32s, row: Int64s) -> Iterator[tuple[RideTime, RideTime]]:
    """Usual and safe, as the trip says, else the call. row: of each call; trip: of its trip, -1 where there is none."""
    columns = []
    for name in ("mean_duration_factor", "mean_duration_offset", "safe_duration_factor", "safe_duration_offset"):
        of_trip = floats(trips[name])[trip] if len(trips) else np.full(len(row), np.nan)
        columns.append(np.where(np.isnan(of_trip), floats(calls[name])[row], of_trip).tolist())
    known = ([None if isnan(value) else value for value in values] for values in zip(*columns, strict=True))
    return ((RideTime(factor, offset_s), RideTime(*safe)) for factor, offset_s, *safe in known)


def _connected(calls: list[_Call]) -> list[list[_Call]]:
    """The calls of each line whose places trips lead between, in the order of the file."""
    leader: dict[tuple[int, Place], tuple[int, Place]] = {}

    def find(one: tuple[int, Place]) -> tuple[int, Place]:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    first_of_trip: dict[int, tuple[int, Place]] = {}
    for call in calls:
        here = call.route, call.place
        leader[find(here)] = find(first_of_trip.setdefault(call.trip, here))
    together: defaultdict[tuple[int, Place], list[_Call]] = defaultdict(list)
    for call in calls:
        together[find((call.route, call.place))].append(call)
    return list(together.values())


def _outlines(feed: Feed) -> Mapping[Place, BaseGeometry]:
    found: dict[Place, BaseGeometry] = {
        ("location", id): area for id, area in outlines(feed.locations) if area is not None
    }
    stops, members = feed.tables["stops"], feed.tables["location_group_stops"]
    lat, lon = floats(stops["stop_lat"], "latitude"), floats(stops["stop_lon"], "longitude")
    points = shapely.points(np.nan_to_num(lon), np.nan_to_num(lat))
    corners = np.asarray(shapely.buffer(points, STOP_RADIUS_DEG, quad_segs=2))
    known = np.isfinite(lat) & np.isfinite(lon)
    found |= {("stop", id): corners[row] for row, id in enumerate(stops["stop_id"].texts()) if known[row]}
    of_group: defaultdict[str, list[BaseGeometry]] = defaultdict(list)
    rows = rows_of(feed.keys("stops"), members["stop_id"]).tolist()
    for group, row in zip(members["location_group_id"].texts(), rows, strict=True):
        if row >= 0 and known[row]:
            of_group[group].append(corners[row])
    return found | {("group", id): shapely.union_all(some) for id, some in of_group.items()}


def booking_rules(feed: Feed) -> tuple[BookingRule, ...]:
    """In the order of the file."""
    return tuple(rule for _, rule in _bookings(feed))


def _bookings(feed: Feed) -> Iterator[tuple[str, BookingRule]]:
    table = feed.tables["booking_rules"]
    texts = ("booking_rule_id", "message", "pickup_message", "phone_number", "booking_url", "info_url")
    told = zip(*(table[name].texts() for name in texts), strict=True)
    kinds = {
        "prior_notice_duration_min": "whole",
        "prior_notice_last_day": "whole",
        "prior_notice_last_time": "time",
        "booking_type": "0-2",
    }
    numbers = zip(*(integers(table[name], kind).tolist() for name, kind in kinds.items()), strict=True)
    for (id, message, pickup, phone, booking_url, info_url), (least, last_day, last_s, kind) in zip(
        told, numbers, strict=True
    ):
        yield (
            id,
            BookingRule(
                message or pickup,
                phone,
                booking_url or info_url,
                0 if kind == 0 else None if least == MISSING else least,
                None if last_day == MISSING else last_day,
                None if last_s == MISSING else last_s,
            ),
        )
