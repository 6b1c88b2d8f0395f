"""One accepted version of a feed, frozen, named by its sha256: what the rest of Hent gets to see of a feed.

Small tables are tuples of records, large ones are columns (numpy arrays of one length). Every reference between
tables is a row number, never a text: -1 means "none". Every time is whole seconds of the service day.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from gtfs.fares.records import Fares
from gtfs.ticketing.deep_links import NO_TICKETING, Ticketing

Int32s = NDArray[np.int32]
Int8s = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class FeedSource:
    """Where a feed comes from and under which licence it may be shown."""

    id: str
    licence: str
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    id: str
    name: str
    url: str
    timezone: str
    lang: str = ""
    phone: str = ""
    fare_url: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """location_type: 0 stop, 1 station, 2 entrance, 3 generic node, 4 boarding area. parent: row of the station or -1.

    lat and lon are NaN where the feed gives none. wheelchair: 0 unknown, 1 yes, 2 no (inherited from the parent
    where the stop itself says 0).
    """

    id: str
    name: str
    lat: float
    lon: float
    code: str = ""
    description: str = ""
    platform_code: str = ""
    location_type: int = 0
    parent: int = -1
    wheelchair: int = 0
    zone: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    id: str
    agency: int
    short_name: str
    long_name: str
    type: int
    color: str = ""
    text_color: str = ""
    url: str = ""
    description: str = ""
    sort_order: int = 0


@dataclass(frozen=True, slots=True)
class Services:
    """Which service runs on which day: active[service, day] with day 0 = first_day. extended_days: so many of the last
    columns are not the publisher's."""

    ids: tuple[str, ...]
    first_day: date
    active: NDArray[np.bool_]
    extended_days: int = 0


@dataclass(frozen=True, slots=True)
class Trips:
    """Columns, one row a trip. bikes and wheelchair: 0 unknown, 1 yes, 2 no. direction: -1 unknown. block: which trips
    one vehicle makes, by a number of the feed's own, -1 none; an empty array where the feed has no blocks."""

    ids: NDArray[np.object_]
    route: Int32s
    service: Int32s
    headsign: NDArray[np.object_]
    short_name: NDArray[np.object_]
    direction: Int8s
    wheelchair: Int8s
    bikes: Int8s
    shape: Int32s
    block: Int32s = field(default_factory=lambda: np.empty(0, np.int32))


@dataclass(frozen=True, slots=True)
class StopTimes:
    """Columns, one row a call, sorted by trip row and stop_sequence; no time is missing (blanks are interpolated).

    The calls of trip i are rows first_call[i] to first_call[i + 1]. pickup, drop_off: 0 regular, 1 none, 2 phone,
    3 ask the driver. exact: False where the time was interpolated or timepoint = 0. headsign: per call, "" mostly;
    an empty array where no call has one, see gtfs/headsigns.py. pickup_booking, drop_off_booking: rows of
    FeedSnapshot.bookings or -1, empty where the feed has no booking rules. sequence: stop_sequence as published, by
    which real time names calls; empty where it counts every trip's calls from 1.
    """

    first_call: NDArray[np.int64]
    stop: Int32s
    arrival_s: Int32s
    departure_s: Int32s
    pickup: Int8s
    drop_off: Int8s
    exact: NDArray[np.bool_]
    headsign: NDArray[np.object_]
    pickup_booking: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    drop_off_booking: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    sequence: Int32s = field(default_factory=lambda: np.empty(0, np.int32))


@dataclass(frozen=True, slots=True)
class Frequency:
    """trip runs every headway_s from start_s while it starts before end_s; exact: the runs are a timetable."""

    trip: int
    start_s: int
    end_s: int
    headway_s: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Transfers:
    """Columns, one row a rule of transfers.txt. type: 0..5; min_time_s: -1 where the feed gives none.

    from_stop and to_stop are -1 where only trips are named (types 4, 5); routes and trips are -1 where unspecific.
    """

    from_stop: Int32s
    to_stop: Int32s
    from_route: Int32s
    to_route: Int32s
    from_trip: Int32s
    to_trip: Int32s
    type: Int8s
    min_time_s: Int32s


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shape i has the points first_point[i] to first_point[i + 1]."""

    first_point: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BookingRule:
    """How an on-demand vehicle is called, or a stop on request booked, as published. notice_min: minutes ahead at
    least, 0 at once; last_day: days ahead at least, until last_s of that day. None: not said."""

    message: str = ""
    phone: str = ""
    url: str = ""
    notice_min: int | None = None
    last_day: int | None = None
    last_s: int | None = None


class Spoken(StrEnum):
    """Texts that a feed may have in several languages."""

    STOP_NAME = "stop_name"
    STOP_DESCRIPTION = "stop_description"
    LINE_SHORT_NAME = "line_short_name"
    LINE_LONG_NAME = "line_long_name"
    AGENCY_NAME = "agency_name"
    HEADSIGN = "headsign"
    BOOKING_MESSAGE = "booking_message"
    FARE_PRODUCT = "fare_product"
    RIDER_CATEGORY = "rider_category"
    PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """What a text is in a language, `br`. row: of its record, -1 of a headsign, which is known by its original."""

    kind: Spoken
    row: int
    original: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class RideTime:
    """How much longer than a car an on-demand ride takes: factor times its seconds, and offset_s. None: not said."""

    factor: float | None = None
    offset_s: float | None = None


@dataclass(frozen=True, slots=True)
class OnDemandZone:
    """Where a vehicle of a line comes when it is called, between any two places of the area. route: row. area: WKT,
    longitude first. hours: as OpenStreetMap writes them, "" not known. usual: of most rides; safe: what 19 rides of 20
    keep to."""

    id: str
    route: int
    area: str
    hours: str
    booking: BookingRule
    usual: RideTime = RideTime()
    safe: RideTime = RideTime()


@dataclass(frozen=True, slots=True, eq=False)
class FeedSnapshot:
    source: FeedSource
    sha256: str
    agencies: tuple[Agency, ...]
    stops: tuple[Stop, ...]
    routes: tuple[Route, ...]
    services: Services
    trips: Trips
    stop_times: StopTimes
    frequencies: tuple[Frequency, ...]
    transfers: Transfers
    shapes: Shapes
    fares: Fares
    publisher_name: str = ""
    version: str = ""
    first_day: date | None = None
    last_day: date | None = None
    flexible_calls: int = 0
    zones: tuple[OnDemandZone, ...] = ()
    bookings: tuple[BookingRule, ...] = ()
    translations: tuple[TranslatedText, ...] = ()
    ticketing: Ticketing = NO_TICKETING
