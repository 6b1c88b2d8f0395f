"""Trips with one ride in a driver's car, before, between or after vehicles, or alone. See docs/carpool.md.

The timetable stays as it is. One search says when each meeting point can be reached; the rides that can then be had
say when each drop-off is left; these moments are the start of one more search to the destination. To arrive by a
moment, all of it runs back in time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.pairs import COST_S, FASTEST_MPS, IN_S, MANNER, MARGIN_S, NOT_AT_ALL, OUT_S, ROW
from mobility.routing.carpool.candidates import Times, candidates
from mobility.routing.carpool.points import HOME, OUT
from mobility.routing.carpool.question import PickupPair, Question
from mobility.routing.carpool.reach import WaypointReach, reach
from mobility.routing.itinerary import Itinerary
from mobility.routing.query import Query
from mobility.routing.time_span import TimeSpan
from mobility.search import search
from mobility.search.path import Ends, Path

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]

HORIZON_S, WHOLE_S = 2 * 3600, 4 * 3600
"""From the end of a window to the latest pickup; the longest trip where nothing tells how long it is otherwise."""
MODE = "RIDE_SHARING"


def times_of(query: Query, span: TimeSpan, public: Sequence[Itinerary]) -> Times:
    """What cannot be as good as the worst of what is known needs no look; at the end of a window, nor what takes
    longer than the quickest: something like it will leave soon after."""
    known = tuple((one.departure_s, one.arrival_s) for one in public if one.transfers <= 1)
    longest_s = min((one.duration_s for one in public), default=WHOLE_S)
    if query.arrive_by:
        earliest_s = min((one.departure_s for one in public), default=span.from_s - longest_s)
        earliest_s = min(earliest_s, span.from_s - longest_s) if query.window_s else earliest_s
        return Times(earliest_s, span.until_s, span.until_s - 1, known)
    latest_s = max((one.arrival_s for one in public), default=span.until_s + longest_s)
    latest_s = max(latest_s, span.until_s + longest_s) if query.window_s else latest_s
    return Times(span.from_s, min(span.until_s + HORIZON_S, latest_s), latest_s, known)


def rides(question: Question, times: Times) -> list[PickupPair]:
    """What could be told, the best first."""
    find = _back if question.query.arrive_by else _ahead
    every = candidates(question.territory, question.query, times)
    found = [pair for of in every for pair in find(reach(question, of), times)]
    return sorted(found, key=lambda pair: _cost(question, pair))


def _cost(question: Question, pair: PickupPair) -> int:
    changes = len(pair.onward.rides) if pair.onward else 0
    sign = -1 if question.query.arrive_by else 1
    return sign * pair.moment_s + question.rules.worth_s * (changes + (pair.walked is None))


def _ahead(reach: WaypointReach, times: Times) -> Iterator[PickupPair]:
    best = reach.rides(times)
    if not len(best):
        return
    home_s = reach.foot_s[HOME, best[:, ROW]]
    there_s = np.where(home_s < NOT_AT_ALL, best[:, OUT_S] + home_s, NOT_AT_ALL)
    for number in np.flatnonzero(there_s <= times.latest_s).tolist():
        yield _pair(reach, times, best[number], (None, int(there_s[number])))
    yield from _onward(reach, times, best)


def _onward(reach: WaypointReach, times: Times, best: Int64s) -> Iterator[PickupPair]:
    """The rest of the way by vehicles, from whichever drop-off is best: of all drives, none that leaves sooner and
    arrives no sooner."""
    question, egress = reach.question, reach.question.doors.egress
    rides_s = list(zip(best[:, IN_S].tolist(), (best[:, IN_S] - _early_s(reach, times, best)).tolist(), strict=True))
    within_s = {ride_s: _within_s(times, *ride_s) for ride_s in set(rides_s)}
    must_s = np.array([ride_s[0] + within_s[ride_s] for ride_s in rides_s])
    ready_s = best[:, OUT_S] + best[:, MARGIN_S]
    best = best[ready_s + reach.away_m[best[:, ROW]] / FASTEST_MPS < must_s]
    if not len(best):
        return
    best = best[np.lexsort((best[:, OUT_S], -best[:, IN_S]))]
    node, seconds, begins_s, which = reach.nodes(best[:, ROW], best[:, OUT_S] + best[:, MARGIN_S], best[:, IN_S])
    # What is too late is not looked for, as if one could walk until then.
    ends = Ends(node, seconds, egress.node, egress.seconds, max(within_s.values()))
    for path in search.each(question.day, ends, begins_s - question.anchor_s, question.limits):
        arrives_s = question.anchor_s + path.arrival_s
        if arrives_s <= times.latest_s:
            number = _soonest(
                (node == question.boards_at(path)) & (begins_s == question.anchor_s + path.departure_s), seconds
            )
            yield _pair(reach, times, best[which[number]], (path, arrives_s))


def _early_s(reach: WaypointReach, times: Times, best: Int64s) -> Int64s:
    """So long before getting in one is there: no longer than who comes on foot can be."""
    early_s, walked_s = reach.question.rules.early_s, best[:, COST_S] - best[:, OUT_S]
    on_foot_s = np.minimum(early_s, best[:, IN_S] - walked_s - times.earliest_s)
    found: Int64s = np.where(best[:, MANNER] == 0, on_foot_s, early_s)
    return found


def _within_s(times: Times, in_s: int, there_s: int) -> int:
    """So soon after getting in one must be there for the ride to be of use: who is at the car then has left before."""
    as_late = [arrives_s for leaves_s, arrives_s in times.known if leaves_s >= there_s]
    return min([times.latest_s + 1, *as_late]) - in_s


def _within_back_s(times: Times, out_s: int) -> int:
    """So long before getting out one may leave at the most."""
    as_soon = [leaves_s for leaves_s, arrives_s in times.known if arrives_s <= out_s]
    return out_s - max([times.earliest_s - 1, *as_soon])


def _soonest(rows: Bools, seconds: Int32s) -> int:
    found = np.flatnonzero(rows)
    return int(found[np.argmin(seconds[found])])


def _back(reach: WaypointReach, times: Times) -> Iterator[PickupPair]:
    best = reach.rides(times)
    if not len(best):
        return
    from_door_s = reach.foot_s[OUT, best[:, ROW]]
    leaves_s = best[:, IN_S] - reach.question.rules.early_s - from_door_s
    for number in np.flatnonzero((from_door_s < NOT_AT_ALL) & (leaves_s >= times.earliest_s)).tolist():
        yield _pair(reach, times, best[number], (None, int(leaves_s[number])))
    yield from _before(reach, times, best)


def _before(reach: WaypointReach, times: Times, best: Int64s) -> Iterator[PickupPair]:
    """The way to the pickup by vehicles: of all drives, none that arrives later and is left for no later."""
    question, access = reach.question, reach.question.doors.access
    best = best[np.lexsort((-best[:, IN_S], best[:, OUT_S]))]
    node, seconds, ends_s, which = reach.nodes(best[:, ROW], question.rules.early_s - best[:, IN_S], -best[:, OUT_S])
    longest_s = max(_within_back_s(times, out_s) for out_s in set(best[:, OUT_S].tolist()))
    ends = Ends(access.node, access.seconds, node, seconds, max(0, longest_s))
    day = question.day.timetable
    for path in search.each_arriving(question.day, ends, -ends_s - question.anchor_s, question.limits):
        last = path.rides[-1]
        alight = int(day.position_stop[day.pattern_first_position[day.trip_pattern[last.trip]] + last.alight])
        leaves_s = question.anchor_s + path.departure_s
        if leaves_s >= times.earliest_s:
            number = _soonest((node == alight) & (-ends_s == question.anchor_s + path.arrival_s), seconds)
            yield _pair(reach, times, best[which[number]], (path, leaves_s))


def _pair(reach: WaypointReach, times: Times, ride: Int64s, ended: tuple[Path | None, int]) -> PickupPair:
    """ride: one row of best_rides. ended: the way on by vehicles, and when one is there (arriving: leaves). Of those
    that one walks to, the other end is on foot."""
    rest_s, offer, gets_in, gets_out, in_s, out_s, manner, _, _ = ride.tolist()
    arriving = reach.question.query.arrive_by
    early_s = reach.question.rules.early_s if arriving else int(_early_s(reach, times, ride[None])[0])
    walked_s = None if manner else rest_s - (out_s - in_s if arriving else out_s)
    return PickupPair(reach.of, offer, gets_in, gets_out, in_s, out_s, walked_s, ended[0], ended[1], early_s)
