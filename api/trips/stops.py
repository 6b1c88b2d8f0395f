"""Stops: departure boards, what stops where, the stops of a map, what can be reached; of the MOTIS API."""

from __future__ import annotations

import numpy as np
from flask import Blueprint

from api.parse import boards as parse
from api.parse.modes import ridden
from api.parse.reach import reach_question
from api.present import boards as present
from api.present.boards import BoardWishes
from api.present.pieces import Json
from api.present.reach import reachable
from api.privacy.uses import uses
from api.service import API, Service, asked
from api.web.headers import may_be_kept
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.places.match import Box
from mobility.planning.reach import reach
from mobility.privacy.register import LOOKUP, TRIP
from mobility.routing.departures import board, lines_at

KEPT_S = 60


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("stops", __name__)

    @bp.get(f"{API}/stoptimes")
    @uses(LOOKUP)
    def stop_times(version: int) -> Json:
        values, asking = asked(), service.asking(version).in_mode(asked())
        where, query = parse.board_query(values, asking)
        live = service.live(asking, asking.spoken(values))
        told = values.flag("withAlerts", True), live, asking.spoken(values)
        wishes = BoardWishes(values.flag("fetchStops"), query.skipped, *told)
        return present.board(service.pieces(asking), where, board(asking.searched.network, query), wishes)

    @bp.get(f"{API}/stop")
    @uses(LOOKUP)
    def stop(version: int) -> Json:
        may_be_kept(KEPT_S)
        asking = service.asking(version)
        network, pieces = asking.territory.network, service.pieces(asking)
        where = parse.where(asked(), network)
        lines = present.lines(pieces, lines_at(network, where.stops))
        return {"place": present.place(pieces, where), "routes": lines}

    @bp.get(f"{API}/map/stops")
    @uses(LOOKUP)
    def stops_of_map(version: int) -> list[Json]:
        may_be_kept(KEPT_S)
        values, asking = asked(), service.asking(version)
        box, modes = parse.box(values), ridden(values, "modes")
        rows = _stops_in(asking.territory.network, box, modes, grouped=values.flag("grouped"))
        pieces = service.pieces(asking)
        return [present.known_place(pieces, row) for row in rows[: asking.config.limits.map_stops]]

    @bp.get("/api/experimental/one-to-all", defaults={"version": 1})
    @bp.get(f"{API}/one-to-all")
    @uses(TRIP)
    def one_to_all(version: int) -> Json:
        """Its former path answers, too, for clients from before version 1."""
        asking = service.asking(version)
        asked_for = reach_question(asked(), asking)
        found = reach(asking.territory, asked_for.query, asked_for.longest_s)
        told = reachable(service.pieces(asking), asked_for.query, found)
        return told | {"hent": {"limited": list(asked_for.limited)}}

    return bp


def _stops_in(network: Network, box: Box, modes: frozenset[str] | None, grouped: bool) -> list[int]:
    """Stops and stations where something calls, the most important first; grouped: those of a station as one."""
    stops = network.stops
    bits = sum(1 << bit for bit, mode in enumerate(MODES) if modes is None or mode in modes)
    inside = (stops.lat >= box.south) & (stops.lat <= box.north) & (stops.lon >= box.west) & (stops.lon <= box.east)
    wanted = inside & (stops.kind <= 1) & ((stops.modes & bits) != 0)
    if grouped:
        wanted &= stops.parent < 0
    rows = np.flatnonzero(wanted)
    order = np.argsort(-stops.importance[rows], kind="stable")
    found: list[int] = rows[order].tolist()
    return found
