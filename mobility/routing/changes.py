"""Each change at the best stop: where one gets in and out of vehicles that are given.

A search proves when one leaves and arrives and keeps the first pair of stops at which two vehicles can be changed
between. Here, once the vehicles are chosen, each change and the first and last stop are put where they cost this
traveller least; the rule stands in docs/ranking.md, section 5. Nothing else of the path changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import frozen
from mobility.network.modes import BOAT_MODE
from mobility.network.network import Network
from mobility.network.timetable import DayTimetable, Footpaths, Int32s
from mobility.routing.access import Doors
from mobility.routing.change_columns import (
    ChangeColumns,
    ChangeWalks,
    ChangeWeights,
    EndWays,
    GivenVehicles,
    KnownWalks,
    StopCosts,
)
from mobility.routing.change_cost import ONE_COST
from mobility.routing.change_places import at_best_places
from mobility.routing.query import Query
from mobility.routing.stop_ways import Ways
from mobility.routing.territory import Territory
from mobility.search.labels import paths as read_paths
from mobility.search.path import Path

Int64s = NDArray[np.int64]
Scalar = TypeVar("Scalar", bound=np.generic)

ENOUGH_S, ENOUGH_FOR_BOATS_S = 120, 300
"""Of margin before a vehicle: more than that is no reason to walk farther. A change that had less keeps what it had."""
UNKNOWN, STEPS = 0, 2


@dataclass(frozen=True, slots=True)
class Along:
    """What paths run on: a searched day, the walks between its rides, the ways at both ends."""

    day: DayTimetable
    footpaths: Footpaths
    doors: Doors


def at_best_stops(territory: Territory, query: Query, along: Along, paths: Sequence[Path]) -> list[Path]:
    """The same vehicles, departures and arrivals, each change and both ends where they cost this traveller least."""
    if not paths:
        return []
    day, network = along.day, territory.network
    found = np.array([number for path in paths for number in _numbers(path)], np.int32)
    placed = at_best_places(
        found,
        _enough_s(network, day, [ride.trip for path in paths for ride in path.rides]),
        _columns(territory, query, along),
        _ways(along.doors.access),
        _ways(along.doors.egress),
    )
    return read_paths(placed.tolist())


def _numbers(path: Path) -> list[int]:
    rides = [number for ride in path.rides for number in (ride.trip, ride.board, ride.alight)]
    return [path.departure_s, path.arrival_s, len(path.rides), *rides]


def _enough_s(network: Network, day: DayTimetable, trips: list[int]) -> Int32s:
    mode = network.lines.mode[network.patterns.line[network.trips.pattern[day.trip_row[trips]]]]
    enough_s: Int32s = np.where(mode == BOAT_MODE, ENOUGH_FOR_BOATS_S, ENOUGH_S).astype(np.int32)
    return enough_s


def _columns(territory: Territory, query: Query, along: Along) -> ChangeColumns:
    return ChangeColumns(
        _vehicles(along.day),
        _walks(along.footpaths),
        _known_walks(territory),
        _weights(query),
        _stop_costs(territory.network, query),
    )


def _vehicles(day: DayTimetable) -> GivenVehicles:
    return GivenVehicles(
        first_position=frozen(day.pattern_first_position),
        first_trip=frozen(day.pattern_first_trip),
        first_call=frozen(day.pattern_first_call),
        pattern=frozen(day.trip_pattern),
        node=frozen(day.position_stop),
        boards=frozen(day.position_boards),
        alights=frozen(day.position_alights),
        arrival=frozen(day.arrival),
        departure=frozen(day.departure),
    )


def _walks(walks: Footpaths) -> ChangeWalks:
    return ChangeWalks(
        frozen(walks.first),
        frozen(walks.to_stop),
        frozen(walks.duration_s),
        frozen(walks.distance_m),
        frozen(walks.change_s),
    )


def _known_walks(territory: Territory) -> KnownWalks:
    network, walks = territory.network, territory.network.step_free_footpaths
    return KnownWalks(
        _by_node(network, territory.has_street),
        _by_node(network, network.stops.parent),
        frozen(walks.first),
        frozen(walks.to_stop),
        frozen(walks.distance_m),
    )


def _by_node(network: Network, of_stop: NDArray[Scalar]) -> NDArray[Scalar]:
    """Nodes are stops, mostly."""
    return frozen(of_stop[network.node_stop] if network.has_split_stops else of_stop)


def _ways(ways: Ways) -> EndWays:
    times = frozen(ways.seconds), frozen(_foot_s(ways))
    return EndWays(frozen(ways.node), *times, frozen(ways.metres), frozen(ways.estimated))


def _foot_s(ways: Ways) -> Int32s:
    if ways.parked is not None:
        return ways.parked.walk_s
    return ways.walked_s if ways.mode == "WALK" else np.zeros(len(ways), np.int32)


def _stop_costs(network: Network, query: Query) -> StopCosts:
    costs = query.profile.costs
    seconds = {UNKNOWN: costs.unknown_s, STEPS: costs.steps_s}
    of_state = np.array([1000 * ONE_COST * seconds.get(state, 0) for state in range(STEPS + 1)]).astype(np.int64)
    return StopCosts(_by_node(network, network.stops.wheelchair), of_state)


def _weights(query: Query) -> ChangeWeights:
    costs, speed_mps = query.profile.costs, query.walking.speed_mps
    return ChangeWeights(
        1000.0 * (costs.walking - 1), 1000.0 * costs.unknown_s, 1000.0 * costs.steps_s, float(speed_mps)
    )
