"""Vehicles under way as JSON: schema TripSegment of the MOTIS API, and where a vehicle says that it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from api.present.clock import stamp
from api.present.now import LiveTelling, NowCall, call_place, planned_call, run_now
from api.present.pieces import Json, Pieces
from api.present.rows import ToldRide, rows
from api.present.runs import display_name
from mobility.network.live import LiveNetwork
from mobility.network.live_files import LivePosition
from mobility.routing.itinerary import RideLeg
from mobility.routing.territory import Territory

VehiclePlaces = dict[tuple[int, int], LivePosition]
"""By planned trip and service day (as ordinal)."""


def map_trips(
    territory: Territory, pieces: Pieces, live: LiveTelling | None, legs: Sequence[RideLeg], precision: int
) -> list[Json]:
    """legs: each from one call to the next. precision: decimal places of polylines."""
    told = rows(pieces.network, legs)
    metres = _metres(territory, legs)
    where = positions(territory)
    found = []
    for leg, row, metre in zip(legs, told, metres, strict=True):
        one = _segment(pieces, _ends(live, leg, row), row)
        one["distance"] = round(metre)
        one["polyline"] = pieces.course(row.pattern, row.shape, precision).between(leg.board, leg.alight)[0]
        if place := where.get(run_key(leg)):
            one["hent"] = {"vehicle": _vehicle(place)}
        found.append(one)
    return found


def positions(territory: Territory) -> VehiclePlaces:
    """Of the runs whose vehicle says where it is."""
    return {(one.trip, one.day): one for one in territory.positions if one.trip >= 0}


def run_key(leg: RideLeg) -> tuple[int, int]:
    """The run as positions name it."""
    network, trip = leg.network, leg.trip
    if isinstance(network, LiveNetwork) and (run := network.run_of(trip)) >= 0:
        trip = int(network.changed.trip[run])
    return trip, leg.service_day.toordinal()


def _ends(live: LiveTelling | None, leg: RideLeg, row: ToldRide) -> tuple[NowCall, NowCall]:
    calls = [planned_call(call) for call in row.calls] if live is None else run_now(live, leg, row).calls
    return calls[0], calls[-1]


def _segment(pieces: Pieces, ends: tuple[NowCall, NowCall], row: ToldRide) -> Json:
    (start, end), line = ends, pieces.line(row.line)
    display = display_name(pieces, row)
    name = "routeShortName" if pieces.dialect.short_name_is_display_name else "displayName"
    told: Json = {
        "trips": [{"tripId": row.trip_id, name: display}],
        "mode": line["mode"],
        "from": call_place(pieces, start, "departure"),
        "to": call_place(pieces, end, "arrival"),
        "departure": stamp(start.departure_s),
        "arrival": stamp(end.arrival_s),
        "scheduledDeparture": stamp(start.planned_departure_s),
        "scheduledArrival": stamp(end.planned_arrival_s),
        "realTime": start.is_known or end.is_known,
    }
    return told | ({"routeColor": line["routeColor"]} if "routeColor" in line else {})


def _vehicle(place: LivePosition) -> Json:
    at = None if place.timestamp_s is None else stamp(place.timestamp_s)
    told: Json = {"lat": place.lat, "lon": place.lon, "bearing": place.bearing, "at": at}
    return told | ({"occupancy": place.occupancy} if place.occupancy else {})


def _metres(territory: Territory, legs: Sequence[RideLeg]) -> list[float]:
    if not legs:
        return []
    columns = np.array([(leg.trip, leg.board, leg.alight) for leg in legs], np.int64).T
    metres: list[float] = territory.lengths.of(legs[0].network, *columns).tolist()
    return metres
