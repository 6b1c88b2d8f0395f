"""What the carpool endpoints answer, for the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from api.responses import Instant, Shape

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


class CarpoolOffer(Shape):
    """from, to: what is kept of the places that were named. waypoints: where people can get in and out."""

    id: str
    status: Literal["active", "paused", "withdrawn"]
    from_: Annotated[CarpoolPlace, Field(alias="from")]
    to: CarpoolPlace
    waypoints: list[CarpoolWaypoint]
    date: str | None
    weekly: dict[str, Any] | None
    departure: str
    flexible_minutes: int
    seats: int
    longest_detour_minutes: int
    price_cents: int
    most_price_cents: int
    drive: dict[str, Any]
    accessibility: dict[str, bool | None]
    languages: list[str]
    back: str | None


class CarpoolOffers(Shape):
    """The way there, then the way back, where there is one; or all offers of a driver."""

    offers: list[CarpoolOffer]


class Done(Shape):
    done: Literal[True]
