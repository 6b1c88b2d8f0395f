"""A run of a trip on one service day, by name: `20260113_25:10_lorient_T7`.

The service day, the first departure on it (which tells the runs of a frequency trip apart), the namespaced trip id.
"""

from __future__ import annotations

import re
from datetime import date

from mobility.errors import NotFound
from mobility.routing.itinerary import RideLeg

WRITTEN = re.compile(r"(\d{4})(\d{2})(\d{2})_(\d{2,3}):(\d{2})_(.+)", re.ASCII | re.DOTALL)


def trip_id(leg: RideLeg) -> str:
    trips = leg.network.trips
    minute = int(leg.network.calls.departure[leg.first_call]) // 60
    name = trips.id[int(trips.id_row[leg.trip])]
    return f"{leg.service_day.strftime('%Y%m%d')}_{minute // 60:02}:{minute % 60:02}_{name}"


def parted(text: str) -> tuple[date, int, str]:
    """Service day, minute of its first departure, trip. Raises NotFound for what is no such name."""
    written = WRITTEN.fullmatch(text)
    try:
        if written is None:
            raise ValueError
        service_day = date(int(written[1]), int(written[2]), int(written[3]))
    except ValueError:
        raise NotFound("trip", "tripId") from None
    return service_day, int(written[4]) * 60 + int(written[5]), written[6]
