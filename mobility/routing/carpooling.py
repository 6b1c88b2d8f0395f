"""Trips with one ride in a driver's car, before, between or after vehicles, or alone. See docs/carpool.md.

The timetable stays as it is. One search says when each meeting point can be reached; the rides that can then be had
say when each drop-off is left; these moments are the start of one more search to the destination. To arrive by a
moment, all of it runs back in time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.pairs import NOT_AT_ALL
from mobility.geo import Point, distance_m
from mobility.network.timetable import NEVER
from mobility.routing import search
from mobility.routing.access import Doors, Way, on_foot
from mobility.routing.carpool_pairs import GETS_IN, GETS_OUT, IN_S, OUT_S, Candidates, Times, candidates
from mobility.routing.carpool_rules import CarpoolRules
from mobility.routing.itinerary import Itinerary
from mobility.routing.meeting_ways import Around, MeetingWays, by_node
from mobility.routing.path import Ends, Path
from mobility.routing.query import Query, Spot
from mobility.routing.ranking import Span
from mobility.routing.search import SearchDay, SearchLimits
from mobility.routing.territory import Territory

Int64s = NDArray[np.int64]

HORIZON_S, WHOLE_S = 2 * 3600, 4 * 3600
"""From the end of a window to the latest pickup; the longest trip where nothing tells how long it is otherwise."""
MODE = "RIDE_SHARING"


class Pair(NamedTuple):
    """A ride that can be had. gets_in, gets_out: rows of the view's waypoints. in_s, out_s: epoch seconds.
    onward: the rest of the way by vehicles, None: on foot. walked: that at the other end, in seconds, None: ridden."""

    of: Candidates
    offer: int
    gets_in: int
    gets_out: int
    in_s: int
    out_s: int
    walked: int | None
    onward: Path | None
    moment_s: int


@dataclass(frozen=True)
class Question:
    """All that one search for carpools needs."""

    territory: Territory
    query: Query
    doors: Doors
    day: SearchDay
    limits: SearchLimits
    rules: CarpoolRules

    @property
    def anchor_s(self) -> int:
        return self.day.timetable.anchor_s

    @cached_property
    def meeting_ways(self) -> MeetingWays:
        mode, territory = on_foot(self.query), self.territory
        known = territory.meeting_ways.get(mode)
        if known is None:
            known = territory.meeting_ways[mode] = MeetingWays(territory.network, territory.streets, mode)
        return known

    @cached_property
    def walked(self) -> dict[tuple[Point, bool], Way | None]:
        return {}

    def around(self, of: Candidates, point: int, offer: int) -> Around:
        waypoint = of.view.offer(offer).waypoints[point - int(of.view.first[offer])]
        return self.meeting_ways.of(waypoint.meeting_point)

    def on_foot(self, around: Around, inward: bool) -> Way | None:
        """From the origin, or inward to the destination; None where that is too far."""
        key = around.spot.point, inward
        if key not in self.walked:
            self.walked[key] = self._on_foot(around.spot, inward)
        return self.walked[key]

    def _on_foot(self, spot: Spot, inward: bool) -> Way | None:
        near = self.doors.egress if inward else self.doors.access
        if spot.stop in near:
            return near[spot.stop]
        walking, door = self.query.walking, self.query.destination if inward else self.query.origin
        longest_s = walking.egress_s if inward else walking.access_s
        if distance_m(door.point, spot.point) > longest_s * walking.speed_mps:
            return None
        if door.stop >= 0 and door.stop == spot.stop:
            return Way(0, 0)
        ends = (spot.point, door.point) if inward else (door.point, spot.point)
        way = self.territory.streets.way(*ends, longest_s, walking.speed_mps, on_foot(self.query))
        return None if way is None else Way(way.seconds, way.metres, way.estimated)


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
        found += _back(question, of, times) if question.query.arrive_by else _ahead(question, of, times)
    return sorted(found, key=lambda pair: _cost(question, pair))


def _cost(question: Question, pair: Pair) -> int:
    changes = len(pair.onward.rides) if pair.onward else 0
    sign = -1 if question.query.arrive_by else 1
    return sign * pair.moment_s + question.rules.worth_s * (changes + (pair.walked is None))


def _ahead(question: Question, of: Candidates, times: Times) -> Iterator[Pair]:
    foot_s = _on_foot_s(question, of, inward=False)
    ready_s = np.where(foot_s < NOT_AT_ALL, times.earliest_s + foot_s + question.rules.early_s, NOT_AT_ALL)
    ridden_s = _ridden_s(question, of, times)
    ridden_s[ridden_s >= ready_s] = NOT_AT_ALL
    no_limit = np.full(len(of.points), times.latest_s, np.int64)
    party = question.query.profile.party
    both = [(of.pairs(ready, no_limit, party), walks) for ready, walks in ((ready_s, True), (ridden_s, False))]
    found = [(row, walks) for rows, walks in both for row in rows.tolist()]
    if not found:
        return
    walked_s = dict(zip(of.points.tolist(), foot_s.tolist(), strict=True))
    to_door_s = _on_foot_s(question, of, inward=True)
    home_s = dict(zip(of.points.tolist(), to_door_s.tolist(), strict=True))
    best: dict[int, tuple[int, list[int], bool]] = {}
    for row, walks in found:
        cost_s = row[OUT_S] + (walked_s[row[GETS_IN]] if walks else question.rules.worth_s)
        if row[GETS_OUT] not in best or cost_s < best[row[GETS_OUT]][0]:
            best[row[GETS_OUT]] = cost_s, row, walks
    for point, (_, row, walks) in best.items():
        if home_s[point] < NOT_AT_ALL and row[OUT_S] + home_s[point] <= times.latest_s:
            yield _pair(of, row, walked_s[row[GETS_IN]] if walks else None, None, row[OUT_S] + home_s[point])
    yield from _onward(question, of, times, best, walked_s)


def _onward(
    question: Question,
    of: Candidates,
    times: Times,
    best: dict[int, tuple[int, list[int], bool]],
    walked_s: dict[int, int],
) -> Iterator[Pair]:
    """The rest of the way by vehicles, from whichever drop-off is best."""
    rows = [row for _, row, _ in best.values()]
    arounds = [question.around(of, row[GETS_OUT], row[0]).ways for row in rows]
    base_s = min(row[OUT_S] for row in rows)
    node, at_s, which = by_node(arounds, np.array([row[OUT_S] for row in rows]) + question.rules.margin_s - base_s)
    ends = Ends(node, at_s.astype(np.int32), question.doors.egress.node, question.doors.egress.seconds)
    start_s = base_s - question.anchor_s
    seed_of = dict(zip(node.tolist(), which.tolist(), strict=True))
    day = question.day.timetable
    for path in search.pareto(question.day, ends, start_s, question.limits):
        arrival_s = question.anchor_s + path.arrival_s
        if not path.rides or arrival_s > times.latest_s:
            continue
        first = path.rides[0]
        board = int(day.position_stop[day.pattern_first_position[day.trip_pattern[first.trip]] + first.board])
        row = rows[seed_of[board]]
        walks = best[row[GETS_OUT]][2]
        yield _pair(of, row, walked_s[row[GETS_IN]] if walks else None, path, arrival_s)


def _back(question: Question, of: Candidates, times: Times) -> Iterator[Pair]:
    foot_s = _on_foot_s(question, of, inward=True)
    must_s = np.where(foot_s < NOT_AT_ALL, times.latest_s - foot_s, -1)
    ridden_s = _ridden_back_s(question, of, times)
    ridden_s[ridden_s <= must_s] = -1
    party, anytime = question.query.profile.party, np.zeros(len(of.points), np.int64)
    both = [(of.pairs(anytime, must, party), walks) for must, walks in ((must_s, True), (ridden_s, False))]
    found = [(row, walks) for rows, walks in both for row in rows.tolist() if row[IN_S] >= times.earliest_s]
    if not found:
        return
    home_s = dict(zip(of.points.tolist(), foot_s.tolist(), strict=True))
    from_door_s = dict(zip(of.points.tolist(), _on_foot_s(question, of, inward=False).tolist(), strict=True))
    best: dict[int, tuple[int, list[int], bool]] = {}
    for row, walks in found:
        cost_s = (row[OUT_S] - row[IN_S]) + (home_s[row[GETS_OUT]] if walks else 4 * question.rules.worth_s)
        if row[GETS_IN] not in best or cost_s < best[row[GETS_IN]][0]:
            best[row[GETS_IN]] = cost_s, row, walks
    early_s = question.rules.early_s
    for point, (_, row, walks) in best.items():
        leaves_s = row[IN_S] - early_s - from_door_s[point]
        if from_door_s[point] < NOT_AT_ALL and leaves_s >= times.earliest_s:
            yield _pair(of, row, home_s[row[GETS_OUT]] if walks else None, None, leaves_s)
    yield from _before(question, of, times, best, home_s)


def _before(
    question: Question,
    of: Candidates,
    times: Times,
    best: dict[int, tuple[int, list[int], bool]],
    home_s: dict[int, int],
) -> Iterator[Pair]:
    """The way to the pickup by vehicles, to whichever can be left for last."""
    rows = [row for _, row, _ in best.values()]
    arounds = [question.around(of, row[GETS_IN], row[0]).ways for row in rows]
    there_s = np.array([row[IN_S] for row in rows]) - question.rules.early_s
    last_s = int(there_s.max())
    node, before_s, which = by_node(arounds, last_s - there_s)
    ends = Ends(question.doors.access.node, question.doors.access.seconds, node, before_s.astype(np.int32))
    seed_of = dict(zip(node.tolist(), which.tolist(), strict=True))
    day = question.day.timetable
    for path in search.pareto_arriving(question.day, ends, last_s - question.anchor_s, question.limits):
        leaves_s = question.anchor_s + path.departure_s
        if not path.rides or leaves_s < times.earliest_s:
            continue
        last = path.rides[-1]
        alight = int(day.position_stop[day.pattern_first_position[day.trip_pattern[last.trip]] + last.alight])
        row = rows[seed_of[alight]]
        walks = best[row[GETS_IN]][2]
        yield _pair(of, row, home_s[row[GETS_OUT]] if walks else None, path, leaves_s)


def _pair(of: Candidates, row: list[int], walked: int | None, onward: Path | None, moment_s: int) -> Pair:
    return Pair(of, row[0], row[GETS_IN], row[GETS_OUT], row[IN_S], row[OUT_S], walked, onward, moment_s)


def _on_foot_s(question: Question, of: Candidates, inward: bool) -> Int64s:
    """By row of points: seconds on foot between the door and the point, NOT_AT_ALL where it is too far."""
    query = question.query
    door, walking = (query.destination, query.walking) if inward else (query.origin, query.walking)
    longest_m = (walking.egress_s if inward else walking.access_s) * walking.speed_mps
    rows = np.flatnonzero(of.metres_from(door.point) <= longest_m)
    found = np.full(len(of.points), NOT_AT_ALL, np.int64)
    # Many offers serve the same places: each is asked about once.
    points = of.points[rows]
    _, first, same = np.unique(of.view.lat[points] + 1j * of.view.lon[points], return_index=True, return_inverse=True)
    offers = np.searchsorted(of.view.first, points[first], side="right") - 1
    arounds = [question.around(of, *one) for one in zip(points[first].tolist(), offers.tolist(), strict=True)]
    ways = [question.on_foot(around, inward) for around in arounds]
    found[rows] = np.array([NOT_AT_ALL if way is None else way.duration_s for way in ways], np.int64)[same]
    return found


def _ridden_s(question: Question, of: Candidates, times: Times) -> Int64s:
    """By row of points: when one is there by vehicles, ready for the driver."""
    doors, at_s = question.doors, times.earliest_s - question.anchor_s
    ends = Ends(doors.access.node, doors.access.seconds, doors.egress.node, doors.egress.seconds)
    at_node = search.ridden(question.day, ends, at_s, _few(question))
    first, empty, node, seconds = _all_around(question, of)
    reached = np.where(at_node[node] == NEVER, NOT_AT_ALL, at_node[node].astype(np.int64) + seconds)
    soonest: Int64s = np.minimum.reduceat(np.append(reached, NOT_AT_ALL), first)
    return np.where(empty | (soonest >= NOT_AT_ALL), NOT_AT_ALL, soonest + question.anchor_s + question.rules.early_s)


def _ridden_back_s(question: Question, of: Candidates, times: Times) -> Int64s:
    """By row of points: until when one must be out of the car to arrive in time by vehicles."""
    doors, at_s = question.doors, times.latest_s - question.anchor_s
    ends = Ends(doors.access.node, doors.access.seconds, doors.egress.node, doors.egress.seconds)
    at_node = search.ridden_arriving(question.day, ends, at_s, _few(question))
    first, empty, node, seconds = _all_around(question, of)
    reached = np.where(at_node[node] == -NEVER, -NOT_AT_ALL, at_node[node].astype(np.int64) - seconds)
    latest: Int64s = np.maximum.reduceat(np.append(reached, -NOT_AT_ALL), first)
    return np.where(empty | (latest <= -NOT_AT_ALL), -1, latest + question.anchor_s - question.rules.margin_s)


def _few(question: Question) -> SearchLimits:
    most = min(question.limits.most_rides, question.rules.most_rides)
    return SearchLimits(most, question.limits.pattern_allowed)


def _all_around(
    question: Question, of: Candidates
) -> tuple[Int64s, NDArray[np.bool_], NDArray[np.int32], NDArray[np.int32]]:
    """For each row of points the first of its rows in the last two, and whether it has none; nodes round it and seconds
    to them."""
    ways = [question.meeting_ways.along(of.view.offer(row)) for row in of.offers.tolist()]
    sizes = np.concatenate([one.sizes for one in ways])
    node, seconds = (np.concatenate([getattr(one, name) for one in ways]) for name in ("node", "seconds"))
    return np.cumsum(sizes) - sizes, sizes == 0, node, seconds
