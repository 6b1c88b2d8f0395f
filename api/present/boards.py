"""Departure boards, stops and lines as JSON: schemas StopTime, Place and Route of the MOTIS API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.parse.boards import Where
from api.parse.cursor import Cursor, Direction
from api.present.calls import calls, is_served
from api.present.legs import run_members
from api.present.pieces import KNOWN, Json, Pieces
from mobility.routing.departures import Board, Call

LINE_MEMBERS = (
    "mode", "routeId", "routeShortName", "routeLongName", "routeType", "agencyId", "agencyName", "agencyUrl",
    "routeColor", "routeTextColor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardWishes:
    with_stops: bool = False
    with_skipped_stops: bool = False


def board(pieces: Pieces, where: Where, found: Board, wishes: BoardWishes) -> Json:
    return {
        "stopTimes": [stop_time(pieces, call, wishes) for call in found.calls],
        "place": place(pieces, where),
        "previousPageCursor": str(Cursor(Direction.EARLIER, found.from_s - 1)),
        "nextPageCursor": str(Cursor(Direction.LATER, found.until_s)),
    }


def stop_time(pieces: Pieces, call: Call, wishes: BoardWishes) -> Json:
    ride, trips = call.ride, call.ride.network.trips
    rows = calls(pieces, ride)
    here = rows[call.position]
    told = {
        **run_members(pieces, ride),
        "place": here,
        "pickupDropoffType": here["dropoffType" if call.arrives else "pickupType"],
        "tripCancelled": False,
        "hent": {
            "event": "ARRIVAL" if call.arrives else "DEPARTURE",
            "wheelchair": KNOWN[int(trips.wheelchair[ride.trip])],
            "bikes": KNOWN[int(trips.bikes[ride.trip])],
            "approximate": not ride.network.calls.exact[ride.first_call + call.position],
        },
    }
    if wishes.with_stops:
        others = rows[: call.position] if call.arrives else rows[call.position + 1 :]
        served = [row for row in others if wishes.with_skipped_stops or is_served(row)]
        told["previousStops" if call.arrives else "nextStops"] = served
    return told


def place(pieces: Pieces, where: Where) -> Json:
    """A stop with the modes that call there, or the point asked for."""
    if where.stop >= 0:
        return known_place(pieces, where.stop)
    point: Json = {"name": "", "lat": where.point.lat, "lon": where.point.lon, "vertexType": "NORMAL"}
    return point | {"level": 0} if pieces.dialect.has_level else point


def known_place(pieces: Pieces, stop: int) -> Json:
    importance = round(float(pieces.network.stops.importance[stop]), 4)
    return {**pieces.place(stop), "importance": importance, "modes": pieces.modes(stop)}


def lines(pieces: Pieces, rows: Sequence[int]) -> list[Json]:
    told = [pieces.line(line) for line in rows]
    return [{name: line[name] for name in LINE_MEMBERS if name in line} for line in told]
