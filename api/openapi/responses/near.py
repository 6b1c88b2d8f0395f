"""What our answers say of the ends of a trip, for the OpenAPI document: docs/last-kilometre.md explains it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.openapi.responses import Instant, Shape, Text

Metres = Annotated[int, Field(ge=0)]
State = Literal["yes", "no", "unknown"]


class PlaceNear(Shape):
    kind: Text
    id: str
    name: str
    lat: float
    lon: float


class NearPrice(Shape):
    minor: Annotated[int, Field(ge=0)]
    currency: Text
    per_hour: bool
    taxed: bool


class Counted(Shape):
    """Counts of a station of vehicles, and their age in seconds."""

    vehicles: int | None
    docks: int | None
    age: int | None


class LastKilometre(Shape):
    """A way between the door and a stop. duration, distance, price: null where nobody knows; `unknown` names the gaps.

    The members after `unknown` are there where they are known and apply. parkingDistance, noRiding: metres on foot from
    where the vehicle is left, and of forbidden ground. safeDuration: seconds that 19 rides of 20 keep to.
    """

    end: Literal["access", "egress"]
    kind: Text
    mode: Text
    sentence: Text
    how: Text
    duration: Annotated[int, Field(ge=0)] | None
    distance: Metres | None
    estimated: bool
    price: NearPrice | None
    co2e_g: Annotated[float | Literal["unknown"], Field(alias="co2e_g")]
    local: State
    step_free: State
    unknown: list[str]
    operator: str | None = None
    place: PlaceNear | None = None
    until: PlaceNear | None = None
    form_factor: str | None = None
    available: Counted | None = None
    spaces: str | None = None
    bikes_aboard: State | None = None
    phone: str | None = None
    url: str | None = None
    opening_hours: str | None = None
    parking: State | None = None
    parking_distance: Metres | None = None
    no_riding: Metres | None = None
    safe_duration: int | None = None


class CentreLine(Shape):
    id: Text
    mode: Text


class CentreItem(Shape):
    kind: Text
    name: Text
    sentence: Text
    local: State
    outside: bool
    distance: Metres | None
    place: PlaceNear | None
    line: CentreLine | None
    price: NearPrice | None
    step_free: State
    operator: str
    spaces: str
    offers: list[str]
    phone: str
    url: str
    opening_hours: str
    how: str


class TownCentre(Shape):
    """What is local where the trip ends, in the order of `rule`."""

    place: PlaceNear
    sentence: Text
    items: list[CentreItem]
    rule: Text


class Alternative(Shape):
    """A place to work that is much nearer than the destination, in a sentence."""

    kind: Literal["third_place"]
    sentence: Text
    place: PlaceNear
    distance: Metres
    trip_distance: Metres
    phone: str
    url: str
    opening_hours: str


class OwnWay(Shape):
    """All the way on foot, where some itinerary is no faster, or by own bike; in seconds, metres and a sentence."""

    kind: Literal["walk", "bike"]
    sentence: Text
    duration: Annotated[int, Field(ge=0)]
    distance: Metres
    estimated: bool


class Advised(Shape):
    """What helps who is too far from any stop: a stop with its lines, or who could take one there. distance: metres as
    the crow flies; null inside of a zone."""

    end: Literal["access", "egress"]
    kind: Literal["nearest_stop", "big_stop", "on_demand", "carpool_point", "taxi_rank"]
    sentence: Text
    place: PlaceNear
    distance: Annotated[int, Field(ge=0)] | None
    lines: list[str]
    phone: str
    url: str
    opening_hours: str


class NextRide(Shape):
    """headway: seconds between runs, of one whose minute no timetable promises."""

    line: str
    mode: Text
    stop: str
    stop_id: Text
    departure: Instant
    headway: Annotated[int, Field(gt=0)] | None = None


class FartherWalk(Shape):
    """A walk that is longer than asked for; between two vehicles (transfer) than walks between stops are. stop: where
    it leads to (access, transfer) or from (egress). duration: seconds. start, then: of a transfer, where it begins and
    what leaves where it leads to; else null."""

    end: Literal["access", "transfer", "egress"]
    stop: str
    duration: Annotated[int, Field(gt=0)]
    start: str | None
    then: NextRide | None


class FartherDeparture(Shape):
    """departure: of its first ride. departureApproximate, arrivalApproximate: of a run at a headway, whose minute no
    timetable promises."""

    departure: Instant
    arrival: Instant
    departure_approximate: bool
    arrival_approximate: bool
    walks: list[FartherWalk]


class LastDeparture(Shape):
    """The last of the day asked about is gone, and the answer begins on another, or has drivers alone. boat: both times
    are those of the boat, else those of the first ride. last: null where nothing left on that day. next: null where
    nothing leads there for a fortnight. farther: what still leaves on that day for who walks longer than asked for,
    null where nothing does. lastApproximate, nextApproximate: of a run at a headway, whose minute no timetable
    promises. carpool: when a driver leaves before the next, who may refuse; null where none does."""

    sentence: Text
    boat: bool
    last: Instant | None
    next: Instant | None
    last_approximate: bool
    next_approximate: bool
    farther: FartherDeparture | None
    carpool: Instant | None
