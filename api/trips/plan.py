"""Trips: `plan`, `trip` and `refresh-itinerary` of the MOTIS API, and the same query as a body, POST /api/trips."""

from __future__ import annotations

from flask import Blueprint, request

from api.parse import plan as parse
from api.parse.bodies import PlanBody, TripsRequest, read_body
from api.parse.bodies.refresh import RefreshBody, kept
from api.parse.context import Asking
from api.parse.traveller import on_foot, traveller
from api.parse.trip_ids import ItineraryName, RunName, itinerary_name, run_name
from api.parse.values import Values
from api.present.answers import answer
from api.present.changes import changes, lost_doors, tight_changes
from api.present.itineraries import itineraries, options
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import API, Service, asked, json_body
from api.web.dialect import NEWEST
from api.web.errors import InvalidBody
from api.web.sentences import sentences
from mobility.errors import InvalidQuery, NotFound
from mobility.planning import planner, refresh
from mobility.planning.local import local
from mobility.privacy.register import LOOKUP, STATISTICS, TRIP
from mobility.ranking.options import alone, choose
from mobility.routing.itinerary import Itinerary, RideLeg
from mobility.routing.runs import OnFoot, Retold, continued, part_of, run, told_again

GONE = {
    "ride": "is no ride of the timetable in service within an hour of its time",
    "walk": "no way leads from or to its first or last stop in the time on foot",
    "itinerary": "one of its changes cannot be made any more",
}
"""Why an itinerary cannot be told again, by what is not found."""


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
        legs = continued(_run(asking, run_name(asked().required("tripId"))))
        found = Itinerary(legs, legs[0].departure_s, legs[-1].arrival_s)
        return _told(service, asking, found)

    @bp.get(f"{API}/refresh-itinerary")
    @uses(TRIP)
    def refresh_by_id(version: int) -> Json:
        return refreshed(service, service.asking(version), asked().required("itineraryId"))

    @bp.post(f"{API}/refresh-itinerary")
    @uses(TRIP)
    def refresh_legs(version: int) -> Json:
        return _refreshed_legs(service, service.asking(version), read_body(RefreshBody, request.get_data()))

    return bp


def _refreshed_legs(service: Service, asking: Asking, body: RefreshBody) -> Json:
    """An itinerary told again by its legs, with what has changed. Raises InvalidBody."""
    values, territory = asked(), asking.territory
    profile = traveller(values, asking.config)
    wanted = kept(territory.network, body.id.legs, values.flag("requireDisplayNameMatch", True))
    try:
        found = refresh.refreshed(territory, wanted, on_foot(values, asking.config, profile))
    except NotFound as error:
        member = "id" if error.kind == "itinerary" else error.parameter
        raise InvalidBody([{"member": member, "reason": GONE[error.kind]}]) from None
    choice = alone(territory, found.itinerary, service.rules, profile)
    wishes = parse.wishes(values, asking)
    (told,) = options(service.context(asking, wishes), choice, choice.shown)
    said = sentences(wishes.language)
    told["hent"] |= {"changes": changes(found.rides, territory.zone, said), "tight": tight_changes(found.tight, said)}
    return told


def refreshed(service: Service, asking: Asking, name: str) -> Json:
    """An itinerary told again by its identifier. Raises InvalidQuery."""
    profile = traveller(asked(), asking.config)
    named = _named(name)
    found = _again(asking, named, on_foot(asked(), asking.config, profile))
    choice = alone(asking.territory, found.itinerary, service.rules, profile)
    wishes = parse.wishes(asked(), asking)
    (told,) = options(service.context(asking, wishes), choice, choice.shown)
    said = sentences(wishes.language)
    told["hent"] |= {"doors": lost_doors(named.doors, said), "tight": tight_changes(found.tight, said)}
    return told


def planned(service: Service, values: Values, asking: Asking) -> Json:
    """The whole answer to a trip query; the page is made of the same."""
    asking = asking.in_mode(values)
    found = planner.plan(asking.searched, parse.query(values, asking))
    wishes = parse.wishes(values, asking)
    choice = choose(asking.searched, found, service.rules, wishes.handful)
    if service.counting:
        service.counting.note(found.network, found.query, service.now())
    near = local(asking.searched, found, service.rules.factors, asking.now_s)
    return answer(service.context(asking, wishes), found, choice, near)


def _told(service: Service, asking: Asking, found: Itinerary) -> Json:
    context = service.context(asking, parse.wishes(asked(), asking))
    return itineraries(context, [found])[0]


def _again(asking: Asking, name: ItineraryName, walked: OnFoot) -> Retold:
    """Raises InvalidQuery: the description of this endpoint knows no 404."""
    try:
        rides = [part_of(_run(asking, part.run), part.board, part.alight) for part in name.parts]
        return told_again(asking.territory, rides, walked)
    except NotFound:
        raise InvalidQuery("itineraryId", "is no itinerary of the network in service") from None


def _named(text: str) -> ItineraryName:
    """Raises InvalidQuery."""
    try:
        return itinerary_name(text)
    except NotFound:
        raise InvalidQuery("itineraryId", "is no itinerary of the network in service") from None


def _run(asking: Asking, name: RunName) -> RideLeg:
    return run(asking.territory, name.trip, name.service_day, name.minute)


def _refuse_offsets(body: PlanBody) -> None:
    for name, offsets in (("fromOffsets", body.from_offsets), ("toOffsets", body.to_offsets)):
        if offsets:
            raise InvalidQuery(name, "ways computed by the client are not taken yet")
