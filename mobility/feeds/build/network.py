"""From feeds to the network: the only place where rows of feeds become lines, patterns and trips."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from gtfs.snapshot import FeedSnapshot
from mobility.feeds.build import patterns, tables, trips
from mobility.feeds.build.fares import fares
from mobility.feeds.build.feed_shops import shops
from mobility.feeds.build.on_demand import zones_on_demand
from mobility.feeds.build.services import calendar
from mobility.feeds.build.splits import Nodes, nodes, walks_of_nodes
from mobility.feeds.build.stays import with_stays
from mobility.feeds.build.straits import straits
from mobility.feeds.build.transfers import (
    TransferRules,
    WalkMap,
    are_specific,
    between_stops,
    published_walks,
    ruled_walks,
    rules_of,
)
from mobility.network.columns import Texts
from mobility.network.footpaths import (
    NO_WALKS,
    Walks,
    guessed_between,
    in_order,
    walks_on_the_ground,
    with_least_times,
)
from mobility.network.graph import completed, with_place_ways
from mobility.network.network import Calls, Lines, Network, Patterns, Services, Shapes, Stops, Trips
from mobility.network.place import TerritoryPlace
from mobility.network.stop_groups import number_of_groups
from mobility.network.storage import with_version
from mobility.network.structure import Structure
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.network.timetable import NO_FOOTPATHS, Footpaths
from mobility.streets.graph import Mode, Streets
from mobility.streets.router import router_of
from mobility.streets.transfers import StreetWalks

Int32s = NDArray[np.int32]
WalksBetween = Callable[[Int32s, Int32s], tuple[Walks, NDArray[np.bool_]]]


@dataclass(frozen=True, slots=True)
class BuildPlace:
    """What a network is built on beside its feeds. zone: the territory's, in which its days begin. streets: walks, also
    those to places, follow them where they are known."""

    terrain: Terrain = OPEN_GROUND
    zone: str = "UTC"
    places: tuple[TerritoryPlace, ...] = ()
    streets: Streets | None = None


def build(
    feeds: Sequence[FeedSnapshot],
    terrain: Terrain = OPEN_GROUND,
    zone: str = "UTC",
    places: tuple[TerritoryPlace, ...] = (),
    streets: Streets | None = None,
) -> Network:
    """The network that all feeds make together, there."""
    network = _joined(feeds, BuildPlace(terrain, zone, places, streets))
    return with_version(with_place_ways(network, router_of(streets, network)) if network.places else network)


def build_looked_at(feeds: Sequence[FeedSnapshot], where: BuildPlace) -> tuple[Network, Structure]:
    """The same network, and what its multimodal graph shows, which is made for that where the network is not too large.

    What takes networkx is imported here: workers import this module, and never that."""
    from mobility.network.connections import MOST_STOPS, structure_of

    network = _joined(feeds, where)
    streets, n_groups = router_of(where.streets, network), number_of_groups(network)
    if n_groups > MOST_STOPS:
        return with_version(with_place_ways(network, streets)), Structure(stops=n_groups, is_known=False)
    network, graph = completed(network, streets)
    return with_version(network), structure_of(graph)


def _joined(feeds: Sequence[FeedSnapshot], where: BuildPlace) -> Network:
    """Without ways to places, and without a version. An agency whose zone could not be read has the territory's."""
    zone, streets = where.zone, where.streets
    feeds = [in_zone(feed, zone) for feed in feeds]
    terrain = replace(where.terrain, on_streets=streets is not None and not where.terrain.only_transfers)
    offsets = tables.Offsets.of(feeds)
    zones = tables.Numbered()
    zones.of([zone, *(agency.timezone for feed in feeds for agency in feed.agencies)])
    stops, lines = tables.stops(feeds, offsets, zones), tables.lines(feeds, offsets)
    rules = rules_of(feeds, offsets)
    between = between_stops(rules, stops)
    timetable = _timetable(feeds, offsets, zones, (rules, between, len(stops)))
    stops = _with_what_calls(stops, lines, timetable.patterns, timetable.trips)
    terrain = replace(terrain, straits=straits(stops, lines, timetable.patterns, terrain))
    return Network(
        version="",
        zones=tuple(zones.rows),
        feeds=tuple(tables.feed_version(feed) for feed in feeds),
        agencies=tables.agencies(feeds),
        fares=fares(feeds, offsets),
        stops=stops,
        lines=lines,
        patterns=timetable.patterns,
        trips=timetable.trips,
        calls=timetable.calls,
        services=timetable.services,
        shapes=_shapes(feeds),
        texts=timetable.texts,
        node_stop=timetable.nodes.node_stop,
        first_node=timetable.nodes.first_node,
        footpaths=_footpaths(_ground(stops, terrain, streets), timetable.nodes, between),
        step_free_footpaths=_footpaths(_ground(stops, terrain, streets, Mode.STEP_FREE), timetable.nodes, between)
        if terrain.on_streets
        else NO_FOOTPATHS,
        terrain=terrain,
        places=(*where.places, *zones_on_demand(feeds)),
        bookings=trips.bookings(feeds),
        ruled_walks=published_walks(stops, terrain, between.taken(~are_specific(between))),
        translations=tables.translations(feeds, offsets, timetable.text_rows),
        shops=shops(feeds, offsets),
    )


def in_zone(feed: FeedSnapshot, zone: str) -> FeedSnapshot:
    agencies = tuple(replace(agency, timezone=agency.timezone or zone) for agency in feed.agencies)
    return feed if agencies == feed.agencies else replace(feed, agencies=agencies)


@dataclass(frozen=True, slots=True, eq=False)
class _Timetable:
    patterns: Patterns
    trips: Trips
    calls: Calls
    services: Services
    texts: Texts
    text_rows: Mapping[str, int]
    nodes: Nodes


def _timetable(
    feeds: Sequence[FeedSnapshot],
    offsets: tables.Offsets,
    zones: tables.Numbered,
    ruled: tuple[TransferRules, TransferRules, int],
) -> _Timetable:
    """ruled: all rules of transfers.txt, those between stops, and how many stops there are."""
    texts = tables.Numbered()
    days, service_of_trip = calendar(feeds, zones)
    templates = trips.templates(feeds, offsets, service_of_trip, texts)
    calls = trips.published_calls(feeds, offsets, texts)
    rules, between, n_stops = ruled
    split = nodes(between.taken(are_specific(between)), templates, calls, n_stops)
    calls = replace(calls, node=split.of_call)
    grouped = patterns.grouped(templates, calls)
    runs = with_stays(trips.runs(feeds, offsets, templates, calls.departure), rules, days, templates, calls)
    runs = trips.chosen(runs, patterns.in_order(templates, calls, runs, grouped.of_template))
    return _Timetable(
        patterns=grouped.patterns,
        trips=patterns.trip_table(templates, runs, grouped.of_template),
        calls=patterns.timetabled_calls(templates, calls, runs),
        services=days.services(),
        texts=Texts.of(texts.rows),
        text_rows=texts.rows,
        nodes=split,
    )


def _footpaths(ground: WalkMap, nodes: Nodes, rules: TransferRules) -> Footpaths:
    specific = are_specific(rules)
    unspecific = ruled_walks(ground, rules.taken(~specific))
    walks, change_s = walks_of_nodes(ground, nodes, rules.taken(specific), unspecific)
    return in_order(len(nodes.node_stop), walks, change_s)


def _ground(stops: Stops, terrain: Terrain, streets: Streets | None, mode: Mode = Mode.WALK) -> WalkMap:
    near, between = _walks(stops, terrain, streets, mode)

    def long_enough(start: Int32s, end: Int32s) -> tuple[Walks, NDArray[np.bool_]]:
        walks, exists = between(start, end)
        return with_least_times(stops, terrain, walks), exists

    return WalkMap(stops, terrain, with_least_times(stops, terrain, near), long_enough)


def _walks(stops: Stops, terrain: Terrain, streets: Streets | None, mode: Mode) -> tuple[Walks, WalksBetween]:
    """Those between stops that are near, and those between any two."""
    guessed = partial(guessed_between, stops, terrain)
    if terrain.only_transfers:
        return NO_WALKS, guessed
    if streets is None:
        return walks_on_the_ground(stops, terrain), guessed
    walks = StreetWalks(streets, stops, terrain, mode)
    return walks.near(), walks.between


def _with_what_calls(stops: Stops, lines: Lines, patterns: Patterns, trips: Trips) -> Stops:
    """The stops with the modes and the share of calls that their patterns give them."""
    length = np.diff(patterns.first_position)
    runs_of_pattern = np.bincount(trips.pattern, minlength=len(length))
    used = np.repeat(runs_of_pattern > 0, length)
    mode = np.left_shift(1, lines.mode[np.repeat(patterns.line, length)].astype(np.int32))
    modes = np.zeros(len(stops), np.int32)
    np.bitwise_or.at(modes, patterns.stop[used], mode[used].astype(np.int32))
    calls = np.bincount(patterns.stop, weights=np.repeat(runs_of_pattern, length), minlength=len(stops))
    child = np.flatnonzero(stops.parent >= 0)
    np.bitwise_or.at(modes, stops.parent[child], modes[child])
    calls += np.bincount(stops.parent[child], weights=calls[child], minlength=len(stops))
    scale = np.log1p(calls.max(initial=0)) or 1.0
    return replace(stops, modes=modes, importance=(np.log1p(calls) / scale).astype(np.float32))


def _shapes(feeds: Sequence[FeedSnapshot]) -> Shapes:
    first_point, n_points = [np.zeros(1, np.int64)], 0
    for feed in feeds:
        first_point.append(feed.shapes.first_point[1:] + n_points)
        n_points += len(feed.shapes.lat)
    return Shapes(
        np.concatenate(first_point),
        np.concatenate([np.empty(0, np.float32), *(feed.shapes.lat.astype(np.float32) for feed in feeds)]),
        np.concatenate([np.empty(0, np.float32), *(feed.shapes.lon.astype(np.float32) for feed in feeds)]),
    )
