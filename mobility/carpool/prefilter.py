"""Which offers are worth an exact look: a kernel that passes over all of them with bounds that no vehicle beats."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.carpool.pairs import FASTEST_MPS, MOST_WAYPOINTS, NOT_AT_ALL, USUAL_MPS
from mobility.carpool.rows import Rows
from mobility.geo import METRES_A_DEGREE

Int64s = NDArray[np.int64]


@kernel
def promising(
    departures: tuple[Rows, int],
    way: Rows,
    stretches: Rows,
    spots: tuple[float, float, float, float],
    times: tuple[int, int, int, int],
    asked: tuple[int, int, int, float, bool],
    rows: Int64s,
    score: Int64s,
) -> int:
    """The offers that bring somebody there in time, up to the length of `rows` those with the least `score`, a guess of
    the arrival, in no order; returns how many there are.

    departures: see departures.py. way, stretches: WAYPOINT and STRETCH of rows.py. spots: lat, lon of origin and
    destination. times: leaving at the earliest, getting in at the latest, arriving at the latest, now. asked: party,
    what an offer must not lack, seconds to be there before the driver, least metres nearer to the destination, and
    whether what counts is the latest departure (the guess is then of the negative of that).
    """
    leaving, longest_s = departures
    from_lat, from_lon, to_lat, to_lon = spots
    earliest_s, until_s, latest_s, now_s = times
    party, needs, before_s, nearer_m, arriving = asked
    east = METRES_A_DEGREE * np.cos(from_lat * np.pi / 180)
    away_m, nearest_m = np.empty(MOST_WAYPOINTS), np.empty(MOST_WAYPOINTS + 1)
    soonest_s, usual_s = np.empty(MOST_WAYPOINTS + 1, np.int64), np.empty(MOST_WAYPOINTS + 1, np.int64)
    n_found, worst = 0, 0
    for at in range(_first_from(leaving, earliest_s - longest_s), len(leaving)):
        one = leaving[at]
        start, ends_s = one.start_s, one.ends_s
        if start > until_s:
            break
        if one.lacks & needs or start + one.flexible_s < now_s or ends_s + one.flexible_s < earliest_s:
            continue
        # By the box round all waypoints: most offers are out of the way.
        there_m = _metres_to(one, from_lat, from_lon, east)
        left_m = _metres_to(one, to_lat, to_lon, east)
        there_s = earliest_s + np.int64(there_m / FASTEST_MPS) + before_s
        in_s = max(start, there_s - before_s)
        if there_s > ends_s + one.flexible_s or in_s + np.int64(left_m / FASTEST_MPS) > latest_s:
            continue
        best_s = score[worst] if n_found == len(rows) else NOT_AT_ALL
        least_s = -min(ends_s, until_s) if arriving else in_s
        if least_s + np.int64((there_m + left_m) / USUAL_MPS) >= best_s:
            continue
        base, end = one.first, one.end
        if end - base < 2:
            continue
        before = best_s
        # From each waypoint on, at the least: metres left to the destination, seconds until it, and as it mostly is.
        nearest_m[end - base], soonest_s[end - base], usual_s[end - base] = np.inf, NOT_AT_ALL, NOT_AT_ALL
        for j in range(end - 1, base - 1, -1):
            k = j - base
            y, x = (way[j].lat - to_lat) * METRES_A_DEGREE, (way[j].lon - to_lon) * east
            away_m[k] = np.sqrt(x * x + y * y)
            nearest_m[k], soonest_s[k], usual_s[k] = nearest_m[k + 1], soonest_s[k + 1], usual_s[k + 1]
            if way[j].drop_off:
                nearest_m[k] = min(nearest_m[k], away_m[k])
                soonest_s[k] = min(soonest_s[k], way[j].after_s + np.int64(away_m[k] / FASTEST_MPS))
                usual_s[k] = min(usual_s[k], way[j].after_s + np.int64(away_m[k] / USUAL_MPS))
        if start + soonest_s[0] > latest_s:
            continue
        # Get in: as in best_rides (pairs.py), each rule with the fastest or nearest that can still come of it.
        for i in range(base, end - 1):
            k = i - base
            at_s = start + way[i].after_s
            if not way[i].pickup or at_s > until_s or away_m[k] - nearest_m[k + 1] < nearer_m:
                continue
            y, x = (way[i].lat - from_lat) * METRES_A_DEGREE, (way[i].lon - from_lon) * east
            there_m = np.sqrt(x * x + y * y)
            there_s = np.int64(there_m / FASTEST_MPS) + before_s
            waits_s = max(0, earliest_s + there_s - at_s)
            if waits_s > one.flexible_s or (arriving and waits_s > one.late_s):
                continue
            waits_s = max(0, waits_s - before_s)
            costs_s = 0 if stretches[i].served else way[i].detour_s
            least_s = -at_s + np.int64((there_m + nearest_m[k + 1]) / USUAL_MPS)
            if not arriving:
                least_s = start + costs_s + waits_s + usual_s[k + 1] + np.int64(there_m / USUAL_MPS)
            if least_s >= best_s or start + costs_s + waits_s + soonest_s[k + 1] > latest_s:
                continue
            # Get out.
            for j in range(i + 1, end):
                if stretches[j - 1].left < party:
                    break
                if not way[j].drop_off or away_m[k] - away_m[j - base] < nearer_m:
                    continue
                if costs_s + (0 if stretches[j].served else way[j].detour_s) > one.detour_s:
                    continue
                arrives_s = start + way[j].after_s + costs_s + waits_s + np.int64(away_m[j - base] / FASTEST_MPS)
                if arrives_s > latest_s:
                    continue
                guess_s = -at_s if arriving else start + way[j].after_s + costs_s + waits_s
                best_s = min(best_s, guess_s + np.int64((there_m + away_m[j - base]) / USUAL_MPS))
        if best_s >= before:
            continue
        # Keep it, in place of the worst where all places are taken.
        place = n_found if n_found < len(rows) else worst
        n_found = max(n_found, place + 1)
        rows[place], score[place] = one.offer, best_s
        worst = int(np.argmax(score[:n_found]))
    return n_found


@kernel
def _first_from(leaving: Rows, start_s: int) -> int:
    """The first row that starts then or later."""
    low, high = 0, len(leaving)
    while low < high:
        middle = (low + high) >> 1
        if leaving[middle].start_s < start_s:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
def _metres_to(box: Any, lat: float, lon: float, east: float) -> float:
    """From a point to the box of a departure. east: metres of a degree of longitude."""
    y = max(0.0, box.south - lat, lat - box.north) * METRES_A_DEGREE
    x = max(0.0, box.west - lon, lon - box.east) * east
    return float(np.sqrt(x * x + y * y))
