"""Trips with one ride in a driver's car, before, between or after vehicles, or alone. See docs/carpool.md.

The timetable stays as it is. One search says when each meeting point can be reached; the rides that can then be had
say when each drop-off is left; these moments are the start of one more search to the destination. To arrive by a
moment, all of it runs back in time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.pairs import NOT_AT_ALL
from mobility.routing import search
from mobility.routing.carpool_pairs import GETS_IN, GETS_OUT, IN_S, OUT_S, Candidates, Times, candidates
from mobility.routing.carpool_question import Pair, Question
from mobility.routing.carpool_reach import Reach
from mobility.routing.itinerary import Itinerary
from mobility.routing.meeting_ways import by_node
from mobility.routing.path import Ends, Path
from mobility.routing.query import Query
from mobility.routing.ranking import Span

Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]

HORIZON_S, WHOLE_S = 2 * 3600, 4 * 3600
"""From the end of a window to the latest pickup; the longest trip where nothing tells how long it is otherwise."""
MODE = "RIDE_SHARING"


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best ride to each drop-off (arriving: from each pickup). rows: as those of Candidates.pairs. at: its row of
    points. walked_s: on foot at the other end of the ride, -1 where one comes (goes on) by vehicles."""

    rows: Int64s
    at: Int64s
    walked_s: Int64s

    def pair(self, of: Candidates, number: int, onward: Path | None, moment_s: int) -> Pair:
        walked_s, row = int(self.walked_s[number]), self.rows[number].tolist()
        walked = None if walked_s < 0 else walked_s
        return Pair(of, row[0], row[GETS_IN], row[GETS_OUT], row[IN_S], row[OUT_S], walked, onward, moment_s)


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
    found: list[Pair] = []
    for of in candidates(question.territory, question.query, times):
        found += (_back if question.query.arrive_by else _ahead)(Reach(question, of), times)
    return sorted(found, key=lambda pair: _cost(question, pair))


def _cost(question: Question, pair: Pair) -> int:
    changes = len(pair.onward.rides) if pair.onward else 0
    sign = -1 if question.query.arrive_by else 1
    return sign * pair.moment_s + question.rules.worth_s * (changes + (pair.walked is None))


def _ahead(reach: Reach, times: Times) -> Iterator[Pair]:
    question, of = reach.question, reach.of
    foot_s = reach.on_foot_s(inward=False)
    ready_s = np.where(foot_s < NOT_AT_ALL, times.earliest_s + foot_s + question.rules.early_s, NOT_AT_ALL)
    ridden_s = reach.ridden_s(times)
    ridden_s[ridden_s >= ready_s] = NOT_AT_ALL
    no_limit = np.full(len(of.points), times.latest_s, np.int64)
    rows, walks = _either(*(of.pairs(ready, no_limit, question.query.profile.party) for ready in (ready_s, ridden_s)))
    if not len(rows):
        return
    walked_s = np.where(walks, foot_s[of.row_of(rows[:, GETS_IN])], -1)
    best = _best(of, rows, walked_s, GETS_OUT, rows[:, OUT_S] + np.where(walks, walked_s, question.rules.worth_s))
    home_s = reach.on_foot_s(inward=True)[best.at]
    there_s = np.where(home_s < NOT_AT_ALL, best.rows[:, OUT_S] + home_s, NOT_AT_ALL)
    for number in np.flatnonzero(there_s <= times.latest_s).tolist():
        yield best.pair(of, number, None, int(there_s[number]))
    yield from _onward(reach, times, best)


def _onward(reach: Reach, times: Times, best: Best) -> Iterator[Pair]:
    """The rest of the way by vehicles, from whichever drop-off is best."""
    question, along = reach.question, reach.along
    out_s, egress = best.rows[:, OUT_S], question.doors.egress
    base_s = int(out_s.min())
    from_s = out_s - base_s + question.rules.margin_s
    node, at_s, which = by_node(best.at, from_s, (along.first, along.node, along.seconds), question.n_nodes)
    # What is too late is not looked for, as if one could walk until then.
    ends = Ends(node, at_s, egress.node, egress.seconds, max(0, times.latest_s + 1 - base_s))
    day = question.day.timetable
    for path in search.pareto(question.day, ends, base_s - question.anchor_s, question.limits):
        if not path.rides:
            continue
        first = path.rides[0]
        board = int(day.position_stop[day.pattern_first_position[day.trip_pattern[first.trip]] + first.board])
        number = int(which[np.flatnonzero(node == board)[0]])
        yield best.pair(reach.of, number, path, question.anchor_s + path.arrival_s)


def _back(reach: Reach, times: Times) -> Iterator[Pair]:
    question, of = reach.question, reach.of
    foot_s = reach.on_foot_s(inward=True)
    must_s = np.where(foot_s < NOT_AT_ALL, times.latest_s - foot_s, -1)
    ridden_s = reach.ridden_back_s(times)
    ridden_s[ridden_s <= must_s] = -1
    anytime = np.zeros(len(of.points), np.int64)
    rows, walks = _either(*(of.pairs(anytime, must, question.query.profile.party) for must in (must_s, ridden_s)))
    in_time = rows[:, IN_S] >= times.earliest_s
    rows, walks = rows[in_time], walks[in_time]
    if not len(rows):
        return
    walked_s = np.where(walks, foot_s[of.row_of(rows[:, GETS_OUT])], -1)
    rest_s = np.where(walks, walked_s, 4 * question.rules.worth_s)
    best = _best(of, rows, walked_s, GETS_IN, rows[:, OUT_S] - rows[:, IN_S] + rest_s)
    from_door_s = reach.on_foot_s(inward=False)[best.at]
    leaves_s = best.rows[:, IN_S] - question.rules.early_s - from_door_s
    for number in np.flatnonzero((from_door_s < NOT_AT_ALL) & (leaves_s >= times.earliest_s)).tolist():
        yield best.pair(of, number, None, int(leaves_s[number]))
    yield from _before(reach, times, best)


def _before(reach: Reach, times: Times, best: Best) -> Iterator[Pair]:
    """The way to the pickup by vehicles, to whichever can be left for last."""
    question, along = reach.question, reach.along
    there_s, access = best.rows[:, IN_S] - question.rules.early_s, question.doors.access
    last_s = int(there_s.max())
    node, before_s, which = by_node(
        best.at, last_s - there_s, (along.first, along.node, along.seconds), question.n_nodes
    )
    ends = Ends(access.node, access.seconds, node, before_s, max(0, last_s + 1 - times.earliest_s))
    day = question.day.timetable
    for path in search.pareto_arriving(question.day, ends, last_s - question.anchor_s, question.limits):
        if not path.rides:
            continue
        last = path.rides[-1]
        alight = int(day.position_stop[day.pattern_first_position[day.trip_pattern[last.trip]] + last.alight])
        number = int(which[np.flatnonzero(node == alight)[0]])
        yield best.pair(reach.of, number, path, question.anchor_s + path.departure_s)


def _either(on_foot: Int64s, by_vehicle: Int64s) -> tuple[Int64s, Bools]:
    """All rows, and whether each is of those on foot."""
    return np.concatenate([on_foot, by_vehicle]), np.arange(len(on_foot) + len(by_vehicle)) < len(on_foot)


def _best(of: Candidates, rows: Int64s, walked_s: Int64s, end: int, cost_s: Int64s) -> Best:
    """end: column of what each is the best for."""
    order = np.lexsort((cost_s, rows[:, end]))
    ends = rows[order, end]
    kept = order[np.concatenate([[True], ends[1:] != ends[:-1]])]
    return Best(rows[kept], of.row_of(rows[kept, end]), walked_s[kept])
