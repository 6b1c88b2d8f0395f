"""The trips of all feeds as one set of columns, and the runs they stand for.

A published trip is a template: it runs once, or as often as frequencies.txt says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gtfs.snapshot import FeedSnapshot, StopTimes
from mobility.feeds.build.on_demand import notice
from mobility.feeds.build.tables import Numbered, Offsets, shifted
from mobility.ids import namespaced
from mobility.network.booking import BookingTerms

Int32s = NDArray[np.int32]
Int8s = NDArray[np.int8]
Int64s = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Templates:
    """Published trips, in the order of the feeds; texts as rows of Network.texts. length: calls of each. block: of the
    vehicle that makes them, -1 none."""

    ids: list[str]
    line: Int32s
    service: Int32s
    headsign: Int32s
    short_name: Int32s
    direction: Int8s
    wheelchair: Int8s
    bikes: Int8s
    shape: Int32s
    first_call: Int64s
    length: Int32s
    block: Int32s


@dataclass(frozen=True, slots=True, eq=False)
class PublishedCalls:
    """The calls of the templates. node: the stop as a place of the search. headsign, pickup_booking, drop_off_booking:
    empty where no call has one. sequence: stop_sequence as published, empty where it only counts."""

    stop: Int32s
    node: Int32s
    arrival: Int32s
    departure: Int32s
    pickup: Int8s
    drop_off: Int8s
    exact: NDArray[np.uint8]
    headsign: Int32s
    pickup_booking: Int32s
    drop_off_booking: Int32s
    sequence: Int32s


@dataclass(frozen=True, slots=True, eq=False)
class RunTable:
    """Which template runs, how many seconds later than published, with which headway (0: the times are a timetable).

    stays_as: the run as which this one goes on, or -1.
    """

    template: Int32s
    service: Int32s
    shift_s: Int32s
    headway_s: Int32s
    stays_as: Int32s


def templates(feeds: Sequence[FeedSnapshot], offsets: Offsets, service: Int32s, texts: Numbered) -> Templates:
    first_call, n_calls = [], 0
    for feed in feeds:
        first_call.append(feed.stop_times.first_call[:-1] + n_calls)
        n_calls += len(feed.stop_times.stop)
    return Templates(
        ids=[namespaced(feed.source.id, trip) for feed in feeds for trip in feed.trips.ids.tolist()],
        line=_joined([shifted(f.trips.route, o) for f, o in zip(feeds, offsets.route, strict=True)], np.int32),
        service=service,
        headsign=_joined([texts.of(feed.trips.headsign.tolist()) for feed in feeds], np.int32),
        short_name=_joined([texts.of(feed.trips.short_name.tolist()) for feed in feeds], np.int32),
        direction=_joined([feed.trips.direction for feed in feeds], np.int8),
        wheelchair=_joined([feed.trips.wheelchair for feed in feeds], np.int8),
        bikes=_joined([feed.trips.bikes for feed in feeds], np.int8),
        shape=_joined([shifted(f.trips.shape, o) for f, o in zip(feeds, offsets.shape, strict=True)], np.int32),
        first_call=_joined(first_call, np.int64),
        length=_joined([np.diff(feed.stop_times.first_call) for feed in feeds], np.int32),
        block=_joined(_blocks(feeds), np.int32),
    )


def _blocks(feeds: Sequence[FeedSnapshot]) -> list[Int32s]:
    """Of each feed, by numbers that no other has."""
    found, n_blocks = [], 0
    for feed in feeds:
        block = feed.trips.block if len(feed.trips.block) else np.full(len(feed.trips.ids), -1, np.int32)
        found.append(np.where(block >= 0, block + n_blocks, -1).astype(np.int32))
        n_blocks += int(block.max(initial=-1)) + 1
    return found


def published_calls(feeds: Sequence[FeedSnapshot], offsets: Offsets, texts: Numbered) -> PublishedCalls:
    times = [feed.stop_times for feed in feeds]
    stop = _joined([shifted(t.stop, offset) for t, offset in zip(times, offsets.stop, strict=True)], np.int32)
    return PublishedCalls(
        stop=stop,
        node=stop,
        arrival=_joined([t.arrival_s for t in times], np.int32),
        departure=_joined([t.departure_s for t in times], np.int32),
        pickup=_joined([t.pickup for t in times], np.int8),
        drop_off=_joined([t.drop_off for t in times], np.int8),
        exact=_joined([t.exact for t in times], np.uint8),
        headsign=_headsigns(feeds, texts),
        pickup_booking=_booked(feeds, [t.pickup_booking for t in times]),
        drop_off_booking=_booked(feeds, [t.drop_off_booking for t in times]),
        sequence=_sequence(times),
    )


def _sequence(feeds: Sequence[StopTimes]) -> Int32s:
    if not any(len(times.sequence) for times in feeds):
        return np.empty(0, np.int32)
    return _joined([times.sequence if len(times.sequence) else _counted(times.first_call) for times in feeds], np.int32)


def _counted(first_call: Int64s) -> Int32s:
    """The place of each call in its trip, from 1."""
    return (np.arange(first_call[-1]) - np.repeat(first_call[:-1], np.diff(first_call)) + 1).astype(np.int32)


def bookings(feeds: Sequence[FeedSnapshot]) -> tuple[BookingTerms, ...]:
    return tuple(
        BookingTerms(rule.message, rule.phone, rule.url, notice(rule)) for feed in feeds for rule in feed.bookings
    )


def _booked(feeds: Sequence[FeedSnapshot], rules: Sequence[Int32s]) -> Int32s:
    """Rows of `bookings` for the calls of all feeds; rules: for those of each feed."""
    if not any(map(len, rules)):
        return np.empty(0, np.int32)
    parts, offset = [], 0
    for feed, rows in zip(feeds, rules, strict=True):
        parts.append(shifted(rows, offset) if len(rows) else np.full(len(feed.stop_times.stop), -1, np.int32))
        offset += len(feed.bookings)
    return _joined(parts, np.int32)


def _headsigns(feeds: Sequence[FeedSnapshot], texts: Numbered) -> Int32s:
    if not any(len(feed.stop_times.headsign) for feed in feeds):
        return np.empty(0, np.int32)
    none = texts.row("")
    per_feed = [
        texts.of(feed.stop_times.headsign.tolist())
        if len(feed.stop_times.headsign)
        else np.full(len(feed.stop_times.stop), none, np.int32)
        for feed in feeds
    ]
    return _joined(per_feed, np.int32)


def _joined(parts: Sequence[NDArray[np.generic]], dtype: type) -> NDArray:  # type: ignore[type-arg]
    if len(parts) == 1:
        return parts[0].astype(dtype, copy=False)
    return np.concatenate([np.empty(0, dtype), *parts]).astype(dtype, copy=False)


def runs(feeds: Sequence[FeedSnapshot], offsets: Offsets, trips: Templates, departure: Int32s) -> RunTable:
    """One row a run. A trip with fewer than two calls takes nobody anywhere: it has no run."""
    repeated = [
        (frequency.trip + offset, start_s, 0 if frequency.exact else frequency.headway_s)
        for feed, offset in zip(feeds, offsets.trip, strict=True)
        for frequency in feed.frequencies
        if frequency.headway_s > 0
        for start_s in range(frequency.start_s, frequency.end_s, frequency.headway_s)
    ]
    template, start_s, headway_s = np.array(repeated, np.int32).reshape(-1, 3).T
    once = np.ones(len(trips.ids), bool)
    once[[f.trip + offset for feed, offset in zip(feeds, offsets.trip, strict=True) for f in feed.frequencies]] = False
    single = np.flatnonzero(once).astype(np.int32)
    published_s = departure[np.minimum(trips.first_call[template], len(departure) - 1)] if len(template) else template
    zeros = np.zeros(len(single), np.int32)
    every = np.concatenate([single, template])
    all_runs = RunTable(
        template=every,
        service=trips.service[every],
        shift_s=np.concatenate([zeros, start_s - published_s]),
        headway_s=np.concatenate([zeros, headway_s]),
        stays_as=np.full(len(every), -1, np.int32),
    )
    return chosen(all_runs, np.flatnonzero(trips.length[every] >= 2))


def chosen(runs: RunTable, rows: Int64s) -> RunTable:
    """These runs, in this order. `stays_as` follows them."""
    new_row = np.full(len(runs.template) + 1, -1, np.int32)
    new_row[rows] = np.arange(len(rows), dtype=np.int32)
    return replace(
        runs,
        template=runs.template[rows],
        service=runs.service[rows],
        shift_s=runs.shift_s[rows],
        headway_s=runs.headway_s[rows],
        stays_as=new_row[runs.stays_as[rows]],
    )
