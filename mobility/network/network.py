"""The network of a territory, frozen: what all feeds together offer, as columns that workers map from disk.

Rows refer to each other by number; -1 means "none". A Network is never changed: a reload publishes another one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from mobility.errors import NotFound
from mobility.geo import Point
from mobility.network.booking import BookingTerms
from mobility.network.columns import Ids, Texts
from mobility.network.fares import FeedFares
from mobility.network.feed_shop import FeedShop
from mobility.network.place import TerritoryPlace
from mobility.network.place_ways import NO_PLACE_WAYS, PlaceWays
from mobility.network.ruled_walks import NO_RULED_WALKS, RuledWalks
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.network.timetable import NO_FOOTPATHS, Footpaths
from mobility.network.translation import Translation

NUMBERS = re.compile(r"(\d+)")
Int32s = NDArray[np.int32]
Int8s = NDArray[np.int8]
UInt8s = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class FeedVersion:
    """Which version of which feed is inside, and under which licence. first_day, last_day: None where it runs on no
    day. extended_days: for so long the calendar goes on by weekdays after the last day that was published."""

    id: str
    sha256: str
    licence: str
    publisher: str
    url: str
    version: str
    first_day: date | None
    last_day: date | None
    note: str = ""
    extended_days: int = 0

    @property
    def served_until(self) -> date | None:
        return self.last_day and self.last_day + timedelta(days=self.extended_days)

    def covers(self, day: date) -> bool:
        """Whether it lies between its first day and the last one that is served."""
        until = self.served_until
        return self.first_day is not None and until is not None and self.first_day <= day <= until

    def begins_after(self, day: date) -> bool:
        return self.first_day is not None and self.first_day > day

    def lasts_beyond(self, other: FeedVersion) -> bool:
        """Whether its last published day is a later one."""
        if self.last_day is None:
            return False
        return other.last_day is None or self.last_day > other.last_day


@dataclass(frozen=True, slots=True)
class Agency:
    id: str
    name: str
    url: str
    timezone: str
    lang: str
    phone: str
    fare_url: str
    feed: int


@dataclass(frozen=True, slots=True, eq=False)
class Stops:
    """Columns. kind: 0 stop, 1 station, 2 entrance, 3 node, 4 boarding area. wheelchair: 0 unknown, 1 yes, 2 no.

    fare_zone: a number for each zone_id, -2 none. zone: of the clock at the stop, as row of Network.zones. modes: bit
    m set where a line of MODES[m] calls (stations: at one of their stops). importance: 0..1, by the number of calls.
    """

    id: Ids
    name: Texts
    code: Texts
    description: Texts
    platform: Texts
    fare_zone: Int32s
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    kind: UInt8s
    parent: Int32s
    wheelchair: Int8s
    feed: Int32s
    zone: Int32s
    modes: Int32s
    importance: NDArray[np.float32]
    first_child: Int32s
    child: Int32s

    def __len__(self) -> int:
        return len(self.lat)

    def point(self, stop: int) -> Point:
        return Point(float(self.lat[stop]), float(self.lon[stop]))

    def children(self, stop: int) -> list[int]:
        """Stops of a station (CSR first_child, child)."""
        children: list[int] = self.child[self.first_child[stop] : self.first_child[stop + 1]].tolist()
        return children


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Columns. mode: row of MODES (mobility/network/modes.py); type: the GTFS route_type as published."""

    id: Ids
    short_name: Texts
    long_name: Texts
    color: Texts
    text_color: Texts
    url: Texts
    mode: UInt8s
    type: Int32s
    agency: Int32s
    feed: Int32s

    def name(self, line: int) -> str:
        """What stands on the vehicle: the short name, else the long one."""
        return self.short_name[line] or self.long_name[line]

    def number(self, line: int) -> tuple[tuple[bool, int, str], ...]:
        """To sort by, as people count: 2 before 10, and both before N and T1."""
        parts = (part for part in NUMBERS.split(self.short_name[line]) if part)
        return tuple((False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts)


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """A line's sequence of stops with the rules of getting in and out (0 regular, 1 none, 2 phone, 3 ask the driver).

    Positions first_position[p] .. first_position[p + 1]. `stop` is the stop as published; `node` the place in the
    search, which differs where transfers.txt has rules for single routes or trips (Network.node_stop leads back).
    """

    line: Int32s
    first_position: Int32s
    stop: Int32s
    node: Int32s
    pickup: UInt8s
    drop_off: UInt8s


@dataclass(frozen=True, slots=True, eq=False)
class Trips:
    """Columns, one row a run: a trip of frequencies.txt is one row for each of its runs.

    id[id_row[t]]: namespaced id of trip t; the runs of a frequency trip share it and differ in first departure.
    headsign, short_name: rows of Network.texts. first_call: the trip's calls begin there in the columns of Calls, one
    for each position of its pattern. headway_s: 0, or the headway of a run whose times are only approximate.
    stays_as: the trip as which this one goes on (feeds/build/stays.py), -1 if none. A trip that goes on as different
    trips is one row for each of them, of equal id and calls; their days differ unless the vehicle parts.
    """

    id: Ids
    id_row: Int32s
    pattern: Int32s
    service: Int32s
    headsign: Int32s
    short_name: Int32s
    direction: Int8s
    wheelchair: Int8s
    bikes: Int8s
    shape: Int32s
    headway_s: Int32s
    stays_as: Int32s
    first_call: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pattern)


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """Seconds of the service day; exact: 0 where the time is interpolated or approximate.

    headsign: row of Network.texts, that of a call without one of its own is "". Empty where no call has one.
    pickup_booking, drop_off_booking: row of Network.bookings or -1. Empty where no call has one.
    sequence: stop_sequence as published; empty where it is each call's position + 1.
    """

    arrival: Int32s
    departure: Int32s
    exact: UInt8s
    headsign: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    pickup_booking: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    drop_off_booking: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    sequence: Int32s = field(default_factory=lambda: np.empty(0, np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class Services:
    """active[service, day], day 0 = first_day; zone: row of Network.zones."""

    first_day: date
    active: UInt8s
    zone: Int32s


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    first_point: NDArray[np.int64]
    lat: NDArray[np.float32]
    lon: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Network:
    """version: sha256 of everything inside; each answer names it. zones: IANA names, row 0 the territory's.

    fares, shops: one for each feed. terrain: what footpaths were made with; the ways to the first stop and from the
    last are made with it, too.
    step_free_footpaths: NO_FOOTPATHS where no map tells them from the others. place_ways: between stops and places.
    """

    version: str
    zones: tuple[str, ...]
    feeds: tuple[FeedVersion, ...]
    agencies: tuple[Agency, ...]
    fares: tuple[FeedFares, ...]
    stops: Stops
    lines: Lines
    patterns: Patterns
    trips: Trips
    calls: Calls
    services: Services
    shapes: Shapes
    texts: Texts
    node_stop: Int32s
    first_node: Int32s
    footpaths: Footpaths
    terrain: Terrain = OPEN_GROUND
    places: tuple[TerritoryPlace, ...] = ()
    step_free_footpaths: Footpaths = NO_FOOTPATHS
    place_ways: PlaceWays = NO_PLACE_WAYS
    bookings: tuple[BookingTerms, ...] = ()
    translations: tuple[Translation, ...] = ()
    ruled_walks: RuledWalks = NO_RULED_WALKS
    shops: tuple[FeedShop, ...] = ()

    def stop(self, stop_id: str, parameter: str = "stopId") -> int:
        """Row of the stop. Raises NotFound."""
        found = self.stops.id.find(stop_id)
        if found is None:
            raise NotFound("stop", parameter)
        return found

    @property
    def knows_steps(self) -> bool:
        """Whether walks between stops are known without steps, too."""
        return len(self.step_free_footpaths.first) > 0

    def footpaths_of(self, step_free: bool) -> Footpaths:
        """The walks between rides, for who takes steps or for who does not."""
        return self.step_free_footpaths if step_free and self.knows_steps else self.footpaths

    @property
    def has_split_stops(self) -> bool:
        """Whether some stop has more than one node."""
        return len(self.node_stop) > len(self.stops)

    def nodes(self, stop: int) -> list[int]:
        """The search's places of a stop: the stop itself and those split off it (`first_node` counts from the
        number of stops; nodes split off stop s are first_node[s] .. first_node[s + 1])."""
        return [stop, *range(int(self.first_node[stop]), int(self.first_node[stop + 1]))]
