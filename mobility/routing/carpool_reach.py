"""When the waypoints of the offers that are looked at can be reached from a door: on foot, or by vehicles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.pairs import FASTEST_MPS, NOT_AT_ALL
from mobility.network.timetable import NEVER, Int32s
from mobility.routing import search
from mobility.routing.carpool_pairs import Candidates, Times
from mobility.routing.carpool_question import Question
from mobility.routing.meeting_ways import Along, soonest
from mobility.routing.path import Ends
from mobility.routing.search import SearchLimits

Int64s = NDArray[np.int64]


@dataclass(frozen=True)
class Reach:
    """All answers by row of `of.points`."""

    question: Question
    of: Candidates

    @cached_property
    def along(self) -> Along:
        return self.question.meeting_ways.along_all([self.of.view.offer(row) for row in self.of.offers.tolist()])

    def latest_in_s(self, times: Times) -> int:
        """Until when it is of use to be at some pickup: its driver still waits, and one may still arrive in time."""
        of, view = self.of, self.of.view
        sizes = view.first[of.offers + 1] - view.first[of.offers]
        waits_s = np.repeat(of.running.start_s[of.offers] + view.flexible_s[of.offers], sizes) + view.after_s[of.points]
        arrives_s = times.latest_s - of.away_m[of.points] / FASTEST_MPS
        useful = (view.pickup[of.points] > 0) & (of.away_m[of.points] >= of.nearer_m)
        return int(np.minimum(waits_s, arrives_s)[useful].max(initial=times.earliest_s))

    def on_foot_s(self, inward: bool) -> Int64s:
        """Seconds between the door and the point, NOT_AT_ALL where it is too far."""
        doors = self.question.doors
        near = doors.egress if inward else doors.access
        at_node = np.full(self.question.n_nodes + 1, NOT_AT_ALL, np.int64)
        at_node[near.node] = near.seconds
        found: Int64s = at_node[self.along.stop]
        # Of stops with service the doors know all that are near.
        others = np.flatnonzero(self.along.stop < 0)
        if len(others):
            found[others] = self._measured_s(others, inward)
        return found

    def _measured_s(self, rows: Int64s, inward: bool) -> Int64s:
        query, view = self.question.query, self.of.view
        door, walking = (query.destination, query.walking) if inward else (query.origin, query.walking)
        longest_m = (walking.egress_s if inward else walking.access_s) * walking.speed_mps
        found = np.full(len(rows), NOT_AT_ALL, np.int64)
        near = np.flatnonzero(self.of.metres_from(door.point)[rows] <= longest_m)
        points = self.of.points[rows[near]]
        offers = np.searchsorted(view.first, points, side="right") - 1
        # Many offers serve the same places: the question remembers each.
        arounds = (self.question.around(self.of, *one) for one in zip(points.tolist(), offers.tolist(), strict=True))
        ways = [self.question.on_foot(around, inward) for around in arounds]
        found[near] = [NOT_AT_ALL if way is None else way.duration_s for way in ways]
        return found

    def ridden_s(self, times: Times) -> Int64s:
        """When one is there by vehicles, ready for the driver; NOT_AT_ALL where none gets there before the cars have
        gone."""
        question, until_s = self.question, self.latest_in_s(times) - self.question.rules.early_s
        at_s = times.earliest_s - question.anchor_s
        at_node = search.ridden(question.day, self._ends(until_s - times.earliest_s), at_s, self._few)
        found = self._soonest(at_node)
        return np.where(found < NOT_AT_ALL, found + question.anchor_s + question.rules.early_s, NOT_AT_ALL)

    def ridden_back_s(self, times: Times) -> Int64s:
        """Until when one must be out of the car to arrive in time by vehicles; -1 where none leads there."""
        question, from_s = self.question, max(int(self.of.running.start_s[self.of.offers].min()), times.earliest_s)
        at_s = times.latest_s - question.anchor_s
        at_node = search.ridden_arriving(question.day, self._ends(times.latest_s - from_s), at_s, self._few)
        found = self._soonest(-at_node)
        return np.where(found < NOT_AT_ALL, question.anchor_s - found - question.rules.margin_s, -1)

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

    def _soonest(self, at_node: Int32s) -> Int64s:
        along = self.along
        return soonest(along.first, along.node, along.seconds, at_node, int(NEVER), NOT_AT_ALL)
