"""The passenger's answer: an itinerary is a row of legs, each a ride on a vehicle or a way under one's own steam.

Legs keep row numbers of the network they come from and nothing that could be looked up there.
Times are epoch seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from mobility.carpool.driven_line import driven_between
from mobility.carpool.offer import MeetingPoint, Offer
from mobility.clock import hour_and_minute
from mobility.geo import Point
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.network.ways import CAR, Step
from mobility.routing.drawn import Drawing, not_drawn
from mobility.routing.query import Spot

MINUTE_S = 60
OWN_VEHICLES = frozenset({"BIKE", CAR})


@dataclass(frozen=True, slots=True)
class RideLeg:
    """Aboard trip `trip` (row of network.trips) from position `board` of its pattern to position `alight`.

    day_start_s: epoch seconds of noon − 12 h of the service day. stays: the passenger is still seated from the leg
    before (feeds/build/stays.py). pattern, line: rows of network.patterns, .lines; first_call: row of network.calls.
    """

    network: Network = field(repr=False)
    trip: int
    pattern: int
    line: int
    first_call: int
    service_day: date
    day_start_s: int
    board: int
    alight: int
    departure_s: int
    arrival_s: int
    stays: bool = False

    @property
    def mode(self) -> str:
        return MODES[self.network.lines.mode[self.line]]

    def stop_at(self, position: int) -> int:
        """Row of the stop as published."""
        first = self.network.patterns.first_position[self.pattern]
        return int(self.network.patterns.stop[first + position])

    @property
    def line_name(self) -> str:
        return self.network.lines.name(self.line)

    @property
    def start(self) -> Spot:
        return stop_spot(self.network, self.stop_at(self.board))

    @property
    def end(self) -> Spot:
        return stop_spot(self.network, self.stop_at(self.alight))


@dataclass(frozen=True, slots=True)
class WalkLeg:
    """On foot, by own bike or by car: WALK, BIKE, CAR. estimated: a straight line times a factor, not a way on streets.

    line, steps: empty where they are not known; looked up when first asked for, see mobility/routing/drawn.py.
    """

    start: Spot
    end: Spot
    departure_s: int
    arrival_s: int
    distance_m: int
    mode: str = "WALK"
    estimated: bool = True
    drawing: Drawing = field(default=not_drawn, compare=False, repr=False)

    @property
    def line(self) -> tuple[Point, ...]:
        way = self.drawing()
        return way.line if way else ()

    @property
    def steps(self) -> tuple[Step, ...]:
        way = self.drawing()
        return way.steps if way else ()


@dataclass(frozen=True, slots=True)
class CarpoolLeg:
    """In a driver's car between two waypoints (positions) of an offer on a day. departure_s is when the driver is to be
    there: waits_s later than the offer says, late_s of them for others who have a seat already, the rest as the driver
    accepts; they may come uncertain_s later still. early_s: so long before that one is at the meeting
    point. seats_left: on the whole of it. price_cents: for one seat. estimated: the way is not measured on streets.
    """

    offer: Offer = field(repr=False)
    day: date
    pickup: int
    drop_off: int
    start: Spot
    end: Spot
    departure_s: int
    arrival_s: int
    distance_m: int
    seats_left: int
    price_cents: int
    waits_s: int = 0
    late_s: int = 0
    early_s: int = 0

    @property
    def mode(self) -> str:
        return "RIDE_SHARING"

    @property
    def estimated(self) -> bool:
        return self.offer.estimated

    @property
    def uncertain_s(self) -> int:
        """So much later the driver may come and still keep to the offer."""
        return max(0, self.offer.flexible_s - self.waits_s)

    @property
    def course(self) -> tuple[Point, ...]:
        """By the road that is driven; by the places that the driver passes where it is not known."""
        return self.start.point, *driven_between(self.offer, self.pickup, self.drop_off), self.end.point

    @property
    def get_in(self) -> MeetingPoint:
        return self.offer.waypoints[self.pickup].meeting_point

    @property
    def get_out(self) -> MeetingPoint:
        return self.offer.waypoints[self.drop_off].meeting_point


Leg: TypeAlias = RideLeg | WalkLeg | CarpoolLeg


@dataclass(frozen=True)
class Itinerary:
    """carpool: the ride in a driver's car; an itinerary has one at the most. transfers: changes of vehicle; staying
    seated is none. walk_m, walk_s: on foot; own_m: of everything but rides. vehicle: what the traveller must have
    besides feet: CAR, BIKE or nothing. longest_wait_s: on the way, once one has left."""

    legs: tuple[Leg, ...]
    departure_s: int
    arrival_s: int
    labels: tuple[str, ...] = ()
    rides: tuple[RideLeg, ...] = field(init=False, repr=False, compare=False)
    carpool: CarpoolLeg | None = field(init=False, repr=False, compare=False)
    transfers: int = field(init=False, repr=False, compare=False)
    walk_m: int = field(init=False, repr=False, compare=False)
    walk_s: int = field(init=False, repr=False, compare=False)
    own_m: int = field(init=False, repr=False, compare=False)
    vehicle: str = field(init=False, repr=False, compare=False)
    longest_wait_s: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """All that is asked of each itinerary many times, worked out in one pass over its legs."""
        # As object.__setattr__ for each: what is frozen refuses an assignment, and this is once for all of them.
        vars(self).update(_summary(self.legs)._asdict())

    @property
    def duration_s(self) -> int:
        return self.arrival_s - self.departure_s

    @property
    def told_arrival_s(self) -> int:
        """As clocks without seconds tell it: nobody is there before that minute. A departure is told by the minute that
        has begun, so nobody comes too late for it (docs/decisions/0035)."""
        return full_minute_s(self.arrival_s)

    @property
    def told_duration_s(self) -> int:
        """From clock to clock."""
        return self.told_arrival_s - self.departure_s // MINUTE_S * MINUTE_S

    @property
    def carpool_m(self) -> int:
        return self.carpool.distance_m if self.carpool else 0

    @property
    def has_vehicle(self) -> bool:
        return bool(self.rides) or self.carpool is not None

    def in_zone(self, zone: ZoneInfo) -> str:
        """One line: `walk 5m > A | Bus1 A 8:00 > B 8:10`; times as clocks in `zone` show them."""
        return " | ".join(_text(leg, zone) for leg in self.legs)

    def __str__(self) -> str:
        network = self.rides[0].network if self.rides else None
        return self.in_zone(ZoneInfo(network.zones[0] if network else "UTC"))


class _Summary(NamedTuple):
    """Members of Itinerary."""

    rides: tuple[RideLeg, ...]
    carpool: CarpoolLeg | None
    transfers: int
    walk_m: int
    walk_s: int
    own_m: int
    vehicle: str
    longest_wait_s: int


def _summary(legs: Sequence[Leg]) -> _Summary:
    rides: list[RideLeg] = []
    carpool, vehicle, walk_m, walk_s, own_m, wait_s = None, "", 0, 0, 0, 0
    left_s = legs[0].departure_s if legs else 0
    for leg in legs:
        wait_s, left_s = max(wait_s, leg.departure_s - left_s), leg.arrival_s
        if isinstance(leg, RideLeg):
            rides.append(leg)
        elif isinstance(leg, CarpoolLeg):
            carpool = carpool or leg
        else:
            own_m += leg.distance_m
            if leg.mode == "WALK":
                walk_m += leg.distance_m
                walk_s += leg.arrival_s - leg.departure_s
            elif leg.mode in OWN_VEHICLES and vehicle != CAR:
                vehicle = leg.mode
    n_vehicles = sum([not ride.stays for ride in rides]) + (carpool is not None)
    return _Summary(tuple(rides), carpool, max(0, n_vehicles - 1), walk_m, walk_s, own_m, vehicle, wait_s)


def full_minute_s(at_s: int) -> int:
    """The first full minute that is not before."""
    return -(-at_s // MINUTE_S) * MINUTE_S


def ride_leg(network: Network, trip: int, start: tuple[date, int], part: tuple[int, int]) -> RideLeg:
    """One ride. start: the service day and its start in epoch seconds; part: positions of boarding and alighting."""
    pattern, first_call = int(network.trips.pattern[trip]), int(network.trips.first_call[trip])
    line, (service_day, day_start_s), (board, alight) = int(network.patterns.line[pattern]), start, part
    departure_s = day_start_s + int(network.calls.departure[first_call + board])
    arrival_s = day_start_s + int(network.calls.arrival[first_call + alight])
    return RideLeg(
        network=network,
        trip=trip,
        pattern=pattern,
        line=line,
        first_call=first_call,
        service_day=service_day,
        day_start_s=day_start_s,
        board=board,
        alight=alight,
        departure_s=departure_s,
        arrival_s=arrival_s,
    )


def stop_spot(network: Network, stop: int) -> Spot:
    return Spot(network.stops.point(stop), network.stops.name[stop], stop)


def clock(epoch_s: int, zone: ZoneInfo) -> str:
    at = datetime.fromtimestamp(epoch_s, zone)
    return hour_and_minute(at) + (f":{at.second:02}" if at.second else "")


def _text(leg: Leg, zone: ZoneInfo) -> str:
    if isinstance(leg, WalkLeg):
        return _walk_text(leg)
    name = "Carpool" if isinstance(leg, CarpoolLeg) else leg.line_name
    start, end = clock(leg.departure_s, zone), clock(leg.arrival_s, zone)
    return f"{name} {leg.start.name} {start} > {leg.end.name} {end}"


def _walk_text(leg: WalkLeg) -> str:
    minutes = -(-(leg.arrival_s - leg.departure_s) // 60)
    return f"{leg.mode.lower()} {minutes}m > {leg.end.name}"
