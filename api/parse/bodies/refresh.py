"""The body of POST refresh-itinerary of the MOTIS API: the legs of an itinerary that somebody kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.parse.bodies import SOMETHING, LenientBody
from api.parse.modes import STREET
from api.parse.trip_ids import run_name
from api.parse.value_faults import RequestFault
from api.web.errors import BodyFault, InvalidBody
from mobility.errors import NotFound
from mobility.geo import Point
from mobility.network.network import Network
from mobility.planning.refresh import KeptItinerary, KeptRide
from mobility.routing.itinerary import stop_spot
from mobility.routing.query import Spot

MOST_LEGS = 50
Id = Annotated[str, Field(max_length=500)]
Lat = Annotated[float, Field(ge=-90, le=90)]
Lon = Annotated[float, Field(ge=-180, le=180)]
EpochSeconds = Annotated[int, Field(ge=0, le=2**32)]
OTHERS = frozenset({"RIDE_SHARING"})
"""Neither rides of a timetable nor ways on streets."""


class LegId(LenientBody):
    """As in the MOTIS API; levels are ignored."""

    display_name: Id
    trip_id: Id
    from_id: Id
    from_lat: Lat
    from_lon: Lon
    to_id: Id
    to_lat: Lat
    to_lon: Lon
    sched_start: EpochSeconds
    sched_end: EpochSeconds
    mode: Annotated[str, Field(pattern=SOMETHING)]
    scheduled: bool

    @property
    def start(self) -> Point:
        return Point(self.from_lat, self.from_lon)

    @property
    def end(self) -> Point:
        return Point(self.to_lat, self.to_lon)


class ItineraryId(LenientBody):
    legs: Annotated[list[LegId], Field(max_length=MOST_LEGS)]


class RefreshBody(LenientBody):
    id: ItineraryId


def kept(network: Network, legs: list[LegId], by_line: bool) -> KeptItinerary:
    """by_line: whether another run must be of the same line. Raises InvalidBody for legs that are neither rides nor
    walks, and where there is no ride."""
    for number, leg in enumerate(legs):
        if leg.mode in STREET | OTHERS and leg.mode != "WALK":
            raise InvalidBody([BodyFault.of(f"id.legs.{number}.mode", RequestFault.NO_RIDE_OR_WALK)])
    rides = [_ride(number, leg, by_line) for number, leg in enumerate(legs) if leg.mode != "WALK"]
    if not rides:
        raise InvalidBody([BodyFault.of("id.legs", RequestFault.NO_RIDE)])
    first, last = legs[0], legs[-1]
    return KeptItinerary(
        tuple(rides),
        _spot(network, first.from_id, first.start, "START") if first.mode == "WALK" else None,
        _spot(network, last.to_id, last.end, "END") if last.mode == "WALK" else None,
    )


def _ride(number: int, leg: LegId, by_line: bool) -> KeptRide:
    try:
        trip = run_name(leg.trip_id).trip
    except NotFound:
        trip = ""
    line = leg.display_name if by_line else ""
    stops, points = (leg.from_id, leg.to_id), (leg.start, leg.end)
    return KeptRide(number, trip, line, stops, points, leg.sched_start, leg.sched_end)


def _spot(network: Network, id: str, point: Point, name: str) -> Spot:
    stop = network.stops.id.find(id)
    return Spot(point, name) if stop is None else stop_spot(network, stop)
