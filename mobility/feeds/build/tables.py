"""The small tables of all feeds as one: agencies, lines, stops, with ids namespaced and zones numbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from gtfs.snapshot import FeedSnapshot, Services, Spoken, Stop
from mobility.clock import days_after
from mobility.ids import namespaced
from mobility.network.columns import Ids, Texts
from mobility.network.fares import NO_ZONE
from mobility.network.modes import mode_row
from mobility.network.network import Agency, FeedVersion, Lines, Stops
from mobility.network.translation import Translation

Int32s = NDArray[np.int32]


@dataclass(slots=True)
class Numbered:
    """Texts in the order of their first use."""

    rows: dict[str, int] = field(default_factory=dict)

    def row(self, text: str) -> int:
        return self.rows.setdefault(text, len(self.rows))

    def of(self, texts: Iterable[str]) -> Int32s:
        """What is done for each of a million texts is done by dict itself."""
        asked = list(texts)
        for text in dict.fromkeys(asked):
            self.row(text)
        return np.array(list(map(self.rows.__getitem__, asked)), np.int32)


@dataclass(frozen=True, slots=True)
class Offsets:
    """For each feed, the row of the joined table at which its own rows begin."""

    agency: tuple[int, ...]
    route: tuple[int, ...]
    stop: tuple[int, ...]
    trip: tuple[int, ...]
    shape: tuple[int, ...]

    @classmethod
    def of(cls, feeds: Sequence[FeedSnapshot]) -> Offsets:
        return cls(
            _starts(len(feed.agencies) for feed in feeds),
            _starts(len(feed.routes) for feed in feeds),
            _starts(len(feed.stops) for feed in feeds),
            _starts(len(feed.trips.ids) for feed in feeds),
            _starts(len(feed.shapes.first_point) - 1 for feed in feeds),
        )


def _starts(sizes: Iterable[int]) -> tuple[int, ...]:
    return tuple(accumulate(sizes, initial=0))[:-1]


def shifted(rows: Int32s, offset: int) -> Int32s:
    """Row numbers of one feed as rows of the joined table; -1 stays."""
    return np.where(rows < 0, -1, rows + offset).astype(np.int32)


def feed_version(feed: FeedSnapshot) -> FeedVersion:
    source, services = feed.source, feed.services
    running = _running(services).tolist()
    return FeedVersion(
        id=source.id,
        sha256=feed.sha256,
        licence=source.licence,
        publisher=source.publisher or feed.publisher_name or ", ".join(agency.name for agency in feed.agencies),
        url=source.url,
        version=feed.version,
        first_day=days_after(services.first_day, running[0]) if running else None,
        last_day=days_after(services.first_day, running[-1]) if running else None,
        extended_days=services.extended_days,
    )


def last_running_column(services: Services) -> int:
    """Of those that are the publisher's; 0 where nothing ever runs."""
    return int(next(iter(_running(services)[::-1]), 0))


def _running(services: Services) -> NDArray[np.int64]:
    published = services.active.shape[1] - services.extended_days if len(services.ids) else 0
    return np.flatnonzero(services.active[:, :published].any(axis=0)) if published else np.empty(0, np.int64)


def agencies(feeds: Sequence[FeedSnapshot]) -> tuple[Agency, ...]:
    return tuple(
        Agency(
            id=namespaced(feed.source.id, a.id),
            name=a.name,
            url=a.url,
            timezone=a.timezone,
            lang=a.lang,
            phone=a.phone,
            fare_url=a.fare_url,
            feed=row,
        )
        for row, feed in enumerate(feeds)
        for a in feed.agencies
    )


def lines(feeds: Sequence[FeedSnapshot], offsets: Offsets) -> Lines:
    rows = [(number, feed, route) for number, feed in enumerate(feeds) for route in feed.routes]
    return Lines(
        id=Ids.of(namespaced(feed.source.id, route.id) for _, feed, route in rows),
        short_name=Texts.of(route.short_name for _, _, route in rows),
        long_name=Texts.of(route.long_name for _, _, route in rows),
        color=Texts.of(route.color for _, _, route in rows),
        text_color=Texts.of(route.text_color for _, _, route in rows),
        url=Texts.of(route.url for _, _, route in rows),
        mode=np.array([mode_row(route.type) for _, _, route in rows], np.uint8),
        type=np.array([route.type for _, _, route in rows], np.int32),
        agency=np.array([route.agency + offsets.agency[number] for number, _, route in rows], np.int32),
        feed=np.array([number for number, _, _ in rows], np.int32),
    )


def stops(feeds: Sequence[FeedSnapshot], offsets: Offsets, zones: Numbered) -> Stops:
    """modes and importance are still 0: they follow from the calls."""
    rows = [stop for feed in feeds for stop in feed.stops]
    feed_of = np.repeat(np.arange(len(feeds), dtype=np.int32), [len(feed.stops) for feed in feeds])
    parent = np.array([stop.parent for stop in rows], np.int32)
    parent = np.where(parent < 0, -1, parent + np.array(offsets.stop, np.int32)[feed_of]).astype(np.int32)
    first_child, child = _children(parent)
    return Stops(
        id=Ids.of(namespaced(feed.source.id, stop.id) for feed in feeds for stop in feed.stops),
        name=Texts.of(stop.name for stop in rows),
        code=Texts.of(stop.code for stop in rows),
        description=Texts.of(stop.description for stop in rows),
        platform=Texts.of(stop.platform_code for stop in rows),
        fare_zone=_fare_zones(feeds),
        lat=_or_that_of_the_parent(np.array([stop.lat for stop in rows], np.float64), parent),
        lon=_or_that_of_the_parent(np.array([stop.lon for stop in rows], np.float64), parent),
        kind=np.array([stop.location_type for stop in rows], np.uint8),
        parent=parent,
        wheelchair=np.array([stop.wheelchair for stop in rows], np.int8),
        feed=feed_of,
        zone=np.array([zones.row(zone) for feed in feeds for zone in _zones_of(feed)], np.int32),
        modes=np.zeros(len(rows), np.int32),
        importance=np.zeros(len(rows), np.float32),
        first_child=first_child,
        child=child,
    )


def translations(feeds: Sequence[FeedSnapshot], offsets: Offsets, texts: Mapping[str, int]) -> tuple[Translation, ...]:
    """texts: rows of Network.texts."""
    found = []
    for number, feed in enumerate(feeds):
        first = {
            Spoken.STOP_NAME: offsets.stop[number],
            Spoken.STOP_DESCRIPTION: offsets.stop[number],
            Spoken.LINE_SHORT_NAME: offsets.route[number],
            Spoken.LINE_LONG_NAME: offsets.route[number],
            Spoken.AGENCY_NAME: offsets.agency[number],
            Spoken.BOOKING_MESSAGE: sum(len(one.bookings) for one in feeds[:number]),
            Spoken.FARE_PRODUCT: sum(len(one.fares.products) for one in feeds[:number]),
            Spoken.RIDER_CATEGORY: sum(len(one.fares.riders) for one in feeds[:number]),
            Spoken.PUBLISHER: number,
        }
        for one in feed.translations:
            row = texts.get(one.original, -1) if one.kind is Spoken.HEADSIGN else one.row + first[one.kind]
            found.append(Translation(one.kind.value, row, one.language, one.text, one.original))
    return tuple(one for one in found if one.row >= 0)


def fare_zones(feeds: Iterable[FeedSnapshot]) -> Numbered:
    """The zones of fares that stops lie in."""
    zones = Numbered()
    zones.of(stop.zone for feed in feeds for stop in feed.stops if stop.zone)
    return zones


def _fare_zones(feeds: Sequence[FeedSnapshot]) -> Int32s:
    rows = fare_zones(feeds).rows
    return np.array([rows.get(stop.zone, NO_ZONE) for feed in feeds for stop in feed.stops], np.int32)


def _zones_of(feed: FeedSnapshot) -> list[str]:
    """The clock at each stop: its station's zone before its own (GTFS reference, stop_timezone), else the agency's."""
    usual = feed.agencies[0].timezone if feed.agencies else "UTC"

    def zone(stop: Stop) -> str:
        station = feed.stops[stop.parent] if stop.parent >= 0 else stop
        return station.timezone or stop.timezone or usual

    return [zone(stop) for stop in feed.stops]


def _or_that_of_the_parent(degrees: NDArray[np.float64], parent: Int32s) -> NDArray[np.float64]:
    missing = np.isnan(degrees) & (parent >= 0)
    degrees[missing] = degrees[parent[missing]]
    return degrees


def _children(parent: Int32s) -> tuple[Int32s, Int32s]:
    has_parent = np.flatnonzero(parent >= 0)
    child = has_parent[np.argsort(parent[has_parent], kind="stable")].astype(np.int32)
    counts = np.bincount(parent[has_parent], minlength=len(parent))
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32), child
