"""The road that a driver drives, as it is kept with an offer and drawn: from the first place where people get in to the
last where they get out, and no further, as beyond them a blurred end may lie near somebody's home.
"""

from __future__ import annotations

from math import cos, radians

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.ops import substring

from mobility.carpool.offer import Offer
from mobility.geo import Point
from mobility.polyline import decode, encode

PRECISION = 5
"""Decimal places: a metre."""
MOST_POINTS = 400
FINEST_M = 10.0

Floats = NDArray[np.float64]


def thinned(line: shapely.LineString, first_m: float, last_m: float) -> Floats:
    """(n, 2) places of a part of the line, no more than MOST_POINTS: the longer and more winding, the coarser."""
    part, tolerance_m = substring(line, first_m, last_m), FINEST_M
    while shapely.get_num_coordinates(part) > MOST_POINTS:
        tolerance_m *= 2
        part = shapely.simplify(part, tolerance_m)
    places: Floats = shapely.get_coordinates(part)
    return places


def driven_between(offer: Offer, pickup: int, drop_off: int) -> tuple[Point, ...]:
    """The road from one waypoint (a position) to another; the waypoints between them where no line is known."""
    if not offer.line:
        return tuple(one.meeting_point.point for one in offer.waypoints[pickup + 1 : drop_off])
    first_m, last_m = (offer.waypoints[at].along_m for at in (0, -1))
    shares = [(offer.waypoints[at].along_m - first_m) / max(1, last_m - first_m) for at in (pickup, drop_off)]
    return _part(*decode(offer.line, PRECISION), np.array(shares))


def line_between(offer: Offer, pickup: int, drop_off: int) -> str:
    """The same as it is kept; "" where no line is known, or both are one halt."""
    is_driven = offer.line and pickup != drop_off
    return encode(driven_between(offer, pickup, drop_off), PRECISION) if is_driven else ""


def _part(lat: Floats, lon: Floats, shares: Floats) -> tuple[Point, ...]:
    """shares: 0..1 of the length, where it begins and ends."""
    steps = np.hypot(np.diff(lat), np.diff(lon) * cos(radians(float(lat[0]))))
    along = np.concatenate([[0.0], np.cumsum(steps)])
    begins, ends = shares * along[-1]
    at = np.concatenate([[begins], along[(along > begins) & (along < ends)], [ends]])
    places = zip(np.interp(at, along, lat).tolist(), np.interp(at, along, lon).tolist(), strict=True)
    return tuple(Point(*place) for place in places)
