"""The parameters of `map/trips`."""

from __future__ import annotations

from dataclasses import dataclass

from api.parse.boards import box
from api.parse.context import Asking
from api.parse.times import moment
from api.parse.value_faults import RequestFault
from api.parse.values import Values
from mobility.errors import InvalidQuery
from mobility.routing.vehicles import VehicleQuery

USUAL_PRECISION, FINEST = 5, 6
LONGEST_HOURS = 24
CLOSEST = 30
"""Zoom."""


@dataclass(frozen=True, slots=True)
class MapTrips:
    """precision: decimal places of polylines."""

    query: VehicleQuery
    precision: int


def map_trips(values: Values, asking: Asking) -> MapTrips:
    """Raises InvalidQuery, SkippedHour."""
    from_s, until_s = (_required(values, name, asking) for name in ("startTime", "endTime"))
    if until_s < from_s:
        raise InvalidQuery("endTime", RequestFault.BEFORE_START)
    if until_s - from_s > 3600 * LONGEST_HOURS:
        raise InvalidQuery("endTime", RequestFault.LONG_SPAN, hours=LONGEST_HOURS)
    values.required("zoom")
    query = VehicleQuery(box(values), from_s, until_s, values.number("zoom", 0, 0, CLOSEST))
    return MapTrips(query, values.whole("precision", USUAL_PRECISION, 0, FINEST))


def _required(values: Values, name: str, asking: Asking) -> int:
    values.required(name)
    return moment(values, name, asking.territory.zone, asking.now_s)
