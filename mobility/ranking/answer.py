"""What a query yields, before it is weighed for the traveller."""

from __future__ import annotations

from dataclasses import dataclass, field

from mobility.network.network import Network
from mobility.ranking.chain import Loss
from mobility.routing.empty_reason import EmptyReason
from mobility.routing.itinerary import Itinerary, RideLeg
from mobility.routing.query import Query


@dataclass(frozen=True, slots=True)
class CancelledRide:
    """ride: by timetable. following: the next one of the line that runs, None where none of the next does.
    whole_day: none of that line runs from there to there on that day, of several."""

    ride: RideLeg
    following: RideLeg | None
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query yields. searched_from_s, searched_until_s: the window of departures (of arrivals with arrive_by)
    that was searched in the end; the pages before and after begin there. reason: set when itineraries is empty;
    without_drivers: when it would be without drivers' cars. walk: all the way, where it is not among direct and some
    itinerary is no faster. with_steps: what there would be for who can climb steps, where there is nothing without.
    walked_farther: for who walks longer to or from a stop, or between two vehicles, where there is nothing within the
    limits. removed: what was found and is not shown, in the order of the chain. zone: the name of transport on demand
    that could have helped. cancelled: rides that would have led there far sooner, in order of departure. cut_short: the
    clock ended the search before all was looked for."""

    query: Query
    network: Network = field(repr=False)
    itineraries: tuple[Itinerary, ...]
    direct: tuple[Itinerary, ...]
    searched_from_s: int
    searched_until_s: int
    reason: EmptyReason | None = None
    removed: tuple[Loss, ...] = ()
    walk: Itinerary | None = None
    with_steps: tuple[Itinerary, ...] = ()
    walked_farther: tuple[Itinerary, ...] = ()
    zone: str = ""
    cut_short: bool = False
    cancelled: tuple[CancelledRide, ...] = ()
    without_drivers: EmptyReason | None = None
