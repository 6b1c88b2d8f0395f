"""What a change costs beside its walk: the time that is left of it, and what is not known of its way."""

import numpy as np

from gtfs.compiler import kernel
from mobility.routing.change_columns import ChangeColumns, ChangeWeights, EndWays, KnownWalks, TripStretch

ONE_COST, ONE_FOOT_S = 1 << 34, 1 << 17
"""Of a thousandth second of the traveller's cost, and of a second on foot, in seconds of waiting: a chain of rides
takes less than 36 hours of each."""


@kernel
def margin_left(columns: ChangeColumns, trip: TripStretch, i: int, further: TripStretch, j: int) -> int:
    """What was left of the change as it was found, out at i and in at j."""
    vehicles, walks = columns.vehicles, columns.walks
    start, end = vehicles.node[trip.base + i], vehicles.node[further.base + j]
    way_s = 0
    if start == end:
        way_s = walks.change_s[start]
    else:
        for walk in range(walks.first[start], walks.first[start + 1]):
            if walks.to_node[walk] == end:
                way_s = walks.duration_s[walk]
                break
    return int(vehicles.departure[further.call + j] - vehicles.arrival[trip.call + i] - way_s)


@kernel
def time_on_foot(way_s: int, metres: int, weights: ChangeWeights) -> int:
    """Of a walk, less what is allowed for finding the way."""
    return min(way_s, int(np.ceil(metres / weights.speed_mps))) if metres > 0 else 0


@kernel
def way_cost(known: KnownWalks, weights: ChangeWeights, start: int, end: int, distance_m: int) -> int:
    """Nothing is known of a guess, be it off the streets or indoors. A way without steps that is as long is the way."""
    guessed = not (known.has_street[start] and known.has_street[end])
    guessed = guessed or (known.station[start] >= 0 and known.station[start] == known.station[end])
    if guessed or not len(known.first):
        return int(weights.unknown)
    for walk in range(known.first[start], known.first[start + 1]):
        if known.to_node[walk] == end and known.distance_m[walk] <= distance_m:
            return 0
    return int(weights.steps)


@kernel
def end_cost(weights: ChangeWeights, ways: EndWays, row: int) -> int:
    """Of a way at one end. A vehicle of one's own costs no more than its time."""
    foot_s = ways.foot_s[row]
    weighed = int(np.round(weights.foot * foot_s))
    if ways.estimated[row] and ways.metres[row] > 0:
        weighed += int(weights.unknown)
    return int(weighed * ONE_COST + foot_s * ONE_FOOT_S)
