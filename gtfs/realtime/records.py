"""What a GTFS-Realtime feed says, as plain frozen values: what is absent is None or "", never a default that lies.

Source: google/transit, gtfs-realtime/spec/en/reference.md. Times are epoch seconds, delays seconds (+ is late).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class TripRelation(StrEnum):
    """schedule_relationship of a trip. UNKNOWN: a value that this version of the bindings does not know."""

    SCHEDULED = "SCHEDULED"
    ADDED = "ADDED"
    UNSCHEDULED = "UNSCHEDULED"
    CANCELED = "CANCELED"
    REPLACEMENT = "REPLACEMENT"
    DUPLICATED = "DUPLICATED"
    DELETED = "DELETED"
    NEW = "NEW"
    UNKNOWN = "UNKNOWN"


class CallRelation(StrEnum):
    """schedule_relationship of a call."""

    SCHEDULED = "SCHEDULED"
    SKIPPED = "SKIPPED"
    NO_DATA = "NO_DATA"
    UNSCHEDULED = "UNSCHEDULED"
    UNKNOWN = "UNKNOWN"


class StopTimeEvent(NamedTuple):
    """An arrival or a departure. scheduled_s: planned, of a trip that is not in the timetable."""

    time_s: int | None = None
    delay_s: int | None = None
    scheduled_s: int | None = None


class StopTimeUpdate(NamedTuple):
    """News of a call. occupancy: the state said, "" where none is."""

    sequence: int | None = None
    stop_id: str = ""
    arrival: StopTimeEvent | None = None
    departure: StopTimeEvent | None = None
    relation: CallRelation = CallRelation.SCHEDULED
    assigned_stop_id: str = ""
    headsign: str = ""
    occupancy: str = ""


@dataclass(frozen=True, slots=True)
class TripDescriptor:
    """Which run is meant. start_s: seconds of the service day. is_sound: False where date or time cannot be read."""

    trip_id: str = ""
    route_id: str = ""
    direction: int | None = None
    start_date: date | None = None
    start_s: int | None = None
    relation: TripRelation = TripRelation.SCHEDULED
    is_sound: bool = True


@dataclass(frozen=True, slots=True)
class TripProperties:
    """Of a run that is not in the timetable, or that is changed as a whole."""

    trip_id: str = ""
    start_date: date | None = None
    start_s: int | None = None
    headsign: str = ""
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class TripUpdate:
    """News of a run. delay_s: of all of it, until the first call with news of its own. entity: its id in the feed."""

    entity: str
    trip: TripDescriptor
    calls: tuple[StopTimeUpdate, ...] = ()
    timestamp_s: int | None = None
    delay_s: int | None = None
    properties: TripProperties | None = None


Translations = tuple[tuple[str, str], ...]
"""(language tag, "" where none is said; plain text)."""


@dataclass(frozen=True, slots=True)
class Period:
    """from_s <= t < until_s; None is open."""

    from_s: int | None = None
    until_s: int | None = None

    def holds(self, at_s: int) -> bool:
        return (self.from_s is None or self.from_s <= at_s) and (self.until_s is None or at_s < self.until_s)


@dataclass(frozen=True, slots=True)
class EntitySelector:
    """What an alert is about: all that is said must be so (AND). trip: its relation means nothing here."""

    agency_id: str = ""
    route_id: str = ""
    route_type: int | None = None
    direction: int | None = None
    trip: TripDescriptor | None = None
    stop_id: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """News for riders. communication: when it is told; impact: when it is felt; active_period is both where those two
    are absent. cause, effect, severity: names of the specification."""

    entity: str
    informed: tuple[EntitySelector, ...] = ()
    communication: tuple[Period, ...] = ()
    impact: tuple[Period, ...] = ()
    cause: str = "UNKNOWN_CAUSE"
    effect: str = "UNKNOWN_EFFECT"
    severity: str = "UNKNOWN_SEVERITY"
    header: Translations = ()
    description: Translations = ()
    url: Translations = ()
    tts_header: Translations = ()
    tts_description: Translations = ()
    cause_detail: Translations = ()
    effect_detail: Translations = ()


@dataclass(frozen=True, slots=True)
class VehiclePosition:
    """Where a vehicle is. bearing: degrees from north; speed: metres a second. status: INCOMING_AT, STOPPED_AT or
    IN_TRANSIT_TO the stop."""

    entity: str
    trip: TripDescriptor | None
    lat: float
    lon: float
    bearing: float | None = None
    speed_mps: float | None = None
    sequence: int | None = None
    stop_id: str = ""
    status: str = "IN_TRANSIT_TO"
    timestamp_s: int | None = None
    occupancy: str = ""
    vehicle: str = ""


@dataclass(frozen=True, slots=True)
class RealtimeFeed:
    """One file. timestamp_s: None where the header has none. left_out: entities by the reason why they are not here."""

    timestamp_s: int | None = None
    feed_version: str = ""
    trip_updates: tuple[TripUpdate, ...] = ()
    alerts: tuple[Alert, ...] = ()
    positions: tuple[VehiclePosition, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
