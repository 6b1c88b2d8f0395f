"""The calendars of all feeds as one bit matrix, each service in the zone whose clock its times follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from gtfs.snapshot import FeedSnapshot
from mobility.feeds.build.tables import Numbered
from mobility.network.network import Services

Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]
DaySet = int
"""A bit a day, the first day the highest: who compares days by the thousand compares numbers, not arrays."""


@dataclass(slots=True)
class ServiceTable:
    """Rows of (days active, zone); a row that is there already is found again."""

    first_day: date
    n_days: int
    rows: list[tuple[DaySet, int]]
    found: dict[tuple[DaySet, int], int]

    @classmethod
    def of_days(cls, first_day: date, n_days: int) -> ServiceTable:
        return cls(first_day, n_days, [], {})

    def row(self, active: DaySet, zone: int) -> int:
        row = self.found.setdefault((active, zone), len(self.rows))
        if row == len(self.rows):
            self.rows.append((active, zone))
        return row

    def days(self, active: Bools, first_day: date) -> DaySet:
        """active: on first_day and those after it, which need not lie among those of the table where none is."""
        if not active.any():
            return 0
        packed = int.from_bytes(np.packbits(active).tobytes(), "big") >> (-len(active) % 8)
        return packed << self.n_days - len(active) - (first_day - self.first_day).days

    def services(self) -> Services:
        if not self.rows:
            return Services(self.first_day, np.zeros((0, 0), np.uint8), np.empty(0, np.int32))
        width = -(-self.n_days // 8)
        packed = b"".join((active << (-self.n_days % 8)).to_bytes(width, "big") for active, _ in self.rows)
        bits = np.unpackbits(np.frombuffer(packed, np.uint8).reshape(len(self.rows), width), axis=1, count=self.n_days)
        return Services(self.first_day, bits, np.array([zone for _, zone in self.rows], np.int32))


def calendar(feeds: Sequence[FeedSnapshot], zones: Numbered) -> tuple[ServiceTable, Int32s]:
    """The calendar, and the row of each trip of all feeds in it.

    Times count in the zone of the trip's agency. (Agencies of one feed should share a zone; where they do not,
    a service used by several zones becomes one row for each.)
    """
    used = [feed.services for feed in feeds if feed.services.active.size]
    first_day = min((s.first_day for s in used), default=date(1970, 1, 1))
    n_days = max(((s.first_day - first_day).days + s.active.shape[1] for s in used), default=0)
    joined = ServiceTable.of_days(first_day, n_days)
    rows = [_rows_of(feed, zones, joined) for feed in feeds]
    return joined, np.concatenate(rows) if rows else np.empty(0, np.int32)


def _rows_of(feed: FeedSnapshot, zones: Numbered, joined: ServiceTable) -> Int32s:
    zone_of_agency = zones.of(agency.timezone for agency in feed.agencies)
    zone_of_route = np.array([zone_of_agency[route.agency] for route in feed.routes], np.int32)
    pair = feed.trips.service.astype(np.int64) * len(zones.rows) + zone_of_route[feed.trips.route]
    pairs, of_trip = np.unique(pair, return_inverse=True)
    row_of_pair = np.empty(len(pairs), np.int32)
    for number, (service, zone) in enumerate(divmod(pair, len(zones.rows)) for pair in pairs.tolist()):
        row_of_pair[number] = joined.row(joined.days(feed.services.active[service], feed.services.first_day), zone)
    return row_of_pair[of_trip]
