"""Times for calls that have none, between two that have: by distance travelled, else straight line, else evenly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gtfs.calls import Calls
from gtfs.values import MISSING

Float64s = NDArray[np.float64]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

EARTH_RADIUS_M = 6_371_009.0


def interpolated(calls: Calls, travelled: Float64s, lat: Float64s, lon: Float64s) -> tuple[Int32s, Int32s]:
    """Arrival and departure of every call. travelled: shape_dist_traveled by call, or NaN; lat, lon: by stop."""
    blank = np.flatnonzero(calls.arrival_s == MISSING)
    if not len(blank):
        return calls.arrival_s, calls.departure_s
    timed = np.flatnonzero(calls.arrival_s != MISSING)
    place = np.searchsorted(timed, blank)
    before, after = timed[place - 1], timed[place]
    straight = np.concatenate(([0.0], np.cumsum(steps_m(lat[calls.stop], lon[calls.stop]))))
    share = (blank - before) / (after - before)
    for measure in (straight, travelled):
        share = _by(measure, before, blank, after, otherwise=share)
    arrival, departure = calls.arrival_s.copy(), calls.departure_s.copy()
    span = arrival[after] - departure[before]
    arrival[blank] = departure[blank] = departure[before] + np.rint(share * span).astype(np.int32)
    return arrival, departure


def steps_m(lat: Float64s, lon: Float64s) -> Float64s:
    """Straight-line metres from each point to the next (haversine)."""
    north, east = np.radians(lat), np.radians(lon)
    half = np.sin(np.diff(north) / 2) ** 2
    half += np.cos(north[:-1]) * np.cos(north[1:]) * np.sin(np.diff(east) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(half)))


def _by(measure: Float64s, before: Int64s, blank: Int64s, after: Int64s, otherwise: Float64s) -> Float64s:
    """The share of the way from before to after, where the measure is known and never decreases between them."""
    wrong = np.concatenate(([0], np.cumsum(~(np.diff(measure) >= 0))))
    whole = measure[after] - measure[before]
    known = (wrong[after] == wrong[before]) & (whole > 0)
    part = np.divide(measure[blank] - measure[before], whole, out=otherwise.copy(), where=known)
    return np.asarray(part)
