"""What is told of one leg of an itinerary, for the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.openapi.responses import Day, Instant, Shape, Text
from api.openapi.responses.near import FartherWalk, NextRide, State


class Place(Shape):
    """A place; at a stop with its id, and with times where a leg begins, stops or ends there."""

    name: str
    lat: float
    lon: float
    stop_id: str = ""
    tz: str = ""


class Polyline(Shape):
    points: str
    precision: int
    length: Annotated[int, Field(ge=0)]


Amount = int | Literal["unknown"]


class Amounts(Shape):
    """Grams of CO2e, milligrams of NOx and PM10."""

    co2e_g: Annotated[Amount, Field(alias="co2e_g")]
    nox_mg: Annotated[Amount, Field(alias="nox_mg")]
    pm10_mg: Annotated[Amount, Field(alias="pm10_mg")]


class MeetingPlace(Shape):
    id: Text
    name: str
    kind: Text


class LegPrice(Shape):
    minor: Annotated[int, Field(ge=0)]
    currency: Text


class AskedSeat(Shape):
    """pickup, dropOff: ids of places. wait: seconds by which the driver is there later than the offer says."""

    offer: Text
    date: Day
    pickup: Text
    drop_off: Text
    wait: Annotated[int, Field(ge=0)]


class Ask(Shape):
    """How a seat is asked for; body: what is sent, with `seats` and a `message` beside it."""

    method: Literal["POST"]
    path: Text
    body: AskedSeat


class Reserved(Shape):
    """compulsory: it is booked ahead, else the driver is told. number, url, message: as published. deadline: the last
    moment to book, null where none is given."""

    compulsory: bool
    number: str
    url: str
    message: str
    deadline: Instant | None
    sentence: Text


class IfMissed(Shape):
    """What is left to who misses the ride: the next one, null where one walks on or nothing is left; when one is there
    then, null where nothing leads there before noon of the day after next. later: than with the ride, seconds; null
    likewise. arrivalApproximate: by a run at a headway, whose minute no timetable promises. last: of the day. walks:
    those of the next way that are longer than asked for. reservation: null where nothing is to be booked for it."""

    next: NextRide | None
    arrival: Instant | None
    arrival_approximate: bool
    later: int | None
    last: bool
    walks: list[FartherWalk]
    reservation: Reserved | None
    sentence: Text


class LegNotes(Shape):
    """What the MOTIS API's own members cannot say of a leg. Of a walk: estimated, it is no way on streets. Of a ride:
    wheelchair, bikes, approximate (its times), headway (seconds between runs), extended (the timetable does not reach
    that day), reservation (what is to be arranged before). Of a ride in a driver's car: what one must know to ask for a
    seat; pickup, dropOff are ids of places; wait: see AskedSeat; wheelchair, luggage, bike, pets, childSeat: null where
    the driver did not say. margin: seconds that a change leaves before the ride; marginApproximate: before or after a
    run at a headway, whose minute no timetable promises; ifMissed: where it is asked for.
    impact: of the leg. notes: sentences. occupancy: of the vehicle as it leaves, a state of GTFS-Realtime.
    startKnown, endKnown: where anything is known of the run, whether the times there are of real time. felt: of its
    alerts, with those at its ends, the codes of those that are felt while one rides; absent where all are. reason,
    next: of a ride that is cancelled, why (null where nobody said it), and when the next one of the line leaves
    that runs; nextApproximate: that one is at a headway."""

    margin: int | None = None
    margin_approximate: bool | None = None
    if_missed: IfMissed | None = None
    impact: Amounts | None = None
    estimated: bool | None = None
    wheelchair: State | bool | None = None
    bikes: State | None = None
    approximate: bool | None = None
    headway: Annotated[int, Field(gt=0)] | None = None
    extended: bool | None = None
    occupancy: Text | None = None
    start_known: bool | None = None
    end_known: bool | None = None
    felt: list[Text] | None = None
    reason: Text | None = None
    next: Instant | None = None
    next_approximate: bool | None = None
    reservation: Reserved | None = None
    notes: list[Text] | None = None
    offer: Text | None = None
    date: Text | None = None
    pickup: Text | None = None
    drop_off: Text | None = None
    wait: Annotated[int, Field(ge=0)] | None = None
    ask: Ask | None = None
    meeting_points: list[MeetingPlace] | None = None
    seats_left: Annotated[int, Field(ge=0)] | None = None
    price: LegPrice | None = None
    uncertain_minutes: Annotated[int, Field(ge=0)] | None = None
    languages: list[Text] | None = None
    luggage: bool | None = None
    bike: bool | None = None
    pets: bool | None = None
    child_seat: bool | None = None


class Leg(Shape):
    """As schema Leg of the MOTIS API, version 6."""

    mode: Text
    from_: Annotated[Place, Field(alias="from")]
    to: Place
    duration: int
    start_time: Instant
    end_time: Instant
    scheduled_start_time: Instant
    scheduled_end_time: Instant
    real_time: bool
    scheduled: bool
    leg_geometry: Polyline
    hent: LegNotes
