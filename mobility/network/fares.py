"""What the feeds say about prices, as rows of the network: whole minor units, sets worked out, nothing decided yet.

Which of it holds on a journey is the business of mobility/fares. Source: GTFS reference, fare_attributes.txt to
fare_transfer_rules.txt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ANY = -1
NO_ZONE = -2
"""Of a stop that the feed puts into none."""


@dataclass(frozen=True, slots=True)
class FareRow:
    """route: row of lines, origin, destination, contains: zones as in Stops.fare_zone; -1 any, less: one that is not
    there."""

    route: int
    origin: int
    destination: int
    contains: int


@dataclass(frozen=True, slots=True)
class Fare:
    """Version 1: a price with the rows that say where it holds, everywhere without any. payment: 0 on board, 1 before.
    transfers: -1 any number. valid_s: -1 no limit."""

    id: str
    minor: int
    currency: str
    payment: int
    transfers: int
    valid_s: int
    agency: int
    rows: tuple[FareRow, ...]


@dataclass(frozen=True, slots=True)
class FareProduct:
    """Version 2: what a product costs a rider ("" everybody) on a medium ("" not said)."""

    id: str
    name: str
    rider: str
    medium: str
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class FareRider:
    id: str
    name: str
    default: bool
    url: str


@dataclass(frozen=True, slots=True)
class FareMedium:
    """type: 0 none, 1 paper, 2 card, 3 bank card, 4 app."""

    id: str
    name: str
    type: int


@dataclass(frozen=True, slots=True)
class FareLegRule:
    group: str
    network: str
    from_area: str
    to_area: str
    from_time: str
    to_time: str
    product: str
    priority: int


@dataclass(frozen=True, slots=True)
class FareJoinRule:
    """from_stop, to_stop: rows, -1 where the rides meet at one stop or station."""

    from_network: str
    to_network: str
    from_stop: int
    to_stop: int


@dataclass(frozen=True, slots=True)
class FareTransferRule:
    """count: -1 no limit. limit_s: -1 none. limit_type: 0 departure to arrival, 1 departure to departure, 2 arrival to
    departure, 3 arrival to arrival. type: 0 A + AB, 1 A + AB + B, 2 AB. product "": nothing to pay."""

    from_group: str
    to_group: str
    count: int
    limit_s: int
    limit_type: int
    type: int
    product: str


@dataclass(frozen=True, slots=True)
class FareTimeframe:
    """From start_s to before end_s of the clock, on the calendar days of `days`: a digit each from first_day on."""

    group: str
    start_s: int
    end_s: int
    first_day: date
    days: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of stops or lines, and the area or network it is in."""

    row: int
    id: str


@dataclass(frozen=True, slots=True)
class FeedFares:
    """Of one feed. version: 0 where it says nothing of prices. understood: every line of its tables was.
    with_priority: an empty cell of a leg rule means "any"; else "those that no rule names"."""

    version: int = 0
    understood: bool = True
    fares: tuple[Fare, ...] = ()
    products: tuple[FareProduct, ...] = ()
    riders: tuple[FareRider, ...] = ()
    media: tuple[FareMedium, ...] = ()
    leg_rules: tuple[FareLegRule, ...] = ()
    with_priority: bool = False
    join_rules: tuple[FareJoinRule, ...] = ()
    transfer_rules: tuple[FareTransferRule, ...] = ()
    timeframes: tuple[FareTimeframe, ...] = ()
    stop_areas: tuple[Pair, ...] = ()
    line_networks: tuple[Pair, ...] = ()

    def __hash__(self) -> int:
        """Of some thousand rows, their number has to do."""
        return hash((self.version, len(self.fares), len(self.products), len(self.leg_rules)))
