"""A second opinion on a whole feed: from the tables as gtfs_kit reads them to stops, hops, walks and earliest arrivals,
worked out anew and slowly. Shares no code with what it judges.

Rules: docs/search.md. One walks between stops at most 600 m apart in a straight line, and between the stops of a
station, 1.3 times as far at 1.33 m/s; a change takes 60 s at least, none where a boat calls; transfers.txt outranks
both. Where no map tells of the water, nobody walks on a guess between two quays of one boat. Getting in first needs no
change time, walks are not chained, one gets out at the very stop asked for. A day has the trips that leave until the
noon after it (docs/architecture.md).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations, pairwise
from math import asin, ceil, cos, inf, radians, sin, sqrt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import gtfs_kit
from shapely import LineString

EARTH_M = 6_371_008.8
DETOUR, SPEED_MPS, LONGEST_M, CHANGE_S = 1.3, 1.33, 600.0, 60
FERRIES = {"4"}
DAY_S, NOON_S = 86_400, 43_200
TABLES = tuple(
    f"{name}.txt"
    for name in "agency stops routes trips stop_times calendar calendar_dates frequencies transfers".split()
)


class Hop(NamedTuple):
    """One run from one stop to the next, in seconds of the day asked about."""

    leaves_s: int
    arrives_s: int
    position: int
    run: tuple[str, int, int]
    start: str
    end: str
    boards: bool
    alights: bool


class FeedOracle:
    def __init__(self, path: Path) -> None:
        self._feed = feed = _tables(path)
        stops = feed.stops.fillna("").to_dict("records")
        self.positions = {row["stop_id"]: (float(row["stop_lat"]), float(row["stop_lon"])) for row in stops}
        boarded = [row for row in stops if str(row.get("location_type", "")) in ("", "0", "0.0")]
        self.station = {row["stop_id"]: row.get("parent_station", "") for row in boarded}
        self.route = dict(zip(feed.trips.trip_id, feed.trips.route_id, strict=True))
        self.calls: dict[str, list[dict[str, Any]]] = {}
        for row in feed.stop_times.sort_values(["trip_id", "stop_sequence"]).fillna("").to_dict("records"):
            self.calls.setdefault(row["trip_id"], []).append(row)
        types = dict(zip(feed.routes.route_id, feed.routes.route_type.astype(str), strict=True))
        self.boats = {route for route, kind in types.items() if kind in FERRIES}
        self.straits = self._straits()
        self.changes, self.walks = self._changes(), self._walks()
        self._obey_rules()
        self._days: dict[date, list[Hop]] = {}

    def hops(self) -> set[tuple[str, str, str]]:
        """Line, stop, next stop."""
        rides = ((self.route[trip], pairwise(calls)) for trip, calls in self.calls.items())
        return {(line, a["stop_id"], b["stop_id"]) for line, hops in rides for a, b in hops}

    def earliest(self, day: date, start: str, end: str, leaves_s: int) -> float:
        """Seconds of the day at which one is at the end by a ride, inf where none leads there."""
        if day not in self._days:
            self._days[day] = sorted(hop for ahead in (-1, 0, 1) for hop in self._running(day, ahead))
        hops = [hop for hop in self._days[day] if hop.leaves_s >= leaves_s]
        ready, out = {start: float(leaves_s)}, dict[str, float]()
        aboard, improved = set[tuple[str, int, int]](), True
        while improved:
            improved = False
            for hop in hops:
                if hop.boards and ready.get(hop.start, inf) <= hop.leaves_s:
                    aboard.add(hop.run)
                if hop.run in aboard and hop.alights and hop.arrives_s < out.get(hop.end, inf):
                    out[hop.end], improved = hop.arrives_s, True
                    walks = {hop.end: self.changes[hop.end]} | self.walks.get(hop.end, {})
                    for there, seconds in walks.items():
                        ready[there] = min(ready.get(there, inf), hop.arrives_s + seconds)
            aboard.clear()
        return out.get(end, inf)

    def _running(self, day: date, ahead: int) -> Iterator[Hop]:
        on = day + timedelta(days=ahead)
        for trip in self._feed.get_trips(f"{on:%Y%m%d}").trip_id:
            for number, shift_s in enumerate(self._starts(trip)):
                later_s = shift_s + ahead * DAY_S
                if _seconds(self.calls[trip][0]["departure_time"]) + later_s >= DAY_S + NOON_S:
                    continue
                for position, (a, b) in enumerate(pairwise(self.calls[trip])):
                    yield Hop(
                        _seconds(a["departure_time"]) + later_s,
                        _seconds(b["arrival_time"]) + later_s,
                        position,
                        (trip, number, ahead),
                        a["stop_id"],
                        b["stop_id"],
                        str(a.get("pickup_type", ""))[:1] != "1",
                        str(b.get("drop_off_type", ""))[:1] != "1",
                    )

    @cached_property
    def _frequencies(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of each trip."""
        found: dict[str, list[dict[str, Any]]] = {}
        table = self._feed.frequencies
        for row in [] if table is None else table.to_dict("records"):
            found.setdefault(row["trip_id"], []).append(row)
        return found

    def _starts(self, trip: str) -> list[int]:
        """How much later than in stop_times.txt each run of a trip is."""
        rows = self._frequencies.get(trip, [])
        first_s = _seconds(self.calls[trip][0]["departure_time"])
        starts = [
            start_s - first_s
            for row in rows
            for start_s in range(_seconds(row["start_time"]), _seconds(row["end_time"]), int(row["headway_secs"]))
        ]
        return starts if rows else [0]

    def _changes(self) -> dict[str, int]:
        sailing = (calls for trip, calls in self.calls.items() if self.route[trip] in self.boats)
        boats = {call["stop_id"] for calls in sailing for call in calls}
        return {stop: 0 if stop in boats else CHANGE_S for stop in self.station}

    def _walks(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for a in self.station:
            for b in self.station:
                straight_m = _apart_m(self.positions[a], self.positions[b])
                near = straight_m <= LONGEST_M or (self.station[a] and self.station[a] == self.station[b])
                if a != b and near and not any(self._parts(a, b, *quays) for quays in self.straits.items()):
                    found.setdefault(a, {})[b] = self._seconds_on_foot(straight_m)
        return found

    def _straits(self) -> dict[tuple[str, str], bool]:
        """Quays of one boat's trip, more than 300 m and up to 5 km apart, and whether a boat goes straight from one to
        the other: without a map of the water nobody is sent over what lies between (docs/search.md)."""
        found: dict[tuple[str, str], bool] = {}
        for trip, calls in self.calls.items():
            quays = [call["stop_id"] for call in calls] if self.route[trip] in self.boats else []
            for (i, a), (k, b) in combinations(enumerate(quays), 2):
                if a != b and 300 < _apart_m(self.positions[a], self.positions[b]) <= 5000:
                    found[a, b] = found.get((a, b), False) or k == i + 1
        return found

    def _parts(self, a: str, b: str, quays: tuple[str, str], sailed: bool) -> bool:
        """Whether a straight way leads from bank to bank, or over the course but for 50 m at either quay."""
        one, other = (self.positions[quay] for quay in quays)
        apart_m = _apart_m(one, other)
        for start, end in ((a, b), (b, a)):
            beside = [_apart_m(self.positions[start], one), _apart_m(self.positions[end], other)]
            if max(beside) <= 0.3 * apart_m:
                return True
        course = [_between(one, other, 50 / apart_m), _between(other, one, 50 / apart_m)]
        return sailed and LineString(course).intersects(LineString([self.positions[a], self.positions[b]]))

    def _seconds_on_foot(self, straight_m: float) -> int:
        return max(ceil(straight_m * DETOUR / SPEED_MPS), CHANGE_S)

    def _obey_rules(self) -> None:
        """Rules between two stops, of types 0 to 3; that of a station holds for its stops that have none themselves."""
        table = self._feed.transfers
        rules = [] if table is None else table.fillna("").to_dict("records")
        for row in sorted(rules, key=lambda row: sum(row[f"{end}_stop_id"] in self.station for end in ("from", "to"))):
            for a in self._stops_of(row["from_stop_id"]):
                for b in self._stops_of(row["to_stop_id"]):
                    self._obey(a, b, int(row["transfer_type"] or 0), row.get("min_transfer_time", ""))

    def _stops_of(self, stop: str) -> list[str]:
        return [stop] if stop in self.station else [one for one, station in self.station.items() if station == stop]

    def _obey(self, a: str, b: str, kind: int, time: Any) -> None:
        assert kind in (0, 2, 3), "a rule that this oracle does not know"
        walks = self.walks.setdefault(a, {})
        if kind == 3:
            walks.pop(b, None)
        elif kind == 2 and time != "" and a == b:
            self.changes[a] = int(time)
        elif kind == 2 and time != "":
            walks[b] = int(time)
        elif a != b:
            walks[b] = self._seconds_on_foot(_apart_m(self.positions[a], self.positions[b]))


def _tables(path: Path) -> gtfs_kit.Feed:
    """Of fares gtfs_kit refuses whole feeds (a transfer_duration of a day is too long for it), so they stay outside."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
        for name in set(TABLES) & set(archive.namelist()):
            archive.extract(name, folder)
        return gtfs_kit.read_feed(Path(folder), dist_units="km")


def _seconds(clock: str) -> int:
    """`8:00:00`, `8:00`."""
    hours, minutes, *seconds = map(int, clock.split(":"))
    return hours * 3600 + minutes * 60 + sum(seconds)


def _between(a: tuple[float, float], b: tuple[float, float], share: float) -> tuple[float, float]:
    """The point that lies at a share of the way from a to b, half of it at most."""
    share = min(share, 0.5)
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def _apart_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    half_lat, half_lon = radians(b[0] - a[0]) / 2, radians(b[1] - a[1]) / 2
    h = sin(half_lat) ** 2 + cos(radians(a[0])) * cos(radians(b[0])) * sin(half_lon) ** 2
    return 2 * EARTH_M * asin(sqrt(h))
