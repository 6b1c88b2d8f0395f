"""Which two waypoints of which offer serve a passenger best: kernels over the rows of the overlay.

Rules for a pair: forward along the way; seats on every stretch between; the detours of both within what the driver
accepts; no turning back, which is a direction more than 60 degrees off every stretch ridden and off the whole way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.carpool.rows import Rows

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]

FASTEST_MPS = 25.0
"""In a straight line, on average: before a pickup and after a drop-off."""
USUAL_MPS = 4.0
"""In a straight line, on foot or by vehicles, as it mostly is: what is looked at first is ordered by it."""
NOT_AT_ALL = 2**62
MOST_WAYPOINTS = 64
"""Of one offer; api/config/carpool.py bounds them at 40, so that all of one fit into the buffers of the kernels
that look at it."""
COST_S, OFFER, GETS_IN, GETS_OUT, IN_S, OUT_S, MANNER, ROW, MARGIN_S = range(9)
"""Columns of rides. MANNER: row of the `ready_s`, `must_s` and `rest_s` that it comes of. ROW: of what it is best for,
among all waypoints that are looked at. MARGIN_S: from getting out to the next vehicle at the least: as long as is asked
for, and as the driver may yet be late."""


@kernel
def best_rides(
    offers: Int64s,
    running: tuple[Int32s, Int64s, Int32s, Int32s],
    rows: tuple[Rows, Rows, Rows],
    passenger: tuple[Int64s, Int64s, Int64s, Floats],
    asked: tuple[int, float, int, int, bool, int],
) -> Int64s:
    """The ride with the least cost to each drop-off (arriving: from each pickup), rows as named above.

    running: first, start_s, flexible_s, detour_s, by offer. rows: WAYPOINT, STRETCH and LATE, see rows.py. asked:
    party, how much nearer a ride must bring, when to get in at the earliest, from getting out to a vehicle at the
    least, arriving: what is of manner 1 then goes on by vehicle, and `must_s` is when that leaves; how early one is
    when ready. Who comes on foot (manner 0) makes no driver wait for being early: one who would wait longer is as sure.
    passenger: for each manner (row) and waypoint of `offers`, one offer after the other (column): ready_s, when they
    can be there (NOT_AT_ALL: never); must_s, until when they must be out (-1: never); rest_s, what the rest of the trip
    costs them at that end which the ride is not the best for; then metres to the destination, by waypoint alone.
    The driver waits as long as is needed and accepted, by them and by those who have a seat.
    """
    first, start_s, flexible_s, detour_s = running
    way, stretches, late = rows
    ready_s, must_s, rest_s, away_m = passenger
    party, nearer_m, earliest_s, least_margin_s, arriving, early_s = asked
    found = np.empty((len(away_m), 9), np.int64)
    found[:, COST_S] = NOT_AT_ALL
    for manner in range(len(ready_s)):
        row = 0
        for offer in offers:
            base, end, start = first[offer], first[offer + 1], start_s[offer]
            to_row = row - base
            row += end - base
            # Get in: where the passenger can be, and the driver still waits.
            for i in range(base, end - 1):
                a = to_row + i
                if not way[i].pickup or ready_s[manner, a] >= NOT_AT_ALL:
                    continue
                says_s = start + way[i].after_s
                in_s = max(says_s + late[i].leaves_s, ready_s[manner, a] - (early_s if manner == 0 else 0))
                late_s = in_s - says_s
                if ready_s[manner, a] > says_s + max(flexible_s[offer], late[i].leaves_s) or in_s < earliest_s:
                    continue
                margin_s = max(least_margin_s, flexible_s[offer] - late_s)
                costs_s = 0 if stretches[i].served else way[i].detour_s
                # Get out: as far as there are seats, no further than both detours allow, nearer by enough, and in time.
                for j in range(i + 1, end):
                    if stretches[j - 1].left < party:
                        break
                    b = to_row + j
                    if not way[j].drop_off or away_m[a] - away_m[b] < nearer_m:
                        continue
                    both_s = costs_s + (0 if stretches[j].served else way[j].detour_s)
                    if both_s > detour_s[offer] or late_s + both_s > late[i].most_s:
                        continue
                    # By Lateness.out_s: others are waited for and driven to on the way.
                    later_s = late_s + way[i].detour_s + late[j - 1].gone_s - late[i].gone_s
                    out_s = start + way[j].after_s + max(later_s, late[j].arrives_s)
                    if out_s + (margin_s if arriving and manner == 1 else 0) > must_s[manner, b]:
                        continue
                    # Keep the ride of least cost by its end; the direction is looked at last, as it costs most.
                    best = found[a if arriving else b]
                    cost_s = out_s - in_s + rest_s[manner, b] if arriving else out_s + rest_s[manner, a]
                    if cost_s < best[COST_S] and may_ride(i, j, (base, end - 1), way):
                        best[COST_S], best[OFFER], best[GETS_IN], best[GETS_OUT] = cost_s, offer, i, j
                        best[IN_S], best[OUT_S], best[MANNER], best[MARGIN_S] = in_s, out_s, manner, margin_s
                        best[ROW] = a if arriving else b
    return found[found[:, COST_S] < NOT_AT_ALL]


@kernel
def may_ride(i: int, j: int, bounds: tuple[int, int], way: Rows) -> bool:
    """The direction of the pair is within 60 degrees of a stretch ridden, or of the whole way."""
    east = np.cos(way[i].lat * np.pi / 180)
    y, x = way[j].lat - way[i].lat, (way[j].lon - way[i].lon) * east
    long = np.sqrt(x * x + y * y)
    for stretch in range(i, j + 1):
        a, b = (stretch, stretch + 1) if stretch < j else bounds
        v, u = way[b].lat - way[a].lat, (way[b].lon - way[a].lon) * east
        if x * u + y * v >= 0.5 * long * np.sqrt(u * u + v * v):
            return True
    return False
