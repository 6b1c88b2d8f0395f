"""transfers.txt of all feeds: which rule holds between two stops, whatever the lines and trips.

Rules of a station hold for all its stops; a rule that names the stop itself outranks them. Of rules of equal rank
the first in the file holds. Source: GTFS reference, transfers.txt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gtfs.snapshot import FeedSnapshot
from mobility.feeds.build.tables import Offsets, shifted
from mobility.network.csr import ranges
from mobility.network.footpaths import FORBIDDEN_S, Walks, joined, least_change_s, walks_between
from mobility.network.modes import MODES
from mobility.network.network import Stops
from mobility.network.ruled_walks import RuledWalks
from mobility.network.terrain import Terrain

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]

RECOMMENDED, TIMED, MINIMUM, FORBIDDEN, STAYS = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True, eq=False)
class TransferRules:
    """Columns, one row a rule; rows of the joined tables, -1 where it names none. named: its stops (0, 1, 2) that
    it names itself, not by their station."""

    start: Int32s
    end: Int32s
    from_route: Int32s
    to_route: Int32s
    from_trip: Int32s
    to_trip: Int32s
    type: Int32s
    time_s: Int32s
    named: Int32s

    def taken(self, rows: NDArray[np.generic]) -> TransferRules:
        return TransferRules(*(getattr(self, name)[rows] for name in self.__slots__))


def rules_of(feeds: Sequence[FeedSnapshot], offsets: Offsets) -> TransferRules:
    columns = [
        (
            shifted(feed.transfers.from_stop, stop),
            shifted(feed.transfers.to_stop, stop),
            shifted(feed.transfers.from_route, route),
            shifted(feed.transfers.to_route, route),
            shifted(feed.transfers.from_trip, trip),
            shifted(feed.transfers.to_trip, trip),
            feed.transfers.type.astype(np.int32),
            feed.transfers.min_time_s,
            np.full(len(feed.transfers.type), 2, np.int32),
        )
        for feed, stop, route, trip in zip(feeds, offsets.stop, offsets.route, offsets.trip, strict=True)
    ]
    none = (np.empty(0, np.int32),) * len(TransferRules.__slots__)
    return TransferRules(*(np.concatenate(parts) for parts in zip(none, *columns, strict=True)))


def between_stops(rules: TransferRules, stops: Stops) -> TransferRules:
    """Types 0 to 3 that name two stops, each rule of a station as rules of its stops."""
    kept = rules.taken((rules.type <= FORBIDDEN) & (rules.start >= 0) & (rules.end >= 0))
    return _platforms(_platforms(kept, stops, "start"), stops, "end")


def are_specific(rules: TransferRules) -> Bools:
    """Whether a rule names a line or a trip."""
    return (rules.from_route >= 0) | (rules.to_route >= 0) | (rules.from_trip >= 0) | (rules.to_trip >= 0)


def _usual_changes(stops: Stops, terrain: Terrain) -> Int32s:
    """Where a boat calls, what leaves in the minute of its arrival waits for it: islands are served that way."""
    meets_boats, every = (stops.modes & (1 << MODES.index("FERRY"))) != 0, np.arange(len(stops), dtype=np.int32)
    usual_s = np.where(meets_boats, 0, terrain.change_s).astype(np.int32)
    return np.maximum(usual_s, least_change_s(stops, terrain, every, every))


@dataclass(frozen=True, slots=True, eq=False)
class WalkMap:
    """What the map knows: walks between stops that are near; the walk between any two, and whether there is one."""

    stops: Stops
    terrain: Terrain
    walks: Walks
    between: Callable[[Int32s, Int32s], tuple[Walks, Bools]]


def ruled_walks(ground: WalkMap, rules: TransferRules) -> tuple[Walks, Int32s]:
    """The walks between stops, and the change time at each, once every unspecific rule is heard."""
    stops, terrain, near = ground.stops, ground.terrain, ground.walks
    n_stops = len(stops)
    rules = _highest(rules, n_stops)
    here = rules.start == rules.end
    change_s = _usual_changes(stops, terrain)
    times = times_of(rules, stops, terrain)
    says = here & (times >= 0)
    change_s[rules.start[says]] = times[says]
    between, times = rules.taken(~here), times[~here]
    known, said = (_keys(some.start, some.end, n_stops) for some in (near, between))
    silent = np.isin(known, said, assume_unique=True, invert=True)
    walks, exists = walks_of(ground, between, times)
    return joined(near.taken(silent), walks.taken(exists)), change_s


def published_walks(stops: Stops, terrain: Terrain, rules: TransferRules) -> RuledWalks:
    """Between two stops, whatever the lines: of the time that a rule sets, or none at all."""
    rules = _highest(rules, len(stops))
    times = times_of(rules, stops, terrain)
    said = np.flatnonzero((rules.start != rules.end) & (times >= 0))
    rules, times = rules.taken(said), times[said]
    walks = walks_between(stops, terrain, rules.start, rules.end)
    order = np.argsort(walks.start, kind="stable")
    duration_s = np.where(times == FORBIDDEN_S, -1, times).astype(np.int32)
    return RuledWalks(*(column[order] for column in (walks.start, walks.end, duration_s, walks.distance_m)))


def times_of(rules: TransferRules, stops: Stops, terrain: Terrain) -> Int32s:
    """Seconds that a rule sets, FORBIDDEN_S, or -1 where the walk itself tells.

    A vehicle that waits (type 1) is caught at once at the same stop or station, elsewhere after the walk.
    """
    station = stops.parent[rules.start]
    same = (rules.start == rules.end) | ((station >= 0) & (station == stops.parent[rules.end]))
    times = np.where(np.isin(rules.type, (TIMED, MINIMUM)), rules.time_s, -1)
    times[(rules.type == TIMED) & (rules.time_s < 0) & same] = 0
    times[rules.type == FORBIDDEN] = FORBIDDEN_S
    return times.astype(np.int32)


def walks_of(ground: WalkMap, rules: TransferRules, times: Int32s) -> tuple[Walks, Bools]:
    """The walk of each rule, and whether there is one: of the time that the rule sets, else as long as the way is."""
    walks = walks_between(ground.stops, ground.terrain, rules.start, rules.end)
    duration_s, distance_m, exists = np.where(times >= 0, times, walks.duration_s), walks.distance_m, times >= 0
    untimed = np.flatnonzero(~exists)
    own, is_there = ground.between(rules.start[untimed], rules.end[untimed])
    duration_s[untimed], distance_m[untimed], exists[untimed] = own.duration_s, own.distance_m, is_there
    return Walks(walks.start, walks.end, duration_s.astype(np.int32), distance_m), exists & (times != FORBIDDEN_S)


def _highest(rules: TransferRules, n_stops: int) -> TransferRules:
    """For each pair of stops the rule that names most of them itself, the first in the file."""
    keys = _keys(rules.start, rules.end, n_stops)
    order = np.lexsort((-rules.named, keys))
    _, first = np.unique(keys[order], return_index=True)
    return rules.taken(order[first])


def _platforms(rules: TransferRules, stops: Stops, side: str) -> TransferRules:
    """Rows whose stop at `side` is a station, once for each stop of the station."""
    stop: Int32s = getattr(rules, side)
    at_station = stops.kind[stop] == 1
    if not at_station.any():
        return rules.taken(stops.kind[stop] == 0)
    size = np.where(at_station, np.diff(stops.first_child)[stop], 1)
    row = np.repeat(np.arange(len(stop)), size)
    within = ranges(np.zeros_like(size), size)
    platform = stop[row]
    child = at_station[row]
    platform[child] = stops.child[stops.first_child[stop[row[child]]] + within[child]]
    columns = {name: getattr(rules, name)[row] for name in rules.__slots__}
    columns |= {side: platform, "named": columns["named"] - child.astype(np.int32)}
    spread = TransferRules(**columns)
    return spread.taken(stops.kind[platform] == 0)


def _keys(start: Int32s, end: Int32s, n_stops: int) -> Int64s:
    return start.astype(np.int64) * n_stops + end
