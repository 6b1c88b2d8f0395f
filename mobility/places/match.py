"""A place that was found, and what may be asked of one."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from mobility.geo import Point

KINDS = (
    "stop",
    "station",
    "commune",
    "town_centre",
    "counter",
    "third_place",
    "carpool_point",
    "bike_station",
    "car_park",
    "taxi_rank",
    "bike_shelter",
    "street",
    "address",
    "town_hall",
    "hospital",
    "clinic",
    "university",
    "high_school",
    "school",
    "railway_station",
    "bus_station",
    "airport",
    "harbour",
    "swimming_pool",
    "beach",
    "library",
    "cinema",
    "museum",
    "church",
    "place_of_worship",
    "supermarket",
    "pharmacy",
    "post_office",
    "toilets",
)
"""An index on disk names a kind by its row: a new one comes last."""

ADDRESSES = frozenset({"street", "address"})
LANDMARKS = frozenset(KINDS[KINDS.index("address") + 1 :])
"""Kinds of places that people name and that are neither stops nor places of the network."""


@dataclass(frozen=True, slots=True)
class Box:
    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which places count. kinds: of KINDS, None for all. modes: bits as in Network.stops.modes, None for all stops.

    within_m: from the point, of `nearest`. near: places near it come first; bias: how much that matters, 1 is
    usual, 0 not at all. around: words, as they are compared, that only say in which country or region all of it lies.
    """

    kinds: frozenset[str] | None = None
    modes: int | None = None
    within_m: float = inf
    box: Box | None = None
    near: Point | None = None
    bias: float = 1.0
    around: frozenset[str] = frozenset()


ANY = Wanted()
WRITTEN = 1.0
"""So much more scores what has every telling word of a text as it stands, or one that begins so, than what is only
written alike: whatever else speaks for a place is less."""


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """number: with its repeat index, "" of a whole street. part: the former commune that the street lies in."""

    number: str
    street: str
    part: str
    post_code: str


@dataclass(frozen=True, slots=True)
class AddressLack:
    """Of an address that is not known as a whole. The street is: number is what it lacks, near one that it has, ""
    without, commune where it lies, "" where several have it. Or the commune alone is: rest is what was typed beside
    it."""

    street: str = ""
    commune: str = ""
    number: str = ""
    near: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """id: a stop's as everywhere, else KIND/ID. stop: row of Network.stops, -1 for other places.

    area: the commune, "" where none is known; for most stops that of the nearest centre, which is approximate.
    score: the best comes first. tokens: start and length, in characters of the name, of what was recognised.
    row: in the index of places; of an address that of its street, -1 of a commune that only addresses have.
    unanswered: telling words typed that it does not answer, and share: how much of its name was typed, 0..1, both where
    it was asked.
    """

    kind: str
    id: str
    name: str
    point: Point
    stop: int
    area: str
    modes: int
    importance: float
    score: float
    tokens: tuple[tuple[int, int], ...] = ()
    area_matched: bool = False
    row: int = -1
    address: PostalAddress | None = None
    unanswered: tuple[str, ...] = ()
    share: float = 1.0

    @property
    def whereabouts(self) -> str:
        """The commune in words, with the former one that an address lies in."""
        part = self.address.part if self.address else ""
        return f"{part}, {self.area}" if part and part != self.area else self.area
