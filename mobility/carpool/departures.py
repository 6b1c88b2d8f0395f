"""The offers of one date in order of departure, with what tells at a glance that most of them help nobody.

A search looks at a stretch of these rows and at nothing else of the many offers that it does not need.
"""

from __future__ import annotations

from enum import IntFlag
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.offer import Comfort
from mobility.carpool.rows import DEPARTURE, Rows

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]
UInt8s = NDArray[np.uint8]

NOT_RUNNING = np.int64(2**62)
SIDES = (("south", -np.inf), ("west", -np.inf), ("north", np.inf), ("east", np.inf))
"""Of a box, and where each is rounded to."""


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


class Whole(Protocol):
    """What holds on every date, by offer: see View of overlay.py."""

    @property
    def first(self) -> Int32s: ...
    @property
    def flexible_s(self) -> Int32s: ...
    @property
    def lasts_s(self) -> Int32s: ...
    @property
    def box(self) -> Floats: ...
    @property
    def lacks(self) -> UInt8s: ...


class Departures(NamedTuple):
    """rows: DEPARTURE, see rows.py; those that do not run are left out. longest_s: of all the drives, with the time
    that the driver would wait."""

    rows: Rows
    longest_s: int


def departures(start_s: Int64s, detour_s: Int32s, late_s: Int32s, whole: Whole) -> Departures:
    """start_s, detour_s, late_s: of the date, by offer."""
    running = np.flatnonzero(start_s != NOT_RUNNING)
    offer = running[np.argsort(start_s[running], kind="stable")]
    rows = np.empty(len(offer), DEPARTURE)
    rows["offer"], rows["start_s"], rows["detour_s"] = offer, start_s[offer], detour_s[offer]
    rows["ends_s"] = rows["start_s"] + whole.lasts_s[offer]
    rows["flexible_s"], rows["lacks"] = np.maximum(whole.flexible_s[offer], late_s[offer]), whole.lacks[offer]
    rows["late_s"] = late_s[offer]
    rows["first"], rows["end"] = whole.first[offer], whole.first[offer + 1]
    for column, (side, outward) in enumerate(SIDES):
        rows[side] = np.nextafter(whole.box[offer, column].astype(np.float32), np.float32(outward))
    lasts_s = whole.lasts_s[offer] + rows["flexible_s"]
    return Departures(rows, int(lasts_s.max(initial=0)))
