"""When the waypoints of the offers that are looked at can be reached from a door: on foot, or by vehicles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.pairs import best_rides
from mobility.network.timetable import Int32s
from mobility.routing.carpool.candidates import Candidates, Times
from mobility.routing.carpool.points import HOME, LaidRows, at_nodes, look_at, readiness, useful
from mobility.routing.carpool.question import Question
from mobility.search import search
from mobility.search.path import Ends
from mobility.search.search import SearchLimits

Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class WaypointReach:
    """By waypoint of the offers, one after the other: place, its meeting point; foot_s, seconds on foot, from the
    origin and to the destination (rows), NOT_AT_ALL where it is too far; away_m, to the destination, straight."""

    question: Question
    of: Candidates
    ground: LaidRows
    place: Int32s
    foot_s: Int64s
    away_m: Floats

    def rides(self, times: Times) -> Int64s:
        """The best to each drop-off (arriving: from each pickup): see best_rides."""
        question, rules, view, running = self.question, self.question.rules, self.of.view, self.of.running
        arriving = question.query.arrive_by
        ready_s, must_s, rest_s = readiness(
            self.place, self.ground, self.foot_s, self.away_m, self._at_node(times),
            (question.anchor_s, times.earliest_s, times.latest_s),
            (rules.early_s, rules.margin_s, rules.worth_s, arriving),
        )  # fmt: skip
        return best_rides(
            self.of.offers, (view.first, running.start_s, view.flexible_s, running.detour_s),
            (view.waypoints, running.stretches, running.late), (ready_s, must_s, rest_s, self.away_m),
            (question.query.profile.party, self.of.nearer_m, times.earliest_s, rules.margin_s, arriving, rules.early_s),
        )  # fmt: skip

    def nodes(self, rides: Int64s, near_s: Int64s, far_s: Int64s) -> tuple[Int32s, Int32s, Int64s, Int64s]:
        """See at_nodes."""
        return at_nodes(rides, near_s, far_s, self.place, self.ground, self.question.n_nodes)

    def _at_node(self, times: Times) -> Int32s:
        """When one gets to each stop by vehicles (arriving: must be in one there), as far as that can be of use."""
        question, of = self.question, self.of
        later_s = np.maximum(of.view.flexible_s, of.running.late_s)
        from_s, until_s = useful(
            of.offers, (of.view.first, of.view.waypoints), (of.running.start_s, later_s), self.away_m,
            (times.earliest_s, times.latest_s, of.nearer_m),
        )  # fmt: skip
        if question.query.arrive_by:
            ends = self._ends(times.latest_s - max(from_s, times.earliest_s))
            return search.ridden_arriving(question.day, ends, times.latest_s - question.anchor_s, self._few)
        ends = self._ends(until_s - question.rules.early_s - times.earliest_s)
        return search.ridden(question.day, ends, times.earliest_s - question.anchor_s, self._few)

    def _ends(self, longest_s: int) -> Ends:
        """What takes longer than all the way on foot is not looked for; nor what takes longer than can be of use."""
        doors = self.question.doors
        return Ends(
            doors.access.node, doors.access.seconds, doors.egress.node, doors.egress.seconds, max(longest_s + 1, 0)
        )

    @property
    def _few(self) -> SearchLimits:
        limits, rules = self.question.limits, self.question.rules
        return SearchLimits(min(limits.most_rides, rules.most_rides), limits.pattern_allowed)


def reach(question: Question, of: Candidates) -> WaypointReach:
    query, view, doors = question.query, of.view, question.doors
    start, end, walking = query.origin.point, query.destination.point, query.walking
    longest_m = walking.access_s * walking.speed_mps, walking.egress_s * walking.speed_mps
    ground = question.meeting_ways.ground(view.places)
    while True:
        laid = ground.laid()
        place, foot_s, away_m, unmeasured, unknown = look_at(
            of.offers, (view.first, view.waypoints), laid,
            (doors.access.node, doors.access.walked_s, doors.egress.node, doors.egress.walked_s),
            question.n_nodes, (start.lat, start.lon, end.lat, end.lon, *longest_m),
        )  # fmt: skip
        if unknown < 0:
            break
        question.meeting_ways.lay(ground, unknown)
    for at in unmeasured.tolist():
        end_of, row = divmod(at, len(place))
        around = question.meeting_ways.of(view.places.points[place[row]])
        way = question.on_foot(around, inward=end_of == HOME)
        if way is not None:
            foot_s[end_of, row] = way.duration_s
    return WaypointReach(question, of, laid, place, foot_s, away_m)
