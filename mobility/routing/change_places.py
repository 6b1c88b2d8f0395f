"""Where rides are got into and out of, of all places the one that costs least: dynamic programming as one kernel.

The vehicles are given. Along them, ride by ride, it is known of each position what it costs at the least to have got
in there; getting out then costs what the cheapest position before it does, and the next ride is reached from there by a
change or one walk. Each place of each change is looked at once; the result is that of trying all rows of them.

What a row of places costs is one whole number, which adds up: most of all the traveller's cost, of equal ones the
seconds on foot, of equal ones those of waiting between rides. Of rows that are equal in all of it the first along the
vehicles is taken.
"""

import numpy as np
from numpy.typing import NDArray

from mobility.network.kernel import kernel
from mobility.network.timetable import Int32s, UInt8s

Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]

TOO_MUCH = 2**62
ONE_COST, ONE_FOOT_S = 1 << 34, 1 << 17
"""Of a thousandth second of the traveller's cost, and of a second on foot, in seconds of waiting: a chain of rides
takes less than 36 hours of each."""


@kernel
def at_best_places(
    found: Int32s,
    least_s: Int32s,
    pattern_of: tuple[Int32s, Int32s, Int32s, Int32s],
    position_of: tuple[Int32s, UInt8s, UInt8s],
    times: tuple[Int32s, Int32s],
    walks: tuple[Int32s, Int32s, Int32s, Int32s, Int32s],
    streets: tuple[UInt8s, Int32s, Int32s, Int32s, Int32s],
    access: tuple[Int32s, Int32s, Int64s],
    egress: tuple[Int32s, Int32s, Int64s],
    stop_cost: Int64s,
    costs: Floats,
) -> Int32s:
    """`found` (see labels.py) with other positions in and out; departure, arrival and trips stay.

    least_s: for each ride of `found` the margin before it that is always enough; what was there before is, too.
    pattern_of: first position, first trip, first call; pattern of a trip. position_of: node, boards, alights.
    times: arrival, departure. walks: first, to_node, duration_s, distance_m, change_s. streets: see _way_cost.
    access, egress: node, seconds, cost of each way. stop_cost: of getting in or out at a node. costs: of a second on
    foot, of an unknown way, of one with steps, in thousandths; metres a second.
    """
    first_position, first_trip, first_call, trip_pattern = pattern_of
    node_of, boards, alights = position_of
    arrival, departure = times
    n_nodes = len(stop_cost)
    there = np.full(n_nodes, -1, np.int32)
    out = found.copy()
    longest = 0
    n_rides = 0
    at = 0
    ride_row = 0
    while at < len(found):
        n_rides = max(n_rides, found[at + 2])
        for ride in range(found[at + 2]):
            pattern = trip_pattern[found[at + 3 + 3 * ride]]
            longest = max(longest, first_position[pattern + 1] - first_position[pattern])
        at += 3 + 3 * found[at + 2]
    got_in = np.empty((n_rides, longest), np.int64)
    came_from = np.empty((n_rides, longest), np.int32)
    in_at = np.empty((n_rides, longest), np.int32)
    chain = np.empty(longest, np.int32)
    at = 0
    while at < len(found):
        departure_s, arrival_s, n = found[at], found[at + 1], found[at + 2]
        trip = found[at + 3]
        pattern = trip_pattern[trip]
        base = first_position[pattern]
        length = first_position[pattern + 1] - base
        call = first_call[pattern] + (trip - first_trip[pattern]) * length
        # The first stop: every way to it that is left at the path's departure.
        for row in range(len(access[0])):
            there[access[0][row]] = row
        for i in range(length):
            got_in[0, i] = TOO_MUCH
            row = there[node_of[base + i]]
            if row >= 0 and boards[base + i] and departure[call + i] - access[1][row] == departure_s:
                got_in[0, i] = access[2][row] + stop_cost[node_of[base + i]]
        for row in range(len(access[0])):
            there[access[0][row]] = -1
        for ride in range(n):
            # Getting out at i costs what the best position before i does.
            best, best_at = TOO_MUCH, -1
            for i in range(length):
                in_at[ride, i] = best_at
                if got_in[ride, i] < best:
                    best, best_at = got_in[ride, i], i
            if ride == n - 1:
                break
            k = at + 3 + 3 * ride
            next_trip = found[k + 3]
            next_pattern = trip_pattern[next_trip]
            next_base = first_position[next_pattern]
            next_length = first_position[next_pattern + 1] - next_base
            next_call = first_call[next_pattern] + (next_trip - first_trip[next_pattern]) * next_length
            way_s = _way_s(node_of[base + found[k + 2]], node_of[next_base + found[k + 4]], walks)
            margin_s = departure[next_call + found[k + 4]] - arrival[call + found[k + 2]] - way_s
            margin_s = min(margin_s, least_s[ride_row + ride + 1])
            last_s = 0
            for j in range(next_length - 1, -1, -1):
                got_in[ride + 1, j] = TOO_MUCH
                node = node_of[next_base + j]
                if boards[next_base + j] and j < next_length - 1:
                    chain[j] = there[node]
                    there[node] = j
                    last_s = max(last_s, departure[next_call + j])
            for i in range(1, length):
                if in_at[ride, i] < 0 or not alights[base + i]:
                    continue
                node, out_s = node_of[base + i], arrival[call + i]
                if out_s + margin_s > last_s:
                    break
                so_far = got_in[ride, in_at[ride, i]] + stop_cost[node]
                for walk in range(walks[0][node] - 1, walks[0][node + 1]):
                    stays = walk < walks[0][node]
                    way_s = walks[4][node] if stays else walks[2][walk]
                    if out_s + way_s + margin_s > last_s:
                        if stays:
                            continue
                        break
                    goal = node if stays else walks[1][walk]
                    j = there[goal]
                    if j < 0:
                        continue
                    foot_s, cost = 0, so_far + stop_cost[goal]
                    if not stays and walks[3][walk] > 0:
                        foot_s = min(way_s, int(np.ceil(walks[3][walk] / costs[3])))
                        cost += foot_s * ONE_FOOT_S + int(np.round(costs[0] * foot_s)) * ONE_COST
                        if costs[1] or costs[2]:
                            cost += _way_cost(node, goal, walks[3][walk], streets, costs) * ONE_COST
                    while j >= 0:
                        waits_s = departure[next_call + j] - out_s - foot_s
                        if (
                            departure[next_call + j] - out_s - way_s >= margin_s
                            and cost + waits_s < got_in[ride + 1, j]
                        ):
                            got_in[ride + 1, j] = cost + waits_s
                            came_from[ride + 1, j] = i
                        j = chain[j]
            for j in range(next_length):
                there[node_of[next_base + j]] = -1
            pattern, base, length, call = next_pattern, next_base, next_length, next_call
        # The last stop: every way from it that ends at the path's arrival.
        for row in range(len(egress[0])):
            there[egress[0][row]] = row
        best, last = TOO_MUCH, -1
        for i in range(1, length):
            row = there[node_of[base + i]]
            if row < 0 or in_at[n - 1, i] < 0 or not alights[base + i]:
                continue
            if arrival[call + i] + egress[1][row] == arrival_s:
                cost = got_in[n - 1, in_at[n - 1, i]] + stop_cost[node_of[base + i]] + egress[2][row]
                if cost < best:
                    best, last = cost, i
        for row in range(len(egress[0])):
            there[egress[0][row]] = -1
        for ride in range(n - 1, -1, -1):
            if last < 0:
                break
            k = at + 3 + 3 * ride
            out[k + 2] = last
            out[k + 1] = in_at[ride, last]
            last = came_from[ride, out[k + 1]]
        ride_row += n
        at += 3 + 3 * n
    return out


@kernel
def _way_cost(
    start: int, end: int, distance_m: int, streets: tuple[UInt8s, Int32s, Int32s, Int32s, Int32s], costs: Floats
) -> int:
    """streets: of a node whether it has a street, its station; of the walks without steps first, to_node, distance_m.

    Nothing is known of a guess, be it off the streets or indoors. A way without steps that is as long is the way.
    """
    has_street, station, first, to_node, metres = streets
    guessed = not (has_street[start] and has_street[end]) or (station[start] >= 0 and station[start] == station[end])
    if guessed or not len(first):
        return int(costs[1])
    for walk in range(first[start], first[start + 1]):
        if to_node[walk] == end and metres[walk] <= distance_m:
            return 0
    return int(costs[2])


@kernel
def _way_s(start: int, end: int, walks: tuple[Int32s, Int32s, Int32s, Int32s, Int32s]) -> int:
    if start == end:
        return int(walks[4][start])
    for walk in range(walks[0][start], walks[0][start + 1]):
        if walks[1][walk] == end:
            return int(walks[2][walk])
    return 0
