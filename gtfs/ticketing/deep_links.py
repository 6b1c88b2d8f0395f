"""Where a feed's operators sell, by addresses that lead to the ride at hand, in numbers: rows instead of ids."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeepLink:
    """ "" where there is none. web, android, ios: by where it is opened."""

    web: str
    android: str
    ios: str


@dataclass(frozen=True, slots=True)
class SoldStop:
    """What an operator's shop calls a stop. stop, agency: rows."""

    stop: int
    agency: int
    id: str


@dataclass(frozen=True, slots=True)
class SoldTrip:
    """What the shop calls a trip, "" where it does not sell it. trip: its id in the feed."""

    trip: str
    id: str


@dataclass(frozen=True, slots=True)
class Ticketing:
    """of_agency, of_route: for each the row of its link, -1 none. trips: those that are called otherwise in the shop,
    or not sold. unsold: rows of stops."""

    links: tuple[DeepLink, ...] = ()
    of_agency: tuple[int, ...] = ()
    of_route: tuple[int, ...] = ()
    stops: tuple[SoldStop, ...] = ()
    trips: tuple[SoldTrip, ...] = ()
    unsold: tuple[int, ...] = ()


NO_TICKETING = Ticketing()
