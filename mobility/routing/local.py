"""What an answer says beside its itineraries, of the places at both ends: the last kilometres, the town centre that the
trip ends in, a place to work that is much nearer,
and the way by bike."""

from __future__ import annotations

from dataclasses import dataclass

from mobility.impact import Factors
from mobility.routing.access import Way
from mobility.routing.beside import cycled_all_the_way
from mobility.routing.last_km import LastKilometres, last_kilometres
from mobility.routing.query import Query
from mobility.routing.telework import NearerPlace, nearer_place
from mobility.routing.territory import Territory
from mobility.routing.town_centre import TownCentre, town_centre


@dataclass(frozen=True, slots=True)
class Local:
    last_km: LastKilometres
    centre: TownCentre | None
    nearer: NearerPlace | None
    cycled: Way | None = None


def local(territory: Territory, query: Query, factors: Factors, now_s: int) -> Local:
    """now_s: epoch seconds; what is for hire is counted then."""
    around, start, end = territory.neighbourhood, query.origin.point, query.destination.point
    return Local(
        last_kilometres(territory, query, factors, now_s),
        town_centre(around, end),
        nearer_place(around, start, end),
        cycled_all_the_way(territory, query),
    )
