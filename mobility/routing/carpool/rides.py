"""Trips with one ride in a driver's car, before, between or after vehicles, or alone. See docs/carpool.md.

The timetable stays as it is. One search says when each meeting point can be reached; the rides that can then be had
say when each drop-off is left; these moments are the start of one more search to the destination. To arrive by a
moment, all of it runs back in time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.pairs import IN_S, NOT_AT_ALL, OUT_S, ROW
from mobility.routing import search
from mobility.routing.carpool.candidates import Times, candidates
from mobility.routing.carpool.points import HOME, OUT
from mobility.routing.carpool.question import Pair, Question
from mobility.routing.carpool.reach import Reach, reach
from mobility.routing.itinerary import Itinerary
from mobility.routing.path import Ends, Path
from mobility.routing.query import Query
from mobility.routing.ranking import Span

Int64s = NDArray[np.int64]

HORIZON_S, WHOLE_S = 2 * 3600, 4 * 3600
"""From the end of a window to the latest pickup; the longest trip where nothing tells how long it is otherwise."""
MODE = "RIDE_SHARING"


def may_carpool(query: Query) -> bool:
    return query.modes is None or MODE in query.modes or MODE in query.direct_modes


def times_of(query: Query, span: Span, public: Sequence[Itinerary]) -> Times:
    """What cannot be as good as the worst of what is known needs no look."""
    if query.arrive_by:
        earliest_s = min((one.departure_s for one in public), default=span.from_s - WHOLE_S)
        return Times(earliest_s, span.until_s, span.until_s - 1)
    latest_s = max((one.arrival_s for one in public), default=span.until_s + WHOLE_S)
    return Times(span.from_s, min(span.until_s + HORIZON_S, latest_s), latest_s)


def rides(question: Question, times: Times) -> list[Pair]:
    """What could be told, the best first."""
    find = _back if question.query.arrive_by else _ahead
    every = candidates(question.territory, question.query, times)
    found = [pair for of in every for pair in find(reach(question, of), times)]
    return sorted(found, key=lambda pair: _cost(question, pair))


def _cost(question: Question, pair: Pair) -> int:
    changes = len(pair.onward.rides) if pair.onward else 0
    sign = -1 if question.query.arrive_by else 1
    return sign * pair.moment_s + question.rules.worth_s * (changes + (pair.walked is None))


def _ahead(reach: Reach, times: Times) -> Iterator[Pair]:
    best = reach.rides(times)
    if not len(best):
        return
    home_s = reach.foot_s[HOME, best[:, ROW]]
    there_s = np.where(home_s < NOT_AT_ALL, best[:, OUT_S] + home_s, NOT_AT_ALL)
    for number in np.flatnonzero(there_s <= times.latest_s).tolist():
        yield _pair(reach, best[number], None, int(there_s[number]))
    yield from _onward(reach, times, best)


def _onward(reach: Reach, times: Times, best: Int64s) -> Iterator[Pair]:
    """The rest of the way by vehicles, from whichever drop-off is best."""
    question, egress = reach.question, reach.question.doors.egress
    base_s = int(best[:, OUT_S].min())
    node, at_s, which = reach.nodes(best[:, ROW], best[:, OUT_S] - base_s + question.rules.margin_s)
    # What is too late is not looked for, as if one could walk until then.
    ends = Ends(node, at_s, egress.node, egress.seconds, max(0, times.latest_s + 1 - base_s))
    day = question.day.timetable
    for path in search.pareto(question.day, ends, base_s - question.anchor_s, question.limits):
        if not path.rides:
            continue
        first = path.rides[0]
        board = int(day.position_stop[day.pattern_first_position[day.trip_pattern[first.trip]] + first.board])
        number = int(which[np.flatnonzero(node == board)[0]])
        yield _pair(reach, best[number], path, question.anchor_s + path.arrival_s)


def _back(reach: Reach, times: Times) -> Iterator[Pair]:
    best = reach.rides(times)
    if not len(best):
        return
    from_door_s = reach.foot_s[OUT, best[:, ROW]]
    leaves_s = best[:, IN_S] - reach.question.rules.early_s - from_door_s
    for number in np.flatnonzero((from_door_s < NOT_AT_ALL) & (leaves_s >= times.earliest_s)).tolist():
        yield _pair(reach, best[number], None, int(leaves_s[number]))
    yield from _before(reach, times, best)


def _before(reach: Reach, times: Times, best: Int64s) -> Iterator[Pair]:
    """The way to the pickup by vehicles, to whichever can be left for last."""
    question, access = reach.question, reach.question.doors.access
    there_s = best[:, IN_S] - question.rules.early_s
    last_s = int(there_s.max())
    node, before_s, which = reach.nodes(best[:, ROW], last_s - there_s)
    ends = Ends(access.node, access.seconds, node, before_s, max(0, last_s + 1 - times.earliest_s))
    day = question.day.timetable
    for path in search.pareto_arriving(question.day, ends, last_s - question.anchor_s, question.limits):
        if not path.rides:
            continue
        last = path.rides[-1]
        alight = int(day.position_stop[day.pattern_first_position[day.trip_pattern[last.trip]] + last.alight])
        number = int(which[np.flatnonzero(node == alight)[0]])
        yield _pair(reach, best[number], path, question.anchor_s + path.departure_s)


def _pair(reach: Reach, ride: Int64s, onward: Path | None, moment_s: int) -> Pair:
    """ride: one row of best_rides. Of those that one walks to, the other end is on foot."""
    rest_s, offer, gets_in, gets_out, in_s, out_s, manner, _ = ride.tolist()
    walked_s = rest_s - (out_s - in_s if reach.question.query.arrive_by else out_s)
    return Pair(reach.of, offer, gets_in, gets_out, in_s, out_s, None if manner else walked_s, onward, moment_s)
