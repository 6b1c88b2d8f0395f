"""The searches of the standard, open to all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import Blueprint, Response, jsonify, request

from api.covoiturage import present, query
from api.covoiturage.errors import PATH
from api.covoiturage.office import Office
from api.privacy.uses import uses
from mobility.carpool.journeys import Journey, RegularTrip, journeys, regular_trips
from mobility.carpool.wanted import WantedRide, days_near, wanted_near, weekdays_near
from mobility.clock import local_date
from mobility.privacy.register import LOOKUP, NOTHING

Found = TypeVar("Found", Journey, RegularTrip)


def add_searches(bp: Blueprint, office: Callable[[], Office]) -> None:
    @bp.get(f"{PATH}/status")
    @uses(NOTHING)
    def status() -> Response:
        """Whether the offers can be read."""
        office().board()
        return jsonify({})

    @bp.get(f"{PATH}/driver_journeys")
    @uses(LOOKUP)
    def driver_journeys() -> Response:
        desk, asked, when = office(), query.between(request.args), query.moment(request.args)
        if asked.start is None or asked.end is None:
            return jsonify([])
        found = journeys(desk.board(), asked.start, asked.end, when, desk.rules, desk.now())
        return _told(desk, found[: asked.count], present.driver_journey)

    @bp.get(f"{PATH}/passenger_journeys")
    @uses(LOOKUP)
    def passenger_journeys() -> Response:
        """Rides that passengers look for and have published."""
        desk, asked, when = office(), query.between(request.args), query.moment(request.args)
        rides = _wanted(desk, asked)
        zone = desk.rules.zone
        found = [(ride, day) for ride in rides for day in days_near(ride, when, zone, desk.now())]
        found.sort(key=lambda one: (abs(one[0].starts_at(one[1], zone) - when.at), one[0].id, one[1]))
        told = [present.passenger_journey(ride, day, zone, _people(desk)) for ride, day in found]
        return jsonify(told[: asked.count])

    @bp.get(f"{PATH}/passenger_regular_trips")
    @uses(LOOKUP)
    def passenger_regular_trips() -> Response:
        desk, asked, when = office(), query.between(request.args), query.usually(request.args)
        found = [(ride, weekdays_near(ride, when, desk.rules.zone, desk.now())) for ride in _wanted(desk, asked)]
        told = [present.passenger_trip(ride, days, _people(desk)) for ride, days in found if days]
        return jsonify(told[: asked.count])

    @bp.get(f"{PATH}/driver_regular_trips")
    @uses(LOOKUP)
    def driver_regular_trips() -> Response:
        desk, asked, when = office(), query.between(request.args), query.usually(request.args)
        if asked.start is None or asked.end is None:
            return jsonify([])
        found = regular_trips(desk.board(), asked.start, asked.end, when, desk.rules, desk.now())
        return _told(desk, found[: asked.count], present.driver_trip)


def _told(desk: Office, found: Sequence[Found], one: Callable[[Found, present.Passers], present.Json]) -> Response:
    people = _people(desk)
    return jsonify([one(item, people) for item in found])


def _people(desk: Office) -> present.Passers:
    return present.Passers(desk.operator, desk.pseudonyms)


def _wanted(desk: Office, asked: query.Between) -> tuple[WantedRide, ...]:
    if asked.start is None or asked.end is None:
        return ()
    with desk.store.reading() as connection:
        return wanted_near(connection, asked.start, asked.end, local_date(desk.now(), desk.rules.zone))
