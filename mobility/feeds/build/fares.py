"""The fare tables of each feed as rows of the network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from gtfs.fares.records import Fares, Timeframe
from gtfs.snapshot import FeedSnapshot, Services
from mobility.feeds.build.tables import Offsets, fare_zones
from mobility.network.fares import (
    ANY,
    Fare,
    FareJoinRule,
    FareLegRule,
    FareMedium,
    FareProduct,
    FareRider,
    FareRow,
    FareTimeframe,
    FareTransferRule,
    FeedFares,
    Pair,
)

UNKNOWN_ZONE = -3
"""In which no stop lies."""


def fares(feeds: Sequence[FeedSnapshot], offsets: Offsets) -> tuple[FeedFares, ...]:
    """One for each feed."""
    starts = zip(offsets.route, offsets.agency, offsets.stop, strict=True)
    zones = fare_zones(feeds).rows
    return tuple(_fares(feed, start, zones) for feed, start in zip(feeds, starts, strict=True))


def _fares(feed: FeedSnapshot, start: tuple[int, int, int], zones: Mapping[str, int]) -> FeedFares:
    """start: at which rows the lines, agencies and stops of the feed begin."""
    read, (line, agency, stop) = feed.fares, start
    return FeedFares(
        version=read.version,
        understood=not read.doubts,
        fares=_version_1(read, (line, agency), zones),
        products=tuple(FareProduct(**asdict(one)) for one in read.products),
        riders=tuple(FareRider(**asdict(one)) for one in read.riders),
        media=tuple(FareMedium(**asdict(one)) for one in read.media),
        leg_rules=tuple(FareLegRule(**asdict(one)) for one in read.leg_rules),
        with_priority=read.with_priority,
        join_rules=tuple(
            FareJoinRule(one.from_network, one.to_network, _moved(one.from_stop, stop), _moved(one.to_stop, stop))
            for one in read.join_rules
        ),
        transfer_rules=tuple(FareTransferRule(**asdict(one)) for one in read.transfer_rules),
        timeframes=tuple(_timeframe(one, feed.services) for one in read.timeframes),
        stop_areas=tuple(Pair(row + stop, area) for row, area in read.stop_areas),
        line_networks=tuple(Pair(row + line, network) for row, network in read.route_networks),
    )


def _version_1(read: Fares, start: tuple[int, int], zones: Mapping[str, int]) -> tuple[Fare, ...]:
    line, agency = start
    rows: defaultdict[int, list[FareRow]] = defaultdict(list)
    for rule in read.rules:
        named = (rule.origin, rule.destination, rule.contains)
        where = [zones.get(zone, UNKNOWN_ZONE) if zone else ANY for zone in named]
        rows[rule.fare].append(FareRow(_moved(rule.route, line), *where))
    return tuple(
        Fare(**{**asdict(one), "agency": _moved(one.agency, agency)}, rows=tuple(rows[row]))
        for row, one in enumerate(read.fares)
    )


def _timeframe(read: Timeframe, services: Services) -> FareTimeframe:
    days = "".join("01"[int(runs)] for runs in services.active[read.service])
    return FareTimeframe(read.group, read.start_s, read.end_s, services.first_day, days)


def _moved(row: int, start: int) -> int:
    return row + start if row >= 0 else row
