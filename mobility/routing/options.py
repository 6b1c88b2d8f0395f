"""Which of the good itineraries are shown to a person, and what each is good for.

The search finds every itinerary that no other beats. Here they are weighed for the traveller (docs/ranking.md): each
gets labels, and where a person asked, a chain of small rules keeps a handful that differ. Nothing is dropped without a
code, and nothing is preferred for whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from mobility.geo import distance_m
from mobility.impact import CAR, NOTHING, UNKNOWN_IMPACT, Factors, Impact, by_car, impact, together
from mobility.network.streets import StreetWay
from mobility.routing.accessibility import Accessibility, Caution, Known, accessibility, warnings
from mobility.routing.facts import RideKey, key_of, ride_facts
from mobility.routing.itinerary import Answer, CarpoolLeg, Itinerary, Leg, RideLeg, WalkLeg
from mobility.routing.query import Query
from mobility.routing.similarity import hops, shared
from mobility.routing.territory import Territory
from mobility.routing.ticket import FareDesk, Near, Ticket, nearest_counter
from mobility.travellers.profiles import Profile, StepFree

SAME, ALIKE = 0.85, 0.68
MOST_ALIKE = 3
LEAST_SHOWN = 3
MOST_SHARED = 2
"""Options with a carpool, beside those without."""
FAR_LONGER, FAR_LONGER_S = 2.0, 1800
ALTERNATIVE = "alternative"
DRIVEN_TWICE = 2
LONGEST_DRIVE_S = 2 * 3600


@dataclass(frozen=True, slots=True)
class Rules:
    """What an operator decides. factors: of emissions. card: the name of the transit card. most: options shown."""

    factors: Factors = field(default_factory=Factors)
    card: str = ""
    most: int = 5


class Option(NamedTuple):
    """An itinerary as weighed for one traveller; cost_s: what it costs them in seconds of travel. legs: the impact of
    each leg. metres: of the whole way. lines: rows of network.lines, in the order ridden."""

    itinerary: Itinerary
    cost_s: int
    impact: Impact
    legs: tuple[Impact, ...]
    metres: int
    access: Accessibility
    ticket: Ticket
    lines: tuple[int, ...]
    by_boat: bool
    cautions: tuple[Caution, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def amount(self) -> float | None:
        """The tickets, and the share of a driver's costs; None where not all is known."""
        carpool, tickets = self.itinerary.carpool, self.ticket.amount
        return tickets if carpool is None or tickets is None else tickets + carpool.price_cents / 100


@dataclass(frozen=True, slots=True)
class Dropped:
    option: Option
    code: str


@dataclass(frozen=True, slots=True)
class Choice:
    """shown: the options; a handful has the best first, the full list keeps its order. first: what the others are
    compared with. car: a person's share of the car on the same trip; car_m: how far it would go, None if unknown.
    counter: the nearest one to where the trip begins.
    """

    shown: tuple[Option, ...]
    direct: tuple[Option, ...]
    dropped: tuple[Dropped, ...]
    first: Option | None
    car: Impact
    car_m: int | None
    factors: Factors
    card: str
    counter: Near | None = None
    car_estimated: bool = True


Measure = Callable[[Option], float | None]

COMPARED: tuple[tuple[str, float, Measure], ...] = (
    ("fastest", 60, lambda one: one.itinerary.duration_s),
    ("fewest_changes", 1, lambda one: one.itinerary.transfers),
    ("least_walking", 50, lambda one: one.itinerary.walk_m),
    ("lowest_emissions", 20, lambda one: one.impact.co2e_g),
    ("cheapest", 0.01, lambda one: one.amount),
)
"""A label, what counts as a difference, and what is measured: seconds, changes, metres, grams, money."""

OF_DIRECT_WAYS = frozenset({"fastest", "lowest_emissions", "cheapest"})
"""What walking all the way may be called; that it has no change is no news."""

LABELS = ("best", *(label for label, _, _ in COMPARED), "step_free", "by_boat", "with_carpool", ALTERNATIVE)


def choose(territory: Territory, answer: Answer, rules: Rules, handful: bool) -> Choice:
    """The options of an answer. handful: only those that differ for a person, the best first."""
    weighed = weigh(territory, answer.query, rules, answer.itineraries)
    direct = weigh(territory, answer.query, rules, answer.direct)
    kept, dropped = _kept(weighed, rules.most) if handful else (weighed, [])
    labels = labelled(kept, direct)
    shown = [one._replace(labels=labels[id(one)]) for one in kept]
    ways = [one._replace(labels=labels[id(one)]) for one in direct]
    chosen = _choice(territory, answer.query, rules, (sorted(shown, key=_best_first) if handful else shown, ways))
    return replace(chosen, dropped=tuple(dropped))


def _kept(options: Sequence[Option], most: int) -> tuple[list[Option], list[Dropped]]:
    """Those with a carpool come in addition: they take the place of none without."""
    kept, dropped = a_handful([one for one in options if not one.itinerary.carpool], most)
    shared = sorted((one for one in options if one.itinerary.carpool), key=_cost)
    over = [Dropped(one, "enough_options") for one in shared[MOST_SHARED:]]
    return [*kept, *shared[:MOST_SHARED]], [*dropped, *over]


def alone(territory: Territory, itinerary: Itinerary, rules: Rules, profile: Profile) -> Choice:
    """An itinerary that is compared with none."""
    first, last = itinerary.legs[0], itinerary.legs[-1]
    query = Query(first.start, last.end, itinerary.departure_s, profile=profile)
    (weighed,) = weigh(territory, query, rules, [itinerary])
    (labels,) = labelled([weighed]).values()
    return _choice(territory, query, rules, ([weighed._replace(labels=labels)], []))


def _choice(territory: Territory, query: Query, rules: Rules, found: tuple[list[Option], list[Option]]) -> Choice:
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
        counter=nearest_counter(territory.network, query.origin.point),
    )


def weigh(territory: Territory, query: Query, rules: Rules, itineraries: Sequence[Itinerary]) -> list[Option]:
    facts = ride_facts(territory.network, territory.lengths, itineraries)
    of_ride = {key: impact(rules.factors, ride.mode, ride.metres) for key, ride in facts.items()}
    desk = FareDesk(territory.network, rules.card)
    warned = query.profile.step_free is not StepFree.ANY
    found = []
    for one in itineraries:
        rides = [facts[key_of(ride)] for ride in one.rides]
        legs = tuple(_emitted(leg, one, of_ride, rules.factors, query.profile.party) for leg in one.legs)
        access = accessibility(one, facts, warned)
        option = Option(
            itinerary=one,
            cost_s=round(_cost_s(one, query, access)),
            impact=together(legs),
            legs=legs,
            metres=round(one.own_m + one.carpool_m + sum(ride.metres for ride in rides)),
            access=access,
            ticket=desk.ticket(one),
            lines=tuple(ride.line for ride in one.rides if not ride.stays),
            by_boat=any(ride.mode == "FERRY" for ride in rides),
            cautions=warnings(one, facts) if warned else (),
        )
        found.append(option)
    return found


def own(factors: Factors, itinerary: Itinerary, leg: WalkLeg, party: int) -> Impact:
    """Of a way without a ride. Who drives somebody to a stop or fetches them there goes back alone, or came alone."""
    if leg.mode != CAR:
        return NOTHING
    is_driven = bool(itinerary.rides) and (leg.end.stop >= 0 or leg is not itinerary.legs[0])
    return by_car(factors, DRIVEN_TWICE * leg.distance_m if is_driven else leg.distance_m, party)


def _emitted(leg: Leg, itinerary: Itinerary, of_ride: Mapping[RideKey, Impact], factors: Factors, party: int) -> Impact:
    """In a driver's car a person's share of it: the driver and the party are in it, and nobody else is counted."""
    if isinstance(leg, RideLeg):
        return of_ride[key_of(leg)]
    if isinstance(leg, CarpoolLeg):
        return by_car(factors, leg.distance_m, 1 + party)
    return own(factors, itinerary, leg, party)


def labelled(kept: Sequence[Option], direct: Sequence[Option] = ()) -> dict[int, tuple[str, ...]]:
    """Labels by id() of the option. A comparison is won by one option, and only where another one is worse."""
    labels: dict[int, list[str]] = {id(one): [] for one in (*kept, *direct)}
    if found := kept or direct:
        labels[id(min(found, key=_cost))].append("best")
    for label, least, measure in COMPARED:
        if (winner := _winner([*kept, *direct] if label in OF_DIRECT_WAYS else kept, least, measure)) is not None:
            labels[id(winner)].append(label)
    for one in kept:
        labels[id(one)] += ["step_free"] if one.access.state is Known.YES else []
        labels[id(one)] += ["by_boat"] if one.by_boat else []
        labels[id(one)] += ["with_carpool"] if one.itinerary.carpool else []
    return {key: tuple(found) or (ALTERNATIVE,) for key, found in labels.items()}


def a_handful(options: Sequence[Option], most: int) -> tuple[list[Option], list[Dropped]]:
    """Those that differ for a person. First what a label speaks for, then by cost; what is left has a code."""
    if not options:
        return [], []
    kept: list[Option] = []
    dropped: list[Dropped] = []
    ridden = {id(one): hops(one.itinerary) for one in options}
    labels = labelled(options)
    limit_s = FAR_LONGER * min(map(_cost, options)) + FAR_LONGER_S
    for option in sorted(options, key=lambda one: (_rank(labels[id(one)]), one.cost_s)):
        alike = [
            shared(ridden[id(option)], ridden[id(other)])
            for other in kept
            if option.itinerary.vehicle == other.itinerary.vehicle
        ]
        code = _reason(option, alike, labels[id(option)] != (ALTERNATIVE,), limit_s)
        code = code or ("enough_options" if len(kept) >= most else None)
        if code is None:
            kept.append(option)
        else:
            dropped.append(Dropped(option, code))
    return _at_least(kept, dropped, min(LEAST_SHOWN, most))


def _reason(option: Option, alike: Sequence[float], speaks: bool, limit_s: float) -> str | None:
    if any(share >= SAME for share in alike):
        return "same_ride"
    if not speaks and sum(share >= ALIKE for share in alike) >= MOST_ALIKE:
        return "similar_rides"
    return "far_longer" if not speaks and option.cost_s > limit_s else None


def _at_least(kept: list[Option], dropped: list[Dropped], least: int) -> tuple[list[Option], list[Dropped]]:
    """Where fewer are left, those come back that take other lines than the ones kept, the cheapest first."""
    for one in sorted(dropped, key=lambda one: one.option.cost_s):
        if len(kept) < least and one.option.lines not in [other.lines for other in kept]:
            kept.append(one.option)
            dropped.remove(one)
    return kept, dropped


def sorted_by(options: Sequence[Option], label: str) -> list[Option]:
    """By what a label measures; those that are it first where it is a plain fact. Unknown comes last."""
    measure = next((measure for name, _, measure in COMPARED if name == label), None)
    if measure is None:
        return sorted(options, key=lambda one: (label not in one.labels if label != "best" else False, one.cost_s))
    unknown = float("inf")
    measured = [(unknown if (found := measure(one)) is None else found, one.cost_s) for one in options]
    return [options[row] for row in sorted(range(len(options)), key=measured.__getitem__)]


def _winner(options: Iterable[Option], least: float, measure: Measure) -> Option | None:
    """The one with the least, of equals the one that costs least; none where all differ by less than `least`."""
    known = [(found, one) for one in options if (found := measure(one)) is not None]
    lowest, highest = (pick((found for found, _ in known), default=0.0) for pick in (min, max))
    if highest - lowest < least:
        return None
    return min((one for found, one in known if found - lowest < least), key=_cost)


def _cost_s(itinerary: Itinerary, query: Query, access: Accessibility) -> float:
    costs = query.profile.costs
    on_foot_s = sum(leg.arrival_s - leg.departure_s for leg in itinerary.legs if leg.mode == "WALK")
    waiting_s = abs(query.at_s - (itinerary.arrival_s if query.arrive_by else itinerary.departure_s))
    steps = costs.unknown_s * access.unknown + costs.steps_s * access.steps
    changes = costs.change_s * itinerary.transfers
    return itinerary.duration_s + (costs.walking - 1) * on_foot_s + costs.waiting * waiting_s + changes + steps


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


def _rank(labels: Sequence[str]) -> int:
    return min(LABELS.index(label) for label in labels)


def _cost(one: Option) -> int:
    return one.cost_s


def _best_first(one: Option) -> tuple[bool, int]:
    return "best" not in one.labels, one.cost_s
