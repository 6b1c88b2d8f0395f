"""Where to get out of a car for the rest by vehicles, once it is known where one gets in: whence one is there first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.pairs import GETS_OUT, MARGIN_S, NOT_AT_ALL, OUT_S, best_rides
from mobility.routing.carpool.question import PickupPair, Question
from mobility.search import search
from mobility.search.choice import chosen, leaving_late
from mobility.search.path import Ends, Path

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]


def soonest_there(question: Question, pair: PickupPair, limit_s: int) -> tuple[PickupPair, Path] | None:
    """The pair with the best of its drop-offs, and the way on; None where none leads there before limit_s."""
    rides, egress = _drop_offs(question, pair), question.doors.egress
    base_s = int(rides[:, OUT_S].min())
    ways = [question.around(pair.of, point, pair.offer).ways for point in rides[:, GETS_OUT].tolist()]
    which = np.repeat(np.arange(len(rides)), [len(one) for one in ways])
    node = np.concatenate([one.node for one in ways])
    later_s = (rides[:, OUT_S] - base_s + rides[:, MARGIN_S])[which]
    seconds = (np.concatenate([one.seconds for one in ways]) + later_s).astype(np.int32)
    soonest = _soonest_at_each(node, seconds)
    ends = Ends(node[soonest], seconds[soonest], egress.node, egress.seconds, max(0, limit_s - base_s))
    found = search.pareto(question.day, ends, base_s - question.anchor_s, question.limits)
    best = min((one for one in found if one.rides), key=lambda one: (one.arrival_s, len(one.rides)), default=None)
    if best is None:
        return None
    late = leaving_late(question.day, ends, [best], question.limits)
    (best,) = chosen(question.day, ends, late, question.limits)
    rows = np.flatnonzero(node == question.boards_at(best))
    ride = rides[which[rows[np.argmin(seconds[rows])]]]
    return pair._replace(gets_out=int(ride[GETS_OUT]), out_s=int(ride[OUT_S])), best


def _soonest_at_each(node: Int32s, seconds: Int32s) -> Int64s:
    """The row of each node from which one is there first; a stop stands once among the ends of a search."""
    order = np.lexsort((seconds, node))
    return order[np.unique(node[order], return_index=True)[1]]


def _drop_offs(question: Question, pair: PickupPair) -> Int64s:
    """All that the driver may serve after the pickup: rows as of best_rides."""
    view, running = pair.of.view, pair.of.running
    first = int(view.first[pair.offer])
    n_points = int(view.first[pair.offer + 1]) - first
    ready_s, must_s = np.full((1, n_points), NOT_AT_ALL), np.full((1, n_points), NOT_AT_ALL)
    ready_s[0, pair.gets_in - first] = pair.in_s
    passenger = ready_s, must_s, np.zeros((1, n_points), np.int64), np.zeros(n_points)
    return best_rides(
        np.array([pair.offer]), (view.first, running.start_s, view.flexible_s, running.detour_s),
        (view.waypoints, running.stretches, running.late), passenger,
        (question.query.profile.party, 0.0, pair.in_s, question.rules.margin_s, False, 0),
    )  # fmt: skip
