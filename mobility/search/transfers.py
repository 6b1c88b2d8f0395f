"""Which changes between trips are ever worth making: computed once for a day, for trip-based routing.

Witt 2015 (arXiv 1504.07149), section 3, with the work turned round (compare Lehoux, Loiodice 2020): pattern by pattern,
pairs of positions between which one could change are first thinned out for all trips at once; then the earliest trip to
change to is found by a pointer that only moves forward; and how a trip arrives is compared with what is known already
only at those stops at which an earlier look at the same pattern has not done so.

Each rule drops a change for one at a later position of the trip one sits in, or at an earlier one of the trip one
changes to, so that no two changes drop each other.
"""

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.network.timetable import Int32s, UInt8s

NOT_KNOWN = 2**62
LONGEST_TO, LONGEST_FROM, SHORTEST_RIDE, SHORTEST_FROM = range(4)


@kernel
def hop_times(
    pattern_first_position: Int32s,
    pattern_first_trip: Int32s,
    pattern_first_call: Int32s,
    arrival: Int32s,
    departure: Int32s,
) -> Int32s:
    """By position: sums, from the start of the pattern, of the longest hops from arrival to arrival and from departure
    to departure; the shortest hop to it from departure to arrival and from departure to departure."""
    hops = np.zeros((pattern_first_position[-1], 4), np.int32)
    hops[:, SHORTEST_RIDE:] = 2**31 - 1
    for pattern in range(len(pattern_first_position) - 1):
        base = pattern_first_position[pattern]
        length = pattern_first_position[pattern + 1] - base
        for trip in range(pattern_first_trip[pattern + 1] - pattern_first_trip[pattern]):
            call = pattern_first_call[pattern] + trip * length
            for i in range(1, length):
                hop = hops[base + i]
                at = call + i
                hop[LONGEST_TO] = max(hop[LONGEST_TO], arrival[at] - arrival[at - 1])
                hop[LONGEST_FROM] = max(hop[LONGEST_FROM], departure[at] - departure[at - 1])
                hop[SHORTEST_RIDE] = min(hop[SHORTEST_RIDE], arrival[at] - departure[at - 1])
                hop[SHORTEST_FROM] = min(hop[SHORTEST_FROM], departure[at] - departure[at - 1])
        for i in range(1, length):
            hops[base + i, LONGEST_TO] += hops[base + i - 1, LONGEST_TO]
            hops[base + i, LONGEST_FROM] += hops[base + i - 1, LONGEST_FROM]
    return hops


@kernel
def are_closed(first: Int32s, to_stop: Int32s, duration_s: Int32s) -> bool:
    """Is a walk after a walk always a walk by itself, and one that takes no longer?"""
    direct_s = np.zeros(len(first) - 1, np.int32)
    direct_from = np.full(len(first) - 1, -1, np.int32)
    for stop in range(len(first) - 1):
        direct_from[stop], direct_s[stop] = stop, 0
        for walk in range(first[stop], first[stop + 1]):
            direct_from[to_stop[walk]], direct_s[to_stop[walk]] = stop, duration_s[walk]
        for walk in range(first[stop], first[stop + 1]):
            middle = to_stop[walk]
            for onward in range(first[middle], first[middle + 1]):
                far = to_stop[onward]
                if direct_from[far] != stop or direct_s[far] > duration_s[walk] + duration_s[onward]:
                    return False
    return True


@kernel
def transfers_of(
    pattern_first_position: Int32s,
    position_stop: Int32s,
    position_boards: UInt8s,
    position_alights: UInt8s,
    pattern_first_trip: Int32s,
    pattern_first_call: Int32s,
    arrival: Int32s,
    departure: Int32s,
    stop_first_visit: Int32s,
    visit_pattern: Int32s,
    visit_position: Int32s,
    walk_first: Int32s,
    walk_to: Int32s,
    walk_s: Int32s,
    change_s: Int32s,
    hops: Int32s,
    closed: bool,
    position_bits: int,
    first_pattern: int,
    last_pattern: int,
    n_target: int,
    target: Int32s,
    n_transfers: Int32s,
) -> tuple[int, int]:
    """Fill `target` from n_target on with (trip << position_bits) + position, call by call; count them at call + 1.

    Returns the first pattern not done, for lack of space in `target`, and how much of it is filled.
    closed: the walks are; then being at a stop on foot is worth as much as being there by ride.
    """
    n_stops = len(stop_first_visit) - 1
    n_patterns = len(pattern_first_position) - 1
    # By stop: how early it is known to be reached, under a number that falls from trip to trip, so that what was known
    # for an earlier trip counts as never; the stop beyond the last is where nobody gets out.
    known = np.full(n_stops + 1, NOT_KNOWN, np.int64)
    known[n_stops] = -NOT_KNOWN
    out_at = np.empty(len(position_stop), np.int32)
    for position in range(len(position_stop)):
        out_at[position] = position_stop[position] if position_alights[position] else n_stops
    seen = np.full((n_patterns, 3), -1, np.int32)
    thinning = np.full((2 * n_stops + 3 * n_patterns, 2), -1, np.int32)
    pair = np.empty((1 << 10, 7), np.int32)
    for pattern in range(first_pattern, last_pattern):
        base = pattern_first_position[pattern]
        length = pattern_first_position[pattern + 1] - base
        first_trip = pattern_first_trip[pattern]
        # Thin out for all trips at once (the paper's reduction, turned round).
        n_pairs = -1
        while n_pairs < 0:
            n_pairs = _pairs(
                pattern, pattern_first_position, position_stop, position_boards, position_alights, pattern_first_trip,
                pattern_first_call, stop_first_visit, visit_pattern, visit_position, walk_first, walk_to, walk_s,
                change_s, hops, closed, thinning, pair,
            )  # fmt: skip
            if n_pairs < 0:
                pair = np.empty((2 * len(pair), 7), np.int32)
                thinning[:] = -1
        # Then trip by trip, and of each from the last position to the first, as the paper does.
        n_before = n_target
        for k in range(pattern_first_trip[pattern + 1] - first_trip):
            trip = first_trip + k
            call = pattern_first_call[pattern] + k * length
            known_from = length
            rank = np.int64(-trip) << 32
            first_of_trip = n_target
            for e in range(n_pairs):
                i, way_s, at, to_length, n_later = pair[e, 0], pair[e, 1], pair[e, 2], pair[e, 3], pair[e, 4]
                # The first trip to be caught: later trips catch the same or later ones, so the pointer only goes on.
                later = pair[e, 5]
                while later < n_later and departure[at + later * to_length] < arrival[call + i] + way_s:
                    later += 1
                pair[e, 5] = later
                if later == n_later:
                    continue
                to_pattern = visit_pattern[pair[e, 6]]
                j = visit_position[pair[e, 6]]
                # Into the same trip or a later one of the same pattern, no further back: riding on does as well.
                if to_pattern == pattern and later >= k and j >= i:
                    continue
                # A change at a later position into a trip as early: only the stops before that one are new.
                last = to_length
                if seen[to_pattern, 0] == trip and seen[to_pattern, 1] <= later:
                    if seen[to_pattern, 2] <= j:
                        continue
                    last = seen[to_pattern, 2] + 1
                # What riding on leads to: the arrival at each later stop, and on foot from there.
                while known_from > i:
                    known_from -= 1
                    if position_alights[base + known_from]:
                        stop = position_stop[base + known_from]
                        reached = rank + arrival[call + known_from]
                        known[stop] = min(known[stop], reached)
                        for walk in range(walk_first[stop], walk_first[stop + 1] if closed else walk_first[stop]):
                            known[walk_to[walk]] = min(known[walk_to[walk]], reached + walk_s[walk])
                # Keep the change if it leads to some stop sooner than all kept before it.
                better = False
                to_base = pattern_first_position[to_pattern]
                to_call = at + later * to_length - j
                for onward in range(j + 1, last):
                    stop, reached = out_at[to_base + onward], rank + arrival[to_call + onward]
                    if reached < known[stop]:
                        known[stop] = reached
                        better = True
                if better:
                    if n_target == len(target):
                        n_transfers[pattern_first_call[pattern] + 1 : pattern_first_call[pattern + 1] + 1] = 0
                        return pattern, n_before
                    target[n_target] = ((pattern_first_trip[to_pattern] + later) << position_bits) + j
                    n_target += 1
                    n_transfers[call + i + 1] += 1
                if seen[to_pattern, 0] != trip or later <= seen[to_pattern, 1]:
                    seen[to_pattern, 0], seen[to_pattern, 1], seen[to_pattern, 2] = trip, later, j
            # They were found from the last position to the first.
            for row in range((n_target - first_of_trip) // 2):
                early, late = first_of_trip + row, n_target - 1 - row
                target[early], target[late] = target[late], target[early]
    return last_pattern, n_target


@kernel
def _pairs(
    pattern: int,
    pattern_first_position: Int32s,
    position_stop: Int32s,
    position_boards: UInt8s,
    position_alights: UInt8s,
    pattern_first_trip: Int32s,
    pattern_first_call: Int32s,
    stop_first_visit: Int32s,
    visit_pattern: Int32s,
    visit_position: Int32s,
    walk_first: Int32s,
    walk_to: Int32s,
    walk_s: Int32s,
    change_s: Int32s,
    hops: Int32s,
    closed: bool,
    thinning: NDArray[np.int32],
    pair: NDArray[np.int32],
) -> int:
    """Position to get out, seconds, first call to get in, length and number of trips there, 0, visit; last position
    first. Returns how many, -1 where there is no space for all."""
    n_stops, n_patterns = len(stop_first_visit) - 1, len(pattern_first_position) - 1
    ahead, near = thinning[:n_stops], thinning[n_stops : 2 * n_stops]
    early, early_at = thinning[2 * n_stops : 2 * n_stops + n_patterns], thinning[2 * n_stops + n_patterns :]
    base = pattern_first_position[pattern]
    n_pairs = 0
    for i in range(pattern_first_position[pattern + 1] - base - 1, 0, -1):
        if not position_alights[base + i]:
            continue
        here = position_stop[base + i]
        near[here, 0], near[here, 1] = base + i, 0
        for walk in range(walk_first[here], walk_first[here + 1]):
            near[walk_to[walk], 0], near[walk_to[walk], 1] = base + i, walk_s[walk]
        for walk in range(walk_first[here] - 1, walk_first[here + 1]):
            changes = walk < walk_first[here]
            stop = here if changes else walk_to[walk]
            way_s = change_s[here] if changes else walk_s[walk]
            # Riding on and walking from there is never later?
            if ahead[stop, 0] == pattern and ahead[stop, 1] <= way_s + hops[base + i, LONGEST_TO]:
                continue
            ahead[stop, 0], ahead[stop, 1] = pattern, way_s + hops[base + i, LONGEST_TO]
            for visit in range(stop_first_visit[stop], stop_first_visit[stop + 1]):
                to_pattern, j = visit_pattern[visit], visit_position[visit]
                at = pattern_first_position[to_pattern] + j
                to_length = pattern_first_position[to_pattern + 1] - at + j
                if j == to_length - 1 or not position_boards[at]:
                    continue
                # Where on foot one is at its next stop before it, and can get in there?
                onward = position_stop[at + 1]
                if closed and near[onward, 0] == base + i and near[onward, 1] <= way_s + hops[at + 1, SHORTEST_RIDE]:
                    in_s = change_s[here] if onward == here else near[onward, 1]
                    if j + 2 == to_length or (position_boards[at + 1] and in_s < way_s + hops[at + 1, SHORTEST_FROM]):
                        continue
                # Is what is caught here always caught before?
                slack_s = way_s - hops[at, LONGEST_FROM]
                is_first = early_at[to_pattern, 0] != base + i
                if not is_first and early_at[to_pattern, 1] < j and slack_s >= early[to_pattern, 0]:
                    continue
                if is_first or slack_s < early[to_pattern, 0]:
                    early_at[to_pattern, 0], early_at[to_pattern, 1] = base + i, j
                    early[to_pattern, 0] = slack_s
                if n_pairs == len(pair):
                    return -1
                pair[n_pairs, 0], pair[n_pairs, 1], pair[n_pairs, 2] = i, way_s, pattern_first_call[to_pattern] + j
                pair[n_pairs, 3] = to_length
                pair[n_pairs, 4] = pattern_first_trip[to_pattern + 1] - pattern_first_trip[to_pattern]
                pair[n_pairs, 5], pair[n_pairs, 6] = 0, visit
                n_pairs += 1
    return n_pairs
