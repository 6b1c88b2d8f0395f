"""What an answer says beside its itineraries: the last kilometres, the town centre that the trip ends in, a place to
work that is much nearer, the way by bike; that the last one is gone, and what helps who is far from any stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mobility.impact import Factors
from mobility.planning.advice import Advice, advice, obstacles
from mobility.planning.empty_day import EmptyDay, empty_day
from mobility.planning.missed import LastGone, last_gone
from mobility.ranking.accessibility import Caution
from mobility.ranking.answer import Answer
from mobility.routing.beside import cycled_all_the_way
from mobility.routing.last_kilometre.both_ends import LastKilometres, last_kilometres
from mobility.routing.stop_ways import Way
from mobility.routing.telework import NearerPlace, nearer_place
from mobility.routing.territory import Territory
from mobility.routing.town_centre import TownCentre, town_centre


@dataclass(frozen=True, slots=True)
class Local:
    last_km: LastKilometres
    centre: TownCentre | None
    nearer: NearerPlace | None
    cycled: Way | None = None
    gone: LastGone | None = None
    advice: tuple[Advice, ...] = ()
    obstacles: tuple[Caution, ...] = ()
    empty_day: EmptyDay | None = None


def local(territory: Territory, answer: Answer, factors: Factors, now_s: int) -> Local:
    """now_s: epoch seconds; what is for hire is counted then."""
    query = answer.query
    around, start, end = territory.neighbourhood, query.origin.point, query.destination.point
    alone = query.profile.party == 1
    there_s = min((one.arrival_s for one in answer.itineraries), default=query.at_s)
    there = datetime.fromtimestamp(there_s, territory.zone)
    return Local(
        last_kilometres(territory, query, factors, now_s),
        town_centre(around, end),
        nearer_place(around, start, end, there) if alone else None,
        cycled_all_the_way(territory, query),
        last_gone(territory, answer),
        advice(territory, answer),
        obstacles(territory, answer),
        empty_day(territory, answer),
    )
