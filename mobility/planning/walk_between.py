"""A trip in two parts, with one walk between two vehicles that is longer than those that the network holds.

Looked for only where rides with the usual walks lead nowhere. One search tells when each stop is reached by ride, one
back in time until when a ride may be caught there that is at the destination in time; what walks lead from the one to
the other stands in far_walks.py. A third search goes on from where they end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.clock import evening, night_ends_s, service_day_start
from mobility.network.network import Network
from mobility.network.timetable import NEVER, Int32s
from mobility.planning.far_walks import NOT_LEFT_S, NOT_REACHED_S, FarWalks, Sides, far_walks
from mobility.planning.long_walks import FARTHER_S, farther
from mobility.planning.trip_search import limits_of, search_date, searched_day
from mobility.ranking.bookings import in_time
from mobility.ranking.filters import moment, rank, taken
from mobility.routing.access import Doors
from mobility.routing.by_vehicle import manners
from mobility.routing.itinerary import Itinerary, stop_spot
from mobility.routing.legs import ItineraryMaker, direct_itinerary
from mobility.routing.query import Query
from mobility.routing.stop_ways import Ways
from mobility.routing.territory import Territory
from mobility.routing.time_span import TimeSpan
from mobility.search import search as kernels
from mobility.search.choice import chosen
from mobility.search.path import Ends, Path
from mobility.search.search import SearchDay, SearchLimits

Int64s = NDArray[np.int64]

NOWHERE = np.empty(0, np.int32)


class JoinedPaths(NamedTuple):
    """The rides before the walk, which are there with it, and those after it."""

    before: Path
    walk: FarWalks
    after: Path


@dataclass(frozen=True)
class TwoPartSearch:
    """What is asked on a searched day. until_s: by then one must be there, seconds of that day."""

    territory: Territory
    query: Query
    searched: SearchDay
    ends: Ends
    until_s: int

    def soonest(self, from_s: int) -> JoinedPaths | None:
        """What is there first of all that leaves then or later, leaving as late as it may; None where it is not there
        before who takes no such walk."""
        network = self.territory.network
        if network.terrain.only_transfers:
            return None
        sides = self._sides(from_s)
        walks = far_walks(self.territory, self.query, self.searched, sides)
        after = self._after(walks, sides.reached_s, from_s) if len(walks.start) else None
        return self._joined(walks, after) if after else None

    def _sides(self, from_s: int) -> Sides:
        network, limits = self.territory.network, self._limits
        usual = kernels.pareto(self.searched, self.ends, from_s, limits)
        until_s = min([self.until_s, *(path.arrival_s - 1 for path in usual)])
        start = replace(self.ends, egress_stop=NOWHERE, egress_s=NOWHERE, walk_s=int(NEVER))
        end = replace(self.ends, access_stop=NOWHERE, access_s=NOWHERE, walk_s=int(NEVER))
        reached_s = kernels.ridden(self.searched, start, from_s, limits)
        caught_s = kernels.ridden_arriving(self.searched, end, until_s, limits)
        return Sides(
            _by_stop(network, reached_s, np.minimum, NOT_REACHED_S), _by_stop(network, caught_s, np.maximum, NOT_LEFT_S)
        )

    @cached_property
    def _limits(self) -> SearchLimits:
        return limits_of(self.territory, self.query, self.searched)

    def _after(self, walks: FarWalks, reached_s: Int64s, from_s: int) -> Path | None:
        """From wherever a walk leads to."""
        at_s = reached_s[walks.start] + walks.seconds + walks.early_s
        end, row = np.unique(walks.end, return_inverse=True)
        first_s = np.full(len(end), NOT_REACHED_S)
        np.minimum.at(first_s, row, at_s)
        node, seconds = _of_nodes(self.territory.network, end, first_s - from_s)
        ends = replace(self.ends, access_stop=node, access_s=seconds, walk_s=int(NEVER))
        found = kernels.pareto(self.searched, ends, from_s, self._limits)
        return min(found, key=lambda path: (path.arrival_s, len(path.rides)), default=None)

    def _joined(self, walks: FarWalks, after: Path) -> JoinedPaths:
        """With the rides that leave last of those that are there in time, and the walk that they are told with."""
        day, network = self.searched.timetable, self.territory.network
        first = after.rides[0]
        walks = walks.taken(walks.end == network.node_stop[day.stop_of(first.trip, first.board)])
        node, seconds = _of_nodes(network, walks.start, walks.seconds + walks.early_s)
        ends = replace(self.ends, egress_stop=node, egress_s=seconds, walk_s=int(NEVER))
        leaves_s = int(day.departure[day.call_of(first.trip, first.board)])
        found = kernels.pareto_arriving(self.searched, ends, leaves_s, self._limits)
        latest = max(found, key=lambda path: (path.departure_s, -len(path.rides)))
        (before,) = chosen(self.searched, ends, [latest], self._limits)
        last = before.rides[-1]
        walks = walks.taken(walks.start == network.node_stop[day.stop_of(last.trip, last.alight)])
        return JoinedPaths(before, walks, after)


def walked_between(territory: Territory, query: Query, span: TimeSpan) -> tuple[Itinerary, ...]:
    """What leaves in these hours, or with arrive_by is there: of the first evening on which there is something."""
    from_s = service_day_start(evening(span.from_s, territory.zone), territory.zone) if query.arrive_by else span.from_s
    while from_s < span.until_s:
        ends_s = night_ends_s(from_s, territory.zone)
        until_s = min(ends_s, span.until_s - 1) if query.arrive_by else ends_s
        found = with_walk_between(territory, query, from_s, until_s)
        if there := tuple(one for one in found if span.from_s <= moment(query, one) < span.until_s):
            return there
        from_s = ends_s
    return ()


def with_walk_between(territory: Territory, query: Query, from_s: int, until_s: int) -> list[Itinerary]:
    """With longer walks at the ends, too: for each manner of getting to the first vehicle what is there first, and by
    until_s, leaving at from_s or later. Both in epoch seconds of one evening. Who can walk all the way in half an hour
    is told of what is there sooner alone."""
    walking = replace(farther(query.walking), direct_s=FARTHER_S)
    asked = replace(query, walking=walking, direct_modes=("WALK",))
    every = [both for both in manners(territory, asked) if both.lead_anywhere]
    walked = [direct_itinerary(asked, "WALK", way) for both in every[:1] for way in both.direct.values()]
    found = [_soonest_by_manner(territory, asked, both, (from_s, until_s)) for both in every]
    return taken(rank([one for one in found if one], asked, walked).kept)


def _soonest_by_manner(territory: Territory, query: Query, both: Doors, span: tuple[int, int]) -> Itinerary | None:
    """What can no longer be booked leaves what needs no booking."""
    from_s, until_s = span
    for asked in (query, replace(query, unbooked=True)):
        searched = searched_day(territory, asked, search_date(territory, from_s, arrive_by=False))
        anchor_s = searched.timetable.anchor_s
        parts = TwoPartSearch(territory, asked, searched, both.ends(), until_s - anchor_s)
        found = parts.soonest(from_s - anchor_s)
        if found is None:
            return None
        if kept := in_time([_told(parts, found, both)], query.now_s).kept:
            return kept[0]
    return None


def _told(one: TwoPartSearch, found: JoinedPaths, doors: Doors) -> Itinerary:
    """doors: those of the ends."""
    network, walk = one.territory.network, found.walk
    start, end = (stop_spot(network, int(stop[0])) for stop in (walk.start, walk.end))
    nodes = np.array(network.nodes(start.stop), np.int32)
    row = np.zeros(len(nodes), np.int64)
    across = Ways(nodes, walk.seconds[row], walk.metres[row], walk.estimated[row])
    here = np.array(network.nodes(end.stop), np.int32)
    none = np.zeros(len(here), np.int32)
    parts = (
        (found.before, replace(one.query, destination=end), replace(doors, egress=across)),
        (found.after, replace(one.query, origin=end), replace(doors, access=Ways(here, none, none, none.astype(bool)))),
    )
    before, after = (_part(one, *part) for part in parts)
    return Itinerary((*before.legs, *after.legs), before.departure_s, after.arrival_s)


def _part(one: TwoPartSearch, path: Path, query: Query, doors: Doors) -> Itinerary:
    ahead = one.searched.ahead
    (part,) = ItineraryMaker(one.territory, query, ahead.timetable, ahead.footpaths, doors).as_found([path])
    return part


def _by_stop(network: Network, of_node: Int32s, best: np.ufunc, never_s: int) -> Int64s:
    """The best of its nodes."""
    time_s = np.full(len(network.stops), never_s)
    reached = np.flatnonzero(np.abs(of_node.astype(np.int64)) != NEVER)
    best.at(time_s, network.node_stop[reached], of_node[reached])
    return time_s


def _of_nodes(network: Network, stops: Int32s, seconds: Int64s) -> tuple[Int32s, Int32s]:
    """What leads to a stop, or from it, does to all its nodes."""
    nodes = [network.nodes(stop) for stop in stops.tolist()]
    row = np.repeat(np.arange(len(nodes)), [len(some) for some in nodes])
    return np.array([node for some in nodes for node in some], np.int32), seconds[row].astype(np.int32)
