"""What the carpool endpoints answer, for the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.openapi.responses import Day, Instant, Shape

Seconds = Annotated[int, Field(ge=0)]


class CodeSent(Shape):
    """Whether or not there is an account: the answer is the same."""

    sent: Literal[True]
    valid_minutes: int


class CarpoolAccount(Shape):
    id: str
    alias: str
    email: str
    phone: str
    language: str


class CarpoolSession(Shape):
    """token: told once, when the session begins."""

    id: str
    created: Instant
    expires: Instant
    current: bool


class CarpoolSessions(Shape):
    sessions: list[CarpoolSession]


class NewCarpoolSession(CarpoolSession):
    token: str
    account: CarpoolAccount


class CarpoolPlace(Shape):
    """kind: carpool_place, stop, configured; blurred: known to 300 m only, nobody gets in there."""

    id: str
    name: str
    lat: float
    lon: float
    kind: Literal["carpool_place", "stop", "configured", "blurred"]


class CarpoolWaypoint(CarpoolPlace):
    """after, detour: seconds; along: metres."""

    after: Seconds
    along: Seconds
    detour: Seconds
    pickup: bool
    drop_off: bool


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class CarpoolWeekdays(Shape):
    weekdays: list[Weekday]
    first_day: Day
    last_day: Day


class CarpoolWeekly(CarpoolWeekdays):
    """school: on all days, on those of school alone, or on the others."""

    except_days: list[Day]
    added_days: list[Day]
    school: Literal["any", "school_days_only", "holidays_only"]


class CarpoolDrive(Shape):
    """duration: seconds; distance: metres; estimated: not on a map of streets."""

    duration: Seconds
    distance: Annotated[int, Field(ge=0)]
    estimated: bool


class CarpoolComfort(Shape):
    """What can be taken along; null where the driver did not say."""

    wheelchair: bool | None
    child_seat: bool | None
    luggage: bool | None
    bike: bool | None
    pets: bool | None


class CarpoolOffer(Shape):
    """from, to: what is kept of the places that were named. waypoints: where people can get in and out. line: the road
    from the first of these to the last, an encoded polyline of 5 decimal places; empty where it is not known."""

    id: str
    status: Literal["active", "paused", "withdrawn"]
    from_: Annotated[CarpoolPlace, Field(alias="from")]
    to: CarpoolPlace
    waypoints: list[CarpoolWaypoint]
    line: str
    date: str | None
    weekly: CarpoolWeekly | None
    departure: str
    flexible_minutes: int
    seats: int
    longest_detour_minutes: int
    price_cents: int
    most_price_cents: int
    drive: CarpoolDrive
    accessibility: CarpoolComfort
    languages: list[str]
    back: str | None


class CarpoolOffers(Shape):
    """The way there, then the way back, where there is one; or all offers of a driver."""

    offers: list[CarpoolOffer]


class CarpoolRide(Shape):
    """What can be asked for. driver: their alias; price_cents: of all the seats; start, end: about; flexible_minutes:
    by how much the driver may come later."""

    offer: str
    date: str
    pickup: CarpoolPlace
    drop_off: CarpoolPlace
    start: Instant
    end: Instant
    distance: int
    seats: int
    seats_left: int
    price_cents: int
    flexible_minutes: int
    driver: str
    accessibility: CarpoolComfort
    languages: list[str]


class CarpoolCompanion(Shape):
    """operator: "" where they have an account here; phone: "" unless both have agreed."""

    alias: str
    operator: str
    phone: str


class CarpoolBooking(Shape):
    """role: of the one who asks. ended_by: who refused or cancelled it (clock: nobody answered in time), null where it
    came to no such end, or came to it before that was noted. ended_because: what its driver did to the offer, so that
    it is cancelled; null where they did nothing to it. with: the other side. expires: of an ask that nobody has
    answered; agreed: when the driver accepted. later_minutes: for who drives, so much later than the offer says they
    leave the pickup; wait_minutes: of them, for this passenger. may: what the one who asks may do now. price_cents: of
    all the seats."""

    id: str
    offer: str
    role: Literal["driver", "passenger"]
    status: Literal["asked", "confirmed", "refused", "expired", "cancelled", "done", "validated"]
    ended_by: Literal["driver", "passenger", "clock"] | None
    ended_because: Literal["hour-changed", "offer-changed", "offer-withdrawn"] | None
    with_: Annotated[CarpoolCompanion, Field(alias="with")]
    date: str
    pickup: CarpoolPlace
    drop_off: CarpoolPlace
    start: Instant
    end: Instant
    distance: int
    seats: int
    price_cents: int
    asked: Instant
    expires: Instant | None
    agreed: Instant | None
    later_minutes: int
    wait_minutes: int
    may: list[Literal["accept", "refuse", "cancel"]]


class CarpoolPosition(Shape):
    lat: float
    lon: float


class OutsideCarpoolBooking(Shape):
    """A ride that was booked at another operator, as that operator told it; web_url: of its page there."""

    id: str
    role: Literal["driver", "passenger"]
    status: str
    with_: Annotated[CarpoolCompanion, Field(alias="with")]
    start: Instant
    pickup: CarpoolPosition
    drop_off: CarpoolPosition
    web_url: str


class CarpoolBookings(Shape):
    """The next first."""

    bookings: list[CarpoolBooking]
    outside: list[OutsideCarpoolBooking]


class CarpoolMessage(Shape):
    """mine: written by the one who asks. alias: of who wrote it; operator: theirs, "" where they are from here."""

    id: str
    mine: bool
    alias: str
    operator: str
    text: str
    at: Instant


class CarpoolMessages(Shape):
    """The oldest first."""

    messages: list[CarpoolMessage]


class WantedCarpool(Shape):
    id: str
    from_: Annotated[CarpoolPlace, Field(alias="from")]
    to: CarpoolPlace
    date: str | None
    weekly: CarpoolWeekdays | None
    departure: str
    seats: int


class WantedCarpools(Shape):
    wanted: list[WantedCarpool]


class Done(Shape):
    done: Literal[True]
