"""`refresh-itinerary` of the MOTIS API, and links: an itinerary that somebody kept, as it is now. What of it cannot be
done any more is said, and what there is instead stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from api.parse import plan as parse
from api.parse.bodies.refresh import RefreshBody, kept
from api.parse.context import Asking
from api.parse.limits import OF_KEPT
from api.parse.modes import ridden
from api.parse.traveller import on_foot, traveller, with_own_bike
from api.parse.trip_ids import ItineraryName, RunName, itinerary_name
from api.parse.value_faults import RequestFault
from api.parse.values import Values
from api.present.changes import changes, lost_doors, lost_rides_told, tight_changes
from api.present.itineraries import options
from api.present.legs import AnswerContext
from api.present.pieces import Json
from api.service import Service, asked
from api.web.errors import BodyFault, InvalidBody
from api.web.sentences import sentences
from mobility.errors import InvalidQuery, NotFound
from mobility.planning import refresh
from mobility.planning.alternatives import alternative_search
from mobility.planning.fallbacks import fallback_search
from mobility.planning.rescue import LostRide, instead, kept_query, lost_rides
from mobility.ranking.options import Choice, alone
from mobility.routing.itinerary import Itinerary, RideLeg
from mobility.routing.query import Query
from mobility.routing.runs import OnFoot, Retold, TightChange, part_of, run, told_again
from mobility.routing.territory import Territory
from mobility.travellers.profiles import Profile

GONE = {"ride": RequestFault.RIDE_GONE, "walk": RequestFault.WALK_GONE, "itinerary": RequestFault.WAY_GONE}
"""Why an itinerary cannot be told again, by what is not found."""


class Keeper(NamedTuple):
    """has_place: whether the itinerary ends at a place, not only at a stop."""

    profile: Profile
    on_foot: OnFoot
    has_place: bool = False


class KeptTrip(NamedTuple):
    """An itinerary that somebody kept, as it is now. choice, instead: of one option each; instead of the first ride
    that is lost or tight, None where there is nothing. at_risk: whether some ride is. doors: modes of the ways that a
    name cannot hold."""

    context: AnswerContext
    choice: Choice
    tight: tuple[TightChange, ...]
    lost: tuple[LostRide, ...]
    at_risk: bool
    instead: Choice | None = None
    doors: tuple[str, str] = ("", "")


def refreshed_legs(service: Service, asking: Asking, body: RefreshBody) -> Json:
    """An itinerary told again by its legs, with what has changed. Raises InvalidBody."""
    values, territory = asked(), asking.territory
    profile = traveller(values, asking.config)
    wanted = kept(territory.network, body.id.legs, _by_line(values))
    who = Keeper(profile, on_foot(values, asking.config, profile), wanted.goal is not None)
    try:
        found = refresh.refreshed(territory, wanted, who.on_foot)
    except NotFound as error:
        member = "id" if error.kind == "itinerary" else error.parameter
        raise InvalidBody([BodyFault.of(member, GONE[error.kind], minutes=refresh.SEARCH_S // 60)]) from None
    told = _told(_kept(service, asking, (found.itinerary, found.tight), who))
    said = sentences(asking.spoken(values))
    told["hent"] |= {"changes": changes(found.rides, territory.zone, said)}
    return told


def refreshed(service: Service, asking: Asking, name: str) -> Json:
    """An itinerary told again by its identifier. Raises InvalidQuery."""
    one = kept_trip(service, asking, name)
    told = _told(one)
    told["hent"] |= {"doors": lost_doors(one.doors, sentences(one.context.wishes.language))}
    return told


def kept_trip(service: Service, asking: Asking, name: str, if_missed: bool = False) -> KeptTrip:
    """By its identifier, which names its rides by themselves: their lines match whatever is asked. if_missed: also
    where the query does not ask. Raises InvalidQuery."""
    _by_line(asked())
    profile = traveller(asked(), asking.config)
    profile = with_own_bike(profile, asked()) if asking.ours else profile
    named, who = _named(name), Keeper(profile, on_foot(asked(), asking.config, profile))
    found = _again(asking, named, who.on_foot)
    kept_one = _kept(service, asking, (found.itinerary, found.tight), who, if_missed)
    return kept_one._replace(doors=named.doors)


def _kept(
    service: Service,
    asking: Asking,
    found: tuple[Itinerary, Sequence[TightChange]],
    who: Keeper,
    if_missed: bool = False,
) -> KeptTrip:
    territory, (itinerary, tight) = asking.territory, found
    wishes = parse.wishes(asked(), asking, OF_KEPT)
    context = service.context(asking, wishes)
    query = _query(itinerary, who)
    if wishes.if_missed or if_missed:
        context = replace(context, if_missed=fallback_search(territory, query, who.has_place).of)
    modes = ridden(asked(), "transitModes")
    if wishes.alternatives:
        asked_now = replace(query, now_s=asking.now_s, modes=modes)
        context = replace(context, alternatives=alternative_search(territory, asked_now, wishes.alternatives).of)

    lost = lost_rides(territory, itinerary, tight)
    at_risk = [*(one.ride for one in lost), *(one.ride for one in tight)]
    first = min(at_risk, key=lambda ride: ride.departure_s, default=None)
    other = instead(territory, itinerary, first, query) if first else None
    return KeptTrip(
        context,
        alone(territory, itinerary, service.rules, query),
        tuple(one for one in tight if not one.is_missed),
        tuple(lost),
        bool(at_risk),
        alone(territory, other, service.rules, query) if other else None,
    )


def _query(itinerary: Itinerary, who: Keeper) -> Query:
    """With what is asked of all that may be ridden instead. Raises InvalidQuery."""
    values = asked()
    parse.refuse_cars(values)
    return replace(
        kept_query(itinerary, who.on_foot, who.profile),
        with_bike=values.flag("requireBikeTransport"),
        unbooked=values.flag("noCompulsoryReservation"),
    )


def _by_line(values: Values) -> bool:
    return values.flag("requireDisplayNameMatch", True)


def _told(one: KeptTrip) -> Json:
    """With the changes that are tight, the rides that are lost, and the way instead of the first of them."""
    context, said = one.context, sentences(one.context.wishes.language)
    told = options(context, one.choice, one.choice.shown)[0]
    told["hent"] |= {"tight": tight_changes(one.tight, said)}
    told["hent"] |= {"limited": list(context.wishes.limited)}
    told["hent"] |= {"lost": lost_rides_told(context, one.lost, told["legs"])} if one.lost else {}
    if one.at_risk:
        other = options(context, one.instead, one.instead.shown)[0] if one.instead else None
        told["hent"] |= {"instead": other}
    return told


def named_run(territory: Territory, name: RunName) -> RideLeg:
    """Raises NotFound."""
    return run(territory, name.trip, name.service_day, name.minute)


def _again(asking: Asking, name: ItineraryName, walked: OnFoot) -> Retold:
    """Raises InvalidQuery: the description of this endpoint knows no 404."""
    try:
        rides = [part_of(named_run(asking.territory, part.run), part.board, part.alight) for part in name.parts]
        return told_again(asking.territory, rides, walked)
    except NotFound:
        raise InvalidQuery("itineraryId", RequestFault.NO_ITINERARY) from None


def _named(text: str) -> ItineraryName:
    """Raises InvalidQuery."""
    try:
        return itinerary_name(text)
    except NotFound:
        raise InvalidQuery("itineraryId", RequestFault.NO_ITINERARY) from None
