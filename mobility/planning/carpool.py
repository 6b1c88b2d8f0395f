"""Rides in drivers' cars as whole itineraries: the ways before and after are put to them, and the few best are kept.

Every itinerary without a carpool stays; those with one come in addition. What is left out has a code, as it stands
then: at best, where its ways were never put to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from mobility.carpool.offer import OfferId
from mobility.carpool.pairs import FASTEST_MPS
from mobility.carpool.span import price_cents
from mobility.geo import distance_m
from mobility.ranking.carpools import CARPOOLS, ENOUGH, NOT_MET, CarpoolCase, are_enough
from mobility.ranking.chain import Loss, Lost, Sifted, first_code
from mobility.ranking.codes import Code
from mobility.routing.access import Doors
from mobility.routing.carpool.drop_offs import soonest_there
from mobility.routing.carpool.meeting_ways import MeetingSurroundings
from mobility.routing.carpool.question import PickupPair, Question
from mobility.routing.carpool.rides import WHOLE_S, rides, times_of
from mobility.routing.drawn import Drawing, not_drawn
from mobility.routing.itinerary import CarpoolLeg, Itinerary, Leg, WalkLeg
from mobility.routing.legs import ItineraryMaker
from mobility.routing.query import Query, Spot
from mobility.routing.stop_ways import Way
from mobility.routing.territory import Territory
from mobility.routing.time_span import TimeSpan
from mobility.search import search
from mobility.search.choice import chosen, leaving_late
from mobility.search.path import Ends, Path
from mobility.search.search import SearchDay, SearchLimits


def with_carpool(
    territory: Territory,
    query: Query,
    doors: Doors,
    searched: tuple[SearchDay, SearchLimits],
    span: TimeSpan,
    without: Sequence[Itinerary],
) -> Sifted:
    """The few best that have a ride in a driver's car; `without`: all others of the answer."""
    carpooling = territory.carpooling
    if carpooling is None or not query.carpool:
        return Sifted([], [])
    question = Question(territory, query, doors, *searched, carpooling.rules)
    public = [one for one in without if one.rides]
    pairs = rides(question, times_of(query, span, public))
    choice = _Chosen(question, span, [*without])
    for number, pair in enumerate(pairs):
        if are_enough(len(choice.found), choice.tried, carpooling.rules.most):
            choice.lost.append(_untried(question, pairs[number:]))
            break
        choice.look_at(pair)
    return Sifted(choice.found, choice.lost)


@dataclass(slots=True)
class _Chosen:
    """Those that were found so far, best first, and what became of the others."""

    question: Question
    span: TimeSpan
    others: list[Itinerary]
    found: list[Itinerary] = field(default_factory=list)
    drivers: set[OfferId] = field(default_factory=set)
    tried: int = 0
    lost: list[Loss] = field(default_factory=list)

    def look_at(self, pair: PickupPair) -> None:
        hoped, transfers = _hoped(self.question, pair)
        code = self._code(pair, hoped, transfers, pair.walked is not None)
        if code is not None:
            return self._lose(code, hoped, transfers)
        self.tried += 1
        told = _told(self.question, pair, _limit_s(hoped, transfers, self.question.query, self.span, self.others))
        if told is None:
            return self._lose(NOT_MET.code, hoped, transfers)
        code = self._code(pair, told, told.transfers, True)
        if code is not None:
            return self._lose(code, told, told.transfers)
        self.found.append(told)
        self.others.append(told)
        self.drivers.add(_offer_of(pair))
        return None

    def _code(self, pair: PickupPair, itinerary: Itinerary, transfers: int, timed: bool) -> Code | None:
        query = self.question.query
        case = CarpoolCase(_offer_of(pair), itinerary, transfers, timed, query, self.span, self.others, self.drivers)
        return first_code(CARPOOLS, case)

    def _lose(self, code: Code, itinerary: Itinerary, transfers: int) -> None:
        self.lost.append(Loss(code, 1, partial(iter, (Lost(code, itinerary, transfers),))))


def _untried(question: Question, pairs: Sequence[PickupPair]) -> Loss:
    code = ENOUGH.code
    return Loss(code, len(pairs), lambda: (Lost(code, *_hoped(question, pair)) for pair in pairs))


def _offer_of(pair: PickupPair) -> OfferId:
    return pair.of.view.offer(pair.offer).id


def _hoped(question: Question, pair: PickupPair) -> tuple[Itinerary, int]:
    """The best that may come of it, still without legs, and the fewest changes: what is not known of it is the way by
    vehicles at its other end, which none beats that is driven straight."""
    arriving, query = question.query.arrive_by, question.query
    door, point = (query.destination, pair.gets_out) if arriving else (query.origin, pair.gets_in)
    rest_s, changes = pair.walked, len(pair.onward.rides) if pair.onward else 0
    if rest_s is None:
        changes += 1
        rest_s = int(distance_m(door.point, question.around(pair.of, point, pair.offer).spot.point) / FASTEST_MPS)
    if arriving:
        return Itinerary((), pair.moment_s, pair.out_s + rest_s), changes
    return Itinerary((), pair.in_s - pair.early_s - rest_s, pair.moment_s), changes


def _limit_s(hoped: Itinerary, transfers: int, query: Query, span: TimeSpan, others: Sequence[Itinerary]) -> int:
    """After this one must leave (arriving: be there before it), or one of the others is as good at everything."""
    ridden = [one for one in others if one.has_vehicle and one.transfers <= transfers]
    if query.arrive_by:
        until_s = span.until_s if query.window_s else hoped.departure_s + WHOLE_S
        return min([until_s, *(one.arrival_s for one in ridden if one.departure_s >= hoped.departure_s)])
    from_s = span.from_s if query.window_s else query.at_s
    return max([from_s - 1, *(one.departure_s for one in ridden if one.arrival_s <= hoped.arrival_s)])


def _told(question: Question, pair: PickupPair, limit_s: int) -> Itinerary | None:
    """None where the way to the car, or that after it, cannot be put together. limit_s: see _limit_s."""
    onward = pair.onward
    if question.query.arrive_by and pair.walked is None:
        if (found := soonest_there(question, pair, limit_s)) is None:
            return None
        pair, onward = found
    get_in, get_out = (question.around(pair.of, point, pair.offer) for point in (pair.gets_in, pair.gets_out))
    before = _before(question, pair, get_in, limit_s)
    after = None if before is None else _after(question, pair, get_out, onward)
    if before is None or after is None:
        return None
    ride = replace(_carpool_leg(pair, get_in.spot, get_out.spot), early_s=pair.early_s)
    legs = (*before, ride, *after)
    return Itinerary(legs, legs[0].departure_s, legs[-1].arrival_s)


def _before(question: Question, pair: PickupPair, get_in: MeetingSurroundings, limit_s: int) -> tuple[Leg, ...] | None:
    arriving = question.query.arrive_by
    if arriving and pair.onward:
        return _ridden_to(question, pair, get_in, pair.onward)
    if arriving or pair.walked is not None:
        return _walked_to(question, pair, get_in)
    return _latest(question, pair, get_in, limit_s)


def _after(
    question: Question, pair: PickupPair, get_out: MeetingSurroundings, onward: Path | None
) -> tuple[Leg, ...] | None:
    if onward is None or (question.query.arrive_by and pair.walked is not None):
        return _walked_from(question, pair, get_out)
    return _ridden_from(question, pair, get_out, onward)


def _carpool_leg(pair: PickupPair, start: Spot, end: Spot) -> CarpoolLeg:
    view, running, offer = pair.of.view, pair.of.running, pair.of.view.offer(pair.offer)
    first = int(view.first[pair.offer])
    points = offer.waypoints[pair.gets_in - first], offer.waypoints[pair.gets_out - first]
    return CarpoolLeg(
        offer=offer,
        day=pair.of.day,
        pickup=pair.gets_in - first,
        drop_off=pair.gets_out - first,
        start=start,
        end=end,
        departure_s=pair.in_s,
        arrival_s=pair.out_s,
        distance_m=points[1].along_m - points[0].along_m,
        seats_left=int(running.stretches["left"][pair.gets_in : pair.gets_out].min()),
        price_cents=price_cents(offer, *points),
        waits_s=_waits_s(pair),
        late_s=int(running.late["leaves_s"][pair.gets_in]),
    )


def _waits_s(pair: PickupPair) -> int:
    """How much later than the offer says the driver is to leave the pickup."""
    first = int(pair.of.view.first[pair.offer])
    after_s = pair.of.view.offer(pair.offer).waypoints[pair.gets_in - first].after_s
    return pair.in_s - int(pair.of.running.start_s[pair.offer]) - after_s


def _walked_to(question: Question, pair: PickupPair, get_in: MeetingSurroundings) -> tuple[Leg, ...] | None:
    way = question.on_foot(get_in, inward=False)
    if way is None:
        return None
    at_s = pair.in_s - pair.early_s - way.duration_s
    return _walk(question, question.query.origin, get_in.spot, way, at_s)


def _walked_from(question: Question, pair: PickupPair, get_out: MeetingSurroundings) -> tuple[Leg, ...] | None:
    way = question.on_foot(get_out, inward=True)
    return None if way is None else _walk(question, get_out.spot, question.query.destination, way, pair.out_s)


def _walk(question: Question, start: Spot, end: Spot, way: Way, at_s: int) -> tuple[Leg, ...]:
    if not way.duration_s:
        return ()
    drawing: Drawing = not_drawn
    if not way.estimated:
        mode = "STEP_FREE" if question.query.step_free else "WALK"
        drawing = question.doors.pen.of(start, end, way.duration_s, mode)
    arrival_s = at_s + way.duration_s
    return (WalkLeg(start, end, at_s, arrival_s, way.distance_m, "WALK", way.estimated, drawing),)


def _latest(question: Question, pair: PickupPair, get_in: MeetingSurroundings, limit_s: int) -> tuple[Leg, ...] | None:
    """By vehicles to the pickup, leaving as late as that works."""
    access, near = question.doors.access, get_in.ways
    at_s = pair.in_s - pair.early_s
    ends = Ends(access.node, access.seconds, near.node, near.seconds, max(0, at_s - limit_s))
    arriving = search.pareto_arriving(question.day, ends, at_s - question.anchor_s, question.limits)
    paths = [path for path in arriving if path.rides]
    best = max(paths, key=lambda path: (path.departure_s, -len(path.rides)), default=None)
    return _ridden_to(question, pair, get_in, best) if best else None


def _ridden_to(question: Question, pair: PickupPair, get_in: MeetingSurroundings, path: Path) -> tuple[Leg, ...]:
    doors = replace(question.doors, egress=get_in.ways)
    return _legs(question, replace(question.query, destination=get_in.spot), doors, path)


def _ridden_from(question: Question, pair: PickupPair, get_out: MeetingSurroundings, path: Path) -> tuple[Leg, ...]:
    """Who gets out of the car walks at once, and waits at the stop."""
    doors = replace(question.doors, access=get_out.ways)
    (late,) = leaving_late(question.day, _ends(doors), [path], question.limits)
    legs = _legs(question, replace(question.query, origin=get_out.spot), doors, late)
    first = legs[0]
    if isinstance(first, WalkLeg):
        lasts_s = first.arrival_s - first.departure_s
        first = replace(first, departure_s=pair.out_s, arrival_s=pair.out_s + lasts_s)
    return first, *legs[1:]


def _legs(question: Question, query: Query, doors: Doors, path: Path) -> tuple[Leg, ...]:
    maker = ItineraryMaker(question.territory, query, question.day.ahead.timetable, question.day.ahead.footpaths, doors)
    return maker.itineraries(chosen(question.day, _ends(doors), [path], question.limits))[0].legs


def _ends(doors: Doors) -> Ends:
    """Of a part of the trip: that one could walk all of it is another question."""
    return Ends(doors.access.node, doors.access.seconds, doors.egress.node, doors.egress.seconds)
