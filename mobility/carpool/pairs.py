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
"""Of one offer (api/config_carpool.py bounds them at 40)."""


@kernel
def promising(
    running: tuple[Int64s, Int32s, Int32s, Int32s, UInt8s],
    way: tuple[Int32s, Floats, Floats, Int32s, Int32s, UInt8s, UInt8s],
    spots: tuple[float, float, float, float],
    times: tuple[int, int, int, int],
    asked: tuple[int, int, float, bool],
    score: Int64s,
) -> None:
    """For each offer (row of `score`) a guess of the arrival that it brings; NOT_AT_ALL if it brings none in time.

    running: start_s, flexible_s, detour_s, left, served. way: first, lat, lon, after_s, detour_s, pickup, drop_off.
    spots: lat, lon of origin and destination. times: leaving at the earliest, getting in at the latest, arriving at the
    latest, now. asked: party, seconds to be there before the driver, least metres nearer to the destination, and
    whether what counts is the latest departure (the guess is then of the negative of that).
    """
    start_s, flexible_s, allowed_s, left, served = running
    first, lat, lon, after_s, detour_s, pickup, drop_off = way
    from_lat, from_lon, to_lat, to_lon = spots
    earliest_s, until_s, latest_s, now_s = times
    party, before_s, nearer_m, arriving = asked
    east = METRES_A_DEGREE * np.cos(from_lat * np.pi / 180)
    away_m = np.empty(MOST_WAYPOINTS)
    for offer in range(len(score)):
        score[offer] = NOT_AT_ALL
        start = start_s[offer]
        if start > until_s or start + flexible_s[offer] < now_s:
            continue
        base, end = first[offer], first[offer + 1]
        if end - base < 2 or start + after_s[end - 1] < earliest_s:
            continue
        nearest_m = np.inf
        for j in range(base, end):
            y, x = (lat[j] - to_lat) * METRES_A_DEGREE, (lon[j] - to_lon) * east
            away_m[j - base] = np.sqrt(x * x + y * y)
            if drop_off[j]:
                nearest_m = min(nearest_m, away_m[j - base])
        for i in range(base, end - 1):
            at_s = start + after_s[i]
            if not pickup[i] or left[i] < party or at_s > until_s or away_m[i - base] - nearest_m < nearer_m:
                continue
            y, x = (lat[i] - from_lat) * METRES_A_DEGREE, (lon[i] - from_lon) * east
            there_m = np.sqrt(x * x + y * y)
            there_s = np.int64(there_m / FASTEST_MPS) + before_s
            waits_s = max(0, earliest_s + there_s - at_s)
            if waits_s > flexible_s[offer] or (arriving and waits_s > 0):
                continue
            costs_s = 0 if served[i] else detour_s[i]
            seats = party
            for j in range(i + 1, end):
                seats = min(seats, left[j - 1])
                if seats < party:
                    break
                if not drop_off[j] or costs_s + (0 if served[j] else detour_s[j]) > allowed_s[offer]:
                    continue
                if away_m[i - base] - away_m[j - base] < nearer_m:
                    continue
                arrives_s = start + after_s[j] + costs_s + waits_s + np.int64(away_m[j - base] / FASTEST_MPS)
                if arrives_s > latest_s:
                    continue
                best_s = -at_s if arriving else start + after_s[j] + costs_s + waits_s
                score[offer] = min(score[offer], best_s + np.int64((there_m + away_m[j - base]) / USUAL_MPS))


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
