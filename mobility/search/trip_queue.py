"""What trip-based routing writes as it goes: which trips were got into, in a queue, and from where on each was reached.

queue: (trip, position in + (last position to look at << 16), queue row of the trip before or -1 - row of access,
position out of it), 4 each.
reached: by round (one for all without a window), the first position of each trip that was got to. Before and after a
search it is, in the first round, the last position; the others are opened as a window comes to them.
best: by number of rides the soonest arrival; best_row, best_out: the queue row and the position out that it came by.
"""

import numpy as np

from gtfs.compiler import inlined, kernel
from mobility.network.timetable import Int32s, UInt8s
from mobility.search.prefetch import prefetch
from mobility.search.steps import FULL, end_of_path, write_head

MANY = 32
"""So many trips are set at once in the time that those of one pattern take by themselves."""


@inlined
def get_in(
    trip: int,
    position: int,
    before: int,
    out: int,
    k: int,
    calls: Int32s,
    trips: Int32s,
    n_levels: int,
    reached: UInt8s,
    goal_first: Int32s,
    goal: Int32s,
    best: Int32s,
    best_row: Int32s,
    best_out: Int32s,
    queue: Int32s,
    n_queue: int,
) -> int:
    """Put the trip from the position on into the queue; it and later ones need not be looked at from there again."""
    n_trips = len(trips) // 4
    level = min(k, n_levels) - 1
    first_call, last_trip = trips[4 * trip], trips[4 * trip + 2]
    prefetch(calls, 2 * (first_call + position + 1))
    queue[4 * n_queue] = trip
    queue[4 * n_queue + 1] = position | (np.int32(reached[level * n_trips + trip]) << 16)
    queue[4 * n_queue + 2] = before
    queue[4 * n_queue + 3] = out
    # Does it lead to the destination? Looked for here and not a round later, so that the bound is there at once.
    at = goal_first[trips[4 * trip + 3]]
    while at >= 0:
        if goal[3 * at + 1] > position:
            arrival_s = calls[2 * (first_call + goal[3 * at + 1])] + goal[3 * at + 2]
            if arrival_s < best[k]:
                lower_from(best, k, arrival_s)
                best_row[k] = n_queue
                best_out[k] = goal[3 * at + 1]
        at = goal[3 * at]
    # The paper's R(t): this trip and all later ones of the pattern are reached from here on, with k rides or more.
    from_position = np.uint8(position)
    for row in range(level, n_levels):
        if reached[row * n_trips + trip] <= from_position:
            break
        later = reached[row * n_trips + trip : row * n_trips + last_trip + 1]
        for other in range(len(later)):
            later[other] = min(later[other], from_position)
    return n_queue + 1


@kernel
def open_level(reached: UInt8s, n_trips: int, n_levels: int) -> int:
    """For one round more: what is reached by the round before, is. Returns how many there are then."""
    reached[n_levels * n_trips : (n_levels + 1) * n_trips] = reached[(n_levels - 1) * n_trips : n_levels * n_trips]
    return n_levels + 1


@kernel
def lower_from(best: Int32s, first: int, time_s: int) -> None:
    """As steps.lower to the end of the row. Written out: with the shared one a query on Helsinki takes a tenth longer
    (`python -m benchmarks engines`)."""
    for k in range(first, len(best)):
        if best[k] <= time_s:
            break
        best[k] = time_s


@kernel
def undo(queue: Int32s, trips: Int32s, last_position: UInt8s, reached: UInt8s) -> None:
    """Forget what was reached: of the trips in the queue and later ones one after the other, or all at once where they
    are many."""
    n_trips = len(last_position)
    if MANY * len(queue) > n_trips:
        reached[:n_trips] = last_position
        return
    for row in range(len(queue) // 4):
        trip = queue[4 * row]
        if reached[trip] != last_position[trip]:
            reached[trip : trips[4 * trip + 2] + 1] = last_position[trip]


@kernel
def write_down(n_rides: int, arrival_s: int, row: int, out: int, queue: Int32s, found: Int32s, n_found: int) -> int:
    """Follow the queue back to the origin: row of access, arrival, rides; then trip, in, out for each ride."""
    n_after = end_of_path(n_rides, found, n_found)
    if n_after == FULL:
        return FULL
    for ride in range(n_rides - 1, -1, -1):
        found[n_found + 3 + 3 * ride] = queue[4 * row]
        found[n_found + 4 + 3 * ride] = queue[4 * row + 1] & 0xFFFF
        found[n_found + 5 + 3 * ride] = out
        out = queue[4 * row + 3]
        row = queue[4 * row + 2]
    write_head(-1 - row, arrival_s, n_rides, found, n_found)
    return n_after
