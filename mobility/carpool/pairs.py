"""Which two waypoints of which offer serve a passenger: kernels over the flat arrays of the overlay.

First a cheap look at all offers by bounds that no vehicle beats, then an exact one at the few that are left.
Rules for a pair: forward along the way; seats on every stretch between; the detours of both within what the driver
accepts; no turning back, which is a direction more than 60 degrees off every stretch ridden and off the whole way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mobility.network.kernel import kernel

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]
UInt8s = NDArray[np.uint8]

METRES_A_DEGREE = 111_195.0
FASTEST_MPS = 25.0
"""In a straight line, on average: before a pickup and after a drop-off."""
USUAL_MPS = 4.0
"""The same, on foot or by vehicles, as it mostly is: what is looked at first is ordered by it."""
NOT_AT_ALL = 2**62
MOST_WAYPOINTS = 64
"""Of one offer (api/config/carpool.py bounds them at 40)."""


@kernel
def promising(
    running: tuple[Int64s, Int32s, Int32s, Int32s, UInt8s],
    departures: tuple[Int64s, UInt8s, Int64s, Int64s, Int32s, Floats, int],
    way: tuple[Int32s, Floats, Floats, Int32s, Int32s, UInt8s, UInt8s],
    spots: tuple[float, float, float, float],
    times: tuple[int, int, int, int],
    asked: tuple[int, int, int, float, bool],
    rows: Int64s,
    score: Int64s,
) -> int:
    """The offers that bring somebody there in time, up to the length of `rows` those with the least `score`, a guess of
    the arrival, in no order; returns how many there are.

    running: start_s, flexible_s, detour_s, left, served. departures: see departures.py. way: first, lat, lon, after_s,
    detour_s, pickup, drop_off. spots: lat, lon of origin and destination. times: leaving at the earliest, getting in at
    the latest, arriving at the latest, now. asked: party, what an offer must not lack, seconds to be there before the
    driver, least metres nearer to the destination, and whether what counts is the latest departure (the guess is then
    of the negative of that).
    """
    _, flexible_s, allowed_s, left, served = running
    by_start, lacks, starts_s, all_end_s, waiting_s, box, longest_s = departures
    first, lat, lon, after_s, detour_s, pickup, drop_off = way
    from_lat, from_lon, to_lat, to_lon = spots
    earliest_s, until_s, latest_s, now_s = times
    party, needs, before_s, nearer_m, arriving = asked
    east = METRES_A_DEGREE * np.cos(from_lat * np.pi / 180)
    away_m, nearest_m = np.empty(MOST_WAYPOINTS), np.empty(MOST_WAYPOINTS + 1)
    soonest_s, usual_s = np.empty(MOST_WAYPOINTS + 1, np.int64), np.empty(MOST_WAYPOINTS + 1, np.int64)
    n_found, worst = 0, 0
    for at in range(np.searchsorted(starts_s, earliest_s - longest_s), len(by_start)):
        start, ends_s = starts_s[at], all_end_s[at]
        if start > until_s:
            break
        if lacks[at] & needs or start + waiting_s[at] < now_s or ends_s < earliest_s:
            continue
        # By the box round all waypoints: most offers are out of the way.
        there_m = _metres_to(box[at], from_lat, from_lon, east)
        left_m = _metres_to(box[at], to_lat, to_lon, east)
        there_s = earliest_s + np.int64(there_m / FASTEST_MPS) + before_s
        in_s = max(start, there_s)
        if there_s > ends_s + waiting_s[at] or in_s + np.int64(left_m / FASTEST_MPS) > latest_s:
            continue
        best_s = score[worst] if n_found == len(rows) else NOT_AT_ALL
        least_s = -min(ends_s, until_s) if arriving else in_s
        if least_s + np.int64((there_m + left_m) / USUAL_MPS) >= best_s:
            continue
        offer = by_start[at]
        base, end = first[offer], first[offer + 1]
        if end - base < 2:
            continue
        before = best_s
        # From each waypoint on, at the least: metres left to the destination, seconds until it, and as it mostly is.
        nearest_m[end - base], soonest_s[end - base], usual_s[end - base] = np.inf, NOT_AT_ALL, NOT_AT_ALL
        for j in range(end - 1, base - 1, -1):
            k = j - base
            y, x = (lat[j] - to_lat) * METRES_A_DEGREE, (lon[j] - to_lon) * east
            away_m[k] = np.sqrt(x * x + y * y)
            nearest_m[k], soonest_s[k], usual_s[k] = nearest_m[k + 1], soonest_s[k + 1], usual_s[k + 1]
            if drop_off[j]:
                nearest_m[k] = min(nearest_m[k], away_m[k])
                soonest_s[k] = min(soonest_s[k], after_s[j] + np.int64(away_m[k] / FASTEST_MPS))
                usual_s[k] = min(usual_s[k], after_s[j] + np.int64(away_m[k] / USUAL_MPS))
        if start + soonest_s[0] > latest_s:
            continue
        for i in range(base, end - 1):
            k = i - base
            at_s = start + after_s[i]
            if not pickup[i] or left[i] < party or at_s > until_s or away_m[k] - nearest_m[k + 1] < nearer_m:
                continue
            y, x = (lat[i] - from_lat) * METRES_A_DEGREE, (lon[i] - from_lon) * east
            there_m = np.sqrt(x * x + y * y)
            there_s = np.int64(there_m / FASTEST_MPS) + before_s
            waits_s = max(0, earliest_s + there_s - at_s)
            if waits_s > flexible_s[offer] or (arriving and waits_s > 0):
                continue
            costs_s = 0 if served[i] else detour_s[i]
            least_s = -at_s + np.int64((there_m + nearest_m[k + 1]) / USUAL_MPS)
            if not arriving:
                least_s = start + costs_s + waits_s + usual_s[k + 1] + np.int64(there_m / USUAL_MPS)
            if least_s >= best_s or start + costs_s + waits_s + soonest_s[k + 1] > latest_s:
                continue
            seats = party
            for j in range(i + 1, end):
                seats = min(seats, left[j - 1])
                if seats < party:
                    break
                if not drop_off[j] or costs_s + (0 if served[j] else detour_s[j]) > allowed_s[offer]:
                    continue
                if away_m[k] - away_m[j - base] < nearer_m:
                    continue
                arrives_s = start + after_s[j] + costs_s + waits_s + np.int64(away_m[j - base] / FASTEST_MPS)
                if arrives_s > latest_s:
                    continue
                guess_s = -at_s if arriving else start + after_s[j] + costs_s + waits_s
                best_s = min(best_s, guess_s + np.int64((there_m + away_m[j - base]) / USUAL_MPS))
        if best_s >= before:
            continue
        place = n_found if n_found < len(rows) else worst
        n_found = max(n_found, place + 1)
        rows[place], score[place] = offer, best_s
        worst = int(np.argmax(score[:n_found]))
    return n_found


@kernel
def _metres_to(box: Floats, lat: float, lon: float, east: float) -> float:
    """From a point to a box: south, west, north, east. east: metres of a degree of longitude."""
    y = max(0.0, box[0] - lat, lat - box[2]) * METRES_A_DEGREE
    x = max(0.0, box[1] - lon, lon - box[3]) * east
    return float(np.sqrt(x * x + y * y))


@kernel
def may_ride(i: int, j: int, bounds: tuple[int, int], lat: Floats, lon: Floats) -> bool:
    """The direction of the pair is within 60 degrees of a stretch ridden, or of the whole way."""
    east = np.cos(lat[i] * np.pi / 180)
    y, x = lat[j] - lat[i], (lon[j] - lon[i]) * east
    long = np.sqrt(x * x + y * y)
    for stretch in range(i, j + 1):
        a, b = (stretch, stretch + 1) if stretch < j else bounds
        v, u = lat[b] - lat[a], (lon[b] - lon[a]) * east
        if x * u + y * v >= 0.5 * long * np.sqrt(u * u + v * v):
            return True
    return False


@kernel
def pairs(
    offers: Int64s,
    running: tuple[Int64s, Int32s, Int32s, Int32s, UInt8s],
    way: tuple[Int32s, Floats, Floats, Int32s, Int32s, UInt8s, UInt8s],
    ready_s: Int64s,
    must_s: Int64s,
    nearest: tuple[Floats, float],
    party: int,
    found: Int64s,
) -> int:
    """Every pair that can be ridden, as rows (offer, i, j, gets in at, gets out at) of `found`; how many there are.

    By waypoint: ready_s, when the passenger can be there (NOT_AT_ALL: never); must_s, until when they must be out
    (-1: never). nearest: metres to the destination by waypoint, and how much nearer a ride must bring. The driver waits
    as long as is needed and accepted. What does not fit into `found` is left out.
    """
    start_s, flexible_s, allowed_s, left, served = running
    first, lat, lon, after_s, detour_s, pickup, drop_off = way
    away_m, nearer_m = nearest
    n_found = 0
    for offer in offers:
        base, end, start = first[offer], first[offer + 1], start_s[offer]
        for i in range(base, end - 1):
            if not pickup[i] or ready_s[i] >= NOT_AT_ALL:
                continue
            waits_s = max(0, ready_s[i] - (start + after_s[i]))
            if waits_s > flexible_s[offer]:
                continue
            costs_s = 0 if served[i] else detour_s[i]
            seats = left[i]
            for j in range(i + 1, end):
                seats = min(seats, left[j - 1])
                if seats < party:
                    break
                if not drop_off[j] or costs_s + (0 if served[j] else detour_s[j]) > allowed_s[offer]:
                    continue
                out_s = start + after_s[j] + costs_s + waits_s
                if out_s > must_s[j] or away_m[i] - away_m[j] < nearer_m:
                    continue
                if n_found < len(found) and may_ride(i, j, (base, end - 1), lat, lon):
                    found[n_found, 0], found[n_found, 1], found[n_found, 2] = offer, i, j
                    found[n_found, 3], found[n_found, 4] = start + after_s[i] + waits_s, out_s
                    n_found += 1
    return n_found
