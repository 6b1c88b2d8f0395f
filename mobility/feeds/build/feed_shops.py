"""Where the feeds' operators sell, as rows of the network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from gtfs.snapshot import FeedSnapshot
from mobility.feeds.build.tables import Offsets
from mobility.ids import namespaced
from mobility.network.feed_shop import FeedShop, LinkOf, ShopLink, StopInShop, TripInShop


def shops(feeds: Sequence[FeedSnapshot], offsets: Offsets) -> tuple[FeedShop, ...]:
    """One for each feed."""
    starts = zip(offsets.agency, offsets.route, offsets.stop, strict=True)
    return tuple(_shop(feed, start) for feed, start in zip(feeds, starts, strict=True))


def _shop(feed: FeedSnapshot, start: tuple[int, int, int]) -> FeedShop:
    """start: at which rows the agencies, lines and stops of the feed begin."""
    read, (agency, line, stop) = feed.ticketing, start
    trips = (TripInShop(namespaced(feed.source.id, one.trip), one.id) for one in read.trips)
    return FeedShop(
        links=tuple(ShopLink(**asdict(one)) for one in read.links),
        agencies=tuple(_links(read.of_agency, agency)),
        lines=tuple(_links(read.of_route, line)),
        stops=tuple(StopInShop(one.stop + stop, one.agency + agency, one.id) for one in read.stops),
        trips=tuple(sorted(trips, key=lambda one: one.trip)),
        unsold=tuple(row + stop for row in read.unsold),
    )


def _links(links: Iterable[int], start: int) -> Iterable[LinkOf]:
    return (LinkOf(row, link) for row, link in enumerate(links, start) if link >= 0)
