"""The parameters of `plan` (GET, POST and POST /api/trips alike) -> Query and the wishes about its answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from api.config import Config
from api.parse.bodies import NAMES
from api.parse.context import Asking
from api.parse.cursor import Cursor, PageDirection, cursor
from api.parse.limits import LONGEST_TRAVEL_MINUTES, MOST_ALTERNATIVES, limited
from api.parse.modes import named, ridden
from api.parse.spots import spot
from api.parse.times import moment
from api.parse.traveller import change, traveller, walking, with_own_bike, with_rides
from api.parse.value_faults import RequestFault
from api.parse.values import Values
from api.web.dialect import Dialect
from mobility.errors import InvalidQuery
from mobility.fares.price import ANYBODY, Buyer
from mobility.network.network import Network
from mobility.ranking.labels import LABELS
from mobility.routing.query import PATIENT_S, Query
from mobility.travellers.profiles import Profile

FOR_A_HANDFUL = 12
"""Itineraries at least, so that the ways that stand first are chosen from enough."""
DIRECT_MODES = frozenset({"WALK", "BIKE", "CAR"})
RIDE_SHARING = "RIDE_SHARING"
RIDDEN_OR_AT_ENDS = ("transitModes", "directModes", "preTransitModes", "postTransitModes")
UNSUPPORTED = ("via", "requireCarTransport")


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the answer is to be told. echo: the parameters as understood, told back to who sent them. limited: names of
    those that asked for more than the server gives. page: the answer continues another one. handful: also
    which departures go the same way, and which ways stand first; explained: with those not shown; sort_by: a label, ""
    for the usual order. if_missed: with what is left to who misses a ride; alternatives: of each ride, how
    many at the most that may take its place."""

    dialect: Dialect
    language: str = "fr"
    detailed_legs: bool = True
    detailed_transfers: bool = True
    join_interlined: bool = True
    with_fares: bool = False
    buyer: Buyer = ANYBODY
    with_skipped_stops: bool = False
    page: bool = False
    echo: tuple[tuple[str, str], ...] = ()
    limited: tuple[str, ...] = ()
    handful: bool = False
    explained: bool = False
    sort_by: str = ""
    if_missed: bool = False
    alternatives: int = 0


def query(values: Values, asking: Asking) -> Query:
    """Raises InvalidQuery naming the parameter, NotFound for an unknown stop."""
    refuse_unsupported(values)
    network, search = asking.territory.network, asking.config.search
    profile = traveller(values, asking.config)
    profile = with_own_bike(profile, values) if asking.ours else profile
    usual = max(search.results, FOR_A_HANDFUL) if wants_a_handful(values) else search.results
    results = values.up_to(search.most_results, "numItineraries", usual)
    asked = Query(
        origin=spot(network, values, "fromPlace", "START"),
        destination=spot(network, values, "toPlace", "END"),
        at_s=moment(values, "time", asking.territory.zone, asking.now_s),
        arrive_by=values.flag("arriveBy"),
        window_s=_window_s(values, asking.config),
        results=results,
        most_results=values.up_to(search.most_results, "maxItineraries", max(search.page_results, results)),
        most_rides=search.most_rides,
        longest_s=60 * values.whole("maxTravelTime", 0, 0, LONGEST_TRAVEL_MINUTES),
        modes=ridden(values, "transitModes"),
        direct_modes=tuple(mode for mode in named(values, "directModes", _own(profile)) if mode in DIRECT_MODES),
        step_free=profile.step_free.excludes_steps,
        with_bike=values.flag("requireBikeTransport"),
        walking=walking(values, asking.config, profile),
        change=change(values, profile),
        profile=profile,
        buyer=buyer(values, network),
        unbooked=values.flag("noCompulsoryReservation"),
        now_s=asking.now_s,
        patience_s=_patience_s(values),
        carpool=_carpool(values, asking.ours),
    )
    return _on_page(with_rides(asked, values, asking.dialect), cursor(values))


def wants_a_handful(values: Values) -> bool:
    """Who says who they are, or asks why, is also told which departures go the same way, and which few ways stand first
    (docs/decisions/0029). The list of departures is the same for everybody."""
    return bool(values.text("profile")) or values.flag("explain")


def buyer(values: Values, network: Network) -> Buyer:
    """Raises InvalidQuery for an id that stands in no feed: a price for nobody would look like one that is unknown."""
    riders = {rider.id for feed in network.fares for rider in feed.riders}
    media = {medium.id for feed in network.fares for medium in feed.media}
    rider, medium = values.text("fareRider"), values.text("fareMedium")
    if rider and rider not in riders:
        raise InvalidQuery("fareRider", RequestFault.NO_RIDER)
    if medium and medium not in media:
        raise InvalidQuery("fareMedium", RequestFault.NO_MEDIUM)
    return Buyer(rider, medium)


def _patience_s(values: Values) -> int:
    """Ways that stand first are those of the moment asked for: with them others are looked for up to two hours beyond
    the first. Who wants so and so many results gets the hours to come, too."""
    return 0 if wants_a_handful(values) and not values.text("numItineraries") else PATIENT_S


def _carpool(values: Values, ours: bool) -> bool:
    """To a MOTIS client TRANSIT means runs of a timetable, and some lose the whole answer to a ride without one: they
    ask for a driver's car by its name. Ours ask for it with every mode."""
    by_name = any(RIDE_SHARING in named(values, name, []) for name in RIDDEN_OR_AT_ENDS)
    return by_name or (ours and ridden(values, "transitModes") is None)


def _own(profile: Profile) -> list[str]:
    return ["WALK", "BIKE"] if profile.bike else ["WALK"]


def _sort(values: Values) -> str:
    text = values.text("sortBy")
    if text and text not in LABELS:
        raise InvalidQuery("sortBy", RequestFault.NONE_OF, known=", ".join(LABELS))
    return text


def wishes(values: Values, asking: Asking, read: Collection[str] | None = None) -> Wishes:
    """read: as `limited` has it."""
    legs = values.flag("detailedLegs", True)
    return Wishes(
        dialect=asking.dialect,
        language=asking.spoken(values),
        detailed_legs=legs,
        detailed_transfers=values.flag("detailedTransfers", legs),
        join_interlined=values.flag("joinInterlinedLegs", True),
        with_fares=values.flag("withFares"),
        buyer=buyer(values, asking.territory.network),
        with_skipped_stops=values.flag("withScheduledSkippedStops"),
        page=bool(values.text("pageCursor")),
        echo=tuple((name, values.text(name)) for name in values.names() if name in NAMES),
        limited=limited(values, asking, read),
        handful=wants_a_handful(values),
        explained=values.flag("explain"),
        sort_by=_sort(values),
        if_missed=values.flag("ifMissed"),
        alternatives=values.up_to(MOST_ALTERNATIVES, "numLegAlternatives", 0),
    )


def cursors(searched_from_s: int, searched_until_s: int) -> tuple[Cursor, Cursor]:
    """The pages before and after a search of [searched_from_s, searched_until_s)."""
    return Cursor(PageDirection.EARLIER, searched_from_s - 1), Cursor(PageDirection.LATER, searched_until_s)


def _on_page(asked: Query, page: Cursor | None) -> Query:
    """A query for arrivals looks back from its moment by itself, one for departures forward: a page the other way
    is what Query calls earlier."""
    if page is None:
        return asked
    back = page.direction is PageDirection.EARLIER
    return replace(asked, at_s=page.at_s, earlier=back != asked.arrive_by, continues=True, direct_modes=())


def refuse_unsupported(values: Values) -> None:
    if values.listed("via"):
        raise InvalidQuery("via", RequestFault.VIA_NOT_PLANNED)
    refuse_cars(values)


def refuse_cars(values: Values) -> None:
    if values.flag("requireCarTransport"):
        raise InvalidQuery("requireCarTransport", RequestFault.NO_CARS_ON_BOARD)


def _window_s(values: Values, config: Config) -> int:
    """0 asks for the best at one time, waiting included: timetableView=false."""
    window_s = values.up_to(config.search.longest_window_s, "searchWindow", config.search.window_s)
    return max(1, window_s) if values.flag("timetableView", True) else 0
