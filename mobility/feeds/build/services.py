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
UInt8s = NDArray[np.uint8]


@dataclass(slots=True)
class ServiceTable:
    """Rows of (days active, zone); a row that is there already is found again."""

    first_day: date
    rows: list[tuple[UInt8s, int]]
    found: dict[tuple[bytes, int], int]

    @classmethod
    def starting(cls, first_day: date) -> ServiceTable:
        return cls(first_day, [], {})

    def row(self, active: UInt8s, zone: int) -> int:
        key = (active.tobytes(), zone)
        if key not in self.found:
            self.found[key] = len(self.rows)
            self.rows.append((active, zone))
        return self.found[key]

    def services(self) -> Services:
        active = np.stack([active for active, _ in self.rows]) if self.rows else np.zeros((0, 0), np.uint8)
        return Services(self.first_day, active, np.array([zone for _, zone in self.rows], np.int32))


def calendar(feeds: Sequence[FeedSnapshot], zones: Numbered) -> tuple[ServiceTable, Int32s]:
    """The calendar, and the row of each trip of all feeds in it.

    Times count in the zone of the trip's agency. (Agencies of one feed should share a zone; where they do not,
    a service used by several zones becomes one row for each.)
    """
    used = [feed.services for feed in feeds if feed.services.active.size]
    joined = ServiceTable.starting(min((s.first_day for s in used), default=date(1970, 1, 1)))
    n_days = max(((s.first_day - joined.first_day).days + s.active.shape[1] for s in used), default=0)
    rows = [_rows_of(feed, zones, joined, n_days) for feed in feeds]
    return joined, np.concatenate(rows) if rows else np.empty(0, np.int32)


def _rows_of(feed: FeedSnapshot, zones: Numbered, joined: ServiceTable, n_days: int) -> Int32s:
    zone_of_agency = zones.of(agency.timezone for agency in feed.agencies)
    zone_of_route = np.array([zone_of_agency[route.agency] for route in feed.routes], np.int32)
    pair = feed.trips.service.astype(np.int64) * len(zones.rows) + zone_of_route[feed.trips.route]
    pairs, of_trip = np.unique(pair, return_inverse=True)
    offset = (feed.services.first_day - joined.first_day).days
    row_of_pair = np.empty(len(pairs), np.int32)
    for number, (service, zone) in enumerate(divmod(pair, len(zones.rows)) for pair in pairs.tolist()):
        active = np.zeros(n_days, np.uint8)
        days = feed.services.active[service]
        active[offset : offset + len(days)] = days
        row_of_pair[number] = joined.row(active, zone)
    return row_of_pair[of_trip]
