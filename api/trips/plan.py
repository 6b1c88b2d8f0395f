"""Trips: `plan`, `trip` and `refresh-itinerary` of the MOTIS API, and the same query as a body, POST /api/trips."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, request

from api.parse import plan as parse
from api.parse.bodies import PlanBody, TripsRequest, read_body
from api.parse.bodies.refresh import RefreshBody
from api.parse.context import Asking
from api.parse.trip_ids import run_name
from api.parse.value_faults import RequestFault
from api.parse.values import Values
from api.present.answers import answer
from api.present.itineraries import itineraries
from api.present.legs import AnswerContext
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import API, Service, asked, json_body
from api.trips.kept import named_run, refreshed, refreshed_legs
from api.web.dialect import NEWEST
from mobility.clock import local_date
from mobility.errors import InvalidQuery
from mobility.planning import planner
from mobility.planning.alternatives import alternative_search
from mobility.planning.fallbacks import fallback_search
from mobility.planning.local import Local, local
from mobility.privacy.register import LOOKUP, STATISTICS, TRIP
from mobility.ranking.answer import Answer
from mobility.ranking.options import Choice, choose
from mobility.routing.itinerary import Itinerary
from mobility.routing.runs import continued


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("plan", __name__)

    @bp.get(f"{API}/plan")
    @uses(TRIP, STATISTICS)
    def plan(version: int) -> Json:
        return planned(service, asked(), service.asking(version))

    @bp.post(f"{API}/plan")
    @uses(TRIP, STATISTICS)
    def plan_with_offsets(version: int) -> Json:
        _refuse_offsets(read_body(PlanBody, request.get_data()))
        return planned(service, asked(), service.asking(version))

    @bp.post("/api/trips")
    @uses(TRIP, STATISTICS)
    def trips() -> Json:
        values = Values.of_body(json_body(TripsRequest).model_dump(by_alias=True, exclude_unset=True))
        return planned(service, values, service.told_in(service.asking(NEWEST, ours=True), values))

    @bp.get(f"{API}/trip")
    @uses(LOOKUP)
    def trip(version: int) -> Json:
        asking = service.asking(version)
        legs = continued(named_run(asking.territory, run_name(asked().required("tripId"))))
        found = Itinerary(legs, legs[0].departure_s, legs[-1].arrival_s)
        return _told(service, asking, found)

    @bp.get(f"{API}/refresh-itinerary")
    @uses(TRIP)
    def refresh_by_id(version: int) -> Json:
        return refreshed(service, service.asking(version), asked().required("itineraryId"))

    @bp.post(f"{API}/refresh-itinerary")
    @uses(TRIP)
    def refresh_legs(version: int) -> Json:
        return refreshed_legs(service, service.asking(version), read_body(RefreshBody, request.get_data()))

    return bp


@dataclass(frozen=True, slots=True)
class AnsweredTrip:
    """What a trip query yields, weighed for the traveller: the API tells it as JSON, the page as cards."""

    context: AnswerContext
    found: Answer
    choice: Choice
    near: Local


def planned(service: Service, values: Values, asking: Asking) -> Json:
    """The whole answer to a trip query."""
    one = answered(service, values, asking)
    return answer(one.context, one.found, one.choice, one.near)


def answered(service: Service, values: Values, asking: Asking) -> AnsweredTrip:
    """Raises InvalidQuery, NotFound, SkippedHour."""
    asking = asking.in_mode(values)
    found = planner.plan(asking.searched, parse.query(values, asking))
    wishes = parse.wishes(values, asking)
    choice = choose(asking.searched, found, service.rules, wishes.handful)
    if service.counting:
        service.counting.note(found.network, found.query, service.now())
    near = local(asking.searched, found, service.rules.factors, asking.now_s)
    context = service.context(asking, wishes)
    context = replace(context, about=local_date(found.query.at_s, context.zone))
    if wishes.if_missed:
        context = replace(context, if_missed=fallback_search(asking.searched, found.query).of)
    if wishes.alternatives and found.itineraries:
        search = alternative_search(asking.searched, found.query, wishes.alternatives)
        context = replace(context, alternatives=search.of)
    return AnsweredTrip(context, found, choice, near)


def _told(service: Service, asking: Asking, found: Itinerary) -> Json:
    context = service.context(asking, parse.wishes(asked(), asking))
    return itineraries(context, [found])[0]


def _refuse_offsets(body: PlanBody) -> None:
    for name, offsets in (("fromOffsets", body.from_offsets), ("toOffsets", body.to_offsets)):
        if offsets:
            raise InvalidQuery(name, RequestFault.WAYS_NOT_TAKEN)
