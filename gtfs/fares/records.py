"""The fare tables of a feed as they are, in numbers: rows instead of ids of stops, routes, agencies; whole minor units.

-1 stands for an empty cell, UNKNOWN for an id that no row has. Nothing is worked out here; mobility/fares does that.
"""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN = -2


@dataclass(frozen=True, slots=True)
class Fare:
    """A row of fare_attributes.txt. payment: 0 on board, 1 before. transfers: -1 any number. valid_s: -1 no limit.
    agency: row, -1 any."""

    id: str
    minor: int
    currency: str
    payment: int
    transfers: int
    valid_s: int
    agency: int = -1


@dataclass(frozen=True, slots=True)
class FareRule:
    """A row of fare_rules.txt. fare: row of the fares. route: row, -1 any."""

    fare: int
    route: int = -1
    origin: str = ""
    destination: str = ""
    contains: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A row of fare_products.txt: what a product costs one rider on one medium. rider "": everybody; medium "": any."""

    id: str
    name: str
    rider: str
    medium: str
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Rider:
    id: str
    name: str
    default: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class Medium:
    """type: 0 none, 1 paper, 2 card, 3 bank card, 4 app."""

    id: str
    name: str
    type: int


@dataclass(frozen=True, slots=True)
class LegRule:
    group: str
    network: str
    from_area: str
    to_area: str
    from_time: str
    to_time: str
    product: str
    priority: int = 0


@dataclass(frozen=True, slots=True)
class JoinRule:
    """from_stop, to_stop: rows, -1 where the two rides meet at one stop or station."""

    from_network: str
    to_network: str
    from_stop: int = -1
    to_stop: int = -1


@dataclass(frozen=True, slots=True)
class TransferRule:
    """count: -1 no limit, 0 not said. limit_s: -1 none. type: 0 A + AB, 1 A + AB + B, 2 AB. product "": free."""

    from_group: str
    to_group: str
    count: int
    limit_s: int
    limit_type: int
    type: int
    product: str


@dataclass(frozen=True, slots=True)
class Timeframe:
    """service: row of the feed's services."""

    group: str
    start_s: int
    end_s: int
    service: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line of a fare table that is not understood. Line 0: the file, or the column, as a whole."""

    file: str
    line: int
    field: str = ""
    value: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Fares:
    """version: that of the tables that hold, 0 where the feed says nothing of prices. with_priority: whether leg rules
    have a column rule_priority, which turns what an empty cell means.
    stop_areas, route_networks: pairs of row and id.
    """

    version: int = 0
    fares: tuple[Fare, ...] = ()
    rules: tuple[FareRule, ...] = ()
    products: tuple[Product, ...] = ()
    riders: tuple[Rider, ...] = ()
    media: tuple[Medium, ...] = ()
    leg_rules: tuple[LegRule, ...] = ()
    with_priority: bool = False
    join_rules: tuple[JoinRule, ...] = ()
    transfer_rules: tuple[TransferRule, ...] = ()
    timeframes: tuple[Timeframe, ...] = ()
    stop_areas: tuple[tuple[int, str], ...] = ()
    route_networks: tuple[tuple[int, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()


NO_FARES = Fares()
