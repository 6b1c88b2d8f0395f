"""Which of the good itineraries are shown to a person, and what each is good for.

The search finds every itinerary that no other beats. Here they are weighed for the traveller (docs/ranking.md): each
gets labels, and where a person asked, a chain of small rules keeps a handful that differ. Nothing is dropped without a
code, and nothing is preferred for whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mobility.clock import evening
from mobility.geo import distance_m
from mobility.impact import UNKNOWN_IMPACT, Factors, Impact, by_car
from mobility.network.ways import StreetWay
from mobility.ranking.answer import Answer
from mobility.ranking.codes import Code
from mobility.ranking.costs import Option, RankingSettings, weigh
from mobility.ranking.handful import MOST_SHARED, Dropped, a_handful, without_outdone
from mobility.ranking.labels import cost, labelled, uncompared
from mobility.ranking.left import parted
from mobility.ranking.ride_tickets import TicketDesk
from mobility.routing.itinerary import Itinerary
from mobility.routing.query import Query
from mobility.routing.territory import Territory

LONGEST_DRIVE_S = 2 * 3600


@dataclass(frozen=True, slots=True)
class Choice:
    """departures: all of them in order of time. shown: those that stand first; of a handful the best one leads (but see
    _led), in a full list all do, in its order. dropped: those of a handful that do not stand first. first: what the
    others are compared with, of those that can be taken yet. car: a person's share of the car on the same trip; car_m:
    how far it would go, None if unknown. party: how many travel; prices are for one of them. desk: which ticket for
    each ride.
    """

    shown: tuple[Option, ...]
    direct: tuple[Option, ...]
    dropped: tuple[Dropped, ...]
    first: Option | None
    car: Impact
    car_m: int | None
    factors: Factors
    card: str
    desk: TicketDesk
    departures: tuple[Option, ...] = ()
    car_estimated: bool = True
    party: int = 1


def choose(territory: Territory, answer: Answer, rules: RankingSettings, handful: bool) -> Choice:
    """The options of an answer. handful: those that differ for a person stand first, the best before the others."""
    weighed = weigh(territory, answer.query, rules, answer.itineraries)
    direct = weigh(territory, answer.query, rules, answer.direct)
    ahead, gone = parted(weighed, answer.query.now_s)
    kept, dropped = _kept(ahead, direct, rules.most, answer.query.arrive_by) if handful else (ahead, [])
    labels = labelled(kept, direct, answer.query.arrive_by)
    told, ways = ([one._replace(labels=labels[id(one)]) for one in part] for part in (kept, direct))
    departures = _in_time(weighed, told)
    shown = _led(told, territory, answer.query) if handful else departures
    left = [Dropped(one, Code.HAS_LEFT) for one in gone if handful]
    chosen = _choice(territory, answer.query, rules, (shown, ways))
    first = min([*told, *ways], key=_best_first, default=None)
    return replace(chosen, first=first, dropped=(*left, *dropped), departures=departures)


def _led(told: Sequence[Option], territory: Territory, query: Query) -> list[Option]:
    """The best first; before it a ride in a driver's car that leaves on a day on which nothing else does."""
    days = [evening(one.itinerary.departure_s, territory.zone) for one in told if not one.itinerary.carpool]
    if query.arrive_by or not days:
        return sorted(told, key=_best_first)
    first = min(days)
    return sorted(
        told, key=lambda one: (evening(one.itinerary.departure_s, territory.zone) >= first, *_best_first(one))
    )


def _in_time(weighed: Sequence[Option], shown: Sequence[Option]) -> tuple[Option, ...]:
    """Those that stand first with the labels they have won, the others with what is so."""
    first = {id(one.itinerary): one for one in shown}
    return tuple(first.get(id(one.itinerary)) or uncompared(one) for one in weighed)


def _kept(
    options: Sequence[Option], direct: Sequence[Option], most: int, arrive_by: bool
) -> tuple[list[Option], list[Dropped]]:
    """Those with a carpool come in addition: they take the place of none without."""
    kept, dropped = a_handful([one for one in options if not one.itinerary.carpool], direct, most, arrive_by)
    shared = sorted((one for one in options if one.itinerary.carpool), key=cost)
    over = [Dropped(one, Code.ENOUGH_OPTIONS) for one in shared[MOST_SHARED:]]
    return without_outdone([*kept, *shared[:MOST_SHARED]], [*dropped, *over], arrive_by)


def alone(territory: Territory, itinerary: Itinerary, rules: RankingSettings, asked: Query) -> Choice:
    """An itinerary that is compared with none. asked: of it the traveller counts, and what they take along."""
    first, last = itinerary.legs[0], itinerary.legs[-1]
    query = Query(first.start, last.end, itinerary.departure_s, profile=asked.profile, with_bike=asked.with_bike)
    (weighed,) = weigh(territory, query, rules, [itinerary])
    (labels,) = labelled([weighed]).values()
    return _choice(territory, query, rules, ([weighed._replace(labels=labels)], []))


def _choice(
    territory: Territory, query: Query, rules: RankingSettings, found: tuple[Sequence[Option], Sequence[Option]]
) -> Choice:
    shown, direct = found
    car_m, estimated = _car_m(territory, query, shown)
    return Choice(
        shown=tuple(shown),
        direct=tuple(direct),
        dropped=(),
        first=min([*shown, *direct], key=_best_first, default=None),
        car=by_car(rules.factors, car_m, query.profile.party) if car_m is not None else UNKNOWN_IMPACT,
        car_m=car_m,
        car_estimated=estimated,
        factors=rules.factors,
        card=rules.card,
        party=query.profile.party,
        desk=TicketDesk(territory, rules.selling),
    )


def _car_m(territory: Territory, query: Query, options: Iterable[Option]) -> tuple[int | None, bool]:
    """How far a car goes, and whether that is no way on streets. Without streets: the straight line, longer by the
    usual factor; where water lies across, as far as the shortest option that stays on land, None without one."""
    if (way := _driven(territory, query)) is not None and not way.estimated:
        return way.metres, False
    direct_m = distance_m(query.origin.point, query.destination.point) * territory.network.terrain.detour_factor
    if territory.streets.direct(query.origin.point, query.destination.point) is not None:
        return round(direct_m), True
    on_land = [one.metres for one in options if one.lines and not one.by_boat]
    return (max(round(direct_m), min(on_land)) if on_land else None), True


def _driven(territory: Territory, query: Query) -> StreetWay | None:
    if territory.streets.estimated:
        return None
    ends = query.origin.point, query.destination.point
    return territory.streets.way(*ends, LONGEST_DRIVE_S, territory.last_km.driving_mps, "CAR")


def _best_first(one: Option) -> tuple[bool, int]:
    return Code.BEST not in one.labels, one.cost_s
