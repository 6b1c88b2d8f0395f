"""Where operators sell, by addresses that lead to the ride at hand: rows of the network, one FeedShop for each feed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShopLink:
    """By where it is opened, "" where there is none."""

    web: str
    android: str
    ios: str


NO_SHOP = ShopLink("", "", "")


@dataclass(frozen=True, slots=True)
class LinkOf:
    """row: of agencies or lines. link: of FeedShop.links."""

    row: int
    link: int


@dataclass(frozen=True, slots=True)
class StopInShop:
    """What an operator's shop calls a stop."""

    stop: int
    agency: int
    id: str


@dataclass(frozen=True, slots=True)
class TripInShop:
    """trip: as in Network.trips. id: "" where the shop does not sell it."""

    trip: str
    id: str


@dataclass(frozen=True, slots=True)
class FeedShop:
    """trips: by their ids; those that are called otherwise in the shop, or not sold. unsold: stops."""

    links: tuple[ShopLink, ...] = ()
    agencies: tuple[LinkOf, ...] = ()
    lines: tuple[LinkOf, ...] = ()
    stops: tuple[StopInShop, ...] = ()
    trips: tuple[TripInShop, ...] = ()
    unsold: tuple[int, ...] = ()
