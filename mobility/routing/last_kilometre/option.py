"""The ways between a door and a stop, as values: what is known of each, and that the rest is not.

None means "not known" wherever it stands here; nothing is guessed to fill a gap. `unknown` names those gaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from mobility.geo import Point
from mobility.money import minor_units
from mobility.network.place import TerritoryPlace
from mobility.routing.last_kilometre.season import is_in_season


class End(StrEnum):
    """From the door to the first stop, or from the last stop to the door."""

    ACCESS = "access"
    EGRESS = "egress"


KINDS = (
    "walk",
    "step_free_walk",
    "own_bike",
    "shared_vehicle",
    "on_demand",
    "carpool",
    "taxi",
    "park_and_ride",
    "driven",
    "own_car",
)
"""From what needs least to what needs most: the order of ORDER."""

MODE = {
    "walk": "WALK",
    "step_free_walk": "WALK",
    "own_bike": "BIKE",
    "shared_vehicle": "RENTAL",
    "on_demand": "ODM",
    "carpool": "RIDE_SHARING",
    "taxi": "TAXI",
    "park_and_ride": "CAR_PARKING",
    "driven": "CAR_DROPOFF",
    "own_car": "CAR",
}
"""By the names of the MOTIS API where it has one."""


@dataclass(frozen=True, slots=True)
class LastKilometreRules:
    """How far one looks. Metres along a straight line; shares of the whole trip's.

    reach_m: to a place round a door or a stop. worth_m: shorter walks need no vehicle. shelter_m: to a bike shelter at
    a stop. drive_share: the part of a trip that may be driven to a car park. centre_line_m: a line that never leaves a
    town centre further than this is local to it. parking_m: to the car parks round a town centre. radius_m: of a
    town centre that says none. telework_share, telework_least_m: a place to work is named where it lies within that
    share of the trip and the trip is at least so long. driving_mps: in town, by taxi and own car, where no map of
    streets knows better. parking_s: to find a place for a bike or a car and to lock it. boat_margin_s: the most that
    one is early at a quay to which the way is a guess. carpool: whether places to share a car are named.
    """

    reach_m: float = 600.0
    worth_m: float = 400.0
    shelter_m: float = 200.0
    drive_share: float = 0.5
    centre_line_m: float = 1500.0
    parking_m: float = 1500.0
    radius_m: float = 400.0
    telework_share: float = 0.3
    telework_least_m: float = 5000.0
    driving_mps: float = 7.0
    parking_s: int = 60
    boat_margin_s: int = 180
    step_free_mps: float = 1.0
    carpool: bool = True


@dataclass(frozen=True, slots=True)
class VehiclePrice:
    """In minor units. per_hour: it is for each hour. taxed: False where a tax comes on top."""

    minor: int
    currency: str
    per_hour: bool = False
    taxed: bool = True


USUAL_RULES = LastKilometreRules()
FREE = VehiclePrice(0, "EUR")


@dataclass(frozen=True, slots=True)
class Where:
    """The place where the way begins, changes or ends. name "": it has none."""

    kind: str
    id: str
    name: str
    point: Point

    @classmethod
    def of(cls, place: TerritoryPlace) -> Where:
        return cls(place.kind, f"{place.kind}/{place.id}", place.name, Point(place.lat, place.lon))


@dataclass(frozen=True, slots=True)
class Counted:
    """What was free for hire when somebody last counted. docks: None where none is needed, or not known."""

    vehicles: int | None
    docks: int | None
    age_s: int | None


class Parking(NamedTuple):
    """Of a vehicle that needs no dock. allowed: at the goal itself. place: where it is left, None: none is known.
    at_stations: there it must be given back to a station."""

    allowed: bool | None
    place: Point | None
    at_stations: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """How to get hold of it. said: in the words of who runs it, by language, "" for the first. notice: how long ahead
    it is to be booked, `30` minutes (0: at once), or `1d 17:00`, the day before until then."""

    phone: str = ""
    url: str = ""
    hours: str = ""
    said: tuple[tuple[str, str], ...] = ()
    notice: str = ""


NO_CONTACT = Contact()


class Option(NamedTuple):
    """One way. duration_s without waiting. place: where one goes first; until: where a shared vehicle is given back.

    local: run here, for here; walking and cycling are. estimated: the metres are no way on streets. form: of a shared
    vehicle, RentalFormFactor of the MOTIS API. spaces: of a car park, a shelter, a carpool place, a vehicle on demand.
    free: a shared vehicle that needs no dock; parking: whether it may be left right at the end, else last_m on foot
    from where it is left. no_riding_m: of the way, where riding is forbidden. safe_s: so long it takes at most in 19
    cases of 20; duration_s is then what is usual.
    """

    end: End
    kind: str
    duration_s: int | None
    distance_m: int | None
    estimated: bool
    local: bool | None
    step_free: bool | None
    price: VehiclePrice | None = None
    co2e_g: float | None = None
    operator: str = ""
    place: Where | None = None
    until: Where | None = None
    counted: Counted | None = None
    contact: Contact = NO_CONTACT
    form: str = ""
    spaces: str = ""
    aboard: bool | None = None
    waits: bool = False
    free: bool = False
    parking: bool | None = None
    last_m: int = 0
    no_riding_m: int = 0
    safe_s: int | None = None

    @property
    def mode(self) -> str:
        return MODE[self.kind]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of what nobody knows, so that it is said and not left out. waiting: the time until it comes."""
        gaps = (
            ("duration", self.duration_s is None),
            ("waiting", self.waits),
            ("distance", self.distance_m is None),
            ("price", self.price is None),
            ("co2e", self.co2e_g is None),
            ("operator", not self.operator and self.kind not in OWN),
            ("local", self.local is None),
            ("stepFree", self.step_free is None),
            ("available", self.counted is not None and self.counted.vehicles is None),
            ("parking", self.free and self.parking is None),
        )
        return tuple([name for name, gap in gaps if gap])


OWN = frozenset({"walk", "step_free_walk", "own_bike", "driven", "own_car"})
"""What nobody runs."""
TRI_STATE = {"yes": True, "true": True, "1": True, "no": False, "false": False, "2": False}
"""What files and feeds write for yes and no; all else is not known."""


def said(place: TerritoryPlace, day: date | None = None) -> Contact:
    """day: on which one goes; words of another season are no help then. None: any."""
    known = place.properties
    words = [key for key in known if key.startswith("booking")]
    holds = day is None or is_in_season(known.get("season", ""), day)
    texts = tuple((key.removeprefix("booking").strip("_"), known[key]) for key in words if holds)
    hours = known.get("opening_hours", known.get("horaires", ""))
    return Contact(known.get("phone", ""), known.get("url", ""), hours, texts, known.get("notice", ""))


def claim(place: TerritoryPlace, name: str) -> bool | None:
    return TRI_STATE.get(place.properties.get(name, "").lower())


def price(place: TerritoryPlace, per_hour: bool = False) -> VehiclePrice | None:
    currency = place.properties.get("currency", "")
    minor = minor_units(place.properties.get("price", ""), currency)
    return VehiclePrice(minor, currency, per_hour) if minor is not None and currency else None


def amount(place: TerritoryPlace, name: str) -> float | None:
    try:
        return float(place.properties[name])
    except (KeyError, ValueError):
        return None
