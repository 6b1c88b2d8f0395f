"""What is told of a way on from a stop: its first ride as far as the vehicle goes, and its walks that are longer than
the query allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mobility.clock import days_after, service_day_start
from mobility.network.network import Network
from mobility.network.timetable import NEVER, Int32s
from mobility.planning.long_walks import NO_LONG_WALKS, LongWalk, LongWalks, WalkBetween, beyond, farther, walk_between
from mobility.planning.walk_between import JoinedPaths
from mobility.routing.access import on_foot, ways
from mobility.routing.headways import headway_s
from mobility.routing.itinerary import RideLeg, ride_leg, stop_spot
from mobility.routing.query import Query
from mobility.routing.reservation import Reservation
from mobility.routing.ride_rows import ride_rows
from mobility.routing.stop_ways import Ways
from mobility.routing.territory import Territory
from mobility.search.path import Ends, Path, Ride
from mobility.search.search import SearchDay


@dataclass(frozen=True, eq=False)
class Egress:
    """From nodes of the search to the destination."""

    node: Int32s
    seconds: Int32s

    @cached_property
    def by_node(self) -> dict[int, int]:
        return dict(zip(self.node.tolist(), self.seconds.tolist(), strict=True))

    def least_s(self, nodes: Sequence[int]) -> int:
        """From a stop, by its nodes; NEVER where none of them is near."""
        return min((self.by_node[node] for node in nodes if node in self.by_node), default=int(NEVER))


@dataclass(frozen=True, slots=True)
class NextWay:
    """first: ride, None where one walks. booking: of its rides the one that is to be booked first. walks: those that
    are longer than the query allows. arrives_about: its last ride is at a headway."""

    first: RideLeg | None
    arrival_s: int
    booking: Reservation | None = None
    walks: LongWalks = field(default=NO_LONG_WALKS)
    arrives_about: bool = False


class LongerEnds(NamedTuple):
    """On foot to any stop within half an hour; from one to the destination."""

    access: Ways
    egress: Egress

    def from_stop(self, nodes: Sequence[int]) -> Ends:
        """nodes: those of the stop where one stands."""
        walk_s = self.egress.least_s(nodes)
        return Ends(self.access.node, self.access.seconds, self.egress.node, self.egress.seconds, walk_s)


def longer_ends(territory: Territory, query: Query, stop: int, egress: Egress, to_the_door: bool) -> LongerEnds:
    """Where the trip ends on foot, as far from the last stop, or all the way."""
    longer, pace = farther(query.walking), (query.walking.speed_mps, on_foot(query))
    access = ways(territory, stop_spot(territory.network, stop), longer.access_s, *pace)
    if to_the_door:
        near = ways(territory, query.destination, longer.egress_s, *pace, inward=True)
        egress = Egress(near.node, near.seconds)
    return LongerEnds(access, egress)


def way_of(
    territory: Territory, query: Query, searched: SearchDay, ends: LongerEnds, found: Path | JoinedPaths
) -> NextWay:
    """With its walks that are longer than the query allows."""
    before, after = (found.before, found.after) if isinstance(found, JoinedPaths) else (found, found)
    there_s, usual = searched.timetable.anchor_s + after.arrival_s, query.walking
    if not before.rides:
        return NextWay(None, there_s)
    first, last = (leg_of(territory, searched, path.rides[at]) for path, at in ((before, 0), (after, -1)))
    walks = LongWalks(
        _long_walk(first, first.board, ends.access, usual.access_s),
        _long_walk(last, last.alight, ends.egress, usual.egress_s),
        _on_the_way(territory, query, searched, found) if isinstance(found, JoinedPaths) else None,
    )
    return NextWay(to_the_end(first), there_s, None, walks, headway_s(last) > 0)


def _on_the_way(territory: Territory, query: Query, searched: SearchDay, found: JoinedPaths) -> WalkBetween:
    walk, names = found.walk, territory.network.stops.name
    onward = leg_of(territory, searched, found.after.rides[0])
    return walk_between((names[walk.start[0]], names[walk.end[0]]), int(walk.seconds[0]), onward, query.walking)


def leg_of(territory: Territory, searched: SearchDay, ride: Ride) -> RideLeg:
    """On the trip that one gets into, as far as one rides, or the vehicle goes as that trip."""
    network = territory.network
    (row,) = ride_rows(searched.timetable, network, [ride])
    day = days_after(searched.timetable.day, row.day)
    start = day, service_day_start(day, territory.zone_of_service(row.service))
    trip, board, alight, length = row.trip, ride.board, ride.alight, row.n_calls
    while board >= length:  # the vehicle has gone on as another trip before one gets in
        trip, board, alight = int(network.trips.stays_as[trip]), board - length, alight - length
        length = _length(network, trip)
    return ride_leg(network, trip, start, (board, min(alight, length - 1)))


def to_the_end(ride: RideLeg) -> RideLeg:
    start = ride.service_day, ride.day_start_s
    return ride_leg(ride.network, ride.trip, start, (ride.board, _length(ride.network, ride.trip) - 1))


def _long_walk(ride: RideLeg, position: int, ways: Ways | Egress, limit_s: int) -> LongWalk | None:
    """To a ride, or from it, where it is longer than the limit."""
    network, stop = ride.network, ride.stop_at(position)
    near = np.isin(ways.node, network.nodes(stop))
    lasts_s = int(ways.seconds[near].min()) if near.any() else 0
    return beyond(network.stops.name[stop], lasts_s, limit_s)


def _length(network: Network, trip: int) -> int:
    first, pattern = network.patterns.first_position, int(network.trips.pattern[trip])
    return int(first[pattern + 1] - first[pattern])
