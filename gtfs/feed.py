"""A feed as read: every table as text with line numbers, and what several readers of it need in numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from gtfs.archive import ReadLimits
from gtfs.around import NOTHING_AROUND, Around
from gtfs.calendar import services
from gtfs.calls import Calls, calls_of
from gtfs.keys import keys
from gtfs.notice import Notice
from gtfs.snapshot import FeedSource, Services
from gtfs.table import Column, Table
from gtfs.values import rows_of

Made = TypeVar("Made")


@dataclass(frozen=True, eq=False)
class Feed:
    """tables: every table of the schema, an empty one where the file is missing; files: names that were there.

    notices: what was found while reading. locations: the zones of on-demand services, locations.geojson as it is.
    as_read: the tables before anything was blanked or left out. nested: a folder stands round its files.
    """

    source: FeedSource
    sha256: str
    tables: Mapping[str, Table]
    files: frozenset[str]
    notices: tuple[Notice, ...]
    limits: ReadLimits
    around: Around = NOTHING_AROUND
    locations: bytes = b""
    as_read: Mapping[str, Table] = field(default_factory=dict)
    nested: bool = False

    def has(self, table: str) -> bool:
        return f"{table}.txt" in self.files

    @cached_property
    def calls(self) -> Calls:
        return calls_of(self.tables, self.limits.max_trip_h)

    @cached_property
    def services(self) -> Services:
        return services(self.tables, self.limits.max_service_days)

    @cached_property
    def ridden(self) -> NDArray[np.bool_]:
        """Trips that can be ridden: the ones that the snapshot has."""
        trips = self.tables["trips"]
        route = rows_of(self.keys("routes"), trips["route_id"])
        service = rows_of(self.keys("services"), trips["service_id"])
        return self.calls.usable & (route >= 0) & (service >= 0)

    def keys(self, table: str) -> Column:
        """The values that references to a table may have; `services` are the service ids of both calendars."""
        return keys(self.tables, table)

    def once(self, make: Callable[[Feed], Made]) -> Made:
        """What `make` makes of it, its snapshot say; made once, however many rules and readers ask for it."""
        if make not in self._made:
            self._made[make] = make(self)
        found: Made = self._made[make]
        return found

    @cached_property
    def _made(self) -> dict[Callable[[Feed], Any], Any]:
        return {}
