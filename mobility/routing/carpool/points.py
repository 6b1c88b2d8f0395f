"""The waypoints of the offers that are looked at, as one passenger meets them: kernels over flat rows.

Everywhere: offers, rows of the view; way, WAYPOINT (mobility/carpool/rows.py); place, the number of each waypoint's
meeting point; ground, rows and ways of LaidWays (meeting_ways.py). A row is a waypoint, one offer after the other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.carpool.pairs import FASTEST_MPS, NOT_AT_ALL, USUAL_MPS
from mobility.carpool.rows import Rows
from mobility.geo import METRES_A_DEGREE
from mobility.network.timetable import NEVER, Int32s

Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]
LaidRows = tuple[Rows, Int32s]
OUT, HOME = 0, 1
"""Rows of seconds on foot: from the origin, and to the destination."""


@kernel
def look_at(
    offers: Int64s,
    way: tuple[Int32s, Rows],
    ground: LaidRows,
    doors: tuple[Int32s, Int32s, Int32s, Int32s],
    n_nodes: int,
    far: tuple[float, float, float, float, float, float],
) -> tuple[Int32s, Int64s, Floats, Int64s, int]:
    """Place, seconds on foot (OUT and HOME; NOT_AT_ALL where it is too far), and metres to the destination, by row; the
    entries of the second that must be measured (of it flattened); and a place that is not known yet, else -1.

    way: first, and WAYPOINT. doors: node and seconds at the origin, and the same at the destination: of stops with
    service they know all that are near. far: lat, lon of both, and how far one walks there, in metres.
    """
    first, waypoints = way
    rows, ways = ground
    out_node, out_s, home_node, home_s = doors
    n_points = 0
    for offer in offers:
        n_points += first[offer + 1] - first[offer]
    place, away_m = np.empty(n_points, np.int32), np.empty(n_points)
    foot_s, unmeasured = np.full((2, n_points), NOT_AT_ALL), np.empty(2 * n_points, np.int64)
    # Seconds of both ends by node, so that a meeting point that is a stop is looked up and not measured.
    at_node = np.full((2, n_nodes), NEVER, np.int32)
    for near in range(len(out_node)):
        at_node[OUT, out_node[near]] = out_s[near]
    for near in range(len(home_node)):
        at_node[HOME, home_node[near]] = home_s[near]
    row, n_unmeasured = 0, 0
    for offer in offers:
        for point in range(first[offer], first[offer + 1]):
            one = waypoints[point]
            place[row] = one.place
            if one.place >= len(rows) or rows[one.place].first < 0:
                return place, foot_s, away_m, unmeasured, one.place
            # Another thread lays it out just now: as good as unknown (LaidWays).
            around = rows[one.place]
            if around.first + around.size > len(ways):
                return place, foot_s, away_m, unmeasured, one.place
            away_m[row] = _metres(one.lat, one.lon, far[2], far[3])
            from_m = _metres(one.lat, one.lon, far[0], far[1])
            for end, metres, longest_m in ((OUT, from_m, far[4]), (HOME, away_m[row], far[5])):
                if around.stop >= 0:
                    if at_node[end, around.stop] != NEVER:
                        foot_s[end, row] = at_node[end, around.stop]
                elif metres <= longest_m:
                    unmeasured[n_unmeasured] = end * n_points + row
                    n_unmeasured += 1
            row += 1
    return place, foot_s, away_m, unmeasured[:n_unmeasured], -1


@kernel
def useful(
    offers: Int64s,
    way: tuple[Int32s, Rows],
    waits: tuple[Int64s, Int32s],
    away_m: Floats,
    times: tuple[int, int, float],
) -> tuple[int, int]:
    """From when and until when it is of use to be at some pickup: its driver still waits, and one may arrive in time.

    waits: start_s, and how much later the driver may be there, by offer. times: leaving at the earliest, arriving
    at the latest, and how many metres nearer a ride brings at the least.
    """
    first, waypoints = way
    start_s, flexible_s = waits
    earliest_s, latest_s, nearer_m = times
    from_s, until_s, row = NOT_AT_ALL, earliest_s, 0
    for offer in offers:
        from_s = min(from_s, start_s[offer])
        for point in range(first[offer], first[offer + 1]):
            if waypoints[point].pickup and away_m[row] >= nearer_m:
                waits_s = start_s[offer] + flexible_s[offer] + waypoints[point].after_s
                until_s = max(until_s, min(waits_s, latest_s - np.int64(away_m[row] / FASTEST_MPS)))
            row += 1
    return from_s, until_s


@kernel
def readiness(
    place: Int32s,
    ground: LaidRows,
    foot_s: Int64s,
    away_m: Floats,
    at_node: Int32s,
    times: tuple[int, int, int],
    rules: tuple[int, int, int, bool],
) -> tuple[Int64s, Int64s, Int64s]:
    """For best_rides (mobility/carpool/pairs.py): on foot, and by vehicles where that is better.

    at_node: when one is there by vehicles (arriving: must be), in seconds after the anchor, NEVER (-NEVER) where none
    leads there. times: anchor, leaving at the earliest, arriving at the latest. rules: seconds at the meeting point
    before the driver, and in all before the next vehicle; what changing once more must save; arriving.
    """
    anchor_s, earliest_s, latest_s = times
    early_s, margin_s, worth_s, arriving = rules
    ready_s, must_s = np.full((2, len(place)), NOT_AT_ALL), np.full((2, len(place)), np.int64(-1))
    rest_s = np.empty((2, len(place)), np.int64)
    for row in range(len(place)):
        ridden_s = _soonest(place[row], ground, at_node, -1 if arriving else 1)
        walked_s = foot_s[HOME if arriving else OUT, row]
        rest_s[0, row], rest_s[1, row] = walked_s, worth_s
        if arriving:
            # When one is there by vehicles is not known yet: the nearer, the sooner.
            rest_s[1, row] += np.int64(away_m[row] / USUAL_MPS)
            ready_s[:, row] = 0
            if walked_s < NOT_AT_ALL:
                must_s[0, row] = latest_s - walked_s
            if ridden_s < NOT_AT_ALL and anchor_s - ridden_s - margin_s > must_s[0, row]:
                must_s[1, row] = anchor_s - ridden_s
        else:
            must_s[:, row] = latest_s
            if walked_s < NOT_AT_ALL:
                ready_s[0, row] = earliest_s + walked_s + early_s
            if ridden_s < NOT_AT_ALL and anchor_s + ridden_s + early_s < ready_s[0, row]:
                ready_s[1, row] = anchor_s + ridden_s + early_s
    return ready_s, must_s, rest_s


@kernel
def at_nodes(
    rides: Int64s, near_s: Int64s, far_s: Int64s, place: Int32s, ground: LaidRows, n_nodes: int
) -> tuple[Int32s, Int32s, Int64s, Int64s]:
    """Node, seconds, moment and ride of what may still be done from the ends of rides: where one gets out, the way from
    getting in until one is ready at a node round it, and when one got in; arriving, all of it back in time.

    rides: the row of the end of each. near_s: when one is ready there. far_s: when the ride begins at its other end,
    in descending order. Who begins later and is at a node as soon leaves nothing to be looked for.
    """
    rows, ways = ground
    # As in rRAPTOR: rides come from the latest to the earliest, and what one of before reached as soon is left out.
    soonest = np.full(n_nodes, NOT_AT_ALL)
    n_most = 0
    for ride in range(len(rides)):
        n_most += rows[place[rides[ride]]].size
    out_node, out_s = np.empty(n_most, np.int32), np.empty(n_most, np.int32)
    begins_s, which = np.empty(n_most, np.int64), np.empty(n_most, np.int64)
    n_out = 0
    for ride in range(len(rides)):
        around = rows[place[rides[ride]]]
        for way in range(around.first, around.first + around.size):
            node, at_s = ways[way, 0], near_s[ride] + ways[way, 1]
            if at_s < soonest[node]:
                soonest[node] = at_s
                out_node[n_out], out_s[n_out] = node, at_s - far_s[ride]
                begins_s[n_out], which[n_out] = far_s[ride], ride
                n_out += 1
    return out_node[:n_out], out_s[:n_out], begins_s[:n_out], which[:n_out]


@kernel
def _soonest(place: int, ground: LaidRows, at_node: Int32s, sign: int) -> int:
    """The least of sign * at_node plus the seconds of the way; NOT_AT_ALL where no vehicle leads to any round it."""
    rows, ways = ground
    around = rows[place]
    found = NOT_AT_ALL
    for way in range(around.first, around.first + around.size):
        at_s = sign * at_node[ways[way, 0]]
        if at_s != NEVER:
            found = min(found, np.int64(at_s) + ways[way, 1])
    return found


@kernel
def _metres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    north, east = (lat - to_lat) * METRES_A_DEGREE, (lon - to_lon) * METRES_A_DEGREE * np.cos(to_lat * np.pi / 180)
    return float(np.sqrt(north * north + east * east))
