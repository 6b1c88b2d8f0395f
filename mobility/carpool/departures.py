"""The offers of one date in order of departure, with what tells at a glance that most of them help nobody.

A search looks at a stretch of these columns and at nothing else of the many offers that it does not need.
"""

from __future__ import annotations

from enum import IntFlag
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.offer import Comfort

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]
UInt8s = NDArray[np.uint8]

NOT_RUNNING = np.int64(2**62)


class Lack(IntFlag):
    """What an offer does not have, or is not known to have."""

    WHEELCHAIR = 1
    SURE_WHEELCHAIR = 2
    SURE_BIKE = 4
    LUGGAGE = 8


def lack_of(comfort: Comfort) -> Lack:
    return (
        (Lack.WHEELCHAIR if comfort.wheelchair is False else Lack(0))
        | (Lack(0) if comfort.wheelchair else Lack.SURE_WHEELCHAIR)
        | (Lack(0) if comfort.bike else Lack.SURE_BIKE)
        | (Lack.LUGGAGE if comfort.luggage is False else Lack(0))
    )


class Departures(NamedTuple):
    """rows: of the view's offers. lacks: see Lack. start_s, ends_s: epoch seconds at the first waypoint and at the last
    without any detour. box: south, west, north, east of all waypoints, in degrees. longest_s: of all the drives."""

    rows: Int64s
    lacks: UInt8s
    start_s: Int64s
    ends_s: Int64s
    flexible_s: Int32s
    box: Floats
    longest_s: int


def departures(start_s: Int64s, whole: tuple[UInt8s, Int32s, Int32s, Floats]) -> Departures:
    """All by offer; those that do not run are left out. whole: lacks, lasts_s, flexible_s, box."""
    running = np.flatnonzero(start_s != NOT_RUNNING)
    rows = running[np.argsort(start_s[running], kind="stable")]
    lacks, lasts_s, flexible_s, box = whole
    starts_s, longest_s = start_s[rows], int(lasts_s[rows].max(initial=0))
    return Departures(rows, lacks[rows], starts_s, starts_s + lasts_s[rows], flexible_s[rows], box[rows], longest_s)
