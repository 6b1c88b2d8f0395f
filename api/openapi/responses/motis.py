"""What stands under `hent` in the answers of the MOTIS API other than `plan`; their own members MOTIS describes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.openapi.responses import DataUse, Instant, Shape, Text
from api.openapi.responses.legs import Reserved
from api.openapi.responses.near import State
from api.openapi.responses.trips import OptionNotes, WayInstead


class PlaceNotes(Shape):
    """Of a stop. wheelchair: absent where it is not known."""

    wheelchair: State


class MatchNotes(Shape):
    """Of a place that was found and is no stop: commune, town_centre, car_park, counter, address, street, position...
    unanswered: words typed that an address does not answer, the number first where its street does not have it."""

    kind: Text
    unanswered: list[Text] | None = None


class StepNotes(Shape):
    """Of a step of a way. text: what to do. passage: whether there are steps."""

    text: Text
    passage: Text


class BoardNotes(Shape):
    """Of a row of a departure board. headway: seconds between runs. scheduled: false of a run that is in no timetable.
    occupancy: of the vehicle as it leaves, a state of GTFS-Realtime. reservation: what is to be arranged before one
    gets in. reason, next: of a departure that is cancelled, why (null where nobody said it), and when the next one of
    the line leaves that runs; nextApproximate: that one is at a headway."""

    wheelchair: State
    bikes: State
    approximate: bool
    event: Literal["ARRIVAL", "DEPARTURE"]
    headway: Annotated[int, Field(gt=0)] | None = None
    scheduled: bool | None = None
    occupancy: Text | None = None
    reason: Text | None = None
    next: Instant | None = None
    next_approximate: bool | None = None
    reservation: Reserved | None = None


class VehiclePlace(Shape):
    """Where a vehicle says that it is. bearing: degrees from north, clockwise. at: since when; null where not known."""

    lat: float
    lon: float
    bearing: float | None
    at: Instant | None
    occupancy: Text | None = None


class VehicleNotes(Shape):
    """Of a vehicle between two calls (map/trips), where it tells its place."""

    vehicle: VehiclePlace


class KeptChange(Shape):
    """leg: its number in what was kept. departure, arrival: so many seconds later."""

    leg: int
    departure: int
    arrival: int
    same_trip: bool
    sentence: Text


class TightChange(Shape):
    """missing: time too short for who walks so, seconds."""

    stop: Text
    missing: Annotated[int, Field(gt=0)]
    sentence: Text


class LostRide(Shape):
    """A ride that cannot be taken any more. leg: its number. missing: by how much one comes too late, seconds; null
    where it is cancelled."""

    leg: Annotated[int, Field(ge=0)]
    line: str
    stop: Text
    cancelled: bool
    missing: Annotated[int, Field(gt=0)] | None
    sentence: Text


class LostDoors(Shape):
    """By which modes one came to the first stop and went on from the last; null where there was no such way."""

    access: str | None
    egress: str | None
    sentence: Text


class RefreshedNotes(OptionNotes):
    """Of an itinerary that was looked up again. changes: where its legs were sent; doors: where its id was. lost: rides
    that cannot be taken any more, where there are some; instead: then the way from the last stop that is still reached,
    with what is kept before it; null where there is none. limited: as in the answer of `plan`."""

    data_use: DataUse | None = None
    changes: list[KeptChange] | None = None
    tight: list[TightChange]
    limited: list[str]
    doors: LostDoors | None = None
    lost: list[LostRide] | None = None
    instead: WayInstead | None = None


class ReachNotes(Shape):
    """Of what can be reached (one-to-all). limited: as in the answer of `plan`."""

    limited: list[str]
    data_use: DataUse | None = None


class RunNotes(Shape):
    """Of a vehicle's whole run."""

    sentence: Text
    estimated: bool
    labels: list[Text]
    walk: int
    sources: list[str]
    data_use: DataUse | None = None


class KnownZones(Shape):
    """known: how many. whole: all of them could be read; findings: what could not."""

    known: Annotated[int, Field(ge=0)]
    whole: bool
    findings: list[Text]


class RentalSystemNotes(Shape):
    """zones: null where the operator publishes none. age: seconds since it was told; null where that is not known."""

    zones: KnownZones | None
    licence: str
    phone: str
    age: int | None


class StationNotes(Shape):
    """Free vehicles and docks; null where nobody knows."""

    vehicles: int | None
    docks: int | None
    capacity: int | None
    age: int | None


class ZoneNotes(Shape):
    """Epoch seconds from and until which it holds."""

    start: int | None
    end: int | None


class ZoneRuleNotes(Shape):
    """maxSpeed: km/h. unknown: which of start, end, through nobody knows."""

    max_speed: int | None
    unknown: list[Text]


NOTES: tuple[type[Shape], ...] = (
    PlaceNotes,
    MatchNotes,
    StepNotes,
    BoardNotes,
    VehicleNotes,
    RefreshedNotes,
    ReachNotes,
    RunNotes,
    RentalSystemNotes,
    StationNotes,
    ZoneNotes,
    ZoneRuleNotes,
)
"""In the description, though no resource of ours refers to them: so that whoever reads MOTIS answers finds them."""
