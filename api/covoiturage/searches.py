"""The searches of the standard, open to all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import Blueprint, Response, jsonify, request

from api.covoiturage import present, query
from api.covoiturage.errors import PATH
from api.covoiturage.office import Office
from mobility.carpool.journeys import Journey, RegularTrip, journeys, regular_trips
from mobility.carpool.people import aliases_of

Found = TypeVar("Found", Journey, RegularTrip)


def add_searches(bp: Blueprint, office: Callable[[], Office]) -> None:
    @bp.get(f"{PATH}/status")
    def status() -> Response:
        """Whether the offers can be read."""
        office().board()
        return jsonify({})

    @bp.get(f"{PATH}/driver_journeys")
    def driver_journeys() -> Response:
        asked, when, desk = query.between(request.args), query.moment(request.args), office()
        if asked.start is None or asked.end is None:
            return jsonify([])
        found = journeys(desk.board(), asked.start, asked.end, when, desk.rules, desk.now())
        return _told(desk, found[: asked.count], present.driver_journey)

    @bp.get(f"{PATH}/driver_regular_trips")
    def driver_regular_trips() -> Response:
        asked, when, desk = query.between(request.args), query.usually(request.args), office()
        if asked.start is None or asked.end is None:
            return jsonify([])
        found = regular_trips(desk.board(), asked.start, asked.end, when, desk.rules, desk.now())
        return _told(desk, found[: asked.count], present.driver_trip)


def _told(desk: Office, found: Sequence[Found], one: Callable[[Found, str, present.Aliases], present.Json]) -> Response:
    with desk.store.reading() as connection:
        aliases = aliases_of(connection, [item.offer.driver for item in found])
    return jsonify([one(item, desk.operator, aliases) for item in found if item.offer.driver in aliases])
