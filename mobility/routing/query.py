"""What a traveller asks: the question, free of HTTP and of any one network's row numbers but the stops it names."""

from dataclasses import dataclass
from typing import NamedTuple

from mobility.fares.price import ANYBODY, Buyer
from mobility.geo import Point
from mobility.search.pace import USUAL_CHANGE, Change, Needs, Pace
from mobility.travellers.profiles import ADULT, Profile, StepFree

PATIENT_S = 12 * 3600


class Spot(NamedTuple):
    """An end of a trip or of a leg: a stop or station (row in Network.stops) or, with stop = -1, a point."""

    point: Point
    name: str
    stop: int = -1


@dataclass(frozen=True, slots=True)
class Walking:
    """Speed on foot and the longest times on foot or by own bike at each end and all the way; drive_s: longest time
    in a car at an end. cycle_s: longest bike ride to the first stop and from the last one, 0 as on foot. access_modes:
    of WALK, BIKE, CAR_PARKING (the car is left at a car park), CAR_DROPOFF (one is driven); egress_modes: the same but
    CAR_PARKING, as nobody has a car waiting there."""

    speed_mps: float = 1.33
    access_s: int = 900
    egress_s: int = 900
    direct_s: int = 1800
    cycling_mps: float = 4.2
    drive_s: int = 1200
    cycle_s: int = 0
    access_modes: tuple[str, ...] = ("WALK",)
    egress_modes: tuple[str, ...] = ("WALK",)


@dataclass(frozen=True, slots=True)
class Query:
    """at_s: epoch seconds of departure, or of arrival with `arrive_by`.

    window_s: every good departure (arrival) within so many seconds; 0: the best answers for `at_s` alone, waiting
    included. modes: names of MODES that may be ridden, None for all, empty for none. direct_modes: of WALK, BIKE, CAR.
    results: the window is widened until so many are found (within the territory's limit); most_results: 0 = no cap.
    patience_s: once there is one, how far from at_s others are looked for; two hours beyond the first in any case.
    longest_s: longest whole travel time, 0 = no limit. earlier: the window lies before at_s (a page back).
    continues: a page before or after another one, which has what lies on the other side of at_s.
    carpool: whether rides in drivers' cars belong to the answer. profile: who asks, for what is made of the answers;
    what is searched follows from the other fields.
    buyer: who pays the tickets, and on what.
    unbooked: nothing that must be booked ahead. now_s: epoch seconds when it is asked; what could be booked only before
    is not offered, and what has left is compared with nothing. None: everything can be taken.
    """

    origin: Spot
    destination: Spot
    at_s: int
    arrive_by: bool = False
    window_s: int = 900
    results: int = 5
    most_results: int = 0
    most_rides: int = 8
    longest_s: int = 0
    modes: frozenset[str] | None = None
    direct_modes: tuple[str, ...] = ("WALK",)
    step_free: bool = False
    with_bike: bool = False
    walking: Walking = Walking()
    change: Change = USUAL_CHANGE
    earlier: bool = False
    continues: bool = False
    widen: bool = True
    patience_s: int = PATIENT_S
    carpool: bool = True
    profile: Profile = ADULT
    buyer: Buyer = ANYBODY
    unbooked: bool = False
    now_s: int | None = None

    @property
    def pace(self) -> Pace:
        return Pace(self.walking.speed_mps, self.change)

    @property
    def needs(self) -> Needs:
        surely = self.step_free and self.profile.step_free is StepFree.STRICT
        return Needs(self.step_free, self.with_bike, surely, self.unbooked)
