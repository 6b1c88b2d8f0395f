"""How much of a day's runs a typed message would take away: one that takes most of them is asked about again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mobility.live.composed import FEWEST_CANCELLED
from mobility.live.messages import MessageEffect, OperatorMessage, calling_runs, closures, runs_of_line, runs_of_trip
from mobility.live.timetable_index import PlannedRun, TimetableIndex
from mobility.network.network import Network


@dataclass(frozen=True, slots=True)
class CancelledShare:
    """all: runs that the message alone takes away or closes a stop to, on whatever day. Of the feed and day on which it
    weighs most: gone: runs that nobody could ride as planned, by all messages; running: runs by plan."""

    all: int = 0
    day: date | None = None
    gone: int = 0
    running: int = 0

    @property
    def is_most(self) -> bool:
        return self.gone >= FEWEST_CANCELLED and 2 * self.gone > self.running


def cancelled_share(
    network: Network, message: OperatorMessage, in_force: Sequence[OperatorMessage] = ()
) -> CancelledShare:
    """in_force: typed before."""
    if message.effect is not MessageEffect.CANCELLED:
        return CancelledShare()
    shares = [_of_feed(network, feed.id, message, in_force) for feed in network.feeds]
    worst = max(shares, key=lambda one: (one.is_most, one.gone / one.running if one.running else 0.0))
    return CancelledShare(sum(one.all for one in shares), worst.day, worst.gone, worst.running)


def _of_feed(
    network: Network, feed: str, message: OperatorMessage, in_force: Sequence[OperatorMessage]
) -> CancelledShare:
    index = TimetableIndex(network, feed)
    runs = _by_day(_taken(index, [message]))
    if not runs:
        return CancelledShare()
    before = _by_day(_taken(index, [one for one in in_force if one.effect is MessageEffect.CANCELLED]))
    gone = {day: len(runs[day] | before.get(day, set())) for day in runs}
    shares = {day: gone[day] / max(index.running_on(day.toordinal()), 1) for day in runs}
    day = max(runs, key=lambda one: shares[one])
    return CancelledShare(sum(map(len, runs.values())), day, gone[day], index.running_on(day.toordinal()))


def _taken(index: TimetableIndex, messages: Sequence[OperatorMessage]) -> set[PlannedRun]:
    found = {run for one in messages for run in (*runs_of_trip(index, one), *runs_of_line(index, one))}
    return found | {run for one in closures(index.network, messages) for run in calling_runs(index, one)}


def _by_day(runs: Iterable[PlannedRun]) -> dict[date, set[int]]:
    found = defaultdict[date, set[int]](set)
    for run in runs:
        found[run.day].add(run.trip)
    return found
