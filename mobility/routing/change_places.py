"""Where rides are got into and out of, of all places the one that costs least: dynamic programming as kernels.

The vehicles are given. Along them, ride by ride, it is known of each position what it costs at the least to have got
in there; getting out then costs what the cheapest position before it does, and the next ride is reached from there by a
change or one walk. Each place of each change is looked at once; the result is that of trying all rows of them.

What a row of places costs is one whole number, which adds up: most of all the traveller's cost, of equal ones the
seconds on foot, of equal ones those of waiting between rides. Of rows that are equal in all of it the first along the
vehicles is taken.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.network.timetable import Int32s
from mobility.routing.change_columns import (
    ChangeColumns,
    ChangeWalks,
    ChangeWeights,
    EndWays,
    GivenVehicles,
    KnownWalks,
    StopCosts,
    TripStretch,
)
from mobility.routing.change_cost import ONE_COST, ONE_FOOT_S, end_cost, margin_left, time_on_foot, way_cost

Int64s = NDArray[np.int64]

TOO_MUCH = 2**62


class PlaceTable(NamedTuple):
    """By ride and position. got_in: the least cost of having got in there; came_from: where one then got out of the
    ride before; in_at: where one got in who gets out here. there, by node: a row of what is looked for, -1 without;
    chain, by position: the next one at the same node."""

    got_in: Int64s
    came_from: Int32s
    in_at: Int32s
    there: Int32s
    chain: Int32s


Plain = tuple[Any, ...]
"""What has names on either side of the kernel's door."""


class ChangeWay(NamedTuple):
    """A way to the next ride: the ride and the position where one got out, when, and where it ends; what all has cost
    then, without the waiting; the least time from getting out to getting in."""

    ride: int
    position: int
    node: int
    cost: int
    out_s: int
    least_s: int


def at_best_places(found: Int32s, least_s: Int32s, columns: ChangeColumns, access: EndWays, egress: EndWays) -> Int32s:
    """`found` (see labels.py) with other positions in and out; departure, arrival and trips stay.

    least_s: for each ride of `found` the margin before it that is always enough; what was there before is, too.
    """
    # What numba takes apart at its door fast are plain tuples: named ones cost three times the whole search.
    plain = tuple(map(tuple, columns))
    # Nor does it hand one column back as fast as it fills one that it is given.
    placed = found.copy()
    _at_best_places(found, least_s, plain, tuple(access), tuple(egress), placed)
    return placed


@kernel
def _at_best_places(
    found: Int32s, least_s: Int32s, plain: Plain, access_ways: Plain, egress_ways: Plain, placed: Int32s
) -> None:
    vehicles = GivenVehicles(*plain[0])
    columns = ChangeColumns(
        vehicles, ChangeWalks(*plain[1]), KnownWalks(*plain[2]), ChangeWeights(*plain[3]), StopCosts(*plain[4])
    )
    access, egress = EndWays(*access_ways), EndWays(*egress_ways)
    table = _table(found, vehicles, len(columns.stops.state))
    at = 0
    ride_row = 0
    while at < len(found):
        n = found[at + 2]
        trip = _stretch(vehicles, found[at + 3])
        _get_in_first(table, columns, trip, access, found[at])
        for ride in range(n):
            _find_cheapest(table, ride, trip.length)
            if ride == n - 1:
                break
            row = at + 3 + 3 * ride
            further = _stretch(vehicles, found[row + 3])
            margin_s = min(
                margin_left(columns, trip, found[row + 2], further, found[row + 4]), least_s[ride_row + ride + 1]
            )
            last_s = _list_places(table, vehicles, further, ride + 1)
            _change(table, columns, ride, trip, further, (margin_s, last_s))
            _forget(table.there, vehicles.node[further.base : further.base + further.length])
            trip = further
        last = _get_out_last(table, columns, trip, egress, (n - 1, found[at + 1]))
        _write_down(placed[at + 3 : at + 3 + 3 * n], table, last)
        ride_row += n
        at += 3 + 3 * n


@kernel
def _table(found: Int32s, vehicles: GivenVehicles, n_nodes: int) -> PlaceTable:
    """Large enough for each path of `found`, one after the other."""
    longest = 0
    n_rides = 0
    at = 0
    while at < len(found):
        n_rides = max(n_rides, found[at + 2])
        for ride in range(found[at + 2]):
            longest = max(longest, _stretch(vehicles, found[at + 3 + 3 * ride]).length)
        at += 3 + 3 * found[at + 2]
    return PlaceTable(
        np.empty((n_rides, longest), np.int64),
        np.empty((n_rides, longest), np.int32),
        np.empty((n_rides, longest), np.int32),
        np.full(n_nodes, -1, np.int32),
        np.empty(longest, np.int32),
    )


@kernel
def _stretch(vehicles: GivenVehicles, trip: int) -> TripStretch:
    pattern = vehicles.pattern[trip]
    base = vehicles.first_position[pattern]
    length = vehicles.first_position[pattern + 1] - base
    return TripStretch(base, vehicles.first_call[pattern] + (trip - vehicles.first_trip[pattern]) * length, length)


@kernel
def _get_in_first(
    table: PlaceTable, columns: ChangeColumns, trip: TripStretch, access: EndWays, departure_s: int
) -> None:
    """The first stop: every way to it that is left at the path's departure."""
    vehicles, stops = columns.vehicles, columns.stops
    for row in range(len(access.node)):
        table.there[access.node[row]] = row
    for i in range(trip.length):
        table.got_in[0, i] = TOO_MUCH
        node = vehicles.node[trip.base + i]
        row = table.there[node]
        leaves = row >= 0 and vehicles.departure[trip.call + i] - access.seconds[row] == departure_s
        if leaves and vehicles.boards[trip.base + i]:
            table.got_in[0, i] = end_cost(columns.weights, access, row) + _stop_cost(stops, node)
    _forget(table.there, access.node)


@kernel
def _find_cheapest(table: PlaceTable, ride: int, length: int) -> None:
    """Getting out at i costs what the best position before i does."""
    best, best_at = TOO_MUCH, -1
    for i in range(length):
        table.in_at[ride, i] = best_at
        if table.got_in[ride, i] < best:
            best, best_at = table.got_in[ride, i], i


@kernel
def _list_places(table: PlaceTable, vehicles: GivenVehicles, further: TripStretch, ride: int) -> int:
    """Where one may get into the next ride, by node; nowhere has one got in yet. Returns the last departure there."""
    last_s = 0
    for j in range(further.length - 1, -1, -1):
        table.got_in[ride, j] = TOO_MUCH
        node = vehicles.node[further.base + j]
        if vehicles.boards[further.base + j] and j < further.length - 1:
            table.chain[j] = table.there[node]
            table.there[node] = j
            last_s = max(last_s, vehicles.departure[further.call + j])
    return last_s


@kernel
def _change(
    table: PlaceTable,
    columns: ChangeColumns,
    ride: int,
    trip: TripStretch,
    further: TripStretch,
    limits_s: tuple[int, int],
) -> None:
    """Every place to get out of a ride, and from each the change there and every walk to the next one.

    limits_s: the margin that is enough, the last departure of the next ride. ChangeWalks of a node stand by duration.
    """
    vehicles, walks, stops = columns.vehicles, columns.walks, columns.stops
    weights, departure = columns.weights, vehicles.departure[further.call :]
    margin_s, last_s = limits_s
    for i in range(1, trip.length):
        if table.in_at[ride, i] < 0 or not vehicles.alights[trip.base + i]:
            continue
        node, out_s = vehicles.node[trip.base + i], vehicles.arrival[trip.call + i]
        if out_s + margin_s > last_s:
            break
        so_far = table.got_in[ride, table.in_at[ride, i]] + _stop_cost(stops, node)
        way_s = walks.change_s[node]
        if table.there[node] >= 0 and out_s + way_s + margin_s <= last_s:
            cost = so_far + _stop_cost(stops, node)
            _get_in(table, departure, ChangeWay(ride, i, node, cost, out_s, way_s + margin_s))
        for walk in range(walks.first[node], walks.first[node + 1]):
            way_s, goal = walks.duration_s[walk], walks.to_node[walk]
            if out_s + way_s + margin_s > last_s:
                break
            if table.there[goal] < 0:
                continue
            metres = walks.distance_m[walk]
            foot_s = time_on_foot(way_s, metres, weights)
            cost = so_far + _stop_cost(stops, goal) + foot_s * ONE_FOOT_S
            cost += int(np.round(weights.foot * foot_s)) * ONE_COST
            if metres > 0 and (weights.unknown or weights.steps):
                cost += way_cost(columns.known, weights, node, goal, metres) * ONE_COST
            _get_in(table, departure, ChangeWay(ride, i, goal, cost - foot_s, out_s, way_s + margin_s))


@kernel
def _get_in(table: PlaceTable, departure: Int32s, way: ChangeWay) -> None:
    """Each position of the next ride where the way ends: kept unless something cheaper has led there."""
    j = table.there[way.node]
    while j >= 0:
        left_s = departure[j] - way.out_s
        weighed = way.cost + left_s
        if left_s >= way.least_s and weighed < table.got_in[way.ride + 1, j]:
            table.got_in[way.ride + 1, j] = weighed
            table.came_from[way.ride + 1, j] = way.position
        j = table.chain[j]


@kernel
def _get_out_last(
    table: PlaceTable, columns: ChangeColumns, trip: TripStretch, egress: EndWays, of_path: tuple[int, int]
) -> int:
    """The last stop: every way from it that ends at the path's arrival. -1 where there is none.

    of_path: its last ride, its arrival.
    """
    vehicles, stops = columns.vehicles, columns.stops
    ride, arrival_s = of_path
    for row in range(len(egress.node)):
        table.there[egress.node[row]] = row
    best, last = TOO_MUCH, -1
    for i in range(1, trip.length):
        node = vehicles.node[trip.base + i]
        row = table.there[node]
        if row < 0 or table.in_at[ride, i] < 0 or not vehicles.alights[trip.base + i]:
            continue
        if vehicles.arrival[trip.call + i] + egress.seconds[row] == arrival_s:
            cost = table.got_in[ride, table.in_at[ride, i]] + _stop_cost(stops, node)
            cost += end_cost(columns.weights, egress, row)
            if cost < best:
                best, last = cost, i
    _forget(table.there, egress.node)
    return last


@kernel
def _write_down(rides: Int32s, table: PlaceTable, last: int) -> None:
    """Back from the last stop along what led there. rides: trip, in, out of each; as they were where nothing did."""
    for ride in range(len(rides) // 3 - 1, -1, -1):
        if last < 0:
            break
        rides[3 * ride + 2] = last
        rides[3 * ride + 1] = table.in_at[ride, last]
        last = table.came_from[ride, rides[3 * ride + 1]]


@kernel
def _stop_cost(stops: StopCosts, node: int) -> int:
    return int(stops.of_state[stops.state[node]])


@kernel
def _forget(there: Int32s, nodes: Int32s) -> None:
    for node in nodes:
        there[node] = -1
