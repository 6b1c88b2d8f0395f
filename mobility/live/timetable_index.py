"""The runs, stops and lines of one feed in the network, found by the names that its real time uses."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from gtfs.realtime.records import TripDescriptor
from mobility.clock import service_day_start
from mobility.network.columns import Ids
from mobility.network.network import Network


class PlannedRun(NamedTuple):
    """A row of network.trips on a service day, which starts at start_s (epoch seconds)."""

    trip: int
    day: date
    start_s: int


class TimetableIndex:
    """Made once for a network and a feed; each lookup is a dict's."""

    def __init__(self, network: Network, feed: str) -> None:
        self.network, self.feed = network, feed
        self._prefix = f"{feed}_"
        self._starts: dict[tuple[int, date], int] = {}
        self.dated: dict[TripDescriptor, list[PlannedRun]] = {}
        """Runs that were found by name and day (mobility/live/found_runs.py)."""
        self.feed_row = next((row for row, one in enumerate(network.feeds) if one.id == feed), -1)

    @cached_property
    def trips(self) -> dict[str, tuple[int, ...]]:
        """Rows by trip_id: several where a trip of frequencies.txt has several runs, or goes on as several others."""
        rows = defaultdict[int, list[int]](list)
        for trip, name in enumerate(self.network.trips.id_row.tolist()):
            rows[name].append(trip)
        names = ((row, name) for row, name in enumerate(self.network.trips.id) if name.startswith(self._prefix))
        return {self.local(name): tuple(rows[row]) for row, name in names if row in rows}

    @cached_property
    def stops(self) -> dict[str, int]:
        return self._of_feed(self.network.stops.id)

    @cached_property
    def agencies(self) -> dict[str, int]:
        """Rows by agency_id."""
        rows = enumerate(self.network.agencies)
        return {agency.id.removeprefix(self._prefix): row for row, agency in rows if agency.feed == self.feed_row}

    @cached_property
    def lines(self) -> dict[str, int]:
        return self._of_feed(self.network.lines.id)

    @cached_property
    def first_departure_s(self) -> list[int]:
        """By trip, seconds of the service day."""
        trips, calls = self.network.trips, self.network.calls
        found: list[int] = calls.departure[trips.first_call].tolist() if len(trips) else []
        return found

    @cached_property
    def last_arrival_s(self) -> list[int]:
        trips, first = self.network.trips, self.network.patterns.first_position
        length = first[trips.pattern + 1] - first[trips.pattern] if len(trips) else np.empty(0, np.int64)
        found: list[int] = self.network.calls.arrival[trips.first_call + length - 1].tolist() if len(trips) else []
        return found

    @cached_property
    def stays_before(self) -> dict[int, tuple[int, ...]]:
        """The trips that go on as this one."""
        found = defaultdict[int, list[int]](list)
        stays_as = self.network.trips.stays_as
        for trip in np.flatnonzero(stays_as >= 0).tolist():
            found[int(stays_as[trip])].append(trip)
        return {trip: tuple(before) for trip, before in found.items()}

    @cached_property
    def _of_line(self) -> dict[int, list[int]]:
        found = defaultdict[int, list[int]](list)
        for trip, line in enumerate(self.network.patterns.line[self.network.trips.pattern].tolist()):
            found[line].append(trip)
        return dict(found)

    def of_line(self, line: int) -> list[int]:
        return self._of_line.get(line, [])

    def calling_at(self, stops: frozenset[int]) -> list[int]:
        """Trips of the feed that stop at one of them by plan."""
        patterns, trips = self.network.patterns, self.network.trips
        positions = np.flatnonzero(np.isin(patterns.stop, list(stops)))
        rows = np.unique(np.searchsorted(patterns.first_position, positions, side="right") - 1)
        of_feed = rows[self.network.lines.feed[patterns.line[rows]] == self.feed_row]
        found: list[int] = np.flatnonzero(np.isin(trips.pattern, of_feed)).tolist()
        return found

    def running_on(self, day: int) -> int:
        """How many trips of the feed run on a service day (ordinal)."""
        network, column = self.network, day - self.network.services.first_day.toordinal()
        if not 0 <= column < network.services.active.shape[1]:
            return 0
        of_feed = network.lines.feed[network.patterns.line[network.trips.pattern]] == self.feed_row
        return int(np.count_nonzero(of_feed & (network.services.active[network.trips.service, column] != 0)))

    def runs_on(self, trip: int, day: date) -> bool:
        services, service = self.network.services, self.network.trips.service[trip]
        column = (day - services.first_day).days
        return 0 <= column < services.active.shape[1] and bool(services.active[service, column])

    def run(self, trip: int, day: date) -> PlannedRun:
        return PlannedRun(trip, day, self.day_start_s(self.zone_of(trip), day))

    def is_repeated(self, trip_id: str) -> bool:
        """Whether it has several runs on a day, which only their starts tell apart (frequencies.txt)."""
        rows = self.trips.get(trip_id, ())
        return len(rows) > 1 and len({self.first_departure_s[row] for row in rows}) > 1

    def zone_of(self, trip: int) -> int:
        return int(self.network.services.zone[self.network.trips.service[trip]])

    def zone_of_line(self, line: int) -> int:
        name = self.network.agencies[int(self.network.lines.agency[line])].timezone
        return self.network.zones.index(name) if name in self.network.zones else 0

    def zone(self, row: int) -> ZoneInfo:
        return ZoneInfo(self.network.zones[row])

    def day_start_s(self, zone: int, day: date) -> int:
        known = self._starts.get((zone, day))
        if known is None:
            known = self._starts[zone, day] = service_day_start(day, self.zone(zone))
        return known

    def line_of(self, trip: int) -> int:
        return int(self.network.patterns.line[self.network.trips.pattern[trip]])

    def _of_feed(self, ids: Ids) -> dict[str, int]:
        return {self.local(name): row for row, name in enumerate(ids) if name.startswith(self._prefix)}

    def local(self, name: str) -> str:
        """The id in the feed, of one of its own."""
        return name[len(self._prefix) :]

    def is_named(self, name: str) -> bool:
        """Whether the id is one of the feed's."""
        return name.startswith(self._prefix)
