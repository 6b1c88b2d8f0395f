"""How much service a feed gives: by line and day, by stop and day, and in a few numbers, as gtfs_kit reckons them.

Its frames stay in here: what comes out are records. Imports gtfs_kit, so import it only where it is used.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import gtfs_kit
import numpy as np
import pandas as pd

from gtfs.errors import NoIndicators
from gtfs.feed import Feed
from gtfs.kit import clocks, kit_feed

WEEK = 7
HOUR_S = 3600
LEAST_S = 1
"""A trip that takes no time on paper counts as a second: gtfs_kit would leave it out."""


@dataclass(frozen=True, slots=True)
class LineDay:
    """The trips of a line (its route_id) that begin on a service day. first_s, last_s: when the first and the last of
    them leave, seconds of that day. hours: of all trips together. headway_min: minutes from a departure to the next in
    the same direction on average, of those from 7:00 to 19:00; None where there are less than two. speed_kmh: along
    the shapes, straight from stop to stop where there is none, stays included; None where a stop has no position."""

    line: str
    day: date
    trips: int
    first_s: int
    last_s: int
    hours: float
    headway_min: float | None
    speed_kmh: float | None


@dataclass(frozen=True, slots=True)
class StopDay:
    """The calls of a service day at which one may get in: not where trips end, not where pickup_type is 1."""

    stop: str
    day: date
    departures: int
    first_s: int
    last_s: int


@dataclass(frozen=True, slots=True)
class Description:
    """What is in the feed, and what of it runs on the busiest day of those looked at. trips: runs of trips at a
    headway counted one by one."""

    agencies: tuple[str, ...]
    timezone: str
    first_day: date
    last_day: date
    lines: int
    trips: int
    stops: int
    shapes: int
    day: date
    lines_that_day: int
    trips_that_day: int
    stops_that_day: int


@dataclass(frozen=True, slots=True)
class Indicators:
    description: Description
    lines: tuple[LineDay, ...]
    stops: tuple[StopDay, ...]


def indicators(feed: Feed, day: date) -> Indicators | None:
    """Of the week that begins on `day`, moved into the days of the feed; None where nothing ever runs.

    Raises NoIndicators, which names the kind of the fault only: its text may quote the feed.
    """
    days = week(feed, day)
    if not days or not feed.ridden.any():
        return None
    try:
        return _of(kit_feed(feed).expand_frequencies(), [f"{one:%Y%m%d}" for one in days])
    except Exception as fault:  # gtfs_kit has no errors of its own, and the feed is served all the same
        raise NoIndicators(type(fault).__name__) from fault


def _of(whole: gtfs_kit.Feed, dates: list[str]) -> Indicators:
    description = _description(whole, whole.compute_busiest_date(dates))
    ran = whole.restrict_to_dates(dates)
    if ran.trips.empty:
        return Indicators(description, (), ())
    kit = _directed(ran)
    return Indicators(description, tuple(_lines(kit, dates)), tuple(_stops(kit, dates)))


def week(feed: Feed, day: date) -> list[date]:
    """Seven days from `day` on; the first or last seven of the feed where it begins later or ends before."""
    services = feed.services
    count = services.active.shape[1]
    latest = services.first_day + timedelta(days=max(count - WEEK, 0))
    first = min(max(day, services.first_day), latest)
    return [first + timedelta(days=one) for one in range(min(WEEK, count))]


def _directed(kit: gtfs_kit.Feed) -> gtfs_kit.Feed:
    """gtfs_kit reckons headways by direction_id. Where a feed has none, the directions of a line are with its longest
    trip and against it, from end to end as the crow flies."""
    known = kit.trips.direction_id.notna()
    if not known.all():
        north, east = _ways(kit)
        longest = (north**2 + east**2).groupby(kit.trips.route_id).transform("idxmax")
        back = north * north[longest].to_numpy() + east * east[longest].to_numpy() < 0
        kit.trips = kit.trips.assign(direction_id=kit.trips.direction_id.where(known, back.astype("Int32")))
    return kit


def _ways(kit: gtfs_kit.Feed) -> tuple[pd.Series, pd.Series]:
    """How far north and east of its first stop each trip ends, in degrees of latitude; 0 where nobody knows."""
    places = kit.stops[["stop_id", "stop_lat", "stop_lon"]]
    calls = kit.stop_times.sort_values(["trip_id", "stop_sequence"]).merge(places)
    at = calls.groupby("trip_id")[["stop_lat", "stop_lon"]]
    way = (at.last() - at.first()).reindex(kit.trips.trip_id).fillna(0.0).set_index(kit.trips.index)
    return way.stop_lat, way.stop_lon * math.cos(math.radians(kit.stops.stop_lat.mean()))


def _description(kit: gtfs_kit.Feed, busiest: str) -> Description:
    told = kit.describe(busiest).set_index("indicator").value
    return Description(
        agencies=tuple(told["agencies"]),
        timezone=told["timezone"],
        first_day=_day(told["start_date"]),
        last_day=_day(told["end_date"]),
        lines=told["num_routes"],
        trips=told["num_trips"],
        stops=told["num_stops"],
        shapes=told["num_shapes"],
        day=_day(told["sample_date"]),
        lines_that_day=told["num_routes_active_on_sample_date"],
        trips_that_day=told["num_trips_active_on_sample_date"],
        stops_that_day=told["num_stops_active_on_sample_date"],
    )


def _lines(kit: gtfs_kit.Feed, dates: list[str]) -> Iterator[LineDay]:
    trips = _trip_stats(kit)
    last_s = _last_starts(kit.compute_trip_activity(dates), trips)
    for row in kit.compute_route_stats(dates, trips).itertuples(index=False):
        yield LineDay(
            line=row.route_id,
            day=_day(row.date),
            trips=int(row.num_trips),
            first_s=_seconds(row.start_time),
            last_s=last_s[row.date, row.route_id],
            hours=float(row.service_duration),
            headway_min=_known(row.mean_headway),
            speed_kmh=_known(row.service_speed),
        )


def _trip_stats(kit: gtfs_kit.Feed) -> pd.DataFrame:
    """As compute_trip_stats tells them, which is asked for one of the trips with the same stops and the same shape."""
    calls = kit.stop_times.sort_values(["trip_id", "stop_sequence"]).groupby("trip_id", sort=False)
    trips = kit.trips.assign(stops=kit.trips.trip_id.map(calls.stop_id.agg("\n".join)))
    alike = trips.groupby(["route_id", "direction_id", "shape_id", "stops"], dropna=False).trip_id.transform("first")
    few = kit.restrict_to_trips(alike.unique().tolist()).create_shapes()
    asked = few.compute_trip_stats(compute_dist_from_shapes=True)
    start_s, end_s = (
        one.set_index("trip_id").departure_time.map(_seconds).loc[trips.trip_id].to_numpy(np.int32)
        for one in (calls.head(1), calls.tail(1))
    )
    end_s = np.maximum(end_s, start_s + LEAST_S)
    times = {"start_time": clocks(start_s), "end_time": clocks(end_s), "duration": (end_s - start_s) / HOUR_S}
    stats: pd.DataFrame = asked.set_index("trip_id").loc[alike].assign(trip_id=trips.trip_id.to_numpy(), **times)
    return stats.reset_index(drop=True)


def _last_starts(activity: pd.DataFrame, trips: pd.DataFrame) -> dict[tuple[str, str], int]:
    """When the last trip of a line begins, by date and route_id: gtfs_kit tells when the last one ends."""
    starts = trips[["trip_id", "route_id", "start_time"]]
    runs = activity.melt("trip_id", var_name="date").query("value > 0").merge(starts)
    last_s = runs.start_time.map(_seconds).groupby([runs.date, runs.route_id]).max()
    return dict(zip(last_s.index, last_s.tolist(), strict=True))


def _stops(kit: gtfs_kit.Feed, dates: list[str]) -> Iterator[StopDay]:
    calls, boarded = kit.stop_times, kit.copy()
    ends = calls.stop_sequence == calls.groupby("trip_id").stop_sequence.transform("max")
    boarded.stop_times = calls[~ends & (calls.pickup_type != 1)]
    if boarded.stop_times.empty:
        return
    for row in boarded.compute_stop_stats(dates).itertuples(index=False):
        yield StopDay(row.stop_id, _day(row.date), int(row.num_trips), _seconds(row.start_time), _seconds(row.end_time))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _seconds(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)
