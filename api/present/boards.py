"""Departure boards, stops and lines as JSON: schemas StopTime, Place and Route of the MOTIS API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.parse.boards import BoardSubject
from api.parse.cursor import Cursor, PageDirection
from api.present import reservations
from api.present.alerts import alert_json
from api.present.calls import TYPES, is_served, whole
from api.present.now import LiveTelling, call_place, run_now, subject_of, tell_cancelled
from api.present.pieces import Json, Pieces
from api.present.rows import ToldRide, headsign_at, rows
from api.present.runs import known, members
from api.web.sentences import LANGUAGES, sentences
from mobility.routing.departures import Board, Call, boarded
from mobility.routing.reservation import PHONE, boarding

LINE_MEMBERS = (
    "mode", "routeId", "routeShortName", "routeLongName", "routeType", "agencyId", "agencyName", "agencyUrl",
    "routeColor", "routeTextColor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardWishes:
    with_stops: bool = False
    with_skipped_stops: bool = False
    with_alerts: bool = True
    live: LiveTelling | None = None
    language: str = LANGUAGES[0]


def board(pieces: Pieces, where: BoardSubject, found: Board, wishes: BoardWishes) -> Json:
    told = zip(found.calls, rows(pieces.network, [call.ride for call in found.calls]), strict=True)
    return {
        "stopTimes": [stop_time(pieces, call, row, wishes) for call, row in told],
        "place": place(pieces, where),
        "previousPageCursor": str(Cursor(PageDirection.EARLIER, found.from_s - 1)),
        "nextPageCursor": str(Cursor(PageDirection.LATER, found.until_s)),
    }


def stop_time(pieces: Pieces, found: Call, row: ToldRide, wishes: BoardWishes) -> Json:
    said = sentences(wishes.language)
    ride, (_, _, _, pickup, drop_off) = found.ride, row.calls[found.position]
    is_exact = bool(ride.network.calls.exact[ride.first_call + found.position])
    rule = drop_off if found.arrives else pickup
    row = row._replace(headsign=headsign_at(pieces.network, ride, found.position))
    told = {
        **members(pieces, row),
        "reservation": "COMPULSORY" if rule == PHONE else "NONE",
        "place": whole(pieces, row.calls[found.position]),
        "pickupDropoffType": TYPES[rule],
        "tripCancelled": False,
        "hent": known(row, is_exact) | {"event": "ARRIVAL" if found.arrives else "DEPARTURE"},
    }
    if not found.arrives and (asked := boarding(replace(ride, board=found.position, departure_s=found.at_s))):
        told["hent"]["reservation"] = reservations.told(asked, "", said)
    if wishes.with_stops:
        others = row.calls[: found.position] if found.arrives else row.calls[found.position + 1 :]
        served = [whole(pieces, call) for call in others if is_served(call) or wishes.with_skipped_stops]
        told["previousStops" if found.arrives else "nextStops"] = served
    if wishes.live is not None:
        _tell_now(wishes.live, pieces, told, (found, row), wishes)
    return told


def _tell_now(live: LiveTelling, pieces: Pieces, told: Json, of: tuple[Call, ToldRide], wishes: BoardWishes) -> None:
    """Into what is told by timetable."""
    found, row = of
    now = run_now(live, found.ride, row)
    call = now.calls[found.position]
    if now.is_known or now.is_added:
        told["place"] = call_place(pieces, call)
        told["realTime"] = call.is_known or now.is_cancelled
        told["tripCancelled"] = now.is_cancelled
        told["cancelled"] = now.is_cancelled or call.is_skipped
        told["pickupDropoffType"] = TYPES[call.drop_off if found.arrives else call.pickup]
        told["hent"] |= {"scheduled": not now.is_added}
        told["hent"] |= {"occupancy": call.occupancy} if call.occupancy else {}
        if told["cancelled"] and not found.arrives:
            told["hent"] |= tell_cancelled(live, boarded(found), call)
        if wishes.with_stops:
            others = now.calls[: found.position] if found.arrives else now.calls[found.position + 1 :]
            told["previousStops" if found.arrives else "nextStops"] = [call_place(pieces, one) for one in others]
    if wishes.with_alerts:
        stops = frozenset({call.stop, call.planned_stop})
        about = live.alerts.about(subject_of(live, found.ride)._replace(stops=stops), live.now_s)
        if about:
            told["place"] = dict(told["place"]) | {"alerts": [alert_json(alert, live.language) for alert in about]}


def place(pieces: Pieces, where: BoardSubject) -> Json:
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
