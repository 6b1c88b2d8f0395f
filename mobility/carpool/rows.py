"""How offers lie in memory for the kernels that look at thousands of them: each row whole, in one or two cache lines.

A search meets these rows once, out of the processor's cache: what it waits for is memory, not arithmetic.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.offer import MeetingPoint

Rows = NDArray[np.void]

WAYPOINT = np.dtype(
    [("lat", "f8"), ("lon", "f8"), ("after_s", "i4"), ("detour_s", "i4"), ("place", "i4"), ("pickup", "u1"),
     ("drop_off", "u1")], align=True,
)  # fmt: skip
"""after_s: from the first waypoint. detour_s: of serving it. place: its number among Places."""
STRETCH = np.dtype([("left", "i2"), ("served", "u1")], align=True)
"""Of one date, from a waypoint to the next. left: seats free. served: 1 where the driver stops anyway."""
LATE = np.dtype([("arrives_s", "i4"), ("leaves_s", "i4"), ("gone_s", "i4"), ("most_s", "i4")])
"""Of one date, by waypoint: see Lateness (lateness.py)."""
DEPARTURE = np.dtype(
    [("start_s", "i8"), ("ends_s", "i8"), ("south", "f4"), ("west", "f4"), ("north", "f4"), ("east", "f4"),
     ("flexible_s", "i4"), ("late_s", "i4"), ("detour_s", "i4"), ("offer", "i4"), ("first", "i4"), ("end", "i4"),
     ("lacks", "u1")],
    align=True,
)  # fmt: skip
"""start_s, ends_s: epoch seconds at the first waypoint and at the last without any detour. south .. east: the box round
all waypoints, in degrees. flexible_s: by how much later it may be somewhere, late_s: by how much it is already, for
those who have a seat. detour_s: how much longer the drive may become. offer: its row in the view; first, end: of its
waypoints. lacks: see departures.py."""


class Places:
    """The meeting points of all offers, each with a number that it keeps."""

    def __init__(self) -> None:
        self.points: list[MeetingPoint] = []
        self._number: dict[MeetingPoint, int] = {}

    def number(self, point: MeetingPoint) -> int:
        found = self._number.get(point)
        if found is None:
            found = self._number[point] = len(self.points)
            self.points.append(point)
        return found


def joined(some: Rows, more: Rows) -> Rows:
    """As bytes: numpy would copy them field by field, which takes twenty times as long."""
    return np.concatenate([some.view(np.uint8), more.view(np.uint8)]).view(some.dtype)
